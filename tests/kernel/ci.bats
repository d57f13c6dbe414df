#!/usr/bin/env bats
# The step after a build over a real history (tests/kernel/history), from an
# empty machine's state: what each commit cost as binutils has it, the commit
# that breaks a budget, and the one that a trailer excuses.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	local status=0
	export HISTORY STEPS
	HISTORY=$(tests/kernel/history.sh) || status=$?
	[ "$status" -ne 77 ] || SKIP="the history cannot be built here"
	[ -z "$SKIP" ] || return 0
	[ "$status" -eq 0 ] || return
	STEPS=$(cd "$HISTORY" && echo [0-9]*)
}

setup() {
	kernel_setup
	R=$BATS_TEST_TMPDIR/repo OUT=$BATS_TEST_TMPDIR/out KEPT=$BATS_TEST_TMPDIR/kept
	unset KMEMDB GITHUB_BASE_REF CI_MERGE_REQUEST_DIFF_BASE_SHA CI_MERGE_REQUEST_TARGET_BRANCH_NAME CHANGE_TARGET
	export KMEMDB_PROGRAM=$PWD/$B/kmemdb
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
	export GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/gitconfig GIT_CONFIG_NOSYSTEM=1
	mkdir -p "$KEPT"
	git init -q -b main "$R"
	printf '%s\n' 'branch fs total +1K' 'branch net total +1K' 'branch kernel total +1K' 'branch drivers total +1K' \
		'branch crypto total +1K' 'image vmlinux total +64K' 'quiet 64' 'saving 1M' >"$R/kmemdb.budgets"
}

# commit NAME [TRAILER]: of the sources that tree NAME was built from.
commit() {
	echo "$1" >>"$R/Makefile"
	git -C "$R" add -A
	git -C "$R" commit -q -m "$1${2:+

Footprint: $2}"
}
step() { # NAME OPTION...
	rm -rf "$OUT"
	run --separate-stderr ci/kmemdb-ci.sh -o "$OUT" --source "$R" --commit "$(git -C "$R" rev-parse HEAD)" "${@:2}" "$HISTORY/$1"
	echo "$1: $output"
	echo "$stderr"
	[ -d "$OUT" ] && cp "$OUT"/*.db.gz "$KEPT"
}
# of NAME BRANCH: bytes of its objects, as size has them.
of() { (cd "$HISTORY/$1" && ar t vmlinux.a | grep "^$2/" | xargs size) | awk '$1 != "text" { s += $4 } END { print s + 0 }'; }

@test "each commit's growth is that of size; the one that breaks a budget is named" {
	local before='' name branch over broken=''
	for name in $STEPS; do
		commit "$name"
		step "$name" --base-dir "$KEPT"
		over=''
		if [ -n "$before" ]; then
			[[ $output == *"commit $(git -C "$R" rev-parse --short=12 HEAD^), its parent"* ]]
			for branch in fs net kernel drivers crypto; do
				[ $(($(of "$name" "$branch") - $(of "$before" "$branch"))) -le 1024 ] || over="$over $branch"
			done
		fi
		# Broken exactly where size says so.
		if [ -n "$over" ]; then
			broken=$broken${broken:+ }$name
			[ "$status" -eq 4 ]
			for branch in $over; do
				grep -q "^| broken | branch $branch | total | +1K | .* $(($(of "$name" "$branch") - $(of "$before" "$branch") - 1024)) " "$OUT/summary.md" ||
					grep -q "^| broken | branch $branch | total | +1K | .*K |" "$OUT/summary.md"
			done
		else
			[ "$status" -eq 0 ]
			! grep -q '^| broken ' "$OUT/summary.md"
		fi
		[ "$(wc -c <"$OUT/summary.md")" -lt 65536 ]
		# As small as it is meant to be by xz or zstd; gzip is everywhere.
		[ "$(gzip -dc "$OUT"/*.db.gz | xz -c | wc -c)" -lt 1700000 ]
		[ "$(stat -c %s "$OUT"/*.db.gz)" -lt 2400000 ]
		before=$name
	done
	[[ $broken == *08-option* ]]
	# A comment in a header is a change of nothing.
	! grep -q 'What grew\|What shrank' "$OUT/summary.md"
}

@test "the numbers of the limits are those of size, to the byte" {
	local db=$BATS_TEST_TMPDIR/all.db name before='' branch
	for name in 07-alloc 08-option; do
		commit "$name"
		step "$name" --db "$db"
	done
	for branch in fs net kernel drivers crypto; do
		printf '%s\t%s\t%s\n' "branch $branch" "$(of 07-alloc "$branch")" "$(of 08-option "$branch")"
	done | LC_ALL=C sort >"$BATS_TEST_TMPDIR/size"
	printf 'image vmlinux\t%s\t%s\n' "$(size "$HISTORY/07-alloc/vmlinux" | awk 'NR == 2 { print $4 }')" \
		"$(size "$HISTORY/08-option/vmlinux" | awk 'NR == 2 { print $4 }')" >>"$BATS_TEST_TMPDIR/size"
	diff "$BATS_TEST_TMPDIR/size" <("$B/kmemdb" check --db "$db" --budgets "$R/kmemdb.budgets" --base 1 2 --format tsv |
		tail -n +2 | cut -f 2,5,6 | LC_ALL=C sort)
	# What the boot loader gets, and what boot frees.
	printf 'image vmlinux compressed %s\n' 1K >"$BATS_TEST_TMPDIR/b"
	run --separate-stderr "$B/kmemdb" check --db "$db" --budgets "$BATS_TEST_TMPDIR/b" 2 --base 1 --format tsv
	[ "$status" -eq 4 ]
	[ "$(echo "$output" | tail -n 1 | cut -f 5,6)" = "$(stat -c %s "$HISTORY/07-alloc/arch/x86/boot/bzImage")	$(stat -c %s "$HISTORY/08-option/arch/x86/boot/bzImage")" ]
}

@test "with the trailer the same commit passes, and says why" {
	commit 07-alloc
	step 07-alloc --base-dir "$KEPT"
	commit 08-option 'extended attributes for ext2'
	step 08-option --base-dir "$KEPT"
	[ "$status" -eq 0 ]
	[[ $output == "✅ kmemdb: "*"1 known growth excused"* ]]
	grep -q 'extended attributes for ext2' "$OUT/summary.md"
	grep -q '| CONFIG_EXT2_FS_XATTR | n | y |' "$OUT/summary.md"
}
