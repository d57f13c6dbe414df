/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Symbols and functions of an object that is searched for messages.  Private to
 * elf/.
 */
#ifndef ELF_CODE_SYMBOLS_H
#define ELF_CODE_SYMBOLS_H

#include "elf/code_reading.h"
#include "support/err.h"

/* Fills symbols and marks. */
int code_symbols_read(struct code_reading *r, struct err *e);

/* Fills functions, of the symbols. */
int code_functions_find(struct code_object *o, struct err *e);

#endif
