#!/usr/bin/env bats
# Builds and traces that go: by name, and by rules; and the space they took.

load common

setup() {
	common_setup
	tiny_tree
	D=$BATS_TEST_TMPDIR
	CONTENT=$ROOT/tests/cli/content.py
}

sql() { sqlite3 "$KMEMDB" "$@"; }
content() { python3 "$CONTENT" "$KMEMDB"; }
audit() { "$K" audit -q --label "$1" "$T"; }
import() { # LABEL BUILD LINES
	log "$3" "$D/log"
	"$K" import -q --label "$1" --build "$2" "$D/log" || [ $? -eq 1 ]
}
rows() { for t in $(sql "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"); do echo "$t $(sql "SELECT count(*) FROM $t")"; done; }

@test "forget: what was there before the build and its traces is what is left" {
	audit first
	import boot first 20
	content >"$D/before"
	rows >"$D/rows"
	obj fs/open.o 208 20 2
	obj fs/odd_name.o 77 0 1
	(cd "$T" && rm vmlinux.a && ar rcsTP vmlinux.a init/main.o fs/open.o fs/odd_name.o fs/ext9/inode.o fsx/a.o && ld -e 0 -o vmlinux --whole-archive vmlinux.a)
	audit second
	import one second 300
	import two second 400
	[ "$(sql 'SELECT count(*) FROM allocation')" -eq 720 ]
	run --separate-stderr "$K" forget second
	echo "$stderr"
	[ "$status" -eq 0 ]
	[[ $stderr == *"1 build and 2 traces forgotten"*"KiB are free"*"--compact"* ]]
	content | cmp - "$D/before"
	# No row of any table is left of it but what belongs to the tree.
	diff <(rows | grep -vE '^(stamp|cached_record|message_cache|footprint|section|symbol|name|path|return_site|placement_set|section_placement) ') \
		<(grep -vE '^(stamp|cached_record|message_cache|footprint|section|symbol|name|path|return_site|placement_set|section_placement) ' "$D/rows")
	[ "$(sql "SELECT count(*) FROM footprint WHERE id NOT IN (SELECT footprint FROM object UNION SELECT footprint FROM stamp)")" -eq 0 ]
	[ "$(sql "SELECT count(*) FROM symbol WHERE footprint NOT IN (SELECT id FROM footprint)")" -eq 0 ]
	[ "$(sql 'PRAGMA foreign_key_check')" = "" ]
	[ "$(sql 'PRAGMA integrity_check')" = ok ]
	# The tree can be audited as before.
	audit second
	[ "$("$K" query objects --build second --format tsv | grep -c odd_name)" -eq 1 ]
}

@test "forget: the last build of a tree takes everything along, and the space" {
	audit only
	import boot only 20000
	local size
	size=$(stat -c %s "$KMEMDB")
	run --separate-stderr "$K" forget --compact only
	echo "$stderr"
	[[ $stderr == *"1 build and 1 trace forgotten"*"given back"* ]]
	for t in build trace allocation object footprint symbol section name path stamp tree cached_record site rollup; do
		[ "$(sql "SELECT count(*) FROM $t")" -eq 0 ]
	done
	[ "$(stat -c %s "$KMEMDB")" -lt $((size / 2)) ]
}

@test "forget: names, ids, both at once; all or none; usage errors" {
	audit first
	audit second
	import boot first 20
	import other second 30
	# Number 1 is a build and a trace.
	run --separate-stderr "$K" forget 1
	[ "$status" -eq 2 ]
	[[ $stderr == *"'1' is a build and a trace: say --build 1 or --trace 1"* ]]
	"$K" forget -q --trace 1
	[ "$(sql 'SELECT label FROM trace')" = other ]
	content >"$D/before"
	# The first is there, the second is not.
	run --separate-stderr "$K" forget first nosuch
	[ "$status" -eq 2 ]
	[[ $stderr == *"no build or trace has the id, label or commit 'nosuch'"* ]]
	content | cmp - "$D/before"
	"$K" forget -q first other
	[ "$(sql 'SELECT label FROM build')" = second ]
	[ "$(sql 'SELECT count(*) FROM trace')" -eq 0 ]
	run --separate-stderr "$K" forget
	[ "$status" -eq 2 ]
	run --separate-stderr "$K" forget --db "$D/none.db" first
	[ "$status" -eq 3 ]
	[ ! -e "$D/none.db" ]
}

# builds N: so many, a day apart, the last one two hours ago.
builds() {
	local i
	for ((i = 1; i <= $1; i++)); do audit "b$i"; done
	sql "UPDATE build SET audited_ns = (SELECT (strftime('%s', 'now') - 7200) * 1000000000) - ($1 - id) * 86400000000000"
}
left() { sql "SELECT group_concat(label, ' ') FROM (SELECT label FROM build ORDER BY id)"; }

@test "prune: the newest, the labelled, those with traces, one a day" {
	builds 6
	import boot b2 20
	cp "$KMEMDB" "$D/all.db"
	"$K" prune -q --keep 2
	[ "$(left)" = "b5 b6" ]
	[ "$(sql 'SELECT count(*) FROM trace')" -eq 0 ]
	cp "$D/all.db" "$KMEMDB"
	"$K" prune -q --keep 1,traced
	[ "$(left)" = "b2 b6" ]
	cp "$D/all.db" "$KMEMDB"
	sql "UPDATE build SET label = NULL WHERE id IN (1, 3, 4)"
	"$K" prune -q --keep labelled
	[ "$(left)" = "b2 b5 b6" ]
	# Two of one day, long ago, and all of them within the last month.
	cp "$D/all.db" "$KMEMDB"
	sql "UPDATE build SET audited_ns = 1600000000000000000 + id WHERE id <= 3; UPDATE build SET audited_ns = 1600090000000000000 WHERE id = 4"
	"$K" prune -q --keep daily
	[ "$(left)" = "b3 b4 b5 b6" ]
	[ "$(sql 'PRAGMA integrity_check')" = ok ]
	# The month is one of 30 days: two of the 30th day back stay, of two of
	# the 32nd the last.
	cp "$D/all.db" "$KMEMDB"
	local day=$(($(date +%s) / 86400))
	sql "UPDATE build SET audited_ns = (($day - 29) * 86400 + id) * 1000000000 WHERE id <= 2;
		UPDATE build SET audited_ns = (($day - 31) * 86400 + id) * 1000000000 WHERE id IN (3, 4)"
	"$K" prune -q --keep daily
	[ "$(left)" = "b1 b2 b4 b5 b6" ]
}

@test "prune: a dry run lists and changes nothing; then the space is given back" {
	builds 3
	import boot b1 20000
	local sum size
	sum=$(sha256sum <"$KMEMDB") size=$(stat -c %s "$KMEMDB")
	run --separate-stderr "$K" prune --keep 1 --dry-run
	echo "$output $stderr"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 2 ]
	[ "$(cut -f 1,3,4 <<<"${lines[0]}")" = $'1\tb1\t1' ]
	[ "$(cut -f 2 <<<"${lines[1]}")" = "$(date -u -d '-26 hours' +%F) $(cut -f 2 <<<"${lines[1]}" | cut -d ' ' -f 2)" ]
	[[ $stderr == *"2 builds and 1 traces would go, 1 builds stay"* ]]
	[ "$(sha256sum <"$KMEMDB")" = "$sum" ]
	run --separate-stderr "$K" prune --keep 1
	[[ $stderr == *"2 builds and 1 traces went, 1 builds stay"*"KiB given back"* ]]
	[ "$(stat -c %s "$KMEMDB")" -lt $((size / 2)) ]
	[ "$(sql 'PRAGMA freelist_count')" -eq 0 ]
}

@test "prune: rules that are none" {
	audit one
	for rule in '' 0 -3 many 3,,4 1,2 labelled,never 9999999999; do
		run --separate-stderr "$K" prune --keep "$rule"
		[ "$status" -eq 2 ]
		[[ $stderr == *"--keep"* ]]
	done
	run --separate-stderr "$K" prune
	[ "$status" -eq 2 ]
	[ "$(left)" = one ]
}

@test "prune --keep tagged: builds of commits that have a git tag, however it is made" {
	git() { command git -C "$T" -c user.name=a -c user.email=a@b.c "$@"; }
	echo "# tree" >"$T/Makefile"; git init -q -b main . && git add Makefile
	for n in 1 2 3 4; do
		echo "# $n" >>"$T/Makefile"
		git commit -qam "change $n"
		"$K" audit -q "$T"
	done
	echo changed >>"$T/Makefile"
	"$K" audit -q "$T" # of commit 4, but dirty
	git checkout -q Makefile
	git tag light HEAD~3
	git tag -a -m annotated heavy HEAD~1
	git tag -a -m "tag of a tag" heavier heavy
	git tag tree "HEAD^{tree}"
	[ "$(sql 'SELECT count(*) FROM build')" -eq 5 ]
	"$K" prune -q --keep tagged
	[ "$(sql "SELECT group_concat(subject, ' ') FROM (SELECT subject FROM build ORDER BY id)")" = "change 1 change 3" ]
	# The tags are asked for today: what lost its tag goes.
	git tag -d light
	git gc -q && git pack-refs --all
	"$K" prune -q --keep tagged
	[ "$(sql 'SELECT subject FROM build')" = "change 3" ]
	# Without a repository nobody knows, and nothing goes.
	git tag -d heavy heavier
	mv "$T/.git" "$D/elsewhere"
	run "$K" prune --keep tagged
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"the tags of '$T' cannot be read"*"--source"* ]]
	[ "$(sql 'SELECT count(*) FROM build')" -eq 1 ]
	"$K" prune -q --keep tagged --source "$D/elsewhere"
	[ "$(sql 'SELECT count(*) FROM build')" -eq 0 ]
}
