#!/usr/bin/env bash
# Builds the files of a release in artifacts/release: eng/release.sh [PLATFORM…]; all platforms by default.
# What this machine cannot build is listed with the reason, and the exit code is 1. docs/releasing.md has the list of
# files, and what differs between two runs. Programs in $LADING_PROGRAMS, with a folder for each platform, are not
# compiled again (eng/twice.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=eng/program.sh
. eng/program.sh
# shellcheck source=eng/libraries.sh
. eng/libraries.sh

version=$(bash eng/version.sh)
out=$PWD/artifacts/release
work=$PWD/artifacts/release-work
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH LADING_SYSROOT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
all=(linux-x64 linux-arm64 linux-musl-x64 osx-arm64 osx-x64 win-x64)
platforms=("$@")
[ ${#platforms[@]} -gt 0 ] || platforms=("${all[@]}")
for rid in "${platforms[@]}"; do
  [[ " ${all[*]} " == *" $rid "* ]] || { echo "There is no platform $rid; there are: ${all[*]}" >&2; exit 2; }
done
rm -rf "$out" "$work"
mkdir -p "$out/npm" "$out/nuget" "$work/programs"
made=() left_out=()

started=$SECONDS
say() { printf '== %s (%s s)\n' "$1" "$((SECONDS - started))" >&2; }
left_out() { left_out+=("$1"); }

# Reproducible: sorted, owned by root, with the commit's date.
archive() {
  local folder=$1 file=$2
  case $file in
    *.zip)
      command -v zip >/dev/null || { left_out "$(basename "$file"): zip is missing (apt-get install zip)"; return 0; }
      find "$folder" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
      (cd "$folder" && find . -type f | sed 's:^\./::' | LC_ALL=C sort | TZ=UTC zip -q -X "$file" -@)
      ;;
    *)
      (cd "$folder" && find . ! -type d | sed 's:^\./::' | LC_ALL=C sort |
        tar --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -c -T -) | gzip -9n >"$file"
      ;;
  esac
}

make_program() {
  local rid=$1 folder=$work/programs/$1
  say "program for $rid"
  if [ -d "${LADING_PROGRAMS:-}/$rid" ]; then
    cp -a "$LADING_PROGRAMS/$rid" "$folder"
  else
    publish_for "$rid" "$folder" || return 1
  fi
  cp LICENSE "$folder/"
  case $rid in
    win-*)
      # CDK_DOCKER needs a program of that name; it can start neither a link nor a .cmd there.
      cp "$folder/lading.exe" "$folder/lading-docker.exe"
      archive "$folder" "$out/lading-$version-$rid.zip"
      ;;
    *)
      ln -sf lading "$folder/lading-docker"
      archive "$folder" "$out/lading-$version-$rid.tar.gz"
      ;;
  esac
}

make_deb() {
  command -v dpkg-deb >/dev/null || { left_out "lading_${version}_$2.deb: dpkg-deb is missing (apt-get install dpkg)"; return 0; }
  bash eng/deb.sh "$work/programs/$1/lading" "$2" "$out" >/dev/null
}

for rid in "${platforms[@]}"; do
  if make_program "$rid"; then made+=("$rid"); else left_out "the program for $rid: see above"; fi
done
for rid in ${made[@]+"${made[@]}"}; do
  case $rid in
    linux-x64) make_deb "$rid" amd64 ;;
    linux-arm64) make_deb "$rid" arm64 ;;
  esac
done
say "NuGet packages"
publish_fallbacks "$work/programs"
pack_libraries "$out/nuget"
bash eng/nuget-tool.sh "$work/programs" "$out/nuget"
say "npm packages"
build_lading_cdk
bash eng/npm-packages.sh "$work/programs" "$out/npm"
runtime=$(dotnet msbuild src/Lading.Cli -getProperty:BundledNETCoreAppPackageVersion)
node eng/sbom.mjs "$version" "$runtime" >"$out/lading-$version.spdx.json"
(cd "$out" && find . -type f ! -name SHA256SUMS | sed 's:^\./::' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
say "done"
(cd "$out" && find . -type f -printf '%10s  %P\n' | LC_ALL=C sort -k2) >&2
for line in ${left_out[@]+"${left_out[@]}"}; do printf 'not made: %s\n' "$line" >&2; done
[ ${#left_out[@]} -eq 0 ]
