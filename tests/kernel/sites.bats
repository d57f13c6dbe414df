#!/usr/bin/env bats
# Every call site of a real kernel, found again from what an audit stored:
# against ld's maps, objdump and nm (sites.py).
#
# kernels: small arm

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	export SITES=$D/k
	if ! grep -q '^CONFIG_KALLSYMS=y' "$TREE/.config"; then
		SKIP="kernel '$KERNEL' has no symbols to print"
		return 0
	fi
	"$B/kmemdb" audit -q --db "$SITES.db" "$TREE"
	tests/kernel/relink.sh "$TREE" "$SITES.map"
	python3 tests/kernel/sites.py "$TREE" "$SITES.map" "$SITES" $CROSS
	kernel_probe site_probe.c "$SITES.probe"
	"$SITES.probe" "$SITES.db" 1 "$SITES" >"$SITES.out" || true
	cat "$SITES.out"
}

# The number after a word in the line that begins with another.
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
