/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in an object's code a call may return to, read off the bytes before:
 * what distinguishes the namesakes of a call site (code/call_scan.h).
 */
#ifndef ELF_RETURN_SITES_H
#define ELF_RETURN_SITES_H

#include <stdbool.h>
#include <stdint.h>

#include "support/err.h"

struct elf_reading;

/* Whether the calls of such code are known: machine EM_*, e_flags. */
bool return_sites_known(uint16_t machine, uint32_t eflags);

/* Fills returns of every executable section of a relocatable object, and
 * the record's return_sites_known.  After elf_symbols_read; for elf_object.c. */
int return_sites_find(struct elf_reading *in, struct err *e);

#endif
