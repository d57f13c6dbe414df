#!/bin/sh
# Write shell completions to standard output, from what the program itself
# says: its commands, the options of each, the reports and their columns.
#
#   scripts/completions.sh PROGRAM bash
#   scripts/completions.sh PROGRAM zsh
set -eu

program=${1:?usage: completions.sh PROGRAM bash|zsh}
shell=${2:?usage: completions.sh PROGRAM bash|zsh}

commands() {
	"$program" --help | sed -n 's/^  \([a-z][a-z-]*\)  *\(.*\)/\1 \2/p'
}

reports() {
	"$program" query | sed -n 's/^\([a-z][a-z-]*\)  .*/\1/p'
}

# The options of a command's help, one a line, fields divided by tabs: letter,
# long name, argument (each may be empty), the words that may stand for the
# argument, and what it is for.
options() {
	"$program" "$1" --help | awk -v OFS='\t' '
	# "table, csv, tsv, json or md; ..." and "... also account"
	function choices(s,   out) {
		if (!match(s, /^([a-z]+, )+[a-z]+ or [a-z]+/))
			return ""
		out = substr(s, 1, RLENGTH)
		if (match(s, / also [a-z]+/))
			out = out " " substr(s, RSTART + 6, RLENGTH - 6)
		gsub(/, | or /, " ", out)
		return out
	}
	function flush() {
		if (name != "")
			print letter, name, argument, choices(words), words
		name = ""
	}
	/^  -/ {
		flush()
		s = substr($0, 3)
		words = ""
		if (match(s, /  +/)) {
			words = substr(s, RSTART + RLENGTH)
			s = substr(s, 1, RSTART - 1)
		}
		n = split(s, w, /,? /)
		letter = name = argument = ""
		for (i = 1; i <= n; i++) {
			if (w[i] ~ /^--/)
				name = substr(w[i], 3)
			else if (w[i] ~ /^-/)
				letter = substr(w[i], 2)
			else
				argument = w[i]
		}
		next
	}
	name != "" && /^   / { sub(/^ +/, ""); words = words (words == "" ? "" : " ") $0; next }
	{ flush() }
	END { flush() }'
}

# What a command takes besides options: the last word of its usage.
operand() {
	"$program" "$1" --help | sed -n '1s/.* //;1s/[][]//g;1p'
}

# "TABLE is one of database, builds and traces"
operand_words() {
	"$program" "$1" --help | tr '\n' ' ' |
		sed -n "s/.*$2 is one of \([a-z]*\(, [a-z]*\)*\) and \([a-z]*\).*/\1 \3/p" | tr -d ,
}

columns() {
	"$program" query "$1" --help | awk '
	/^Columns:/	{ on = 1; next }
	/^$/		{ on = 0 }
	on && /^  [a-z]/ { printf "%s%s", n++ ? " " : "", $1 }'
}

# ---- bash ----

bash_operand() {
	words=$(operand_words "$1" "$2")
	if [ -n "$words" ]; then
		printf 'words:%s' "$words"
		return
	fi
	case $2 in
	TREE) printf 'dirs' ;;
	LOG | FILE) printf 'files' ;;
	REPORT) printf 'words:%s' "$(reports | tr '\n' ' ' | sed 's/ $//')" ;;
	*) printf 'none' ;;
	esac
}

# Lines of "COMMAND --option) kind" for the case statement.
bash_kinds() {
	tab=$(printf '\t')
	# No field is empty for read: blanks of one kind run together.
	options "$1" | sed "s/$tab$tab/$tab-$tab/g;s/$tab$tab/$tab-$tab/g;s/^$tab/-$tab/" |
		while IFS=$tab read -r letter name argument words _; do
			[ "$argument" != - ] || continue
			pattern="'$1 --$name'"
			[ "$letter" = - ] || pattern="$pattern | '$1 -$letter'"
			if [ "$words" != - ]; then
				kind="words:$words"
			else
				case $name:$argument in
				build:REF) kind=builds ;;
				trace:REF) kind=traces ;;
				*:COLUMN) kind=columns ;;
				*:FILE | *:LOG) kind=files ;;
				*:TREE) kind=dirs ;;
				*) kind=none ;;
				esac
			fi
			printf "\t%s) echo '%s' ;;\n" "$pattern" "$kind"
		done
}

bash_table() {
	case $1 in
	@KINDS@)
		commands | while read -r c _; do
			printf "\t%s) echo '%s' ;;\n" "$c" "$(bash_operand "$c" "$(operand "$c")")"
			bash_kinds "$c"
		done
		;;
	@OPTIONS@)
		commands | while read -r c _; do
			printf "\t%s) echo '%s' ;;\n" "$c" "$(options "$c" | awk -F '\t' '
				{ printf "%s--%s%s", (NR > 1 ? " " : ""), $2, ($1 == "" ? "" : " -" $1) }')"
		done
		;;
	@COLUMNS@)
		reports | while read -r r; do
			printf "\t%s) echo '%s' ;;\n" "$r" "$(columns "$r")"
		done
		;;
	esac
}

# ---- zsh ----

# Text within a specification in single quotes.
zsh_quote() {
	sed -e 's/[]:\\[]/\\&/g' -e "s/'/'\\\\''/g"
}

zsh_action() { # COMMAND NAME ARGUMENT WORDS
	[ -z "$4" ] || { printf '(%s)' "$4"; return; }
	case $2:$3 in
	build:REF) printf ' _kmemdb_refs builds' ;;
	trace:REF) printf ' _kmemdb_refs traces' ;;
	*:COLUMN) printf '_kmemdb_columns' ;;
	*:TREE | *:DIR) printf '_directories' ;;
	*:FILE | *:LOG) printf '_files' ;;
	*:REPORT) printf '(%s)' "$(reports | tr '\n' ' ' | sed 's/ $//')" ;;
	*) printf ' ' ;;
	esac
}

zsh_command() {
	tab=$(printf '\t')
	printf '\t%s)\n\t\t_arguments \\\n' "$1"
	options "$1" | sed "s/$tab$tab/$tab-$tab/g;s/$tab$tab/$tab-$tab/g;s/^$tab/-$tab/" |
		while IFS=$tab read -r letter name argument words help; do
			help=$(printf '%s' "$help" | cut -d ';' -f 1 | zsh_quote)
			[ "$words" != - ] || words=
			spec=
			[ "$argument" = - ] ||
				spec=":$argument:$(zsh_action "$1" "$name" "$argument" "$words")"
			equals=
			[ "$argument" = - ] || equals='='
			if [ "$letter" = - ]; then
				printf "\t\t\t'--%s%s[%s]%s' \\\\\n" "$name" "$equals" "$help" "$spec"
			else
				printf "\t\t\t'(-%s --%s)'{-%s%s,--%s%s}'[%s]%s' \\\\\n" "$letter" "$name" \
					"$letter" "${equals:++}" "$name" "$equals" "$help" "$spec"
			fi
		done
	what=$(operand "$1")
	printf "\t\t\t'1:%s:%s'\n\t\t;;\n" "$what" \
		"$(zsh_action "$1" '' "$what" "$(operand_words "$1" "$what")")"
}

zsh_table() {
	case $1 in
	@COLUMNS@)
		reports | while read -r r; do
			printf '\t\t%s) compadd %s ;;\n' "$r" "$(columns "$r")"
		done
		;;
	@COMMANDS@)
		commands | while read -r c help; do
			printf "\t\t'%s:%s'\n" "$c" "$(printf '%s' "$help" | zsh_quote)"
		done
		;;
	@ARGUMENTS@)
		commands | while read -r c _; do
			zsh_command "$c"
		done
		;;
	esac
}

# The template of a shell, with its tables put in.
write() {
	while IFS= read -r line; do
		case $line in
		@*@) "${shell}_table" "$line" ;;
		*@COMMANDS@*)
			printf '%s\n' "$line" |
				sed "s/@COMMANDS@/$(commands | sed 's/ .*//' | tr '\n' ' ' | sed 's/ $//')/"
			;;
		*) printf '%s\n' "$line" ;;
		esac
	done <"$(dirname "$0")/completion.$shell.in"
}

case $shell in
bash | zsh) write ;;
*)
	echo "usage: completions.sh PROGRAM bash|zsh" >&2
	exit 2
	;;
esac
