#!/bin/sh
# What the program needs of sql/, as C text on stdout.
#
#   embed-sql.sh sql/*/*.sql               a table of struct sql_file {path
#                                          below sql/, text}, ended by {0, 0}
#   embed-sql.sh --statements sql/store/*.sql
#                                          STORE_STATEMENTS(X), which expands
#                                          X(NAME, "name") for each line
#                                          "-- statement: name"
#
# String literals of one line each keep within what C11 promises a compiler
# takes, and keep the text greppable in the product.
set -eu

if [ "${1:-}" = --statements ]; then
	shift
	# A name in two files would give two enumerators of one name, which the
	# compiler reports without saying where.
	awk '
	/^-- statement: / {
		name = $3
		if (NF != 3 || name !~ /^[a-z][a-z0-9_]*$/) {
			printf "%s:%d: a statement needs one name of a-z, 0-9 and _\n", FILENAME, FNR > "/dev/stderr"
			bad = 1
		}
		if (name in at) {
			printf "%s:%d: statement %s is in %s already\n", FILENAME, FNR, name, at[name] > "/dev/stderr"
			bad = 1
		}
		at[name] = FILENAME
		list = list sprintf(" \\\n\tX(%s, \"%s\")", toupper(name), name)
	}
	END {
		printf "/* Made by scripts/embed-sql.sh from sql/store. */\n#define STORE_STATEMENTS(X)%s\n", list
		exit bad
	}' "$@"
	exit
fi

printf '#include "support/sql_files.h"\n\nconst struct sql_file sql_files[] = {\n'
for f; do
	printf '\t{ "%s",\n' "${f#sql/}"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' \
		-e 's/^/\t  "/' -e 's/$/\\n"/' "$f"
	printf '\t},\n'
done
printf '\t{ 0, 0 }\n};\n'
