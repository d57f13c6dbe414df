#!/usr/bin/env bats
# The rules of scripts/lint-code.py and scripts/lint-docs.py: each one finds
# what breaks it, and nothing else.

bats_require_minimum_version 1.5.0

# A small house that keeps every rule.
setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	cd "$BATS_TEST_TMPDIR" || return 1
	git init -q .
	mkdir -p auditor/support auditor/model auditor/elf auditor/link/map auditor/store auditor/audit auditor/cli tests scripts
	file auditor/support/err.h 'int err_set(int *e);' 'extern const char err_words[];'
	file auditor/support/err.c '#include "support/err.h"' 'const char err_words[] = "w";' \
		'int err_set(int *e)' '{' '	return *e;' '}'
	file auditor/elf/elf.h '#include "support/err.h"' 'struct elf *elf_new(int n, void (*done)(int));'
	file auditor/elf/elf.c '#include "elf/elf.h"' 'static int help(void);' \
		'struct elf *elf_new(int n, void (*done)(int))' '{' '	done(n);' '}'
	file auditor/link/map/map.c '#include "elf/elf.h"'
	file auditor/cmd_x.c '#include "elf/elf.h"' 'int cmd_x(const struct args *a)' '{' \
		'	fputs("see kmemdb x\n"' '	      "twice\n", f);' '}'
	file auditor/cli/command_table.c '	{' '		.name = "x",' '	},'
	file Makefile 'all:' '	true' 'check lint: all'
	file README.md '# The house' '[here](scripts/go.sh#x), [there](#the-house)' '`auditor/elf/elf.h`' \
		'```sh' 'make check' 'kmemdb x' '```' 'Write `auditor/cmd_NAME.c` and `kmemdb --help`.'
	file scripts/go.sh 'true'
}

file() {
	local name=$1
	shift
	printf '%s\n' "$@" >"$name"
}

# found TOOL TEXT: exactly one finding, with this text.
found() {
	run "$ROOT/scripts/lint-$1.py"
	echo "$output"
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
	[[ $output == *"$2"* ]]
}

@test "a house in order has no finding" {
	for tool in code docs; do
		run "$ROOT/scripts/lint-$tool.py"
		[ "$status" -eq 0 ]
		[ -z "$output" ]
	done
}

@test "rooms: to the left only, nested folders and the hall, too" {
	file auditor/elf/back.c '#include "link/map/map.h"'
	file auditor/link/map/map.h 'struct map;'
	found code 'auditor/elf/back.c includes link/map/map.h: link is not left of elf'
	rm auditor/elf/back.c
	file auditor/link/map/deep.c '#include "store/store.h"'
	file auditor/store/store.h 'struct store;'
	found code 'auditor/link/map/deep.c includes store/store.h'
	file auditor/link/map/deep.c '#include "../../store/store.h"'
	found code 'auditor/link/map/deep.c includes ../../store/store.h'
	rm auditor/link/map/deep.c
	file auditor/audit/audit.h 'struct audit;'
	file auditor/store/store.c '#include "audit/audit.h"'
	found code 'audit is not left of store'
	file auditor/store/store.c '#include "commands.h"'
	file auditor/commands.h 'struct command;'
	found code 'the commands is not left of store'
	rm auditor/store/store.c
	file auditor/cmd_x.c '#include "link/map/map.h"'
	found code 'link is not left of the commands'
	file auditor/cmd_x.c '#include "audit/audit.h"'
	mkdir auditor/attic
	file auditor/attic/a.c ''
	found code "no room 'attic' is known"
}

@test "circles: A.c and A.h are one" {
	file auditor/elf/a.c '#include "elf/b.h"'
	file auditor/elf/a.h 'struct a;'
	file auditor/elf/b.h 'struct b;'
	file auditor/elf/b.c '#include "elf/c.h"'
	file auditor/elf/c.h '#include "elf/a.h"'
	found code 'circles: elf/a <-> elf/b <-> elf/c'
}

@test "declares: a header and its own .c" {
	file auditor/elf/other.c 'int elf_more(void)' '{' '	return 1;' '}'
	file auditor/elf/elf.h '#include "support/err.h"' 'struct elf *elf_new(int n, void (*done)(int));' \
		'/* int elf_old(void); */' 'int elf_more(void);' 'static inline int one(void)' '{' '	return 1;' '}'
	found code 'auditor/elf/elf.h: of elf/other.c: elf_more'
	file auditor/elf/elf.h 'struct elf *elf_new(int n, void (*done)(int));' 'extern int elf_gone;'
	found code 'auditor/elf/elf.h: of no file: elf_gone'
}

@test "commands: 120 lines" {
	seq 121 | sed 's/.*/int a;/' >auditor/cmd_y.c
	found code 'auditor/cmd_y.c: 121 lines'
	sed -i 1d auditor/cmd_y.c
	run "$ROOT/scripts/lint-code.py"
	[ "$status" -eq 0 ]
}

@test "literals: not cut within a line of their text" {
	file tests/t.c 'f("one "' '  "two\n");'
	found code "tests/t.c:2: cut off after 'one '"
	# Bytes, lines, and arguments are not.
	file tests/t.c 'f("\x01"' '  "two"' '  "\x02\n"' '  "three", "four",' '  "five");'
	run "$ROOT/scripts/lint-code.py"
	[ "$status" -eq 0 ]
}

@test "pictures are small, are text, and are shown" {
	mkdir -p docs/pictures
	file doc.md '<img src="docs/pictures/gone.svg" alt="gone">'
	found docs "doc.md: 'docs/pictures/gone.svg' leads nowhere"
	file docs/pictures/a.svg '<svg><text x="1">a</text></svg>'
	file doc.md 'fine'
	found docs "docs/pictures/a.svg: no document shows it"
	file doc.md '<img width="32%" src="docs/pictures/a.svg" alt="a">'
	run "$ROOT/scripts/lint-docs.py"
	[ "$status" -eq 0 ]
	file docs/pictures/a.svg '<svg><path d="M0 0"/></svg>'
	found docs "docs/pictures/a.svg: no text in it"
	file docs/pictures/a.svg '<svg><text x="1">a</text></svg>' "<!-- $(printf '%.0sx' {1..41000}) -->"
	found docs "docs/pictures/a.svg: more than 40960 bytes"
}

@test "links, files, targets, commands, and what is outside" {
	file doc.md '[gone](scripts/gone.sh)'
	found docs "doc.md: 'scripts/gone.sh' leads nowhere"
	file doc.md '[gone](README.md#the-garden)'
	found docs "'README.md#the-garden': no such heading"
	file doc.md 'See `auditor/elf/life.c`.'
	found docs "doc.md: 'auditor/elf/life.c' is not there"
	file doc.md 'See `sql/reports/*.sql`.'
	found docs "'sql/reports/*.sql' is not there"
	file doc.md 'Run `make toast` or `make check`.'
	found docs "'make toast' is no target"
	file doc.md '```sh' 'build/kmemdb y --all' '```'
	found docs "'kmemdb y' is no command"
	file doc.md 'As issue 12 asks.'
	found docs "doc.md:1: cites 'issue 12'"
	file doc.md 'fine'
	file auditor/elf/a.c '/* as link/work.h says */'
	found docs "auditor/elf/a.c: 'link/work.h' is not there"
	file auditor/elf/a.c 'f("run '"'kmemdb z TREE'"' first\n");'
	found docs "auditor/elf/a.c: 'kmemdb z' is no command"
	file auditor/elf/a.c 'f("it is no kmemdb database\n");'
	run "$ROOT/scripts/lint-docs.py"
	[ "$status" -eq 0 ]
}
