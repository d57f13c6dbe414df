/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stack traces, given to the event that they show.
 */
#ifndef TRACE_PAIR_STACK_H
#define TRACE_PAIR_STACK_H

#include "trace/pair/pairing.h"

/* pair_stack.c: notes an event that a stack may follow; and gives a stack to
 * the event of its CPU that it shows the caller of.  0 or -1. */
void pair_wait(struct pair_cpu *cpu, uint32_t site);
int pair_stack(struct pair *p, struct pair_cpu *cpu, uint32_t stack);

#endif
