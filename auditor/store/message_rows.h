/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages that functions print: rows of a transaction (store/store.h), and
 * what the search for them needs of the database.
 */
#ifndef STORE_MESSAGE_ROWS_H
#define STORE_MESSAGE_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "model/message.h"
#include "store/store.h"
#include "support/arena.h"

/*
 * The functions that the search begins with, of a kernel release (1000 *
 * VERSION + PATCHLEVEL), in a.  A row of the user's that means nothing is
 * ERR_DB.
 */
int store_message_functions(struct store *s, int64_t release, struct arena *a,
			    struct known_function **ret, size_t *ret_count,
			    struct err *e);

/* A hash of what the user added to them. */
int store_message_additions(struct store *s, unsigned char ret[16],
			    struct err *e);

/* Which ELF section is which of a record: elf[i] is that of ordinal i. */
struct section_numbers {
	uint32_t *elf;
	size_t count;
};

/* The number of an object's messages; stored only where they are new. */
int store_message_set(struct store *s, const struct object_messages *m,
		      const struct section_numbers *sections, int64_t *ret_id,
		      struct err *e);

#endif
