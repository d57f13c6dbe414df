#!/usr/bin/env bats
# What people posted of their traces, and what import makes of it: exit code,
# allocations and the words.  Everything is built here.

load common

setup() {
	common_setup
	L=$BATS_TEST_TMPDIR/log
}

KMALLOC='kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL'
KMALLOC2='kmalloc: call_site=ffffffff810f1250 ptr=ffff88003d5a3fc0 bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL'
KFREE='kfree: call_site=ffffffff810f1300 ptr=ffff88003d5a3f80'

# story BEFORE AFTER: the three events, with @ as the last digits of the time.
story() {
	printf '%s%s%s\n' "${1//@/07}" "$KMALLOC" "$2" \
		"${1//@/09}" "$KMALLOC2" "$2" "${1//@/11}" "$KFREE" "$2"
}

# told COMM PID CPU: the story, whole, from the log.
told() {
	run -0 --separate-stderr "$K" import --db "$KMEMDB" "$L"
	[[ $stderr == *': 3 kmem events of '* ]]
	[[ $stderr == *'2 allocations, 0 unmatched frees'* ]]
	[ "$(sqlite3 "$KMEMDB" "SELECT printf('%x', ptr), bytes_req, bytes_alloc, ending, comm, pid, cpu FROM allocations ORDER BY bytes_req")" = \
		"ffff88003d5a3f80|29|64|freed|$1|$2|$3
ffff88003d5a3fc0|40|64|live|$1|$2|$3" ]
	[ "$(sqlite3 "$KMEMDB" 'SELECT unreadable FROM traces')" -eq 0 ]
}

@test "a period of perf, the difference of trace-cmd" {
	story '            bash  1234 [001]   100.0000@:          1 kmem:' '' >"$L"
	told bash 1234 1
	rm "$KMEMDB"
	story '            bash-1234  [001]   100.0000@: (+2)     ' '' >"$L"
	told bash 1234 1
}

@test "after the prefix of a collector, with its text after the event" {
	story '- {"dt": "2024-01-01T10:00:00", "msg": "            bash-1234    [001] .....   100.0000@: ' '"}' >"$L"
	told bash 1234 1
	rm "$KMEMDB"
	story '4,1000,99000000,-;    bash-1234      1d..2. 1000000@us : ' '' >"$L"
	told bash 1234 1
	rm "$KMEMDB"
	story '2024-01-01T10:00:00.123 [   99.000000] ' '' >"$L"
	told '' '' ''
}

@test "perf without a CPU" {
	story '            bash  1234/1234    100.0000@: kmem:' '' >"$L"
	told bash 1234 ''
}

@test "comments of function_graph" {
	{
		echo '# tracer: function_graph'
		story ' 1)               |    /* ' ' */'
	} >"$L"
	told '' '' 1
}

@test "UTF-16, a page, a zip" {
	story '            bash-1234    [001] .....   100.0000@: ' '' >"$L.txt"
	iconv -f UTF-8 -t UTF-16 "$L.txt" >"$L"
	told bash 1234 1
	rm "$KMEMDB"
	{
		printf '<!DOCTYPE html>\n<script class="trace-data" type="application/text">\n'
		cat "$L.txt"
		printf '  </script>\n</html>\n'
	} >"$L"
	told bash 1234 1
	rm "$KMEMDB"
	python3 -c 'import sys, zipfile
z = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
z.writestr("readme", "what it is\n")
z.write(sys.argv[2], "a/boot 1.log")' "$L" "$L.txt"
	told bash 1234 1
}

@test "addresses in decimal" {
	story '            bash-1234  (-----) [001] .... 100.0000@: ' '' |
		sed 's/ffffffff810f1234/18446744071579832884/; s/ffffffff810f1250/18446744071579832912/
			s/ffffffff810f1300/18446744071579833088/; s/ffff88003d5a3f80/18446612133343543168/
			s/ffff88003d5a3fc0/18446612133343543232/' >"$L"
	told bash 1234 1
	[ "$(sqlite3 "$KMEMDB" "SELECT count(*) FROM sites WHERE caller = '0xffffffff810f1234'")" -eq 1 ]
}

@test "a probe with the name of an event" {
	{
		story '            bash-1234    [001] .....   100.0000@: ' ''
		echo ' worker.lThread 99877 [000] 200.707289: probe:kmem_cache_alloc: (ffffffff999fadc0) name="kmalloc-1024"'
	} >"$L"
	told bash 1234 1
	[ "$(sqlite3 "$KMEMDB" 'SELECT other_events FROM traces')" -eq 1 ]
}

@test "values of these events that are no event exit 1" {
	{
		story '            bash-1234    [001] .....   100.0000@: ' ''
		echo '            bash-1234    [001] .....   100.000012: 1 ptr=ffff88003d5a3f80'
	} >"$L"
	run -1 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'1 lines or records could not be read'* ]]
}

@test "files of CPUs one after the other, and from a pipe" {
	{
		echo '  bash-1 [000] d..1. 100.000011: kfree: call_site=a+0x1/0x9 ptr=ffff888000000040'
		echo '  bash-1 [000] d..1. 100.000015: kmalloc: call_site=b+0x1/0x9 ptr=ffff888000000040 bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL'
		echo '  bash-1 [001] d..1. 100.000007: kmalloc: call_site=b+0x1/0x9 ptr=ffff888000000040 bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL'
		echo '  bash-1 [001] d..1. 100.000020: kfree: call_site=a+0x1/0x9 ptr=ffff888000000040'
	} >"$L"
	run -0 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'2 allocations, 0 unmatched frees'* ]]
	[[ $output == *'put in order by time'* ]]
	[ "$(sqlite3 "$KMEMDB" 'SELECT lifetime_ns FROM allocations ORDER BY alloc_ns' | xargs)" = '4000 5000' ]
	rm "$KMEMDB"
	gzip -k "$L"
	run -0 "$K" import --db "$KMEMDB" "$L.gz"
	[[ $output == *'2 allocations, 0 unmatched frees'* ]]
	rm "$KMEMDB"
	run -1 "$K" import --db "$KMEMDB" - <"$L"
	[[ $output == *'import it from a file'* ]]
	[ "$(sqlite3 "$KMEMDB" 'SELECT min(lifetime_ns) >= 0 FROM allocations')" -eq 1 ]
}

@test "a second boot ends what was alive as unknown" {
	{
		echo '  bash-1 [000] d..1. 50.000001: kmalloc: call_site=b+0x1/0x9 ptr=ffff888000000040 bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL'
		echo '[    0.000000] Linux version 6.1.0 (gcc)'
		echo '  bash-1 [000] d..1. 49.000001: kfree: call_site=a+0x1/0x9 ptr=ffff888000000040'
	} >"$L"
	run -0 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'1 allocations, 1 unmatched frees'* ]]
	[[ $output == *'2 boots are in this log'* ]]
	[ "$(sqlite3 "$KMEMDB" 'SELECT ending FROM allocations')" = unknown ]
}

@test "an absurd size takes no report away" {
	{
		story '            bash-1234    [001] .....   100.0000@: ' ''
		echo '            bash-1234    [001] .....   100.000012: kmalloc: call_site=a+0x1/0x9 ptr=ffff888000000040 bytes_req=9223372036854775807 bytes_alloc=9223372036854775807 gfp_flags=GFP_KERNEL'
	} >"$L"
	run -1 "$K" import --db "$KMEMDB" "$L"
	run -0 "$K" list --db "$KMEMDB"
	run -0 "$K" query traces --db "$KMEMDB"
	[ "$(sqlite3 "$KMEMDB" 'SELECT sum(total_bytes) FROM site_sums')" -eq 128 ]
}

@test "tabs and hard blanks in place of blanks" {
	story '            bash-1234    [001] .....   100.0000@: ' '' >"$L.txt"
	unexpand -a "$L.txt" >"$L"
	grep -q "$(printf '\t')" "$L"
	told bash 1234 1
	rm "$KMEMDB"
	sed 's/  */\t/g' "$L.txt" >"$L"
	told bash 1234 1
	rm "$KMEMDB"
	sed 's/ /\xc2\xa0/g' "$L.txt" >"$L"
	told bash 1234 1
}

@test "a hole of zero bytes before the first line" {
	head -c 9000 /dev/zero >"$L"
	story '            bash-1234    [001] .....   100.0000@: ' '' >>"$L"
	told bash 1234 1
}

@test "what others print of an event is none" {
	local by
	for by in tracing_mark_write print bprint bpf_trace_printk console; do
		rm -f "$KMEMDB"
		{
			story '            bash-1234    [001] .....   100.0000@: ' ''
			echo "            bash-1234    [001] .....   100.000012: $by: $KMALLOC"
		} >"$L"
		told bash 1234 1
		[ "$(sqlite3 "$KMEMDB" 'SELECT other_events FROM traces')" -eq 1 ]
	done
	# trace_printk prints the function that called it.
	sed -i 's/console:/my_function:/' "$L"
	run -1 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'1 lines or records could not be read'* ]]
}

@test "an event that lost its line's beginning is no cache's name" {
	{
		story '            bash-1234    [001] .....   100.0000@: ' ''
		echo "            bash-1234    [001] .....   100.000012: kmem_cache_free: call_site=f+0x1/0x2 ptr=ffff888000000040 name=filp            bash-1234    [001] .....   100.000013: $KFREE"
	} >"$L"
	run -1 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'1 lines or records could not be read'* ]]
	# All that is left of it is what was allocated.
	{
		story '            bash-1234    [001] .....   100.0000@: ' ''
		echo '            bash-1234    [001] .....   100.000012: kmal bytes_alloc=64 gfp_flags=GFP_KERNEL'
	} >"$L"
	run -1 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'1 lines or records could not be read'* ]]
}

@test "two consoles wrote one log" {
	{
		story '[   99.000000] bash-1234      1d..2. 1000000@us : ' ''
		story '            bash-1234    [001] .....   100.0001@: ' ''
	} | sed p >"$L"
	run -1 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'2 of 4 frees are there twice'* ]]
	# A page's two events at one time are none of that.
	printf '  bash-1 [000] d..1. 1.000001: %s\n' 'mm_page_alloc: page=ffffea0004000000 pfn=0x100000 order=0 migratetype=1 gfp_flags=GFP_KERNEL' \
		'mm_page_free_batched: page=ffffea0004000000 pfn=0x100000 order=0' 'mm_page_free: page=ffffea0004000000 pfn=0x100000 order=0' >"$L"
	run -0 "$K" import --db "$KMEMDB" "$L"
}

@test "of two logs in an archive one is taken, and said" {
	mkdir "$BATS_TEST_TMPDIR/d"
	cd "$BATS_TEST_TMPDIR/d"
	story '            bash-1234    [001] .....   100.0000@: ' '' >a.log
	sed 's/100\.0000/200.0000/' a.log >b.log
	tar cf "$L" a.log b.log
	run -1 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *"'b.log' is one log more, and only one is taken"* ]]
	tar cf "$L" a.log
	run -0 "$K" import --db "$KMEMDB" "$L"
}

@test "refused with the word that helps: perf trace, an encrypted archive" {
	echo "     0.000 bash/1234 kmem:kmalloc(call_site: 18446744071579832884, ptr: 0xffff88003d5a3f80, bytes_req: 29, bytes_alloc: 64, gfp_flags: 3264)" >"$L"
	run -3 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'printed by perf trace'*'perf script'* ]]
	# The flag of a zip's entries that says so, in both of its headers.
	python3 - "$L" <<-'EOF'
		import io, sys, zipfile
		b = io.BytesIO()
		z = zipfile.ZipFile(b, "w")
		z.writestr("trace.txt", "x" * 100)
		z.close()
		d = bytearray(b.getvalue())
		d[6] |= 1
		d[d.index(b"PK\1\2") + 8] |= 1
		open(sys.argv[1], "wb").write(d)
	EOF
	run -3 "$K" import --db "$KMEMDB" "$L"
	[[ $output == *'is encrypted'* ]]
}

@test "stacks of perf are counted, also those that fit nothing" {
	story '            bash  1234 [001]   100.0000@: kmem:' $'\n\tffffffff810f1111 other+0x12 ([kernel.kallsyms])\n' >"$L"
	run -0 "$K" import --db "$KMEMDB" "$L"
	[[ $output != *' of 0 stacks'* ]]
	[ "$(sqlite3 "$KMEMDB" 'SELECT stack_blocks FROM traces')" -eq 3 ]
}
