#!/usr/bin/env bats
# kmemdb export --format folded, pprof, perfetto: their sums are those of the
# reports.

load common

setup() { common_setup; }

in_tmp() { echo "$BATS_TEST_TMPDIR/$1"; }
P=tests/cli/pprof.py

tree_and_trace() {
	tiny_tree
	"$K" audit -q --label one "$T"
	cat >"$(in_tmp boot.log)" <<-'LOG'
		 init-1 [000] ..... 1.000001: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 1.500002: kmalloc: call_site=f_inode+0x20/0x190 ptr=ffff888100002000 bytes_req=100 bytes_alloc=128 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 2.000003: kmem_cache_alloc: call_site=f_main+0x30/0x64 ptr=ffff888100003000 bytes_req=192 bytes_alloc=192 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 2.500004: kfree: call_site=f_inode+0x60/0x190 ptr=ffff888100002000
		 init-1 [000] ..... 3.000005: kmalloc: call_site=mys;tery+0x20/0x190 ptr=ffff888100007000 bytes_req=1000 bytes_alloc=1024 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 4.000005: mm_page_alloc: page=0000000000000000 pfn=0x100 order=0 migratetype=0 gfp_flags=GFP_KERNEL
	LOG
	"$K" import -q --no-lines "$(in_tmp boot.log)" || [ $? -eq 1 ]
}
# sum_of COLUMN OPTION...: of report accounting.
sum_of() {
	local column=$1
	shift
	"$K" query accounting --format tsv "$@" 2>/dev/null | awk -F'\t' -v c="$column" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == c) at = i }
		NR > 1 { s += $at } END { printf "%d\n", s }'
}
folded() { "$K" export --format folded "$@"; }

@test "folded stacks add up to the reports, by every weight and option" {
	tree_and_trace
	local pair by options
	for pair in live:live_bytes waste:waste_bytes total:total_bytes allocs:allocs live-count:live; do
		for by in stack directory; do
			for options in "" --malloc --cache "--branch fs" "--branch fs/ext9"; do
				# shellcheck disable=SC2086 # words
				[ "$(folded --attr "${pair%:*}" --by $by $options | awk '{ s += $NF } END { printf "%d\n", s }')" = \
					"$(sum_of "${pair#*:}" $options)" ] || { echo "$pair $by $options"; false; }
			done
		done
	done
	[ "$(folded --attr live --branch fs --by directory)" = 'fs;open.o;f_open 64' ]
	[ "$(folded --attr allocs --branch fs --by directory | sort)" = \
		"$(printf 'fs;ext9;inode.o;f_inode 1\nfs;open.o;f_open 1')" ]
	# What would divide frames does not.
	folded | grep -qF 'mys\x3btery 1024'
	folded --attr static --branch fs >"$(in_tmp static)"
	grep -qx 'fs;open.o;f_open 200' "$(in_tmp static)"
	local image
	for image in vmlinux modules all m; do
		[ "$(folded --attr static --image $image | awk '{ s += $NF } END { print s }')" = \
			"$("$K" query objects --image $image --format tsv | awk -F'\t' 'NR > 1 { s += $6 } END { print s }')" ]
	done
}

@test "pprof has four values a stack, which add up" {
	tree_and_trace
	local options
	for options in "" --malloc "--branch fs"; do
		# shellcheck disable=SC2086 # words
		"$K" export --format pprof $options -o "$(in_tmp p.gz)"
		python3 "$ROOT/$P" "$(in_tmp p.gz)" >"$(in_tmp p.txt)"
		# shellcheck disable=SC2086
		diff <(grep ^type "$(in_tmp p.txt)") - <<-END
			type alloc_objects count $(sum_of allocs $options)
			type alloc_space bytes $(sum_of total_bytes $options)
			type inuse_objects count $(sum_of live $options)
			type inuse_space bytes $(sum_of live_bytes $options)
		END
	done
	grep -qx 'stack f_inode 1 128 0 0' "$(in_tmp p.txt)"
	# The same profile is the same file.
	"$K" export --format pprof -o "$(in_tmp q.gz)" --branch fs
	cmp "$(in_tmp p.gz)" "$(in_tmp q.gz)"
	# File and line, where they are known.
	sqlite3 "$KMEMDB" "INSERT INTO name (text) VALUES ('fs/open.c');
		UPDATE site SET file = (SELECT id FROM name WHERE text = 'fs/open.c'), line = 7
		 WHERE caller IN (SELECT id FROM name WHERE text LIKE 'f_open%')"
	"$K" export --format pprof -o "$(in_tmp q.gz)" --branch fs
	python3 "$ROOT/$P" "$(in_tmp q.gz)" | grep -qx 'stack f_open@fs/open.c:7 1 64 1 64'
	# Nothing at all is a profile, too.
	"$K" export --format pprof --cache --branch fs -o "$(in_tmp none.gz)"
	python3 "$ROOT/$P" "$(in_tmp none.gz)" | grep -qx 'type alloc_objects count 0'
	run "$K" export --format pprof --attr live -o "$(in_tmp none.gz)"
	[ "$status" -eq 2 ]
}

@test "traced stacks are stacks, outermost first" {
	tiny_tree
	"$K" audit -q "$T"
	cat >"$(in_tmp stacks.log)" <<-'LOG'
		 init-1 [000] ..... 1.000001: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 1.000002: <stack trace>
		 => __kmalloc
		 => f_open
		 => f_inode
		 => f_main
		 init-1 [000] ..... 1.500002: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100002000 bytes_req=100 bytes_alloc=128 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 1.500003: <stack trace>
		 => f_open
		 => f_a
		 => f_main
	LOG
	"$K" import -q --no-lines "$(in_tmp stacks.log)" || [ $? -eq 1 ]
	[ "$("$K" sql --format tsv 'SELECT count(DISTINCT stack) FROM stack_frames' | tail -n 1)" -eq 2 ]
	diff <(folded | sort) - <<-'END'
		f_main;f_a;f_open 128
		f_main;f_inode;f_open 64
	END
	"$K" export --format pprof -o "$(in_tmp p.gz)"
	diff <(python3 "$ROOT/$P" "$(in_tmp p.gz)" | sed -n 's/^stack \([^ ]*\) .* /\1 /p' | sort) <(folded | sort)
}

@test "go tool pprof reads it" {
	command -v go >/dev/null || skip "go is not installed (golang-go)"
	tree_and_trace
	"$K" export --format pprof -o "$(in_tmp p.gz)"
	HOME=$BATS_TEST_TMPDIR go tool pprof -top -sample_index=alloc_space "$(in_tmp p.gz)" >"$(in_tmp top.txt)" 2>&1
	grep -q '1408B total\|1.38kB total' "$(in_tmp top.txt)"
	grep -q '128B .* f_inode' "$(in_tmp top.txt)"
	HOME=$BATS_TEST_TMPDIR go tool pprof -top "$(in_tmp p.gz)" 2>&1 | grep -q 'Type: inuse_space'
}

@test "flamegraph.pl draws it, and its total is that of the report" {
	local perl=/usr/share/perl5/Devel/NYTProf/flamegraph.pl weight want
	[ -e $perl ] || skip "flamegraph.pl is not installed (libdevel-nytprof-perl)"
	tree_and_trace
	for weight in live total waste; do
		"$K" export --format folded --attr $weight -o "$(in_tmp stacks)"
		perl $perl --countname=bytes "$(in_tmp stacks)" >"$(in_tmp flame.svg)"
		want=$("$K" query accounting --format tsv 2>/dev/null | awk -F'\t' -v of="${weight}_bytes" '
			NR == 1 { for (i = 1; i <= NF; i++) if ($i == of) at = i; next } { sum += $at } END { print sum }')
		# Digits in groups of three, as it writes them.
		grep -o '<title>all ([0-9,]* bytes' "$(in_tmp flame.svg)" | tr -dc '0-9' >"$(in_tmp have)"
		[ "$(cat "$(in_tmp have)")" = "$want" ] || { echo "$weight: $(cat "$(in_tmp have)"), not $want"; false; }
	done
}

@test "perfetto: a counter track a directory, which ends with what is live" {
	tree_and_trace
	"$K" export --format perfetto -o "$(in_tmp p.json)"
	"$K" query timeline-by-branch --format json >"$(in_tmp rows.json)" 2>/dev/null
	"$K" query dynamic --format json >"$(in_tmp live.json)" 2>/dev/null
	python3 - "$(in_tmp p.json)" "$(in_tmp rows.json)" "$(in_tmp live.json)" <<-'PY'
		import json, sys
		trace, rows, live = (json.load(open(f)) for f in sys.argv[1:])
		assert set(trace) == {"displayTimeUnit", "otherData", "traceEvents"}
		meta, *events = trace["traceEvents"]
		assert meta["ph"] == "M" and meta["args"]["name"]
		for e in events:
		    assert set(e) == {"ph", "pid", "cat", "name", "ts", "args"} and e["ph"] == "C", e
		    assert type(e["name"]) is str and type(e["args"]["bytes"]) is int
		assert [(round(e["ts"] * 1000), e["name"], e["args"]["bytes"]) for e in events] == \
		    [(r["start_ns"], r["path"], r["live_bytes"]) for r in rows] and rows
		last = {e["name"]: e["args"]["bytes"] for e in events}
		assert last == {r["path"]: r["live_bytes"] for r in live}, (last, live)
	PY
}

@test "formats and options that do not go together are refused" {
	tree_and_trace
	local words
	while read -r words; do
		# shellcheck disable=SC2086
		run --separate-stderr "$K" export $words
		[ "$status" -eq 2 ] || { echo "$words: $status $output"; false; }
		[ -n "$stderr" ]
	done <<-'END'
		--format svg
		--format folded --attr weight
		--format folded --by name
		--format folded --slim
		--format folded --image modules
		--format perfetto --attr live
		--format perfetto --image modules
		--format pprof --by directory
		--format folded --branch nowhere
		--format folded --trace 9
		--format folded two
		--format db --attr live -o x.db
		--branch fs -o x.db
		--format folded --attr static --malloc
	END
	[ ! -e x.db ]
	python3 "$ROOT/tests/cli/top.py" "$K export --format pprof" 80x24 '=not for a terminal' '$2'
	# A database of no trace.
	KMEMDB=$(in_tmp k2.db)
	"$K" audit -q "$T"
	run "$K" export --format folded
	[ "$status" -eq 3 ]
	[[ "$output" == *"holds no trace"* ]]
	run "$K" export --format folded --attr static
	[ "$status" -eq 0 ]
}
