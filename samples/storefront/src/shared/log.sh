# Shared by everything that logs: one line of JSON an event.
log() {
  printf '{"time":"%s","service":"%s","event":"%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$SERVICE" "$1"
}
