/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The last step of an image: its placed sections become places in the order
 * of their addresses, with the symbols that are in them.
 */
#ifndef CODEMAP_ORDER_H
#define CODEMAP_ORDER_H

#include "codemap/builder.h"

/* After the image's layout.  -ERR_NOMEM. */
int codemap_order_image(struct codemap_builder *b, struct err *e);

#endif
