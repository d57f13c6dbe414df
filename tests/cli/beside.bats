#!/usr/bin/env bats
# What import is given beside a log: files of /proc, by option or in a tar.

load common

setup() {
	common_setup
	L=$BATS_TEST_TMPDIR/log
	P=$BATS_TEST_TMPDIR
	log 40 "$L"
	cat >"$P/slabinfo" <<'END'
slabinfo - version: 2.1
# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>
pid                   50     96    128   32    1 : tunables    0    0    0 : slabdata      3      4      0
dentry               100    105    192   21    1 : tunables    0    0    0 : slabdata      5      5      0
idle                   0      0     64   64    1 : tunables    0    0    0 : slabdata      0      0      0
END
	cat >"$P/vmallocinfo" <<'END'
0xffffc90000000000-0xffffc90000005000   20480 f_open+0x10/0xc8 pages=4 vmalloc N0=4
0xffffc90000006000-0xffffc90000008000    8192 f_open+0x10/0xc8 pages=1 vmalloc N0=1
0xffffc90000008000-0xffffc9000000a000    8192 f_open+0x10/0xc8 phys=0x00000000fe000000 ioremap
0xffffc9000000a000-0xffffc9000000e000   16384 f_two+0x8/0x32 [m] pages=3 vmalloc user
0xffffc9000000e000-0xffffc90000010000    8192 vm_map_ram
END
	printf '%s\n' 'm 16384 0 - Live 0xffffffffa0000000' >"$P/modules"
}

rows() { "$K" query "$@" --format csv 2>/dev/null | tail -n +2; }

@test "slabs in pages: what slabinfo says, and what of it nothing uses" {
	"$K" import -q --slabinfo "$P/slabinfo" "$L"
	rows caches | cut -d , -f 1-5 | diff - <(printf '%s\n' \
		dentry,5,20480,19200,1280 pid,4,16384,6400,9984)
	# The same by awk.
	[ "$(rows caches | awk -F , '{ s += $3; u += $5 } END { print s, u }')" = \
		"$(awk 'NR > 2 { s += $15 * $6 * 4096; u += $15 * $6 * 4096 - $2 * $4 } END { print s, u }' "$P/slabinfo")" ]
	# And of pages of another size.
	KMEMDB=$P/big.db "$K" import -q --page-size 16384 --slabinfo "$P/slabinfo" "$L"
	[ "$(KMEMDB=$P/big.db rows caches | awk -F , '{ s += $3 } END { print s }')" = 147456 ]
}

@test "merged caches have their aliases" {
	mkdir "$P/c"
	printf 'name\ttarget\tobject_size\tslab_size\tobjs_per_slab\torder\n%s\t%s\t128\t128\t32\t0\n%s\t%s\t128\t128\t32\t0\n%s\t%s\t192\t192\t21\t0\n%s\t%s\t128\t128\t32\t0\n' \
		pid :0000128 eventpoll :0000128 dentry - kmalloc-128 :0000128 >"$P/c/slabs"
	cp "$P/slabinfo" "$P/c/"
	cp "$L" "$P/c/trace"
	tar -C "$P" -cf "$P/c.tar" c/slabs c/slabinfo c/trace
	"$K" import -q "$P/c.tar"
	[ "$(rows caches | awk -F , '$1 == "pid" { print $NF }' | tr ' ' '\n' | sort | tr '\n' ' ')" = "eventpoll kmalloc-128 " ]
	[ "$(rows caches | awk -F , '$1 == "dentry" { print $NF }')" = '' ]
}

@test "vmalloc by caller, joined with the build like sites" {
	tiny_tree
	"$K" audit -q "$T"
	"$K" import -q --vmallocinfo "$P/vmallocinfo" --modules "$P/modules" "$L" || [ $? -eq 1 ]
	rows vmalloc | cut -d , -f 1-6 | LC_ALL=C sort | diff - <(printf '%s\n' \
		'-,(none),vm_map_ram,1,0,8192' \
		'f_open+0x10,fs/open.o,ioremap,1,0,8192' \
		'f_open+0x10,fs/open.o,vmalloc,2,20480,28672' \
		'f_two+0x8,drivers/m/two.o,vmalloc user,1,12288,16384')
	rows vmalloc --branch fs | cut -d , -f 1,3 | LC_ALL=C sort | diff - <(printf '%s\n' \
		f_open+0x10,ioremap f_open+0x10,vmalloc)
	# Nothing of it is an allocation or a site of the trace.
	[ "$(rows accounting | grep -c f_open)" -eq 0 ]
	# By awk, in all.
	[ "$(rows vmalloc | awk -F , '{ a += $4; p += $5; b += $6 } END { print a, p, b }')" = \
		"$(awk '{ b += $2; for (i = 3; i <= NF; i++) if ($i ~ /^pages=/) p += substr($i, 7) }
			END { print NR, p * 4096, b }' "$P/vmallocinfo")" ]
}

@test "files may be packed, or come through a pipe" {
	mkfifo "$P/fifo"
	gzip -k "$P/slabinfo"
	cat "$P/vmallocinfo" >"$P/fifo" &
	"$K" import -q --slabinfo "$P/slabinfo.gz" --vmallocinfo "$P/fifo" "$L"
	wait
	[ "$(rows caches | wc -l)" -eq 2 ]
	[ "$(rows vmalloc | wc -l)" -eq 4 ]
}

@test "a list of symbols may come through a pipe, too" {
	printf '%s\n' '0000000000000000 A fixed' 'ffffffff81000000 T _text' \
		'ffffffff81000100 T owner' 'ffffffff81000200 T next' >"$P/kallsyms"
	sed -E 's/call_site=[^ ]*/call_site=ffffffff81000110/' "$L" >"$P/raw"
	mkfifo "$P/fifo"
	cat "$P/kallsyms" >"$P/fifo" &
	"$K" import -q --kallsyms "$P/fifo" "$P/raw"
	wait
	[ "$(rows accounting | cut -d , -f 1)" = owner+0x10 ]
}

@test "a pipe that takes its time holds up nobody" {
	mkfifo "$P/fifo"
	"$K" import -q --kallsyms "$P/fifo" "$L" &
	local slow=$!
	sleep 0.3
	log 20 "$P/other"
	timeout 20 "$K" import -q "$P/other"
	printf '%s\n' 'ffffffff81000000 T _text' >"$P/fifo"
	wait "$slow"
	[ "$(rows traces | wc -l)" -eq 2 ]
}

@test "a file of another kind is refused, and nothing is stored" {
	local wrong
	for wrong in "--slabinfo $P/modules" "--vmallocinfo $P/slabinfo" "--modules $P/vmallocinfo"; do
		# shellcheck disable=SC2086 # an option and its file
		run --separate-stderr "$K" import $wrong "$L"
		[ "$status" -eq 3 ]
		[[ $stderr == *"has no line like those of /proc/"* ]]
	done
	run --separate-stderr "$K" import --slabinfo "$P/nowhere" "$L"
	[ "$status" -eq 3 ]
	[[ $stderr == *"$P/nowhere"* ]]
	[ ! -e "$KMEMDB" ] || [ -z "$(rows traces)" ]
}

@test "without them the reports say where they come from" {
	"$K" import -q "$L"
	run --separate-stderr "$K" query vmalloc
	[[ $stderr == *--vmallocinfo* || $output == *--vmallocinfo* ]]
	run --separate-stderr "$K" query caches
	[[ $stderr == *--slabinfo* || $output == *--slabinfo* ]]
}

@test "modules that were loaded, beside what the loader's rules give" {
	local core
	tiny_tree
	printf '.section .gnu.linkonce.this_module,"aw"\n.space 64\n' | as -o "$T/this.o" -
	(cd "$T" && ld -r -o drivers/m/m.ko drivers/m/m.o this.o && rm this.o && touch -d '1 hour ago' drivers/m/m.ko)
	"$K" audit -q "$T"
	# Before there is a trace: all modules, by the rules.
	core=$(rows modules | cut -d , -f 10)
	# 88 bytes of the objects and 64 of the structure; alignment at most.
	[ "$core" -ge 152 ] && [ "$core" -lt 300 ]
	rows ram | grep -q "^modules,all 1,$core,"
	printf '%s\n' "m $((core + 4096)) 0 - Live 0xffffffffa0000000" \
		'other 8192 1 m, Live 0xffffffffa0002000' 'no row' >"$P/modules"
	"$K" import -q --build 1 --modules "$P/modules" "$L" || [ $? -eq 1 ]
	[ "$(rows modules | cut -d , -f 10,16,18)" = "$core,$((core + 4096)),loaded: +4096" ]
	rows ram | grep -q "^modules,2 loaded,$((core + 4096 + 8192)),/proc/modules of trace 1; 1 of them are not in this build,"
	[ "$("$K" sql 'SELECT modules FROM traces' --format csv | tail -n 1)" = 2 ]
	# One that was still loading has its init, too; none at all is known, too.
	printf '%s\n' "m $((core + 4096)) 0 - Loading 0xffffffffa0000000" >"$P/modules"
	: >"$P/none"
	"$K" import -q --build 1 --label loading --modules "$P/modules" <(log 41 /dev/stdout) || [ $? -eq 1 ]
	[ "$(rows modules | cut -d , -f 18)" = 'was loading' ]
	"$K" import -q --build 1 --modules "$P/none" <(log 42 /dev/stdout) || [ $? -eq 1 ]
	rows ram | grep -q '^modules,0 loaded,0,'
}
