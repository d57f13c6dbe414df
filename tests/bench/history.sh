#!/bin/bash
# What years of history cost: BUILDS builds of a tree of OBJECTS objects, of
# which each changes 10, audited one after the other; and how long the commands
# over history take at 10, 100 and all of them.  In the first and the last build
# every object differs; in neighbours ten do.
#
#   tests/bench/history.sh
#
# The tree is made here: the objects of a kernel would have to be compiled.
# Each object has 40 functions; what changes is the size of one.
set -euo pipefail
cd "$(dirname "$0")/../.."
builds=${BUILDS:-2000} objects=${OBJECTS:-1300} changed=10
program=$PWD/${O:-build}/kmemdb
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/bench/common.bash
. tests/bench/common.bash
export LC_ALL=C KMEMDB=$work/k.db
tree=$work/tree

row() { printf '%-52s %12s %12s %12s  %s\n' "$@"; }

# ---- the tree ----

say "making $objects objects"
python3 - "$tree" "$objects" <<'PY'
import pathlib
import subprocess
import sys

tree, n = pathlib.Path(sys.argv[1]), int(sys.argv[2])
for i in range(n):
    d = tree / f"dir{i % 26}" / f"sub{i % 5}"
    d.mkdir(parents=True, exist_ok=True)
    text = "".join(f".globl f{i}_{k}\n.type f{i}_{k},@function\nf{i}_{k}: .fill 64,1,0x90\n"
                   f".size f{i}_{k},{64 - k % 8}\n" for k in range(40))
    (d / f"o{i}.s").write_text(text + f".data\nd{i}: .fill {i % 64 + 8},1,1\n")
sources = sorted(tree.glob("dir*/sub*/*.s"))
for s in sources:
    subprocess.run(["as", "-o", s.with_suffix(".o"), s], check=True)
    s.unlink()
paths = sorted(str(p.relative_to(tree)) for p in tree.glob("dir*/sub*/*.o"))
subprocess.run(["ar", "rcsTP", "vmlinux.a", *paths], cwd=tree, check=True)
subprocess.run(["ld", "-e", "0", "-o", "vmlinux", "--whole-archive", "vmlinux.a"], cwd=tree, check=True)
(tree / ".config").write_text("# Linux/x86 6.1.0 Kernel Configuration\nCONFIG_MODULES=y\n")
(tree / "include/config").mkdir(parents=True)
(tree / "include/config/kernel.release").write_text("6.1.0-bench\n")
(tree / "paths").write_text("\n".join(paths))
PY

# change BUILD: another size of a function in 10 objects, each time others.
cat >"$work/change.py" <<'PY'
import os
import pathlib
import struct
import sys

tree, build, changed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
paths = (tree / "paths").read_text().split("\n")
for k in range(changed):
    at = build * changed + k
    path = tree / paths[at % len(paths)]
    data = bytearray(path.read_bytes())
    shoff, = struct.unpack_from("<Q", data, 40)
    shentsize, shnum = struct.unpack_from("<HH", data, 58)
    for i in range(shnum):
        kind, = struct.unpack_from("<I", data, shoff + i * shentsize + 4)
        offset, size = struct.unpack_from("<QQ", data, shoff + i * shentsize + 24)
        if kind != 2:
            continue
        # The last symbols are the functions.
        turn = at // len(paths)
        entry = offset + size - 24 * (turn % 40 + 1)
        old, = struct.unpack_from("<Q", data, entry + 16)
        struct.pack_into("<Q", data, entry + 16, old - 1 - turn // 40)
    path.write_bytes(data)
os.utime(tree / "vmlinux")
PY
change() { python3 "$work/change.py" "$tree" "$1" "$changed"; }

# ---- the measure ----

commit() { printf '%040x' "$1"; }
# timed NAME COMMAND...: the best of three, of which the first warms the cache.
timed() {
	local i name=$1
	shift
	rm -f "$work/$name.us"
	for i in 1 2 3; do clock "$name" "$@" >/dev/null 2>&1 || :; done
	ms "$(sort -n "$work/$name.us" | head -n 1)"
}
merge_one() {
	cp "$KMEMDB" "$work/all.db"
	rm -f "$work/merge.us"
	clock merge "$program" merge -q --db "$work/all.db" "$work/one.db"
	ms "$(median merge)"
}

measure() { # BUILD
	local n=$1 bytes each
	bytes=$(stat -c %s "$KMEMDB")
	# What a build costs in which nothing changed.
	cp "$KMEMDB" "$work/same.db"
	for i in 1 2 3 4 5 6 7 8; do
		"$program" audit -q --db "$work/same.db" --commit "$(commit $((n + 100000 + i)))" "$tree" || [ $? -eq 1 ]
	done
	each=$((($(stat -c %s "$work/same.db") - bytes) / 8))
	value size "$n" "$((bytes / 1024)) KiB"
	value growth "$n" "$(((bytes - ${last_bytes:-0}) / (n - ${last:-0}))) B"
	value unchanged "$n" "$(awk -v e="$each" -v o="$objects" 'BEGIN { printf "%.1f B", e / o }')"
	last=$n last_bytes=$bytes
	value audit "$n" "$(timed audit "$program" audit -q --commit "$(commit "$n")" "$tree")"
	value branches "$n" "$(timed branches "$program" diff 1 "$n")"
	value objects "$n" "$(timed objects "$program" diff 1 "$n" --by object)"
	value diff "$n" "$(timed diff "$program" diff 1 "$n" --by symbol)"
	value next "$n" "$(timed next "$program" diff $((n - 1)) "$n" --by symbol)"
	value log "$n" "$(timed log "$program" log --format csv)"
	value branch "$n" "$(timed branch "$program" log --branch dir3 --format csv)"
	value strings "$n" "$(timed strings "$program" log --metric strings --format csv)"
	value history "$n" "$(timed history "$program" query history --format csv)"
	value list "$n" "$(timed list "$program" list)"
	value blame "$n" "$(timed blame "$program" blame f7_3)"
	value base "$n" "$(timed base "$program" base)"
	rm -f "$work/budgets"
	"$program" check --write --budgets "$work/budgets" >/dev/null 2>&1 || :
	value check "$n" "$(timed check "$program" check --budgets "$work/budgets")"
	# Another machine's build that is new here.
	rm -f "$work/other.db"
	"$program" audit -q --db "$work/other.db" --commit "$(commit 999999)" "$tree" || [ $? -eq 1 ]
	"$program" export -q --slim --db "$work/other.db" -o "$work/one.db"
	value slim "$n" "$(zstd -q -19 -c "$work/one.db" | wc -c | awk '{ printf "%d KiB", $1 / 1024 }')"
	value merge "$n" "$(merge_one)"
	value again "$n" "$(clock again "$program" merge -q --db "$work/all.db" "$work/one.db" && ms "$(tail -n 1 "$work/again.us")")"
	value prune "$n" "$(clock prune "$program" prune -q --db "$work/all.db" --keep $((n / 2 + 1)) && ms "$(tail -n 1 "$work/prune.us")")"
}
declare -A values
value() { values[$1:$2]=$3; }

points=(10 100 "$builds")
for ((b = 1; b <= builds; b++)); do
	change "$b"
	"$program" audit -q --commit "$(commit "$b")" "$tree" || [ $? -eq 1 ]
	case " ${points[*]} " in *" $b "*) say "$b builds" && measure "$b" ;; esac
done
[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM build')" -eq "$builds" ] || die "not $builds builds"
[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM footprint')" -ge $((builds * changed)) ] || die "objects did not change"

rows=$("$program" diff 1 "$builds" --by symbol --format csv | tail -n +2 | wc -l)
# target MS LIMIT
target() { echo "<= $2: $(met "$(awk -v t="$1" 'BEGIN { print t + 0 }')" "$2")"; }
printf '%s objects, %s changed in each build, %s processors\n\n' "$objects" "$changed" "$(nproc)"
row 'after so many builds' "${points[@]}" target
line() { # NAME TEXT [TARGET]
	[ -n "${values[$1:$builds]:-}" ] || return 0
	row "$2" "${values[$1:${points[0]}]:--}" "${values[$1:${points[1]}]:--}" "${values[$1:$builds]}" \
		"${3:+$(target "${values[$1:$builds]}" "$3")}"
}
line size 'database'
line growth 'growth a build since the column before'
line unchanged '  for each unchanged object, B (must 65, aim)' 50
line audit 'audit, nothing changed'
line branches 'diff of the first and the last, ms (must 150, aim)' 50
line objects '  --by object, ms (must 150, aim)' 50
line diff "  --by symbol, $rows rows, ms (must 150, aim)" 50
line next 'diff of the last two, --by symbol, ms (must 150, aim)' 50
line log 'log, ms (must 300, aim)' 100
line branch 'log --branch, ms (must 300, aim)' 100
line strings 'log --metric strings, ms (must 300, aim)' 100
line history 'query history, ms (must 300, aim)' 100
line list 'list, ms'
line blame 'blame of a function, ms (must 300, aim)' 100
line base 'base, ms (aim)' 100
line check 'check, ms (aim)' 100
line merge 'merge of one new build, ms (must 500, aim)' 200
line again 'merge of the same again'
line slim 'slim export, zstd -19, KiB (aim)' 2048
line prune 'prune of half, with the space given back'
