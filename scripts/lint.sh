#!/bin/bash
# Everything about the sources that can be checked without running them.
# Prints a line a finding and "lint: N findings"; exit 1 where N > 0.
#
# CFLAGS for the compilers come from the Makefile (make lint).
set -u
cd "$(dirname "$0")/.." || exit 3

findings=0
finding() {
	printf 'lint: %s\n' "$*" >&2
	findings=$((findings + 1))
}
# Runs a check whose every line of output is a finding.
lines() {
	local what=$1
	shift
	while IFS= read -r line; do
		finding "$what: $line"
	done < <("$@" 2>&1)
}

mapfile -t C_FILES < <(git ls-files -co --exclude-standard -- 'auditor/*.c' 'tests/*.c' ':!tests/messages/fixtures/*')
mapfile -t H_FILES < <(git ls-files -co --exclude-standard -- 'auditor/*.h' 'tests/*.h')
mapfile -t SH_FILES < <(git ls-files -co --exclude-standard -- '*.sh' '*.bash' .ci/run)
mapfile -t ALL_FILES < <(git ls-files -co --exclude-standard)

jobs=$(nproc)

# ---- how files hang together, and what documents name ----
lines sources scripts/lint-code.py
lines documents scripts/lint-docs.py

# One home for each library.
check_homes() {
	grep -lE '#include <(gelf|libelf)\.h>' auditor -r | grep -v '^auditor/elf/'
	grep -lE '#include <(elfutils/|dwarf)' auditor -r | grep -v '^auditor/symbols/'
	grep -lE '#include <sqlite3\.h>' auditor -r | grep -vE '^auditor/(store|query|exchange|support/db_guard)'
	grep -lE '#include <git2\.h>' auditor -r | grep -v '^auditor/kbuild/module/'
	grep -lE '#include <libsmartcols' auditor -r | grep -v '^auditor/render/'
	grep -lE '#include <(event-parse|trace-cmd)' auditor -r | grep -v '^auditor/trace/'
	grep -lE '#include <archive' auditor -r | grep -v '^auditor/support/module/'
	grep -lE '#include <capstone' auditor -r | grep -v '^auditor/code/module/'
	grep -lE '#include <bfd\.h>' auditor -r | grep -v '^auditor/bfd/module/'
	grep -lE '#include <(cairo|pango)' auditor -r | grep -v '^auditor/plot/module/'
	grep -lE '#include <(n?curses|term)' auditor -r | grep -v '^auditor/top/module/'
	grep -lE '#include <(protobuf-c|zlib)' auditor -r | grep -v '^auditor/profile/module/'
}
lines 'library outside its home' check_homes

# ---- SQL stays in .sql files, each view and report documented ----
check_sql_in_c() {
	grep -nE '"[^"]*\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\b' \
		auditor -r --include='*.c' --include='*.h' |
		grep -v 'lint: one statement' # said so beside it, with the reason
}
lines 'SQL in C' check_sql_in_c
check_view_docs() {
	local db view file documented real
	db=$(mktemp) || return
	scripts/embed-sql.sh --expand sql/schema/current.sql sql/views/*.sql | sqlite3 "$db" || echo "schema does not load"
	for file in sql/views/*.sql; do
		view=$(basename "$file" .sql)
		grep -q "^-- view: $view\$" "$file" || echo "$file: no '-- view: $view'"
		grep -q '^-- title: .' "$file" || echo "$file: no title"
		documented=$(sed -n 's/^-- column: \([a-z_]*\) [a-z]* .*/\1/p' "$file" | tr '\n' ' ')
		real=$(sqlite3 "$db" "SELECT group_concat(name, ' ') || ' ' FROM pragma_table_info('$view')")
		[ "$documented" = "$real" ] ||
			echo "$file documents '$documented', the view has '$real'"
	done
	for file in sql/reports/*.sql sql/checks/*.sql; do
		grep -q '^-- title: .' "$file" || echo "$file: no title"
		grep -q '^-- column: ' "$file" || echo "$file: no columns"
		grep -q '^-- empty: ' "$file" || echo "$file: no word for an empty answer"
	done
	rm -f "$db"
}
lines 'SQL docs' check_view_docs

# A statement that nothing runs is a leftover.
check_statements() {
	local name
	sed -n 's/^-- statement: //p' sql/store/*.sql | while read -r name; do
		grep -qrw "ST_${name^^}" auditor/store auditor/exchange --include='*.c' ||
			echo "sql/store has the statement '$name', which nothing runs"
	done
}
lines 'SQL statements' check_statements

# ---- C ----
# header_alone FILE...: each compiles by itself.
header_alone() {
	local h
	for h; do
		# shellcheck disable=SC2086 # flags are a list
		echo "#include \"${h#auditor/}\"" |
			${CC:-gcc} ${LINT_CFLAGS:-} -I. -fsyntax-only -x c - 2>&1 | head -n 3
	done
}
export -f header_alone
check_headers() {
	printf '%s\0' "${H_FILES[@]}" | xargs -0 -P "$jobs" -n 16 bash -c 'header_alone "$@"' _
}
lines 'header alone' check_headers

check_banned() {
	grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|sscanf|atoi|atol|strtok|alloca|rand)\(' \
		auditor -r --include='*.c' --include='*.h'
	grep -LE 'SPDX-License-Identifier: GPL-3.0-or-later' "${C_FILES[@]}" "${H_FILES[@]}"
}
lines 'banned' check_banned

check_length() {
	wc -l "${C_FILES[@]}" "${H_FILES[@]}" | awk '$2 != "total" && $1 > 420 { print $2 ": " $1 " lines" }'
}
lines 'file too long' check_length

check_format() {
	printf '%s\0' "${C_FILES[@]}" "${H_FILES[@]}" |
		xargs -0 -P "$jobs" -n 32 clang-format --dry-run 2>&1 | grep -E 'warning:'
}
lines 'format (clang-format -i)' check_format

check_clang() {
	# shellcheck disable=SC2086 # flags are a list
	printf '%s\0' "${C_FILES[@]}" |
		xargs -0 -P "$jobs" -n 8 clang ${LINT_CFLAGS:-} -Itests/unit -I. -fsyntax-only 2>&1 |
		grep -E 'warning:|error:'
}
lines clang check_clang

check_cppcheck() {
	cppcheck --quiet --std=c11 --enable=warning,portability,performance \
		--inline-suppr --suppress=missingInclude --suppress=missingIncludeSystem \
		--suppress=preprocessorErrorDirective:build/gen/* --suppress=normalCheckLevelMaxBranches --suppress=uninitvar:auditor/symbols/* \
		-j "$jobs" -Iauditor -Ibuild/gen -D_GNU_SOURCE \
		--template='{file}:{line}: {id}: {message}' auditor
}
lines cppcheck check_cppcheck

# ---- shell ----
check_shell() {
	shellcheck --format=gcc "${SH_FILES[@]}"
}
lines shellcheck check_shell

# ---- nothing of one machine ----
check_paths() {
	grep -nE '/(work|root|home/[a-z]+)/' "${ALL_FILES[@]}" | grep -vE '^(scripts/lint\.sh):' | head
}
lines 'path of a machine' check_paths

printf 'lint: %d findings\n' "$findings"
[ "$findings" -eq 0 ]
