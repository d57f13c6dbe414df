#!/usr/bin/env bats
# Messages of failed allocations in drivers that no other kernel here has:
# against what was read in their sources (tests/messages).
# kernels: small

setup_file() {
	load common
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	local status=0
	export F=$BATS_FILE_TMPDIR DRIVERS
	DRIVERS=$(tests/kernel/drivers.sh) || status=$?
	[ "$status" -ne 77 ] || SKIP="the drivers cannot be built here"
	[ -z "$SKIP" ] || return 0
	[ "$status" -eq 0 ] || return
	"$B/kmemdb" audit -q "$DRIVERS" 2>"$F/said" || [ $? -eq 1 ]
	"$B/kmemdb" query oom-printk --image all --format csv >"$F/findings.csv" 2>/dev/null
	"$B/kmemdb" query objects --image all --format csv >"$F/objects.csv" 2>/dev/null
	"$B/kmemdb" query symbols --image all --format csv >"$F/symbols.csv" 2>/dev/null
}
setup() {
	load common
	kernel_setup
}

score() {
	tests/messages/score.py "$F/findings.csv" "tests/messages/$1" \
		"$F/objects.csv" "$F/symbols.csv" --check "${@:2}"
}

@test "drivers that were unseen until their messages were read" {
	score truth-drivers.tsv 0.97 0.97 0.95
}

@test "drivers whose first contact was held out" {
	score truth-drivers-hold.tsv 0.95 0.95 0.95
}

@test "objects of modules that are not here: printers and allocators by name" {
	score truth-drivers-unseen.tsv 0.97 0.97 0.95
	score truth-drivers-unseen-hold.tsv 0.95 0.95 0.95
}

# Those that the truth is of.
objects() { cut -f 1 tests/messages/truth-drivers*.tsv | grep -v '^#' | sort -u; }
# findings TREE OUT: in a database of their own.
findings() {
	local KMEMDB=$F/other.db
	export KMEMDB
	rm -f "$KMEMDB"
	"$B/kmemdb" audit -q "$1" 2>/dev/null || [ $? -eq 1 ]
	"$B/kmemdb" query oom-printk --image all --format csv >"$2" 2>/dev/null
}

@test "compiled for speed: the messages that both have get one verdict" {
	# shellcheck disable=SC2046 # a list of words
	tests/kernel/recompile.sh "$DRIVERS" "$F/speed" -O2 $(objects)
	# One of them is another one now, or nothing was compiled.
	run ! cmp -s "$DRIVERS/net/atm/mpc.o" "$F/speed/net/atm/mpc.o"
	findings "$F/speed" "$F/speed.csv"
	rm -rf "$F/speed"
	tests/kernel/agree.py 0.95 "$F/findings.csv" "$F/speed.csv"
}

@test "compiled for ARM: the messages that both have get one verdict" {
	local arm status=0
	arm=$(tests/kernel/build.sh arm) || status=$?
	[ "$status" -ne 77 ] || skip "kernel 'arm' cannot be built here"
	findings "$TREE" "$F/small.csv"
	findings "$arm" "$F/arm.csv"
	tests/kernel/agree.py 0.95 "$F/small.csv" "$F/arm.csv"
}

@test "lines and bytes of .printk_index, without debug information" {
	local some
	some=$(objects | sed -n '1~3p')
	# shellcheck disable=SC2086 # a list of words
	tests/kernel/recompile.sh "$DRIVERS" "$F/index" -DCONFIG_PRINTK_INDEX=1 $some
	findings "$F/index" "$F/index.csv"
	rm -rf "$F/index"
	# shellcheck disable=SC2086 # a list of words
	tests/kernel/printk_index.py "$DRIVERS" $some >"$F/index.tsv"
	# Entries of 44 bytes, 64 apart or at the end, and a pointer to each.
	python3 - "$F/index.csv" "$F/index.tsv" <<-'END'
	import csv, sys
	entries = {}
	for line in open(sys.argv[2]):
	    obj, function, number, text = line.rstrip("\n").split("\t")
	    entries.setdefault((obj, text), []).append((function, number))
	right, bad = 0, 0
	for r in csv.DictReader(open(sys.argv[1])):
	    at = entries.get((r["path"], r["message"]), [])
	    of = [e for e in at if e[0] == r["function"]] or at
	    lines = {e[1] for e in of}
	    if not at:
	        ok = r["line"] == "-" and r["index"] == "0"
	    else:
	        ok = (r["line"].rpartition(":")[2] in lines
	              and r["line"].rpartition(":")[0].endswith(".c")
	              and 52 <= int(r["index"]) <= 72 * len(of))
	        right += ok
	    if not ok:
	        bad += 1
	        print(r["path"], r["function"], r["message"], r["line"], r["index"], of)
	print(right, "right", bad, "wrong")
	sys.exit(bad or right < 50)
	END
}

@test "lines and bytes of __dyndbg, without debug information" {
	local object=drivers/infiniband/hw/irdma/ctrl.o line
	tests/kernel/recompile.sh "$DRIVERS" "$F/debug" \
		'-DCONFIG_DYNAMIC_DEBUG=1 -DCONFIG_DYNAMIC_DEBUG_CORE=1' "$object"
	findings "$F/debug" "$F/debug.csv"
	rm -rf "$F/debug"
	line=$(grep -n 'failed to allocate memory for sd_entry buffer' \
		"$(readlink -f "$TREE/source")/${object%.o}.c" | cut -d : -f 1)
	# The call begins the line before its text; four pointers and two
	# words, without the key of a jump label.
	grep -F "failed to allocate memory for sd_entry buffer" "$F/debug.csv" |
		grep -F ":$((line - 1))," | grep -x '.*,40,0,[a-z]*,[a-z]*,[a-z]*,0' ||
		{ grep -F "sd_entry" "$F/debug.csv"; false; }
}

@test "deleting a message frees what is claimed" {
	# 16 bytes, and 8 for a register that need not be saved any more.
	tests/kernel/claim.py "$DRIVERS" "$F/findings.csv" 12 24
}
