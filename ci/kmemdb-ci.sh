#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The step after a kernel build: measures the tree, compares it with the build
# that it comes from, holds it to its budgets, and leaves three files.
#
#   kmemdb-ci.sh [OPTION]... TREE
#
#   -o DIR               where the files go; default: kmemdb-ci
#   --db FILE            a database that stays: the build is added to it, and
#                        the base is looked for in it
#   --base-db FILE       a database that has earlier builds; it is only read
#   --base-dir DIR       a folder with the artefacts of earlier runs
#   --base-command CMD   prints the path of such an artefact; it gets the
#                        commits that could be the base, nearest first, a line
#                        each, on its standard input
#   --target REF         the branch or commit that the change is for; default:
#                        what GitHub, GitLab and Jenkins say in the
#                        environment, else the parent of what was built
#   --budgets FILE       default: kmemdb.budgets in the sources, where it is
#   --trace LOG          a trace of a boot of this kernel
#   --commit ID          as of kmemdb audit, where there is no git
#   --flavour NAME       one of several kernels of a commit: builds of other
#                        flavours are no base
#   --source DIR         the repository of the sources, where TREE does not lead
#                        to it
#   --message FILE       the change's message, where git does not have it
#
# The files: summary.md (for people, short enough for a comment on any forge),
# junit.xml (a test case for each limit), and kmemdb-FLAVOUR-COMMIT.db.gz (what
# the next run finds in --base-dir).
#
# Exit: 0 good, 4 a limit is broken, 2 usage, 3 trouble.  KMEMDB names no
# database here, but KMEMDB_PROGRAM may name the program.
set -u

LIMIT=60000      # bytes of the summary: forges cut at 65,536 characters
ROWS=10          # that are shown unfolded
MORE=40          # folded
HISTORY=5000     # commits that are looked through for a base

me=kmemdb-ci
say() { printf '%s: %s\n' "$me" "$*" >&2; }
fail() { say "$*"; exit 3; }
usage() { say "$*"; say "the head of $0 says how it is used"; exit 2; }
k() { "${KMEMDB_PROGRAM:-kmemdb}" "$@"; }

out=kmemdb-ci db='' base_db='' base_dir='' base_command='' target='' budgets=''
trace='' commit='' flavour='' source='' message='' tree=''
while [ $# -gt 0 ]; do
	case $1 in
	-o | --db | --base-db | --base-dir | --base-command | --target | --budgets | \
		--trace | --commit | --flavour | --source | --message)
		[ $# -gt 1 ] || usage "$1 needs a value"
		;;
	esac
	case $1 in
	-o) out=$2; shift ;;
	--db) db=$2; shift ;;
	--base-db) base_db=$2; shift ;;
	--base-dir) base_dir=$2; shift ;;
	--base-command) base_command=$2; shift ;;
	--target) target=$2; shift ;;
	--budgets) budgets=$2; shift ;;
	--trace) trace=$2; shift ;;
	--commit) commit=$2; shift ;;
	--flavour) flavour=$2; shift ;;
	--source) source=$2; shift ;;
	--message) message=$2; shift ;;
	-h | --help) sed -n '3,/^set -u/s/^# \{0,1\}//p' "$0"; exit 0 ;;
	-*) usage "unknown option '$1'" ;;
	*) [ -z "$tree" ] || usage "one tree, not '$tree' and '$1'"; tree=$1 ;;
	esac
	shift
done
[ -n "$tree" ] || usage "no tree named"
case $flavour in
*[!A-Za-z0-9._-]*) usage "a flavour is of letters, digits, '.', '_' and '-'" ;;
esac
k --version >/dev/null 2>&1 || fail "no program 'kmemdb' in PATH: KMEMDB_PROGRAM may name it"

unset KMEMDB
mkdir -p "$out" || fail "cannot make '$out'"
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM
notes=$work/notes
: >"$notes"
note() {
	say "$*"
	printf '%s\n' "$*" >>"$notes"
}

# ---- the history of the sources ----

given=$source
if [ -z "$source" ]; then
	source=$tree
	[ ! -e "$tree/source" ] || source=$tree/source
fi
g() { git -C "$source" -c core.fsmonitor=false "$@" 2>/dev/null; }

# The branch that a change is for, as the CI server says.
find_target() {
	[ -z "$target" ] || return 0
	if [ -n "${GITHUB_BASE_REF:-}" ]; then
		target=origin/$GITHUB_BASE_REF
	elif [ -n "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}" ]; then
		target=$CI_MERGE_REQUEST_DIFF_BASE_SHA
	elif [ -n "${CI_MERGE_REQUEST_TARGET_BRANCH_NAME:-}" ]; then
		target=origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME
	elif [ -n "${CHANGE_TARGET:-}" ]; then
		target=origin/$CHANGE_TARGET
	fi
}

# Commits that may be the base, nearest first, into $work/candidates: what is
# asked for of a folder or a command.  onto: what the base is to be an ancestor
# of, too.
onto=''
find_candidates() {
	: >"$work/candidates"
	head=$(g rev-parse --verify -q "${commit:-HEAD}^{commit}") || head=''
	# A repository that the sources merely lie in has another history.
	[ -n "$given" ] || [ -z "$head" ] || g cat-file -e "$head:./Makefile" || head=''
	if [ -z "$head" ]; then
		case $(LC_ALL=C git -C "$source" rev-parse 2>&1) in
		*dubious* | *safe.directory*) note "git does not trust the sources, which are somebody else's: 'git config --global --add safe.directory DIR' changes that" ;;
		esac
		note "no git history of the sources: which build this one comes from is not known but by time"
		return
	fi
	find_target
	start=''
	if [ -n "$target" ]; then
		start=$(g merge-base "$head" "$target") || start=''
		onto=$target
		# What is already in the branch it is for is compared with
		# what was there before it.
		[ "$start" != "$head" ] || start='' onto=''
	fi
	# A shallow clone names the parents of its commit, also where it does
	# not have them; the first one of a merge that a forge made for a
	# change is the branch it is for.
	if [ -z "$start" ]; then
		start=$(g cat-file -p "$head" | sed -n '/^$/q; s/^parent //p' | head -n 1)
		if [ -n "$onto" ]; then
			note "the merge base with $onto is not known, as in a shallow clone: the first parent stands in for it (fetch-depth: 0 brings it)"
			onto=''
		fi
	fi
	[ -n "$start" ] || return
	g rev-list -n "$HISTORY" "$start" >"$work/candidates"
	[ -s "$work/candidates" ] || printf '%s\n' "$start" >"$work/candidates"
}

# ---- the base's database ----

# take FILE: the builds of an artefact, into the database of this run.
take() {
	case $1 in
	*.gz) gzip -dc "$1" ;;
	*.zst) zstd -qdc "$1" ;;
	*.xz) xz -dc "$1" ;;
	*) cat "$1" ;;
	esac >"$work/taken.db" || return 1
	k merge -q --db "$db" "$work/taken.db" 2>"$work/merge" && return 0
	rm -f "$db"
	note "what the base's database says: $(tail -n 1 "$work/merge")"
	return 1
}

# Of the artefacts in a folder the one of the nearest commit.
from_folder() {
	prefix=kmemdb-${flavour:+$flavour-}
	bad=0
	while IFS= read -r id; do
		for file in "$base_dir/$prefix$id".db "$base_dir/$prefix$id".db.*; do
			if [ -f "$file" ]; then
				take "$file" && return 0
				note "'$file' cannot be used"
				# Of a program with another format, say: so are
				# the others.
				bad=$((bad + 1))
				[ "$bad" -lt 3 ] || return 1
			fi
		done
	done <"$work/candidates"
	note "no artefact of an earlier build in '$base_dir'"
}

from_command() {
	file=$(sh -c "$base_command" <"$work/candidates") ||
		{ note "the command for the base failed"; return; }
	[ -n "$file" ] || { note "the command for the base has none"; return; }
	[ -f "$file" ] || { note "the command for the base named '$file', which is no file"; return; }
	take "$file" || note "'$file' cannot be used"
}

prepare_database() {
	if [ -n "$db" ]; then
		return
	fi
	db=$work/build.db
	if [ -n "$base_db" ]; then
		if [ -f "$base_db" ]; then
			# Quicker than to merge; what an export made cannot be
			# written to, though.
			cp "$base_db" "$db" || fail "cannot copy '$base_db'"
		else
			note "no database '$base_db' yet"
		fi
	elif [ -n "$base_dir" ]; then
		from_folder
	elif [ -n "$base_command" ]; then
		from_command
	fi
}

# ask SQL: one value a line.
ask() { k sql --db "$db" --format tsv "$1" 2>>"$work/log" | tail -n +2; }

# ---- this build ----

audit() {
	set -- --db "$db" -q
	[ -z "$commit" ] || set -- "$@" --commit "$commit"
	[ -z "$flavour" ] || set -- "$@" --label "$flavour"
	k audit "$@" "$tree" 2>"$work/audit"
	status=$?
	if [ "$status" -gt 1 ] && [ -f "$db" ] && [ "$db" = "$work/build.db" ]; then
		rm -f "$db"
		[ -z "$base_db" ] || take "$base_db" || note "'$base_db' cannot be used"
		k audit "$@" "$tree" 2>"$work/audit"
		status=$?
	fi
	cat "$work/audit" >&2
	[ "$status" -le 1 ] || exit 3
	[ "$status" -eq 0 ] || note "the audit skipped something: the report skipped lists it"
	build=$(ask 'SELECT build FROM builds ORDER BY audited_ns DESC, build DESC LIMIT 1')
	[ -n "$build" ] || fail "the audit left no build in '$db'"
}

import_trace() {
	[ -n "$trace" ] || return 0
	k import --db "$db" -q --build "$build" "$trace" 2>"$work/import"
	status=$?
	cat "$work/import" >&2
	[ "$status" -le 1 ] || note "the trace could not be imported: $(tail -n 1 "$work/import")"
	[ "$status" -ne 1 ] || note "the trace was imported with something to say of it: the report coverage has it"
}

# kmemdb base knows the history that audits recorded.  Where they could not
# (another repository, --commit), git here may still name the ancestors.
find_base() {
	set -- --db "$db" --source "$source" --format tsv
	[ -z "$onto" ] || set -- "$@" --onto "$onto"
	base='' how='' first=''
	if [ "$(ask 'SELECT count(*) FROM builds')" = 1 ]; then
		note "no base: this is the first build that is known here"
		# Where there are others that are none, something is amiss.
		[ -n "$base_command" ] || [ -n "$(find "${base_dir:-/dev/null}" -name 'kmemdb-*.db*' 2>/dev/null | head -n 1)" ] || first=yes
		return
	fi
	if ! k base "$@" "$build" >"$work/base" 2>"$work/base-log"; then
		nearest_candidate || note "no base: $(sed -n '$s/^kmemdb: //p' "$work/base-log")"
		return
	fi
	# build, commit, commits between, why, in what it is unlike, label
	row=$(sed -n 2p "$work/base")
	field() { printf '%s\n' "$row" | cut -f "$1"; }
	case $(field 4) in
	none:* | *"by time"*) ! nearest_candidate || return 0 ;;
	esac
	base=$(field 1)
	if [ -z "$base" ]; then
		note "no base: $(field 4 | sed 's/^none: //')"
		return
	fi
	how="commit $(field 2 | cut -c 1-12), $(field 4)"
	case ,$(field 3), in
	,, | ,0,) ;;
	,1,) how="$how, 1 commit before${onto:+ it}" ;;
	*) how="$how, $(field 3) commits before${onto:+ it}" ;;
	esac
	if [ -n "$flavour" ] && [ "$(field 6)" != "$flavour" ]; then
		note "no base: the nearest build, of $how, is of another flavour"
		base='' how=''
	elif [ -n "$(field 5)" ]; then
		note "the base is unlike this build: $(field 5)"
	fi
}
nearest_candidate() {
	ask "SELECT o.commit_id || ' ' || o.build FROM builds AS o, builds AS b
	      WHERE b.build = $build AND o.build <> b.build AND o.arch IS b.arch
	        AND o.commit_id IS NOT NULL AND coalesce(o.dirty, 0) = 0
	        AND ('$flavour' = '' OR o.label = '$flavour')
	      ORDER BY o.config_hash IS b.config_hash DESC, o.audited_ns DESC" >"$work/audited"
	found=$(awk 'FNR == NR { if (!($1 in of)) of[$1] = $2; next }
		$1 in of { print of[$1], $1, FNR - 1; exit }' "$work/audited" "$work/candidates")
	[ -n "$found" ] || return 1
	base=${found%% *}
	found=${found#* }
	what="its parent"
	[ -z "$onto" ] || what="the merge base with $onto"
	how="commit $(printf '%.12s' "$found"), "
	if [ "${found#* }" -eq 0 ]; then
		how=$how$what
	else
		how="${how}the nearest built ancestor of $what, ${found#* } commits before it"
	fi
}

# ---- what is said ----

# section FILE NAME: of Markdown with several tables the one of that name.
section() { awk -v want="### $2:" '/^### / { on = index($0, want) == 1; next } on && /^[|]/' "$1"; }
rows_in() { grep -c '^|' "$1" || :; }

# Appends its input to the summary, where there is room.
left_out=0
append() {
	cat >"$work/piece"
	if [ $(($(wc -c <"$summary") + $(wc -c <"$work/piece"))) -gt "$LIMIT" ]; then
		left_out=$((left_out + 1))
		return
	fi
	cat "$work/piece" >>"$summary"
}
# unfolded TITLE FILE, folded TITLE FILE: a table with its heading; nothing
# where the file has no row.
unfolded() {
	[ "$(rows_in "$2")" -gt 2 ] || return 0
	{ printf '\n### %s\n\n' "$1"; cat "$2"; } | append
}
folded() {
	[ "$(rows_in "$2")" -gt 2 ] || return 0
	{ printf '\n<details><summary>%s</summary>\n\n' "$1"; cat "$2"; printf '\n</details>\n'; } | append
}

diff_by() { # WORD ROWS
	k diff --db "$db" "$base" "$build" --by "$1" --limit "$2" --format md >"$work/diff-$1" 2>>"$work/log" || return 1
	section "$work/diff-$1" "$1" >"$work/by-$1"
}
# Of a table of symbols the first rows whose change has the sign, with the two
# lines of the head.
signed() { # SIGN ROWS
	awk -F ' [|] ' -v less="$1" -v rows="$2" '
	NR <= 2 { print; next }
	!/^[|] [*][*]sum/ && ($5 ~ /^-/) == (less == "-") && n++ < rows'
}

run_check() {
	check_status=0
	: >"$work/check"
	if [ -z "$budgets" ] && [ -f "$source/kmemdb.budgets" ]; then
		budgets=$source/kmemdb.budgets
	fi
	if [ -z "$budgets" ]; then
		note "no budgets: 'kmemdb check --write' makes a first kmemdb.budgets"
		return
	fi
	set -- --db "$db" --budgets "$budgets" --source "$source"
	if [ -n "$base" ]; then set -- "$@" --base "$base"; else set -- "$@" --no-base; fi
	[ -z "$message" ] || set -- "$@" --message "$message"
	k check "$@" --format md --limit "$MORE" "$build" >"$work/check" 2>"$work/check-log"
	check_status=$?
	case $check_status in
	0 | 1 | 4) k check "$@" --format junit "$build" >"$out/junit.xml" 2>/dev/null ;;
	*) cat "$work/check-log" >&2; note "the check failed: $(tail -n 1 "$work/check-log")" ;;
	esac
}

# The one line that a reviewer needs.
verdict() {
	if [ -s "$work/check" ] && [ "$check_status" -ne 3 ]; then
		line=$(sed -n '1s/^\*\*kmemdb: \(.*\)\*\*$/\1/p' "$work/check")
	elif [ "$check_status" -gt 1 ]; then
		line="the budgets could not be checked"
	elif [ -z "$base" ]; then
		line="measured; there is nothing to compare with yet"
	else
		line=$(awk -F ' *[|] *' '$2 == "vmlinux" && $3 == "total" {
			if ($6 == 0) print "no action needed: vmlinux is as large as before"
			else print "vmlinux total " ($6 ~ /^-/ ? "" : "+") $6 " (" $7 ")" }' "$work/totals")
		[ -n "$line" ] || line="measured and compared"
	fi
	case $check_status in
	0) mark='✅' ;;
	1) mark='⚠️' ;;
	*) mark='❌' ;;
	esac
	case $line in
	*warning*) [ "$check_status" -ne 0 ] || mark='⚠️' ;;
	*"not judged"*) [ "$check_status" -ne 0 ] || [ -n "$first" ] || mark='⚠️' ;;
	esac
	printf '## %s kmemdb%s: %s\n\n' "$mark" "${flavour:+ ($flavour)}" "$line"
}

write_summary() {
	summary=$out/summary.md
	: >"$summary"
	: >"$work/totals"
	: >"$work/options"
	if [ -n "$base" ]; then
		for by in symbol branch object section link; do
			diff_by "$by" "$MORE" || fail "the builds cannot be compared: $(tail -n 1 "$work/log")"
		done
		section "$work/diff-branch" totals >"$work/totals"
		section "$work/diff-branch" options >"$work/options"
		section "$work/diff-branch" built >"$work/built"
	else
		k query images --db "$db" --build "$build" --limit "$MORE" --format md >"$work/images" 2>>"$work/log"
	fi
	verdict | append
	{
		if [ -n "$base" ]; then
			ask "SELECT 'Compared with build ' || build || coalesce(' (' || release || ')', '') || ': ' FROM builds WHERE build = $base" | tr -d '\n'
			printf '%s.\n' "$how"
		else
			echo "Without a base: growth was not judged."
		fi
		sed -n '/^Footprint: /p' "$work/check"
		sed 's/^/- /' "$notes"
	} | append
	section "$work/check" limits >"$work/limits"
	section "$work/check" symbols >"$work/symbols"
	section "$work/check" objects >"$work/objects"
	unfolded "What needs a word" "$work/limits"
	unfolded "Functions and variables that did it" "$work/symbols"
	folded "Objects that did it" "$work/objects"
	# Canned checks have sections of their own names.
	sed -n 's/^### \([^:]*\): .*/\1/p' "$work/check" | grep -vxE 'limits|symbols|objects' >"$work/canned"
	while IFS= read -r name; do
		section "$work/check" "$name" >"$work/one"
		folded "Check $name" "$work/one"
	done <"$work/canned"
	if [ -n "$base" ]; then
		unfolded "Totals" "$work/totals"
		signed + "$ROWS" <"$work/by-symbol" >"$work/grown"
		k diff --db "$db" "$base" "$build" --by symbol --order-by change:asc --limit "$ROWS" \
			--format md 2>>"$work/log" >"$work/diff-saved"
		section "$work/diff-saved" symbol | signed - $((ROWS / 2)) >"$work/saved"
		unfolded "What grew most" "$work/grown"
		unfolded "What shrank most" "$work/saved"
		if [ "$(rows_in "$work/options")" -gt 22 ]; then
			folded "Changed options" "$work/options"
		else
			unfolded "Changed options" "$work/options"
		fi
		folded "How the two were built" "$work/built"
		folded "By directory" "$work/by-branch"
		folded "By object" "$work/by-object"
		folded "By section" "$work/by-section"
		folded "What the link added and took" "$work/by-link"
		folded "More functions and variables" "$work/by-symbol"
	else
		unfolded "Images" "$work/images"
	fi
	if [ -n "$trace" ]; then
		k query waste --db "$db" --build "$build" --limit "$MORE" --format md >"$work/waste" 2>>"$work/log"
		k query coverage --db "$db" --build "$build" --format md >"$work/coverage" 2>>"$work/log"
		folded "Memory wasted at run time" "$work/waste"
		folded "How complete the trace is" "$work/coverage"
	fi
	[ "$left_out" -eq 0 ] ||
		printf '\n%d tables were left out: the database of this run has them.\n' "$left_out" >>"$summary"
}

write_artefact() {
	name=kmemdb-${flavour:+$flavour-}$(ask "SELECT coalesce(commit_id, 'build') FROM builds WHERE build = $build")
	k export -q --db "$db" --slim "$build" -o "$work/one.db" 2>>"$work/log" ||
		fail "cannot export the build: $(tail -n 1 "$work/log")"
	gzip -9c "$work/one.db" >"$out/$name.db.gz" || fail "cannot write '$out/$name.db.gz'"
}

find_candidates
prepare_database
audit
import_trace
find_base
run_check
write_summary
write_artefact
sed -n '1s/^## //p' "$summary"
[ -z "$base" ] || printf 'base: build %s, %s\n' "$base" "$how"
case $check_status in
0 | 1) exit 0 ;;
4) exit 4 ;;
*) exit 3 ;;
esac
