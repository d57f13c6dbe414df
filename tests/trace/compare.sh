#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# compare.sh PAIR_DUMP TRACE.txt [TRACE.dat]
#
# Site by site: what trace/ makes of a text trace against a dictionary by
# pointer (dict.py), and of the trace.dat of the same boot against its text.
# Both inputs may be compressed with zstd.  Exits 1 where they differ.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
dump=$1 text=$2 dat=${3-}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM

# A row a site and kind (a site has a row for each of its stacks), of malloc
# and cache memory, which is what dict.py knows.
sums() {
	awk -F '\t' -v OFS='\t' -v all="$1" '
	all || $2 == "malloc" || $2 == "cache" {
		key = $1 OFS $2
		for (i = 3; i <= NF; i++)
			v[key, i] += $i
		n = NF
		keys[key]
	}
	END {
		for (key in keys) {
			line = key
			for (i = 3; i <= n; i++)
				line = line OFS sprintf("%.0f", v[key, i])
			print line
		}
	}' | LC_ALL=C sort
}

plain() {
	case $1 in
	*.zst) zstd -dcq "$1" ;;
	*) cat "$1" ;;
	esac
}

same() {
	if ! cmp -s "$tmp/$1" "$tmp/$2"; then
		echo "$1 and $2 differ:" >&2
		diff "$tmp/$1" "$tmp/$2" | head -20 >&2
		exit 1
	fi
	echo "$1 = $2: $(wc -l <"$tmp/$1") rows"
}

plain "$text" | python3 "$here/dict.py" | sums 0 >"$tmp/dictionary"
"$dump" "$text" 2>"$tmp/counts" | sums 0 >"$tmp/text"
same dictionary text
cat "$tmp/counts"

if [ -n "$dat" ]; then
	"$dump" "$text" 2>/dev/null | sums 1 >"$tmp/text-all"
	"$dump" "$dat" 2>/dev/null | sums 1 >"$tmp/dat-all"
	same text-all dat-all
fi
