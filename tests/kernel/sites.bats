#!/usr/bin/env bats
# Every call site of a real kernel, found again from what an audit stored:
# against ld's maps, objdump and nm (sites.py).  KMEMDB_TEST_KERNEL names the
# tree: small, arm, second.

bats_require_minimum_version 1.5.0

setup_file() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	export KERNEL=${KMEMDB_TEST_KERNEL:-small} B=${BUILD:-build}
	export SITES=$BATS_FILE_TMPDIR/k CROSS=
	case $KERNEL in
	arm) CROSS=arm-linux-gnueabihf- ;;
	mips) CROSS=mips-linux-gnu- ;;
	esac
	local status=0
	TREE=$(tests/kernel/build.sh "$KERNEL") || status=$?
	if [ "$status" -eq 77 ]; then
		export SKIP="kernel '$KERNEL' cannot be built here"
		return 0
	fi
	[ "$status" -eq 0 ] || return 1
	export TREE
	if ! grep -q '^CONFIG_KALLSYMS=y' "$TREE/.config"; then
		export SKIP="kernel '$KERNEL' has no symbols to print"
		return 0
	fi
	"$B/kmemdb" audit -q --db "$SITES.db" "$TREE"
	tests/kernel/relink.sh "$TREE" "$SITES.map"
	python3 tests/kernel/sites.py "$TREE" "$SITES.map" "$SITES" $CROSS
	local san=
	if nm "$B/libkmemdb.a" 2>/dev/null | grep -q __asan_init; then
		san='-fsanitize=address,undefined'
	fi
	# shellcheck disable=SC2046,SC2086 # flags are lists
	gcc -std=c11 -O2 $san -D_GNU_SOURCE -Iauditor -o "$SITES.probe" tests/kernel/site_probe.c \
		"$B/libkmemdb.a" $(pkg-config --libs libelf sqlite3 libxxhash) -lm -pthread
	"$SITES.probe" "$SITES.db" 1 "$SITES" >"$SITES.out" || true
	cat "$SITES.out"
}

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	if [ -n "${SKIP:-}" ]; then skip "$SKIP"; fi
}

# The number behind a word in the line that begins with another.
number() {
	awk -v line="$1" -v word="$2" '$1 == line { for (i = 2; i < NF; i++) if ($i == word) print $(i + 1) }' "$SITES.out"
}

@test "there are many sites, each in an object" {
	[ "$(number raw sites)" -gt 20000 ]
	grep -q '\[' "$SITES.sites"
	[ "$(awk -F '\t' '$3 == "-"' "$SITES.sites" | wc -l)" -eq 0 ]
}

@test "no site is put into a wrong object, by address, by text or by both" {
	[ "$(number raw wrong)" -eq 0 ]
	[ "$(number text wrong)" -eq 0 ]
	[ "$(number both wrong)" -eq 0 ]
}

@test "every address is found, and named as the kernel names it" {
	# The init code of modules is gone when kallsyms is read.
	local gone
	gone=$(awk -F '\t' '{ print $1 }' "$SITES.sites" | grep -cE '^(ffffffffc|bf)[0-9a-f]*[13579bdf][0-9a-f]{5}$') || true
	[ "$(number raw unknown)" -eq "$gone" ]
	[ "$(number raw object)" -eq $(($(number raw sites) - gone)) ]
	[ "$(number raw named)" -eq "$(number raw object)" ]
	[ "$(number raw agreed)" -eq "$(number raw object)" ]
	[ "$(number both object)" -eq "$(number both sites)" ]
}

@test "text alone tells all but 2 % of the sites, and lists those" {
	[ "$(number text unknown)" -eq 0 ]
	[ "$(number text no_object)" -eq 0 ]
	[ "$(number text ambiguous)" -le $(($(number text sites) / 50)) ]
	[ $(($(number text ambiguous) + $(number text object))) -eq "$(number text sites)" ]
	# ld's stubs have a symbol without a name, which nm does not print.
	[ "$(number text agreed)" -ge $(($(number text sites) - 1)) ]
}

@test "the KASLR offset is found by kallsyms, and by trying" {
	[ "$(number kallsyms kaslr_offset)" = 0x1a000000 ]
	[ "$(number tried kaslr_offset)" = 0x1a000000 ]
}
