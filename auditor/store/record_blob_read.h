/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kept record read back from its bytes, which may be damaged.
 */
#ifndef STORE_RECORD_BLOB_READ_H
#define STORE_RECORD_BLOB_READ_H

#include "store/record_blob.h"

/*
 * 1 and *ret; 0 where the blob is damaged or of another version; -1 when
 * memory is out.  All that *ret points to is in arena: its own stays empty.
 * Of a section index, addr, cls, unattributed and returns are not set, nor
 * size, own and file of a symbol; norm is name.
 */
int record_blob_decode(const unsigned char *bytes, size_t len,
		       struct arena *arena, struct object_record *ret);

#endif
