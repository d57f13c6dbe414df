/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The KASLR offset by trying.
 */
#ifndef SYMBOLS_KASLR_H
#define SYMBOLS_KASLR_H

#include "symbols/printed_site.h"

/*
 * Finds the KASLR offset by trying: the one at which nearly all addresses are ones
 * that a call returns to.  For traces with raw addresses and no kallsyms.
 * addresses that are in no image are passed over.  Returns 1 found, 0 not
 * (too few, or no KASLR offset fits 90 % of them).
 */
int resolver_find_kaslr_offset(struct resolver *r, const uint64_t *addresses,
			       size_t count);

#endif
