/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What local functions and constants contain: equal numbers for two of them
 * say that one would do for both, in whatever objects they are.
 */
#ifndef ELF_CONTENTS_H
#define ELF_CONTENTS_H

#include "elf/reading.h"

/*
 * Fills content of the record's symbols that are candidates
 * (symbol_has_content); to be called when own is known.  0 stays where it is
 * not known, and where the symbol uses a variable that only its own file has.
 *
 * Hashed are the bytes, and each relocation's place, type and target: another
 * symbol's name, without counters, and the place in it; of a local function
 * or constant what that contains, too; of a string its text; of a jump table
 * what it leads to.  So it does not matter where a symbol is, nor what is
 * around it.
 */
int contents_find(struct elf_reading *in, struct err *e);

#endif
