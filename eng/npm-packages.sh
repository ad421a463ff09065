#!/usr/bin/env bash
# Builds the npm packages: eng/npm-packages.sh PROGRAMS OUT. PROGRAMS has a folder with the program for each platform,
# named after its runtime identifier. There is one package per platform, and the two that people install.
set -euo pipefail
cd "$(dirname "$0")/.."
programs=$1
mkdir -p "$2"
out=$(cd "$2" && pwd)
version=$(bash eng/version.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pack() { (cd "$1" && npm pack --silent --ignore-scripts --pack-destination "$out" >/dev/null); }

# A platform in npm's terms: its name, os, cpu and, on Linux, libc.
npm_platform() {
  case $1 in
    linux-musl-x64) echo linux-x64-musl linux x64 musl ;;
    linux-*) echo "$1" linux "${1#linux-}" glibc ;;
    osx-*) echo "darwin-${1#osx-}" darwin "${1#osx-}" ;;
    win-*) echo "win32-${1#win-}" win32 "${1#win-}" ;;
  esac
}

names=()
for rid in linux-x64 linux-arm64 linux-musl-x64 osx-arm64 osx-x64 win-x64; do
  read -r name os cpu libc <<<"$(npm_platform "$rid")"
  names+=("@lading/$name")
  [ -d "$programs/$rid" ] || continue
  package=$work/$name
  mkdir -p "$package"
  cp packaging/npm/platform/README.md LICENSE "$package/"
  cp "$programs/$rid"/lading* "$package/"
  # npm omits links from packages; the launcher provides lading-docker.
  [ "$os" = win32 ] || rm -f "$package/lading-docker"
  node - "$package/package.json" "@lading/$name" "$version" "$os" "$cpu" "$libc" <<'JS'
const [file, name, version, os, cpu, libc] = process.argv.slice(2);
const json = {
  name,
  version,
  description: `The program of lading for ${name.slice("@lading/".length)}.`,
  license: "Apache-2.0",
  os: [os],
  cpu: [cpu],
  ...(libc ? { libc: [libc] } : {}),
  preferUnplugged: true,
};
require("node:fs").writeFileSync(file, JSON.stringify(json, null, 2) + "\n");
JS
  pack "$package"
done

cp -R packaging/npm/lading "$work/lading"
cp LICENSE "$work/lading/"
node - "$work/lading/package.json" "$version" "${names[@]}" <<'JS'
const fs = require("node:fs");
const [file, version, ...packages] = process.argv.slice(2);
const json = JSON.parse(fs.readFileSync(file, "utf8"));
json.version = version;
json.optionalDependencies = Object.fromEntries(packages.map((name) => [name, version]));
fs.writeFileSync(file, JSON.stringify(json, null, 2) + "\n");
JS
pack "$work/lading"

if [ -d src/lading-cdk/dist ]; then
  mkdir "$work/lading-cdk"
  cp -R src/lading-cdk/dist src/lading-cdk/package.json src/lading-cdk/README.md LICENSE "$work/lading-cdk/"
  (cd "$work/lading-cdk" && npm pkg set "version=$version")
  pack "$work/lading-cdk"
else
  echo "lading-cdk is skipped: it has not been built (src/lading-cdk: npm ci && npm run build)" >&2
fi
