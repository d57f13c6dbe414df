#!/usr/bin/env bats
# kmemdb html: the page has the numbers of the reports, asks nobody, and can be
# used.  page.py opens it in a browser.

load common

setup() { common_setup; }

in_tmp() { echo "$BATS_TEST_TMPDIR/$1"; }
use_page() { python3 "$ROOT/tests/cli/page.py" "$@"; }
# The data that a page carries, by python: rows of table $2.
rows_of() {
	python3 - "$@" <<-'PY'
		import csv, json, re, sys
		page = open(sys.argv[1], encoding="utf-8").read()
		data = json.loads(re.search(r'<script type="application/json" id="kmemdb-data">(.*?)</script>', page, re.S)[1])
		assert data["format"] == "kmemdb-page" and data["version"] == 1
		t = data["tables"].get(sys.argv[2])
		if t:
		    out = csv.writer(sys.stdout, lineterminator="\n")
		    out.writerow(c["name"] for c in t["columns"])
		    out.writerows(t["rows"])
	PY
}
tree_and_trace() {
	tiny_tree
	"$K" audit -q --label one "$T"
	cat >"$(in_tmp boot.log)" <<-'LOG'
		 init-1 [000] ..... 1.000001: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 1.500002: kmalloc: call_site=f_inode+0x20/0x190 ptr=ffff888100002000 bytes_req=100 bytes_alloc=128 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 2.000003: kmem_cache_alloc: call_site=f_main+0x30/0x64 ptr=ffff888100003000 bytes_req=192 bytes_alloc=192 gfp_flags=GFP_KERNEL
		 init-1 [000] ..... 2.500004: kfree: call_site=f_inode+0x60/0x190 ptr=ffff888100002000
		 init-1 [000] ..... 3.000005: kmalloc: call_site=mystery+0x20/0x190 ptr=ffff888100007000 bytes_req=1000 bytes_alloc=1024 gfp_flags=GFP_KERNEL
	LOG
	"$K" import -q --no-lines "$(in_tmp boot.log)" || [ $? -eq 1 ]
}

@test "the page carries the rows of the reports" {
	tree_and_trace
	"$K" html -o "$(in_tmp p.html)"
	for table in reconcile modules ram; do
		rows_of "$(in_tmp p.html)" $table >"$(in_tmp have)"
		"$K" query $table --format csv | tr -d '\r' >"$(in_tmp want)"
		diff "$(in_tmp have)" "$(in_tmp want)"
	done
	rows_of "$(in_tmp p.html)" objects | cut -d, -f1,3-6 | LC_ALL=C sort >"$(in_tmp have)"
	"$K" query footprint --depth 64 --format csv | tr -d '\r' | cut -d, -f1,3-6 | LC_ALL=C sort >"$(in_tmp want)"
	diff "$(in_tmp have)" "$(in_tmp want)"
	[ "$(rows_of "$(in_tmp p.html)" sites | tail -n +2 | wc -l)" -eq 4 ]
	# Symbols: f_open is 200 bytes of fs/open.o.
	rows_of "$(in_tmp p.html)" symbols | grep -q '^fs/open.o,f_open,200,text,1$'
}

@test "a browser shows it without an error, without a request, and it can be used" {
	tree_and_trace
	obj fs/open.o 1200 20 2
	"$K" audit -q --label two "$T"
	"$K" html --build one -o "$(in_tmp p.html)"
	use_page "$(in_tmp p.html)" quiet sums deeper use keyboard readable over_time
	"$K" html --base one --build two -o "$(in_tmp q.html)"
	use_page "$(in_tmp q.html)" quiet sums
}

@test "a table on paper has its heading on every page" {
	tiny_tree
	for n in $(seq 1 200); do
		printf '.globl s%d\n.type s%d,@function\ns%d: .fill %d,1,0x90\n.size s%d,%d\n' "$n" "$n" "$n" "$n" "$n" "$n"
	done | as -o "$T/fs/open.o" -
	touch -d '1 hour ago' "$T/fs/open.o"
	"$K" audit -q "$T"
	"$K" html -o "$(in_tmp p.html)"
	use_page "$(in_tmp p.html)" prints
}

@test "axe-core finds nothing serious, in light, dark and narrow, in any view" {
	local axe reason
	if ! axe=$("$ROOT/scripts/axe.sh" 2>"$(in_tmp reason)"); then
		reason=$(cat "$(in_tmp reason)")
		skip "$reason"
	fi
	tree_and_trace
	obj fs/open.o 1200 20 2
	"$K" audit -q --label two "$T"
	"$K" html --build one --base two -o "$(in_tmp p.html)"
	AXE=$axe use_page "$(in_tmp p.html)" axe
}

@test "hostile names are text in the page" {
	local rtl=$'\u202e' sep=$'\u2028'
	tiny_tree
	mkdir -p "$T/evil<b>&"
	for name in "</script><script>pwned=1<" "o\"'n" "a${rtl}b" "a${sep}b" "<img src=x onerror=pwned=1>"; do
		name=${name//\//_}
		cp "$T/fs/open.o" "$T/evil<b>&/$name.o"
	done
	# A symbol may have a slash, too.
	printf '.globl "</script><script>pwned=1</script>"\n.type "</script><script>pwned=1</script>",@function\n"</script><script>pwned=1</script>": .fill 99,1,0x90\n.size "</script><script>pwned=1</script>",99\n' |
		as -o "$T/evil<b>&/sym.o" -
	(cd "$T" && ar rcsTP vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o "evil<b>&"/*.o)
	"$K" audit -q "$T" || [ $? -eq 1 ]
	"$K" html -o "$(in_tmp p.html)"
	[ "$(grep -c '</script>' "$(in_tmp p.html)")" -eq 3 ]
	use_page "$(in_tmp p.html)" quiet hostile
}

@test "a build without a trace, a trace without a build, nothing at all" {
	tiny_tree
	"$K" audit -q "$T"
	"$K" html -o "$(in_tmp p.html)"
	[ -z "$(rows_of "$(in_tmp p.html)" sites)" ]
	rm "$KMEMDB"
	log 100 "$(in_tmp boot.log)"
	"$K" import -q "$(in_tmp boot.log)" || [ $? -eq 1 ]
	"$K" html -o "$(in_tmp q.html)"
	[ -z "$(rows_of "$(in_tmp q.html)" objects)" ]
	use_page "$(in_tmp q.html)" quiet sums
	run "$K" html
	[ "$status" -eq 2 ]
	KMEMDB=$(in_tmp none.db) run "$K" html -o "$(in_tmp r.html)"
	[ "$status" -eq 3 ]
	[ ! -e "$(in_tmp r.html)" ]
}
