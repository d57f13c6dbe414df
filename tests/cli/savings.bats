#!/usr/bin/env bats
# Savings that one can take, on logs and trees written here: what is right can
# be counted by hand.

load common

setup() {
	common_setup
	L=$BATS_TEST_TMPDIR/log
}

# live SITE REQ ALLOC N CPU: N allocations that stay.
live() {
	seq "$4" | awk -v site="$1" -v req="$2" -v alloc="$3" -v cpu="$5" -v at="$(wc -l <"$L")" '{
		printf "  a-1 [%03d] 1.%06d: kmalloc: call_site=%s ", cpu, at + $1, site
		printf "ptr=ffff8881%08x bytes_req=%d ", (at + $1) * 4096, req
		print "bytes_alloc=" alloc " gfp_flags=GFP_KERNEL"
	}' >>"$L"
}

rows() { "$K" query "$@" --format csv 2>/dev/null | tail -n +2; }

# What the columns of the slab say, by site.
slabs_of() { rows frequent | cut -d , -f 1,14,17-21 | LC_ALL=C sort; }

@test "frequent: a cache of its own is counted in whole slabs" {
	: >"$L"
	# 18 of 216 bytes in a page, 208 bytes are left: 6 pages for 100 that
	# take 256 now.
	live a+0x1/0x9 216 256 100 0
	# 4 pages hold 8 of 1200 and 8 more, 13 in all: 784 bytes are left, at
	# most a sixteenth.  Two pages hold 6, which are too few.
	live b+0x1/0x9 1200 2048 50 0
	# The same, but 3 do not fill a slab.
	live c+0x1/0x9 1200 2048 3 0
	# 29 is rounded up to 32, 128 in a page.
	live d+0x1/0x9 29 64 128 0
	# Two sizes; and one that a size class has already.
	live e+0x1/0x9 20 32 10 0
	live e+0x1/0x9 21 32 10 0
	live f+0x1/0x9 64 64 64 0
	"$K" import -q "$L" || [ $? -eq 1 ]
	slabs_of | diff - <(printf '%s\n' \
		"a+0x1,$((100 * 256 - 6 * 4096)),216,18,1,6,computed" \
		"b+0x1,$((50 * 2048 - 4 * 16384)),1200,13,4,4,computed" \
		'c+0x1,,1200,13,4,1,computed' \
		"d+0x1,$((128 * 64 - 4096)),32,128,1,1,computed" \
		'e+0x1,,,,,,' \
		'f+0x1,,64,64,1,1,computed')
	# The largest comes first, nothing last.
	[ "$(rows frequent | cut -d , -f 1 | tr '\n' ' ')" = 'b+0x1 d+0x1 a+0x1 f+0x1 e+0x1 c+0x1 ' ]
	"$K" query frequent | grep -Eq '^e\+0x1 .* -( |$)'
}

@test "frequent: CPUs make slabs larger, and slabinfo knows them" {
	local P=$BATS_TEST_TMPDIR
	: >"$L"
	live a+0x1/0x9 216 256 100 0
	live b+0x1/0x9 448 512 90 3
	# Four CPUs: 16 objects and more, so two pages: 37 and 18 of them.
	"$K" import -q "$L" || [ $? -eq 1 ]
	slabs_of | diff - <(printf '%s\n' \
		"a+0x1,$((100 * 256 - 6 * 4096)),216,18,1,6,computed" \
		"b+0x1,$((90 * 512 - 5 * 8192)),448,18,2,5,computed")
	# slabinfo of a machine with 16 CPUs, where 24 objects are the least; and
	# with one cache of 448 bytes that somebody tuned.
	cat >"$P/slabinfo" <<'END'
slabinfo - version: 2.1
# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>
tuned                 50     72    448   72    8 : tunables    0    0    0 : slabdata      1      1      0
kmalloc-256           64     64    256   32    2 : tunables    0    0    0 : slabdata      2      2      0
kmalloc-512           64     64    512   32    4 : tunables    0    0    0 : slabdata      2      2      0
kmalloc-1k            64     64   1024   32    8 : tunables    0    0    0 : slabdata      2      2      0
kmalloc-128           32     32    128   32    1 : tunables    0    0    0 : slabdata      1      1      0
END
	KMEMDB=$P/s.db "$K" import -q --slabinfo "$P/slabinfo" "$L" || [ $? -eq 1 ]
	KMEMDB=$P/s.db slabs_of | diff - <(printf '%s\n' \
		"a+0x1,$((100 * 256 - 3 * 8192)),216,37,2,3,computed" \
		"b+0x1,,448,72,8,2,slabinfo")
}

@test "frequent: other allocators have other slabs" {
	: >"$L"
	live f_open+0x10/0xc8 600 1024 50 0
	tiny_tree
	echo 'CONFIG_SLAB=y' >>"$T/.config"
	"$K" audit -q "$T"
	"$K" import -q "$L" || [ $? -eq 1 ]
	[ "$(slabs_of)" = 'f_open+0x10,,,,,,' ]
}

@test "symbols: labels have no size, and are shown if asked for" {
	mkdir -p "$T"
	printf '%s\n' .text '.globl f' 'label:' '.type f,@function' f: nop '.size f,1' here: >"$T/x.s"
	as -o "$T/x.o" "$T/x.s"
	(cd "$T" && ar rcsTP vmlinux.a x.o && ld -e 0 -o vmlinux x.o && rm x.s &&
		printf '# Linux/x86 6.1.0 Kernel Configuration\n' >.config)
	"$K" audit -q "$T"
	[ "$(rows symbols | cut -d , -f 1,5)" = f,1 ]
	[ "$(rows symbols --labels | cut -d , -f 1,5 | LC_ALL=C sort | tr '\n' ' ')" = 'f,1 here,0 label,0 ' ]
}

@test "sections: those of single symbols are one row" {
	mkdir -p "$T"
	cat >"$T/x.s" <<'END'
	.text
	.space 1
	.section .text.f,"ax",%progbits
	.type f,%function
f:	.space 10
	.size f,10
	.section .text.unlikely.f,"ax",%progbits
	.space 3
	.section .text.g.isra.0,"ax",%progbits
	.type g.isra.0,%function
g.isra.0: .space 20
	.size g.isra.0,20
	.section .rodata.f.str1.1,"aMS",%progbits,1
	.string "abc"
	.section .rodata.f,"a",%progbits
	.space 8
	.section .text.other,"ax",%progbits
	.type not_its_name,%function
not_its_name: .space 5
	.size not_its_name,5
	.section .data.once,"aw",%progbits
	.type once,%object
once:	.space 2
	.size once,2
	.section .data.v,"aw",%progbits
	.type v,%object
v:	.space 16
	.size v,16
	.section ___ksymtab+f,"a",%progbits
	.space 12
	.section ___ksymtab+g,"a",%progbits
	.space 12
	.section ___ksymtab_gpl+v,"a",%progbits
	.space 12
END
	as -o "$T/x.o" "$T/x.s"
	(cd "$T" && ar rcsTP vmlinux.a x.o && ld -e 0 -o vmlinux x.o && rm x.s &&
		printf '# Linux/x86 6.1.0 Kernel Configuration\n' >.config)
	"$K" audit -q "$T"
	# Name, bytes and names of what is there.
	rows sections | awk -F , '$4 { print $1, $4, $8 }' | LC_ALL=C sort | diff - <(printf '%s\n' \
		'.data 16 2' '.data.once 2 1' '.rodata 8 1' '.rodata.str1.1 4 1' '.text 31 3' \
		'.text.other 5 1' '.text.unlikely 3 1' '___ksymtab 24 2' '___ksymtab_gpl 12 1')
	# Nothing is lost: as size has it.
	[ "$(rows sections | awk -F , '{ s += $4 } END { print s }')" = \
		"$(size -d "$T/x.o" | awk 'NR == 2 { print $4 }')" ]
}

# three_objects: f has one content in a.o and b.o, and another in c.o.
three_objects() {
	local o k
	mkdir -p "$T"
	for o in a b c; do
		k=1
		[ "$o" != c ] || k=2
		# What is before f, and which number the string has, matters not.
		cat >"$T/$o.s" <<END
	.section .rodata.str1.1,"aMS",%progbits,1
	.string "before f in $o"
.LC$RANDOM: .string "text"
	.text
	.space 1$k, 0x90
	.type f.constprop.$k,%function
f.constprop.$k:
	lea .rodata.str1.1+15(%rip), %rdi
	call outside
	mov \$$k, %eax
	ret
	.size f.constprop.$k,.-f.constprop.$k
	.type same,%function
same:	call f.constprop.$k
	ret
	.size same,.-same
	.type uses_own,%function
uses_own: incl own(%rip)
	cmpb \$1, known.$RANDOM$k(%rip)
	ret
	.size uses_own,.-uses_own
	.type static_one,%function
static_one: incl known.9(%rip)
	ret
	.size static_one,.-static_one
	.bss
	.space 4$k
	.type own,%object
own:	.space 4
	.size own,4
	.type known.9,%object
known.9: .space 4
	.size known.9,4
	.section .rodata,"a",%progbits
	.space $k, 7
	.type table,%object
table:	.quad f.constprop.$k, outside + 8
	.size table,16
END
		as -o "$T/$o.o" "$T/$o.s"
	done
	(cd "$T" && rm ./*.s && ar rcsTP vmlinux.a a.o b.o c.o &&
		ld --unresolved-symbols=ignore-all -e 0 -Map vmlinux.map -o vmlinux a.o b.o c.o &&
		printf '# Linux/x86 6.1.0 Kernel Configuration\n' >.config)
	"$K" audit -q "$T"
}

@test "duplicates: equal contents, not equal names" {
	[ "$(uname -m)" = x86_64 ] || skip "the code is of x86-64"
	three_objects
	# f and what calls or names it are equal in a.o and b.o only; what uses a
	# variable of its file is in no row.
	rows duplicates | cut -d , -f 1,4-10 | LC_ALL=C sort | diff - <(printf '%s\n' \
		'f.constprop.#,18,2,2,36,18,a.o,b.o' 'same,6,2,2,12,6,a.o,b.o' \
		'static_one,7,3,3,21,14,a.o,c.o' 'table,16,2,2,32,16,a.o,b.o')
	# Again, without opening them.
	"$K" audit -q --label again "$T"
	[ "$(rows duplicates --build again | wc -l)" = 4 ]
	# As an older version left it: not compared, so nothing is saved.
	sqlite3 "$KMEMDB" 'UPDATE object SET content_set = NULL'
	rows duplicates --build 1 | cut -d , -f 1,6,8 | LC_ALL=C sort | diff - <(printf '%s\n' \
		'f.constprop.#,3,' 'same,3,' 'static_one,3,' 'table,3,' 'uses_own,3,')
}
