#!/usr/bin/env bash
# Builds the .NET tool: eng/nuget-tool.sh PROGRAMS OUT. PROGRAMS has a folder with the program for each platform, named
# after its runtime identifier, and "any", which runs on an installed runtime. There is one package for each, and
# Lading, which lists them: SDK 10 installs the one for its machine. An older SDK installs packaging/nuget/old-sdk from
# Lading instead, which prints a remedy (PROGRAMS/old-sdk; omitted if there is no such folder).
set -euo pipefail
cd "$(dirname "$0")/.."
programs=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
version=$(bash eng/version.sh)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Writes the settings that tell the SDK the program in a package: settings FOLDER VERSION COMMAND [PACKAGES].
settings() {
  mkdir -p "$1"
  printf '<?xml version="1.0" encoding="utf-8"?>\n<DotNetCliTool Version="%s">\n  <Commands>\n    <Command %s />\n  </Commands>\n%s</DotNetCliTool>\n' \
    "$2" "$3" "${4:-}" >"$1/DotnetToolSettings.xml"
}

# Packs a folder: pack FOLDER ID TYPE.
pack() {
  cp packaging/nuget/README.md "$1/README.md"
  sed -e "s/@ID@/$2/" -e "s/@TYPE@/$3/" -e "s/@VERSION@/$version/" packaging/nuget/tool.nuspec >"$1/$2.nuspec"
  (cd "$1" && dotnet pack "$2.nuspec" --output "$out" >"$work/log") || { cat "$work/log" >&2; return 1; }
  made+=("$out/$2.$version.nupkg")
}

made=() packages=""
for rid in linux-x64 linux-arm64 linux-musl-x64 osx-arm64 osx-x64 win-x64 any; do
  [ -d "$programs/$rid" ] || continue
  folder=$work/$rid tools=$work/$rid/tools/net10.0/$rid
  mkdir -p "$tools"
  case $rid in
    any)
      (cd "$programs/any" && find . -type f ! -name '*.pdb' ! -name '*.xml' | tar -cf - -T -) | tar -xf - -C "$tools"
      settings "$tools" 1 'Name="lading" EntryPoint="lading.dll" Runner="dotnet"'
      ;;
    win-*)
      cp "$programs/$rid/lading.exe" "$tools/"
      settings "$tools" 2 'Name="lading" EntryPoint="lading.exe" Runner="executable"'
      ;;
    *)
      cp "$programs/$rid/lading" "$tools/"
      settings "$tools" 2 'Name="lading" EntryPoint="lading" Runner="executable"'
      ;;
  esac
  pack "$folder" "Lading.$rid" DotnetToolRidPackage
  packages+="    <RuntimeIdentifierPackage RuntimeIdentifier=\"$rid\" Id=\"Lading.$rid\" />"$'\n'
done

settings "$work/lading/tools/net10.0/any" 2 'Name="lading"' "  <RuntimeIdentifierPackages>"$'\n'"$packages  </RuntimeIdentifierPackages>"$'\n'
if [ -d "$programs/old-sdk" ]; then
  cp -R "$programs/old-sdk" "$work/old-sdk"
  mkdir -p "$work/lading/tools/net8.0"
  mv "$work/old-sdk" "$work/lading/tools/net8.0/any"
  rm -f "$work/lading/tools/net8.0/any"/*.pdb
  settings "$work/lading/tools/net8.0/any" 1 'Name="lading" EntryPoint="lading-old-sdk.dll" Runner="dotnet"'
fi
pack "$work/lading" Lading DotnetTool
node eng/zip-dates.mjs "${made[@]}"
