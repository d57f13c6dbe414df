# For the tests of the step after a build: a tiny tree with a history in git.
# shellcheck disable=SC2034,SC2154 # the tests use what is set here, bats sets the rest

ci_setup() {
	common_setup
	unset KMEMDB GITHUB_BASE_REF CI_MERGE_REQUEST_DIFF_BASE_SHA CI_MERGE_REQUEST_TARGET_BRANCH_NAME CHANGE_TARGET
	export KMEMDB_PROGRAM=$K
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
	export GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/gitconfig GIT_CONFIG_NOSYSTEM=1
	STEP=$ROOT/ci/kmemdb-ci.sh OUT=$BATS_TEST_TMPDIR/out KEPT=$BATS_TEST_TMPDIR/kept
	mkdir -p "$KEPT"
}

# function NAME BYTES
function_of() {
	printf '.text\n.globl %s\n.type %s,@function\n%s: .skip %d,0x90\n.size %s,%d\n' "$1" "$1" "$1" "$2" "$1" "$2"
}
# grow BYTES: fs/open.o has a function open_it of so many bytes, and vmlinux is
# linked anew.
grow() {
	{ function_of stays 64; function_of open_it "$1"; } | gcc -x assembler -c - -o "$T/fs/open.o"
	(cd "$T" && ld -e 0 -o vmlinux --whole-archive vmlinux.a)
}
# The tree in a repository, whose first commit has a budget.
repository() {
	tiny_tree 2>/dev/null
	git -C "$T" init -q -b main
	printf '%s\n' "$@" >"$T/kmemdb.budgets"
	echo 1 >"$T/Makefile"
	printf '*.o\n*.a\n*.ko\n*.cmd\n*.mod\nvmlinux\nmodules.order\n.config\ninclude\n' >"$T/.gitignore"
	git -C "$T" add -A
	grow 100
	git -C "$T" commit -q -m 'First'
}
# commit BYTES MESSAGE: open_it gets another size.
commit() {
	grow "$1"
	echo "$1 $2" >>"$T/Makefile"
	git -C "$T" commit -q -am "$2"
}
id() { git -C "$T" rev-parse "${1:-HEAD}"; }
# step OPTION...: as run by bats; its artefact is kept for later runs.
step() {
	rm -rf "$OUT"
	run --separate-stderr "$STEP" -o "$OUT" "$@" "$T"
	echo "$output"
	echo "$stderr"
	[ ! -d "$OUT" ] || find "$OUT" -name '*.db.gz' -exec cp {} "$KEPT" \;
}
summary() { cat "$OUT/summary.md"; }
