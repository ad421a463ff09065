# Functions that build the program for a platform; sourced by ./build and eng/release.sh in the project's root.

runtime() { dotnet --info | sed -n 's/^ *RID: *//p' | head -1; }

# Native code needs a linker and zlib: this tries whether they work.
can_link() {
  local out linker
  out=$(mktemp)
  for linker in clang gcc; do
    if command -v "$linker" >/dev/null && echo 'int main(void) { return 0; }' | "$linker" -x c - -lz -o "$out" 2>/dev/null; then
      rm -f "$out"
      return 0
    fi
  done
  rm -f "$out"
  return 1
}

# An older C library to link against, so that the program starts on older systems: LADING_SYSROOT=1, only on Debian.
old_libc=()
use_old_libc() {
  local arch=$1 folder=$2 sysroot=$PWD/artifacts/sysroot-$1 math=$PWD/artifacts/glibc-math-$1.o
  shift 2
  old_libc=()
  [ "${LADING_SYSROOT:-}" = 1 ] || return 0
  if eng/sysroot.sh "$arch" "$sysroot" >&2 && "$@" -O2 -fPIC -c eng/glibc-math.c -o "$math"; then
    old_libc=("-p:SysRoot=$sysroot" "-p:GlibcMath=$math" "-p:LibraryFolder=$folder")
  else
    echo "Linking against this machine's own C library: the program will need a system as new as this one." >&2
  fi
}

# Compiles what the program does before its runtime starts (eng/native-start.c): use_native_start RID COMPILER…
native_start=()
use_native_start() {
  local object=$PWD/artifacts/native-start-$1.o
  shift
  mkdir -p artifacts
  "$@" -O2 -fPIC -c eng/native-start.c -o "$object"
  native_start=("-p:NativeStart=$object")
}

# Builds the program for a platform: publish_for RID FOLDER. Native code if this machine can compile it for the
# platform, otherwise a single file with Microsoft's host.
publish_for() {
  local rid=$1 folder=$2 kind=single-file options=()
  old_libc=() native_start=()
  if [ "$rid" = "$(runtime)" ] && [[ $rid != linux-musl-* ]]; then
    if can_link; then
      kind=native
      [ "$rid" != linux-x64 ] || use_old_libc x64 x86_64-linux-gnu gcc
      [[ $rid != linux-* ]] || use_native_start "$rid" "$(command -v clang || command -v gcc)"
    else
      echo "No linker: the program is made with Microsoft's host, and takes longer to start. For native code install" \
        "gcc and zlib1g-dev (Debian, Ubuntu), gcc and zlib-devel (Fedora), or Xcode's command line tools." >&2
    fi
  elif [ "$rid" = linux-arm64 ] && [ "$(runtime)" = linux-x64 ]; then
    if [ -x /usr/lib/llvm-14/bin/clang ] && [ -x /usr/lib/llvm-14/bin/ld.lld ]; then
      kind=native
      LADING_SYSROOT=1 use_old_libc arm64 aarch64-linux-gnu /usr/lib/llvm-14/bin/clang --target=aarch64-linux-gnu
      [ ${#old_libc[@]} -gt 0 ] || return 1
      use_native_start "$rid" /usr/lib/llvm-14/bin/clang --target=aarch64-linux-gnu
      options=(-p:CppCompilerAndLinker=/usr/lib/llvm-14/bin/clang -p:LinkerFlavor=lld -p:ObjCopyName=/usr/lib/llvm-14/bin/llvm-objcopy)
    else
      echo "No cross linker for linux-arm64, so it is made with Microsoft's host: apt-get install clang-14 lld-14 llvm-14" >&2
    fi
  fi

  rm -rf "$folder"
  # With lock files of its own: the committed ones are for no particular platform.
  # Analyzers ran on the same sources in the main build; the native compiler's own warnings are still errors.
  dotnet publish src/Lading.Cli --configuration Release --runtime "$rid" -p:LadingProgram=$kind -p:RunAnalyzers=false \
    ${old_libc[@]+"${old_libc[@]}"} ${native_start[@]+"${native_start[@]}"} ${options[@]+"${options[@]}"} \
    -p:RestoreLockedMode=false -p:NuGetLockFilePath="obj/program.$rid.lock.json" --output "$folder" --verbosity quiet || return 1
  rm -rf "$folder"/*.pdb "$folder"/*.xml "$folder"/*.dbg "$folder"/*.dSYM
}

# Builds what eng/nuget-tool.sh packs in addition to programs, each in a folder of its own: the tool for an installed
# runtime, for platforms without a program, and what an SDK before 10 installs instead.
publish_fallbacks() {
  rm -rf "$1/any" "$1/old-sdk"
  dotnet publish src/Lading.Cli --configuration Release -p:UseAppHost=false --output "$1/any" --verbosity quiet
  dotnet build packaging/nuget/old-sdk --configuration Release --output "$1/old-sdk" --verbosity quiet
}

# Packs the libraries and lading-docker for NuGet, with the dates of a release.
pack_libraries() {
  local project
  for project in Lading.Core Lading.Cdk Lading.Docker; do
    dotnet pack "src/$project" --configuration Release --output "$1" --verbosity quiet -p:ContinuousIntegrationBuild=true
  done
  node eng/zip-dates.mjs "$1"/*.nupkg "$1"/*.snupkg
}
