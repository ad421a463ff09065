# Functions that build the npm construct library; sourced by ./build and eng/release.sh in the project's root.

# Installs the packages in a folder's lock file, unless they are up to date.
install_packages() {
  if [ ! -d "$1/node_modules" ] || [ "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; then
    echo "fetching the packages of $1" >&2
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error >&2)
  fi
}

# Compiles the TypeScript constructs if a source is newer than the output.
build_lading_cdk() {
  install_packages src/lading-cdk
  if [ ! -d src/lading-cdk/dist ] || [ -n "$(find src/lading-cdk/src src/lading-cdk/tsconfig.json -newer src/lading-cdk/dist/cjs/package.json -print | head -1)" ]; then
    (cd src/lading-cdk && node build.mjs >&2)
  fi
}
