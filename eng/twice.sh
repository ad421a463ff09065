#!/usr/bin/env bash
# Builds the release in artifacts/release again, in this folder, and compares every byte: eng/twice.sh [PLATFORM…].
# Programs are compiled again only for the named platforms (default linux-x64), since each takes a whole machine for a
# minute or more; the others are taken from the first run. docs/releasing.md says what may differ, and why.
set -euo pipefail
cd "$(dirname "$0")/.."
platforms=("$@")
[ ${#platforms[@]} -gt 0 ] || platforms=(linux-x64)
[ -f artifacts/release/SHA256SUMS ] || { echo "There is no artifacts/release. Make it: ./build release" >&2; exit 1; }
first=$PWD/artifacts/release-first
rm -rf "$first"
mkdir "$first"
mv artifacts/release "$first/release"
mv artifacts/release-work/programs "$first/programs"
for rid in "${platforms[@]}"; do rm -rf "${first:?}/programs/$rid"; done
# Existing build output would be reused.
rm -rf src/*/obj/Release src/*/bin/Release packaging/nuget/old-sdk/{obj,bin}/Release
LADING_PROGRAMS=$first/programs bash eng/release.sh
cp artifacts/release/SHA256SUMS "$first/again"
differ=$(diff <(sort -k2 "$first/release/SHA256SUMS") <(sort -k2 "$first/again") | sed -n 's/^[<>] [0-9a-f]*  //p' | sort -u)
count=$(wc -l <"$first/again" | tr -d ' ')
if [ -n "$differ" ]; then
  printf 'differs: %s\n' $differ
  echo "These differ between two runs; the first run is in $first/release." >&2
  exit 1
fi
echo "$count files, with the same bytes in both runs (compiled again: ${platforms[*]})"
rm -rf "$first"
