#!/bin/bash
# How an audit's time, memory and database grow with the tree: one tree in
# the shape of 6.1 (thin vmlinux.a, linker script, modules of several parts,
# .cmd and .mod files), audited at a quarter, a half and all of its objects.
#
#   tests/bench/scale.sh [OBJECTS] [RUNS]    default: 30000 objects, 3 runs
#
# The objects are a few hundred that are assembled, and copies of them in
# which the names of the symbols differ; a tenth are plain copies.  It needs
# about 700 MB below $TMPDIR (default /tmp).
#
# Then a line for each kind of input that is made to cost a square of its size
# (tests/bench/squares.bash), at 8000, 16000 and 32000 of what it is made of.
#
# The table goes to stdout, talk to stderr.  A doubling of the objects should
# double everything; more than 2.2 times is printed as missed and fails
# nothing; an error does (exit 3).
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C
unset KMEMDB

objects=${1:-30000}
runs=${2:-3}
program=$PWD/${O:-build}/kmemdb
templates=300

# shellcheck source=tests/bench/common.bash
. tests/bench/common.bash
# shellcheck source=tests/bench/squares.bash
. tests/bench/squares.bash
[[ -x $program ]] || die "no $program: run make first"
for tool in as ar ld perl arm-linux-gnueabihf-ld sqlite3 /usr/bin/time; do
	command -v "$tool" >/dev/null || die "no $tool: run make check once, it installs what is missing"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ---- the tree ----
# A template has 4 to 60 functions (a kernel's objects have some 25), static
# ones with names that all objects share, data, strings and sections of init
# and exit.  QQQQQQ in the names becomes the object's number.
templates() {
	local i
	mkdir "$work/templates"
	for ((i = 0; i < templates; i++)); do
		awk -v t="$i" 'BEGIN {
			srand(t)
			n = t % 10 ? 4 + int(rand() * 30) : 30 + int(rand() * 30)
			for (f = 0; f < n; f++) {
				s = f % 9 == 5 ? ".init.text" : ".text"
				g = f % 3 ? "QQQQQQ_do_something_" f : (f % 2 ? "init_once" : "cleanup") "." f
				printf ".section %s,\"ax\"\n.balign 16\n", s
				if (f % 3) printf ".globl %s\n", g
				printf ".type %s,@function\n%s:\n.fill %d,1,0x90\ncall QQQQQQ_do_something_1\nret\n.size %s,.-%s\n",
					g, g, 16 + int(rand() * 400), g, g
			}
			printf ".data\n.globl QQQQQQ_table\n.type QQQQQQ_table,@object\nQQQQQQ_table: .fill %d,8,1\n.size QQQQQQ_table,.-QQQQQQ_table\n", 1 + int(rand() * 50)
			printf ".bss\n.type state,@object\nstate: .space %d\n.size state,.-state\n", 8 + int(rand() * 500)
			print ".section .rodata.str1.1,\"aMS\",@progbits,1"
			for (f = 0; f < n; f++) printf ".asciz \"QQQQQQ: message %d of %d\\n\"\n", f, t % 7
			print ".section .rodata,\"a\"\n.globl QQQQQQ_ops\n.type QQQQQQ_ops,@object\nQQQQQQ_ops: .fill 64,1,2\n.size QQQQQQ_ops,.-QQQQQQ_ops"
		}' | as -o "$work/templates/$i.o" -
	done
}

# Writes COUNT objects below TREE, 12 in a directory, 100 directories in a
# branch: nine tenths with names of their own.
copies() {
	perl -e '
		use strict; use warnings;
		my ($templates, $n, $tree, $count) = @ARGV;
		my @data;
		for my $i (0 .. $n - 1) {
			open(my $f, "<:raw", "$templates/$i.o") or die $!;
			local $/; push @data, scalar <$f>;
		}
		for my $i (0 .. $count - 1) {
			my $dir = sprintf("branch%d/dir%d", $i / 1200, $i / 12);
			if ($i % 12 == 0) {
				mkdir "$tree/" . sprintf("branch%d", $i / 1200);
				mkdir "$tree/$dir" or die "$dir: $!";
			}
			my $text = $data[$i % $n];
			my $name = sprintf("o%05d", $i % 10 == 9 ? $i % $n : $i);
			$text =~ s/QQQQQQ/$name/g;
			open(my $f, ">:raw", "$tree/$dir/file$i.o") or die $!;
			print $f $text;
			close $f or die $!;
			open($f, ">", "$tree/$dir/.file$i.o.cmd") or die $!;
			print $f "cmd_$dir/file$i.o := gcc -Wp,-MMD,$dir/.file$i.o.d -nostdinc -I./arch/x86/include -D__KERNEL__ -O2 -c -o $dir/file$i.o $dir/file$i.c\n\nsource_$dir/file$i.o := $dir/file$i.c\n";
			close $f or die $!;
		}' "$work/templates" "$templates" "$1" "$2"
}

# Every tenth directory is one module of four parts; its other objects are
# unused.  All else is vmlinux.
link_tree() {
	local tree=$1 count=$2 dir k part parts
	(
		cd "$tree"
		: >modules.order
		: >members
		for ((k = 0; k * 12 < count; k++)); do
			dir=branch$((k / 100))/dir$k
			if ((k % 10 == 9)); then
				parts=
				for ((part = k * 12; part < k * 12 + 4 && part < count; part++)); do
					parts="$parts $dir/file$part.o"
				done
				# shellcheck disable=SC2086 # a list of parts
				{
					printf '%s\n' $parts >"$dir/mod$k.mod"
					ld -z muldefs -r -o "$dir/mod$k.o" $parts
				}
				cp "$dir/mod$k.o" "$dir/mod$k.ko"
				echo "savedcmd_$dir/mod$k.o := ld -m elf_x86_64 -r -o $dir/mod$k.o @$dir/mod$k.mod" >"$dir/.mod$k.o.cmd"
				echo "$dir/mod$k.ko" >>modules.order
			else
				for ((part = k * 12; part < k * 12 + 12 && part < count; part++)); do
					echo "$dir/file$part.o" >>members
				done
			fi
		done
		ar qcTPS vmlinux.a @members
		mkdir -p arch/x86/kernel include/config
		cat >arch/x86/kernel/vmlinux.lds <<-'LDS'
			ENTRY(_text)
			SECTIONS
			{
			 . = 0xffffffff81000000;
			 .text : { _text = .; *(.text) *(.text.*) _etext = .; }
			 .rodata : { *(.rodata) *(.rodata.*) }
			 .data : { *(.data) }
			 . = ALIGN(4096);
			 __init_begin = .;
			 .init.text : { *(.init.text) }
			 . = ALIGN(4096);
			 __init_end = .;
			 .bss : { *(.bss) *(COMMON) }
			 _end = .;
			 /DISCARD/ : { *(.note.*) *(.comment) }
			}
		LDS
		ld -z muldefs -T arch/x86/kernel/vmlinux.lds -o vmlinux \
			--whole-archive vmlinux.a --no-whole-archive 2>ld.err ||
			{ cat ld.err >&2; exit 3; }
		printf '# Linux/x86 6.1.0 Kernel Configuration\nCONFIG_MODULES=y\n' >.config
		echo 6.1.0-scale >include/config/kernel.release
		rm members ld.err
	)
}

# ---- what is timed ----
audit() {
	local rc=0
	"$program" audit -q --db "$@" || rc=$?
	((rc <= 1)) || die "audit failed: exit $rc"
}
first_audit() {
	rm -f "$work/$1.db"
	audit "$work/$1.db" "$work/$1"
}
report() { "$program" query "$2" --db "$work/$1.db" -o "$work/out"; }

sizes=($((objects / 4)) $((objects / 2)) "$objects")
declare -A peak bytes layout
templates
for n in "${sizes[@]}"; do
	say "making a tree of $n objects"
	mkdir "$work/$n"
	copies "$work/$n" "$n"
	link_tree "$work/$n" "$n"
	sync
done
sleep 3 # younger stamps are not trusted
say "auditing, $runs runs each"
for ((i = 0; i < runs; i++)); do
	for n in "${sizes[@]}"; do
		clock "first.$n" first_audit "$n"
	done
done
for n in "${sizes[@]}"; do
	bytes[$n]=$(stat -c %s "$work/$n.db")
	layout[$n]=$(sqlite3 "$work/$n.db" "SELECT count(*) FROM objects WHERE role = 'vmlinux'")
	for ((i = 0; i < runs; i++)); do
		clock "second.$n" audit "$work/$n.db" "$work/$n"
		clock "footprint.$n" report "$n" footprint
		clock "symbols.$n" report "$n" symbols
	done
	rm "$work/$n.db"
	/usr/bin/time -f %M -o "$work/peak" "$program" audit -q --db "$work/$n.db" "$work/$n" || (($? == 1)) ||
		die "audit failed"
	peak[$n]=$(tail -n 1 "$work/peak")
done
squares=(8000 16000 32000)
for kind in "${SQUARES[@]}"; do
	say "making and reading squares: $kind"
	for n in "${squares[@]}"; do
		square "$kind" "$n" "$work/square" || die "cannot make $kind of $n"
		for ((i = 0; i < runs; i++)); do
			clock "square.$kind.$n" square_run "$kind" "$work/square"
		done
		rm -rf "$work/square"
	done
done

# ---- the table ----
row() { printf '%-28s %11s %11s %11s  %-13s %s\n' "$@"; }
# shape WORK FORMATTED... NUMBER...: three of each
shape() {
	local ratios
	ratios=$(awk -v a="$5" -v b="$6" -v c="$7" 'BEGIN { printf "%.2f x %.2f x", b / a, c / b }')
	row "$1" "$2" "$3" "$4" "$ratios" \
		"<= 2.2 x: $(awk -v a="$5" -v b="$6" -v c="$7" 'BEGIN { print b <= 2.2 * a && c <= 2.2 * b ? "met" : "missed" }')"
}
times() { # WORK NAME
	local a b c
	a=$(median "$2.${sizes[0]}") b=$(median "$2.${sizes[1]}") c=$(median "$2.${sizes[2]}")
	shape "$1" "$(ms "$a")" "$(ms "$b")" "$(ms "$c")" "$a" "$b" "$c"
}
kib() { echo "$(($1 / 1024)) $2"; }
a=${sizes[0]} b=${sizes[1]} c=${sizes[2]}
printf '%s processors, medians of %s runs\n\n' "$(nproc)" "$runs"
row objects "$a" "$b" "$c" 'per doubling' target
row '  of them in vmlinux' "${layout[$a]}" "${layout[$b]}" "${layout[$c]}" - -
times 'first audit' first
times 'second audit' second
shape 'peak memory' "$(kib "${peak[$a]}" MB)" "$(kib "${peak[$b]}" MB)" "$(kib "${peak[$c]}" MB)" \
	"${peak[$a]}" "${peak[$b]}" "${peak[$c]}"
shape 'database' "$(kib "${bytes[$a]}" KiB)" "$(kib "${bytes[$b]}" KiB)" "$(kib "${bytes[$c]}" KiB)" \
	"${bytes[$a]}" "${bytes[$b]}" "${bytes[$c]}"
row '  bytes an object' $((bytes[$a] / a)) $((bytes[$b] / b)) $((bytes[$c] / c)) - -
times 'query footprint' footprint
times 'query symbols' symbols

printf '\n'
sizes=("${squares[@]}")
row 'made to be a square, of' "${sizes[@]}" 'per doubling' target
for kind in "${SQUARES[@]}"; do
	times "  $kind" "square.$kind"
done
