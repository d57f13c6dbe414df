/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child that asks libbfd writes into its pipe: for each object a
 * struct verify_head and, where that has no error, its symbols, each a struct
 * verify_wire and two texts.  The reader trusts none of it.
 */
#ifndef AUDIT_VERIFY_WIRE_H
#define AUDIT_VERIFY_WIRE_H

#include <stdio.h>

#include "bfd/bfd_room.h"
#include "support/arena.h"

/* 0, or -1 where the pipe is broken. */
int verify_send(FILE *out, const struct second_reading *o);
int verify_send_error(FILE *out, const char *text);

/*
 * 1: *ret is read, in a; 0: the child read the object and could not use it,
 * *ret_error says why; -1: nothing (more) that makes sense came.
 */
int verify_receive(FILE *in, struct arena *a, struct second_reading *ret,
		   const char **ret_error);

#endif
