/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "profile/load.h"
#include "profile/profile.h"
#include "profile/samples.h"
#include "render/buffer.h"
#include "render/escape.h"
#include "support/intern.h"
#include "support/version.h"

struct building {
	const struct samples *s;
	struct pprof_profile p;
	struct intern strings;	 /* by index in the profile */
	struct intern functions; /* name, NUL, file */
	uint64_t *location_of;	 /* by site: 1 + its index; 0: none yet */
	struct arena arena;
};

/* -1 when memory is out.  What is no UTF-8 becomes \xNN. */
static int64_t string(struct building *b, const char *text)
{
	struct buffer safe = BUFFER_INIT;
	uint32_t id = INTERN_NONE;

	text_for_terminal(&safe, text, strlen(text));
	if (!safe.failed)
		id = intern_add(&b->strings, safe.len ? safe.at : "", safe.len);
	buffer_release(&safe);
	return id == INTERN_NONE ? -1 : (int64_t)id;
}

/* 1 + the index, 0 when memory is out. */
static uint64_t function(struct building *b, const char *name, const char *file)
{
	struct pprof_function f = { string(b, name),
				    file ? string(b, file) : 0 };
	uint32_t id = intern_add(&b->functions, (const char *)&f, sizeof(f));

	if (f.name < 0 || f.file < 0 || id == INTERN_NONE)
		return 0;
	return (uint64_t)id + 1;
}

/* "ext4_iget" of "ext4_iget.isra.0". */
static bool same_function(const char *function, const char *owner)
{
	size_t n = strlen(owner);

	return strncmp(function, owner, n) == 0 &&
	       (function[n] == '\0' || function[n] == '.');
}

/* Where something is inlined at the call, it is another line of it. */
static int make_location(struct building *b, const struct profile_site *s,
			 uint64_t *ret, struct err *e)
{
	struct pprof_location *l = &b->p.locations[b->p.nlocations];
	const char *file = s->file;

	*l = (struct pprof_location){ .nlines = 0 };
	if (!same_function(s->function, s->owner)) {
		l->lines[0].function = function(b, s->owner, file);
		l->lines[0].line = s->line;
		if (!l->lines[l->nlines++].function)
			return err_nomem(e);
		file = NULL;
	}
	l->lines[l->nlines].function = function(b, s->function, file);
	l->lines[l->nlines].line = l->nlines ? 0 : s->line;
	if (!l->lines[l->nlines++].function)
		return err_nomem(e);
	*ret = ++b->p.nlocations;
	return 0;
}

static int location(struct building *b, const struct profile_site *site,
		    uint64_t *ret, struct err *e)
{
	uint64_t *known = &b->location_of[site - b->s->sites];
	int rc = *known ? 0 : make_location(b, site, known, e);

	if (!rc)
		*ret = *known;
	return rc;
}

static int add_sample(struct building *b, const struct profile_sample *from,
		      struct err *e)
{
	static const enum profile_value order[PPROF_VALUES] = {
		PROFILE_ALLOCS, PROFILE_TOTAL, PROFILE_LIVE_COUNT, PROFILE_LIVE
	};
	struct pprof_sample *to = &b->p.samples[b->p.nsamples];
	int rc = 0;

	to->locations = arena_calloc(&b->arena, from->nframes + 1,
				     sizeof(*to->locations));
	if (!to->locations)
		return err_nomem(e);
	if (from->apart)
		rc = location(b, from->site, &to->locations[to->nlocations++],
			      e);
	/* The innermost frame is the last one. */
	for (size_t i = from->nframes; i-- > 0 && !rc;)
		rc = location(b, &b->s->sites[from->frames[i]],
			      &to->locations[to->nlocations++], e);
	for (size_t i = 0; i < PPROF_VALUES; i++)
		to->values[i] = from->value[order[i]];
	b->p.nsamples++;
	return rc;
}

static int make_room(struct building *b, struct err *e)
{
	const struct samples *s = b->s;
	struct arena *a = &b->arena;

	b->location_of = arena_calloc(a, s->nsites + 1, sizeof(uint64_t));
	b->p.locations = arena_calloc(a, s->nsites + 1,
				      sizeof(*b->p.locations));
	b->p.samples = arena_calloc(a, s->n + 1, sizeof(*b->p.samples));
	return b->location_of && b->p.locations && b->p.samples ? 0
								: err_nomem(e);
}

static int name_values(struct building *b, struct err *e)
{
	static const char *const names[PPROF_VALUES][2] = {
		{ "alloc_objects", "count" },
		{ "alloc_space", "bytes" },
		{ "inuse_objects", "count" },
		{ "inuse_space", "bytes" },
	};
	bool failed = string(b, "") != 0;

	for (size_t i = 0; i < PPROF_VALUES; i++) {
		b->p.types[i].type = string(b, names[i][0]);
		b->p.types[i].unit = string(b, names[i][1]);
		failed |= b->p.types[i].type < 0 || b->p.types[i].unit < 0;
	}
	b->p.usual_type = string(b, "inuse_space");
	b->p.image = string(b, "vmlinux");
	b->p.comment = string(b, "kmemdb " KMEMDB_VERSION
				 ": kmalloc and kmem_cache memory");
	failed |= b->p.usual_type < 0 || b->p.image < 0 || b->p.comment < 0;
	return failed ? err_nomem(e) : 0;
}

/* The tables that the others point into, when all is in them. */
static int finish(struct building *b, struct err *e)
{
	size_t n = b->strings.count;

	b->p.strings = arena_calloc(&b->arena, n, sizeof(char *));
	b->p.functions = arena_calloc(&b->arena, b->functions.count + 1,
				      sizeof(*b->p.functions));
	if (!b->p.strings || !b->p.functions)
		return err_nomem(e);
	for (uint32_t i = 0; i < n; i++)
		b->p.strings[i] =
			(char *)(uintptr_t)intern_get(&b->strings, i).text;
	for (uint32_t i = 0; i < b->functions.count; i++)
		memcpy(&b->p.functions[i], intern_get(&b->functions, i).text,
		       sizeof(*b->p.functions));
	b->p.nstrings = n;
	b->p.nfunctions = b->functions.count;
	return 0;
}

static int build(struct building *b, struct err *e)
{
	int rc = make_room(b, e);

	if (!rc)
		rc = name_values(b, e);
	for (size_t i = 0; i < b->s->n && !rc; i++)
		rc = add_sample(b, &b->s->list[i], e);
	return rc ? rc : finish(b, e);
}

int pprof_write(const struct database *d, const struct profile_request *r,
		struct err *e)
{
	const struct profile_room *room = NULL;
	struct samples s = { .n = 0 };
	struct building b = { .s = &s };
	int rc = 0;

	if (r->attr || r->directories || r->given[PARAM_IMAGE])
		return err_set(
			e, ERR_USAGE,
			"--format pprof takes no --%s: it has all four values, by call stack",
			r->attr		 ? "attr"
			: r->directories ? "by"
					 : "image");
	rc = profile_room_load(&room, e);
	if (!rc)
		rc = samples_read(d, r->given, &s, e);
	if (!rc)
		rc = build(&b, e);
	if (!rc)
		rc = room->write(&b.p, r->out, e);
	intern_release(&b.strings);
	intern_release(&b.functions);
	arena_release(&b.arena);
	samples_release(&s);
	return rc;
}
