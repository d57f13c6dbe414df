#!/bin/sh
# A history of a real kernel: the small one of build.sh, and after it one tree
# for each change of tests/kernel/history, each made on top of the one before
# and built incrementally.
#
#   tests/kernel/history.sh
#
# prints the folder that holds the trees, NN-NAME each (00-base is the small
# kernel, as it was before); what it is doing goes to stderr.  A change is a
# .patch of the sources, or a .config whose lines replace those of the option.
# The trees lie beside the kernels, keyed by the kernel, the changes and this
# script.  What two trees share is one file with two names, so a step costs
# what it changed; none of them may be written to.  Exit 0 built, 77 cannot be
# built here, 3 failed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${KMEMDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kmemdb}

say() { printf '%s\n' "history: $*" >&2; }

command -v patch >/dev/null || { say "no patch here: install patch"; exit 77; }
small=$("$here/build.sh" small)
source=$(readlink -f "$small/source")
key=$({
	echo "$small"
	cat "$0"
	for change in "$here"/history/*; do
		echo "$change" | sed 's|.*/||'
		cat "$change"
	done
} | sha256sum | cut -c1-12)
base=$cache/history-$(basename "$small")
trees=$base-$key

exec 9>"$cache/.lock-history"
flock 9
if [ -e "$trees/.complete" ]; then
	printf '%s\n' "$trees"
	exit 0
fi
# Those of older changes would pile up; two clones may use theirs.
find "$cache" -maxdepth 1 -name "$(basename "$base")-*" -mtime +0 -exec rm -rf {} +
rm -rf "$trees"
log=$trees/build.log
src=$trees/source tree=$trees/work
# As build.sh has them.
export KBUILD_BUILD_TIMESTAMP='2024-01-01' KBUILD_BUILD_USER=kmemdb \
	KBUILD_BUILD_HOST=kmemdb
mkdir -p "$trees"

build() {
	make -s -C "$src" O="$tree" ARCH=x86_64 -j"$(nproc)" "$@" \
		>>"$log" 2>&1 9>&- || {
		tail -n 20 "$log" >&2
		say "build failed: $log"
		exit 3
	}
}

# The commands that Kbuild kept name the sources by their path: with the new
# one in them the copy is up to date for make.
take_over() {
	cp -al "$source" "$src" 2>/dev/null || {
		rm -rf "$src"
		cp -a "$source" "$src"
	}
	cp -a "$small" "$tree"
	ln -sfn "$src" "$tree/source"
	grep -rIl --include='.*.cmd' --include='*.d' --include=Makefile -F "$source" "$tree" |
		while IFS= read -r file; do
			touch -r "$file" "$trees/time"
			sed -i "s|$source|$src|g" "$file"
			touch -r "$trees/time" "$file"
		done
	# The tools of the build are made anew; as old as they were, nothing that
	# they made before has to be.
	touch "$trees/began"
	build prepare
	(cd "$tree" && find . -type f -newer "$trees/began") | while IFS= read -r file; do
		if [ -e "$small/$file" ]; then touch -r "$small/$file" "$tree/$file"; fi
	done
	rm -f "$trees/time"
}

# change FILE
change() {
	case $1 in
	*.patch)
		# Files with two names get one of their own: patch renames.
		patch -s -p1 -d "$src" --no-backup-if-mismatch <"$1" >>"$log" 2>&1 || {
			tail -n 20 "$log" >&2
			say "'$1' does not fit these sources"
			exit 3
		}
		;;
	*.config)
		while IFS='=' read -r option value; do
			sed -i "/^$option=/d; /^# $option is not set/d" "$tree/.config"
			echo "$option=$value" >>"$tree/.config"
		done <"$1"
		build olddefconfig
		;;
	esac
}

# keep NAME BEFORE: a copy of the work, which shares with the one before all
# files that are as old as they were there.
keep() {
	if [ -z "$2" ]; then
		cp -a "$tree" "$trees/$1"
	else
		cp -al "$trees/$2" "$trees/$1"
		(cd "$trees/$1" && find . ! -type d) >"$trees/all"
		while IFS= read -r file; do
			if [ ! -e "$tree/$file" ] && [ ! -L "$tree/$file" ]; then
				rm -f "$trees/$1/$file"
			fi
		done <"$trees/all"
		(cd "$tree" && find . ! -type d -newer "$trees/began" ! -name '.tmp_vmlinux.kallsyms*[12S]' \
			! -name '*.syms' -print0) |
			(cd "$tree" && xargs -0 cp -a --parents --remove-destination -t "$trees/$1")
		rm -f "$trees/all"
	fi
}

say "copying the small kernel"
rm -rf "$src" "$tree"
take_over
before=
for step in base "$here"/history/*; do
	name=$(basename "${step%.*}")
	[ "$step" != base ] || name=00-base
	say "building '$name'"
	touch "$trees/began"
	sleep 0.01 # a file system's steps of time
	[ "$step" = base ] || change "$step"
	build bzImage modules
	rm -rf "${trees:?}/$name"
	keep "$name" "$before"
	before=$name
done
rm -rf "$src" "$tree" "$trees/began"
touch "$trees/.complete"
printf '%s\n' "$trees"
