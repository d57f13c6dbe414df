/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profile/samples.h"

#include <stdlib.h>
#include <string.h>

#include "query/fetch.h"
#include "support/grow.h"

/* Numbers that a database gives are anybody's: an array is not made longer
 * than this for one of them. */
#define NUMBER_MAX ((int64_t)1 << 26)

static int check_number(int64_t number, struct err *e)
{
	if (number >= 0 && number < NUMBER_MAX)
		return 0;
	return err_set(e, ERR_FORMAT,
		       "the database has a stack or a call site of number %lld",
		       (long long)number);
}

/* array[0..n) gets zeroed elements up to index at. */
static int reach(void **array, size_t *n, size_t at, size_t size, struct err *e)
{
	size_t more = at + 1 + at / 2;
	char *grown;

	if (at < *n)
		return 0;
	grown = reallocarray(*array, more, size);
	if (!grown)
		return err_nomem(e);
	memset(grown + *n * size, 0, (more - *n) * size);
	*array = grown;
	*n = more;
	return 0;
}

static const char *keep(struct samples *s, const char *text, const char *other)
{
	if (!text && !other)
		return NULL;
	return arena_strdup(&s->arena, text ? text : other);
}

static int add_site(void *ctx, const struct fetched *row, struct err *e)
{
	struct samples *s = ctx;
	struct profile_site *site;
	int rc = check_number(row->number[0], e);

	if (!rc)
		rc = reach((void **)&s->sites, &s->nsites,
			   (size_t)row->number[0], sizeof(*s->sites), e);
	if (rc)
		return rc;
	site = &s->sites[row->number[0]];
	site->place = keep(s, row->text[1], "-");
	site->function = keep(s, row->text[2], "-");
	site->owner = keep(s, row->text[3], row->text[2]);
	site->file = keep(s, row->text[4], NULL);
	site->line = row->number[5];
	site->image = keep(s, row->text[6], NULL);
	return site->place && site->function ? 0 : err_nomem(e);
}

/* Rows come by stack: each begins where the one before ends. */
static int add_frame(void *ctx, const struct fetched *row, struct err *e)
{
	struct samples *s = ctx;
	size_t stack, known = s->nstacks;
	int rc = check_number(row->number[0], e);

	if (!rc)
		rc = check_number(row->number[1], e);
	if (rc)
		return rc;
	if ((size_t)row->number[1] >= s->nsites ||
	    !s->sites[row->number[1]].function)
		return err_set(e, ERR_FORMAT,
			       "a stack has frame %lld, which is no call site",
			       (long long)row->number[1]);
	stack = (size_t)row->number[0];
	if (stack + 1 >= known) {
		rc = reach((void **)&s->stacks, &s->nstacks, stack + 1,
			   sizeof(*s->stacks), e);
		if (rc)
			return rc;
	}
	if (grow_room((void **)&s->frames, s->nframes, &s->frames_room,
		      sizeof(*s->frames)))
		return err_nomem(e);
	s->frames[s->nframes++] = (uint32_t)row->number[1];
	/* The end of this one; gaps are filled when all are there. */
	s->stacks[stack + 1] = s->nframes;
	return 0;
}

static void fill_gaps(struct samples *s)
{
	for (size_t i = 1; i < s->nstacks; i++)
		if (s->stacks[i] < s->stacks[i - 1])
			s->stacks[i] = s->stacks[i - 1];
}

/* The stack of a sample ends with its call. */
static void cut_stack(const struct samples *s, struct profile_sample *p)
{
	size_t n = p->nframes;

	while (n) {
		const struct profile_site *f = &s->sites[p->frames[n - 1]];

		if (f == p->site || strcmp(f->function, p->site->function) == 0)
			break;
		n--;
	}
	p->apart = n == 0;
	if (n)
		p->nframes = n;
}

static int add_sample(void *ctx, const struct fetched *row, struct err *e)
{
	struct samples *s = ctx;
	size_t stack, site;
	struct profile_sample *p;
	int rc = check_number(row->number[0], e);

	if (!rc)
		rc = check_number(row->number[1], e);
	if (rc)
		return rc;
	stack = (size_t)row->number[0];
	site = (size_t)row->number[1];
	if (site >= s->nsites || !s->sites[site].function)
		return err_set(e, ERR_FORMAT, "no call site has the number %zu",
			       site);
	if (grow_room((void **)&s->list, s->n, &s->room, sizeof(*s->list)))
		return err_nomem(e);
	p = &s->list[s->n++];
	*p = (struct profile_sample){ .site = &s->sites[site] };
	if (stack && stack + 1 < s->nstacks) {
		p->frames = s->frames + s->stacks[stack];
		p->nframes = s->stacks[stack + 1] - s->stacks[stack];
	}
	cut_stack(s, p);
	for (size_t i = 0; i < PROFILE_VALUES; i++)
		p->value[i] = row->number[2 + i];
	return 0;
}

static int read_report(const struct database *d,
		       const char *const given[PARAM_COUNT], const char *name,
		       const char *const *columns, fetch_row *row,
		       struct samples *s, struct err *e)
{
	struct fetch f = { .d = d,
			   .report = name,
			   .columns = columns,
			   .request = { .limit = -1 },
			   .pick = true };

	memcpy(f.request.given, given, sizeof(f.request.given));
	return fetch_rows(&f, row, s, NULL, NULL, e);
}

int samples_read(const struct database *d, const char *const given[PARAM_COUNT],
		 struct samples *ret, struct err *e)
{
	static const char *const sites[] = { "site",  "place", "function",
					     "owner", "file",  "line",
					     "image", NULL };
	static const char *const frames[] = { "stack", "site", NULL };
	static const char *const sums[] = { "stack",	   "site", "allocs",
					    "total_bytes", "live", "live_bytes",
					    "waste_bytes", NULL };
	int rc;

	*ret = (struct samples){ .n = 0 };
	rc = read_report(d, given, "profile/sites", sites, add_site, ret, e);
	if (!rc)
		rc = read_report(d, given, "profile/frames", frames, add_frame,
				 ret, e);
	fill_gaps(ret);
	if (!rc)
		rc = read_report(d, given, "profile/sums", sums, add_sample,
				 ret, e);
	return rc;
}

void samples_release(struct samples *s)
{
	free(s->sites);
	free(s->frames);
	free(s->stacks);
	free(s->list);
	arena_release(&s->arena);
	*s = (struct samples){ .n = 0 };
}
