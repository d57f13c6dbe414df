#!/usr/bin/env bats
# kmemdb top, played by top.py on a terminal of its own.

load common

setup() {
	common_setup
	export LC_ALL=C.UTF-8
}

in_tmp() { echo "$BATS_TEST_TMPDIR/$1"; }
# top SIZE OPTIONS STEP...
top() {
	local size=$1 options=$2
	shift 2
	python3 "$ROOT/tests/cli/top.py" "$K top $options" "$size" "$@"
}
tree_and_trace() {
	tiny_tree
	"$K" audit -q --label one "$T"
	cat >"$(in_tmp boot.log)" <<-'LOG'
		 init-1 [000] ..... 1.000001: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 1.500002: kmalloc: call_site=f_inode+0x20/0x190 ptr=ffff888100002000 bytes_req=100 bytes_alloc=128 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 2.000003: kmem_cache_alloc: call_site=f_main+0x30/0x64 ptr=ffff888100003000 bytes_req=192 bytes_alloc=192 gfp_flags=GFP_KERNEL
	LOG
	"$K" import -q --no-lines "$(in_tmp boot.log)" || [ $? -eq 1 ]
}

@test "open, descend, search, sort, filter, resize, quit" {
	tree_and_trace
	top 80x20 "" '=888 ' '=fsx' Enter '=a.o' Enter '=f_a' '=symbol or call site' \
		Left '=1 of 1' Left '=1 of 6' /ini Enter '=4 of 6' '=1 static  /' \
		ffs Enter '=1 of 2' '!init' f Enter '=of 6' \
		s '=by text' s s s s '=by name' r '=by name' \
		@40x10 '=fsx' '=1 static' @100x30 '=init' m '=- marked' \
		'?' '=sort by the next column' q '!sort by' q '$0'
}

@test "every view, and the queries that give the same rows" {
	tree_and_trace
	local said
	# The waste of f_open is 64 - 29, of f_inode 128 - 100.
	said=$(top 120x20 "" '=888' 2 '=2 live' '=192' 3 '=3 waste' '=63' Enter \
		'=open.o' '=35' c '=kmemdb query dynamic' x 4 '=4 current' '=fs' \
		5 '=--base REF' q '$0')
	local line=${said#*kmemdb query}
	[ "$line" != "$said" ] || { echo "$said"; false; }
	line=${line%%$'\n'*}
	eval "'$K' query $line --format csv --bytes" >"$(in_tmp rows.csv)"
	awk -F, 'NR == 2 { exit !($1 == "fs/open.o" && $8 == 35) }' "$(in_tmp rows.csv)"
}

@test "what changed since a base" {
	tree_and_trace
	obj fs/open.o 1200 20 2
	obj init/main.o 40 10 1
	"$K" audit -q --label two "$T"
	local said
	said=$(top 100x20 "change --base one --build two" '=+1000' '=-60' Enter '=open.o' Enter \
		'=f_open' ff_ Enter '=only f_' c x q '$0')
	local line=${said#*kmemdb diff}
	line=${line%%$'\n'*}
	# A filter is part of the command.
	eval "'$K' diff $line" >"$(in_tmp rows.tsv)"
	[ "$(wc -l <"$(in_tmp rows.tsv)")" -eq 2 ]
	awk -F'\t' 'NR == 2 { exit !($1 == "f_open" && $5 == 1000) }' "$(in_tmp rows.tsv)"
}

@test "rows of an object add up to it, in every view" {
	tree_and_trace
	local object total own
	for object in fs/open.o init/main.o fs/ext9/inode.o; do
		total=$("$K" query combined --depth 9 --format tsv | awk -F'\t' -v o="$object" '
			NR == 1 { for (i = 1; i <= NF; i++) if ($i == "current_bytes") at = i }
			$1 == o { print $at }')
		own=$(top 100x20 "current --branch $object" '=4 current' '=1 of' '>'"$(in_tmp screen)" q '$0' >/dev/null
			sed -n 's/.*sum \([0-9]*\) .*/\1/p' "$(in_tmp screen)")
		[ "$own" = "$total" ] || { echo "$object: $own, not $total"; cat "$(in_tmp screen)"; false; }
	done
}

@test "no terminal, or one that cannot show a screen, is refused in words" {
	tree_and_trace
	run "$K" top </dev/null
	[ "$status" -eq 2 ]
	[[ "$output" == *"needs a terminal"* ]]
	run --separate-stderr "$K" top nothing
	[ "$status" -eq 2 ]
	local term
	for term in dumb no-such-terminal ""; do
		TOP_TERM=$term top 80x24 "" '=cannot show a screen' '$2'
	done
	KMEMDB=$(in_tmp none.db) top 80x24 "" '$3'
	KMEMDB=$T/.config top 80x24 "" '=not a kmemdb database' '$3'
}

@test "an editor at the line, without a shell, below the sources only" {
	tree_and_trace
	local db=$KMEMDB src=$BATS_TEST_TMPDIR/tree
	echo 'int f_open;' >"$src/fs/open.c"
	printf '#!/bin/sh\nprintf "%%s|" "$@" >%q\n' "$(in_tmp edited)" >"$(in_tmp ed)"
	chmod +x "$(in_tmp ed)"
	# Without a line: the source of the object.
	EDITOR="$(in_tmp ed)" top 80x20 "static --branch fs/open.o" '=f_open' e '=f_open' q '$0'
	[ "$(cat "$(in_tmp edited)")" = "$src/fs/open.c|" ] || { cat "$(in_tmp edited)"; false; }
	EDITOR="$(in_tmp ed)" top 80x20 "static --branch init/main.o" '=f_main' e '=no' q '$0'
	# What debug information would have said.
	sqlite3 "$db" "INSERT INTO name (text) VALUES ('fs/open.c'), ('../../../etc/passwd'), ('/etc/passwd');
		UPDATE site SET file = (SELECT id FROM name WHERE text = 'fs/open.c'), line = 7"
	EDITOR="$(in_tmp ed) -x;touch $(in_tmp shell)" top 80x20 "live --branch fs/open.o" '=f_open' e '=f_open' q '$0'
	[ "$(cat "$(in_tmp edited)")" = "-x;touch|$(in_tmp shell)|+7|$src/fs/open.c|" ] ||
		{ cat "$(in_tmp edited)"; false; }
	[ ! -e "$(in_tmp shell)" ]
	rm "$(in_tmp edited)"
	local outside
	for outside in ../../../etc/passwd /etc/passwd; do
		sqlite3 "$db" "UPDATE site SET file = (SELECT id FROM name WHERE text = '$outside')"
		EDITOR=$(in_tmp ed) top 80x20 "live --branch fs/open.o" '=f_open' e '=is not there below' q '$0'
		[ ! -e "$(in_tmp edited)" ]
	done
	EDITOR=/none/at/all top 80x20 "static --branch fs/open.o" '=f_open' e '=no' q '$0'
}

@test "names of strangers show as text" {
	tiny_tree
	printf '.globl "evil\033[31mred"\n.type "evil\033[31mred",@function\n"evil\033[31mred": .fill 3000\n.size "evil\033[31mred",3000\n' |
		as -o "$T/fsx/a.o" - || skip "this assembler takes no such name"
	(cd "$T" && rm vmlinux.a && ar rcsTP vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o &&
		ld -e 0 -o vmlinux --whole-archive vmlinux.a)
	"$K" audit -q "$T" || [ $? -eq 1 ]
	top 80x20 "static --branch fsx/a.o" '=evil\x1b[31mred' q '$0'
}

@test "a million symbols in one object: the first ones, in 100 MB" {
	tiny_tree
	"$K" audit -q "$T"
	sqlite3 "$KMEMDB" "
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
		INSERT INTO name (text) SELECT 'sym' || i FROM n;
		CREATE TEMP TABLE o AS SELECT footprint FROM objects WHERE path = 'fs/open.o';
		$(sqlite3 "$KMEMDB" "SELECT 'INSERT INTO symbol SELECT ' || group_concat(
			CASE name WHEN 'footprint' THEN '(SELECT footprint FROM o)'
				WHEN 'ordinal' THEN 'n.rowid + 1000' WHEN 'name' THEN 'n.id'
				WHEN 'size' THEN 'n.id % 977' WHEN 'own' THEN 'n.id % 977' ELSE 's.' || name END, ', ')
			FROM pragma_table_info('symbol')")
			FROM name AS n, (SELECT * FROM symbol LIMIT 1) AS s WHERE n.text LIKE 'sym%'"
	[ "$("$K" sql --format tsv 'SELECT count(*) > 999999 FROM symbols' | tail -n 1)" -eq 1 ]
	cat >"$(in_tmp limited)" <<-SH
		#!/bin/sh
		exec /usr/bin/time -f %M -o $(in_tmp kb) $K top --branch fs
	SH
	chmod +x "$(in_tmp limited)"
	python3 "$ROOT/tests/cli/top.py" "$(in_tmp limited)" 100x24 '=open.o' /open Enter Enter '=(the first ones)' \
		s '=by size' End '=50000 of 50000' q '$0'
	[ "$(cat "$(in_tmp kb)")" -lt 100000 ] || { cat "$(in_tmp kb)"; false; }
}

@test "what only top and pprof need is loaded by them, and missed by nobody else" {
	tree_and_trace
	local d; d=$(in_tmp bin)
	mkdir "$d"
	cp "$K" "$d/kmemdb"
	local lean=$d/kmemdb
	# In a folder of its own, and not where make install puts them.
	python3 "$ROOT/tests/cli/top.py" "$lean top" 80x24 '=cannot load kmemdb-top.so' '$3' ||
		[ -e /usr/local/lib/kmemdb/kmemdb-top.so ]
	"$lean" query footprint >/dev/null
	"$lean" export --format folded | grep -q f_open
	run "$lean" export --format pprof -o "$(in_tmp p.gz)"
	[[ "$status" -eq 3 && "$output" == *"cannot load kmemdb-profile.so"* ]] ||
		[ -e /usr/local/lib/kmemdb/kmemdb-profile.so ]
	[ ! -e "$(in_tmp p.gz)" ]
	run ldd "$K"
	[[ "$output" != *ncurses* && "$output" != *protobuf* ]]
}
