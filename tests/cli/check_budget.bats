#!/usr/bin/env bats
# kmemdb check: budgets, canned checks, trailers, and what each exit code
# means, on a tiny tree whose numbers are known by construction.

load common

setup() {
	common_setup
	W=$BATS_TEST_TMPDIR/work
	mkdir -p "$W"
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
	export GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/gitconfig GIT_CONFIG_NOSYSTEM=1
}

# budgets LINE...: the budget file.
budgets() { printf '%s\n' "$@" >"$W/kmemdb.budgets"; }
# check OPTION...: as run by bats, in the folder with the budget file.
check() {
	run --separate-stderr bash -c 'cd "$1" && shift && exec "$@"' _ "$W" "$K" check "$@"
	echo "$output"
	echo "$stderr"
}
# limits OPTION...: verdict, budget, metric, before, after, change, over of every line.
limits() { (cd "$W" && "$K" check "$@" --format tsv 2>/dev/null | tail -n +2 | cut -f 1,2,3,5,6,7,9); }
# function NAME BYTES
function_of() {
	printf '.text\n.globl %s\n.type %s,@function\n%s: .skip %d,0x90\n.size %s,%d\n' "$1" "$1" "$1" "$2" "$1" "$2"
}
# Links vmlinux anew after an object was made.
relink() {
	(cd "$T" && ld -e 0 -o vmlinux --whole-archive vmlinux.a)
}
# grow BYTES: fs/open.o has a function open_it of so many bytes.
grow() {
	{ function_of stays 64; function_of open_it "$1"; } | gcc -x assembler -c - -o "$T/fs/open.o"
	relink
}
# Two builds: fs/open.o has grown from 164 to 1164 bytes of text.
two_builds() {
	tiny_tree
	grow 100
	"$K" audit -q --label one "$T"
	grow 1100
	"$K" audit -q --label two "$T"
}

@test "limits: absolute, growth and percent, held and broken, to the byte" {
	two_builds
	total=$(size "$T/vmlinux" | awk 'NR == 2 { print $4 }')
	[ "$(size "$T/fs/open.o" | awk 'NR == 2 { print $1 }')" -eq 1164 ]
	budgets "image vmlinux total $((total - 1))" "branch fs text +999" "branch fs data +0" \
		"branch fs text +200%" "symbol open_* text 1100" "symbol open_it total +1000" "branch fsx total 888"
	check --format tsv
	[ "$status" -eq 4 ]
	diff <(limits) - <<-END
		broken	image vmlinux	total	$((total - 1000))	$total	1000	1
		broken	branch fs	text	564	1564	1000	1
		ok	branch fs	data	40	40	0	0
		ok	branch fs	text	564	1564	1000	-128
		ok	symbol open_*	text	100	1100	1000	0
		ok	symbol open_it	total	100	1100	1000	0
		ok	branch fsx	total	888	888	0	0
	END
}

@test "each metric of a branch is what size and the sections say" {
	tiny_tree
	"$K" audit -q "$T"
	for metric in text:600 data:60 bss:6 total:666 strings:0 percpu:0; do
		budgets "branch ./fs/ ${metric%:*} 1M"
		[ "$(limits | cut -f 5)" = "${metric#*:}" ]
	done
	budgets "branch . total 1M" "branch drivers total 1M image=modules" "image modules total 1M" "image m text 1M"
	[ "$(limits | cut -f 2,5 | LC_ALL=C sort)" = "$(LC_ALL=C sort <<-END
		branch .	1665
		branch drivers of modules	88
		image m	$(size "$T/drivers/m/m.ko" | awk 'NR == 2 { print $1 }')
		image modules	$(size "$T/drivers/m/m.ko" | awk 'NR == 2 { print $4 }')
	END
	)" ]
}

@test "what broke is said with who did it, and what holds is not" {
	two_builds
	budgets "branch fs text +512" "branch init total 1M" "slack 100%"
	check
	[ "$status" -eq 4 ]
	[ "${lines[0]}" = "1 of 2 limits is broken: branch fs text grew by 1,000 bytes, 488 more than +512 allows" ]
	[[ ${lines[1]} == "build 2 (two) against build 1 (one), the one before it by time,"* ]]
	[[ $output == *"branch fs text  fs/open.o"* ]]
	[[ $output == *"branch fs text  open_it  fs/open.o     100   1100    1000  1000.0%  grown"* ]]
	[[ $output != *init* ]]
}

@test "below quiet there is no growth; savings and slack are pointed out" {
	two_builds
	budgets "branch fs text +0" "quiet 1000"
	check
	[ "$status" -eq 0 ]
	[[ $output == "no action needed: 1 limit holds"* ]]
	budgets "branch fs text +0" "quiet 999"
	check
	[ "$status" -eq 4 ]
	# The other way round 1000 bytes are saved.
	budgets "branch fs text +0" "saving 1000"
	[ "$(limits one --base two | cut -f 1,6)" = "saved	-1000" ]
	budgets "branch fs text +0" "saving 1001"
	[ "$(limits one --base two | cut -f 1,6)" = "ok	-1000" ]
	budgets "branch fs text 2K" "slack 20%"
	check two
	[ "$status" -eq 0 ]
	[[ $output == *"1 limit has slack"*"the limit could be 1564"* ]]
	budgets "branch fs text 2K" "slack 24%"
	[ "$(limits two | cut -f 1)" = ok ]
}

@test "warn says it and fails nothing" {
	two_builds
	budgets "branch fs text +512 warn" "check new-symbols 0 warn"
	check
	[ "$status" -eq 0 ]
	[[ $output == *"1 warning"*"branch fs"*"+512"*"open_it"* ]]
}

@test "the first build, a base of another architecture, and an unlike one" {
	tiny_tree
	seq 100 | sed 's/.*/CONFIG_OPTION_&=y/' >>"$T/.config"
	grow 100
	"$K" audit -q --label one "$T"
	budgets "branch fs text +0" "branch fs text 1M" "slack 100%" "check new-symbols"
	check
	[ "$status" -eq 0 ]
	[[ $output == *"2 growth limits not judged for lack of a base"* ]]
	[[ $output == *"there is no earlier build of its kind to compare with"* ]]
	# Many options are as they were, and one is new.
	printf 'CONFIG_OTHER=y\n' >>"$T/.config"
	grow 300
	"$K" audit -q --label two "$T"
	check
	[ "$status" -eq 4 ]
	[[ $output == *"built with another configuration"* ]]
	sed -i 's/x86/arm/' "$T/.config"
	grow 500
	"$K" audit -q --label three "$T"
	check three --base two
	[ "$status" -eq 0 ]
	[[ $output == *"another architecture (x86)"*"growth is not judged"* ]]
	check three
	[ "$status" -eq 0 ]
	[[ $output == *"no earlier build"* ]]
}

@test "the base is the one audited before, of the same configuration first" {
	tiny_tree
	seq 100 | sed 's/.*/CONFIG_OPTION_&=y/' | cat "$T/.config" - >"$W/a"
	seq 100 | sed 's/.*/CONFIG_OTHER_&=y/' | cat "$T/.config" - >"$W/b"
	for build in 1a 2b 3a 4b; do
		cp "$W/${build#?}" "$T/.config"
		grow $((${build%?} * 100))
		"$K" audit -q --label "$build" "$T"
	done
	budgets "branch fs text +0"
	check 4b --format json
	[ "$(echo "$output" | python3 -c 'import json, sys; c = json.load(sys.stdin)["check"][0]; print(c["build"], c["base"])')" = "4 2" ]
	check 3a --format json
	[ "$(echo "$output" | python3 -c 'import json, sys; c = json.load(sys.stdin)["check"][0]; print(c["build"], c["base"])')" = "3 1" ]
	check 4b --base 1a --format json
	[ "$(echo "$output" | python3 -c 'import json, sys; c = json.load(sys.stdin)["check"][0]; print(c["build"], c["base"])')" = "4 1" ]
}

@test "what is named and not there is not judged, and exits 1" {
	two_builds
	budgets "branch fz text +1K" "image vmlinuz total 1M" "symbol nope_* text 1K" "branch fs live 1M"
	check
	[ "$status" -eq 1 ]
	[[ $output == *"neither build has an object there"*"neither build has such an image"*"neither build has such a symbol"*"the build has no trace"* ]]
	# What is gone is 0 bytes, and what is new was.
	rm "$T/fs/ext9/inode.o"
	(cd "$T" && rm vmlinux.a && ar rcsTP vmlinux.a init/main.o fs/open.o fsx/a.o)
	relink
	"$K" audit -q --label three "$T"
	budgets "branch fs/ext9 total 1K" "slack 100%"
	[ "$(limits three | cut -f 1,4,5,6)" = "ok	444	0	-444" ]
	[ "$(limits two --base three | cut -f 1,4,5,6)" = "ok	0	444	444" ]
}

@test "every bad line of the budget file is reported with its number" {
	two_builds
	budgets "branch fs text 1K" "" "branch fs tetx 1K" "check new-symbol" "check skipped 4K" "quiet"
	check
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	for words in "line 3: 'tetx' is no metric" "line 4: there is no check 'new-symbol': the nearest is 'new-symbols'" \
		"line 5: check 'skipped' takes no size" "line 6: 'quiet' needs one size" "wrong in 4 lines"; do
		[[ $stderr == *"$words"* ]]
	done
	head -c 300000 /dev/zero >"$W/kmemdb.budgets"
	check
	[ "$status" -eq 3 ]
	[[ $stderr == *"is not a budget file"* ]]
	printf 'branch \033[2Jfs tetx 1K\n' >"$W/kmemdb.budgets"
	check
	[ "$status" -eq 3 ]
	[[ $stderr != *$'\033'* ]]
	rm "$W/kmemdb.budgets"
	check
	[ "$status" -eq 2 ]
	[[ $stderr == *"--write makes it"* ]]
	check --budgets nope
	[ "$status" -eq 3 ]
	budgets "branch fs text 1K"
	check nope
	[ "$status" -eq 2 ]
	check --base nope
	[ "$status" -eq 2 ]
}

@test "canned checks: what they find, and a query of one's own" {
	two_builds
	{ function_of stays 64; function_of open_it 1100; function_of comes 5000; } | gcc -x assembler -c - -o "$T/fs/open.o"
	printf '.section .data..percpu,"aw"\n.space 700\n' | gcc -x assembler -c - -o "$T/init/main.o"
	relink
	"$K" audit -q --label three "$T"
	budgets "check new-symbols 4999" "check grown-symbols" "check percpu-growth" "check unexplained" "check skipped"
	check
	[ "$status" -eq 4 ]
	[[ $output == *"new-symbols: "*"comes   fs/open.o"*"percpu-growth: "*"init/main.o"*"700"* ]]
	[ "$(limits | cut -f 1,2,5)" = "$(printf '%s\n' "broken	check new-symbols	1" "broken	check percpu-growth	1" \
		"ok	check grown-symbols	0" "ok	check unexplained	0" "ok	check skipped	0")" ]
	budgets "check new-symbols 5000" "check stale-objects"
	[ "$(limits | cut -f 1,2,5)" = "$(printf '%s\n' "broken	check stale-objects	1" "ok	check new-symbols	0")" ]
	echo "SELECT path, total FROM objects WHERE build = :build AND role = 'vmlinux' AND total > 5000" >"$W/own.sql"
	rm "$W/kmemdb.budgets"
	check --file own.sql
	[ "$status" -eq 4 ]
	[[ $output == *"file own.sql: 1 found"*"fs/open.o"* ]]
	echo "SELECT path FROM objects WHERE build = :build AND total > 50000" >"$W/own.sql"
	check --file own.sql
	[ "$status" -eq 0 ]
	echo "DELETE FROM build" >"$W/own.sql"
	check --file own.sql
	[ "$status" -eq 3 ]
	echo "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0" >"$W/own.sql"
	check --file own.sql --timeout 1
	[ "$status" -eq 3 ]
	[[ $stderr == *"1 s"* ]]
	[ "$("$K" check --list | wc -l)" -ge 10 ]
	[[ "$("$K" check --list new-symbols)" == "check new-symbols [SIZE] [warn]"*"default: 16384"*"bytes    bytes"* ]]
	check --list new-symbol
	[ "$status" -eq 2 ]
	[[ $stderr == *"the nearest is 'new-symbols'"* ]]
}

@test "budgets of a trace: live and waste by directory and function" {
	tiny_tree
	"$K" audit -q "$T"
	# In f_main and f_open, which are 100 and 200 bytes; 3 and 1 allocations.
	printf '  bash-1 [000] d..1. 1.%06d: kmalloc: call_site=%s ptr=ffff8880%08x bytes_req=%d bytes_alloc=%d gfp_flags=GFP_KERNEL node=-1 accounted=false\n' \
		1 f_main+0x10/0x64 16 10 16 2 f_main+0x10/0x64 32 10 16 3 f_main+0x10/0x64 48 10 16 4 f_open+0x10/0xc8 64 40 64 >"$W/log"
	"$K" import -q "$W/log" || [ $? -eq 1 ]
	budgets "branch . live 112" "branch . waste 41" "branch fs live 64" "branch init allocs 3" "symbol f_main waste 17" "branch fs waste +0" "slack 100%"
	check
	[ "$status" -eq 4 ]
	diff <(limits) - <<-END
		broken	branch .	waste		42		1
		broken	symbol f_main	waste		18		1
		no base	branch fs	waste		24		
		ok	branch .	live		112		0
		ok	branch fs	live		64		0
		ok	branch init	allocs		3		0
	END
	[[ $output == *"symbol f_main waste  f_main  init/main.o"* ]]
	budgets "check waste-sites 17" "check lost-events" "check unmatched-frees" "check unplaced-sites"
	[ "$(limits | cut -f 1,2,5 | head -1)" = "broken	check waste-sites	2" ]
	[ "$(limits | grep -c ^ok)" -eq 3 ]
}

# A git repository around the tree, so that builds have commits.
repository() {
	tiny_tree
	git -C "$T" init -q
	echo x >"$T/Makefile"
	git -C "$T" add Makefile
	git -C "$T" commit -q -m 'first'
}
# commit BYTES MESSAGE: fs/open.o grows; the commit is audited.
commit() {
	grow "$1"
	echo "$1" >>"$T/Makefile"
	git -C "$T" commit -q -am "$2"
	"$K" audit -q "$T"
}

@test "a trailer of a commit in between lets growth pass, and is shown" {
	repository
	commit 100 base
	commit 300 grows
	budgets "branch fs text +100"
	check
	[ "$status" -eq 4 ]
	commit 500 $'grows\n\nSaid here.\n\nFootprint: a bigger table\nSigned-off-by: x <x@y>'
	check
	[ "$status" -eq 0 ]
	[[ $output == *"1 known growth excused"* ]]
	[[ $output == *"Footprint: $(git -C "$T" rev-parse HEAD | cut -c 1-12): a bigger table"* ]]
	[[ $output == *excused*"branch fs"*"+100"* ]]
	# One of a commit on the way counts, one before the base does not.
	commit 501 'small'
	check --base "$(git -C "$T" rev-parse HEAD~2)"
	[ "$status" -eq 0 ]
	[[ $output == *"a bigger table"* ]]
	commit 900 'grows again'
	check
	[ "$status" -eq 4 ]
	[[ $output != *"a bigger table"* ]]
	# A word in the text is no trailer.
	commit 1400 $'grows\n\nFootprint: is\nwhat it is about.\n\nThe end.'
	check
	[ "$status" -eq 4 ]
	# An absolute limit is not excused.
	commit 2400 $'grows\n\nFootprint: I like it'
	budgets "branch fs text 2K"
	check
	[ "$status" -eq 4 ]
	[[ $output == *"a trailer excuses growth alone"* ]]
}

@test "a merge brings its trailers; a message or words stand in for git" {
	repository
	commit 100 base
	git -C "$T" checkout -q -b topic
	grow 400
	echo 400 >>"$T/Makefile"
	git -C "$T" commit -q -am $'topic\n\nfootprint: on a branch'
	git -C "$T" checkout -q -
	git -C "$T" merge -q --no-ff -m 'Merge topic' topic
	"$K" audit -q "$T"
	budgets "branch fs text +100"
	check
	[ "$status" -eq 0 ]
	[[ $output == *"on a branch"* ]]
	rm -rf "$T/.git"
	check
	[ "$status" -eq 4 ]
	[[ $output == *"the sources have no git repository"* ]]
	printf 'subject\n\nFootprint: from a file\n' >"$W/message"
	check --message message
	[ "$status" -eq 0 ]
	[[ $output == *"from a file"* ]]
	printf 'subject\n\nFootprint:\n' >"$W/message"
	check --message message
	[ "$status" -eq 4 ]
	check --trailer 'by hand'
	[ "$status" -eq 0 ]
	[[ $output == *"by hand"* ]]
}

@test "a shallow clone still has the trailer of its commit" {
	repository
	commit 100 base
	commit 300 $'grows\n\nFootprint: shallow'
	git clone -q --depth 1 "file://$T" "$W/clone"
	budgets "branch fs text +100"
	check --source "$W/clone"
	[ "$status" -eq 0 ]
	[[ $output == *"shallow"* ]]
}

@test "csv, json, md and junit say the same" {
	two_builds
	budgets "branch fs text +512" "branch init total 1M" "slack 100%" "branch none text 1K"
	check --format csv
	[ "$status" -eq 4 ]
	[ "$(echo "$output" | wc -l)" -eq 4 ]
	check --format json
	echo "$output" | python3 -c '
import json, sys
d = json.load(sys.stdin)
assert d["check"][0]["verdict"] == "broken", d
assert d["check"][0]["broken"] == 1 and d["check"][0]["unknown"] == 1, d
assert [r["verdict"] for r in d["limits"]] == ["broken", "unknown", "ok"], d
assert d["symbols"][0]["symbol"] == "open_it" and d["symbols"][0]["change"] == 1000, d'
	check --format md
	[[ $output == "**kmemdb: 1 of 3 limits is broken: "*"| broken | branch fs | text | +512 | 564 | 1564 | 1000 |"* ]]
	check --format junit
	[ "$status" -eq 4 ]
	echo "$output" | python3 -c '
import sys, xml.etree.ElementTree as et
s = et.fromstring(sys.stdin.read())
assert (s.get("tests"), s.get("failures"), s.get("skipped")) == ("3", "1", "1"), s.attrib
f = s.find("testcase/failure")
assert "488 more than +512" in f.get("message") and "open_it" in f.text, f.text'
	# Names of anybody are safe in XML, too.
	printf 'branch "a<b&\001\377" text 1K\n' >"$W/kmemdb.budgets"
	check --format junit
	echo "$output" | python3 -c 'import sys, xml.etree.ElementTree as et; et.fromstring(sys.stdin.read())'
}

@test "--write makes a file that holds, and writes over none" {
	two_builds
	check --write
	[ "$status" -eq 0 ]
	grep -q '^image vmlinux total ' "$W/kmemdb.budgets"
	grep -q '^branch fs total +2%$' "$W/kmemdb.budgets"
	check two --base two
	[ "$status" -eq 0 ]
	check --write
	[ "$status" -eq 3 ]
	[[ $stderr == *"is there already"* ]]
	check --write --budgets -
	[ "$status" -eq 0 ]
	[ "$output" = "$(cat "$W/kmemdb.budgets")" ]
}

@test "killed at any moment, the result is whole or as before" {
	local whole moment status
	two_builds
	budgets "branch fs text +512" "check new-symbols 0" "check grown-symbols 0"
	cp "$KMEMDB" "$W/before.db"
	cd "$W"
	microseconds run --separate-stderr "$K" check --format json -o whole
	cp whole out
	whole=$(cat whole)
	echo old >out
	seed_moments
	for moment in $(seq 50); do
		"$K" check --format json -o out >/dev/null 2>&1 &
		status=0
		kill_within $((US * 2)) $! || status=$?
		[ "$status" -eq 137 ] || [ "$status" -eq 4 ]
		[ "$(cat out)" = old ] || [ "$(cat out)" = "$whole" ] || { echo "moment $moment"; false; }
		[ "$status" -ne 4 ] || [ "$(cat out)" = "$whole" ]
		echo old >out
	done
	cmp "$KMEMDB" before.db
	[ ! -e "$KMEMDB-journal" ]
}
