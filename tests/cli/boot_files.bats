#!/usr/bin/env bats
# What a boot loader gets, and what is packed into it: files whose heads are
# known by construction.

load common

setup() {
	common_setup
	tiny_tree
}

# boot PATH SECONDS: standard input becomes a file so much younger than vmlinux.
boot() {
	mkdir -p "$T/$(dirname "$1")"
	cat >"$T/$1"
	touch -d "@$(($(stat -c %Y "$T/vmlinux") + $2))" "$T/$1"
}
# bytes COUNT: so many of no meaning.
bytes() { head -c "$1" /dev/zero | tr '\0' .; }
rows() {
	"$K" query boot-files --format tsv --order-by path:asc "$@" 2>/dev/null |
		awk -F '\t' 'NR > 1 { print $8 "|" $2 "|" $3 "|" $4 "|" $5 "|" $7 }'
}
# An x86 kernel: setup of 2 sectors, payload of 100 bytes 64 after its end.
bzimage() {
	python3 -c '
import sys
head = bytearray(3 * 512)
head[0x1f1] = 2
head[0x202:0x206] = b"HdrS"
head[0x206:0x208] = bytes([int(sys.argv[2]), 2])
head[0x248:0x24c] = (64).to_bytes(4, "little")
head[0x24c:0x250] = int(sys.argv[1]).to_bytes(4, "little")
sys.stdout.buffer.write(head + b"." * 64 + b"\xfd7zXZ\0" + b"." * 94 + b"." * 30)' "$1" "${2:-15}"
}

@test "an x86 image says where its payload is, and how it is packed" {
	bzimage 100 | boot arch/x86/boot/bzImage 5
	{ printf '\3757zXZ\0'; bytes 94; } | boot arch/x86/boot/compressed/vmlinux.bin.xz 4
	# A step on the way, no image of its own; and files of the build.
	bytes 500 | boot arch/x86/boot/vmlinux.bin 4
	bytes 5 | boot arch/x86/boot/compressed/vmlinux.lds 4
	bytes 5 | boot arch/x86/boot/.bzImage.cmd 5
	bytes 5 | boot fs/bzImage 5
	"$K" audit -q "$T"
	diff <(rows) - <<-END
		arch/x86/boot/bzImage|image|1730|xz|100|yes
		arch/x86/boot/compressed/vmlinux.bin.xz|payload|100|xz|100|-
	END
	[ "$("$K" sql --format tsv 'SELECT bytes FROM compressed_images' | tail -n 1)" = 1730 ]
}

@test "images of other machines, by what they begin with" {
	# ARM's zImage does not say: what was packed for it does.
	bytes 700 | boot arch/arm/boot/zImage 5
	bytes 900 | boot arch/arm/boot/Image 3
	{ printf '\037\213\010'; bytes 597; } | boot arch/arm/boot/compressed/piggy_data 4
	# U-Boot's header: size at 12, what it is packed with at 31.
	{ printf '\047\005\031\126'; printf '\0\0\0\0\0\0\0\0\0\0\0\310'; bytes 15; printf '\003'; bytes 32
	  bytes 200; } | boot arch/arm/boot/uImage 6
	# An EFI image that unpacks itself: offset at 8, size at 12.
	{ printf 'MZ\0\0zimg\100\0\0\0\062\0\0\0'; bytes 48; printf '\050\265\057\375'; bytes 60; } |
		boot arch/arm64/boot/vmlinuz.efi 6
	{ printf 'BZh'; bytes 97; } | boot arch/arm64/boot/Image.bz2 6
	# A plain kernel where nothing was packed.
	bytes 300 | boot arch/mips/boot/vmlinux.bin 6
	"$K" audit -q "$T"
	diff <(rows) - <<-END
		arch/arm/boot/Image|image|900|none||-
		arch/arm/boot/compressed/piggy_data|payload|600|gzip|600|-
		arch/arm/boot/uImage|image|264|lzma|200|-
		arch/arm/boot/zImage|image|700|gzip|600|-
		arch/arm64/boot/Image.bz2|image|100|bzip2|100|-
		arch/arm64/boot/vmlinuz.efi|image|128|zstd|50|yes
		arch/mips/boot/vmlinux.bin|image|300|none||-
	END
}

@test "one that is older than vmlinux was not made of it" {
	bzimage 100 | boot arch/x86/boot/bzImage -5
	"$K" audit -q --label old "$T"
	[ "$(rows)" = "arch/x86/boot/bzImage|image|1730|xz|100|stale" ]
	[ -z "$("$K" sql --format tsv 'SELECT bytes FROM compressed_images' | tail -n +2)" ]
	# Made again it counts, and the audit sees it.
	{ bzimage 100; bytes 70; } | boot arch/x86/boot/bzImage 5
	"$K" audit -q --label old "$T"
	[ "$(rows)" = "arch/x86/boot/bzImage|image|1800|xz|100|yes" ]
	# diff has it among the totals.
	{ bzimage 100; bytes 20; } | boot arch/x86/boot/bzImage 6
	"$K" audit -q --label new "$T"
	"$K" diff old new --format json | python3 -c '
import json, sys
rows = [r for r in json.load(sys.stdin)["totals"] if r["image"] == "bzImage"]
assert [(r["metric"], r["before"], r["after"], r["change"]) for r in rows] == \
	[("compressed", 1800, 1750, -50)], rows'
}

@test "heads that lie, and what is no file" {
	# A payload that ends beyond the file; a version without one.
	bzimage 99999 | boot arch/x86/boot/bzImage 5
	bzimage 100 7 | boot arch/i386/boot/bzImage 5
	mkdir "$T/arch/x86/boot/zImage"
	ln -s bzImage "$T/arch/x86/boot/Image.gz"
	mkfifo "$T/arch/x86/boot/uImage"
	: | boot arch/x86/boot/vmlinuz 5
	run "$K" audit -q "$T"
	[ "$status" -eq 0 ]
	diff <(rows) - <<-END
		arch/i386/boot/bzImage|image|1730|unknown||yes
		arch/x86/boot/bzImage|image|1730|unknown||-
		arch/x86/boot/vmlinuz|image|0|unknown||-
	END
	# A directory with a million of them.
	for i in $(seq 300); do : >"$T/arch/x86/boot/Image.$i"; done
	"$K" audit -q --full "$T"
	[ "$(rows --limit 0 | wc -l)" -eq 256 ]
	"$K" query caveats --format tsv | grep "look like boot images"
}
