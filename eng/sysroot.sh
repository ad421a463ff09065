#!/usr/bin/env bash
# Fetches the C library of an older Debian to link the native program against: eng/sysroot.sh x64|arm64 FOLDER.
# A program runs on systems as old as the C library it was linked with: Debian 11 has glibc 2.31, and with
# eng/glibc-math.c the newest symbol that the program needs is of glibc 2.28 or older (RHEL 8, Ubuntu 20.04).
# The packages come from the machine's own Debian mirror, verified by apt as usual; nothing is installed.
set -euo pipefail
suite=bullseye
case ${1:-} in
  x64) arch=amd64 ;;
  arm64) arch=arm64 ;;
  *) echo "usage: eng/sysroot.sh x64|arm64 FOLDER" >&2; exit 2 ;;
esac
target=$2
stamp="$target/.made-of-$suite-$arch-with-openssl"
[ ! -f "$stamp" ] || exit 0

site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' 2>/dev/null | grep -v security | head -1)
[ -n "$site" ] || { echo "apt knows no mirror of Debian on this machine" >&2; exit 1; }
keys=$(find /usr/share/keyrings -name 'debian-archive-keyring.*' 2>/dev/null | head -1)
[ -n "$keys" ] || { echo "Debian's signing keys are missing: apt-get install debian-archive-keyring" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/packages" "$work/tree"
: >"$work/status"
echo "deb [signed-by=$keys] $site $suite main" >"$work/sources.list"
cat >"$work/apt.conf" <<CONF
Dir::Etc::sourcelist "$work/sources.list"; Dir::Etc::sourceparts "-"; Dir::State::status "$work/status";
Dir::State::lists "$work/lists"; Dir::Cache "$work/cache"; APT::Architectures { "$arch"; };
APT::Sandbox::User "root"; Acquire::Languages "none";
CONF
wanted=("libc6:$arch" "libc6-dev:$arch" "zlib1g:$arch" "zlib1g-dev:$arch")
# The machine's compiler has a support library only for its own processor. The program loads OpenSSL when it is started,
# which tests do with an emulator.
[ "$arch" = "$(dpkg --print-architecture)" ] || wanted+=("libgcc-10-dev:$arch" "libgcc-s1:$arch" "libssl1.1:$arch")
apt-get -c "$work/apt.conf" -qq update
(cd "$work/packages" && apt-get -c "$work/apt.conf" -qq download "${wanted[@]}")
for package in "$work/packages"/*.deb; do dpkg-deb -x "$package" "$work/tree"; done
# Absolute links in the packages are relative to the target system's root, which is this folder.
find "$work/tree" -type l -lname '/*' | while read -r link; do ln -sfr "$work/tree$(readlink "$link")" "$link"; done
: >"$work/tree/$(basename "$stamp")"
rm -rf "$target"
mkdir -p "$(dirname "$target")"
mv "$work/tree" "$target"
