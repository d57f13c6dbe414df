/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Instructions that were decoded before: capstone needs 3,000 instructions of
 * the processor for one, and of a kernel's code nine in ten are repeated,
 * displacements and targets of jumps apart.
 *
 * No instruction is the beginning of another one, so that bytes which were
 * one are one wherever they stand.  Which bytes are its displacement, and that
 * nothing else depends on them or on the place, is tried out with other ones
 * before it is believed.  Private to code/module/.
 */
#ifndef CODE_MODULE_X86_MEMO_H
#define CODE_MODULE_X86_MEMO_H

#include "code/module/x86_decoded.h"

struct x86_memo;

struct x86_memo *x86_memo_new(void); /* NULL: memory is out */
void x86_memo_free(struct x86_memo *m);

/* The instruction at p, of at most left bytes, whose place is `at`; good until
 * the next call.  NULL: there is none. */
const struct x86_decoded *x86_next(struct decoder *d, const uint8_t *p,
				   size_t left, uint64_t at);

#endif
