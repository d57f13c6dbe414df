/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/capture/parts.h"

#include <string.h>

#include "support/scan.h"

/* ---- ELF notes ---- */

#define NOTE_HEADER 12u
#define NT_GNU_BUILD_ID 3u

static uint32_t word(const unsigned char *p, bool big)
{
	uint32_t a = p[0], b = p[1], c = p[2], d = p[3];

	return big ? a << 24 | b << 16 | c << 8 | d
		   : d << 24 | c << 16 | b << 8 | a;
}

static uint64_t pad4(uint64_t n)
{
	return (n + 3) & ~(uint64_t)3;
}

static bool find_build_id(const unsigned char *p, size_t len, bool big,
			  const unsigned char **ret, size_t *ret_len)
{
	size_t at = 0;

	while (len - at >= NOTE_HEADER) {
		const unsigned char *note = p + at;
		uint32_t name = word(note, big), desc = word(note + 4, big);
		uint32_t type = word(note + 8, big);
		uint64_t size = NOTE_HEADER + pad4(name) + pad4(desc);

		if (!name) { /* fill before an aligned section */
			at += 4;
			continue;
		}
		/* The last one's padding may be cut. */
		if (NOTE_HEADER + pad4(name) + desc > len - at)
			return false;
		if (type == NT_GNU_BUILD_ID && name == 4 && desc &&
		    desc <= CAPTURE_BUILD_ID_MAX &&
		    memcmp(note + NOTE_HEADER, "GNU", 4) == 0) {
			*ret = note + NOTE_HEADER + 4;
			*ret_len = desc;
			return true;
		}
		if (size > len - at)
			return false;
		at += (size_t)size;
	}
	return false;
}

bool capture_build_id(const char *p, size_t len, const unsigned char **ret,
		      size_t *ret_len)
{
	const unsigned char *u = (const unsigned char *)p;

	/* Sizes read in the wrong order are too large to be any. */
	return find_build_id(u, len, false, ret, ret_len) ||
	       find_build_id(u, len, true, ret, ret_len);
}

/* ---- /proc/version ---- */

bool capture_release(const char *p, size_t len, const char **ret,
		     size_t *ret_len)
{
	const char *end = p + len, *q;

	if (!SCAN_LIT(p, end, "Linux version "))
		return false;
	p += strlen("Linux version ");
	for (q = p; q<end && * q> ' ' && *q < 0x7f; q++)
		;
	if (q == p)
		return false;
	*ret = p;
	*ret_len = (size_t)(q - p);
	return true;
}

/* ---- per_cpu/cpuN/stats ---- */

static const char *line_end(const char *p, const char *end)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	return nl ? nl : end;
}

static void add(uint64_t *sum, uint64_t v)
{
	if (__builtin_add_overflow(*sum, v, sum))
		*sum = UINT64_MAX;
}

void capture_stats(const char *p, size_t len, struct capture_stats *ret)
{
	const struct {
		const char *key;
		uint64_t *sum;
	} keys[] = {
		{ "entries: ", &ret->entries },
		{ "overrun: ", &ret->overrun },
		{ "commit overrun: ", &ret->commit_overrun },
		{ "dropped events: ", &ret->dropped },
	};
	const char *end = p + len, *eol;
	uint64_t v;

	*ret = (struct capture_stats){ 0 };
	for (; p < end; p = eol + (eol < end)) {
		eol = line_end(p, end);
		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
			size_t n = strlen(keys[i].key);

			if (!scan_has(p, eol, keys[i].key, n))
				continue;
			scan_dec(p + n, eol, &v);
			add(keys[i].sum, v);
		}
	}
}

/* ---- /proc/slabinfo ---- */

#define SLAB_NUMBERS_MAX 6

/* The words of [p, end) from the right: want numbers into ret, in the order
 * they are.  Returns the end of what is left of them; NULL for fewer. */
static const char *numbers_before(const char *p, const char *end, size_t want,
				  uint64_t *ret)
{
	for (size_t i = want; i--;) {
		const char *q;

		while (end > p && end[-1] == ' ')
			end--;
		for (q = end; q > p && scan_is_digit(q[-1]); q--)
			;
		/* 19 digits always fit. */
		if (q == end || end - q > 19 || q == p || q[-1] != ' ')
			return NULL;
		scan_dec(q, end, &ret[i]);
		end = q;
	}
	while (end > p && end[-1] == ' ')
		end--;
	return end;
}

/* `… : slabdata <active_slabs> <num_slabs> <sharedavail>`; where it is not
 * there, as many as the objects need. */
static uint64_t slabs_of(const char *p, const char *end,
			 const struct capture_slab *s)
{
	const char *q = SCAN_FIND(p, end, " : slabdata ");
	uint64_t v[3];

	if (q && numbers_before(q + 12, end, 2, v + 1) &&
	    (q = numbers_before(q + 11, end, 3, v)))
		return v[1];
	return s->objects_per_slab ? (s->objects + s->objects_per_slab - 1) /
					     s->objects_per_slab
				   : 0;
}

/* Read from the right: names of old kernels' caches have blanks. */
static bool slab_row(const struct slabinfo *s, const char *p, const char *end,
		     struct capture_slab *ret)
{
	uint64_t v[SLAB_NUMBERS_MAX];
	const char *colon = SCAN_FIND(p, end, " : "), *whole = end;
	const char *name_end;

	if (colon)
		end = colon;
	name_end = numbers_before(p, end, s->old ? 6 : 5, v);
	if (!name_end || name_end == p)
		return false;
	*ret = (struct capture_slab){
		.name = p,
		.name_len = (size_t)(name_end - p),
		.active_objects = v[0],
		.objects = v[1],
		.object_bytes = v[2],
		.objects_per_slab = v[3],
		.pages_per_slab = v[4],
	};
	if (s->old) {
		ret->objects_per_slab = v[4] ? v[1] / v[4] : 0;
		ret->pages_per_slab = v[5];
		ret->slabs = v[4];
		return true;
	}
	ret->slabs = slabs_of(p, whole, ret);
	return true;
}

bool slabinfo_next(struct slabinfo *s, struct capture_slab *ret)
{
	while (s->p < s->end) {
		const char *p = s->p, *eol = line_end(p, s->end);

		s->p = eol + (eol < s->end);
		if (p < eol && eol[-1] == '\r')
			eol--;
		if (SCAN_LIT(p, eol, "slabinfo - version: "))
			s->old = SCAN_LIT(p, eol, "slabinfo - version: 1.");
		else if (p == eol || *p == '#')
			continue;
		else if (slab_row(s, p, eol, ret))
			return true;
		else
			s->bad++;
	}
	return false;
}
