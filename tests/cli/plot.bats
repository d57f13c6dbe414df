#!/usr/bin/env bats
# kmemdb plot: what is drawn is what the reports say, and can be read.
# svg.py measures the drawing itself.

load common

setup() { common_setup; }

S=tests/cli/svg.py
in_tmp() { echo "$BATS_TEST_TMPDIR/$1"; }
# drawn KIND REPORT-CSV [SVG.PY-ARGUMENT...] -- [OPTION...]
drawn() {
	local kind=$1 rows=$2 more=()
	shift 2
	while [ "$1" != -- ]; do more+=("$1"); shift; done
	shift
	"$K" plot "$kind" -o "$(in_tmp p.svg)" "$@"
	python3 "$ROOT/$S" "$(in_tmp p.svg)" "$kind" "$rows" "${more[@]}"
}
tree_and_trace() {
	tiny_tree
	"$K" audit -q --label one "$T"
	cat >"$(in_tmp boot.log)" <<-'LOG'
		 init-1 [000] ..... 1.000001: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 1.500002: kmalloc: call_site=f_inode+0x20/0x190 ptr=ffff888100002000 bytes_req=100 bytes_alloc=128 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 2.000003: kmem_cache_alloc: call_site=f_main+0x30/0x64 ptr=ffff888100003000 bytes_req=192 bytes_alloc=192 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 2.500004: kfree: call_site=f_inode+0x60/0x190 ptr=ffff888100002000
		 init-1 [000] ..... 3.000005: kmalloc: call_site=mystery+0x20/0x190 ptr=ffff888100007000 bytes_req=1000 bytes_alloc=1024 gfp_flags=GFP_KERNEL
	LOG
	"$K" import -q --no-lines "$(in_tmp boot.log)" || [ $? -eq 1 ]
}

@test "rings and treemap have the angles and areas of the numbers" {
	tree_and_trace
	local rows attr kind
	rows=$(in_tmp rows.csv)
	"$K" query objects --format csv -o "$rows"
	for kind in rings treemap; do
		for attr in total text data bss; do
			drawn "$kind" "$rows" "$attr" "" 3 -- --attr "${attr/total/static}"
			drawn "$kind" "$rows" "$attr" fs 2 -- --attr "${attr/total/static}" --branch fs --depth 2 --dark
		done
	done
	"$K" query dynamic --depth 64 --format csv -o "$rows"
	for attr in live total waste; do
		drawn rings "$rows" "${attr}_bytes" "" 3 -- --attr "$attr"
	done
	# The words of trace_analyze.
	drawn rings "$rows" live_bytes "" 3 -- --attr current_dynamic
	"$K" query dynamic --depth 64 --malloc --format csv -o "$rows"
	drawn treemap "$rows" live_bytes "" 3 -- --attr live --malloc
	"$K" query combined --depth 64 --format csv -o "$rows"
	drawn rings "$rows" current_bytes "" 3 -- --attr current
}

@test "timeline, classes and diff have what their reports have" {
	tree_and_trace
	local rows; rows=$(in_tmp rows.csv)
	"$K" query timeline-by-branch --format csv -o "$rows"
	drawn timeline "$rows" --
	grep -q 'peak: 1280 at' "$(in_tmp p.svg)"
	# 64 - 29 and 1024 - 1000; what f_inode wasted it gave back.
	grep -q '<polyline .*data-name="waste" data-value="59"' "$(in_tmp p.svg)"
	[ "$("$K" query timeline --resolution 1 --format csv | tail -n 1 | tr -d '\r' | cut -d, -f8)" = 59 ]
	"$K" plot timeline -o "$(in_tmp p.svg)" --branch fs
	run ! grep -q 'data-name="waste"' "$(in_tmp p.svg)"
	"$K" query classes --format csv -o "$rows"
	drawn classes "$rows" --
	# Of a part it says which.
	"$K" query classes --malloc --image vmlinux --format csv -o "$rows"
	drawn classes "$rows" -- --malloc --image vmlinux
	grep -q '>.*, image vmlinux, kmalloc only<' "$(in_tmp p.svg)"
	"$K" plot timeline --cache -o "$(in_tmp p.svg)"
	grep -q '>.*, kmem_cache only<' "$(in_tmp p.svg)"
	obj fs/open.o 1200 20 2
	obj init/main.o 40 10 1
	"$K" audit -q --label two "$T"
	"$K" diff one two --format csv -o "$rows"
	drawn diff "$rows" -- --base one
}

@test "bars that have no room are gathered, and the sum stays" {
	tiny_tree
	"$K" audit -q "$T"
	for n in $(seq 1 60); do
		printf ' init-1 [000] ..... %d.000001: kmem_cache_alloc: call_site=f_open+0x10/0xc8 ptr=ffff8881%08x bytes_req=%d bytes_alloc=%d gfp_flags=GFP_KERNEL\n' \
			"$n" $((n * 4096)) $((n * 8 - 3)) $((n * 8))
	done >"$(in_tmp boot.log)"
	"$K" import -q --no-lines "$(in_tmp boot.log)" || [ $? -eq 1 ]
	local rows size; rows=$(in_tmp rows.csv)
	"$K" query classes --format csv -o "$rows"
	for size in 1200x850 640x480 320x320; do
		drawn classes "$rows" -- --size $size
		grep -q 'data-name="other (' "$(in_tmp p.svg)"
	done
}

@test "history has a line for each branch, as the report" {
	tiny_tree
	local rows n; rows=$(in_tmp rows.csv)
	for n in 200 300 900; do
		obj fs/open.o $n 20 2
		"$K" audit -q --label "v$n" "$T"
	done
	"$K" plot history -o "$(in_tmp p.svg)"
	"$K" query history --format csv -o "$rows"
	for n in total text data bss; do
		want=$(python3 -c 'import csv, sys; print(list(csv.DictReader(open(sys.argv[1])))[-1][sys.argv[2]])' "$rows" $n)
		grep -q "data-name=\"$n\" data-value=\"$want\"" "$(in_tmp p.svg)"
	done
	"$K" plot history --branch fs,init --attr text -o "$(in_tmp q.svg)"
	grep -q 'data-name="fs" data-value="1300"' "$(in_tmp q.svg)"
	grep -q 'data-name="init" data-value="100"' "$(in_tmp q.svg)"
	run "$K" plot history --attr waste -o "$(in_tmp r.svg)"
	[ "$status" -eq 2 ]
	run "$K" plot history --branch fs,nowhere -o "$(in_tmp r.svg)"
	[ "$status" -eq 2 ]
}

@test "what measures the drawing finds what is wrong with it" {
	tree_and_trace
	local rows; rows=$(in_tmp rows.csv)
	"$K" query objects --format csv -o "$rows"
	"$K" plot rings -o "$(in_tmp p.svg)"
	sed '0,/data-value="[0-9]*"/s//data-value="12345"/' "$(in_tmp p.svg)" >"$(in_tmp q.svg)"
	run python3 "$S" "$(in_tmp q.svg)" rings "$rows" total "" 3
	[ "$status" -eq 1 ]
	# A label moved onto its neighbour.
	python3 - "$(in_tmp p.svg)" "$(in_tmp q.svg)" <<-'PY'
		import re, sys
		text = open(sys.argv[1]).read()
		first, second = re.findall(r'<text x="[^"]*" y="[^"]*"', text)[:2]
		open(sys.argv[2], "w").write(text.replace(second, first, 1))
	PY
	run python3 "$S" "$(in_tmp q.svg)" rings "$rows" total "" 3
	[ "$status" -eq 1 ]
	[[ $output == *overlap* ]]
	# A total that is cut, a line of a legend without its name.
	sed 's/([0-9,]* bytes)/(12…tes)/' "$(in_tmp p.svg)" >"$(in_tmp q.svg)"
	run python3 "$S" "$(in_tmp q.svg)" labels
	[[ $output == *"total is cut"* ]]
	sed 's/<text \([^>]*\)>init</<text \1 x="1">init</; s/ x="[^"]*"\([^>]*\) x="1"/ x="1"\1/' "$(in_tmp p.svg)" >"$(in_tmp q.svg)"
	run python3 "$S" "$(in_tmp q.svg)" labels
	[[ $output == *"legend has no name"* ]]
}

@test "in any size no number is cut, and labels stay apart" {
	tree_and_trace
	local size kind branch
	for size in 320x320 2000x320 320x1200 640x480 1200x850; do
		for kind in "rings --attr waste" "treemap" "timeline" "classes"; do
			for branch in "" "--branch fs"; do
				# shellcheck disable=SC2086 # several words
				"$K" plot $kind $branch --size $size -o "$(in_tmp p.svg)"
				python3 "$ROOT/$S" "$(in_tmp p.svg)" labels || { echo "$size $kind $branch"; false; }
			done
		done
	done
}

@test "a file's ending says what it becomes, and its size what was asked for" {
	tree_and_trace
	"$K" plot rings -o "$(in_tmp p.png)" --size 640x480
	[[ $(file -b "$(in_tmp p.png)") == "PNG image data, 640 x 480"* ]]
	"$K" plot treemap -o "$(in_tmp p.PDF)"
	[[ $(file -b "$(in_tmp p.PDF)") == "PDF document"* ]]
	run "$K" plot rings -o "$(in_tmp p.gif)"
	[ "$status" -eq 2 ]
	[[ $output == *".png, .svg or .pdf"* ]]
	for size in 319x500 640 640x 640x480x9 99999x500 -1x500; do
		run "$K" plot rings -o "$(in_tmp q.png)" --size "$size"
		[ "$status" -eq 2 ]
	done
	[ ! -e "$(in_tmp q.png)" ]
}

@test "options that do not fit a kind are refused" {
	tree_and_trace
	for words in "timeline --attr live" "rings --malloc" "rings --attr live --image nothing" \
		"diff" "nothing" "rings --branch nowhere" "rings --depth 0" "rings --depth 99999999999999999999" "rings --attr beauty"; do
		# shellcheck disable=SC2086 # several words
		run "$K" plot $words -o "$(in_tmp p.svg)"
		echo "$words: $output"
		[ "$status" -eq 2 ]
	done
	run "$K" plot rings
	[ "$status" -eq 2 ]
	[ ! -e "$(in_tmp p.svg)" ]
}

@test "without a trace, without a build, and without anything" {
	tiny_tree
	"$K" audit -q "$T"
	run "$K" plot timeline -o "$(in_tmp p.svg)"
	[ "$status" -eq 3 ]
	[[ $output == *trace* ]]
	rm "$KMEMDB"
	log 100 "$(in_tmp boot.log)"
	"$K" import -q "$(in_tmp boot.log)" || [ $? -eq 1 ]
	"$K" plot timeline -o "$(in_tmp p.svg)"
	"$K" plot rings --attr live -o "$(in_tmp p.svg)"
	grep -q 'data-name="(no-build)" data-value="1600"' "$(in_tmp p.svg)"
	run "$K" plot rings -o "$(in_tmp p.svg)"
	[ "$status" -eq 3 ]
	[[ $output == *build* ]]
}

@test "names are only text, however hostile or long" {
	tiny_tree
	local long; long=$(printf 'n%.0s' {1..200})
	obj "x<script>alert(1)</script>/a\"b&c.o" 5000 0 0 2>/dev/null || :
	mkdir -p "$T/evil<b>&" "$T/$long"
	cp "$T/fs/open.o" "$T/evil<b>&/o\"'n.o"
	cp "$T/fs/open.o" "$T/$long/x.o"
	(cd "$T" && ar rcsTP vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o "evil<b>&/o\"'n.o" "$long/x.o")
	"$K" audit -q "$T" || [ $? -eq 1 ]
	for kind in rings treemap; do
		"$K" plot "$kind" -o "$(in_tmp p.svg)"
		python3 "$ROOT/$S" "$(in_tmp p.svg)" labels
		run ! grep -q '<b>' "$(in_tmp p.svg)"
	done
}

@test "ten thousand directories are drawn in a moment, and small ones gathered" {
	tiny_tree
	"$K" audit -q "$T"
	# As many rows as a tree of that size has, put into the database itself.
	sqlite3 "$KMEMDB" "
		INSERT INTO dir(id, path) SELECT 100000 + value, 'drivers/d' || value FROM generate_series(1, 10000);
		INSERT INTO path(id, dir, file) SELECT 100000 + value, 100000 + value, 'a.o' FROM generate_series(1, 10000);
		INSERT INTO object(build, path, footprint, role, placement_set)
			SELECT build, 100000 + value, footprint, role, placement_set
			  FROM (SELECT * FROM object WHERE role = 0 LIMIT 1), generate_series(1, 10000);"
	local kind kb took
	for kind in rings treemap; do
		/usr/bin/time -f '%M %U' -o "$(in_tmp took)" "$K" plot $kind --image all -o "$(in_tmp p.svg)"
		grep -q 'other (' "$(in_tmp p.svg)"
		[ "$(stat -c %s "$(in_tmp p.svg)")" -lt 1000000 ]
		python3 "$ROOT/$S" "$(in_tmp p.svg)" labels
		# A second of the processor (sanitizers: more), 300 MB.
		read -r kb took <"$(in_tmp took)"
		[ "$kb" -lt 300000 ] && [ "${took%.*}" -lt 10 ] || { echo "$kb KB, $took s"; false; }
	done
}

@test "only plot loads the libraries that draw" {
	tree_and_trace
	strace -f -e trace=openat -o "$(in_tmp query)" "$K" query footprint >"$(in_tmp out)"
	run ! grep -qE 'cairo|pango' "$(in_tmp query)"
	strace -f -e trace=openat -o "$(in_tmp plot)" "$K" plot rings -o "$(in_tmp p.svg)"
	grep -q cairo "$(in_tmp plot)"
}
