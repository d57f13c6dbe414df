#!/bin/sh
# The checker of accessibility that tests ask of pages: axe-core, of npm.
#
#   scripts/axe.sh
#
# prints the path of its script; fetched once, into the cache of the tests.
# Exit 77, with the reason, where it is not there and cannot be had.
set -eu
version=4.14.1
cache=${KMEMDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kmemdb}
file=$cache/axe-core-$version/axe.min.js
if [ ! -s "$file" ]; then
	command -v npm >/dev/null || {
		echo "axe: no npm here to fetch axe-core $version with" >&2
		exit 77
	}
	mkdir -p "$cache"
	work=$(mktemp -d "$cache/axe.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	# npm compares what it gets with the digest that the registry has.
	(cd "$work" && timeout 120 npm pack --silent "axe-core@$version" >/dev/null &&
		tar -xzf "axe-core-$version.tgz") || {
		echo "axe: npm cannot fetch axe-core $version" >&2
		exit 77
	}
	mkdir -p "${file%/*}"
	mv "$work/package/axe.min.js" "$work/package/LICENSE" "${file%/*}/"
fi
printf '%s\n' "$file"
