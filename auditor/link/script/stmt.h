/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statements of a linker script while it is read.  Private to link/.
 *
 * Readers return 0; 1 where the text is no such statement; or negative, with e
 * filled, when memory is out.
 */
#ifndef LINK_SCRIPT_STMT_H
#define LINK_SCRIPT_STMT_H

#include "link/script/script.h"

/* A statement at the end of the script; NULL when memory is out.  Valid until
 * the next one is added. */
struct script_stmt *script_add(struct script *s, enum stmt_kind kind);

/* Counts a statement that could not be read; t is where. */
void script_odd(struct script *s, struct token t);

/* To the ';' that ends a statement that could not be read, or before the
 * brace that ends what it is in. */
void script_skip_statement(struct script_text *t);

/* At "name =", "name +=". */
int script_assignment(struct script *s, struct script_text *t,
		      struct token name, bool provide, struct err *e);

/* PROVIDE, ASSERT and other words that may be anywhere. */
int script_common(struct script *s, struct script_text *t, struct token word,
		  struct err *e);

void script_release(struct script *s);

#endif
