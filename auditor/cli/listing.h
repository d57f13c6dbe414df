/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `kmemdb --list-options`: the tables of commands, options and reports for
 * programs.  scripts/man.sh and scripts/completions.sh are made from it.
 *
 * One record a line, fields divided by tabs, no header.  The first field is
 * the kind of the record; later versions may add kinds, and fields at a
 * record's end, but change none:
 *
 *	format	1
 *	program	VERSION	SUMMARY
 *	command	COMMAND	SUMMARY
 *	usage	COMMAND	LINE
 *	text	COMMAND	PARAGRAPH
 *	operand	COMMAND	NAME	VALUES	KIND	COUNT
 *	option	COMMAND	NAME	LETTER	ARGUMENT	VALUES	HELP	KIND
 *	exit	COMMAND	CODE	WHEN
 *	group	GROUP	TITLE
 *	report	REPORT	TITLE	GROUP	SEE
 *	about	REPORT	PARAGRAPH
 *	param	REPORT	OPTION	ARGUMENT	VALUES	HELP	KIND
 *	column	REPORT	COLUMN	UNIT	SUM	HELP	WIDE
 *	order	REPORT	COLUMNS
 *	view	VIEW	TITLE
 *	numbers	PARAGRAPH (how tables show them)
 *
 * COMMAND is empty for the program itself; VALUES are words with a blank
 * between, or LEAST..MOST of a number, or empty; KIND is a value_kind_name of
 * cli/options.h; COUNT is 1, ? (or none), + (or more) or * (any); SUM is
 * "sum" or empty, WIDE "wide" (in tables with --wide only) or empty; SEE are the
 * two reports to look at next.
 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "support/err.h"

/* To standard output. */
int listing_print(struct err *e);

#endif
