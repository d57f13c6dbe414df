/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A linker script as a flat program: what SECTIONS says, in its order.
 * Texts point into the script.  Private to link/.
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

/* 0, or -1 when memory is out. What cannot be read is passed and counted. */
int script_parse(struct script *s, const char *text, size_t len);
void script_release(struct script *s);

struct link_work;
struct err;

/*
 * Gives each section of w to the first statement that matches it: fills
 * secs and output of the statements, and output and state of the sections
 * (nowhere and SEC_UNSEEN where no statement matches).  order is the order
 * in which the linker meets the sections; lld: it is lld (link/gc.h).  0 or
 * negative.
 */
int script_match(struct script *s, struct link_work *w, const uint32_t *order,
		 bool lld, struct err *e);
/* Does a pattern of files, or one of a list, match the input? */
bool script_file_matches(const struct link_work *w, struct token pattern,
			 uint32_t input);

/* Between the files of the parser. */
struct script_stmt *script_add(struct script *s, enum stmt_kind kind);
void script_odd(struct script *s, struct token t);
/* At "name =", "name +=": 1 where it is none. */
int script_assignment(struct script *s, struct script_text *t,
		      struct token name, bool provide);
/* PROVIDE, ASSERT and other words that may stand anywhere; 1 for others. */
int script_common(struct script *s, struct script_text *t, struct token word);
/* At the '{' of an output section: all to its '}'. */
int script_body(struct script *s, struct script_text *t);

#endif
