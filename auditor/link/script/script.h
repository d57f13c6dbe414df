/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A linker script as a flat program: what SECTIONS says, in its order.
 * Texts point into the script, which outlives it; script_release (stmt.h)
 * frees the arrays.  Private to link/.
 */
#ifndef LINK_SCRIPT_SCRIPT_H
#define LINK_SCRIPT_SCRIPT_H

#include "link/script/expr.h"

enum stmt_kind {
	STMT_ASSIGN, /* name = value; "." is the location counter */
	STMT_OUTPUT, /* an output section begins */
	STMT_END,    /* it ends */
	STMT_INPUT,  /* input sections */
	STMT_DATA,   /* BYTE and friends */
};

/* Of one pattern. Stored in no file. */
enum sort_by {
	SORT_NOT = 0,
	SORT_NAME,
	SORT_ALIGNMENT,
	SORT_INIT_PRIORITY,
};

/* A stretch of script.lists[]: file patterns of EXCLUDE_FILE. */
struct token_list {
	uint32_t first, n;
};

/* One pattern of an input statement. */
struct section_spec {
	struct token pattern;
	enum sort_by sort, then;
	bool reverse;
	struct token_list exclude;
	uint32_t stmt; /* the statement it is in */
	uint32_t next; /* another spec of the same pattern text */
};

/* The sections that a statement got, in order of placement. */
struct sec_list {
	uint32_t head, tail, n;
};

struct script_stmt {
	enum stmt_kind kind;
	struct token name; /* of a symbol or an output section */
	struct expr value; /* of an assignment */
	bool provide;
	/* STMT_OUTPUT */
	bool discard, overlay, overlay_first;
	struct expr load, subalign;
	/* STMT_INPUT */
	struct token file;
	struct token_list exclude;
	bool sort_files;
	bool keep; /* KEEP: --gc-sections drops none of them */
	uint32_t first_spec, nspecs;
	struct sec_list secs;
	uint32_t output; /* of the image, also of STMT_OUTPUT */
	/* STMT_DATA */
	uint32_t bytes;
};

struct script {
	struct script_stmt *stmts;
	size_t nstmts, stmts_cap;
	struct section_spec *specs;
	size_t nspecs, specs_cap;
	struct token *lists;
	size_t nlists, lists_cap;
	struct expr_pool pool;
	/* Statements that could not be read, and the first of them. */
	size_t nodd;
	struct token odd;
};

#endif
