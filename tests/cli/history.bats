#!/usr/bin/env bats
# kmemdb log, base and blame along a history of git: against git log,
# git merge-base and git rev-list.
# shellcheck disable=SC2154 # bats sets what run gives

load common

setup() {
	common_setup
	J=$BATS_TEST_DIRNAME/history.py
}

# A tree that git knows: its Makefile alone.
git_tree() {
	tiny_tree
	git -C "$T" init -q -b main .
	git -C "$T" config user.email a@example.org
	git -C "$T" config user.name A
	echo all: >"$T/Makefile"
	git -C "$T" add Makefile
	tick
	git -C "$T" commit -qm root
}
# Every commit has a minute of its own.
tick() {
	NOW=$((${NOW:-1700000000} + 60))
	export GIT_AUTHOR_DATE="$NOW +0000" GIT_COMMITTER_DATE="$NOW +0000"
}
# commit SUBJECT: of a changed Makefile.
commit() {
	tick
	echo "# $1" >>"$T/Makefile"
	git -C "$T" commit -qam "$1"
}
# build BYTES [WORD...]: fs/open.o has so many bytes of text, and is audited.
build() {
	obj fs/open.o "$1" 20 2
	"$K" audit -q "${@:2}" "$T"
}
rev() { git -C "$T" rev-parse "${1:-HEAD}"; }
tsv() { "$K" "$@" --format tsv 2>/dev/null | tail -n +2; }
# rows of log: subject, size, change and note
short_log() { tsv log --branch fs/open.o "$@" | cut -f 3,4,5,7; }

@test "log follows the graph: branch, merge and rebase, whatever was audited first" {
	git_tree
	build 200
	commit two; commit three
	git -C "$T" branch feature
	git -C "$T" branch topic HEAD~1
	commit four
	local four; four=$(rev)
	git -C "$T" checkout -q feature
	commit f1; commit f2
	local f2; f2=$(rev)
	# The newest first: the merge, then what it was made of.
	git -C "$T" checkout -q main
	tick; git -C "$T" merge -q -X ours -m 'merge feature' feature
	build 240
	git -C "$T" checkout -q "$f2"
	build 230
	git -C "$T" checkout -q "$four"
	build 210
	# A branch of one commit, and what it became.
	git -C "$T" checkout -q topic
	commit topic; build 500
	tick; git -C "$T" rebase -q -X theirs main
	build 540
	short_log >"$BATS_TEST_TMPDIR/log"
	cat "$BATS_TEST_TMPDIR/log"
	LC_ALL=C sort "$BATS_TEST_TMPDIR/log" | diff - <(LC_ALL=C sort <<-END
		topic	562	300	
		topic	522	300	
		merge feature	262	30	merge
		f2	252	30	
		four	232	10	
		root	222		
	END
	)
	# Of the two called topic the rebased one is newer, and the root is last.
	[ "$(head -n 1 "$BATS_TEST_TMPDIR/log")" = 'topic	562	300	' ]
	[ "$(tail -n 1 "$BATS_TEST_TMPDIR/log" | cut -f 1)" = root ]
	# It is the graph of the commits, in the database alone.
	rm -rf "$T"
	short_log | diff - "$BATS_TEST_TMPDIR/log"
}

@test "log and base of a history made by chance are git's" {
	git_tree
	seed_moments
	local seed=$SEED
	mapfile -t commits < <(python3 "$J" graph "$T" 90 "$seed")
	[ "${#commits[@]}" -eq 90 ]
	mapfile -t built < <(printf '%s\n' "${commits[@]}" | shuf -n 30 --random-source=<(yes "$seed"))
	for c in "${built[@]}"; do "$K" audit -q --commit "$c" "$T"; done
	tsv log >/dev/null
	"$K" log --format tsv | python3 "$J" log "$T"
	for i in 1 2 3 4 5 6 7 8; do
		local a=${built[i]} b=${built[-i]}
		"$K" base "$a" --onto "$b" --format tsv | python3 "$J" base "$T" "$a" "$b" "${built[*]}"
		# Neither need have been built, nor be known.
		a=${commits[-i]} b=${commits[RANDOM % 90]}
		"$K" base "$a" --onto "$b" --format tsv | python3 "$J" base "$T" "$a" "$b" "${built[*]}"
	done
	mv "$T/.git" "$T/.gone"
	"$K" log --format tsv >"$BATS_TEST_TMPDIR/log"
	mv "$T/.gone" "$T/.git"
	python3 "$J" log "$T" <"$BATS_TEST_TMPDIR/log"
}

@test "base: the merge base is named, not the branch's tip" {
	git_tree
	build 200
	local root; root=$(rev)
	git -C "$T" checkout -qb feature
	commit f1
	git -C "$T" checkout -q main
	commit two; build 900
	git -C "$T" checkout -q feature
	build 210
	run -0 tsv base --onto main
	[ "$(echo "$output" | cut -f 1-4)" = "1	$root	0	the merge base with 'main'" ]
	# A forge's merge of the two: what it is merged into comes first.
	git -C "$T" checkout -q main
	local tip; tip=$(rev)
	tick; git -C "$T" merge -q -X ours -m 'merge of a forge' feature
	build 910
	run -0 tsv base
	[ "$(echo "$output" | cut -f 1-4)" = "2	$tip	1	the nearest built ancestor, along first parents" ]
	run -0 tsv base --onto "$tip"
	[ "$(echo "$output" | cut -f 1-3)" = "2	$tip	0" ]
	# A commit that was not built.
	commit three
	run -0 tsv base "$(rev)"
	[ "$(echo "$output" | cut -f 1-3)" = "4	$(rev HEAD~1)	1" ]
	# What there is not.
	run -0 tsv base "$root"
	[ "$(echo "$output" | cut -f 1,4)" = "	none: no ancestor of it was built" ]
	run -2 "$K" base nonsense
	run -2 "$K" base --onto nonsense
	git -C "$T" checkout -q --orphan other
	git -C "$T" commit -qam 'another root'
	run -0 tsv base --onto other
	[[ $output == *"none: no merge base with 'other': they have no common ancestor"* ]]
}

@test "without a checkout the base is the build before, of its kind, and it is said why" {
	tiny_tree
	"$K" audit -q --label one "$T"
	run -0 tsv base one
	[ "$(echo "$output" | cut -f 1,4)" = "	none: no build before it is of its kind, and no history of its commit is known" ]
	"$K" audit -q --label two "$T"
	run -0 tsv base two
	[ "$(echo "$output" | cut -f 1,4)" = "1	the build before it by time: no history of its commit is known" ]
	sed -i 's/x86/arm/' "$T/.config"
	"$K" audit -q --label three "$T"
	run -0 tsv base three
	[[ $output == *"none: no build before it is of its kind"* ]]
}

@test "shallow clones: what the commit itself names, and no merge base" {
	git_tree
	commit two
	build 200
	local two; two=$(rev)
	commit three; commit four
	local main=$T
	# Of one commit: its parent is known, but nothing before that.
	git clone -q --depth 1 "file://$T" "$BATS_TEST_TMPDIR/shallow"
	T=$BATS_TEST_TMPDIR/shallow
	[ "$(git -C "$T" rev-list --count HEAD)" = 1 ]
	cp -r "$main"/{vmlinux,vmlinux.a,init,fs,fsx,drivers,modules.order,.config,include} "$T"
	build 250
	run -0 tsv base
	[[ $(echo "$output" | cut -f 1,4) == "1	the build before it by time: of its ancestors none that is known was built" ]]
	run -0 tsv base --onto "$two"
	[[ $output == *"none: no merge base with "*" is known: the history that is known ends before, as that of a shallow clone does"* ]]
	[ "$(short_log | head -n 1 | cut -f 3,4)" = '50	time' ]
	# A direct parent that was built is one even so.
	git -C "$main" checkout -q HEAD~1
	(T=$main; build 230)
	run -0 tsv base "$(rev)"
	[ "$(echo "$output" | cut -f 1-3)" = "3	$(git -C "$main" rev-parse HEAD)	1" ]
	# And with more of it fetched, all is known.
	git -C "$T" fetch -q --unshallow
	"$K" audit -q --full "$T"
	run -0 tsv base "$(rev)" --onto "$two"
	[ "$(echo "$output" | cut -f 1-3)" = "1	$two	0" ]
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM commit_cut')" = 0 ]
}

# import_history N: so many commits of nothing on main, each fourth a merge.
import_history() {
	git_tree
	python3 - "$1" <<-'END' | git -C "$T" fast-import --quiet --force
		import sys
		for i in range(1, int(sys.argv[1]) + 1):
		    print(f"commit refs/heads/main\nmark :{i}\ncommitter A <a@e> {1500000000 + i * 60} +0000\ndata 14\ncommit {i:07d}")
		    if i == 1:
		        print("M 644 inline Makefile\ndata 5\nall:\n")
		    elif i % 4 == 0 and i > 50:
		        print(f"from :{i - 1}\nmerge :{i - 37}")
		    print()
	END
	git -C "$T" reset -q --hard main
}

@test "a long history: what is recorded is bounded, and joined where it must be" {
	import_history 60000
	"$K" audit -q "$T"
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(DISTINCT child) FROM commit_parents')" = 5000 ]
	# Deeper than that: the walk before goes on to there.
	local old; old=$(git -C "$T" rev-parse main~9000)
	"$K" audit -q --commit "$old" "$T"
	[ "$(tsv base "$(rev main)" | cut -f 1-3)" = "2	$old	9000" ]
	[ "$(tsv base "$(rev main)" | cut -f 3)" = "$(git -C "$T" rev-list --first-parent --count "$old..main")" ]
	local n; n=$(sqlite3 "$KMEMDB" 'SELECT count(DISTINCT child) FROM commit_parents')
	[ "$n" -lt 20000 ]
	# A new commit adds itself.
	commit new
	"$K" audit -q "$T"
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(DISTINCT child) FROM commit_parents')" = $((n + 1)) ]
	"$K" audit -q --full "$T"
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(DISTINCT child) FROM commit_parents')" = $((n + 1)) ]
}

@test "a dirty build, other configurations and architectures are shown apart" {
	git_tree
	# seq as options: 100 of them
	options() { echo "# Linux/${3:-x86} 6.1 Kernel Configuration"; seq "$1" "$2" | sed 's/.*/CONFIG_O&=y/'; }
	options 1 100 >"$T/.config"; build 200
	options 51 300 >"$T/.config"; build 600
	commit two
	options 1 100 >"$T/.config"; build 210
	# An option more is a like configuration, another kernel's is not.
	options 51 300 >"$T/.config"; build 640
	commit three
	options 1 101 >"$T/.config"; build 220
	echo changed >>"$T/Makefile"; build 225
	git -C "$T" checkout -q Makefile
	options 1 100 arm >"$T/.config"
	build 300
	short_log >"$BATS_TEST_TMPDIR/log"
	diff "$BATS_TEST_TMPDIR/log" - <<-'END'
		three	247	5	dirty
		three	322		
		three	242	10	
		two	662	40	
		two	232	10	
		root	622		
		root	222		
	END
	# Changed sources are a build beside the commit's own, which is the one that
	# the commit names; the next of changed sources replaces it.
	n=$(git -C "$T" rev-parse HEAD)
	ids() { sqlite3 "$KMEMDB" "SELECT group_concat(build) FROM (SELECT build FROM builds WHERE commit_id = '$n' AND config_hash = (SELECT config_hash FROM builds WHERE commit_id = '$n' AND dirty = 1) AND dirty = $1)"; }
	options 1 101 >"$T/.config"
	dirty=$(ids 1); clean=$(ids 0)
	[ -n "$clean" ] && [ -n "$dirty" ] && [ "$clean" != "$dirty" ]
	echo changed >>"$T/Makefile"; build 230
	git -C "$T" checkout -q Makefile
	[ "$(ids 1)" = "$dirty" ] && [ "$(ids 0)" = "$clean" ]
	[ "$(tsv base "$dirty" | cut -f 1)" = "$clean" ]
	[ "$(tsv base "${n:0:8}-dirty" | cut -f 1)" = "$clean" ]
	run "$K" query footprint --build "$n-dirty" --format csv
	[ "$status" -eq 0 ]
	# Only the other configuration's build is an ancestor: said so.
	rm "$KMEMDB"
	git -C "$T" checkout -q HEAD~1
	options 1 100 >"$T/.config"; build 200
	git -C "$T" checkout -q main
	options 51 300 >"$T/.config"; build 600
	[ "$(short_log | head -n 1)" = 'three	622	400	unlike: config' ]
	[ "$(tsv base | cut -f 5)" = config ]
}

@test "databases of two machines, merged, have one history" {
	git_tree
	build 200
	commit two; commit three
	build 232
	commit four
	KMEMDB=$BATS_TEST_TMPDIR/other.db build 264
	"$K" merge -q "$BATS_TEST_TMPDIR/other.db" || "$K" merge "$BATS_TEST_TMPDIR/other.db"
	diff <(short_log) - <<-'END'
		four	286	32	
		three	254	32	
		root	222		
	END
	[ "$(tsv base | cut -f 3,4)" = '1	the nearest built ancestor, along first parents' ]
}

@test "without a graph time decides" {
	tiny_tree
	for n in 1 2 3; do obj fs/open.o $((200 + n * n)) 20 2; "$K" audit -q --label "l$n" "$T"; done
	[ "$(tsv log --branch fs/open.o | cut -f 1,4,5,7)" = "l3	231	5	time
l2	226	3	time
l1	223		" ]
}

@test "log: every metric and format, and words that name nothing" {
	git_tree
	build 200; commit two; build 216
	local vmlinux; vmlinux=$(size "$T/vmlinux" | awk 'NR == 2 { print $1, $2, $3, $4 }')
	[ "$(for m in text data bss total; do tsv log --metric $m --limit 1 | cut -f 4; done | xargs)" = "$vmlinux" ]
	[ "$(for m in text data bss total; do tsv log --metric $m --branch fs --limit 1 | cut -f 4; done | xargs)" = "$(size "$T"/fs/open.o "$T"/fs/ext9/inode.o | awk 'NR > 1 { t += $1; d += $2; b += $3 } END { print t, d, b, t + d + b }')" ]
	[ "$(tsv log --image modules --limit 1 | cut -f 4)" = "$(size "$T/drivers/m/m.ko" | awk 'NR == 2 { print $4 }')" ]
	[ "$(tsv log --image m --branch drivers --limit 1 | cut -f 4)" = 88 ]
	# The report for plots: oldest first, and what footprint has of the newest.
	[ "$(tsv query history --branch fs | cut -f 1,4-6,10,14 | xargs)" = "1 1 2 666 2 2 1 2 682 16" ]
	[ "$(tsv query history --branch fs --image vmlinux | tail -n 1 | cut -f 6-13)" = "$("$K" query footprint --branch fs --format json | python3 -c '
import json, sys
rows = json.load(sys.stdin)
print(*[sum(r[c] for r in rows) for c in "objects text data bss total resident init discard".split()], sep="\t")')" ]
	for m in span resident init discard strings live waste; do
		for f in table csv tsv json md; do "$K" log --metric $m --format $f >/dev/null; done
	done
	for words in "--metric size" "--branch nope" "--image nope" "x"; do
		# shellcheck disable=SC2086 # words
		run -2 "$K" log $words
	done
	log 10 "$BATS_TEST_TMPDIR/trace"
	"$K" import -q --no-lines "$BATS_TEST_TMPDIR/trace" || [ $? -eq 1 ]
	[ "$(tsv log --metric live | cut -f 4 | xargs)" = 160 ]
	[ "$(tsv log --metric waste --limit 1 | cut -f 4)" = 60 ]
}

# function NAME BYTES [local]
function_of() {
	[ "${3:-}" = local ] || echo ".globl $1"
	printf '.type %s,@function\n%s: .skip %d,0x90\n.size %s,%d\n' "$1" "$1" "$2" "$1" "$2"
}
# write FILE FUNCTION=BYTES...
write() {
	{ echo .text; for f in "${@:2}"; do function_of "${f%=*}" "${f#*=}"; done; } | gcc -x assembler -c - -o "$T/$1"
}

@test "blame follows a symbol through growth, a move, a new name and its end" {
	git_tree
	write fs/open.o keep=16; "$K" audit -q "$T"
	commit born; write fs/open.o keep=16 thing=32 other=20; "$K" audit -q "$T"
	commit nothing; "$K" audit -q "$T"
	commit grown; write fs/open.o keep=16 thing=48 other=20; "$K" audit -q "$T"
	commit moved; write fs/open.o keep=16 other=20; write init/main.o thing=52; "$K" audit -q "$T"
	commit clone; write init/main.o thing.isra.0=44; "$K" audit -q "$T"
	commit renamed; write init/main.o thong=44; "$K" audit -q "$T"
	commit gone; write init/main.o last=7; "$K" audit -q "$T"
	tsv blame thong | cut -f 3-5,7-10 >"$BATS_TEST_TMPDIR/blame"
	diff "$BATS_TEST_TMPDIR/blame" - <<-END
		gone		-44	removed	thong	init/main.o	
		renamed	44	0	renamed	thong	init/main.o	thing.isra.0
		clone	44	-8	shrunk	thing.isra.0	init/main.o	
		moved	52	4	moved	thing	init/main.o	fs/open.o
		grown	48	16	grown	thing	fs/open.o	
		born	32	32	added	thing	fs/open.o	
	END
	# By the name it had at last, or any: it is one thing.
	tsv blame thing | cut -f 3-5,7-10 | diff - "$BATS_TEST_TMPDIR/blame"
	# The changes sum up to what there is of it in the end.
	[ "$(tsv blame thing | awk -F '\t' '{ s += $5 } END { print s }')" = 0 ]
	# Each commit named is one that git has; their order is git's.
	tsv blame thing | cut -f 1 >"$BATS_TEST_TMPDIR/commits"
	git -C "$T" log --format=%H | cut -c 1-12 | grep -Fxf "$BATS_TEST_TMPDIR/commits" | diff - "$BATS_TEST_TMPDIR/commits"
	run -2 "$K" blame nosuchthing
	run -2 "$K" blame
}

@test "blame of an object that moves, of a directory, and on branches" {
	git_tree
	build 200
	commit two; build 232
	git -C "$T" checkout -qb side
	commit side; build 264
	git -C "$T" checkout -q main
	commit 'moved whole'
	obj fs/open.o 232 20 2
	mkdir -p "$T/mm"; mv "$T/fs/open.o" "$T/mm/open.o"
	(cd "$T" && rm vmlinux.a && ar rcsTP vmlinux.a init/main.o mm/open.o fs/ext9/inode.o fsx/a.o)
	"$K" audit -q "$T"
	tsv blame mm/open.o | cut -f 3-5,7,9,10 | LC_ALL=C sort >"$BATS_TEST_TMPDIR/blame"
	diff "$BATS_TEST_TMPDIR/blame" - <<-END
		moved whole	254	0	moved	mm/open.o	fs/open.o
		root	222	222	first	fs/open.o	
		side	286	32	grown	fs/open.o	
		two	254	32	grown	fs/open.o	
	END
	[ "$(tsv blame fs | cut -f 3-5,7,9 | grep moved)" = 'moved whole	444	-254	shrunk	fs' ]
	[ "$(tsv blame mm | cut -f 3-5,7,9)" = 'moved whole	254	254	added	mm' ]
	# By its source, too, and by the end of its path.
	[ "$(tsv blame mm/open.c | wc -l)" = 4 ]
	[ "$(tsv blame open.o | wc -l)" = 4 ]
}

@test "the sums that are kept of each directory are those of its objects" {
	tiny_tree
	"$K" audit -q --label one "$T"
	echo '.section .init.text,"ax"; .skip 33; .section .rodata.str1.1,"aMS",@progbits,1; .asciz "text"' |
		as -o "$T/fs/ext9/inode.o" -
	(cd "$T" && ld -e 0 -o vmlinux --whole-archive vmlinux.a)
	"$K" audit -q --label two "$T"
	kept='SELECT build, branch, role, objects, text, data, bss, resident, init, discard, strings FROM branch_sizes'
	added="WITH part AS (
	  SELECT o.build, o.path, o.directory, o.role, o.text, o.data, o.bss,
	         coalesce(sum(s.size) FILTER (WHERE p.lifetime = 'resident'), 0) AS resident,
	         coalesce(sum(s.size) FILTER (WHERE p.lifetime = 'init'), 0) AS init,
	         coalesce(sum(s.size) FILTER (WHERE p.lifetime = 'discard'), 0) AS discard,
	         coalesce(sum(s.size) FILTER (WHERE s.class = 'strings'), 0) AS strings
	    FROM objects AS o
	    LEFT JOIN sections AS s ON s.footprint = o.footprint AND s.class <> 'debug'
	    LEFT JOIN placements AS p ON p.placement_set = o.placement_set AND p.ordinal = s.ordinal
	   WHERE o.role IN ('vmlinux', 'module', 'boot', 'vdso')
	   GROUP BY o.build, o.path)
	SELECT p.build, b.branch, p.role, count(*), sum(text), sum(data), sum(bss),
	       sum(resident), sum(init), sum(discard), sum(strings)
	  FROM (SELECT DISTINCT branch FROM branch_sizes) AS b
	  JOIN part AS p ON in_branch(p.path, b.branch)
	 GROUP BY p.build, b.branch, p.role"
	[ "$("$K" sql --format tsv "$kept" | wc -l)" -gt 10 ]
	diff <("$K" sql --format tsv "$kept" | tail -n +2 | LC_ALL=C sort) <("$K" sql --format tsv "$added" | tail -n +2 | LC_ALL=C sort)
	# The same after a merge into another database, and when the build is gone.
	"$K" merge -q --db "$BATS_TEST_TMPDIR/other.db" "$KMEMDB"
	diff <("$K" sql --format tsv "$kept" | tail -n +2 | cut -f 2- | LC_ALL=C sort) \
		<("$K" sql --db "$BATS_TEST_TMPDIR/other.db" --format tsv "$kept" | tail -n +2 | cut -f 2- | LC_ALL=C sort)
	"$K" forget -q one
	[ "$("$K" sql --format tsv "SELECT count(DISTINCT build) FROM branch_sizes" | tail -n 1)" -eq 1 ]
}
