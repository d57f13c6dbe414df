#!/usr/bin/env bats
# Ctrl-C while the database is being changed: the database is as it was, and
# nothing is left beside it.

load common

setup() {
	common_setup
	tiny_tree
	D=$BATS_TEST_TMPDIR
	mkdir "$D/db"
	KMEMDB=$D/db/k.db
	"$K" audit -q --label first "$T"
	sqlite3 "$KMEMDB" .dump >"$D/before"
	journal="[ -e $KMEMDB-journal ]"
}

# interrupted SIGNAL CONDITION COMMAND...: at the moment of CONDITION
interrupted() {
	local status=0
	python3 "$ROOT/tests/cli/signalled.py" "$1" "$2" "${@:3}" 2>"$D/err" || status=$?
	cat "$D/err"
	[ "$status" -eq 3 ] || return 1
	grep -q 'interrupted: .* as it was' "$D/err" || return 1
	[ "$(ls -A "$D/db")" = k.db ] || return 1
	sqlite3 "$KMEMDB" .dump | cmp - "$D/before"
}

@test "interrupted: an import" {
	log 300000 "$D/log"
	local signal
	for signal in INT TERM HUP; do
		interrupted "$signal" "$journal" "$K" import "$D/log"
	done
	# The same is done when nobody interrupts.
	"$K" import -q "$D/log" || [ $? -eq 1 ]
}

@test "interrupted: an import that waits for a pipe" {
	mkfifo "$D/fifo"
	sleep 20 >"$D/fifo" &
	interrupted INT 'sleep 0.3' "$K" import "$D/fifo"
	kill $!
}

@test "interrupted: an audit" {
	local i
	for i in 1 2 3 4 5 6; do
		seq 30000 | awk -v n="m$i" '{ printf ".globl %s_%d\n%s_%d: .fill 8,1,0\n.size %s_%d,8\n", n, $1, n, $1, n, $1 }' | as -o "$T/fs/m$i.o" -
	done
	interrupted INT "$journal" "$K" audit --label second "$T"
}

@test "interrupted: a merge, and a forget" {
	log 1500000 "$D/log"
	"$K" audit -q --db "$D/other.db" --label other "$T"
	"$K" import -q --db "$D/other.db" "$D/log" || [ $? -eq 1 ]
	interrupted INT "$journal" "$K" merge "$D/other.db"
	"$K" merge -q "$D/other.db"
	sqlite3 "$KMEMDB" .dump >"$D/before"
	# What takes a tenth of a second may be over first: then once more.
	local try
	cp "$KMEMDB" "$D/whole.db"
	for ((try = 0; try < 20; try++)); do
		interrupted INT "$journal" "$K" forget other && break
		cp "$D/whole.db" "$KMEMDB"
	done
	[ "$try" -lt 20 ]
	interrupted TERM "[ -n \"\$(ls -A $D/db | grep '^[.]one')\" ]" "$K" export other -o "$D/db/one.db"
}
