# Functions that make the construct libraries of npm; read by ./build and eng/release.sh from the project's root.

# What a folder's lock file says, where that is not there yet.
install_packages() {
  if [ ! -d "$1/node_modules" ] || [ "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; then
    echo "fetching the packages of $1" >&2
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error >&2)
  fi
}

# The constructs in TypeScript, compiled where a source is newer than what was compiled.
build_lading_cdk() {
  install_packages src/lading-cdk
  if [ ! -d src/lading-cdk/dist ] || [ -n "$(find src/lading-cdk/src src/lading-cdk/tsconfig.json -newer src/lading-cdk/dist/cjs/package.json -print | head -1)" ]; then
    (cd src/lading-cdk && node build.mjs >&2)
  fi
}
