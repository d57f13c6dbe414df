#!/bin/sh
# Boot a kernel that build.sh built, traced from its first allocation on, and
# bring out what scripts/capture.sh saved in it.
#
#   tests/kernel/boot.sh small|large|TREE [OUT.tar [OUT.dat.tar [OUT.run.tar
#                                    [OUT.stack.tar [OUT.stack.dat.tar]]]]]
#
# (TREE: a built tree of x86-64, by its absolute path)
# prints the path of the cached capture on stdout, or copies it to OUT.tar;
# OUT.dat.tar gets a second capture of the same boot that holds trace.dat in
# place of the text, OUT.run.tar what `capture.sh run --stack` made of one
# command afterwards; the last two are text and trace.dat of one buffer with
# stacks.  Progress goes to stderr.  The result lies beside the
# kernel in $KMEMDB_CACHE, keyed by the kernel and these scripts: the second
# run takes no time.  Exit 0 booted, 77 cannot be booted here (no QEMU, no
# compiler), 3 failed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
capture=$here/../../scripts/capture.sh
cache=${KMEMDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kmemdb}
limit=${KMEMDB_BOOT_SECONDS:-900} # 60 without load; no KVM is asked for
events=${KMEMDB_BOOT_EVENTS:-650000} # no round is begun after so many

say() { printf '%s\n' "boot: $*" >&2; }

case ${1:-} in
small | large) name=$1 ;;
/*)
	# Two trees of history.sh have the folder in common, and others the name.
	name=$(basename "$(dirname "$1")")-$(basename "$1")
	;;
*)
	say "usage: boot.sh small|large|TREE [OUT.tar [OUT.dat.tar [OUT.run.tar [OUT.stack.tar [OUT.stack.dat.tar]]]]]"
	exit 2
	;;
esac
for tool in qemu-system-x86_64 busybox cpio trace-cmd; do
	command -v "$tool" >/dev/null || {
		say "no $tool here: run scripts/install-deps.sh demo"
		exit 77
	}
done
case $1 in
/*) tree=$1 id=$name ;;
*) tree=$("$here/build.sh" "$name") && id=$(basename "$tree") ;;
esac
# The large kernel's boot alone is a million events and more.
room=64M
[ "$name" != large ] || room=128M
args=$("$capture" boot-args -s "$room" \
	-k "$(cat "$tree/include/config/kernel.release")" 2>/dev/null)

key=$({
	echo "$tree $events"
	cat "$0" "$capture"
} | sha256sum | cut -c1-12)
base=$cache/boot-$id-$key

# The programs and what they load, busybox's links, the modules, the script.
make_initramfs() {
	root=$work/root
	mkdir -p "$root/bin" "$root/modules"
	cp "$(command -v busybox)" "$root/bin/busybox"
	cp "$capture" "$root/bin/capture.sh"
	cp "$(command -v trace-cmd)" "$root/bin/trace-cmd"
	ldd "$(command -v trace-cmd)" | sed -n 's/[^/]*\(\/[^ ]*\).*/\1/p' |
		while read -r lib; do
			mkdir -p "$root$(dirname "$lib")"
			cp -L "$lib" "$root$lib"
		done
	find "$tree/" -name '*.ko' -exec cp {} "$root/modules/" \;
	sed "s/@EVENTS@/$events/" >"$root/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /tmp /mnt /mnt2
/bin/busybox mount -t devtmpfs dev /dev
exec >/dev/console 2>&1 </dev/console
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tracefs nodev /sys/kernel/tracing
echo "kmemdb: $(uname -r) is up"

finish() {
	echo "kmemdb: $*"
	sync
	# Without ACPI there is no way to switch off: QEMU's -no-reboot ends.
	reboot -f
}

# In whatever order they depend on each other.
for pass in 1 2 3; do
	for ko in /modules/*.ko; do insmod "$ko" 2>/dev/null; done
done
echo "kmemdb: $(grep -c . /proc/modules) modules"
if rmmod crc32_generic 2>/dev/null; then insmod /modules/crc32_generic.ko; fi
mount -t tmpfs tmpfs /tmp

# A FUSE mount that nobody serves: its allocations are the module's own.
if [ -e /dev/fuse ]; then
	exec 5<>/dev/fuse
	mount -t fuse -o fd=5,rootmode=40000,user_id=0,group_id=0 fuse /mnt2 &&
		echo "kmemdb: fuse is mounted"
fi

work() {
	ls -lR /sys >/dev/null
	ls -lR /proc/1 >/dev/null 2>&1
	dd if=/dev/zero of=/tmp/image bs=1M count=4 2>/dev/null
	mke2fs /tmp/image >/dev/null 2>&1
	mount -o loop -t ext2 /tmp/image /mnt || mount -o loop /tmp/image /mnt
	for i in 1 2 3 4 5 6 7 8 9; do
		mkdir "/mnt/$i"
		echo "$i" >"/mnt/$i/file"
	done
	umount /mnt
	# Sockets need a daemon that listens: syslogd is one on a UNIX socket.
	syslogd -n -O /tmp/log &
	pid=$!
	for i in 1 2 3 4 5; do logger "line $i" | cat | cat; done
	kill "$pid"
	wait "$pid"
}

count() {
	n=0
	for e in $(sed -n 's/^entries: //p' /sys/kernel/tracing/per_cpu/cpu*/stats); do
		n=$((n + e))
	done
	echo "$n"
}

round=0
while [ "$(count)" -lt @EVENTS@ ] && [ "$round" -lt 40 ]; do
	work
	round=$((round + 1))
	echo "kmemdb: $(count) events"
done
# Some of it is to be alive at the end.
mkdir /tmp/many
for i in 0 1 2 3 4 5 6 7 8 9; do
	for j in 0 1 2 3 4 5 6 7 8 9; do
		echo "$i$j" >"/tmp/many/$i$j"
	done
done
dd if=/dev/zero of=/tmp/image bs=1M count=4 2>/dev/null
mke2fs /tmp/image >/dev/null 2>&1
mount -o loop -t ext2 /tmp/image /mnt
echo alive >/mnt/file

capture.sh save -o /dev/vda || finish "FAILED: capture.sh save"
echo "kmemdb: text saved"
capture.sh save --dat -o /dev/vdb || finish "FAILED: capture.sh save --dat"

# On the run: other settings than those of the boot, and all put back.
cd /sys/kernel/tracing
echo 512 >buffer_size_kb
echo local >trace_clock
for e in events/kmem/*/enable; do echo 0 >"$e"; done
echo 1 >tracing_on
settings() {
	grep . tracing_on buffer_size_kb trace_clock options/* events/kmem/*/enable
}
settings >/tmp/before
capture.sh run -z --stack -s 4096 -o /dev/vdc -- ls -lR /proc/self/
code=$?
settings >/tmp/after
[ "$code" -eq 0 ] || finish "FAILED: capture.sh run ended with $code"
diff /tmp/before /tmp/after || finish "FAILED: capture.sh run left settings changed"

# The same events once as text and once as trace.dat, with stacks.
echo 49152 >buffer_size_kb
echo >trace
echo 1 >options/stacktrace
for e in kmalloc kmalloc_node kmem_cache_alloc kmem_cache_alloc_node kfree kmem_cache_free; do
	[ ! -e "events/kmem/$e/enable" ] || echo 1 >"events/kmem/$e/enable"
done
syslogd -n -O /tmp/log2 &
pid=$!
for i in 1 2 3 4 5 6; do logger "line $i" | cat | cat; done
mkdir /tmp/few /sys/kernel/tracing/instances/more
for i in 1 2 3 4 5 6 7 8 9; do echo "$i" >"/tmp/few/$i"; done
ls -lR /tmp /mnt >/dev/null
kill "$pid"
wait "$pid"
echo 0 >options/stacktrace
for e in events/kmem/*/enable; do echo 0 >"$e"; done
capture.sh save -o /dev/vdd || finish "FAILED: capture.sh save with stacks"
capture.sh save --dat -o /dev/vde || finish "FAILED: capture.sh save --dat with stacks"
finish "DONE"
INIT
	chmod +x "$root/init"
	(cd "$root" && find . | cpio -o -H newc 2>/dev/null) | gzip -1 >"$work/initrd.gz"
}

# What the guest said last, without the serial line's carriage returns.
console() { tr -d '\r' <"$work/console" 2>/dev/null; }

failed() {
	say "$*; the console's last lines:"
	console | tail -n 25 >&2
	exit 3
}

# Prints the guest's new progress lines.
report() {
	console | grep -aE '^(kmemdb|capture): ' >"$work/said" || :
	tail -n +"$((told + 1))" "$work/said" | sed 's/^[a-z]*: /boot: /' >&2
	told=$(wc -l <"$work/said")
}

boot() {
	for disk in a b c d e; do truncate -s 1G "$work/disk-$disk"; done
	: >"$work/console"
	qemu-system-x86_64 -accel tcg -m 2048 -smp 2,sockets=2,cores=1 -no-reboot -display none \
		-monitor none -serial "file:$work/console" \
		-kernel "$tree/arch/x86/boot/bzImage" -initrd "$work/initrd.gz" \
		-drive "file=$work/disk-a,format=raw,if=virtio" \
		-drive "file=$work/disk-b,format=raw,if=virtio" \
		-drive "file=$work/disk-c,format=raw,if=virtio" \
		-drive "file=$work/disk-d,format=raw,if=virtio" \
		-drive "file=$work/disk-e,format=raw,if=virtio" \
		-append "console=ttyS0 panic=-1 $args" </dev/null >"$work/qemu" 2>&1 9>&- &
	qemu=$!
	told=0 waited=0
	while kill -0 "$qemu" 2>/dev/null; do
		sleep 1
		waited=$((waited + 1))
		report
		if [ "$waited" -ge "$limit" ]; then
			failed "the kernel was still running after $limit seconds"
		fi
	done
	wait "$qemu" || {
		cat "$work/qemu" >&2
		failed "QEMU failed"
	}
	qemu=
	report
	console | grep -q '^kmemdb: DONE' || failed "the capture did not end"
}

# The tar at the start of a disk, without the disk's empty rest.
bring_out() {
	block=$(tar -tRf "$1" | sed -n 's/^block \([0-9]*\): \*\* Block of NULs.*/\1/p')
	[ -n "$block" ] || failed "no whole tar in $1"
	head -c "$(((block + 2) * 512))" "$1" >"$2"
	tar -tf "$2" >/dev/null || failed "damaged tar in $1"
}

# Nothing may be lost: a test that counts could not tell why it differs.
check_whole() {
	tar -xOf "$1" kmemdb-capture/stats >"$work/stats"
	if grep -E '^(overrun|dropped events|commit overrun): [1-9]' "$work/stats"; then
		failed "events were lost"
	fi >&2
}

exec 9>"$cache/.lock-boot-$name"
flock 9
if [ ! -e "$base.tar" ] || [ ! -e "$base.dat.tar" ] ||
	[ ! -e "$base.run.tar" ] || [ ! -e "$base.stack.dat.tar" ]; then
	work=$(mktemp -d "$cache/.boot.XXXXXX")
	qemu=
	trap '[ -z "$qemu" ] || kill "$qemu" 2>/dev/null; rm -rf "$work"' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	say "booting '$name' with tracing (about a minute)"
	make_initramfs
	boot
	bring_out "$work/disk-a" "$work/text.tar"
	bring_out "$work/disk-b" "$work/dat.tar"
	bring_out "$work/disk-c" "$work/run.tar"
	bring_out "$work/disk-d" "$work/stack.tar"
	bring_out "$work/disk-e" "$work/stack.dat.tar"
	check_whole "$work/text.tar"
	check_whole "$work/stack.tar"
	# Captures of older scripts would pile up.
	rm -f "$cache/boot-$(basename "$tree")"-*.tar
	mv "$work/run.tar" "$base.run.tar"
	mv "$work/stack.tar" "$base.stack.tar"
	mv "$work/stack.dat.tar" "$base.stack.dat.tar"
	mv "$work/dat.tar" "$base.dat.tar"
	mv "$work/text.tar" "$base.tar"
fi
[ -z "${6:-}" ] || cp "$base.stack.dat.tar" "$6"
[ -z "${5:-}" ] || cp "$base.stack.tar" "$5"
[ -z "${4:-}" ] || cp "$base.run.tar" "$4"
[ -z "${3:-}" ] || cp "$base.dat.tar" "$3"
if [ -n "${2:-}" ]; then cp "$base.tar" "$2"; else printf '%s\n' "$base.tar"; fi
