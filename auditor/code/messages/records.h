/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a compiler wrote down of messages, beside the code: entries of
 * .printk_index (CONFIG_PRINTK_INDEX) and records of __dyndbg
 * (CONFIG_DYNAMIC_DEBUG).  They name function, file and line of the source.
 * All sizes are bytes.
 */
#ifndef CODE_MESSAGES_RECORDS_H
#define CODE_MESSAGES_RECORDS_H

#include "code/messages/facts.h"

struct message_record {
	uint64_t text;		     /* CODE_AT of the format */
	const char *function, *file; /* in the object's sections */
	uint32_t line;
	uint32_t bytes; /* with the pointer to it, and padding */
};

struct records {
	struct message_record *list; /* ascending by text, line */
	size_t count;
};

/* Damaged entries are left out.  free() the list. */
int records_read(const struct object_facts *f, struct records *ret,
		 struct err *e);

/*
 * Fills index_bytes, file and line of a finding: of the records that have its
 * text and its function, or a function that the compiler put into it.
 */
void records_apply(const struct records *r, const struct object_facts *f,
		   uint64_t text, struct message_finding *m);

#endif
