#!/usr/bin/env bash
# Prints the version of everything that is released. Its one place is Directory.Build.props.
sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$(dirname "$0")/../Directory.Build.props"
