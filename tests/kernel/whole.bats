#!/usr/bin/env bats
# Parts of a real kernel, and a real kernel in the shape of an older one,
# against binutils.  The kernel must be x86 with modules.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file
}

setup() {
	kernel_setup
	export KMEMDB=$BATS_TEST_TMPDIR/k.db
	T=$BATS_TEST_TMPDIR/t
	mkdir "$T"
}

@test "modules alone, packed by turns: as size sees the .ko" {
	local n=0 ko
	while read -r ko; do
		mkdir -p "$T/$(dirname "$ko")"
		cp "$TREE/$ko" "$T/$ko"
		size "$T/$ko" | awk -v m="$(basename "$ko" .ko)" 'NR == 2 { print m, $1, $2, $3 }'
		case $((n % 4)) in
		0) xz --check=crc32 "$T/$ko" ;;
		1) zstd -q --rm "$T/$ko" ;;
		2) gzip "$T/$ko" ;;
		esac
		n=$((n + 1))
	done < <(cd "$TREE" && find . -name '*.ko' | sed 's,^\./,,' | sort) >"$BATS_TEST_TMPDIR/theirs"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/theirs")" -gt 2 ]
	"$B/kmemdb" audit -q "$T"
	tsv modules | awk -F '\t' '{ print $1, $3, $4, $5 }' | sort | diff - <(sort "$BATS_TEST_TMPDIR/theirs")
	[ "$(tsv builds | cut -f 4)" = "$(cat "$TREE/include/config/kernel.release")" ]
}

@test "vmlinux alone: its size, its sections and its symbols" {
	cp "$TREE/vmlinux" "$T/"
	"$B/kmemdb" audit -q "$T"
	diff <(tsv footprint | cut -f 3-5) <(size "$T/vmlinux" | awk 'NR == 2 { print $1 "\t" $2 "\t" $3 }')
	# Every section, and every symbol with its size.
	diff <(tsv sections | cut -f 1,4 | sort) \
		<(readelf -SW "$T/vmlinux" | sed -n 's/^ *\[ *[0-9]*\] //p' |
			while read -r name _ _ _ hex _ flags _; do
				[[ $flags != *A* ]] || printf '%s\t%d\n' "$name" "0x$hex"
			done | sort)
	diff <(tsv symbols --labels | cut -f 1,5 | sort) \
		<(nm -f posix -t d --defined-only "$T/vmlinux" | awk '{ print $1 "\t" $4 + 0 }' | sort)
	[ "$(tsv reconcile | awk -F '\t' '$1 == "unexplained" { print $3 }')" -eq 0 ]
}

@test "audited when its last files are new, and again: nothing changed" {
	# As after a build: what changed within two seconds is read again, and
	# found equal.  vmlinux is the last.
	cp -a --reflink=auto "$TREE/." "$T"
	find "$T" -name '*.o' | sort | tail -n 20 | xargs touch
	touch "$T/vmlinux"
	"$B/kmemdb" audit -q "$T"
	run --separate-stderr "$B/kmemdb" audit "$T"
	echo "$stderr"
	[ "$status" -eq 0 ]
	[[ $stderr == *"nothing changed"* ]]
	[ "$(tsv builds | wc -l)" -eq 1 ]
}

@test "the same kernel as 3.x left it: every object, and the link by ld -r explained" {
	(cd "$TREE" && find . \( -name '*.o' -o -name '*.a' -o -name '*.cmd' -o -name vmlinux.lds -o -name modules.order \
		-o -name '*.mod' -o -name .config -o -name auto.conf -o -name kernel.release \) -type f | cpio -pdm --quiet "$T")
	(cd "$TREE" && ar t vmlinux.a) >"$BATS_TEST_TMPDIR/members"
	python3 tests/kernel/older.py "$T" >"$BATS_TEST_TMPDIR/taken"
	"$B/kmemdb" audit -q "$T"
	# All but the members of lib.a that ld left, by its own map.
	diff <(tsv objects | cut -f 1 | sort) \
		<({ grep -vxFf <(cd "$TREE" && ar t lib/lib.a && ar t arch/x86/lib/lib.a) "$BATS_TEST_TMPDIR/members"
			cat "$BATS_TEST_TMPDIR/taken"; } | sort)
	[ "$(wc -l <"$BATS_TEST_TMPDIR/taken")" -gt 10 ]
	tsv reconcile | awk -F '\t' '$1 == "image" { i = $3 } $1 == "unexplained" { u = $3 < 0 ? -$3 : $3 }
		END { exit !(i > 1000000 && u * 10000 < i) }'
	sqlite3 "$KMEMDB" "SELECT checked > 5000 AND matched > checked * 0.998 FROM images WHERE image = 'vmlinux'" | grep -qx 1
}
