#!/usr/bin/env bash
# Prints the version of a release, which is defined only in Directory.Build.props.
sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$(dirname "$0")/../Directory.Build.props"
