#!/bin/sh
# Write shell completions to standard output, from the program's own tables
# (kmemdb --list-options, whose fields auditor/cli/listing.h describes).
#
#   scripts/completions.sh PROGRAM bash
#   scripts/completions.sh PROGRAM zsh
set -eu

program=${1:?usage: completions.sh PROGRAM bash|zsh}
shell=${2:?usage: completions.sh PROGRAM bash|zsh}

case $shell in
bash | zsh) ;;
*)
	echo "usage: completions.sh PROGRAM bash|zsh" >&2
	exit 2
	;;
esac

# Fails here where the program does.
listing=$("$program" --list-options)

# The template of the shell, each @TABLE@ of which awk puts in: the listing is
# read first, then the template.
printf '%s\n' "$listing" | awk -F '\t' -v shell="$shell" '
# A blank between.
function add(list, word) { return list (list == "" ? "" : " ") word }

function is_words(values) { return values != "" && values !~ /\.\./ }

NR == FNR && $1 == "command" { command[++commands] = $2; summary[$2] = $3 }
NR == FNR && $1 == "operand" {
	n = ++operands[$2]
	operand[$2, n] = $3; operand_values[$2, n] = $4
	operand_kind[$2, n] = $5; many[$2, n] = $6 ~ /[+*]/
}
NR == FNR && $1 == "option" {
	n = ++options[$2]
	name[$2, n] = $3; letter[$2, n] = $4; argument[$2, n] = $5
	values[$2, n] = $6; help[$2, n] = $7; kind[$2, n] = $8
	dashed[$2] = add(dashed[$2], "--" $3 ($4 == "" ? "" : " -" $4))
}
NR == FNR && $1 == "report" {
	report[++reports] = $2; report_names = add(report_names, $2)
	about[$2] = $3; see[$2] = $5
}
NR == FNR && $1 == "column" { columns[$2] = add(columns[$2], $3) }
NR == FNR { next }

# ---- bash: what is there, as _kmemdb_fill knows it ----

function bash_kind(vals, k) {
	if (is_words(vals))
		return "words:" vals
	if (k == "report")
		return "words:" report_names
	return k == "file" ? "files" : k == "directory" ? "dirs" : \
		k == "build" ? "builds" : k == "trace" ? "traces" : \
		k == "column" ? "columns" : "none"
}

function bash_kinds(   i, j, c, pattern) {
	for (i = 1; i <= commands; i++) {
		c = command[i]
		printf "\t%s) echo \047%s\047 ;;\n", c, bash_kind(operand_values[c, 1], operand_kind[c, 1])
		for (j = 1; j <= options[c]; j++) {
			if (argument[c, j] == "")
				continue
			pattern = "\047" c " --" name[c, j] "\047"
			if (letter[c, j] != "")
				pattern = pattern " | \047" c " -" letter[c, j] "\047"
			printf "\t%s) echo \047%s\047 ;;\n", pattern, bash_kind(values[c, j], kind[c, j])
		}
	}
}

# ---- zsh ----

# Text within a specification in single quotes.
function zsh_quote(s) {
	gsub(/[]:\\[]/, "\\\\&", s)
	gsub(/\047/, "\047\\\\\047\047", s)
	return s
}

# Each with its title, and what to look at next.
function zsh_reports(   i, words, next_ones, out) {
	for (i = 1; i <= reports; i++) {
		next_ones = see[report[i]]
		sub(/ /, ", ", next_ones)
		words = about[report[i]] "; see also " next_ones
		gsub(/["$`]/, "", words)
		out = add(out, report[i] "\\:\"" zsh_quote(words) "\"")
	}
	return "((" out "))"
}

function zsh_action(vals, k) {
	if (is_words(vals))
		return "(" vals ")"
	if (k == "report")
		return zsh_reports()
	return k == "file" ? "_files" : k == "directory" ? "_directories" : \
		k == "build" ? " _kmemdb_refs builds" : \
		k == "trace" ? " _kmemdb_refs traces" : \
		k == "column" ? "_kmemdb_columns" : " "
}

function zsh_option(c, j,   spec, equals, words) {
	words = help[c, j]
	sub(/;.*/, "", words)
	words = zsh_quote(words)
	if (argument[c, j] != "") {
		spec = ":" argument[c, j] ":" zsh_action(values[c, j], kind[c, j])
		equals = "="
	}
	if (letter[c, j] == "")
		printf "\t\t\t\047--%s%s[%s]%s\047 \\\n", name[c, j], equals, words, spec
	else
		printf "\t\t\t\047(-%s --%s)\047{-%s%s,--%s%s}\047[%s]%s\047 \\\n", \
			letter[c, j], name[c, j], letter[c, j], equals == "" ? "" : "+", \
			name[c, j], equals, words, spec
}

function zsh_arguments(   i, j, c) {
	for (i = 1; i <= commands; i++) {
		c = command[i]
		printf "\t%s)\n\t\t_arguments \\\n", c
		for (j = 1; j <= options[c]; j++)
			zsh_option(c, j)
		for (j = 1; j <= operands[c]; j++)
			printf "\t\t\t\047%s:%s:%s\047%s\n", \
				many[c, j] ? "*" : j, zsh_quote(operand[c, j]), \
				zsh_action(operand_values[c, j], operand_kind[c, j]), \
				j < operands[c] ? " \\" : ""
		printf "\t\t;;\n"
	}
}

# ---- both ----

function names(   i, out) {
	for (i = 1; i <= commands; i++)
		out = add(out, command[i])
	return out
}

$0 == "@KINDS@"		{ bash_kinds(); next }
$0 == "@ARGUMENTS@"	{ zsh_arguments(); next }
$0 == "@OPTIONS@" {
	for (i = 1; i <= commands; i++)
		printf "\t%s) echo \047%s\047 ;;\n", command[i], dashed[command[i]]
	next
}
$0 == "@COLUMNS@" {
	for (i = 1; i <= reports; i++)
		if (shell == "bash")
			printf "\t%s) echo \047%s\047 ;;\n", report[i], columns[report[i]]
		else
			printf "\t\t%s) compadd %s ;;\n", report[i], columns[report[i]]
	next
}
$0 == "@COMMANDS@" {
	for (i = 1; i <= commands; i++)
		printf "\t\t\047%s:%s\047\n", command[i], zsh_quote(summary[command[i]])
	next
}
{
	gsub(/@COMMANDS@/, names())
	gsub(/@PROGRAM_OPTIONS@/, dashed[""])
	print
}' - "$(dirname "$0")/completion.$shell.in"
