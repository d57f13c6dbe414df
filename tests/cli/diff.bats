#!/usr/bin/env bats
# kmemdb diff: two builds of a tiny tree, whose changes are known by
# construction.

load common

setup() { common_setup; }

# assemble FILE < source
assemble() { gcc -x assembler -c - -o "$T/$1"; }
diff_tsv() { "$K" diff "$@" --format tsv 2>/dev/null | tail -n +2; }
# The total of what the rows say of the column.
column() { awk -F '\t' -v c="$1" '{ s += $c } END { print s + 0 }'; }
# function NAME BYTES [local]
function_of() {
	[ "${3:-}" = local ] || echo ".globl $1"
	printf '.type %s,@function\n%s: .skip %d,0x90\n.size %s,%d\n' "$1" "$1" "$2" "$1" "$2"
}

# Two builds, before and after, of the same tree: fs/open.o and mm/slab.o are
# written anew between.
two_builds() {
	tiny_tree
	{ echo .text; function_of stays 16; function_of grows 32; function_of old_name 48
	  function_of goes 64; function_of wanders 80 local; } | assemble fs/open.o
	{ echo .text; function_of slab 16; } | assemble init/main.o
	"$K" audit -q --label before "$T"
	{ echo .text; function_of stays 16; function_of grows 40; function_of new_name 48
	  function_of comes 100; } | assemble fs/open.o
	{ echo .text; function_of slab 16; function_of wanders 84; } | assemble init/main.o
	"$K" audit -q --label after "$T"
}

@test "symbols: grown, renamed, moved, added and removed are distinguished" {
	two_builds
	diff_tsv before after --by symbol | cut -f 1,2,3,4,5,7,9 | grep -v '^-' | LC_ALL=C sort >"$BATS_TEST_TMPDIR/rows"
	diff "$BATS_TEST_TMPDIR/rows" - <<-END
		comes	fs/open.o	0	100	100	added	-
		goes	fs/open.o	64	0	-64	removed	-
		grows	fs/open.o	32	40	8	grown	-
		new_name	fs/open.o	48	48	0	renamed	old_name
		wanders	init/main.o	80	84	4	moved	fs/open.o
	END
}

# What no symbol covers of two sections are two rows of one name.
@test "a table of symbols says which section a row is of" {
	two_builds
	run -0 "$K" diff before after --by symbol
	[[ $output == *symbol*path*section* ]]
	[[ $output =~ comes\ .*fs/open.o\ .*added\ .*\.text ]]
}

@test "rows of objects, directories and symbols add up to the same, and to size" {
	two_builds
	[ "$(diff_tsv before after --by object --branch fs | cut -f 1-6)" = "fs/open.o	240	204	-36	-15	shrunk" ]
	for by in object branch symbol; do
		c=4; [ "$by" != symbol ] || c=5
		[ "$(diff_tsv before after --by "$by" --branch fs | column $c)" = -36 ]
		[ "$(diff_tsv before after --by "$by" --branch init | column $c)" = 84 ]
	done
	# A branch counts its symbols: more of them, or bigger ones?
	[ "$(diff_tsv before after --by branch | grep '^fs	' | cut -f 7-9)" = "1	1	2" ]
}

# Symbols that are the same on both sides are set aside before the rest is
# matched, where there are thousands: here 6,000, of which nm says what differs.
@test "among thousands of symbols the rows are those that nm tells apart" {
	tiny_tree
	cat >"$BATS_TEST_TMPDIR/many.py" <<-'PY'
		import pathlib, random, sys
		tree, after = pathlib.Path(sys.argv[1]), sys.argv[2] == "after"
		rng, change = random.Random(7), random.Random(8)
		for name in ("fs/open", "init/main"):
		    text = "\t.text\n"
		    for i in range(1500):
		        size, turn = rng.randrange(1, 200), change.randrange(20)
		        # One name in three has others that differ by their counter alone.
		        symbol = f"{name[:2]}_{i}" if i % 3 else f"twin_{i // 9}.{i}"
		        if after and turn == 0:
		            size += change.randrange(1, 9)
		        if after and turn == 1 and i % 3:
		            continue
		        text += f".type {symbol},@function\n{symbol}: .skip {size},0x90\n.size {symbol},{size}\n"
		    (tree / f"{name}.s").write_text(text)
	PY
	many() {
		local o
		python3 "$BATS_TEST_TMPDIR/many.py" "$T" "$1"
		for o in fs/open init/main; do
			as -o "$T/$o.o" "$T/$o.s"
			nm -S --defined-only "$T/$o.o" | awk -v o="$o.o" '$2 ~ /^0/ { print o, $4, $2 }' >>"$BATS_TEST_TMPDIR/$1.nm"
		done
		"$K" audit -q --label "$1" "$T"
	}
	many before; many after
	[ "$(wc -l <"$BATS_TEST_TMPDIR/before.nm")" -ge 3000 ]
	python3 - "$BATS_TEST_TMPDIR" >"$BATS_TEST_TMPDIR/want" <<-'PY'
		import pathlib, sys
		def read(name):
		    rows = (line.split() for line in (pathlib.Path(sys.argv[1]) / name).read_text().splitlines())
		    return {(path, symbol): int(size, 16) for path, symbol, size in rows}
		before, after = read("before.nm"), read("after.nm")
		twins = {}
		for key in sorted(before.keys() | after.keys()):
		    b, a = before.get(key, 0), after.get(key, 0)
		    if a != b and not key[1].startswith("twin"):
		        print(key[1], key[0], b, a, "removed" if not a else "grown", sep="\t")
		    elif a != b:
		        twins[key[0]] = twins.get(key[0], 0) + a - b
		for path, grown in twins.items():
		    (pathlib.Path(sys.argv[1]) / path.replace("/", "-")).write_text(str(grown))
	PY
	[ "$(wc -l <"$BATS_TEST_TMPDIR/want")" -gt 100 ]
	diff_tsv before after --by symbol | grep -v '^-\|^twin_' | cut -f 1-4,7 | LC_ALL=C sort >"$BATS_TEST_TMPDIR/rows"
	LC_ALL=C sort "$BATS_TEST_TMPDIR/want" | diff - "$BATS_TEST_TMPDIR/rows"
	# Which twin became which nothing tells; what they grew by does.
	for o in fs/open init/main; do
		[ "$(diff_tsv before after --by symbol --branch "$o.o" | grep '^twin_' | column 5)" = "$(cat "$BATS_TEST_TMPDIR/${o/\//-}.o")" ]
		[ "$(diff_tsv before after --by symbol --branch "$o.o" | column 5)" = "$(diff_tsv before after --by object --branch "$o.o" | column 4)" ]
	done
	# A branch counts them without listing them.
	[ "$(diff_tsv before after --by branch --branch fs | cut -f 7-9)" = "$(diff_tsv before after --by symbol --branch fs | grep -v '^-' |
		awk -F '\t' '{ $7 == "added" ? a++ : $7 == "removed" ? r++ : c++ } END { printf "%d\t%d\t%d\n", a, r, c }')" ]
}

@test "the same build twice differs by nothing" {
	tiny_tree
	"$K" audit -q --label one "$T"
	"$K" audit -q --full --label two "$T"
	for by in branch object section symbol link; do
		run --separate-stderr "$K" diff one two --by "$by" --format csv
		[ "$status" -eq 0 ]
		[ "$(echo "$output" | wc -l)" -eq 1 ]
		run --separate-stderr "$K" diff one one --by "$by" --format csv
		[ "$(echo "$output" | wc -l)" -eq 1 ]
	done
	run --separate-stderr "$K" diff one
	[ "$status" -eq 0 ]
	[[ $output == *"the configurations do not differ"* ]]
	[[ $output == *"both builds were made alike"* ]]
}

@test "options of the configuration that changed are said first" {
	tiny_tree
	printf 'CONFIG_A=y\nCONFIG_B="x\\"y"\n# CONFIG_C is not set\nCONFIG_D=m\n' >"$T/.config"
	"$K" audit -q --label one "$T"
	printf 'CONFIG_A=y\nCONFIG_B="z"\nCONFIG_C=y\n# CONFIG_D is not set\n' >"$T/.config"
	"$K" audit -q --label two "$T"
	"$K" diff one two --format json | python3 -c '
import json, sys
rows = [(r["option"], r["before"], r["after"]) for r in json.load(sys.stdin)["options"]]
assert rows == [("CONFIG_B", "\"x\\\"y\"", "\"z\""), ("CONFIG_C", "n", "y"), ("CONFIG_D", "m", "n")], rows'
}

@test "words that name nothing, and what does not go together" {
	two_builds
	for words in "" "nope" "before nope" "before after --by file" "before after --by link --branch fs" \
		"before after --branch fsx" "before after more"; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr "$K" diff $words
		[ "$status" -eq 2 ] && [ -n "$stderr" ]
	done
	# A directory that is gone is one of the base.
	"$K" diff before after --branch fs >/dev/null
}
