# shellcheck disable=SC2034,SC2154 # SQUARES is for the caller, program and work are its
# Trees and logs made so that something could be done for each of N times each
# of N: what tests/unit/test_link_squares.c and test_kbuild_squares.c build in
# memory, here as files.  Sourced by scale.sh, which has $work and die.
#
# square KIND N DIR: makes DIR; what is timed is square_run KIND DIR.

SQUARES=(sort glob commons outputs startstop exidx veneers bysymbols composite lists leftovers sites)

# lines N COMMAND...: awk's program for i = 1 to N.
lines() { awk -v n="$1" "BEGIN { for (i = 1; i <= n; i++) $2 }"; }

# The object from standard input, and an image that ld makes of it.
object() { # DIR PREFIX [ld's options]
	local dir=$1 prefix=$2
	shift 2
	mkdir -p "$dir/arch/x86/kernel" "$dir/arch/arm/kernel" "$dir/fs" "$dir/include/config"
	echo 6.1.0-square >"$dir/include/config/kernel.release"
	"${prefix}as" -o "$dir/fs/x.o" -
	(
		cd "$dir" || exit
		ar rcST vmlinux.a fs/x.o
		"${prefix}ld" -e 0 -Ttext=0x1000000 "$@" -o vmlinux --whole-archive vmlinux.a 2>ld.err || { cat ld.err >&2; exit 3; }
		: >modules.order
	)
	config "$dir" X86
}
config() { # DIR ARCH [LINE]
	printf '# Linux/x86 6.1.0 Kernel Configuration\nCONFIG_%s=y\nCONFIG_MODULES=y\n%s\n' "$2" "${3:-}" >"$1/.config"
}
script() { # DIR HEAD N UNIT [ARCH]
	{
		printf 'SECTIONS { %s' "$2"
		lines "$3" "printf \"%s\", \"$4\""
		printf ' } }\n'
	} >"$1/arch/${5:-x86}/kernel/vmlinux.lds"
}
sections() { lines "$1" 'printf ".section .text.%d,\"ax\"\n.globl f%d\n.type f%d,%%function\nf%d: .byte 1,2,3,4\n.size f%d,4\n", i, i, i, i, i'; }

square() {
	local kind=$1 n=$2 dir=$3
	mkdir -p "$dir"
	case $kind in
	sort)
		sections "$n" | object "$dir" ''
		script "$dir" '.text : { *(' "$n" 'SORT(.t*b) '
		echo ') } }' >>"$dir/arch/x86/kernel/vmlinux.lds"
		;;
	glob)
		printf '.section .%s,"ax"\n.byte 1\n' "$(printf '%*s' 20000 '' | tr ' ' a)" | object "$dir" ''
		script "$dir" '.text : {' "$n" ' *(.*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab)'
		;;
	commons)
		lines "$n" 'printf ".comm c%d,4,4\n", i' | object "$dir" ''
		script "$dir" '.bss : {' "$n" ' *(COMMON)'
		;;
	outputs)
		sections $((n / 8)) | object "$dir" '' --unique
		script "$dir" '.last : { *(.last)' "$n" ' . = SIZEOF(.last) + SIZEOF(.a);'
		;;
	startstop)
		{
			echo '.section first,"ax"'
			lines "$n" 'printf ".long __start_n%d\n", i'
			lines "$n" 'printf ".section n%d,\"ax\"\n.byte 1\n", i'
		} | object "$dir" ''
		script "$dir" '.text : { KEEP(*(first)) *(n*)' 1 ''
		config "$dir" X86 CONFIG_LD_DEAD_CODE_DATA_ELIMINATION=y
		;;
	exidx)
		lines "$n" 'printf ".section .text.%d,\"ax\",%%progbits\n.fnstart\n.cantunwind\nnop\n.fnend\n", i' |
			object "$dir" arm-linux-gnueabihf-
		script "$dir" '.text : { *(.text.*) } .ARM.exidx : { *(.ARM.exidx.text.1*) *(.ARM.exidx*)' "$n" ' *(.x)' arm
		config "$dir" ARM
		;;
	veneers)
		# Far calls, each to a place of its own: ld makes a veneer each.
		lines "$n" 'printf ".section .text.%d,\"ax\",%%progbits\nbl far + %d\n", i, 4 * i' |
			object "$dir" arm-linux-gnueabihf- --defsym=far=0x70000000
		script "$dir" '.text : { *(.text.*)' 1 '' arm
		config "$dir" ARM
		;;
	bysymbols)
		sections "$n" | object "$dir" ''
		;;
	composite)
		sections "$n" | object "$dir" ''
		(cd "$dir" && ld -r -o vmlinux.o fs/x.o)
		{
			printf 'Linker script and memory map\n\n.text           0x1000000    0x%x\n' $((4 * n))
			lines "$n" 'printf " .text          0x%x        0x4 vmlinux.o\n", 16777216 + 4 * i'
		} >"$dir/vmlinux.map"
		;;
	lists)
		echo nop | object "$dir" ''
		cp "$dir/fs/x.o" "$dir/fs/m.o"
		cp "$dir/fs/x.o" "$dir/fs/m.ko"
		# One module, spelt in two ways, at each of n mentions.
		lines "$n" 'print i % 2 ? "fs/m.ko" : "fs/../fs/./m.ko"' >"$dir/modules.order"
		lines "$n" 'print i % 2 ? "fs/m.o" : "fs/missing" i ".o"' >"$dir/fs/m.mod"
		;;
	leftovers)
		echo nop | object "$dir" ''
		lines $((n / 40)) 'printf "%d\n", i' | (cd "$dir/fs" && xargs -I{} cp x.o left{}.o)
		lines "$n" 'printf "savedcmd_fs/built-in.a := ar cDPrST fs/built-in.a fs/left%d.o\n", i' >"$dir/fs/.built-in.a.cmd"
		;;
	sites)
		sections "$n" | object "$dir" ''
		cp "$dir/fs/x.o" "$dir/fs/m.o"
		cp "$dir/fs/x.o" "$dir/fs/m.ko"
		echo fs/m.ko >"$dir/modules.order"
		echo fs/m.o >"$dir/fs/m.mod"
		lines "$n" 'printf "          bash-1       [000] d..1. %d.%06d: kmalloc: call_site=f%d+0x1/0x4 [m] ptr=ffff888%09x bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL\n", i / 1000000, i % 1000000, i, i * 16' >"$dir/log"
		"$program" audit -q --db "$dir/k.db" "$dir" || (($? == 1)) || die "audit failed"
		;;
	esac
}

square_run() { # KIND DIR
	local rc=0
	if [ "$1" = sites ]; then
		cp "$2/k.db" "$work/s.db"
		"$program" import -q --db "$work/s.db" "$2/log" || rc=$?
	else
		"$program" audit -q --db "$work/s.db" "$2" || rc=$?
	fi
	rm -f "$work/s.db"
	((rc <= 1)) || die "$1: exit $rc"
}
