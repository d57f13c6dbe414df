/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of Rust and C++ symbols made readable, by libbfd's bfd_demangle.  It
 * is loaded when the first mangled name is met; where it is missing, names
 * stay as they are.
 */
#ifndef QUERY_DEMANGLE_H
#define QUERY_DEMANGLE_H

#include <stdbool.h>
#include <stddef.h>

#include "query/rows.h"

/*
 * The readable form of text[0..len) where that is a mangled name (_Z..., _R...),
 * malloc'ed; what follows the name in text (+0x10, .cold, .llvm.1) is kept.
 * NULL where it is none, where libbfd is not there, or memory is out.
 */
char *demangle_text(const char *text, size_t len);

/* Rows of others, with readable names. */
struct demangled_rows {
	struct rows rows; /* first: what the reader has of it */
	struct rows *inner;
	struct column *columns; /* as_column: inner's, and demangled */
	struct cell *cells;
	char **texts; /* of the current row's cells */
	bool as_column;
};

/*
 * as_column false: in the place of the mangled names.  True: those stay, and a
 * last column, demangled, has the first readable name of the row, or NULL.
 * inner is the caller's and must outlive it.  ERR_NOMEM alone.
 */
int demangled_rows_init(struct demangled_rows *d, struct rows *inner,
			bool as_column, struct err *e);
void demangled_rows_release(struct demangled_rows *d);

#endif
