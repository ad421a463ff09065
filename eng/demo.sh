#!/usr/bin/env bash
# Lading's main job on the sample application, in a git repository of its own: './build demo' compiles first and calls this.
# Each line after '$' is run as shown, the output is the tools' own, and any unexpected result fails the demo.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
demo=$(mktemp -d)
demo=$(cd "$demo" && pwd -P)
trap 'rm -rf "$demo"' EXIT
mkdir "$demo/bin" "$demo/tmp" "$demo/storefront"

# The user's own settings have no influence, and the demo leaves nothing behind.
export TMPDIR="$demo/tmp" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Demo GIT_AUTHOR_EMAIL=demo@example.com GIT_COMMITTER_NAME=Demo GIT_COMMITTER_EMAIL=demo@example.com
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
unset AWS_PROFILE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION AWS_DEFAULT_REGION LADING_ENV LADING_LOCK LADING_ENGINE
export LadingCdkProject="$top/src/Lading.Cdk/Lading.Cdk.csproj"

if [ -n "${LADING_PROGRAM:-}" ]; then
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$LADING_PROGRAM" >"$demo/bin/lading"
else
  printf '#!/bin/sh\nexec dotnet "%s" "$@"\n' "$top/src/Lading.Cli/bin/$Configuration/net10.0/lading.dll" >"$demo/bin/lading"
fi
printf '#!/bin/sh\nexec "%s" "$@"\n' "$top/samples/storefront/node_modules/.bin/cdk" >"$demo/bin/cdk"
chmod +x "$demo/bin/lading" "$demo/bin/cdk"
export PATH="$demo/bin:$PATH"

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi
say() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
note() { printf '%s  %s%s\n' "$dim" "$1" "$plain"; }
fail() { printf '\nThe demo failed: %s\n' "$1" >&2; exit 1; }

# Shows a command and runs it; the exit code must be the expected one.
run() {
  local expected=0 code=0
  if [ "$1" = --exits ]; then expected=$2; shift 2; fi
  printf '\n%s$ %s%s\n' "$bold" "$1" "$plain"
  bash -c "$1" || code=$?
  [ "$code" -eq "$expected" ] || fail "'$1' ended with exit code $code instead of $expected"
}
digest() { node -p "JSON.parse(require('fs').readFileSync('.lading/$1.lock.json')).images['$2'].digest"; }
same() { [ "$1" = "$2" ] || fail "$3: $1 is not $2"; }
other() { [ "$1" != "$2" ] || fail "$3: both are $1"; }

# An engine is usable if it runs, and can build on the base image of the sample's Dockerfiles.
base=docker.io/library/busybox:1.36
find_engine() {
  local engine found=''
  mkdir "$demo/probe"
  printf 'FROM %s\nRUN true\n' "$base" >"$demo/probe/Dockerfile"
  for engine in docker podman buildah; do
    command -v "$engine" >/dev/null || continue
    case $engine in
      docker) timeout 20 docker version >/dev/null 2>&1 || continue ;;
      podman) timeout 20 podman info >/dev/null 2>&1 || continue ;;
      buildah) timeout 20 buildah images >/dev/null 2>&1 || continue ;;
    esac
    found=$engine
    if DOCKER_BUILDKIT=1 timeout 180 "$engine" build -q "$demo/probe" >/dev/null 2>&1; then
      echo "$engine"
      return
    fi
  done
  [ -z "$found" ] || echo "useless $found"
}

cd "$demo/storefront"
(cd "$top/samples/storefront" && git ls-files -z . | xargs -0 tar -cf - --) | tar -xf -
ln -s "$top/samples/storefront/node_modules" node_modules
git init -q -b main
git add -A
git commit -q -m "A storefront"

say "A storefront: a CDK app with four services, and lading.json with their four images."
engine=$(find_engine)
case $engine in
  '' | useless*)
    images=" site carts" context=" -c images=assembled"
    if [ -z "$engine" ]; then
      note "No container engine runs here, so web and worker, which are built from Dockerfiles, are skipped."
    else
      note "${engine#useless } cannot build on $base, the base image of web and worker, so these two are skipped."
    fi
    note "site and carts are assembled by Lading itself, without an engine."
    ;;
  *)
    images='' context=''
    export LADING_ENGINE=$engine
    note "$engine builds web and worker; site and carts are assembled by Lading itself."
    ;;
esac

say "1. Publish: every image gets an identity from its inputs, is pushed once, and is pinned in the lock."
run "lading publish$images"
first=$(digest local site) carts=$(digest local carts)

say "2. Publish again: there is nothing to do."
run "lading publish$images"
same "$(digest local site)" "$first" "the digest of site"

say "3. Synthesize: the template names the digests."
run "cdk synth --quiet$context"
run "grep -oh 'storefront/[a-z]*@sha256:[0-9a-f]*' cdk.out/Storefront.template.json"
grep -q "storefront/site@$first" cdk.out/Storefront.template.json || fail "the template does not name $first"

say "4. Check, before CloudFormation is touched."
run "lading check --app cdk.out"

say "5. One file changes, and only its image is new."
run "echo 'Free shipping from today.' >> src/site/pages/shipping.txt"
run "git commit -qam 'Free shipping'"
run "lading publish$images"
second=$(digest local site)
other "$second" "$first" "the digest of site"
same "$(digest local carts)" "$carts" "the digest of carts"

say "6. The commit is reverted: the old digest is back, and nothing is built."
run "git revert --no-edit HEAD > /dev/null"
run "lading publish$images"
same "$(digest local site)" "$first" "the digest of site"

say "7. Promote to a second environment: the same bytes, the same digests."
run "lading promote local preview$images"
same "$(digest preview site)" "$first" "the digest of site in preview"
run "cdk synth --quiet$context -c lading:env=preview"
run "lading check --env preview --app cdk.out"

say "8. An image disappears. The check fails, instead of the deployment."
run "rm -r .lading/registry-preview/storefront/site"
run --exits 3 "lading check --env preview --app cdk.out"
run "lading promote local preview$images"
run "lading check --env preview --app cdk.out"
same "$(digest preview site)" "$first" "the digest of site in preview"

say "Set up like an asset, pinned like a digest, traced like a commit; and checked before it is deployed."
