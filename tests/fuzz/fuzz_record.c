/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blobs of table cached_record whose check is right, whatever follows it.
 * What can be read is written again, and must read the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "store/record_blob_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const struct object_record *a, const struct object_record *b)
{
	if (a->nsections != b->nsections || a->nsymbols != b->nsymbols ||
	    a->nreferences != b->nreferences || a->text != b->text ||
	    a->machine != b->machine || a->eflags != b->eflags)
		abort();
	for (size_t i = 0; i < a->nsections; i++)
		if (strcmp(a->sections[i].name, b->sections[i].name) != 0 ||
		    a->sections[i].size != b->sections[i].size ||
		    !a->sections[i].content != !b->sections[i].content ||
		    (a->sections[i].content &&
		     memcmp(a->sections[i].content, b->sections[i].content,
			    a->sections[i].size) != 0))
			abort();
}

static void again(const struct object_record *r)
{
	struct arena arena = ARENA_INIT;
	struct object_record second = { 0 };
	unsigned char *bytes;
	size_t len;

	if (record_blob_encode(r, &bytes, &len) == 0) {
		if (record_blob_decode(bytes, len, &arena, &second) != 1)
			abort();
		/* Symbols that no layout needs are left out. */
		second.nsymbols = r->nsymbols;
		same(r, &second);
		free(bytes);
	}
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char *bytes = malloc(size + CHECK_LEN);
	struct arena arena = ARENA_INIT;
	struct object_record r = { 0 };
	uint64_t check = XXH3_64bits(data, size);

	if (!bytes)
		return 0;
	for (size_t i = 0; i < CHECK_LEN; i++)
		bytes[i] = (unsigned char)(check >> (8 * i));
	if (size)
		memcpy(bytes + CHECK_LEN, data, size);
	if (record_blob_decode(bytes, size + CHECK_LEN, &arena, &r) == 1)
		again(&r);
	arena_release(&arena);
	free(bytes);
	return 0;
}
