#!/usr/bin/env bash
# Puts the files of the image in out/: the programs for both platforms, and the script that chooses between them.
# LADING_PROGRAMS is a folder with a program for each runtime identifier, such as artifacts/release-work/programs;
# without it, they are compiled, which has the requirements of ./build release.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
mkdir -p out/bin out/lib
for name in lading lading-docker; do install -m 755 start.sh "out/bin/$name"; done

add() {
  local rid=$1 machine=$2 from=${LADING_PROGRAMS:+$LADING_PROGRAMS/$1}
  if [ -z "$from" ]; then
    from=$here/programs/$rid
    (cd ../.. && . eng/program.sh && LADING_SYSROOT=1 publish_for "$rid" "$from")
  fi
  mkdir -p "out/lib/$machine"
  install -m 755 "$from/lading" "out/lib/$machine/lading"
  ln -s lading "out/lib/$machine/lading-docker"
}
add linux-x64 x86_64
add linux-arm64 aarch64
