/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of an object is kept for the next audit: what its functions do for
 * others, what others' do for it, and its messages.  Of no machine's byte
 * order; a blob that is damaged in any way, or was made with another list of
 * functions, is as none.  Private to messages/.
 */
#ifndef CODE_MESSAGES_SAVED_H
#define CODE_MESSAGES_SAVED_H

#include "code/messages/facts.h"

struct saved_export {
	const char *name; /* in the blob's arena */
	struct summary summary;
};

/* A function of another object that this one refers to. */
struct saved_input {
	uint32_t name;	 /* saved_hash of it */
	uint64_t answer; /* summary_digest of what it does; 0: nothing */
};

struct saved {
	struct saved_export *exports; /* of those that do something */
	size_t nexports;
	struct saved_input *inputs; /* ascending by name, each once */
	size_t ninputs;
};

uint32_t saved_hash(const char *name);

/* 0 for a summary that says nothing. */
uint64_t summary_digest(const struct summary *s);

/* Into a: *s and the messages of *ret.  false: it cannot be used, or memory
 * is out. */
bool saved_read(const struct facts_job *job, const unsigned char *blob,
		size_t len, struct arena *a, struct saved *s,
		struct object_messages *ret);

/* Sets ret->saved, of s and the messages in *ret. */
int saved_write(const struct facts_job *job, const struct saved *s,
		struct object_messages *ret, struct err *e);

#endif
