/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call sites by their address.
 */
#ifndef SYMBOLS_BY_ADDRESS_H
#define SYMBOLS_BY_ADDRESS_H

#include "symbols/resolver.h"

/* Fills *m, which is empty: by_address where the address is in known code
 * (else the state stays SITE_UNKNOWN). */
int resolver_by_address(struct resolver *r, uint64_t address,
			struct site_match *m, struct err *e);

/* The function that holds the byte at addr of a place; named, where not
 * MAP_NONE, is the symbol that the site's text gives. */
int resolver_function(struct resolver *r, uint32_t place, uint64_t addr,
		      uint32_t named, uint32_t *ret, struct err *e);

#endif
