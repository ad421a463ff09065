# Functions that run tests, count them and time each phase; sourced by ./build in the project's root.

# Phases run in parallel, in processes of their own, so they write their results to files in a folder: NAME.counts with
# the numbers of passed, failed and skipped tests; NAME.failed with the text to repeat at the end, and a line of 'phases'.
results=
lanes=()
begin_results() {
  results=$(mktemp -d)
  trap 'end_lanes; rm -rf "$results"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Adds to the totals: count NAME PASSED FAILED SKIPPED
count() { echo "$2 $3 $4" >>"$results/$1.counts"; }

# The total of a column of all counts: 1 is passed, 2 failed, 3 skipped.
sum_of() { find "$results" -name '*.counts' -exec cat {} + | awk -v column="$1" '{ sum += $column } END { print sum + 0 }'; }

# Records a failure that no test reports: fail_phase NAME TEXT
fail_phase() {
  printf '%s\n' "$2"
  printf '\n-- failed: %s\n%s\n' "$1" "$2" >>"$results/$1.failed"
  count "$1" 0 1 0
}

# Keeps the failures in a report, to repeat them at the end: keep_failures NAME
keep_failures() {
  local found
  found=$(sed -E $'s/\x1b\\[[0-9;]*m//g' "$results/$1.report" | awk '
    /\[FAIL\]$/ || /^ *not ok / { print; lines = 30; next }
    /^ *(# Subtest|ok |\.\.\.$)/ || /\[SKIP\]$/ || /^ *Finished:/ { lines = 0 }
    lines > 0 { print; lines-- }')
  [ -z "$found" ] || printf '\n-- failed: %s\n%s\n' "$1" "$found" >>"$results/$1.failed"
}

# The last lines of a phase, with its long-running tests: they show where it hangs.
last_words() {
  sed -E $'s/\x1b\\[[0-9;]*m//g' "$results/$1.report" | tail -20
}

# Runs a command or function for a number of seconds at most, and not beyond LADING_LIMIT, when CI expects everything to
# have ended. If it hangs, it is stopped with everything it started: limited SECONDS COMMAND…
limited() {
  local seconds=$1 left
  shift
  if [ -z "${LADING_LIMIT:-}" ]; then
    "$@"
    return
  fi
  left=$((LADING_LIMIT - SECONDS))
  [ "$left" -ge "$seconds" ] || seconds=$left
  [ "$seconds" -ge 5 ] || seconds=5
  (
    set -m
    "$@" &
    job=$!
    { sleep "$seconds"; touch "$results/hung.$job"; kill -TERM -- "-$job"; sleep 10; kill -KILL -- "-$job"; } >/dev/null 2>&1 &
    watch=$!
    trap 'kill -KILL -- "-$watch"; kill -TERM -- "-$job"; exit 143' TERM INT
    code=0
    wait "$job" || code=$?
    kill -KILL -- "-$watch" || true
    # Processes that ignore the first signal must not keep the phase's output open.
    [ ! -f "$results/hung.$job" ] || { kill -KILL -- "-$job" 2>/dev/null || true; code=124; }
    exit "$code"
  )
}

# Stops reading the output of a phase that is over, where a process that it left running keeps it open: end_reader NAME
end_reader() {
  local reader
  for _ in {1..50}; do
    sleep 0.1
    reader=$(cat "$results/$1.reader")
    kill -0 "$reader" || return 0
  done
  echo "$1 left a process running that keeps its output open."
  kill "$reader"
}

# Runs one phase, and records its duration and the processor time of its processes: phase NAME COMMAND…
# Servers that it leaves running, such as the compiler's, must not keep the output that CI reads open: they do not get
# descriptor 3. Its exit code is in 'ended'; its output is in "$results/NAME.report" too. A phase that hangs has failed.
ended=0
phase() {
  local name=$1 from=$SECONDS TIMEFORMAT='%U %S'
  shift
  echo "== $name ($from s)"
  set +e
  {
    time {
      (set -e; exec 3>&-; "$@")
      ended=$?
      end_reader "$name" >&3 2>/dev/null &
      exit "$ended"
    } 2>&1 | sh -c 'echo $$ >"$0.reader"; exec tee "$0.report"' "$results/$name" >&3
    ended=${PIPESTATUS[0]}
  } 3>&1 2>"$results/$name.time"
  set -e
  tail -1 "$results/$name.time" | awk -v name="$name" -v from="$from" -v to="$SECONDS" \
    '{ printf "%5d %5d %6d %9d  %s\n", from, to, to - from, $1 + $2, name }' >>"$results/phases"
  if [ "$ended" -eq 124 ]; then
    fail_phase "$name" "$name hung: it was stopped after $((SECONDS - from)) s. Its last output:
$(last_words "$name")"
  fi
}

# Runs a phase with one command, and fails with it: step NAME SECONDS TEXT COMMAND…
step() {
  local name=$1 seconds=$2 text=$3
  shift 3
  phase "$name" limited "$seconds" "$@"
  # A hang has been reported already.
  [ "$ended" -eq 0 ] || [ "$ended" -eq 124 ] || fail_phase "$name" "$text"
}

# Runs phases in parallel with those that follow. Output waits for 'join_lanes', to stay readable: beside FUNCTION…
beside() {
  local said
  said=$(mktemp "$results/lane.XXXXXX")
  # With job control, its tests receive signals as in the foreground.
  set -m
  "$@" </dev/null >"$said" 2>&1 &
  set +m
  lanes+=("$! $said")
}

join_lanes() {
  local lane code
  for lane in ${lanes[@]+"${lanes[@]}"}; do
    code=0
    wait "${lane%% *}" || code=$?
    cat "${lane#* }"
    [ "$code" -eq 0 ] || fail_phase "lane" "A parallel lane ended with exit code $code."
  done
  lanes=()
}

# A lane reports a milestone; other lanes wait for it, or for the end of the first lane: reach NAME, wait_for NAME
reach() { touch "$results/$1.reached"; }
wait_for() {
  local first=${lanes[0]%% *}
  while [ ! -e "$results/$1.reached" ] && kill -0 "$first" 2>/dev/null; do sleep 0.5; done
}

# Stops the lanes that nobody waits for any more, and prints their output.
end_lanes() {
  local lane
  for lane in ${lanes[@]+"${lanes[@]}"}; do
    kill -- "-${lane%% *}" 2>/dev/null || true
    cat "${lane#* }"
  done
}

# The build configuration of the tests.
tests_as=Debug

# Runs one test executable and adds to the totals; a crash or a run without tests fails: run_tests NAME SECONDS OPTION…
run_tests() {
  local name=$1 seconds=$2 line
  shift 2
  # If time is short, tests that repeat a case with another engine, language or seed are skipped: LADING_TESTS=short.
  [ "${LADING_TESTS:-}" != short ] || set -- "$@" -trait- Run=long
  # Lists tests that have run for a minute while nothing else happened.
  phase "$name" limited "$seconds" dotnet "tests/$name/bin/$tests_as/net10.0/$name.dll" -noLogo -preEnumerateTheories -longRunning 60 "$@"
  keep_failures "$name"
  line=$(grep -E "Total: +[0-9]+, Errors: +[0-9]+, Failed: +[0-9]+, Skipped: +[0-9]+" "$results/$name.report" | tail -1 || true)
  if [ -z "$line" ]; then
    [ "$ended" -eq 124 ] || fail_phase "$name" "$name did not finish"
    return
  fi
  local total errors fails skips unasked
  total=$(sed -E 's/.*Total: +([0-9]+).*/\1/' <<<"$line")
  # Tests that run only on request: ./build soak.
  unasked=$(sed -n -E 's/.*Not Run: +([0-9]+).*/\1/p' <<<"$line")
  total=$((total - ${unasked:-0}))
  errors=$(sed -E 's/.*Errors: +([0-9]+).*/\1/' <<<"$line")
  fails=$(sed -E 's/.*Failed: +([0-9]+).*/\1/' <<<"$line")
  skips=$(sed -E 's/.*Skipped: +([0-9]+).*/\1/' <<<"$line")
  [ "$total" -gt 0 ] || fail_phase "$name" "$name ran no test"
  [ "$ended" -eq 0 ] || [ "$ended" -eq 124 ] || [ $((fails + errors)) -gt 0 ] ||
    fail_phase "$name" "$name ended with exit code $ended."
  count "$name" $((total - fails - skips)) $((fails + errors)) "$skips"
}

# Runs tests with Node's runner, and adds to the totals: run_node_tests NAME SECONDS COMMAND…
run_node_tests() {
  local name=$1 seconds=$2 report passes fails skips
  shift 2
  phase "$name" limited "$seconds" "$@"
  report=$results/$name.report
  keep_failures "$name"
  passes=$(sed -n -E 's/^(#|ℹ) pass ([0-9]+)$/\2/p' "$report" | tail -1)
  fails=$(sed -n -E 's/^(#|ℹ) (fail|cancelled) ([0-9]+)$/\3/p' "$report" | paste -sd+ - | sed 's/^$/0/')
  skips=$(sed -n -E 's/^(#|ℹ) skipped ([0-9]+)$/\2/p' "$report" | tail -1)
  if [ "${passes:-0}" -eq 0 ] && [ "${skips:-0}" -eq 0 ]; then
    [ "$ended" -eq 124 ] || fail_phase "$name" "$name ran no test"
  elif [ "$ended" -ne 0 ] && [ "$ended" -ne 124 ] && [ $((fails)) -eq 0 ]; then
    fail_phase "$name" "$name ended with exit code $ended."
  fi
  count "$name" "${passes:-0}" $((fails)) "${skips:-0}"
}

# Prints the failures, the duration of each phase, and, last, the totals. Fails if any test did.
print_results() {
  local passed failed skipped
  passed=$(sum_of 1) failed=$(sum_of 2) skipped=$(sum_of 3)
  find "$results" -name '*.failed' -exec cat {} +
  if [ -f "$results/phases" ]; then
    printf '\n from    to  took  processor  phase (in seconds; servers that outlive a phase are not in its processor time)\n'
    sort -n "$results/phases"
  fi
  if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
  else
    echo "$passed passed, $failed failed"
  fi
  [ "$failed" -eq 0 ]
}
