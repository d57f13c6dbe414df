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
# against WORK NAME PEER-TEXT PEER TARGET (own / peer, at most); row is the
# caller's, who knows how wide its columns are
against() {
	local own peer ratio
	own=$(median "$2")
	peer=$(median "$4")
	ratio=$(awk -v a="$own" -v b="$peer" 'BEGIN { printf "%.2f", a / b }')
	row "$1 / $3" "$(ms "$own")" "$(ms "$peer")" "$ratio x" "<= $5 x: $(met "$ratio" "$5")"
}
