/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libelf's only home: one ELF file (relocatable or linked, any class, byte
 * order and machine) becomes a struct object_record.  Stateless and safe to
 * call from several threads at once.
 */
#ifndef ELF_ELF_OBJECT_H
#define ELF_ELF_OBJECT_H

#include "model/object.h"
#include "support/err.h"

enum elf_want {
	ELF_WANT_SYMBOLS = 1 << 0,	 /* symbols[], own, unattributed */
	ELF_WANT_UNDEFINED = 1 << 1,	 /* undefined symbols, too */
	ELF_WANT_MERGE_CONTENT = 1 << 2, /* obj_section.content */
	ELF_WANT_LINKED_CALLS = 1 << 3,	 /* returns of a linked file, too */
	ELF_WANT_REFERENCES = 1 << 4,	 /* with symbols only: references[] */
	ELF_WANT_SMALL = 1 << 5,  /* ERR_FORMAT where much would be read */
	ELF_WANT_SYMTAB = 1 << 6, /* symtab, which costs no symbols[] */
};

/* Once, before any thread starts.  ERR_IO where libelf is unusable. */
int elf_object_init(struct err *e);

/*
 * Reads the file at fd (seekable; it stays open, its offset is undefined
 * afterwards).  Without ELF_WANT_SYMBOLS, symbols is empty and every
 * section's unattributed equals its size.
 *
 * Errors: ERR_FORMAT with a reason fit for the `skipped` report: "empty
 * file", "LLVM bitcode: no ELF size", "an archive, not an object", "not an
 * ELF file", "truncated: ..."; ERR_IO; ERR_NOMEM.  The caller releases
 * *ret with object_record_release.
 */
int elf_object_read(int fd, unsigned int want, struct object_record *ret,
		    struct err *e);

#endif
