/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which messages the objects print when an allocation failed: their code is
 * read, on many threads, and then all of it is solved together.
 */
#ifndef AUDIT_MESSAGES_H
#define AUDIT_MESSAGES_H

#include "audit/steps.h"
#include "model/message.h"

/* What earlier audits have left, for those who cannot see the database. */
struct message_memory {
	void *context;
	/* The number of what was saved under content; 0: nothing was.  On any
	 * thread. */
	int64_t (*find)(void *context, const unsigned char content[16]);
	/* That of an object that was not opened; 0: nothing was. */
	int64_t (*of_object)(void *context, size_t object);
	/* 1: *ret is in a; 0: it cannot be used. */
	int (*load)(void *context, int64_t number, struct arena *a,
		    const unsigned char **ret, size_t *ret_len, struct err *e);
};

struct messages_job {
	const struct audit_input *in;
	const struct measured *measured;
	const struct known_function *functions;
	size_t nfunctions;
	struct message_memory memory;
};

struct found_messages {
	struct object_messages *objects; /* as tree.objects */
	size_t nobjects;
	bool *looked;	/* this one was read, now or by an earlier audit */
	size_t decoded; /* so many were now */
	size_t cut_off; /* functions that were not followed to their end */
	size_t blind;	/* objects of machines without a decoder */
	/* NULL, or why nobody looked: fit for a remark. */
	const char *reason;
	struct arena arena;
};

/* Objects that cannot be read have no messages and are no error.  The caller
 * releases *ret. */
int messages_find(const struct messages_job *job, struct found_messages *ret,
		  struct err *e);
void found_messages_release(struct found_messages *f);

#endif
