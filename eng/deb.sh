#!/usr/bin/env bash
# Builds the Debian package of a program: eng/deb.sh PROGRAM amd64|arm64 OUT. Prints the path of the package.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1 arch=$2
mkdir -p "$3"
out=$(cd "$3" && pwd)
version=$(bash eng/version.sh)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
umask 022
chmod 755 "$root"

mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/doc/lading"
install -m 755 "$program" "$root/usr/bin/lading"
ln -s lading "$root/usr/bin/lading-docker"
install -m 644 packaging/deb/copyright "$root/usr/share/doc/lading/copyright"
size=$(($(find "$root/usr" -type f -printf '%s+1023\n' | sed 's:.*:(&)/1024:' | paste -sd+ -)))
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" packaging/deb/control >"$root/DEBIAN/control"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/lading_${version}_$arch.deb" >/dev/null
echo "$out/lading_${version}_$arch.deb"
