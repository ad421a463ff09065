#!/usr/bin/env bash
# Makes everything that a release consists of into artifacts/release: eng/release.sh [PLATFORM…].
# Without platforms, all that this machine can make; what it cannot make is named with the reason and the remedy.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=eng/program.sh
. eng/program.sh

version=$(bash eng/version.sh)
out=$PWD/artifacts/release
work=$PWD/artifacts/release-work
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export LADING_SYSROOT=1
all=(linux-x64 linux-arm64 linux-musl-x64 osx-arm64 osx-x64 win-x64)
platforms=("$@")
[ ${#platforms[@]} -gt 0 ] || platforms=("${all[@]}")
rm -rf "$out" "$work"
mkdir -p "$out/npm" "$out/nuget" "$work"
left_out=()

say() { printf '%s\n' "$1" >&2; }

# The same files, the same bytes: sorted, owned by root, dated by the commit.
archive() {
  local folder=$1 file=$2
  case $file in
    *.zip)
      find "$folder" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
      (cd "$folder" && find . -type f | LC_ALL=C sort | TZ=UTC zip -q -X "$file" -@)
      ;;
    *) tar -C "$folder" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -c . | gzip -9n >"$file" ;;
  esac
}

make_program() {
  local rid=$1 folder=$work/programs/$1 ending=""
  say "program for $rid"
  publish_for "$rid" "$folder" || return 1
  [ "${rid%%-*}" != win ] || ending=.exe
  if [ "$ending" = .exe ]; then
    # CDK_DOCKER needs a program by that name; a link or a .cmd cannot be started there.
    cp "$folder/lading.exe" "$folder/lading-docker.exe"
  else
    ln -sf lading "$folder/lading-docker"
  fi
  cp LICENSE "$folder/"
  if [ "$ending" = .exe ]; then archive "$folder" "$out/lading-$version-$rid.zip"; else archive "$folder" "$out/lading-$version-$rid.tar.gz"; fi
}

# Debian: the program, its second name, and what git and TLS need.
make_deb() {
  local rid=$1 arch=$2 root=$work/deb-$2
  command -v dpkg-deb >/dev/null || { left_out+=("lading_${version}_$arch.deb: dpkg-deb is missing (apt-get install dpkg)"); return 0; }
  mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/doc/lading"
  install -m 755 "$work/programs/$rid/lading" "$root/usr/bin/lading"
  ln -s lading "$root/usr/bin/lading-docker"
  install -m 644 packaging/deb/copyright "$root/usr/share/doc/lading/copyright"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$(du -sk "$root/usr" | cut -f1)/" packaging/deb/control >"$root/DEBIAN/control"
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zxz --build "$root" "$out/lading_${version}_$arch.deb" >/dev/null
}

make_nuget() {
  local project
  for project in Lading.Core Lading.Cdk Lading.Cli Lading.Docker; do
    dotnet pack "src/$project" --configuration Release --output "$out/nuget" --verbosity quiet -p:ContinuousIntegrationBuild=true
  done
}

made=()
for rid in "${platforms[@]}"; do
  if make_program "$rid"; then made+=("$rid"); else left_out+=("program for $rid: see above"); fi
done
say "npm packages"
bash eng/npm-packages.sh "$work/programs" "$out/npm"
for rid in "${made[@]}"; do
  case $rid in
    linux-x64) make_deb "$rid" amd64 ;;
    linux-arm64) make_deb "$rid" arm64 ;;
  esac
done
say "NuGet packages"
make_nuget
node eng/sbom.mjs "$version" >"$out/lading-$version.spdx.json"
(cd "$out" && find . -type f ! -name SHA256SUMS | sed 's:^\./::' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
ls -l "$out" "$out/npm" "$out/nuget" >&2
for line in ${left_out[@]+"${left_out[@]}"}; do say "not made: $line"; done
[ ${#left_out[@]} -eq 0 ]
