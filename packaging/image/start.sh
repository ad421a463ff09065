#!/bin/sh
# Starts the program of this machine, under the name that this script goes by: the layers are the same for every platform.
machine=$(uname -m)
[ "$machine" != arm64 ] || machine=aarch64
exec "/usr/local/lib/lading/$machine/$(basename "$0")" "$@"
