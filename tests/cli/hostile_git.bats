# What a .git that a stranger made can do to an audit: nothing but to leave
# the commit unknown, within seconds.
# shellcheck disable=SC2154 # bats sets what run gives

load common

setup() {
	common_setup
	tiny_tree
	repository "$T"
	OTHER=$BATS_TEST_TMPDIR/other
	mkdir "$OTHER"
	repository "$OTHER" 'secret of another repository'
}

# repository DIR [SUBJECT]
repository() {
	(
		cd "$1" || exit 1
		echo all: >Makefile
		git init -q .
		git config user.email a@example.org
		git config user.name A
		git add Makefile
		git commit -qm "${2:-a subject}"
	)
}

column() { sqlite3 "$KMEMDB" "SELECT $1 FROM build ORDER BY audited_ns DESC LIMIT 1"; }

# The commit is known and these are its other columns.
expect_commit() {
	"$K" audit -q "$@" "$T"
	[ "$(column commit_id)" = "$(git -C "$T" rev-parse HEAD)" ]
}

# expect_unknown WORDS: not known, in 8 seconds, and the words say why.
expect_unknown() {
	local from=${EPOCHREALTIME/./}
	run -0 timeout 30 "$K" audit --full "$T"
	[ $((${EPOCHREALTIME/./} - from)) -lt 8000000 ]
	echo "$output"
	[[ $output == *"$1"* ]]
	[ -z "$(column commit_id)" ]
	[[ $(column subject) != *secret* ]]
}

@test "the commit, its subject and whether it is clean" {
	expect_commit
	[ "$(column subject)" = 'a subject' ]
	[ "$(column dirty)" = 0 ]
	echo more >>"$T/Makefile"
	expect_commit --full
	[ "$(column dirty)" = 1 ]
}

@test "FIFOs in place of git's files" {
	rm "$T/.git/config"
	mkfifo "$T/.git/config"
	expect_unknown 'did not answer in 5 s'
	# The commit was read before it was stuck.
	rm "$T/.git/config"
	git init -q "$T" 2>/dev/null || :
	rm "$T/.git/index"
	mkfifo "$T/.git/index"
	run -0 "$K" audit --full "$T"
	[ "$(column commit_id)" = "$(git -C "$T" rev-parse HEAD)" ]
	[ -z "$(column dirty)" ]
	[[ $output == *'whether the sources differ from the commit is not known'* ]]
}

@test "files that have no end, and a commit that says 3 GB" {
	printf '[include]\n\tpath = /dev/zero\n' >>"$T/.git/config"
	# libgit2 passes over what is not a file; git itself would not end.
	timeout 8 "$K" audit -q --full "$T"
	truncate -s 20G "$T/.git/config"
	expect_unknown 'the commit is not known: git in'
	rm "$T/.git/config"
	git init -q "$T"
	python3 - "$T/.git" <<'PY'
import os, sys, zlib
git, oid = sys.argv[1], "ab" * 20
size = 3 << 30
z = zlib.compressobj(1)
os.makedirs(git + "/objects/ab")
with open(git + "/objects/ab/" + oid[2:], "wb") as f:
    f.write(z.compress(b"commit %d\0tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n" % size))
    for i in range(64):
        f.write(z.compress(bytes(1 << 20)))
    f.write(z.flush())
open(git + "/HEAD", "w").write(oid + "\n")
PY
	expect_unknown 'the commit is not known: git in'
}

@test "a .git that names a repository which does not name it back" {
	rm -rf "$T/.git"
	echo "gitdir: $OTHER/.git" >"$T/.git"
	expect_unknown 'names a repository that does not name it back'
	rm "$T/.git"
	ln -s "$OTHER/.git" "$T/.git"
	expect_unknown 'names a repository that does not name it back'
	# One of its own, with the commits of the other.
	rm "$T/.git"
	mkdir "$T/.git"
	cp "$OTHER/.git/HEAD" "$T/.git"
	echo "$OTHER/.git" >"$T/.git/commondir"
	expect_unknown 'names a repository that does not name it back'
	# A worktree's entry that the other repository does not have.
	mv "$T/.git" "$T/entry"
	echo "$T/.git" >"$T/entry/gitdir"
	echo "gitdir: $T/entry" >"$T/.git"
	expect_unknown 'names a repository that does not name it back'
	rm -r "$T/.git" "$T/entry"
	ln -s "$OTHER" "$T/source"
	expect_unknown ''
}

@test "worktrees, submodules and a source link to a kernel are meant" {
	local main=$BATS_TEST_TMPDIR/main
	mkdir "$main"
	repository "$main" 'of the worktree'
	git -C "$main" worktree add -q "$BATS_TEST_TMPDIR/wt"
	rm -rf "$T/.git"
	mv "$T"/* "$T"/.[a-z]* "$BATS_TEST_TMPDIR/wt"
	T=$BATS_TEST_TMPDIR/wt
	expect_commit
	[ "$(column subject)" = 'of the worktree' ]
	[ "$(column dirty)" = 0 ]
	# As git submodule has it.
	mv "$OTHER/.git" "$BATS_TEST_TMPDIR/modules"
	git config --file "$BATS_TEST_TMPDIR/modules/config" core.worktree "$T"
	echo "gitdir: ../modules" >"$T/.git"
	expect_commit --full
	[ "$(column subject)" = 'secret of another repository' ]
	# An O= tree.
	rm "$T/.git"
	touch "$main/Kbuild"
	git -C "$main" add Kbuild
	git -C "$main" commit -qm 'a kernel'
	ln -s "$main" "$T/source"
	"$K" audit -q --full "$T"
	[ "$(column subject)" = 'a kernel' ]
}

@test "a history that does not end, is not there, or is not what it says" {
	local parent; parent=$(git -C "$T" rev-parse HEAD)
	echo more >>"$T/Makefile"
	git -C "$T" commit -qam second
	local file=$T/.git/objects/${parent:0:2}/${parent:2}
	# A FIFO in place of a parent: the commit is known, its ancestors are not.
	mv -f "$file" "$T/kept"
	mkfifo "$file"
	local from=${EPOCHREALTIME/./}
	run -0 timeout 30 "$K" audit --full "$T"
	[ $((${EPOCHREALTIME/./} - from)) -lt 14000000 ]
	[[ $output == *'the history of the commit is not known, or not all of it: git in it did not answer in 5 s'* ]]
	[ "$(column commit_id)" = "$(git -C "$T" rev-parse HEAD)" ]
	# Nothing there, then another object in its place.
	rm "$file"
	"$K" audit -q --full "$T"
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM commit_parents; SELECT why FROM commit_cut' | xargs)" = '1 1' ]
	cp "$T/.git/objects/$(git -C "$T" rev-parse HEAD:Makefile | sed 's,^..,&/,')" "$file"
	"$K" audit -q --full "$T"
	rm -f "$file"
	mv "$T/kept" "$file"
	"$K" audit -q --full "$T"
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM commit_parents; SELECT why FROM commit_cut' | xargs)" = 2 ]
	"$K" log >/dev/null
}

@test "a commit of ten thousand parents, and a database whose history is a circle" {
	python3 - "$T" <<-'END'
		import hashlib, os, subprocess, sys, zlib
		git = sys.argv[1] + "/.git"
		tree = subprocess.check_output(["git", "-C", sys.argv[1], "rev-parse", "HEAD^{tree}"], text=True).strip()
		body = "tree " + tree + "\n" + "".join("parent %040x\n" % i for i in range(1, 10001))
		body += "author A <a@example.org> 1 +0000\ncommitter A <a@example.org> 1 +0000\n\nmany\n"
		data = b"commit %d\0" % len(body) + body.encode()
		name = hashlib.sha1(data).hexdigest()
		os.makedirs(git + "/objects/" + name[:2], exist_ok=True)
		open(git + "/objects/" + name[:2] + "/" + name[2:], "wb").write(zlib.compress(data))
		open(git + "/HEAD", "w").write(name + "\n")
	END
	timeout 20 "$K" audit -q "$T"
	[ "$(column subject)" = many ]
	for i in 1 2 3; do
		"$K" audit -q --label "l$i" --commit "000000000000000$i" "$T"
	done
	sqlite3 "$KMEMDB" 'INSERT INTO commit_parent VALUES (1, 0, 2), (2, 0, 3), (3, 0, 1), (3, 1, 3), (2, 1, NULL), (4, 3, 1)'
	for words in log 'blame fs' 'blame f_open' 'base l1' 'base l1 --onto l2' 'query history'; do
		# shellcheck disable=SC2086 # words
		timeout 20 "$K" $words >/dev/null
	done
	[ "$("$K" log --format tsv | wc -l)" = 5 ]
}
