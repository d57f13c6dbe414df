#!/usr/bin/env bats
# Databases of many machines become one: in any order, without anything twice;
# and one build leaves as a database of its own.

load common

setup() {
	common_setup
	tiny_tree
	D=$BATS_TEST_TMPDIR
	CONTENT=$ROOT/tests/cli/content.py
}

sql() { sqlite3 "$KMEMDB" "$@"; }
content() { python3 "$CONTENT" "$@"; }

# audit DB LABEL [COMMIT]: the tree as it is.
audit() { "$K" audit -q --db "$1" --label "$2" ${3:+--commit "$3"} "$T"; }
# import DB LABEL BUILD LINES: a log of so many allocations.
import() {
	log "$4" "$D/log"
	"$K" import -q --db "$1" --label "$2" ${3:+--build "$3"} "$D/log" || [ $? -eq 1 ]
}
# grow N: fs/open.o has N more bytes, so that a build has another footprint.
grow() {
	obj fs/open.o $((200 + $1)) 20 2
	(cd "$T" && rm -f vmlinux.a && ar rcsTP vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o &&
		ld -e 0 -o vmlinux --whole-archive vmlinux.a && touch -d '1 hour ago' vmlinux vmlinux.a)
}
# merge RESULT DB...: into a new one.
merge() {
	local to=$1
	shift
	rm -f "$to"
	"$K" merge -q --db "$to" "$@"
}
reports() {
	local r
	for r in footprint objects symbols sections reconcile images skipped caveats; do
		"$K" query "$r" "$@" --limit 0 --format tsv
	done
}

@test "merge: the builds of two databases, each once, with the same reports" {
	audit a.db one 1111
	import a.db boot one 30
	grow 8
	audit b.db two 2222
	audit b.db one 1111
	KMEMDB=$D/all.db
	mv a.db b.db "$D"
	run --separate-stderr "$K" merge "$D/a.db" "$D/b.db"
	echo "$stderr"
	[ "$status" -eq 0 ]
	[[ $stderr == *"2 builds and 1 traces new in $KMEMDB"* ]]
	[[ $stderr == *"1 builds and 0 traces replaced"* ]]
	[ "$(sql 'SELECT count(*) FROM build')" -eq 2 ]
	[ "$(reports --build two)" = "$(reports --db "$D/b.db" --build two)" ]
	# The audit of b.db came later.
	[ "$(reports --build one)" = "$(reports --db "$D/b.db" --build one)" ]
	[ "$("$K" query accounting --trace boot --format tsv)" = "$("$K" query accounting --db "$D/a.db" --trace boot --format tsv)" ]
	[ "$(sql 'PRAGMA integrity_check')" = ok ]
	[ "$(sql 'PRAGMA foreign_key_check')" = "" ]
	# Footprints that both have are there once: only fs/open.o and what is made of it differ.
	[ "$(sql 'SELECT count(*) - count(DISTINCT hash) FROM footprint')" -eq 0 ]
	# What an audit finds in it is what the merged builds brought.
	local before
	before=$(sql 'SELECT count(*) FROM footprint')
	audit "$KMEMDB" three 3333
	[ "$(sql 'SELECT count(*) FROM footprint')" -eq "$before" ]
	[ "$(sql 'SELECT count(*) - count(DISTINCT hash) FROM member_list')" -eq 0 ]
	[ "$(sql 'SELECT count(*) FROM (SELECT group_concat(path) FROM member_list_entry GROUP BY member_list)')" -eq \
		"$(sql 'SELECT count(DISTINCT l) FROM (SELECT group_concat(path) AS l FROM member_list_entry GROUP BY member_list)')" ]
}

# Databases that have something in common, by chance.
random_database() { # DB
	local i n=$((RANDOM % 3 + 1)) label
	rm -f "$1"
	for ((i = 0; i < n; i++)); do
		label=l$((RANDOM % 3))
		grow $((RANDOM % 3 * 8))
		audit "$1" "$label" c0ffee$((RANDOM % 2))
		if ((RANDOM % 2)); then
			import "$1" "t$((RANDOM % 4))" "$label" $((RANDOM % 3 * 10 + 10)) 2>/dev/null || :
		fi
		# Moments that several have in common, and then a choice has to be made.
		sqlite3 "$1" "UPDATE build SET audited_ns = 1000000000 * ((id * $RANDOM) % 3 + 1); UPDATE trace SET imported_ns = 1000000000 * ((id * $RANDOM) % 2 + 1)"
	done
}

@test "merge: commutative, associative and idempotent on random databases" {
	local round
	seed_moments
	for ((round = 0; round < ${ROUNDS:-6}; round++)); do
		random_database "$D/a.db"
		random_database "$D/b.db"
		random_database "$D/c.db"
		merge "$D/ab.db" "$D/a.db" "$D/b.db"
		merge "$D/ba.db" "$D/b.db" "$D/a.db"
		diff <(content "$D/ab.db") <(content "$D/ba.db")
		merge "$D/bc.db" "$D/b.db" "$D/c.db"
		merge "$D/ab_c.db" "$D/ab.db" "$D/c.db"
		merge "$D/a_bc.db" "$D/a.db" "$D/bc.db"
		diff <(content "$D/ab_c.db") <(content "$D/a_bc.db")
		merge "$D/cab.db" "$D/c.db" "$D/a.db" "$D/b.db"
		diff <(content "$D/ab_c.db") <(content "$D/cab.db")
		merge "$D/aa.db" "$D/a.db" "$D/a.db"
		diff <(content "$D/a.db") <(content "$D/aa.db")
		"$K" merge -q --db "$D/ab.db" "$D/a.db" "$D/b.db" "$D/ba.db"
		diff <(content "$D/ab.db") <(content "$D/ba.db")
		# Into one that was audited, too.
		cp "$D/a.db" "$D/mine.db"
		"$K" merge -q --db "$D/mine.db" "$D/b.db"
		diff <(content "$D/ab.db") <(content "$D/mine.db")
		[ "$(sqlite3 "$D/cab.db" 'PRAGMA integrity_check')" = ok ]
		[ "$(sqlite3 "$D/cab.db" 'PRAGMA foreign_key_check')" = "" ]
	done
}

@test "export: one build and its traces; slim compresses, is merged, and refuses writers" {
	sleep 3 # what changed just now gets no stamp
	audit "$KMEMDB" one 1111
	import "$KMEMDB" boot one 30
	import "$KMEMDB" again one 50
	grow 8
	audit "$KMEMDB" two 2222
	"$K" export -q one -o "$D/one.db"
	"$K" export -q one --slim -o "$D/slim.db"
	local f
	for f in one slim; do
		[ "$(sqlite3 "$D/$f.db" 'SELECT group_concat(label) FROM build')" = one ]
		[ "$(sqlite3 "$D/$f.db" 'SELECT count(*) FROM trace')" -eq 2 ]
		[ "$(reports --build one)" = "$(reports --db "$D/$f.db")" ]
		[ "$(content "$KMEMDB" | grep -c .)" -eq 4 ]
		diff <(content "$KMEMDB" | grep -v two) <(content "$D/$f.db")
		[ "$(sqlite3 "$D/$f.db" 'PRAGMA integrity_check')" = ok ]
		merge "$D/m.db" "$D/$f.db"
		diff <(content "$D/m.db") <(content "$D/one.db")
	done
	# An export can be worked with: the stat cache came along.
	grow 0
	[ "$(sqlite3 "$D/one.db" 'SELECT count(*) FROM stamp')" -gt 0 ]
	audit "$D/one.db" three
	[ "$(sqlite3 "$D/slim.db" 'SELECT count(*) FROM stamp')" -eq 0 ]
	run --separate-stderr "$K" audit -q --db "$D/slim.db" "$T"
	[ "$status" -eq 3 ]
	[[ $stderr == *"slim export"*"kmemdb merge"* ]]
	# The newest, where none is named.
	"$K" export -q -o "$D/newest.db"
	[ "$(sqlite3 "$D/newest.db" 'SELECT label FROM build')" = two ]
	# No file where it failed, and none beside it.
	run --separate-stderr "$K" export nosuch -o "$D/none.db"
	[ "$status" -eq 2 ]
	[[ $stderr == *"no build has the id, label or commit 'nosuch'"* ]]
	run --separate-stderr "$K" export -o "$KMEMDB"
	[ "$status" -eq 2 ]
	[ ! -e "$D/none.db" ]
	[ "$(find "$D" -name '.*.db.*' | wc -l)" -eq 0 ]
}

@test "merge: a newer schema is refused, an older one migrated in a private copy" {
	local v sum
	sqlite3 "$D/old.db" <"$ROOT/tests/migration/v4.sql"
	audit "$KMEMDB" here
	sum=$(sha256sum <"$D/old.db")
	for v in 1 2 3 4; do
		rm -f "$D/old.db"
		sqlite3 "$D/old.db" <"$ROOT/tests/migration/v$v.sql"
		sum=$(sha256sum <"$D/old.db")
		"$K" merge -q "$D/old.db"
		[ "$(sha256sum <"$D/old.db")" = "$sum" ]
		[ ! -e "$D/old.db-journal" ]
	done
	# Three of the four had the traces, too; the builds are one and the same.
	[ "$(sql 'SELECT count(*) FROM build')" -eq 2 ]
	[ "$(sql 'PRAGMA integrity_check')" = ok ]
	"$K" query footprint --build tiny --format tsv | grep -q '^fs'
	sqlite3 "$D/old.db" 'PRAGMA user_version = 1000'
	sum=$(content "$KMEMDB")
	run --separate-stderr "$K" merge "$D/old.db"
	[ "$status" -eq 3 ]
	[[ $stderr == *"newer kmemdb"* ]]
	[ "$(content "$KMEMDB")" = "$sum" ]
}

@test "merge: usage errors, and a wrong name leaves nothing behind" {
	run --separate-stderr "$K" merge
	[ "$status" -eq 2 ]
	run --separate-stderr "$K" merge "$D/nowhere.db"
	[ "$status" -eq 3 ]
	[[ $stderr == *"nowhere.db"* ]]
	[ ! -e "$KMEMDB" ]
	echo text >"$D/text.db"
	run --separate-stderr "$K" merge "$D/text.db"
	[ "$status" -eq 3 ]
	[ ! -e "$KMEMDB" ]
	audit "$KMEMDB" one
	run --separate-stderr "$K" merge "$KMEMDB"
	[ "$status" -eq 2 ]
	[[ $stderr == *"database itself"* ]]
}

# hostile SQL WORDS: another database, made worse by SQL, is refused with WORDS.
hostile() {
	cp "$D/good.db" "$D/bad.db"
	sqlite3 "$D/bad.db" "PRAGMA writable_schema = ON; $1"
	run --separate-stderr timeout 60 "$K" merge --db "$D/all.db" "$D/bad.db"
	echo "$1: $status $stderr"
	[ "$status" -eq 3 ] || return 1
	[[ $stderr == *$2* ]] || return 1
	[ "$(content "$D/all.db")" = "$before" ]
}

@test "merge: what a stranger's database may try" {
	local before
	audit "$KMEMDB" mine aaaa
	audit "$D/good.db" theirs bbbb
	import "$D/good.db" boot theirs 30
	cp "$KMEMDB" "$D/all.db"
	before=$(content "$D/all.db")
	hostile "UPDATE object SET footprint = 4242" "lacks a row that is referred to"
	hostile "UPDATE footprint SET text = 'many'" "wrong type"
	hostile "UPDATE build SET identity = x'00'" "wrong type"
	hostile "UPDATE image_map SET symbols = x'ffffffffffffffffffff'" "blob that is none"
	hostile "UPDATE path SET file = '../' || file" "path that is none"
	hostile "UPDATE trace SET last_allocation = last_allocation + 5000000000000000000" "long as a trace says"
	hostile "UPDATE alloc_shape SET trace = 77" "lacks a row that is referred to"
	hostile "DROP TABLE section; CREATE VIEW section AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT 1 AS footprint, n AS ordinal, 1 AS name, 1 AS class, 1 AS type, 1 AS flags, 1 AS size, 1 AS align, 1 AS entsize, 1 AS unattributed FROM r" "is no table"
	# A trigger does not run, not even there.
	cp "$D/good.db" "$D/bad.db"
	sqlite3 "$D/bad.db" "CREATE TRIGGER t AFTER INSERT ON build BEGIN DELETE FROM build; END"
	"$K" merge -q --db "$D/all.db" "$D/bad.db"
	[ "$(sqlite3 "$D/all.db" 'SELECT count(*) FROM build')" -eq 2 ]
	[ "$(sqlite3 "$D/all.db" "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")" -eq 0 ]
}

@test "merge: a forged footprint does not become what an object is" {
	audit "$D/real.db" real cccc
	cp "$D/real.db" "$D/forged.db"
	# The same digests, and numbers that do not belong to them.
	sqlite3 "$D/forged.db" "UPDATE footprint SET text = text + 1000000; UPDATE section SET size = size + 1000000 WHERE size > 0; UPDATE build SET identity = identity || 'x', label = 'forged'"
	"$K" merge -q "$D/forged.db"
	audit "$KMEMDB" mine dddd
	[ "$(reports --build mine)" = "$(reports --db "$D/real.db")" ]
	# What is stored beside the digest follows from it, too.
	for forged in 'UPDATE section SET class = 6' 'UPDATE symbol SET own = 0' 'DELETE FROM symbol WHERE ordinal = 0' "UPDATE return_site SET offsets = x'01'"; do
		cp "$D/real.db" "$D/forged.db"
		sqlite3 "$D/forged.db" "$forged; UPDATE build SET identity = identity || 'x', label = 'more'"
		rm -f "$D/n.db"
		"$K" merge -q --db "$D/n.db" "$D/forged.db"
		audit "$D/n.db" mine dddd
		[ "$(reports --db "$D/n.db" --build mine)" = "$(reports --db "$D/real.db")" ]
	done
	# What was forged is what it says, under its own name.
	[ "$("$K" query objects --build forged --format tsv | awk -F '\t' '$1 == "fs/open.o" { print $3 }')" -gt 1000000 ]
}

@test "killed at 50 random moments of a merge, an export, a prune and a forget" {
	local i what killed whole status
	audit "$D/other.db" big 1111
	import "$D/other.db" boot big 20000
	grow 8
	audit "$D/other.db" bigger 2222
	audit "$KMEMDB" first 3333
	grow 16
	audit "$KMEMDB" second 4444
	import "$KMEMDB" mine second 20000
	cp "$KMEMDB" "$D/before.db"
	content "$KMEMDB" >"$D/before"
	seed_moments
	declare -A command=(
		[merge]="merge -q $D/other.db"
		[export]="export -q -o $D/out.db"
		[forget]="forget -q --compact second"
		[prune]="prune -q --keep 1")
	for what in merge export forget prune; do
		cp "$D/before.db" "$KMEMDB"
		# shellcheck disable=SC2086 # a command and its arguments
		microseconds "$K" ${command[$what]}
		content "$KMEMDB" >"$D/after"
		if [ "$what" = export ]; then content "$D/out.db" >"$D/whole"; fi
		killed=0 whole=0
		for ((i = 0; i < 50; i++)); do
			cp "$D/before.db" "$KMEMDB"
			rm -f "$D/out.db"
			# shellcheck disable=SC2086
			"$K" ${command[$what]} &
			status=0
			kill_within "$US" $! || status=$?
			case $status in
			0) whole=$((whole + 1)) ;;
			137) killed=$((killed + 1)) ;;
			*) false ;;
			esac
			# Readers first, who change nothing; then whoever rolls back.
			"$K" query objects --build second --format tsv >/dev/null || grep -q second "$D/before"
			[ "$(sql 'PRAGMA integrity_check')" = ok ]
			content "$KMEMDB" >"$D/now"
			cmp -s "$D/now" "$D/before" || cmp "$D/now" "$D/after"
			[ "$status" -ne 0 ] || cmp "$D/now" "$D/after"
			if [ -e "$D/out.db" ]; then content "$D/out.db" | cmp - "$D/whole"; fi
			rm -f "$KMEMDB"-journal
		done
		echo "$what: $killed killed, $whole had ended before"
		[ "$killed" -ge 10 ]
		[ $((killed + whole)) -eq 50 ]
	done
}

@test "export: what one that was killed left beside the file goes with the next" {
	"$K" audit -q --label one "$T"
	local d=$BATS_TEST_TMPDIR/out
	mkdir "$d"
	echo left >"$d/.one.db.kmemdb-abcdef"
	echo left >"$d/.one.db.kmemdb-abcdef-journal"
	echo held >"$d/.one.db.kmemdb-held00"
	echo mine | tee "$d/.one.db.backup" "$d/.one.db.kmemdb-longer7" >"$d/.two.db.kmemdb-abcdef"
	ln -s .one.db.backup "$d/.one.db.kmemdb-symbol"
	exec 9<"$d/.one.db.kmemdb-held00"
	flock 9
	(cd "$d" && "$K" export -q one -o one.db 9<&-)
	exec 9<&-
	[ "$(sqlite3 "$d/one.db" 'SELECT count(*) FROM build')" -eq 1 ]
	diff <(ls -A "$d") - <<-'END'
		.one.db.backup
		.one.db.kmemdb-held00
		.one.db.kmemdb-longer7
		.one.db.kmemdb-symbol
		.two.db.kmemdb-abcdef
		one.db
	END
	"$K" export -q one -o "$d/one.db"
	[ ! -e "$d/.one.db.kmemdb-held00" ]
}
