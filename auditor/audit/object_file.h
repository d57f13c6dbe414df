/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening and reading a file of the tree by its path.
 */
#ifndef AUDIT_OBJECT_FILE_H
#define AUDIT_OBJECT_FILE_H

#include "audit/steps.h"

/* A descriptor, or negative.  The error is fit for a skip. */
int audit_open(const struct audit_input *in, const char *path, struct err *e);

/* elf_object_read of an object of the tree, by path. */
int audit_read_object(const struct audit_input *in, const char *path,
		      unsigned int want, struct object_record *ret,
		      struct err *e);

#endif
