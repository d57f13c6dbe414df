/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/names.h"

#include <stdlib.h>
#include <string.h>

#include "support/scan.h"

void trace_names_release(struct trace_names *n)
{
	intern_release(&n->sites);
	intern_release(&n->gfps);
	intern_release(&n->comms);
	intern_release(&n->caches);
	intern_release(&n->stacks);
	intern_release(&n->others);
	free(n->other_counts);
	*n = (struct trace_names){ .pointer_bits = 0 };
}

static int room_for(struct trace_names *n, size_t id)
{
	size_t capacity = n->other_capacity ? n->other_capacity : 16;
	uint64_t *grown;

	if (id < n->other_capacity)
		return 0;
	while (capacity <= id)
		capacity *= 2;
	grown = realloc(n->other_counts, capacity * sizeof(*grown));
	if (!grown)
		return -1;
	memset(grown + n->other_capacity, 0,
	       (capacity - n->other_capacity) * sizeof(*grown));
	n->other_counts = grown;
	n->other_capacity = capacity;
	return 0;
}

int trace_names_count_other(struct trace_names *n, const char *name, size_t len)
{
	uint32_t id;

	/* A hostile log may name a new event a line. */
	if (n->others.count > OTHER_NAMES_MAX)
		id = intern_id(&n->others, OTHER_NAMES_REST,
			       sizeof(OTHER_NAMES_REST) - 1);
	else
		id = intern_id(&n->others, name, len);
	if (id == INTERN_NONE || room_for(n, id))
		return -1;
	n->other_counts[id]++;
	return 0;
}

/* Cuts ` (ADDRESS)` off the end and reads it. */
static const char *cut_address(const char *s, const char *end, uint64_t *ret)
{
	const char *open, *p;
	uint64_t v;

	if (s == end || end[-1] != ')')
		return end;
	open = memrchr(s, '(', (size_t)(end - s));
	if (!open)
		return end;
	p = scan_num(open + 1, end, &v);
	if (p == open + 1 || p != end - 1)
		return end;
	*ret = v;
	while (open > s && open[-1] == ' ')
		open--;
	return open;
}

struct trace_site trace_site_parse(const char *s, size_t len,
				   unsigned int pointer_bits)
{
	struct trace_site r = { NULL, 0, 0 };
	const char *end = cut_address(s, s + len, &r.addr), *p;
	uint64_t v;

	p = scan_hex(SCAN_LIT(s, end, "0x") ? s + 2 : s, end, &v);
	/* A name of hex digits, with its address behind it, is a name. */
	if (p == end && p > s &&
	    !(r.addr && !SCAN_LIT(s, end, "0x") && p - s < 8)) {
		/* `%lx`, or a %pS that found no symbol: no text, only this. */
		r.addr = r.addr ? r.addr : v;
	} else if (p < end || end > s) {
		r.text = s;
		r.len = (size_t)(end - s);
	}
	/* The fields option prints an address as a signed long, and that of
	 * a 32-bit kernel is sign-extended by reading it. */
	if (pointer_bits == 32)
		r.addr &= UINT32_MAX;
	return r;
}

struct trace_site trace_names_site(const struct trace_names *n, uint32_t id)
{
	struct intern_text t = intern_get(&n->sites, id);

	if (!t.len)
		return (struct trace_site){ NULL, 0, 0 };
	return trace_site_parse(t.text, t.len, n->pointer_bits);
}

const uint32_t *trace_names_stack(const struct trace_names *n, uint32_t id,
				  size_t *ret_count)
{
	struct intern_text t = intern_get(&n->stacks, id);

	/* An arena aligns for any type. */
	*ret_count = t.len / sizeof(uint32_t);
	return (const uint32_t *)(const void *)t.text;
}
