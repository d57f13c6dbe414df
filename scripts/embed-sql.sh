#!/bin/sh
# What the program needs of sql/, on stdout.
#
#   embed-sql.sh sql/*/*.sql               C: a table of struct sql_file {path
#                                          below sql/, text}, ended by {0, 0}
#   embed-sql.sh --statements sql/store/*.sql
#                                          C: STORE_STATEMENTS(X), which
#                                          expands X(NAME, "name") for each
#                                          line "-- statement: name"
#   embed-sql.sh --patterns KIND           C: WRAPPER_PATTERNS(X), which
#                                          expands X("pattern") for each row
#                                          of that kind in view wrappers
#   embed-sql.sh --expand sql/*/*.sql      SQL: the files with their words,
#                                          as SQLite takes them
#
# Outside of comments @word(LIST, EXPRESSION) becomes a CASE with the words of
# sql/views/words.sql, in which a number without a word gives "LIST number",
# and @number(LIST, WORD) becomes the number.  A CASE costs nothing that can be
# measured; looking words up in a table makes some reports a third slower.
# A list or a word that does not exist is an error, and so is a report that has
# no group, or names others than two reports to look at next.
set -eu
sql=$(dirname "$0")/../sql

expand() {
	awk '
	function fail(why) {
		printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
		exit bad = 1
	}
	# The rows of words.sql: (<list>, 0, <word>, …), quoted.
	FNR == NR {
		if (split($0, part, "\047") >= 5 && $0 ~ /^\(/) {
			number = part[3]
			gsub(/[^0-9]/, "", number)
			if ((part[2], part[4]) in numbers)
				fail("list " part[2] " has " part[4] " twice")
			whens[part[2]] = whens[part[2]] " WHEN " number " THEN \047" part[4] "\047"
			numbers[part[2], part[4]] = number
		}
		next
	}
	/^[ \t]*--/ { print; next }
	{
		while (match($0, /@(word|number)\([a-z_]+, [a-z_.-]+\)/)) {
			call = substr($0, RSTART, RLENGTH)
			split(call, part, /[(), ]+/)
			list = part[2]
			if (!(list in whens))
				fail("no list " list " in words.sql")
			if (part[1] == "@word")
				text = "CASE " part[3] whens[list] " ELSE \047" list " \047 || " part[3] " END"
			else if ((list, part[3]) in numbers)
				text = numbers[list, part[3]]
			else
				fail("list " list " has no word " part[3])
			$0 = substr($0, 1, RSTART - 1) text substr($0, RSTART + RLENGTH)
		}
		if ($0 ~ /@(word|number)/)
			fail("use @word(LIST, COLUMN) or @number(LIST, WORD)")
		print
	}
	END { exit bad }' "$sql/views/words.sql" "$1"
}

case ${1:-} in
--expand)
	shift
	for f; do
		expand "$f"
	done
	exit
	;;
--patterns)
	awk -v kind="$2" -F "'" '
	$1 == "(" && $2 == kind { list = list sprintf(" \\\n\tX(\"%s\")", $4) }
	END {
		printf "/* Made by scripts/embed-sql.sh from sql/views/wrappers.sql. */\n#define WRAPPER_PATTERNS(X)%s\n", list
		exit list == ""
	}' "$sql/views/wrappers.sql"
	exit
	;;
--statements)
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
	;;
esac

reports=$(for f; do case $f in */reports/*.sql | reports/*.sql) echo "$f" ;; esac; done)
[ -z "$reports" ] || printf '%s\n' "$reports" | awk '
function fail(why) {
	printf "%s: %s\n", file, why > "/dev/stderr"
	bad = 1
}
function name(path) {
	sub(/.*\//, "", path)
	sub(/\.sql$/, "", path)
	return path
}
{ files[NR] = $0; known[name($0)] }
END {
	for (i = 1; i <= NR; i++) {
		file = files[i]
		group = see = ""
		while ((getline line < file) > 0) {
			if (sub(/^-- group: /, "", line)) group = line
			if (sub(/^-- see: /, "", line)) see = line
		}
		close(file)
		if (group !~ /^(static|dynamic|both|trust)$/)
			fail("a report has a line \"-- group: static\" (or dynamic, both, trust)")
		n = split(see, other, " ")
		if (n != 2 || other[1] == other[2])
			fail("a report has a line \"-- see: REPORT REPORT\", the two to look at next")
		for (j = 1; j <= n; j++)
			if (!(other[j] in known) || other[j] == name(file))
				fail("see names \"" other[j] "\", which is no other report")
	}
	exit bad
}'

# String literals of one line each keep within what C11 promises a compiler
# takes, and keep the text greppable in the product.
printf '#include "support/sql_files.h"\n\nconst struct sql_file sql_files[] = {\n'
for f; do
	text=$(expand "$f")
	printf '\t{ "%s",\n' "${f#sql/}"
	printf '%s\n' "$text" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' \
		-e 's/?/\\?/g' -e 's/^/\t  "/' -e 's/$/\\n"/'
	printf '\t},\n'
done
printf '\t{ 0, 0 }\n};\n'
