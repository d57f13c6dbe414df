/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions by name, of all objects.
 */
#ifndef CODE_MESSAGES_EXPORTS_H
#define CODE_MESSAGES_EXPORTS_H

#include "code/messages/facts.h"
#include "support/u64map.h"

#define EXPORT_NONE UINT32_MAX

/* A function that other objects can call. */
struct export
{
	const char *name;
	uint32_t input;
	uint32_t function; /* EXPORT_NONE: told by what was saved */
	uint32_t image;
	uint32_t next; /* of the same hash; EXPORT_NONE */
	bool weak;     /* another one of its image goes before it */
	const struct summary *told; /* never NULL */
	bool changed;		    /* in the last round */
};

struct exports {
	struct u64map by_hash; /* saved_hash of the name -> first */
	struct export *list;
	size_t count, capacity;
};

int exports_add(struct exports *x, const struct export *add, struct err *e);
/*
 * The function that a name means in an image: its own, else vmlinux's, else
 * the one that a module has; EXPORT_NONE: none.  name NULL: the hash must do;
 * *ret_unsure where it is that of several names.
 */
uint32_t exports_find(const struct exports *x, uint32_t hash, const char *name,
		      uint32_t image, bool *ret_unsure);
void exports_release(struct exports *x);

#endif
