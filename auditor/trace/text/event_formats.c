/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/event_formats.h"

#include <string.h>

#include "model/event.h"
#include "support/scan.h"

#define NEEDS_ALLOC                                                            \
	(TEXT_BIT(KEY_SITE) | TEXT_BIT(KEY_PTR) | TEXT_BIT(KEY_REQ) |          \
	 TEXT_BIT(KEY_ALLOC))
#define NEEDS_FREE (TEXT_BIT(KEY_SITE) | TEXT_BIT(KEY_PTR))
/* An event by another name than today's. */
#define OLD_FORM(n, id, op, kind, needs)                                       \
	{                                                                      \
		n, sizeof(n) - 1, EVENT_##id, EVENT_OP_##op, KIND_##kind,      \
			needs                                                  \
	}
#define FORM(id, op, kind, needs) OLD_FORM(EVENT_TEXT_##id, id, op, kind, needs)

static const struct event_form forms[] = {
	FORM(KMALLOC, ALLOC, MALLOC, NEEDS_ALLOC),
	FORM(KMALLOC_NODE, ALLOC, MALLOC, NEEDS_ALLOC),
	FORM(KMEM_CACHE_ALLOC, ALLOC, CACHE, NEEDS_ALLOC),
	FORM(KMEM_CACHE_ALLOC_NODE, ALLOC, CACHE, NEEDS_ALLOC),
	FORM(KFREE, FREE, MALLOC, NEEDS_FREE),
	FORM(KMEM_CACHE_FREE, FREE, CACHE, NEEDS_FREE),
	FORM(MM_PAGE_ALLOC, ALLOC, PAGE,
	     TEXT_BIT(KEY_PFN) | TEXT_BIT(KEY_ORDER)),
	FORM(MM_PAGE_FREE, FREE, PAGE, TEXT_BIT(KEY_PFN)),
	OLD_FORM("mm_page_free_direct", MM_PAGE_FREE, FREE, PAGE,
		 TEXT_BIT(KEY_PFN)),
	FORM(MM_PAGE_FREE_BATCHED, FREE, PAGE, TEXT_BIT(KEY_PFN)),
	OLD_FORM("mm_pagevec_free", MM_PAGE_FREE_BATCHED, FREE, PAGE,
		 TEXT_BIT(KEY_PFN)),
	FORM(PERCPU_ALLOC, ALLOC, PERCPU,
	     TEXT_BIT(KEY_PTR) | TEXT_BIT(KEY_SIZE)),
	FORM(PERCPU_FREE, FREE, PERCPU, TEXT_BIT(KEY_PTR)),
};
#define NFORMS (sizeof(forms) / sizeof(forms[0]))

const char *text_event_name(const char *p, const char *end,
			    const char **ret_name, size_t *ret_len)
{
	const char *q = p;

	while (q < end && scan_is_word(*q))
		q++;
	if (q == p || q == end || *q != ':')
		return NULL;
	if (q + 1 < end && scan_is_word(q[1])) {
		/* perf prints the subsystem, too */
		p = ++q;
		while (q < end && scan_is_word(*q))
			q++;
		if (q == end || *q != ':')
			return NULL;
	}
	*ret_name = p;
	*ret_len = (size_t)(q - p);
	return scan_spaces(q + 1, end);
}

static const struct event_form *find_form(const char *name, size_t len)
{
	for (size_t i = 0; i < NFORMS; i++) {
		if (forms[i].len == len && name[0] == forms[i].name[0] &&
		    memcmp(forms[i].name, name, len) == 0)
			return &forms[i];
	}
	return NULL;
}

int text_known_event(const char *name, size_t len)
{
	const struct event_form *f = find_form(name, len);

	/* The form, not the name: two old names share one. */
	return f ? (int)(f - forms) : -1;
}

enum text_key text_key_at(const char *p, const char *end, size_t *ret_len)
{
#define KEY(lit, k)                                                            \
	do {                                                                   \
		if (SCAN_LIT(p, end, lit)) {                                   \
			*ret_len = sizeof(lit) - 1;                            \
			return k;                                              \
		}                                                              \
	} while (0)
	switch (p < end ? *p : '\0') {
	case 'c':
		KEY("call_site=", KEY_SITE);
		break;
	case 'p':
		KEY("ptr=", KEY_PTR);
		KEY("pfn=", KEY_PFN);
		KEY("page=", KEY_PAGE);
		break;
	case 'b':
		KEY("bytes_req=", KEY_REQ);
		KEY("bytes_alloc=", KEY_ALLOC);
		break;
	case 'g':
		KEY("gfp_flags=", KEY_GFP);
		break;
	case 'n':
		KEY("node=", KEY_NODE);
		KEY("name=", KEY_NAME);
		break;
	case 'o':
		KEY("order=", KEY_ORDER);
		break;
	case 's':
		KEY("size=", KEY_SIZE);
		break;
	default:
		break;
	}
#undef KEY
	return KEY_NONE;
}

size_t text_known_key(const char *p, const char *end)
{
	static const char *const passive[] = {
		"accounted=", "migratetype=", "align=",	  "off=",
		"base_addr=", "is_atomic=",   "reserved="
	};
	size_t len = 0;

	if (text_key_at(p, end, &len) != KEY_NONE)
		return len;
	for (size_t i = 0; i < sizeof(passive) / sizeof(passive[0]); i++) {
		if (scan_has(p, end, passive[i], strlen(passive[i])))
			return strlen(passive[i]);
	}
	return 0;
}

int text_known_events(void)
{
	return (int)NFORMS;
}

const struct event_form *text_form(int known)
{
	return &forms[known];
}
