#!/usr/bin/env bats
# ci/kmemdb-ci.sh: the step after a build, from an empty machine's state, over
# histories in git.

load common
load ci_common

setup() { ci_setup; }

@test "a history: first run, good, broken at the commit that broke it, excused" {
	repository "branch fs text +100" "quiet 16"
	step --base-dir "$KEPT"
	[ "$status" -eq 0 ]
	[[ $(summary) == "## ✅ kmemdb: no action needed"*"no artefact of an earlier build"* ]]
	commit 110 'A little more'
	step --base-dir "$KEPT"
	[ "$status" -eq 0 ]
	[[ $(summary) == "## ✅ kmemdb: no action needed: 1 limit holds"* ]]
	[[ $(summary) == *"commit $(id HEAD^ | cut -c 1-12), the nearest built ancestor, along first parents, 1 commit before."* ]]
	commit 500 'A lot more'
	step --base-dir "$KEPT"
	[ "$status" -eq 4 ]
	[ "${lines[0]}" = "❌ kmemdb: broken: branch fs text grew by 390 bytes, 290 more than +100 allows" ]
	[[ ${lines[1]} == "base: build "*", commit $(id HEAD^ | cut -c 1-12), "* ]]
	[[ $(summary) == *"| branch fs text | open_it | fs/open.o | 110 | 500 | 390 |"* ]]
	commit 900 $'More still\n\nFootprint: a table of inodes'
	step --base-dir "$KEPT"
	[ "$status" -eq 0 ]
	[[ $(summary) == "## ✅ kmemdb: no action needed; 1 known growth excused"*"a table of inodes"* ]]
	# Nothing changed: nothing is said.
	git -C "$T" commit -q --allow-empty -m 'Nothing'
	step --base-dir "$KEPT"
	[ "$status" -eq 0 ]
	[[ $(summary) != *"Largest changes"* ]]
}

@test "the base is the nearest audited ancestor of the merge base, and is named" {
	repository "branch fs text +50"
	commit 120 'On main, audited'
	step
	audited=$(id)
	commit 1120 'On main, not audited'
	git -C "$T" checkout -q -b topic
	commit 1130 'On the branch'
	git -C "$T" checkout -q main
	commit 3000 'On main, after the branch'
	step
	git -C "$T" checkout -q topic
	grow 1130
	step --base-dir "$KEPT" --target main
	# What main did before is charged to nobody else: the base is named.
	[ "$status" -eq 4 ]
	[[ $(summary) == *"commit ${audited:0:12}, the nearest built ancestor of the merge base with 'main', 1 commit before it."* ]]
	# With the merge base itself audited, the branch has only its own.
	git -C "$T" checkout -q main~1
	grow 1120
	step
	git -C "$T" checkout -q topic
	grow 1130
	step --base-dir "$KEPT" --target main
	[ "$status" -eq 0 ]
	[[ $(summary) == *"commit $(id main~1 | cut -c 1-12), the merge base with 'main'."* ]]
	# So with a database that holds all of them, and a forge's merge commit.
	"$K" audit -q --db "$BATS_TEST_TMPDIR/all.db" "$T"
	git -C "$T" checkout -q main
	grow 3000
	"$K" audit -q --db "$BATS_TEST_TMPDIR/all.db" "$T"
	git -C "$T" merge -q --no-ff -m 'Merge topic' -X ours topic
	grow 3010
	step --base-db "$BATS_TEST_TMPDIR/all.db"
	[ "$status" -eq 0 ]
	[[ $(summary) == *"commit $(id HEAD^1 | cut -c 1-12), the nearest built ancestor, along first parents, 1 commit before."* ]]
}

@test "a rebased branch is compared with its new merge base" {
	repository "branch fs text +50"
	step
	git -C "$T" checkout -q -b topic
	commit 110 'On the branch'
	step
	git -C "$T" checkout -q main
	commit 2000 'On main'
	step
	git -C "$T" checkout -q topic
	git -C "$T" rebase -q -X theirs main || { git -C "$T" checkout -q --theirs Makefile; git -C "$T" add Makefile; GIT_EDITOR=true git -C "$T" rebase --continue; }
	grow 2010
	step --base-dir "$KEPT" --target main
	[ "$status" -eq 0 ]
	[[ $(summary) == *"commit $(id main | cut -c 1-12), the merge base with 'main'."* ]]
}

@test "a shallow clone: the first parent stands in, where it was audited" {
	repository "branch fs text +50"
	step
	commit 110 'More'
	mv "$T/.git" "$BATS_TEST_TMPDIR/full.git"
	git clone -q --depth 1 "file://$BATS_TEST_TMPDIR/full.git" "$BATS_TEST_TMPDIR/shallow"
	mv "$BATS_TEST_TMPDIR/shallow/.git" "$T/.git"
	step --base-dir "$KEPT" --target origin/other
	[ "$status" -eq 0 ]
	[[ $(summary) == *"the merge base with origin/other is not known, as in a shallow clone"* ]]
	[[ $(summary) == *"along first parents, 1 commit before."* ]]
	rm -f "$KEPT"/*
	step --base-dir "$KEPT" --target origin/other
	[ "$status" -eq 0 ]
	[[ $(summary) == *"Without a base"* ]]
}

@test "an unlike base: other configuration is said, other architecture is no base" {
	repository "branch fs text +50"
	step --db "$BATS_TEST_TMPDIR/all.db"
	echo CONFIG_OTHER=y >>"$T/.config"
	commit 110 'More'
	step --db "$BATS_TEST_TMPDIR/all.db"
	[ "$status" -eq 0 ]
	[[ $(summary) == *"Changed options"*"| CONFIG_OTHER | n | y |"* ]]
	sed -i 's/x86/arm/' "$T/.config"
	commit 9110 'For another machine'
	step --db "$BATS_TEST_TMPDIR/all.db"
	[ "$status" -eq 0 ]
	[[ $(summary) == *"Without a base"* ]]
	# Flavours do not meet, whichever is the nearest.
	for i in 1 2; do
		commit "912$i" 'Two flavours'
		step --db "$BATS_TEST_TMPDIR/all.db" --flavour small
		[ "$status" -eq 0 ]
		grow "2912$i"
		step --db "$BATS_TEST_TMPDIR/all.db" --flavour large
		[ "$status" -eq 0 ]
	done
	commit 9130 'The first one again'
	step --db "$BATS_TEST_TMPDIR/all.db" --flavour small
	[ "$status" -eq 0 ]
	[[ $(summary) == *"(small)"*"along first parents, 1 commit before."* ]]
	ls "$OUT"/kmemdb-small-"$(id)".db.gz
}

@test "no git, no budgets, a command for the base, and what cannot be used" {
	repository "branch fs text +50"
	step
	artefact=$(ls "$KEPT"/*)
	commit 110 'More'
	# The command gets the candidates, nearest first.
	step --base-command "head -n 1 >'$BATS_TEST_TMPDIR/asked'; echo '$artefact'"
	[ "$status" -eq 0 ]
	[ "$(cat "$BATS_TEST_TMPDIR/asked")" = "$(id HEAD^)" ]
	[[ $(summary) == *"commit $(id HEAD^ | cut -c 1-12)"* ]]
	step --base-command false
	[ "$status" -eq 0 ]
	[[ $(summary) == *"- the command for the base failed"* ]]
	head -c 5000 /dev/urandom | gzip >"$BATS_TEST_TMPDIR/bad.gz"
	step --base-command "echo '$BATS_TEST_TMPDIR/bad.gz'"
	[ "$status" -eq 0 ]
	[[ $(summary) == *"/bad.gz' cannot be used"* ]]
	# An artefact will do as a database, too.
	gzip -dc "$artefact" >"$BATS_TEST_TMPDIR/slim.db"
	step --base-db "$BATS_TEST_TMPDIR/slim.db"
	[ "$status" -eq 0 ]
	[[ $(summary) == *"commit $(id HEAD^ | cut -c 1-12)"* ]]
	step --base-db "$BATS_TEST_TMPDIR/none.db"
	[ "$status" -eq 0 ]
	[[ $(summary) == *"no database "*" yet"* ]]
	# A budget file that is wrong stops it, with the line.
	echo "branch fs tetx 1K" >>"$T/kmemdb.budgets"
	step
	[ "$status" -eq 3 ]
	[[ $stderr == *"line 2: 'tetx' is no metric"* ]]
	[[ $(summary) == "## ❌ kmemdb: the budgets could not be checked"* ]]
	rm -rf "$T/.git" "$T/kmemdb.budgets"
	step --base-command "echo '$artefact'"
	[ "$status" -eq 0 ]
	[[ $(summary) == *"no git history"*"no budgets"* ]]
	[[ $(summary) == *"the build before it by time"* ]]
	for words in "" "-o" "--frob $T" "$T $T" "--flavour a/b $T"; do
		# shellcheck disable=SC2086 # words
		run "$STEP" $words
		[ "$status" -eq 2 ]
	done
	run "$STEP" -o "$OUT" /nowhere
	[ "$status" -eq 3 ]
}

@test "a trace is imported, and what it wastes is folded" {
	repository "branch . waste 6" "slack 100%"
	log 100 "$BATS_TEST_TMPDIR/log"
	step --trace "$BATS_TEST_TMPDIR/log"
	[ "$status" -eq 4 ]
	[[ $(summary) == *"branch . waste is 600 bytes, 594 above its limit 6"* ]]
	[[ $(summary) == *"<details><summary>Memory wasted at run time</summary>"* ]]
	step --trace "$BATS_TEST_TMPDIR/none"
	[[ $(summary) == *"the trace could not be imported"* ]]
}

@test "the summary stays below what forges accept, whatever changed" {
	repository "branch fs text +50"
	step
	# Thousands of symbols with long names, in many objects and sections.
	for i in $(seq 60); do
		for j in $(seq 60); do
			function_of "$(printf 'a_function_%0180d_%d' "$i" "$j")" $((16 + j))
		done | gcc -x assembler -c - -o "$T/fs/ext9/o$i.o"
	done
	(cd "$T" && rm vmlinux.a && ar rcsTP vmlinux.a init/main.o fs/open.o fs/ext9/*.o fsx/a.o)
	awk 'BEGIN { for (i = 0; i < 3000; i++) print "CONFIG_OPTION_WITH_A_LONG_NAME_" i "=\"a value that is rather long, too, <b>&|\"" }' >>"$T/.config"
	commit 110 'Much'
	step --base-dir "$KEPT"
	[ "$status" -eq 4 ]
	[ "$(wc -c <"$OUT/summary.md")" -lt 65536 ]
	[ "$(wc -m <"$OUT/summary.md")" -lt 65536 ]
	# Each fold that is opened is closed.
	[ "$(grep -c '<details>' "$OUT/summary.md")" -eq "$(grep -c '</details>' "$OUT/summary.md")" ]
	[[ $(summary) == "## ❌ kmemdb: broken: branch fs text grew by "* ]]
}

@test "the junit file is XML with a case for each limit" {
	repository "branch fs text +50" "branch init text 1M"
	step
	commit 500 'More'
	step --base-dir "$KEPT"
	python3 -c '
import sys, xml.etree.ElementTree as et
s = et.parse(sys.argv[1]).getroot()
assert (s.get("tests"), s.get("failures")) == ("2", "1"), s.attrib' "$OUT/junit.xml"
}
