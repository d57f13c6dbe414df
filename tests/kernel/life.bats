#!/usr/bin/env bats
# What stays, what boot frees and what CPUs copy: the reports against the
# console of the same kernel, and against size and readelf over its objects.
# It can also run on the kernel large.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	"$B/kmemdb" audit "$TREE" 2>"$D/summary"
	# Every section of every member: path, section, size.
	(cd "$TREE" && ar t vmlinux.a | xargs size -A -d) |
		awk '$2 == ":" { path = $1; next } NF == 3 && $1 != "section" {
			print path, $1, $2 }' >"$D/sections"
}

# Boots until the kernel has freed what it frees, which takes seconds: then
# it finds a program that it cannot run, panics and is reset.
boot() {
	command -v qemu-system-x86_64 >/dev/null && command -v cpio >/dev/null || return 77
	mkdir "$D/rd"
	: >"$D/rd/init"
	chmod +x "$D/rd/init"
	(cd "$D/rd" && echo init | cpio -o -H newc 2>/dev/null) | gzip -1 >"$D/initrd.gz"
	timeout 300 qemu-system-x86_64 -accel tcg -m 512 -smp 2,sockets=2,cores=1 \
		-no-reboot -display none -monitor none -serial "file:$D/serial" \
		-kernel "$TREE/arch/x86/boot/bzImage" -initrd "$D/initrd.gz" \
		-append 'console=ttyS0 panic=-1' </dev/null >"$D/qemu" 2>&1
	tr -d '\r' <"$D/serial" >"$D/console"
}

@test "boot-memory is what the console says" {
	local status=0 n=0 line what bytes kib rest
	boot || status=$?
	[ "$status" -ne 77 ] || skip "no QEMU here"
	[ "$status" -eq 0 ]
	grep -q 'Freeing unused kernel image' "$D/console"
	tsv boot-memory >"$D/lines"
	while IFS=$'\t' read -r line what bytes kib rest; do
		case $line in
		memory) grep -E "Memory: .*[(, ]${kib}K ${what}[,)]" "$D/console" ;;
		freed) [ "$what" = 'SMP alternatives' ] && grep -F "Freeing $what memory: ${kib}K" "$D/console" ||
			grep -F "Freeing unused kernel image ($what) memory: ${kib}K" "$D/console" ;;
		percpu) grep -E "percpu: Embedded .* $what$bytes " "$D/console" ;;
		*) continue ;;
		esac
		n=$((n + 1))
	done <"$D/lines"
	[ "$n" -eq 10 ]
	# And nothing else is freed of the image.
	[ "$(grep -c 'Freeing unused kernel image' "$D/console")" -eq 3 ]
}

@test "init: the objects' part, section by section, and the way to what is freed" {
	local locks
	tsv init --depth 99 |
		awk -F '\t' '{ b += $4; c += $6; p += $8; e += $9; s += $6 + $7 + $8 + $9 + $10 }
			END { print c, p, e, b - s }' >"$BATS_TEST_TMPDIR/ours"
	awk '$2 ~ /^\.(mem)?init\.text/ { c += $3 } $2 ~ /^\.data\.\.percpu/ { p += $3 }
		$2 ~ /^\.exit\.text/ { e += $3 }
		END { print c, p, e, 0 }' "$D/sections" | diff "$BATS_TEST_TMPDIR/ours" -
	# in objects + added by the link = sections, of which pages are freed
	tsv boot-memory | awk -F '\t' '$1 == "init" { v[$2] = $3 } $2 == "initmem" { f = $3 }
		END { exit !(v["in objects"] + v["added by the link"] == v["sections"] &&
			f >= v["sections"] && f - v["sections"] < 8 * 4096) }'
	# .smp_locks is freed by itself.
	locks=$(awk '$2 == ".smp_locks" { s += $3 } END { print s + 0 }' "$D/sections")
	[ "$locks" -gt 4096 ]
	[ "$(tsv init | awk -F '\t' '{ s += $4 } END { print s }')" -eq \
		"$(tsv boot-memory | awk -F '\t' -v l="$locks" '$2 == "in objects" { print $3 + l }')" ]
}

@test "resident, init and discard make up every object; CPUs multiply" {
	local image
	for image in vmlinux modules; do
		tsv footprint --image "$image" --depth 99 --cpus 7 >"$BATS_TEST_TMPDIR/rows"
		[ "$(wc -l <"$BATS_TEST_TMPDIR/rows")" -gt 5 ]
		[ -z "$(awk -F '\t' '$6 != $8 + $9 + $10 || $12 != 7 * $11' "$BATS_TEST_TMPDIR/rows")" ]
	done
	[ "$(tsv footprint | awk -F '\t' '{ s += $11 } END { print s }')" -eq \
		"$(awk '$2 ~ /^\.data\.\.percpu/ { p += $3 } END { print p }' "$D/sections")" ]
}

@test "strings are the sections of strings" {
	tsv strings --depth 99 | awk -F '\t' '$1 == "strings" { print $2, $4 }' |
		sort >"$BATS_TEST_TMPDIR/ours"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/ours")" -gt 100 ]
	awk '$2 ~ /^\.rodata.*\.str[0-9]/ { s[$1] += $3 }
		END { for (p in s) if (s[p]) print p, s[p] }' "$D/sections" |
		sort | diff "$BATS_TEST_TMPDIR/ours" -
	[ "$(tsv strings | awk -F '\t' '$1 == "merged" { print $2, $4 }')" = \
		"$(tsv reconcile | awk -F '\t' '$1 == "merged" && $2 == ".rodata" { print $2, $3 }')" ]
}

@test "alignment: fill as reconciled, and all that symbols leave of code" {
	diff <(tsv alignment | awk -F '\t' '$1 == "fill" || $1 == "layout" { s[$2] += $4 } END { for (n in s) print n, s[n] }' | sort) \
		<(tsv reconcile | awk -F '\t' '$1 == "fill" { print $2, $3 }' | sort)
	[ "$(tsv alignment --depth 99 | awk -F '\t' '$1 == "between" { s += $4 } END { print s }')" -eq \
		"$(tsv sections | awk -F '\t' '$2 ~ /^(text|data|percpu|bss)$/ { s += $6 } END { print s }')" ]
}

@test "ram: what stays of the image is span less what the console says was freed" {
	local locks span kib
	tsv ram >"$D/ram"
	value() { awk -F '\t' -v l="$1" -v w="$2" '$1 == l && (w == "" || $2 == w) { print $3 }' "$D/ram"; }
	span=$(nm "$TREE/vmlinux" | awk '$3 == "_text" { t = $1 } $3 == "_end" { e = $1 } END { print t, e }')
	# shellcheck disable=SC2086 # two addresses
	set -- $span
	[ "$(value span vmlinux)" -eq $((0x$2 - 0x$1)) ]
	# Each line that is freed is a line of the console, in KiB.
	while IFS=$'\t' read -r _ what bytes _; do
		kib=$((-bytes / 1024))
		case $what in
		init) grep -F "(initmem) memory: ${kib}K" "$D/console" ;;
		'SMP alternatives') grep -F "Freeing SMP alternatives memory: ${kib}K" "$D/console" ;;
		*) grep -F "($what) memory: ${kib}K" "$D/console" ;;
		esac
	done < <(grep '^freed' "$D/ram")
	[ "$(grep -c '^freed' "$D/ram")" -eq 4 ]
	[ "$(value after vmlinux)" -eq "$(awk -F '\t' '$1 == "span" || $1 == "freed" { s += $3 } END { print s }' "$D/ram")" ]
	[ "$(value ram)" -eq "$(awk -F '\t' '$1 ~ /^(after|copies|modules|live)$/ { s += $3 } END { print s }' "$D/ram")" ]
	# per-CPU data of three CPUs: three times the section.
	tsv ram --cpus 3 >"$D/ram"
	[ "$(value copies)" -eq $((3 * $(size -A "$TREE/vmlinux" | awk '$1 == ".data..percpu" { print $2 }'))) ]
}
