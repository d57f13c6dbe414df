#!/usr/bin/env bats
# Every report, and the tables of the other commands, on a real kernel and its
# boot: a table fits 100 characters with all the columns that people are to see,
# and csv has every column of the report's head, in its order.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	kernel_boot "$D/boot.tar" "$D/dat.tar" "$D/run.tar" || return
	[ -z "$SKIP" ] || return 0
	"$B/kmemdb" audit -q "$TREE"
	"$B/kmemdb" import -q --label stacks "$D/run.tar"
	"$B/kmemdb" import -q --label boot "$D/boot.tar"
}

reports() { query --format tsv | sed 1d | cut -f 1; }

# fits NAME COMMAND...: no line is wider, and no column had to go for that.
fits() {
	local name=$1 wide
	shift
	"$B/kmemdb" "$@" --width 100 >"$D/table" 2>"$D/said" || {
		cat "$D/said"
		return 1
	}
	wide=$(LC_ALL=C.UTF-8 wc -L <"$D/table")
	[ "$wide" -le 100 ] || {
		echo "$name: a line of $wide characters"
		return 1
	}
	! grep 'too many for a width' "$D/said" || {
		echo "$name: columns do not fit"
		return 1
	}
}

@test "every report's table fits 100 characters" {
	local r n=0 with_rows=0
	for r in $(reports); do
		fits "$r" query "$r"
		n=$((n + 1))
		[ ! -s "$D/table" ] || with_rows=$((with_rows + 1))
	done
	[ "$n" -ge 40 ]
	# caveats, skipped and ambiguous have nothing to tell of this kernel.
	[ "$with_rows" -ge $((n - 5)) ]
	# With what makes more columns, too.
	fits 'footprint --cpus' query footprint --cpus 8
	fits 'accounting by failed' query accounting --order-by failed
}

# On the smallest terminal, too: waste without its waste would be nothing.
@test "what rows are sorted by is there at 80 characters" {
	local r key
	for r in $(reports); do
		key=$(sed -n 's/^-- order: \([a-z_]*\).*/\1/p' "sql/reports/$r.sql")
		query "$r" --width 80 --limit 20 >"$D/table" 2>"$D/said"
		[ -s "$D/table" ] || continue
		[ "$(LC_ALL=C.UTF-8 wc -L <"$D/table")" -le 80 ]
		# Unless there is nothing in it, or it is but the place of a line.
		! grep -q "^-- column: $key [a-z ]*wide" "sql/reports/$r.sql" || continue
		head -n 1 "$D/table" | grep -qw "$key" || grep -w "$key" "$D/said" || {
			echo "$r: without $key"
			return 1
		}
	done
}

@test "numbers of usual size fit without a width: only names are ever longer" {
	local r
	for r in $(reports); do
		query "$r" --format json >"$D/rows" 2>/dev/null
		query "$r" >"$D/table" 2>/dev/null
		# The head is as wide as the widest cells: without what its columns
		# of text have beyond 16 characters, it is no wider than 100.
		python3 - "$D/rows" "$D/table" "$r" <<-'EOF'
			import json, re, sys
			rows = json.load(open(sys.argv[1]))
			lines = open(sys.argv[2]).read().split("\n")
			shown = lines[0].split()
			beyond = 0
			for c in shown:
			    texts = [len(str(r[c])) for r in rows if isinstance(r[c], str)]
			    if texts:
			        beyond += max(0, max(texts) - 16)
			width = max(map(len, lines)) - beyond
			if width > 100:
			    sys.exit(f"{sys.argv[3]}: {width} characters with short names")
		EOF
	done
}

@test "csv, tsv, json and jsonl have every column, in the order of the head" {
	local r
	for r in $(reports); do
		sed -n 's/^-- column: \([a-z_]*\) .*/\1/p' "sql/reports/$r.sql" >"$D/columns"
		diff "$D/columns" <(query "$r" --format csv 2>/dev/null | head -n 1 | tr ',' '\n')
		diff "$D/columns" <(query "$r" --format tsv 2>/dev/null | head -n 1 | tr '\t' '\n')
		query "$r" --limit 1 --format json 2>/dev/null | python3 -c '
import json, sys
for row in json.load(sys.stdin):
    print("\n".join(row))' >"$D/keys"
		[ ! -s "$D/keys" ] || diff "$D/columns" "$D/keys"
		query "$r" --limit 1 --format jsonl 2>/dev/null | python3 -c '
import json, sys
for line in sys.stdin:
    print("\n".join(json.loads(line)))' >"$D/keys"
		[ ! -s "$D/keys" ] || diff "$D/columns" "$D/keys"
		# Neither option changes them.
		cmp <(query "$r" --limit 3 --format csv 2>/dev/null) \
			<(query "$r" --limit 3 --format csv --wide --width 40 2>/dev/null)
	done
}

# What --wide shows more is what the footer promised, and a table's columns with
# a value are all there.
@test "--wide shows as many columns more as the footer says" {
	local r before after more
	for r in $(reports); do
		query "$r" >"$D/narrow" 2>"$D/said"
		query "$r" --wide >"$D/wide" 2>"$D/said.wide"
		before=$(head -n 1 "$D/narrow" | wc -w)
		after=$(head -n 1 "$D/wide" | wc -w)
		more=$(sed -n 's/^\([0-9]*\) more columns\{0,1\} with --wide$/\1/p' "$D/said")
		[ "$((before + ${more:-0}))" -eq "$after" ] || {
			echo "$r: $before and ${more:-0} are not $after"
			return 1
		}
		! grep 'with --wide' "$D/said.wide"
		# The first columns are those of the narrow table.
		[ "$before" -eq 0 ] || diff <(head -n 1 "$D/narrow" | xargs -n 1) \
			<(head -n 1 "$D/wide" | xargs -n 1 | head -n "$before")
	done
}

@test "columns without a value are not in tables, and named; in csv they are" {
	query objects >"$D/table" 2>"$D/said"
	! head -n 1 "$D/table" | grep -w common
	grep -x '0 or empty in every row: common' "$D/said"
	query objects --format csv | python3 -c '
import csv, sys
rows = list(csv.DictReader(sys.stdin))
assert len(rows) > 500 and all(r["common"] == "0" for r in rows)'
	# Whatever is left out is 0 or empty in csv, and the other way round.
	local r
	for r in $(reports); do
		query "$r" --wide >"$D/table" 2>"$D/said"
		sed -n 's/^0 or empty in every row: //p' "$D/said" | sed 's/, /\n/g' | sort >"$D/named"
		query "$r" --format csv 2>/dev/null | python3 -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
head, rows = rows[0], rows[1:]
for i, name in enumerate(head):
    # json would tell 0 from "0"; no report has such a text alone.
    if i and len(rows) > 1 and all(r[i] in ("", "0", "-") for r in rows):
        print(name)' | sort >"$D/empty"
		diff "$D/named" "$D/empty" || {
			echo "$r"
			return 1
		}
	done
}

@test "tables of diff, list, log, show and check fit 100 characters" {
	local by
	"$B/kmemdb" audit -q --label before "$(tests/kernel/build.sh tiny)"
	for by in branch object section symbol link message; do
		fits "diff --by $by" diff before 1 --by "$by"
	done
	for by in site owner branch; do
		fits "diff --trace --by $by" diff --trace boot stacks --by "$by"
	done
	fits list list
	fits log log
	fits blame blame fs/open.o
	fits blame blame kfree
	fits 'show object' show fs/open.o --build 1
	fits 'show symbol' show kfree --build 1
	fits base base
	printf 'image vmlinux total 1K\nbranch drivers/base text +0%%\nbranch kernel/printk waste 1\ncheck new-symbols 100\n' >"$D/budgets"
	"$B/kmemdb" check 1 --base before --budgets "$D/budgets" --width 100 >"$D/table" 2>"$D/said" || [ $? -eq 4 ]
	[ -s "$D/table" ]
	[ "$(sed 1,2d "$D/table" | LC_ALL=C.UTF-8 wc -L)" -le 100 ]
}
