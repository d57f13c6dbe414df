#!/bin/sh
# The page of `kmemdb html` as C, on stdout: two texts, before and after its
# numbers.
#
#   embed-page.sh D3 CSS JS... < page.html
#
# Lines @style@, @d3@, @script@ and @data@ of page.html are replaced by the
# files, and @policy@ by a Content-Security-Policy that lets run what is in
# the page, by its hash, and nothing else: no address of any network.
set -eu
d3=$1 css=$2
shift 2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What is between the tags is exactly what is hashed.
hash_of() {
	octal=$(sha256sum "$1" | cut -c1-64 | awk '{
		for (i = 1; i < 64; i += 2)
			printf "\\%03o", 16 * at(substr($0, i, 1)) + at(substr($0, i + 1, 1))
	}
	function at(digit) { return index("0123456789abcdef", digit) - 1 }')
	# shellcheck disable=SC2059 # the bytes are the format
	printf "$octal" | base64 -w 0
}
{ echo; cat "$css"; } >"$work/style"
{ echo; grep -v '^//# sourceMappingURL' "$d3"; } >"$work/d3"
{
	printf '\n"use strict";\n(() => {\n'
	cat "$@"
	echo '})();'
} >"$work/script"
if grep -liE '</(script|style)' "$work/style" "$work/d3" "$work/script" >&2; then
	echo "embed-page.sh: a file would end its own element" >&2
	exit 1
fi
policy="default-src 'none'; script-src 'sha256-$(hash_of "$work/d3")' 'sha256-$(hash_of "$work/script")'; style-src 'sha256-$(hash_of "$work/style")'; base-uri 'none'; form-action 'none'"

# Bytes as numbers: a string literal may have 4,095 characters.
bytes() {
	printf 'const char %s[] = {\n' "$1"
	od -An -v -td1 "$2" | sed 's/[-0-9][0-9]*/&,/g'
	printf '0};\n'
}
: >"$work/head"
part=$work/head
while IFS= read -r line; do
	case $line in
	@style@) cat "$work/style" ;;
	@d3@) cat "$work/d3" ;;
	@script@) cat "$work/script" ;;
	@data@) part=$work/tail; : >"$part"; continue ;;
	*@policy@*) printf '%s%s%s\n' "${line%%@policy@*}" "$policy" "${line#*@policy@}" ;;
	*@nl@) printf '%s' "${line%@nl@}" ;;
	*) printf '%s\n' "$line" ;;
	esac >>"$part"
done
printf '#include "html/page_files.h"\n\n'
bytes html_page_head "$work/head"
bytes html_page_tail "$work/tail"
