/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a section of an object is (enum section_class), from its flags and
 * its name in the .o.  In a linked vmlinux .rodata is writable, so a linked
 * file's flags are no substitute.
 */
#ifndef ELF_CLASSIFY_H
#define ELF_CLASSIFY_H

#include <stdint.h>

#include "model/object.h"

enum section_class classify_section(const char *name, uint32_t type,
				    uint64_t flags);

#endif
