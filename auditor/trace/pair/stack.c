/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which event a stack belongs to.  It is printed after its event, but an
 * interrupt between the two brings an event and a stack of its own.  So the
 * newest event waiting on that CPU gets it, if the stack shows the function
 * that the event names as its caller.
 */
#include "trace/pair/stack.h"

#include <string.h>

#include "model/site_text.h"
#include "trace/pair/pairing.h"
#include "trace/pair/live.h"

void pair_wait(struct pair_cpu *cpu, uint32_t site)
{
	if (cpu->nwait == PAIR_WAIT_MAX) {
		cpu->nwait--;
		memmove(cpu->wait, cpu->wait + 1,
			cpu->nwait * sizeof(cpu->wait[0]));
	}
	cpu->wait[cpu->nwait++] = (struct pair_wait){ site, cpu->last };
}

static bool same_function(const struct trace_site *a,
			  const struct trace_site *b)
{
	size_t n = site_text_function(a->text, a->len);

	return n && n == site_text_function(b->text, b->len) &&
	       !memcmp(a->text, b->text, n);
}

enum shows { SHOWS_NOT, SHOWS_MAYBE, SHOWS };

/* Does a stack show a call site?  Maybe, where the two cannot be compared:
 * page events name no caller, and one may be names and the other addresses. */
static enum shows stack_shows(const struct trace_names *names, uint32_t stack,
			      uint32_t site)
{
	const struct trace_site s = trace_names_site(names, site);
	bool compared = false;
	size_t n;
	const uint32_t *frames = trace_names_stack(names, stack, &n);

	for (size_t i = 0; i < n && site; i++) {
		const struct trace_site f = trace_names_site(names, frames[i]);

		if (frames[i] == site)
			return SHOWS;
		if (s.text && f.text) {
			compared = true;
			if (same_function(&s, &f))
				return SHOWS;
		} else if (s.addr && f.addr) {
			compared = true;
			if (s.addr == f.addr)
				return SHOWS;
		}
	}
	return compared ? SHOWS_NOT : SHOWS_MAYBE;
}

static int attach(struct pair *p, const struct pair_last *made, uint32_t stack)
{
	struct pair_live *l;

	if (made->live == U64MAP_NONE)
		return 0;
	l = &p->live[made->live];
	/* It may have been freed by another CPU since. */
	if (l->generation != made->generation || l->row == ROLLUP_NONE ||
	    l->a.stack)
		return 0;
	l->a.stack = stack;
	if (l->a.kind == KIND_PAGE)
		l->a.site = pair_page_caller(p->names, stack);
	return pair_live_move(p, made->live);
}

int pair_stack(struct pair *p, struct pair_cpu *cpu, uint32_t stack)
{
	size_t i = cpu->nwait, maybe = cpu->nwait;

	while (i-- > 0) {
		enum shows shows = stack_shows(p->names, stack,
					       cpu->wait[i].site);

		if (shows == SHOWS)
			break;
		if (shows == SHOWS_MAYBE && maybe == cpu->nwait)
			maybe = i;
	}
	if (i == SIZE_MAX)
		i = maybe;
	if (i == cpu->nwait) {
		p->counts->stray_stacks++;
		return 0;
	}
	/* Newer events have had their stacks, or have none. */
	cpu->nwait = i;
	return attach(p, &cpu->wait[i].made, stack);
}
