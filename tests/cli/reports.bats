#!/usr/bin/env bats
# Numbers of reports that were once wrong, on logs written here: what is right
# can be counted by hand.

load common

setup() {
	common_setup
	L=$BATS_TEST_TMPDIR/log
	tiny_tree 2>/dev/null
	"$K" audit -q --label tiny "$T"
}

# event TIME NAME SITE PTR [REQ ALLOC]
event() {
	printf '  a-1 [000] %s: %s: call_site=%s ptr=%s' "$1" "$2" "$3" "ffff88810000$4"
	[ $# -lt 5 ] || printf ' bytes_req=%s bytes_alloc=%s gfp_flags=GFP_KERNEL' "$5" "$6"
	printf '\n'
}

# Objects of the tests hold no calls, so no site is confirmed: exit 1.
load_log() {
	"$K" import -q --build tiny "$@" "$L" || [ $? -eq 1 ]
}

# cell REPORT COLUMN KEY=VALUE [OPTION…]: the cells of one column in the rows
# where another column has that value.
cell() {
	"$K" query "$1" --format csv "${@:4}" 2>/dev/null | python3 -c '
import csv, sys
column, key = sys.argv[1:]
name, value = key.split("=")
print(" ".join(r[column] for r in csv.DictReader(sys.stdin) if r[name] == value))' "$2" "$3"
}

@test "0.000000 is a time" {
	{
		event 0.000000 kmalloc f_open+0x10/0xc8 1000 100 128
		event 4.000000 kmalloc f_open+0x10/0xc8 2000 100 128
		event 5.000000 kfree f_open+0x10/0xc8 2000
	} >"$L"
	load_log
	[ "$(cell traces length trace=1)" = 5000000000 ]
	[ "$(cell frequent per_second kind=malloc)" = 0.4 ]
	[ "$(cell coverage note 'what=event kmalloc')" = 'the first at 0.000000 s' ]
}

@test "an average keeps its fraction" {
	{
		event 1.000001 kmalloc f_open+0x10/0xc8 1000 100 128
		event 1.000002 kmalloc f_open+0x10/0xc8 2000 10 16
		event 1.000003 kmalloc f_open+0x10/0xc8 3000 1 8
		event 1.000004 kmalloc f_open+0x10/0xc8 4000 1 8
		event 1.000005 kmalloc f_open+0x10/0xc8 5000 1 9
	} >"$L"
	load_log
	[ "$(cell frequent average_alloc kind=malloc)" = 33.8 ]
}

@test "the peak of a branch or a kind is its part of the common peak" {
	{
		event 1.000001 kmalloc f_open+0x10/0xc8 1000 1000 1024
		event 1.000002 kfree f_open+0x20/0xc8 1000
		event 1.000003 kmalloc f_inode+0x10/0x190 2000 500 512
		event 1.000004 kmem_cache_alloc f_main+0x10/0x64 3000 2000 2048
		event 1.000005 kfree f_inode+0x20/0x190 2000
	} >"$L"
	load_log
	[ "$(cell traces peak_bytes trace=1)" = 2560 ]
	[ "$(cell traces peak_bytes trace=1 --malloc)" = 512 ]
	[ "$(cell traces peak_bytes trace=1 --cache)" = 2048 ]
	[ "$(cell traces peak_bytes trace=1 --branch fs)" = 512 ]
	[ "$(cell traces peak_bytes trace=1 --branch fsx)" = 0 ]
	[ "$(cell peak peak_bytes path=fs/ext9/inode.o --branch fs)" = 512 ]
	# Their own peaks, each at its own time.
	[ "$(cell traces own_peak_bytes trace=1)" = 2560 ]
	[ "$(cell traces own_peak_ns trace=1)" = 1000004000 ]
	[ "$(cell traces own_peak_bytes trace=1 --malloc)" = 1024 ]
	[ "$(cell traces own_peak_ns trace=1 --malloc)" = 1000001000 ]
	[ "$(cell traces own_peak_bytes trace=1 --cache)" = 2048 ]
	[ "$(cell traces own_peak_bytes trace=1 --branch fs)" = 1024 ]
	[ "$(cell traces own_peak_ns trace=1 --branch fs)" = 1000001000 ]
	[ "$(cell dynamic own_peak_bytes path=fs/ext9 --branch fs)" = 512 ]
	[ "$(cell dynamic own_peak_ns path=fs/ext9 --branch fs)" = 1000003000 ]
	[ "$(cell dynamic own_peak_bytes path=fs/open.o --branch fs)" = 1024 ]
	[ "$(cell malloc-vs-cache own_peak_bytes kind=malloc --branch fs)" = 1024 ]
	[ "$(cell peak own_peak_bytes path=fs/ext9/inode.o)" = 512 ]
	[ "$(cell traces own_peak_bytes trace=1 --branch fs/ext9/inode.o)" = 512 ]
	# What it had over time, in no more rows than asked for.
	[ "$("$K" query timeline --branch fs --format csv 2>/dev/null | wc -l)" -le 61 ]
	"$K" query timeline --branch fs --resolution 1 --format csv 2>/dev/null >"$BATS_TEST_TMPDIR/one"
	[ "$(tail -n +2 "$BATS_TEST_TMPDIR/one" | cut -d , -f 2-5)" = 0,0,0,1024 ]
	# By the query of sql/README.md: 1024 of fs/open.o alone.
	sed -n '/^```sql own-peak$/,/^```$/p' sql/README.md | sed '1d; $d' >"$BATS_TEST_TMPDIR/own.sql"
	[ -s "$BATS_TEST_TMPDIR/own.sql" ]
	[ "$("$K" sql --format csv <"$BATS_TEST_TMPDIR/own.sql" | tail -n 1)" = 1024 ]
}

@test "where wrappers hide who asked for most of it, stacks would tell" {
	local said='note: 80 % of live bytes were allocated by wrappers (alloc_inode and 1 more)'
	{
		event 1.000001 kmem_cache_alloc alloc_inode+0x10/0x64 1000 500 512
		event 1.000002 kmalloc kvasprintf+0x10/0x64 2000 100 128
		event 1.000003 kmalloc f_open+0x10/0xc8 3000 100 160
	} >"$L"
	"$K" import -q --label plain "$L" || [ $? -eq 1 ]
	run --separate-stderr "$K" query owners --trace plain
	[[ $stderr == *"$said"* ]]
	# With a stack that shows it, and where it is less than half: not a word.
	{
		event 1.000001 kmem_cache_alloc alloc_inode+0x10/0x64 1000 500 512
		printf '%s\n' '  a-1 [000] 1.000001: <stack trace>' ' => kmem_cache_alloc' \
			' => alloc_inode' ' => new_inode' ' => make_file'
		event 1.000002 kmalloc kvasprintf+0x10/0x64 2000 100 128
		event 1.000003 kmalloc f_open+0x10/0xc8 3000 100 160
	} >"$L"
	"$K" import -q --label stack "$L" || [ $? -eq 1 ]
	run --separate-stderr "$K" query owners --trace stack --format csv
	[[ $stderr != *wrappers* ]]
	[[ $output == *$'\n'make_file,* ]]
}

@test "--no-tracing says of how much it cannot tell" {
	{
		event 1.000001 kmalloc f_open+0x10/0xc8 3000 100 160
		event 1.000002 kmalloc f_inode+0x10/0x190 4000 100 128
	} >"$L"
	load_log
	run --separate-stderr "$K" query waste --no-tracing
	[[ $stderr != *"--no-tracing leaves out"* ]]
	# The objects that make files of all file systems.
	sqlite3 "$KMEMDB" "UPDATE path SET file = 'inode.o', dir = (SELECT id FROM dir WHERE path = 'fs')
		WHERE file = 'inode.o'"
	run --separate-stderr "$K" query waste --no-tracing
	[[ $stderr == *"of the 128 live bytes of all inodes and dentries it cannot tell without stacks"* ]]
	run --separate-stderr "$K" query waste
	[[ $stderr != *"--no-tracing leaves out"* ]]
}

@test "coverage and its footer count the same unmatched frees" {
	{
		event 1.000001 kmalloc f_open+0x10/0xc8 1000 100 128
		event 1.000002 kfree f_open+0x20/0xc8 9000
		event 1.000003 kmem_cache_free f_open+0x20/0xc8 a000
		echo '  a-1 [000] 1.000004: mm_page_free: page=00000000aaaaaaab pfn=0x1300 order=0'
		echo '  a-1 [000] 1.000005: mm_page_free: page=00000000aaaaaaac pfn=0x1301 order=0'
		echo '  a-1 [000] 1.000006: mm_page_free: page=00000000aaaaaaad pfn=0x1302 order=0'
	} >"$L"
	load_log
	[ "$(cell coverage value 'what=unmatched frees')" = 2 ]
	[ "$(cell coverage value 'what=unmatched frees: page')" = 3 ]
	run --separate-stderr "$K" query coverage
	[[ $stderr == *' 2 unmatched frees,'* ]]
	# Of an event the count is a count, and the time is in the note.
	[ "$(cell coverage value 'what=event mm_page_free')" = 3 ]
	[ "$(cell coverage note 'what=event mm_page_free')" = 'the first at 1.000004 s' ]
}

@test "combined of a module has the memory of its own call sites" {
	{
		event 1.000001 kmalloc f_open+0x10/0xc8 1000 100 128
		event 1.000002 kmalloc 'f_one+0x10/0x1e [m]' 2000 30 32
		event 1.000003 kmalloc mystery+0x10/0x20 3000 60 64
	} >"$L"
	load_log
	[ "$(cell combined live_bytes path=drivers --image m)" = 32 ]
	[ "$(cell combined static_bytes path=drivers --image m)" = 88 ]
	[ -z "$(cell combined live_bytes path=fs --image m)" ]
	[ -z "$(cell combined live_bytes 'path=(unknown)' --image m)" ]
	[ "$(cell combined live_bytes path=drivers --image modules)" = 32 ]
	[ -z "$(cell combined live_bytes path=fs --image modules)" ]
	[ "$(cell combined live_bytes path=fs)" = 128 ]
	[ "$(cell combined live_bytes 'path=(unknown)' --image all)" = 64 ]
}

@test "reports of call sites are of one image where that is asked" {
	{
		event 1.000001 kmalloc f_open+0x10/0xc8 1000 100 128
		event 1.000002 kmalloc 'f_one+0x10/0x1e [m]' 2000 30 32
		printf ' init-1 [000] ..... 1.000003: kfree: call_site=f_one+0x12/0x1e [m] ptr=ffff8881000f3000\n'
		printf ' init-1 [000] ..... 1.000004: kfree: call_site=f_open+0x12/0xc8 ptr=ffff8881000f4000\n'
	} >"$L"
	printf '0xffffc90000000000-0xffffc90000002000    8192 f_one+0x10/0x1e [m] pages=1 vmalloc\n0xffffc90000004000-0xffffc90000006000    8192 f_open+0x10/0xc8 pages=1 vmalloc\n' >"$BATS_TEST_TMPDIR/vmallocinfo"
	load_log --vmallocinfo "$BATS_TEST_TMPDIR/vmallocinfo"
	local report module
	first_cells() { "$K" query "$@" --format csv 2>/dev/null | tail -n +2 | tr -d '\r' | cut -d, -f1; }
	for report in accounting frequent classes unmatched vmalloc; do
		module=$(first_cells $report --image m)
		case $report in
		classes) [ "$module" = 32 ] ;;
		*) [[ $module == 'f_one+0x1'* ]] ;;
		esac
		[ "$(first_cells $report --image modules)" = "$module" ]
		[ "$(first_cells $report --image vmlinux | grep -c .)" -eq 1 ]
		[ "$(first_cells $report --image vmlinux)" != "$module" ]
		[ "$(first_cells $report | grep -c .)" -eq 2 ]
		run "$K" query $report --image nothing
		[ "$status" -eq 2 ]
	done
	# What nobody took is not called a file that is missing.
	run "$K" query vmalloc --branch init
	[[ $output == *"no area was taken there"* ]]
}

@test "sums are over all rows, however few are shown" {
	local report want all=0 n
	for report in symbols largest objects; do
		want=$("$K" query "$report" --format md --limit 0 2>/dev/null | tail -1)
		[[ $want == "| **sum**"* ]]
		all=$("$K" query "$report" --format csv | tail -n +2 | wc -l)
		[ "$all" -gt 2 ]
		for n in 1 2 "$all" $((all + 1)); do
			run --separate-stderr "$K" query "$report" --format md --limit "$n"
			[ "$status" -eq 0 ]
			[ "${lines[-1]}" = "$want" ] || { echo "$report $n: ${lines[-1]}"; false; }
			[ "$n" -ge "$all" ] || [[ $stderr == *"$n of $all rows shown, sums are over all"* ]]
		done
	done
}

@test "one absurd size takes no report away" {
	local report max=9223372036854775807
	{
		event 1.000001 kmalloc f_open+0x10/0xc8 1000 100 128
		event 1.000002 kmalloc f_inode+0x10/0x190 2000 30 32
		event 1.000003 kmem_cache_alloc f_main+0x10/0x64 3000 60 64
	} >"$L"
	load_log
	# Two rows that no sum of 64 bits holds; as old programs stored them.
	sqlite3 "$KMEMDB" "UPDATE rollup SET total_bytes = $max, total_req = $max, live_bytes = $max,
			live_req = $max, waste_bytes = $max, total_waste_bytes = $max, peak_bytes = $max
		 WHERE total_bytes >= 64;
		UPDATE alloc_shape SET bytes_req = $max, bytes_alloc = $max WHERE bytes_alloc >= 64;
		UPDATE timeline SET malloc = $max, cache = $max;
		UPDATE section SET size = $max, unattributed = $max WHERE ordinal = 0;
		UPDATE footprint SET text = $max, data = $max;
		UPDATE symbol SET size = $max, own = NULL;
		UPDATE linked_image SET text = $max, data = $max;
		UPDATE linked_image_section SET size = $max;
		UPDATE link_line SET bytes = $max"
	for report in sql/reports/*.sql; do
		report=$(basename "$report" .sql)
		run --separate-stderr "$K" query "$report" --format csv
		[ "$status" -eq 0 ] || { echo "$report: $stderr"; false; }
		run --separate-stderr "$K" query "$report" --limit 3
		[ "$status" -eq 0 ] || { echo "$report: $stderr"; false; }
	done
	# The others are there with their own numbers.
	[ "$(cell waste live_bytes path=fs/ext9/inode.o)" = 32 ]
	[ "$(cell dynamic live_bytes path=init)" = "$max" ]
	"$K" query kinds --format csv 2>/dev/null | grep -q '^malloc,2,2,0,2,9.22337203685477[0-9]*e+18,'
	"$K" list >/dev/null
	"$K" show fs/open.o >/dev/null
}

@test "bars on a terminal that can show them, never where a program reads" {
	tiny_tree
	"$K" audit -q --label one "$T"
	local py=$ROOT/tests/cli/top.py out
	export LC_ALL=C.UTF-8
	"$K" query footprint >"$BATS_TEST_TMPDIR/piped"
	run grep -c '█' "$BATS_TEST_TMPDIR/piped"
	[ "$output" = 0 ]
	python3 "$py" "$K query footprint --branch fs" 80x20 '=fs/ext9    ██████████' '=fs/open.o  █████ ' '$0'
	python3 "$py" "$K query footprint --bars never" 80x20 '=fsx' '!█' '$0'
	python3 "$py" "$K query footprint --format csv" 80x20 '=fsx' '!█' '$0'
	LC_ALL=C python3 "$py" "$K query footprint" 80x20 '=fsx' '!##' '$0'
	LC_ALL=C "$K" query footprint --branch fs --bars always | grep -q '^fs/open.o *#####  '
	# Reports without a column for bars are as they were.
	[ "$("$K" query sections --bars always)" = "$("$K" query sections)" ]
	run "$K" query footprint --bars sometimes
	[ "$status" -eq 2 ]
	obj fs/open.o 1200 20 2
	obj init/main.o 40 10 1
	"$K" audit -q --label two "$T"
	"$K" diff one two --bars always | grep -q '^fs *+█████████ .* 1000 '
	"$K" diff one two --bars always | grep -q '^init *-▌ '
}

@test "jsonl is a JSON object a line, of which table it is where there are several" {
	tiny_tree
	"$K" audit -q --label one "$T"
	cp "$T/fsx/a.o" "$T/fs/open.o"
	"$K" audit -q --label two "$T" || [ $? -eq 1 ]
	"$K" query objects --format jsonl >"$BATS_TEST_TMPDIR/rows"
	"$K" query objects --format json >"$BATS_TEST_TMPDIR/all"
	"$K" diff one two --format jsonl >"$BATS_TEST_TMPDIR/diff"
	"$K" diff one two --format json >"$BATS_TEST_TMPDIR/diff-all"
	python3 - "$BATS_TEST_TMPDIR" <<-'PY'
		import json, sys
		d = sys.argv[1]
		lines = [json.loads(l) for l in open(d + "/rows")]
		assert lines and lines == json.load(open(d + "/all")), lines
		tables = {}
		for l in open(d + "/diff"):
		    row = json.loads(l)
		    assert next(iter(row)) == "table", row
		    tables.setdefault(row.pop("table"), []).append(row)
		whole = {k: v for k, v in json.load(open(d + "/diff-all")).items() if v}
		assert tables == whole, (tables, whole)
	PY
}
