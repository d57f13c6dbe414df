/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions that the search begins with, by name (model/message.h), and
 * what the flow must know of a call of them.
 */
#ifndef CODE_MESSAGES_KNOWN_H
#define CODE_MESSAGES_KNOWN_H

#include "code/flow/result.h"
#include "model/message.h"
#include "support/err.h"
#include "support/strmap.h"

struct known_table {
	const struct known_function *list;
	size_t count;
	struct strmap by_name;
	uint64_t digest;
	uint64_t begins[64]; /* filter: bit by the first bytes of names */
};

int known_table_make(const struct known_function *list, size_t count,
		     struct known_table **ret, struct err *e);
void known_table_free(struct known_table *t);

/* Another list has another. */
uint64_t known_table_digest(const struct known_table *t);

/* Of a symbol's name, suffixes of clones and of profiling left out; NULL:
 * none. */
const struct known_function *known_find(const struct known_table *t,
					const char *symbol);

/* The length of the name that a function has in the source. */
size_t known_base_length(const char *symbol);
bool known_is_cold(const char *symbol);

/* Fills *ret for a call of k on a machine with words of so many bytes. */
void known_callee(const struct known_function *k, uint8_t word,
		  struct flow_callee *ret);

/* A v… form takes a va_list and has no arguments of its own: who calls it
 * prints for others. */
bool known_takes_list(const struct known_function *k);

/* Does a call of it say that the function matters at all? */
bool known_is_seed(const struct known_function *k);

#endif
