# What the benches take from NEWS: ratios of the last release.

load common

setup() {
	common_setup
	# shellcheck source=tests/bench/common.bash
	. "$ROOT/tests/bench/common.bash"
	cd "$BATS_TEST_TMPDIR" || return 1
	work=$PWD
	cat >NEWS <<-'EOF'
		1.2.0 (not released)

		  make bench
		    9.99 x  audit / nm -S

		1.1.0 (2026-01-02)

		  other
		    8.88 x  audit / nm -S

		  make bench
		    0.95 x  audit / nm -S
		    12.5 x  audit, nothing changed / find

		1.0.0 (2026-01-01)

		  make bench
		    7.77 x  audit / nm -S
		    6.66 x  import / mawk
	EOF
}

@test "the ratio of the last release is beside the new one" {
	[ "$(released_version)" = 1.1.0 ]
	[ "$(released 'audit / nm -S')" = '0.95 x' ]
	[ "$(released 'audit, nothing changed / find')" = '12.5 x' ]
	[ "$(released 'import / mawk')" = - ]
	row() { printf '%s|' "$@"; }
	echo 1500 >own.us
	echo 1000 >nm.us
	[ "$(against audit own 'nm -S (must)' nm 2)" = 'audit / nm -S (must)|1.5 ms|1.0 ms|1.50 x (0.95 x)|<= 2 x: met|' ]
	[ "$(against import own mawk nm 1)" = 'import / mawk|1.5 ms|1.0 ms|1.50 x (-)|<= 1 x: missed|' ]
}

@test "each ratio of NEWS is one that the benches print" {
	local line text
	cd "$ROOT"
	[ -n "$(released_version)" ]
	sed -n 's/^    [0-9.]* x  *\(.* \/ .*\)$/\1/p' NEWS >"$BATS_TEST_TMPDIR/works"
	[ -s "$BATS_TEST_TMPDIR/works" ]
	while IFS= read -r line; do
		text=${line%% / *}
		grep -qF "against '$text' " tests/bench/bench.sh tests/bench/import.sh ||
			{ echo "no bench prints '$line'"; false; }
		[ "$(released "$line")" != - ]
	done <"$BATS_TEST_TMPDIR/works"
}
