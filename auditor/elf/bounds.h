/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much of one file is read into memory, whatever its headers say: a
 * sparse file of a few blocks may claim any size.  Nobody outside of elf/
 * includes this.
 */
#ifndef ELF_BOUNDS_H
#define ELF_BOUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include "support/err.h"

struct elf_reading;

/* The largest kernels there are stay far below: an allyesconfig vmlinux.o
 * with a section for each function has some 700,000 sections and two million
 * symbols. */
#define ELF_READ_MAX ((uint64_t)256 << 20)
/* With ELF_WANT_SMALL.  Of a kernel's objects, whose debug information is not
 * read, hardly one needs more. */
#define ELF_SMALL_MAX ((uint64_t)1 << 20)
#define ELF_SECTIONS_MAX ((uint64_t)2 << 20)
#define ELF_SYMBOLS_MAX ((uint64_t)4 << 20)
#define ELF_NOTES_MAX ((uint64_t)1 << 20)

/* A file of at most so many bytes is read at once. */
#define ELF_WHOLE_MAX ((uint64_t)64 << 10)

/* ERR_FORMAT where the header of the ELF file at fd claims more sections than
 * ELF_SECTIONS_MAX; libelf would make room for them before anything can be
 * asked.  0 also where it is no ELF file: that is libelf's to say.  whole: all
 * size bytes of it, or NULL where they were not read. */
int elf_check_sections(int fd, const char *whole, uint64_t size, struct err *e);

/* Takes size bytes from what may still be read of the file; false where that
 * is less.  Sections that overlap count each time. */
bool elf_may_read(struct elf_reading *in, uint64_t size);

/* The same for the section with that index. */
bool elf_may_read_section(struct elf_reading *in, uint64_t index);

/* The same, but once for each section: libelf keeps what it has read. */
bool elf_may_read_once(struct elf_reading *in, uint64_t index);

/* A copy of name in the record's arena; NULL with *e set where memory is
 * out, or where the file's names sum up to more than ELF_READ_MAX: a million
 * symbols can share one long name. */
const char *elf_copy_name(struct elf_reading *in, const char *name,
			  struct err *e);

#endif
