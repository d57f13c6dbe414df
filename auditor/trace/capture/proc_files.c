/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/capture/proc_files.h"

#include <string.h>

#include "support/scan.h"

/* The next line without its end, and *p past it. */
static const char *take_line(const char **p, const char *end,
			     const char **ret_eol)
{
	const char *line = *p;
	const char *nl = memchr(line, '\n', (size_t)(end - line));

	*ret_eol = nl ? nl : end;
	*p = nl ? nl + 1 : end;
	if (*ret_eol > line && (*ret_eol)[-1] == '\r')
		(*ret_eol)--;
	return line;
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

static bool word_is(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - p) == n && memcmp(p, word, n) == 0;
}

/* ---- /proc/vmallocinfo ---- */

static void add_use(struct vmalloc_row *row, const char *p, const char *end)
{
	static const char *const words[] = { "ioremap",	     "vmalloc",
					     "vmap",	     "user",
					     "dma-coherent", "sparse",
					     "vm_map_ram",   "unpurged" };
	size_t len = strlen(row->use);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);

		if (!word_is(p, end, words[i]) ||
		    len + n + 2 > sizeof(row->use))
			continue;
		if (len)
			row->use[len++] = ' ';
		memcpy(row->use + len, words[i], n + 1);
		return;
	}
}

/* ` [module]` belongs to the caller. */
static const char *past_module(const char *p, const char *end)
{
	const char *q = skip_blanks(p, end);
	const char *close = q < end && *q == '['
				    ? memchr(q, ']', (size_t)(end - q))
				    : NULL;

	return close ? close + 1 : p;
}

/* `0xSTART-0xEND   SIZE CALLER pages=3 vmalloc N0=3`; the addresses may be
 * hidden, and areas of vm_map_ram have no caller. */
static bool vmalloc_row(const char *p, const char *end, struct vmalloc_row *ret)
{
	struct vmalloc_row row = { .bytes = 0 };
	const char *q = memchr(p, ' ', (size_t)(end - p));
	bool first = true;

	if (!q || !SCAN_LIT(p, q, "0x") || !SCAN_FIND(p, q, "-0x"))
		return false;
	p = skip_blanks(q, end);
	q = scan_dec(p, end, &row.bytes);
	if (q == p || (q < end && *q != ' ') || row.bytes > VMALLOC_BYTES_MAX)
		return false;
	for (p = skip_blanks(q, end); p < end; p = skip_blanks(q, end)) {
		q = scan_to_space(p, end);
		if (first && SCAN_FIND(p, q, "+0x")) {
			row.caller = p;
			q = past_module(q, end);
			row.caller_len = (size_t)(q - p);
		} else if (SCAN_LIT(p, q, "pages=")) {
			scan_dec(p + 6, q, &row.pages);
		} else {
			add_use(&row, p, q);
		}
		first = false;
	}
	if (row.pages > VMALLOC_BYTES_MAX >> 10)
		return false;
	*ret = row;
	return true;
}

bool vmallocinfo_next(struct vmallocinfo *s, struct vmalloc_row *ret)
{
	while (s->p < s->end) {
		const char *eol, *line = take_line(&s->p, s->end, &eol);

		if (line == eol)
			continue;
		if (vmalloc_row(line, eol, ret))
			return true;
		s->bad++;
	}
	return false;
}

/* ---- /sys/kernel/slab ---- */

bool slab_aliases_next(struct slab_aliases *s, struct slab_alias *ret)
{
	while (s->p < s->end) {
		const char *eol, *line = take_line(&s->p, s->end, &eol);
		const char *tab = memchr(line, '\t', (size_t)(eol - line));
		const char *target = tab ? tab + 1 : eol, *q;

		if (line == eol || SCAN_LIT(line, eol, "name\ttarget"))
			continue;
		q = memchr(target, '\t', (size_t)(eol - target));
		if (!q)
			q = eol;
		if (!tab || tab == line || q == target) {
			s->bad++;
			continue;
		}
		if (word_is(target, q, "-") || word_is(target, q, "?"))
			continue;
		*ret = (struct slab_alias){ line, target, (size_t)(tab - line),
					    (size_t)(q - target) };
		return true;
	}
	return false;
}

/* ---- /proc/modules ---- */

/* More is damaged: all that an architecture has for modules is less. */
#define MODULE_BYTES_MAX ((uint64_t)1 << 40)

static const char *take_word(const char **p, const char *end, size_t *ret_len)
{
	const char *word = skip_blanks(*p, end);
	const char *q = word;

	while (q < end && *q != ' ')
		q++;
	*ret_len = (size_t)(q - word);
	*p = q;
	return word;
}

/* `fuse 118784 2 - Live 0xffffffffa0000000 (O)` */
static bool module_row(const char *p, const char *end,
		       struct loaded_module *ret)
{
	struct loaded_module row = { .bytes = 0 };
	const char *size, *after;
	size_t len;

	row.name = take_word(&p, end, &row.name_len);
	size = take_word(&p, end, &len);
	after = scan_dec(size, size + len, &row.bytes);
	if (!row.name_len || !len || after != size + len || len > 12 ||
	    row.bytes > MODULE_BYTES_MAX)
		return false;
	(void)take_word(&p, end, &len); /* users */
	(void)take_word(&p, end, &len); /* their names */
	row.state = take_word(&p, end, &row.state_len);
	if (!word_is(row.state, row.state + row.state_len, "Live") &&
	    !word_is(row.state, row.state + row.state_len, "Loading") &&
	    !word_is(row.state, row.state + row.state_len, "Unloading"))
		return false;
	*ret = row;
	return true;
}

bool loaded_modules_next(struct loaded_modules *s, struct loaded_module *ret)
{
	while (s->p < s->end) {
		const char *eol;
		const char *line = take_line(&s->p, s->end, &eol);

		if (module_row(line, eol, ret))
			return true;
		s->bad += eol > line;
	}
	return false;
}
