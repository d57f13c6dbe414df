# What work costs where that can be counted: instructions, system calls and
# bytes do not depend on how busy the machine is, as times do (tests/bench).
# The bounds are about twice what was counted when they were set, which is
# beside each: a loss that a user would feel breaks one, another version of a
# library does not.

load common

OBJECTS=240
FUNCTIONS=30

setup_file() {
	export T=$BATS_FILE_TMPDIR/tree
	many_objects
}

setup() {
	common_setup
	T=$BATS_FILE_TMPDIR/tree
	nm "$K" 2>/dev/null | grep -qE "__[at]san_init|__gcov" && skip "sanitizers and coverage cost more than what is counted"
	return 0
}

# $T: a vmlinux of so many objects of so many functions, each of a name of its
# own.  One is assembled, and its names are replaced.
many_objects() {
	local i f
	mkdir -p "$T/kernel"
	for ((f = 0; f < FUNCTIONS; f++)); do
		printf '.globl QQQQQQ_f%d\n.type QQQQQQ_f%d,@function\nQQQQQQ_f%d: .fill %d,1,0x90\nret\n.size QQQQQQ_f%d,.-QQQQQQ_f%d\n' \
			"$f" "$f" "$f" $((16 + f * 8)) "$f" "$f"
	done | as -o "$BATS_FILE_TMPDIR/template.o" -
	for ((i = 0; i < OBJECTS; i++)); do
		LC_ALL=C sed "s/QQQQQQ/$(printf 'o%05d' "$i")/g" "$BATS_FILE_TMPDIR/template.o" >"$T/kernel/file$i.o"
	done
	(
		cd "$T" || exit 1
		ar rcsTP vmlinux.a kernel/*.o
		ld -e 0 -o vmlinux --whole-archive vmlinux.a
		find . -type f -exec touch -d '1 hour ago' {} +
	)
}

# instructions COMMAND...: N, in thousands; of its child processes, too.
instructions() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err"
	N=$(awk '/ Collected : / { n += $4 } END { printf "%d", n / 1000 }' "$BATS_TEST_TMPDIR/err")
	echo "$N thousand instructions: ${*:2}"
	[ "$N" -gt 0 ]
}

# calls COMMAND...: the table of its system calls in $BATS_TEST_TMPDIR/calls.
calls() { strace -f -c -o "$BATS_TEST_TMPDIR/calls" "$@"; }
# of_call NAME...: how many of these calls there were.
of_call() {
	awk -v names=" $* " 'index(names, " " $NF " ") { n += $4 } END { print n + 0 }' "$BATS_TEST_TMPDIR/calls"
}

# at_most WHAT VALUE BOUND
at_most() {
	echo "$1: $2, of at most $3"
	[ "$2" -le "$3" ]
}

audited() { "$K" audit -q --no-messages "$T"; }

@test "the start of a command: instructions and libraries" {
	instructions "$K" --help
	at_most 'thousand instructions' "$N" 5000 # 2,500
	audited
	instructions "$K" query
	at_most 'thousand instructions' "$N" 13000 # 6,400
	at_most 'libraries' "$(ldd "$K" | wc -l)" 22 # 16
}

@test "the first audit: instructions and system calls an object" {
	instructions "$K" audit -q --no-messages -j 1 "$T"
	at_most 'thousand instructions an object' $((N / OBJECTS)) 2000 # 976
	rm -f "$KMEMDB"
	calls "$K" audit -q --no-messages -j 2 "$T"
	cat "$BATS_TEST_TMPDIR/calls"
	at_most 'reads of 10 objects' $(($(of_call pread64) * 10 / OBJECTS)) 20 # 10
	at_most 'waits of 10 objects' $(($(of_call futex) * 10 / OBJECTS)) 10 # 3
	at_most 'calls of 10 objects' $(($(of_call total) * 10 / OBJECTS)) 200 # 97
}

@test "an audit of what did not change: instructions, system calls, bytes" {
	audited
	local before; before=$(stat -c %s "$KMEMDB")
	instructions "$K" audit -q --no-messages -j 1 "$T"
	at_most 'thousand instructions an object' $((N / OBJECTS)) 220 # 106
	calls "$K" audit -q --no-messages -j 1 "$T"
	cat "$BATS_TEST_TMPDIR/calls"
	at_most 'calls of 10 objects' $(($(of_call total) * 10 / OBJECTS)) 60 # 27
	at_most 'bytes written' $(($(stat -c %s "$KMEMDB") - before)) 0
	# The same objects as another build: a row for each.
	"$K" audit -q --no-messages --label second "$T"
	at_most 'bytes an object' $((($(stat -c %s "$KMEMDB") - before) / OBJECTS)) 100 # 34
}

@test "the database: bytes a symbol and an allocation" {
	audited
	at_most 'bytes a symbol' $(($(stat -c %s "$KMEMDB") / OBJECTS / FUNCTIONS)) 220 # 125
	local before; before=$(stat -c %s "$KMEMDB")
	log 20000 "$BATS_TEST_TMPDIR/log"
	instructions "$K" import -q --no-lines "$BATS_TEST_TMPDIR/log" || [ "$N" -gt 0 ]
	at_most 'instructions an event' $((N / 20)) 28000 # 14,100
	at_most 'bytes an allocation' $((($(stat -c %s "$KMEMDB") - before) / 20000)) 40
}

@test "reports of many symbols: instructions a symbol" {
	local symbols=$((OBJECTS * FUNCTIONS))
	audited
	instructions "$K" query symbols --limit 20
	at_most 'instructions a symbol' $((N * 1000 / symbols)) 22000 # 10,700
	instructions "$K" query largest --limit 20
	at_most 'instructions a symbol' $((N * 1000 / symbols)) 32000 # 15,800
	# Of the name's neighbours; exit 2.
	instructions "$K" show o00007_g7 || [ "$N" -gt 0 ]
	at_most 'instructions a symbol' $((N * 1000 / symbols)) 25000 # 12,200
}
