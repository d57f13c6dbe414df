/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loading the decoder, which is a module (support/module.h).
 */
#ifndef CODE_DECODE_LOAD_H
#define CODE_DECODE_LOAD_H

#include "code/decode/decode_room.h"

/* Loads the module, once.  ERR_IO where it is missing. */
int decode_room_load(const struct decode_room **ret, struct err *e);

#endif
