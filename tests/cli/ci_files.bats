#!/usr/bin/env bats
# The ready files of ci/: each parsed by a tool of its own, and the scripts in
# them run step by step, with stand-ins for the servers alone.

load common
load ci_common

setup() {
	ci_setup
	export GH=$BATS_TEST_TMPDIR/gh BIN=$BATS_TEST_TMPDIR/bin
	mkdir -p "$GH" "$BIN"
	ln -s "$K" "$BIN/kmemdb"
	ln -s "$STEP" "$BIN/kmemdb-ci.sh"
	ln -s "$ROOT/tests/cli/ci_gh.sh" "$BIN/gh"
	# The kernel is there already, and so are the packages.
	printf '#!/bin/sh\nexit 0\n' | tee "$BIN/apt-get" >"$BIN/make"
	chmod +x "$BIN/apt-get" "$BIN/make"
	unset KMEMDB_PROGRAM
	export PATH=$BIN:$PATH
	export GITHUB_REPOSITORY=o/r GITHUB_WORKSPACE=$BATS_TEST_TMPDIR/ws GITHUB_STEP_SUMMARY=$BATS_TEST_TMPDIR/step-summary GITHUB_ENV=$BATS_TEST_TMPDIR/step-env
	mkdir -p "$GITHUB_WORKSPACE"
}

steps() { python3 "$ROOT/tests/cli/ci_steps.py" "$@"; }
# github FILE JOB STEP: runs the step as the server does.
github() {
	steps github "$ROOT/ci/github/$1" "$2" "$3" >"$BATS_TEST_TMPDIR/step.sh"
	run --separate-stderr bash -c 'cd "$GITHUB_WORKSPACE" && bash -e -o pipefail "$1"' _ "$BATS_TEST_TMPDIR/step.sh"
	echo "$output"
	echo "$stderr"
}
# archive FILE.zip FILE...
archive() { python3 -c '
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
    for f in sys.argv[2:]:
        z.write(f, os.path.basename(f))' "$@"; }

@test "YAML is good YAML, and shell good shell" {
	cat >"$BATS_TEST_TMPDIR/rules" <<-END
		extends: default
		rules:
		  line-length: disable
		  document-start: disable
		  comments-indentation: disable
		  truthy: {check-keys: false}
	END
	yamllint -s -c "$BATS_TEST_TMPDIR/rules" ci/github ci/gitlab-ci.yml
	shellcheck ci/kmemdb-ci.sh
	for file in kernel:footprint comment:comment; do
		steps github "ci/github/${file%:*}.yml" "${file#*:}" | while read -r name; do
			steps github "ci/github/${file%:*}.yml" "${file#*:}" "$name" | shellcheck -s bash -
		done
	done
	for part in before_script script; do
		steps gitlab ci/gitlab-ci.yml footprint "$part" | shellcheck -s sh -
	done
	# What Yocto runs as a shell function.
	sed -n '/^do_kmemdb()/,/^}/p' ci/yocto/kmemdb.bbclass | sed 's/^do_kmemdb() {/#!\/bin\/sh\nT() {/; $a T' | shellcheck -e SC2050,SC2154 -
}

@test "GitHub: the job that builds may write nothing, the one that comments builds nothing" {
	[ "$(steps permissions ci/github/kernel.yml)" = "$(printf 'contents: read\nactions: read')" ]
	[ "$(steps permissions ci/github/comment.yml)" = "$(printf 'actions: read\npull-requests: write')" ]
	! grep -q 'actions/checkout' ci/github/comment.yml
	! grep -q 'pull_request_target' ci/github/*.yml
	# No expression is put into a script: what a stranger wrote would be run.
	for file in kernel:footprint comment:comment; do
		steps github "ci/github/${file%:*}.yml" "${file#*:}" | while read -r name; do
			! steps github "ci/github/${file%:*}.yml" "${file#*:}" "$name" | grep -F '${{'
		done
	done
}

@test "GitHub: step by step, from a push to the comment of a pull request" {
	repository "branch fs text +50"
	export KBUILD_OUTPUT=$T
	github kernel.yml footprint Packages
	[ "$status" -eq 0 ]
	[ "$(cat "$GITHUB_ENV")" = "KBUILD_OUTPUT=$GITHUB_WORKSPACE/out" ]
	github kernel.yml footprint kmemdb
	[ "$status" -eq 0 ]
	github kernel.yml footprint Build
	[ "$status" -eq 0 ]
	echo '{"artifacts": []}' >"$GH/repos_o_r_actions_artifacts_per_page_100.json"
	github kernel.yml footprint Footprint
	[ "$status" -eq 0 ]
	base=$(id)
	archive "$GH/repos_o_r_actions_artifacts_7_zip" "$GITHUB_WORKSPACE"/kmemdb-ci/kmemdb-"$base".db.gz
	# A stranger's run has an artefact of that name, too, and a newer one.
	jq -n --arg base "$base" '{artifacts: [
		{name: ("kmemdb-" + $base), id: 8, expired: false, workflow_run: {head_sha: $base, repository_id: 1, head_repository_id: 2}},
		{name: ("kmemdb-" + $base), id: 9, expired: true, workflow_run: {head_sha: $base, repository_id: 1, head_repository_id: 1}},
		{name: "kmemdb-summary", id: 6, expired: false, workflow_run: {head_sha: $base, repository_id: 1, head_repository_id: 1}},
		{name: ("kmemdb-" + $base), id: 7, expired: false, workflow_run: {head_sha: $base, repository_id: 1, head_repository_id: 1}}]}' \
		>"$GH/repos_o_r_actions_artifacts_per_page_100.json"
	commit 500 'Thanks to @everybody'
	rm -rf "$GITHUB_WORKSPACE/kmemdb-ci"
	github kernel.yml footprint Footprint
	[ "$status" -eq 4 ]
	[[ $output == *"base: build 1, commit ${base:0:12}, the nearest built ancestor"* ]]
	github kernel.yml footprint Summary
	[ "$status" -eq 0 ]
	cmp "$GITHUB_STEP_SUMMARY" "$GITHUB_WORKSPACE/kmemdb-ci/summary.md"

	# The second workflow, with what the first one uploaded.
	export RUN=33
	SHA=$(id)
	export SHA
	echo 'Hello @everybody' >>"$GITHUB_WORKSPACE/kmemdb-ci/summary.md"
	archive "$GH/repos_o_r_actions_artifacts_12_zip" "$GITHUB_WORKSPACE/kmemdb-ci/summary.md" "$GITHUB_WORKSPACE/kmemdb-ci/junit.xml"
	echo '{"artifacts": [{"name": "kmemdb-summary", "id": 12}]}' >"$GH/repos_o_r_actions_runs_33_artifacts.json"
	echo '[{"number": 3, "state": "closed"}, {"number": 5, "state": "open"}]' >"$GH/repos_o_r_commits_${SHA}_pulls.json"
	echo '[{"id": 70, "user": {"type": "User"}, "body": "<!-- kmemdb -->"}]' >"$GH/repos_o_r_issues_5_comments.json"
	github comment.yml comment Fetch
	[ "$status" -eq 0 ]
	github comment.yml comment Comment
	[ "$status" -eq 0 ]
	[ "$(head -n 2 "$GH/posted")" = "POST repos/o/r/issues/5/comments
<!-- kmemdb -->" ]
	grep -q '❌ kmemdb: broken: branch fs text grew by' "$GH/posted"
	! grep -q '@everybody' "$GH/posted"
	# The next run rewrites its own comment.
	echo '[{"id": 70, "user": {"type": "User"}, "body": "<!-- kmemdb -->"}, {"id": 71, "user": {"type": "Bot"}, "body": "<!-- kmemdb -->\nold"}]' >"$GH/repos_o_r_issues_5_comments.json"
	rm "$GH/posted"
	github comment.yml comment Comment
	[ "$(head -n 1 "$GH/posted")" = "PATCH repos/o/r/issues/comments/71" ]
	# No pull request, no summary: nothing is written.
	rm "$GH/posted"
	echo '[]' >"$GH/repos_o_r_commits_${SHA}_pulls.json"
	github comment.yml comment Comment
	[ "$status" -eq 0 ]
	[ ! -e "$GH/posted" ]
	rm "$GITHUB_WORKSPACE/body.md"
	echo '{"artifacts": []}' >"$GH/repos_o_r_actions_runs_33_artifacts.json"
	github comment.yml comment Fetch
	[ "$status" -eq 0 ]
	github comment.yml comment Comment
	[ "$status" -eq 0 ]
	[ ! -e "$GH/posted" ]
}

@test "GitLab: the scripts, over two pipelines that share the cache" {
	repository "branch fs text +50"
	export KBUILD_OUTPUT=$T CI_PROJECT_DIR=$BATS_TEST_TMPDIR/project
	mkdir -p "$CI_PROJECT_DIR"
	for part in before_script script; do
		steps gitlab "$ROOT/ci/gitlab-ci.yml" footprint "$part" >"$BATS_TEST_TMPDIR/$part.sh"
	done
	pipeline() { run --separate-stderr bash -c 'cd "$CI_PROJECT_DIR" && cat "$1"/before_script.sh "$1"/script.sh | bash -e -o pipefail' _ "$BATS_TEST_TMPDIR"; echo "$output"; echo "$stderr"; }
	pipeline
	[ "$status" -eq 0 ]
	base=$(id)
	[ -f "$CI_PROJECT_DIR/kmemdb-earlier/kmemdb-$base.db.gz" ]
	git -C "$T" checkout -q -b topic
	commit 500 'More'
	rm -rf "$CI_PROJECT_DIR/kmemdb-ci"
	export CI_MERGE_REQUEST_DIFF_BASE_SHA=$base
	pipeline
	[ "$status" -eq 4 ]
	[[ $output == *"commit ${base:0:12}, the merge base with '$base'"* ]]
	python3 -c 'import sys, xml.etree.ElementTree as et; assert et.parse(sys.argv[1]).getroot().get("failures") == "1"' "$CI_PROJECT_DIR/kmemdb-ci/junit.xml"
	# The cache has an end.
	for i in $(seq 120); do touch -d "2000-01-01 $i minutes" "$CI_PROJECT_DIR/kmemdb-earlier/kmemdb-$i.db.gz"; done
	pipeline
	[ "$(ls "$CI_PROJECT_DIR/kmemdb-earlier" | wc -l)" -eq 100 ]
	[ -f "$CI_PROJECT_DIR/kmemdb-earlier/kmemdb-$base.db.gz" ]
}

@test "Jenkins: the shell of the pipeline, for a branch and for a change" {
	repository "branch fs text +50"
	export KBUILD_OUTPUT=$T KMEMDB_DB=$BATS_TEST_TMPDIR/jenkins.db
	awk "/sh '''/ { on = ++n; next } /'''/ { on = 0 } on == 2" "$ROOT/ci/Jenkinsfile" >"$BATS_TEST_TMPDIR/footprint.sh"
	shellcheck -s sh "$BATS_TEST_TMPDIR/footprint.sh"
	cd "$GITHUB_WORKSPACE"
	sh -e "$BATS_TEST_TMPDIR/footprint.sh"
	commit 500 'More'
	CHANGE_ID=4 CHANGE_TARGET=main run sh -e "$BATS_TEST_TMPDIR/footprint.sh"
	[ "$status" -eq 4 ]
	# A change leaves the database as it was.
	[ "$(kmemdb sql --db "$KMEMDB_DB" --format csv 'SELECT count(*) FROM builds' | tail -n 1)" -eq 1 ]
	run sh -e "$BATS_TEST_TMPDIR/footprint.sh"
	[ "$status" -eq 4 ]
	[ "$(kmemdb sql --db "$KMEMDB_DB" --format csv 'SELECT count(*) FROM builds' | tail -n 1)" -eq 2 ]
	python3 - "$ROOT/ci/Jenkinsfile" <<-'END'
		import sys
		text = open(sys.argv[1]).read()
		assert text.count("{") == text.count("}") and text.count("'''") % 2 == 0
	END
}

@test "make, Kbuild, Buildroot and Yocto" {
	rm "$BIN/make"
	repository "branch fs text +50"
	cd "$GITHUB_WORKSPACE"
	make -s -f "$ROOT/ci/kmemdb.mk" TREE="$T" footprint
	[ -f kmemdb-ci/summary.md ]
	make -s -f "$ROOT/ci/kmemdb.mk" TREE="$T" footprint-write
	grep -q '^branch fs total' kmemdb.budgets
	rm kmemdb.budgets
	commit 500 'More'
	run make -s -f "$ROOT/ci/kmemdb.mk" TREE="$T" footprint
	[ "$status" -ne 0 ]
	[[ $output == *"broken: branch fs text"*"Error 4"* ]]
	# Kbuild's variables are those of a kernel's top Makefile.
	printf 'srctree := %s\nobjtree := %s\nQ := @\nall:\nvmlinux:\ninclude %s\n.PHONY: $(PHONY)\n' "$T" "$T" "$ROOT/ci/kbuild/Makefile.kmemdb" >Makefile
	make footprint
	[ -f "$T/kmemdb-ci/summary.md" ]
	# Buildroot runs a hook as a recipe.
	printf 'BASE_DIR := %s/br\nBINARIES_DIR := $(BASE_DIR)/images\nLINUX_DIR := %s\nLINUX_VERSION := "6.1.1"\nqstrip = $(subst ",,$(1))\ninclude %s\nall:\n\t$(call $(LINUX_POST_BUILD_HOOKS))\n' \
		"$PWD" "$T" "$ROOT/ci/buildroot/external.mk" >Makefile
	make all
	[ -f br/images/kmemdb/summary.md ]
	# BitBake puts values in the place of ${...} and runs the rest by sh.
	for fatal in 1 0; do
		sed -n '/^do_kmemdb()/,/^}/p' "$ROOT/ci/yocto/kmemdb.bbclass" |
			sed "s|\${KMEMDB_DB}|$PWD/y/k.db|g; s|\${KMEMDB_OUT}|$PWD/y/out|g; s|\${KMEMDB_BUDGETS}|$T/kmemdb.budgets|g; s|\${KMEMDB_FATAL}|$fatal|g; s|\${[SB]}|$T|g" >do_kmemdb.sh
		printf 'bbwarn() { echo "WARN: $*"; }\nbbfatal() { echo "FATAL: $*"; exit 1; }\ndo_kmemdb\n' >>do_kmemdb.sh
		rm -rf y
		commit "$((600 + fatal))" "Base of $fatal"
		sh -e do_kmemdb.sh
		commit "$((1600 + fatal))" "More of $fatal"
		run sh -e do_kmemdb.sh
		echo "$output"
		if [ "$fatal" = 1 ]; then
			[ "$status" -eq 1 ]
			[[ $output == *"FATAL: kmemdb: ended with 4"* ]]
		else
			[ "$status" -eq 0 ]
			[[ $output == *"WARN: kmemdb: a limit is broken"* ]]
		fi
	done
}
