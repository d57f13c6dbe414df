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

@test "drivers that nothing was mended with" {
	score truth-drivers-hold.tsv 0.95 0.95 0.95
}

# findings TREE OUT: in a database of their own.
findings() {
	local KMEMDB=$F/other.db
	export KMEMDB
	rm -f "$KMEMDB"
	"$B/kmemdb" audit -q "$1" 2>/dev/null || [ $? -eq 1 ]
	"$B/kmemdb" query oom-printk --image all --format csv >"$2" 2>/dev/null
}

@test "compiled for speed: the messages that both have get one verdict" {
	tests/kernel/optimise.sh "$DRIVERS" "$F/speed" \
		$(cut -f 1 tests/messages/truth-drivers*.tsv | grep -v '^#' | sort -u)
	# One of them is larger now, or nothing was compiled.
	! cmp -s "$DRIVERS/net/atm/mpc.o" "$F/speed/net/atm/mpc.o"
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
