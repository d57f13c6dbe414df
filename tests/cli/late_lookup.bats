# Reports that look up names and sections only of what they show or count: by
# numbers known by construction.

load common

setup() {
	common_setup
	T=$BATS_TEST_TMPDIR/tree
	mkdir -p "$T/fs" "$T/include/config"
	printf '# Linux/x86 6.1.0 Kernel Configuration\nCONFIG_64BIT=y\nCONFIG_MODULES=y\nCONFIG_KALLSYMS=y\n' >"$T/.config"
	echo 6.1.0-late >"$T/include/config/kernel.release"
}

# $T/vmlinux and vmlinux.a of fs/one.o, whose source is on stdin.
link() {
	as -o "$T/fs/one.o" -
	(
		cd "$T" || exit 1
		rm -f vmlinux.a
		ar rcsTP vmlinux.a fs/one.o
		ld -e 0 -o vmlinux --whole-archive vmlinux.a
	)
}

# functions COUNT NAME: each in a section of its own, NAME0 and so on.
functions() {
	local i
	for ((i = 0; i < $1; i++)); do
		printf '.section .text.%s%d,"ax"\n.globl %s%d\n.type %s%d,@function\n%s%d: .fill 8,1,0x90\n.size %s%d,8\n' \
			"$2" "$i" "$2" "$i" "$2" "$i" "$2" "$i" "$2" "$i"
	done
}

@test "as-modules: names that stay, of an object of more sections than a word has bits" {
	local i want=0
	{
		for ((i = 0; i < 100; i++)); do
			printf '.section .data.d%d,"aw"\n.globl d%d\n.type d%d,@object\nd%d: .fill 8,1,1\n.size d%d,8\n' \
				"$i" "$i" "$i" "$i" "$i"
		done
		functions 100 f
		echo '.section .data.last,"aw"'
		echo '.globl last; .type last,@object; last: .quad 1; .size last,8'
	} | link
	"$K" audit -q "$T"
	[ "$("$K" sql 'SELECT max(ordinal) > 190 FROM sections' --format tsv | tail -n 1)" = 1 ]
	# 24 bytes of Elf64_Sym, a letter, the name and its NUL; without
	# CONFIG_KALLSYMS_ALL of functions alone.
	for ((i = 0; i < 100; i++)); do
		want=$((want + 24 + 1 + $(printf 'f%d' "$i" | wc -c) + 1))
	done
	"$K" query as-modules --format csv >"$BATS_TEST_TMPDIR/out"
	[ "$(column symbols)" -eq "$want" ]
	# With it, of data, too: d0 to d99 have the names' lengths of f0 to f99.
	echo CONFIG_KALLSYMS_ALL=y >>"$T/.config"
	"$K" audit -q --label all "$T"
	"$K" query as-modules --format csv >"$BATS_TEST_TMPDIR/out"
	[ "$(column symbols)" -eq $((2 * want + 24 + 1 + 4 + 1)) ]
}

# column NAME: of the only row of $BATS_TEST_TMPDIR/out
column() {
	python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1])))
assert len(rows) == 1, rows
print(rows[0][sys.argv[2]])' "$BATS_TEST_TMPDIR/out" "$1"
}

@test "largest: what is in no loaded section, or in none, has no row" {
	{
		functions 3 f
		# A size, but no memory.
		echo '.section .unloaded,"",@progbits'
		echo '.globl shade; .type shade,@object; shade: .fill 500,1,1; .size shade,500'
		echo '.globl nowhere; .type nowhere,@object; nowhere = 4096; .size nowhere,300'
		echo '.data; .globl table; .type table,@object; table: .fill 64,1,1; .size table,64'
		echo '.fill 40,1,1'
	} | link
	"$K" audit -q "$T"
	[ "$("$K" query largest --image vmlinux --branch fs --format tsv | cut -f 1,3,4,5 | tr '\t\n' ' ;')" = \
		'what section class bytes;table .data data 64;- .data data 40;f0 .text.f0 text 8;f1 .text.f1 text 8;f2 .text.f2 text 8;' ]
	# Cut to a limit: the same rows, and the sums of all.
	[ "$("$K" query largest --branch fs --limit 2 --format tsv | cut -f 1,5 | tr '\t\n' ' ;')" = \
		'what bytes;table 64;- 40;' ]
	"$K" query largest --branch fs --limit 2 --format table >"$BATS_TEST_TMPDIR/out" 2>/dev/null
	grep -q ' 128 ' "$BATS_TEST_TMPDIR/out"
}

@test "show: a misspelt word, where the names most like it are another build's" {
	functions 200 needle | link
	"$K" audit -q --label first "$T"
	{ functions 1 zebra; functions 1 kneedles; functions 1 sneedle_z; functions 1 quagga; } | link
	"$K" audit -q --label second "$T"
	run --separate-stderr "$K" show needle
	[ "$status" -eq 2 ]
	[[ $stderr == *"did you mean 'kneedles0'?"* ]]
	run --separate-stderr "$K" show elephant
	[ "$status" -eq 2 ]
	[[ $stderr == *"no object or symbol 'elephant', and none with a name like it"* ]]
	run --separate-stderr "$K" show needle --build first
	[ "$status" -eq 2 ]
	[[ $stderr == *"did you mean 'needle0', 'needle1', 'needle2'?"* ]]
}
