#!/usr/bin/env bats
# Which reports there are, by what they are about; which columns of them a table
# has, and how it is made to fit.

load common

setup() {
	common_setup
	tiny_tree 2>/dev/null
	"$K" audit -q "$T"
}

@test "query lists the reports in their groups, and for programs as rows" {
	run "$K" query
	[ "$status" -eq 0 ]
	[ "$(grep -c '^[A-Z]' <<<"$output")" -eq 4 ]
	diff <(sed -n 's/^  \([a-z-]*\)  *.*/\1/p' <<<"$output" | sort) <(basename -s .sql sql/reports/*.sql | sort)
	# Under the heading of the group that its file names.
	[ "$(sed -n '/^Trust/,$p' <<<"$output" | sed 1d | awk '{ print $1 }')" = \
		"$(grep -l '^-- group: trust' sql/reports/*.sql | xargs -n 1 basename -s .sql)" ]
	"$K" query --format csv | python3 -c '
import csv, sys
rows = {r["report"]: r for r in csv.DictReader(sys.stdin)}
for r in rows.values():
    assert r["group"] in ("static", "dynamic", "both", "trust") and r["title"], r
    assert {r["see"], r["see_also"]} < set(rows) - {r["report"]}, r
assert rows["waste"]["group"] == "dynamic"'
	"$K" query --format json -o "$BATS_TEST_TMPDIR/list"
	[ "$(python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))))' "$BATS_TEST_TMPDIR/list")" -eq "$(ls sql/reports | wc -l)" ]
	# What means nothing without a report still does.
	run "$K" query --branch fs
	[ "$status" -eq 2 ]
}

@test "a report's help names the two to look at next, and which columns are wide" {
	run "$K" query waste --help
	[ "$status" -eq 0 ]
	[[ $output == *$'\nSee also:\n  frequent '*$'\n  owners '* ]]
	[[ $output == *$'\nIn tables and md with --wide:\n  frees '* ]]
}

@test "the build fails where a report has no group, or names none that is there" {
	local d=$BATS_TEST_TMPDIR/sql/reports
	mkdir -p "$d"
	make_report() { printf -- '-- title: x\n%s\nSELECT 1\n' "$2" >"$d/$1.sql"; }
	embed() { run scripts/embed-sql.sh "$d"/*.sql; }
	make_report a $'-- group: static\n-- see: b c'
	make_report b $'-- group: trust\n-- see: a c'
	make_report c $'-- group: both\n-- see: a b'
	embed
	[ "$status" -eq 0 ]
	make_report c '-- see: a b'
	embed
	[ "$status" -ne 0 ]
	[[ $output == *'c.sql: a report has a line "-- group: static"'* ]]
	make_report c $'-- group: fast\n-- see: a b'
	embed
	[ "$status" -ne 0 ]
	make_report c $'-- group: both\n-- see: a'
	embed
	[[ $status -ne 0 && $output == *'the two to look at next'* ]]
	make_report c $'-- group: both\n-- see: a nowhere'
	embed
	[[ $status -ne 0 && $output == *'c.sql: see names "nowhere"'* ]]
	make_report c $'-- group: both\n-- see: a c'
	embed
	[[ $status -ne 0 && $output == *'see names "c"'* ]]
}

@test "--wide, and what else shows a column; md does as tables do" {
	run --separate-stderr "$K" query symbols
	[[ ${lines[0]} == symbol*own && $stderr == *'2 more columns with --wide'* ]]
	run --separate-stderr "$K" query symbols --wide
	[[ $(xargs <<<"${lines[0]}") == 'symbol path section type size own bind class' ]]
	[[ $stderr != *'with --wide'* ]]
	run --separate-stderr "$K" query footprint
	[[ ${lines[0]} != *percpu* && ${lines[0]} != *copies* ]]
	run --separate-stderr "$K" query footprint --wide --bytes
	[[ ${lines[0]} == 'path '*total*resident* ]]
	[[ $stderr != *'with --wide'* ]]
	# Of a tree without per-CPU data they are empty, and said to be.
	[[ $stderr == *'0 or empty in every row: '*percpu* ]]
	run --separate-stderr "$K" query footprint --format md
	[[ ${lines[0]} == '| path |'* && ${lines[0]} != *copies* ]]
	run --separate-stderr "$K" query symbols --format md
	[[ ${lines[0]} == *'| own |' && $stderr == *'2 more columns with --wide'* ]]
	run --separate-stderr "$K" query footprint --format md --wide
	[[ ${lines[0]} == '| path |'*'| percpu | copies |' ]]
	# Asked for by the order, or by the option that it is made with.
	run --separate-stderr "$K" query footprint --order-by discard --format md
	[[ ${lines[0]} == *'| discard |'* ]]
	run --separate-stderr "$K" query footprint --cpus 8 --format md
	[[ ${lines[0]} == *'| copies |'* && ${lines[0]} != *percpu* ]]
}

@test "--width cuts names in their middle, then leaves columns out and says so" {
	run --separate-stderr "$K" query objects --width 50
	[ "$status" -eq 0 ]
	for line in "${lines[@]}"; do [ "${#line}" -le 50 ]; done
	run --separate-stderr "$K" query objects --width 24
	for line in "${lines[@]}"; do [ "${#line}" -le 24 ]; done
	[[ $stderr == *'too many for a width of 24: --wide and --format csv have all'* ]]
	run "$K" query objects --width 19
	[ "$status" -eq 2 ]
	# Names stay whole where nobody asks, and with --wide.
	printf 'SELECT 1 AS n, %s AS name' "'$(printf 'x%.0s' {1..200})'" >"$BATS_TEST_TMPDIR/long.sql"
	run "$K" query --file "$BATS_TEST_TMPDIR/long.sql"
	[[ $output == *xxxxxxxxxxxx* && $output != *...* ]]
	run "$K" query --file "$BATS_TEST_TMPDIR/long.sql" --width 40
	[[ $output == *x...x* ]]
}

@test "sentences are broken into lines, and none of their words is lost" {
	printf -- '-- column: n count  a number\n-- column: note text wrap  words\nSELECT 7 AS n, %s AS note' \
		"'The quick brown fox jumps over a dog that is $(printf 'l%.0sazy' {1..60})'" >"$BATS_TEST_TMPDIR/note.sql"
	run --separate-stderr "$K" query --file "$BATS_TEST_TMPDIR/note.sql" --width 30
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = 'n  note' ] || [[ ${lines[0]} == 'n  note'* ]]
	[[ ${lines[1]} == '7  The quick brown fox jumps'* ]]
	[[ ${lines[2]} == '   over a dog that is'* ]]
	for line in "${lines[@]}"; do [ "${#line}" -le 30 ]; done
	[ "$(sed 1d <<<"$output" | tr -d ' \n')" = "7Thequickbrownfoxjumpsoveradogthatis$(printf 'l%.0sazy' {1..60})" ]
}

@test "a user's columns are never left out, whatever they hold" {
	run --separate-stderr "$K" sql 'SELECT 0 AS a, NULL AS b, 0 AS c UNION ALL SELECT 0, NULL, 0'
	[ "$status" -eq 0 ]
	[ "$(xargs <<<"${lines[0]}")" = 'a b c' ]
}
