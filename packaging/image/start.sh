#!/bin/sh
# Starts the program for this machine, under this script's own name: the layers are the same for every platform.
machine=$(uname -m)
[ "$machine" != arm64 ] || machine=aarch64
exec "/usr/local/lib/lading/$machine/$(basename "$0")" "$@"
