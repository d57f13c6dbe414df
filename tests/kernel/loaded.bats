#!/usr/bin/env bats
# Modules as loaded, RAM after boot, vmalloc and slabs: the reports against
# what the same kernel says in /proc, /sys and on its console, which awk adds
# up.  It can also run on the kernel large.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	local status=0
	boot || status=$?
	if [ "$status" -eq 77 ]; then
		SKIP="no QEMU or busybox here"
		return 0
	fi
	[ "$status" -eq 0 ] || return "$status"
	"$B/kmemdb" audit -q "$TREE"
	# A log there must be; its call site is one of vmallocinfo.
	printf 'a-1 [000] .... 1.000000: kmalloc: call_site=%s ptr=ffff888001000000 bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL\n' \
		"$(awk '$3 ~ /^load_module/ { print $3; exit }' "$D/vmallocinfo")" >"$D/log"
	"$B/kmemdb" import -q "$D/log" --build 1 --modules "$D/modules" \
		--slabinfo "$D/slabinfo" --vmallocinfo "$D/vmallocinfo"
}

# Boots with all modules loaded; each file that is wanted becomes one of $D.
boot() {
	local tool file
	for tool in qemu-system-x86_64 busybox cpio; do
		command -v "$tool" >/dev/null || return 77
	done
	mkdir -p "$D/rd/bin" "$D/rd/modules"
	cp "$(command -v busybox)" "$D/rd/bin/busybox"
	find "$TREE/" -name '*.ko' -exec cp {} "$D/rd/modules/" \;
	cat >"$D/rd/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev
/bin/busybox mount -t devtmpfs dev /dev
exec >/dev/console 2>&1 </dev/console
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
for pass in 1 2 3; do
	for ko in /modules/*.ko; do insmod "$ko" 2>/dev/null; done
done
dmesg -n 1
for file in modules vmallocinfo meminfo slabinfo; do
	cat "/proc/$file" >"/was-$file"
done
for file in modules vmallocinfo meminfo slabinfo; do
	echo "== $file"
	cat "/was-$file"
done
echo "== coresize"
for m in /sys/module/*/coresize; do
	name=${m%/coresize}
	echo "${name##*/} $(cat "$m")"
done
echo "== dmesg"
dmesg
echo "== end"
reboot -f
INIT
	chmod +x "$D/rd/init"
	(cd "$D/rd" && find . | cpio -o -H newc 2>/dev/null) | gzip -1 >"$D/initrd.gz"
	timeout 600 qemu-system-x86_64 -accel tcg -m 512 -smp 2,sockets=2,cores=1 \
		-no-reboot -display none -monitor none -serial "file:$D/serial" \
		-kernel "$TREE/arch/x86/boot/bzImage" -initrd "$D/initrd.gz" \
		-append 'console=ttyS0 panic=-1' </dev/null >"$D/qemu" 2>&1
	tr -d '\r' <"$D/serial" | awk -v dir="$D" '/^== / { out = dir "/" $2; printf "" >out; next }
		out { print >out }'
	for file in modules vmallocinfo meminfo slabinfo coresize dmesg end; do
		[ -e "$D/$file" ] || return 3
	done
}

meminfo() { awk -v w="$1:" '$1 == w { print $2 }' "$D/meminfo"; }
value() { awk -F '\t' -v l="$1" '$1 == l { print $3 }' "$D/ram"; }

@test "modules take what /proc/modules says, module by module" {
	[ "$(wc -l <"$D/modules")" -eq "$(grep -c . "$TREE/modules.order")" ]
	# core, and what was loaded beside it; nothing to note.
	diff <(query modules --format csv 2>/dev/null | python3 -c '
import csv, sys
for r in csv.DictReader(sys.stdin):
    print(r["module"].replace("-", "_"), r["core"], r["loaded"], r["pages"], "note:" + r["note"])' | sort) \
		<(awk '{ print $1, $2, $2, $2 / 4096, "note:" }' "$D/modules" | sort)
	# The kernel's own count of core alone.
	diff <(tsv modules | cut -f 1,10 | tr '\t' ' ' | tr - _ | sort) <(sort "$D/coresize")
	# The struct of each is that of the file.
	local ko
	while read -r ko; do
		[ "$(sql "SELECT struct_bytes FROM module_loads WHERE image_id = (SELECT image_id FROM images WHERE path = '${ko%.o}')")" -eq \
			"$(size -A -d "$TREE/${ko%.o}" | awk '$1 == ".gnu.linkonce.this_module" { print $2 }')" ]
	done <"$TREE/modules.order"
}

@test "what kallsyms keeps of each is what nm shows of its core" {
	local ko n bytes
	grep -q '^CONFIG_KALLSYMS_ALL=y' "$TREE/.config"
	while read -r ko; do
		# The ELF numbers of sections that stay, then the symbols.
		read -r n bytes < <(readelf -SW "$TREE/$ko" | sed 's/\[ */[/' |
			awk '$1 ~ /^\[[1-9]/ && $0 ~ / [WAXMSILOGTCxoEDlp]*A[WAXMSILOGTCxoEDlp]* +[0-9]+ +[0-9]+ +[0-9]+$/ &&
				$2 !~ /^\.init/ && $2 != ".modinfo" && $2 != "__versions" { gsub(/[][]/, "", $1); print "section", $1 }
				END { print "symbols" }' |
			cat - <(readelf -sW "$TREE/$ko") |
			awk '$1 == "section" { keep[$2] = 1; next }
				$1 ~ /^[0-9]+:$/ && $4 != "SECTION" && $8 != "" && ($7 in keep) { n++; b += length($8) + 1 }
				END { print n + 1, b + 1 }')
		[ "$(sql "SELECT symbol_bytes FROM module_loads WHERE image_id = (SELECT image_id FROM images WHERE path = '$ko')")" -eq \
			$((n * 24 + bytes + n)) ]
	done <"$TREE/modules.order"
}

@test "ram: its terms are those of the console, of /proc/modules and of meminfo" {
	local total freed
	tsv ram --cpus 2 >"$D/ram"
	[ "$(value modules)" -eq "$(awk '{ s += $2 } END { print s }' "$D/modules")" ]
	grep -q "^modules	$(wc -l <"$D/modules") loaded	.*as the rules of the loader give" "$D/ram"
	# All memory at the end is what was not reserved at first, and what boot
	# freed: the image's part of that is what the report says.
	total=$(sed -n 's|.*Memory: [0-9]*K/\([0-9]*\)K available (.* \([0-9]*\)K reserved,.*|\1 \2|p' "$D/dmesg")
	[ -n "$total" ]
	freed=$(sed -n 's/.*Freeing .*memory: \([0-9]*\)K.*/\1/p' "$D/dmesg" | awk '{ s += $1 } END { print s }')
	[ "$(meminfo MemTotal)" -eq "$(echo "$total" | awk -v f="$freed" '{ print $1 - $2 + f }')" ]
	[ "$(sed -n '/initrd/!s/.*Freeing .*memory: \([0-9]*\)K.*/\1/p' "$D/dmesg" | awk '{ s += $1 } END { print 1024 * s }')" -eq \
		"$(awk -F '\t' '$1 == "freed" { s -= $3 } END { print s }' "$D/ram")" ]
	# Copies are those of the first chunk, less what its pages leave.
	[ "$(value copies)" -eq $((2 * $(size -A -d "$TREE/vmlinux" | awk '$1 == ".data..percpu" { print $2 }'))) ]
	# Without /proc/modules it is all of them, by the rules alone: the same here.
	cp "$KMEMDB" "$D/without.db"
	sqlite3 "$D/without.db" 'UPDATE trace SET modules = NULL; DELETE FROM loaded_module'
	KMEMDB=$D/without.db tsv ram >"$D/ram.without"
	[ "$(awk -F '\t' '$1 == "modules" { print $3 }' "$D/ram.without")" -eq "$(value modules)" ]
	grep -q '^modules	all .*not known' "$D/ram.without"
}

@test "vmalloc is vmallocinfo, caller by caller, and modules are in it" {
	tsv vmalloc | cut -f 1,4,5,6 | awk -F '\t' -v OFS='\t' \
		'{ a[$1] += $2; m[$1] += $3; b[$1] += $4 } END { for (k in a) print k, a[k], m[k], b[k] }' |
		sort >"$D/ours"
	awk '{ who = $3 ~ /\+0x/ ? $3 : "-"; sub(/\/0x.*/, "", who); n[who]++; b[who] += $2
		for (i = 3; i <= NF; i++) if ($i ~ /^pages=/) { sub("pages=", "", $i); p[who] += $i } }
		END { for (k in n) print k "\t" n[k] "\t" p[k] * 4096 "\t" b[k] }' "$D/vmallocinfo" |
		sort | diff "$D/ours" -
	[ "$(tsv vmalloc | awk -F '\t' '{ s += $5 } END { print s / 1024 }')" -eq "$(meminfo VmallocUsed)" ]
	[ "$(tsv vmalloc | awk -F '\t' '$2 == "kernel/module/main.o" { s += $5 } END { print s }')" -eq \
		"$(awk '{ s += $2 } END { print s }' "$D/modules")" ]
}

@test "caches are slabinfo, pages included" {
	local slab sum
	tsv caches | cut -f 1,2,3,4,5 | sort >"$D/ours"
	awk 'NR > 2 && ($15 > 0 || $2 > 0) { printf "%s\t%d\t%d\t%d\t%d\n", $1, $15, $15 * $6 * 4096, $2 * $4, $15 * $6 * 4096 - $2 * $4 }' \
		"$D/slabinfo" | sort | diff "$D/ours" -
	[ "$(wc -l <"$D/ours")" -gt 30 ]
	# meminfo was read a moment earlier, and counts large kmallocs, too.
	slab=$(meminfo Slab)
	sum=$(awk -F '\t' '{ s += $3 } END { print s / 1024 }' "$D/ours")
	[ $((slab > sum ? slab - sum : sum - slab)) -le $((slab / 20)) ]
}

@test "as-modules: the objects of each module come to what it took" {
	query as-modules --image fuse --format csv | python3 -c '
import csv, sys
rows = list(csv.DictReader(sys.stdin))
assert [r["path"] for r in rows] == ["fs"], rows
real = {l.split()[0]: int(l.split()[1]) for l in open(sys.argv[1])}["fuse"]
got = int(rows[0]["as_module"])
assert abs(got - real) <= 4096, (got, real)' "$D/modules"
}
