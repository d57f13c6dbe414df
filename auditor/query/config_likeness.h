/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How alike the configurations of two builds are: of the options that are set
 * in one of them, the share that both have alike.
 */
#ifndef QUERY_CONFIG_LIKENESS_H
#define QUERY_CONFIG_LIKENESS_H

#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "support/err.h"
#include "support/intern.h"
#include "support/u64map.h"

struct option_set {
	uint64_t
		*options; /* hashes of their lines, ascending; NULL: not read */
	size_t n;
};

/* All zeros but db is empty and ready. */
struct config_likeness {
	sqlite3 *db;
	struct intern hashes; /* of configurations; 0 is none */
	struct config_of {
		int64_t build; /* one that has it */
		struct option_set set;
	} * configs; /* by number */
	size_t nconfigs, room, bytes;
	struct u64map known; /* of two numbers: the answer */
};

/* The number of a configuration that build has, by its hash; 0 where hash is
 * NULL or memory is out. */
uint32_t config_number(struct config_likeness *c, const char *hash,
		       int64_t build);

/* From 0 to 100; negative with *e filled.  ctx is a config_likeness. */
int config_alike(void *ctx, uint32_t a, uint32_t b, struct err *e);

void config_likeness_release(struct config_likeness *c);

#endif
