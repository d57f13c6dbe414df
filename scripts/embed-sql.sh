#!/bin/sh
# Print a C table of the .sql files named as arguments: struct sql_file
# {path below sql/, text}, in the order given, ended by {0, 0}.
# String literals of one line each keep within what C11 promises a compiler
# takes, and keep the text greppable in the product.
set -eu

printf '#include "support/sql_files.h"\n\nconst struct sql_file sql_files[] = {\n'
for f; do
	printf '\t{ "%s",\n' "${f#sql/}"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' \
		-e 's/^/\t  "/' -e 's/$/\\n"/' "$f"
	printf '\t},\n'
done
printf '\t{ 0, 0 }\n};\n'
