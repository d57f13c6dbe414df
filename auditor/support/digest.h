/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The content address: 128 bits of XXH3, without a seed, in the one byte
 * order that is stored.
 *
 *	struct digest d;
 *
 *	if (digest_begin(&d, e))
 *		return -(int)e->code;
 *	digest_add(&d, p, len);
 *	digest_end(&d, hash);
 */
#ifndef SUPPORT_DIGEST_H
#define SUPPORT_DIGEST_H

#include <stddef.h>
#include <string.h>

#include <xxhash.h>

#include "support/err.h"

#define DIGEST_LEN 16 /* bytes */

struct digest {
	XXH3_state_t *state;
};

static inline void digest_store(XXH128_hash_t hash,
				unsigned char ret[DIGEST_LEN])
{
	XXH128_canonical_t c;

	XXH128_canonicalFromHash(&c, hash);
	memcpy(ret, c.digest, DIGEST_LEN);
}

/* Of len bytes at p that are all there at once. */
static inline void digest_of(const void *p, size_t len,
			     unsigned char ret[DIGEST_LEN])
{
	digest_store(XXH3_128bits(p, len), ret);
}

/* 0 or -ERR_NOMEM. */
static inline int digest_begin(struct digest *d, struct err *e)
{
	d->state = XXH3_createState();
	if (!d->state || XXH3_128bits_reset(d->state) == XXH_ERROR) {
		XXH3_freeState(d->state);
		return err_nomem(e);
	}
	return 0;
}

static inline void digest_add(struct digest *d, const void *p, size_t len)
{
	XXH3_128bits_update(d->state, p, len);
}

/* Frees what digest_begin made; so does digest_drop, without an answer. */
static inline void digest_drop(struct digest *d)
{
	XXH3_freeState(d->state);
	d->state = NULL;
}

static inline void digest_end(struct digest *d, unsigned char ret[DIGEST_LEN])
{
	digest_store(XXH3_128bits_digest(d->state), ret);
	digest_drop(d);
}

#endif
