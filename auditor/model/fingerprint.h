/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The content address of a measured object: 128 bits of XXH3 over all that
 * is measured, names normalised.  Equal for two builds of an object that
 * differ only in counters, line numbers, bytes of data of the same size, or
 * debug information.  Bytes of code may differ, too, but only where every
 * call stays where it is: what the database keeps of a footprint's calls
 * (elf/return_sites.h) must be true of all that share it.
 */
#ifndef MODEL_FINGERPRINT_H
#define MODEL_FINGERPRINT_H

#include "model/object.h"
#include "support/err.h"

/* Fills r->fingerprint. detail: the ELF_WANT_* bits the record was read
 * with, so that a brief reading is never taken for a full one. */
int fingerprint_compute(struct object_record *r, unsigned int detail,
			struct err *e);

#endif
