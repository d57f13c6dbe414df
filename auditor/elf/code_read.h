/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the search for messages needs of an object (code/code_object.h): bytes
 * of all that is loaded, relocations of code and of the tables that speak of
 * code, symbols.
 */
#ifndef ELF_CODE_READ_H
#define ELF_CODE_READ_H

#include "code/code_object.h"
#include "support/err.h"

/*
 * Reads the relocatable object at fd, which stays open.  Errors as of
 * elf_object_read; of a machine that has no decoder ret->isa is ISA_NONE and
 * nothing else is read.  The caller releases *ret.
 */
int elf_code_read(int fd, struct code_object *ret, struct err *e);

#endif
