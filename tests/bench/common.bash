# For the benches of this folder: clocks, medians and the table.
# shellcheck disable=SC2154 # work is the caller's folder

say() { printf 'bench: %s\n' "$*" >&2; }
die() {
	say "$*"
	exit 3
}

# clock NAME COMMAND...: adds the microseconds it took to $work/NAME.us
clock() {
	local name=$1 from to
	shift
	from=${EPOCHREALTIME/./}
	"$@"
	to=${EPOCHREALTIME/./}
	echo $((to - from)) >>"$work/$name.us"
}
median() { sort -n "$work/$1.us" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

ms() { awk -v us="$1" 'BEGIN { printf us < 99500 ? "%.1f ms" : "%.0f ms", us / 1000 }'; }
# met VALUE TARGET: the word
met() { awk -v v="$1" -v t="$2" 'BEGIN { print v <= t ? "met" : "missed" }'; }
# What NEWS says of the last release that is dated and has a table "make bench":
# its version, and how its ratio of that work was.
released_version() {
	awk '/^[0-9]+\.[0-9]+\.[0-9]+ \([0-9]/ { v = $1 }
	     /^[0-9].*\(not released\)/ { v = "" }
	     v && /^  make bench/ { print v; exit }' NEWS
}
# released WORK: "0.95 x", or "-" where there was none
released() {
	awk -v version="$(released_version)" -v work="$1" '
		/^[0-9]/ { mine = $1 == version; table = 0 }
		mine && /^  [^ ]/ { table = /^  make bench/ }
		mine && table && /^    [0-9.]+ x  / {
			ratio = $1
			sub(/^    [0-9.]+ x  +/, "")
			if ($0 == work) { print ratio " x"; found = 1; exit }
		}
		END { if (!found) print "-" }' NEWS
}

# against WORK NAME PEER-TEXT PEER TARGET (own / peer, at most); row is the
# caller's, who knows how wide its columns are.  In parentheses the ratio of
# the last release.
against() {
	local own peer ratio what="$1 / $3"
	own=$(median "$2")
	peer=$(median "$4")
	ratio=$(awk -v a="$own" -v b="$peer" 'BEGIN { printf "%.2f", a / b }')
	row "$what" "$(ms "$own")" "$(ms "$peer")" \
		"$ratio x ($(released "${what% (*)}"))" "<= $5 x: $(met "$ratio" "$5")"
}
