#!/usr/bin/env bats
# kmemdb diff --trace: two logs of two builds, whose differences are known by
# construction.

load common

setup() { common_setup; }

function_of() {
	printf '.globl %s\n.type %s,@function\n%s: .skip %d,0x90\n.size %s,%d\n' "$1" "$1" "$1" "$2" "$1" "$2"
}
# event TIME SITE PTR REQ ALLOC [FLAGS]: a kmalloc.
event() {
	printf ' bash-1 [000] d..1. %s: kmalloc: call_site=%s ptr=%s bytes_req=%d bytes_alloc=%d gfp_flags=%s node=-1 accounted=false\n' \
		"$1" "$2" "$3" "$4" "$5" "${6:-GFP_KERNEL}"
}
cached() { event "$@" | sed 's/kmalloc:/kmem_cache_alloc:/'; }
freed() { printf ' bash-1 [000] d..1. %s: kfree: call_site=frees+0x1/0x9 ptr=%s\n' "$1" "$2"; }

# The image anew, by a script that says where each object is.
link() {
	mkdir -p "$T/arch/x86/kernel"
	echo 'SECTIONS { . = 0x10000; _text = .; .text : { *(.text) } .data : { *(.data) } .bss : { *(.bss) } _end = .; }' \
		>"$T/arch/x86/kernel/vmlinux.lds"
	(cd "$T" && ld -e 0 -T arch/x86/kernel/vmlinux.lds -o vmlinux --whole-archive vmlinux.a)
}
# No code here calls anything, which an import says with 1.
take() { "$K" import -q "$@" 2>/dev/null || [ $? -eq 1 ]; }

# Between the builds old_name becomes new_name, wanders moves to init/main.o,
# and the calls of stays lie elsewhere.
two_traces() {
	tiny_tree
	{ echo .text; function_of stays 64; function_of old_name 48; function_of goes 32; function_of wanders 80; } |
		gcc -x assembler -c - -o "$T/fs/open.o"
	link
	"$K" audit -q --label one "$T"
	{
		event .000001 stays+0x10/0x40 ffff888000001000 100 128
		event .000002 stays+0x20/0x40 ffff888000002000 20 32
		event .000003 stays+0x20/0x40 ffff888000003000 20 32
		freed .000004 ffff888000003000
		event .000005 old_name+0x8/0x30 ffff888000004000 8 8
		event .000006 goes+0x8/0x20 ffff888000005000 60 64
		event .000007 wanders+0x8/0x50 ffff888000006000 500 512
		cached .000008 wanders+0x18/0x50 ffff888000007000 192 192
	} >"$BATS_TEST_TMPDIR/one"
	take --no-lines --build one --label before "$BATS_TEST_TMPDIR/one"
	{ echo .text; function_of stays 96; function_of new_name 48; function_of comes 40; } |
		gcc -x assembler -c - -o "$T/fs/open.o"
	{ echo .text; function_of wanders 80; } | gcc -x assembler -c - -o "$T/init/main.o"
	link
	"$K" audit -q --label two "$T"
	{
		event .000001 stays+0x18/0x60 ffff888000001000 100 128
		event .000002 stays+0x28/0x60 ffff888000008000 3000 4096 'GFP_KERNEL|__GFP_ZERO'
		event .000003 stays+0x38/0x60 ffff888000002000 20 32
		event .000004 stays+0x38/0x60 ffff888000003000 20 32
		event .000005 new_name+0x8/0x30 ffff888000004000 8 8
		event .000006 comes+0x8/0x28 ffff888000005000 10 16
		event .000007 wanders+0x8/0x50 ffff888000006000 500 512
		cached .000008 wanders+0x18/0x50 ffff888000007000 192 192
		freed .000009 ffff888000007000
	} >"$BATS_TEST_TMPDIR/two"
	take --no-lines --build two --label after "$BATS_TEST_TMPDIR/two"
}
rows() { "$K" diff "$@" --trace --format tsv 2>/dev/null | tail -n +2; }

@test "sites are followed through offsets, names and objects" {
	two_traces
	# caller path before after what kind waste total allocs from
	diff <(rows before after | cut -f 1-4,7-11,19 | LC_ALL=C sort) - <<-END
		comes+0x8	fs/open.o	0	16	added	malloc	6	16	1	-
		goes+0x8	fs/open.o	64	0	removed	malloc	-4	-64	-1	-
		new_name+0x8	fs/open.o	8	8	renamed	malloc	0	0	0	old_name+0x8
		stays+0x28	fs/open.o	0	4096	added	malloc	1096	4096	1	-
		stays+0x38	fs/open.o	32	64	grown	malloc	12	0	0	stays+0x20
		wanders+0x18	init/main.o	192	0	moved	cache	0	0	0	fs/open.o wanders+0x18
		wanders+0x8	init/main.o	512	512	moved	malloc	0	0	0	fs/open.o wanders+0x8
	END
	# What is the same is no row, and the rows add up to the traces' sums.
	[ "$(rows before after | awk -F '\t' '{ l += $5; w += $9; t += $10; a += $11 } END { print l, w, t, a }')" = \
		"$("$K" sql --format tsv "SELECT sum(iif(label = 'after', 1, -1) * live_bytes) || ' ' ||
			sum(iif(label = 'after', 1, -1) * waste_bytes) || ' ' || sum(iif(label = 'after', 1, -1) * total_bytes)
			|| ' ' || sum(iif(label = 'after', 1, -1) * allocs) FROM traces" | tail -n 1)" ]
}

@test "by owner and by directory the same is divided otherwise" {
	two_traces
	diff <(rows before after --by owner | cut -f 1-4,7-9 | LC_ALL=C sort) - <<-END
		comes	fs/open.o	0	16	added	1	0
		goes	fs/open.o	64	0	removed	0	1
		stays	fs/open.o	160	4288	grown	1	0
		wanders	init/main.o	704	512	shrunk	0	0
	END
	diff <(rows before after --by branch | cut -f 1-3,6 | LC_ALL=C sort) - <<-END
		fs	936	4312	grown
		init	0	512	added
	END
	[ "$(rows before after --branch init | cut -f 1,3,4 | LC_ALL=C sort | tr '\n\t' '; ')" = \
		"wanders+0x18 0 0;wanders+0x8 0 512;" ]
	[ "$(rows before after --cache | cut -f 1)" = wanders+0x18 ]
}

@test "traces are named by id, by label, or by their build" {
	two_traces
	rows before after >"$BATS_TEST_TMPDIR/rows"
	[ -s "$BATS_TEST_TMPDIR/rows" ]
	for names in "1 2" "before" "one two" "one"; do
		# shellcheck disable=SC2086 # words
		diff "$BATS_TEST_TMPDIR/rows" <(rows $names)
	done
	# The newest of a build; of a log that is equal there is nothing to say.
	sed 's/ffff888000004000/ffff888000009000/' "$BATS_TEST_TMPDIR/two" >"$BATS_TEST_TMPDIR/three"
	take --no-lines --build two "$BATS_TEST_TMPDIR/three" --label again
	run --separate-stderr "$K" diff after two --trace --format json
	[ "$status" -eq 0 ]
	[[ $output == *'"3 again"'* ]] && [[ $output == *'"site": []'* || $output == *'"site":[]'* ]]
	"$K" diff --trace before after --format json | python3 -c '
import json, sys
r = json.load(sys.stdin)
assert list(r) == ["traces", "totals", "site"], list(r)
assert r["traces"][0]["after"] == "2 after", r["traces"]
live = [t for t in r["totals"] if (t["kind"], t["metric"]) == ("slabs", "live bytes")]
assert (live[0]["before"], live[0]["after"]) == (936, 4824), live'
}

@test "without a build the callers alone are compared" {
	two_traces
	export KMEMDB=$BATS_TEST_TMPDIR/bare.db
	take "$BATS_TEST_TMPDIR/one" --label one
	take "$BATS_TEST_TMPDIR/two" --label two
	[ "$(rows one two | cut -f 7 | sort | uniq -c | awk '{ printf "%s %s;", $2, $1 }')" = \
		"added 3;grown 1;removed 2;shrunk 1;" ]
}

@test "words that name nothing, and what does not go together" {
	two_traces
	for words in "nope" "before nope" "after" "before before" "before after --by symbol" "before after --image all" \
		"before after --by site --depth 2" "before after --branch fsx"; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr "$K" diff --trace $words
		[ "$status" -eq 2 ] && [ -n "$stderr" ]
	done
	run --separate-stderr "$K" diff one two --by owner
	[ "$status" -eq 2 ]
	run --separate-stderr "$K" diff one two --malloc
	[ "$status" -eq 2 ]
}

@test "check blames the sites that grew, not those that were moved or renamed" {
	two_traces
	echo "branch . live +1" >"$BATS_TEST_TMPDIR/budgets"
	run --separate-stderr "$K" check --base one --budgets "$BATS_TEST_TMPDIR/budgets" --format json two
	[ "$status" -eq 4 ]
	python3 - "$output" <<-'END' >"$BATS_TEST_TMPDIR/causes"
		import json, sys
		def rows(x):
		    if isinstance(x, dict):
		        if "symbol" in x:
		            print(x["symbol"], x["path"], x["before"], x["after"], x["what"])
		        for v in x.values():
		            rows(v)
		    elif isinstance(x, list):
		        for v in x:
		            rows(v)
		rows(json.loads(sys.argv[1]))
	END
	diff "$BATS_TEST_TMPDIR/causes" - <<-'END'
		stays fs/open.o 160 4288 grown
		comes fs/open.o 0 16 added
	END
}

@test "by owner follows stacks past functions that allocate for their callers" {
	tiny_tree
	stack() { printf ' bash-1 [000] d..1. %s: <stack trace>\n' "$1"; shift; printf ' => %s\n' "$@"; }
	local n
	for n in one two; do
		{ echo .text; function_of kmemdup 64; function_of "asks_$n" 48; function_of other 32; } |
			gcc -x assembler -c - -o "$T/fs/open.o"
		link
		"$K" audit -q --label "$n" "$T"
		{
			event .000001 kmemdup+0x10/0x40 ffff888000001000 100 128
			stack .000001 kmemdup+0x10/0x40 "asks_$n+0x8/0x30"
			event .000002 kmemdup+0x10/0x40 ffff888000002000 20 32
			stack .000002 kmemdup+0x10/0x40 other+0x8/0x20
			if [ "$n" = two ]; then
				event .000003 kmemdup+0x10/0x40 ffff888000003000 60 64
				stack .000003 kmemdup+0x10/0x40 asks_two+0x8/0x30
			fi
		} >"$BATS_TEST_TMPDIR/$n"
		take --no-lines --build "$n" --label "$n" "$BATS_TEST_TMPDIR/$n"
	done
	# asks_one became asks_two; other asks for what it did.
	[ "$(rows one two --by owner | cut -f 1-4,7-12)" = $'asks_two\tfs/open.o\t128\t192\tgrown\t0\t0\t4\t64\t1' ]
	[ "$("$K" query owners --trace two --format tsv 2>/dev/null | awk -F '\t' '$1 == "asks_two" { print $8 }')" -eq 192 ]
}
