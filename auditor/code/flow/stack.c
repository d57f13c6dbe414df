/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/stack.h"

void flow_escape(struct flow *f, int64_t disp)
{
	for (size_t i = 0; i < f->nescaped; i++)
		if (f->escaped[i] == disp)
			return;
	if (f->nescaped == ESCAPED_MAX || disp != (int32_t)disp)
		f->all_escaped = true;
	else
		f->escaped[f->nescaped++] = (int32_t)disp;
}

static bool is_pushed(const struct flow *f, int32_t disp)
{
	for (size_t i = 0; i < f->npushed; i++)
		if (f->pushed[i] == disp)
			return true;
	return false;
}

void flow_note_push(struct flow *f, int32_t disp)
{
	if (!is_pushed(f, disp) && f->npushed < ESCAPED_MAX)
		f->pushed[f->npushed++] = disp;
}

/* An address that was given away is of a local of unknown size; a slot that
 * a push made is a word, whatever lies below it. */
#define LOCAL_MAX 64

bool flow_escaped(const struct flow *f, int32_t disp)
{
	int32_t span = is_pushed(f, disp) ? f->m->word : LOCAL_MAX;

	if (f->all_escaped)
		return true;
	for (size_t i = 0; i < f->nescaped; i++)
		if (f->escaped[i] <= disp && disp - f->escaped[i] < span)
			return true;
	return false;
}
