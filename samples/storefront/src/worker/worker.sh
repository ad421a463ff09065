#!/bin/sh
# Takes orders from a folder, one file each, until it is told to stop.
set -eu
. /app/log.sh

SERVICE=worker
inbox=${INBOX:-/tmp/orders}
mkdir -p "$inbox"
trap 'log "stopping"; exit 0' TERM INT

log "started, $(cat /app/configuration) configuration"
while true; do
  for order in "$inbox"/*.order; do
    [ -e "$order" ] || continue
    log "packed $(basename "$order" .order)"
    rm "$order"
  done
  # In the background, so that the trap does not have to wait for it.
  sleep 2 &
  wait $!
done
