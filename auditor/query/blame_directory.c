/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/blame_directory.h"

#include <stdlib.h>

#include "query/scratch.h"

int blame_put(const struct database *d, sqlite3_stmt *put,
	      const struct lineage *l, const struct blame_row *row,
	      struct err *e)
{
	const struct lineage_build *b = &l->builds[row->build];
	int r;

	sqlite3_clear_bindings(put);
	scratch_bind_number(put, ":place", b->place);
	scratch_bind_number(put, ":build", b->id);
	if (b->base.build != LINEAGE_NONE) {
		scratch_bind_number(put, ":base", l->builds[b->base.build].id);
		if (b->base.how != LINEAGE_TIME)
			scratch_bind_number(put, ":commits", b->base.commits);
	}
	scratch_bind_text(put, ":symbol", row->symbol);
	scratch_bind_text(put, ":directory", row->directory);
	scratch_bind_text(put, ":what", row->what);
	scratch_bind_text(put, ":from", row->from);
	if (row->path)
		scratch_bind_number(put, ":path", row->path);
	if (row->from_path)
		scratch_bind_number(put, ":from_path", row->from_path);
	if (row->before >= 0)
		scratch_bind_number(put, ":before", row->before);
	if (row->after >= 0)
		scratch_bind_number(put, ":after", row->after);
	r = database_step(d, put, e);
	sqlite3_reset(put);
	return r < 0 ? r : 0;
}

/* What a build has of the directory.  content is a sum over (object,
 * footprint): equal where they are, whatever their order. */
struct content {
	int64_t size;
	uint64_t content;
	size_t objects;
};

/* The finaliser of splitmix64: every bit of both goes everywhere. */
static uint64_t mix(uint64_t path, uint64_t footprint)
{
	uint64_t x = path * UINT64_C(0x9e3779b97f4a7c15) + footprint;

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static int read_contents(const struct database *d, const struct lineage *l,
			 const char *directory, struct content *contents,
			 struct err *e)
{
	const struct binding bindings[] = { { ":branch", directory, NULL },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	uint32_t at = 0;
	int r = database_prepare(d, "blame-sizes", bindings, &st, e);

	while (r == 0 && (r = database_step(d, st, e)) == 1) {
		int64_t build = sqlite3_column_int64(st, 0);

		/* Builds are in the order of their numbers on both sides. */
		while (at < l->nbuilds && l->builds[at].id < build)
			at++;
		r = 0;
		if (at == l->nbuilds || l->builds[at].id != build)
			continue;
		contents[at].objects++;
		contents[at].size += sqlite3_column_int64(st, 3);
		contents[at].content +=
			mix((uint64_t)sqlite3_column_int64(st, 1),
			    (uint64_t)sqlite3_column_int64(st, 2));
	}
	sqlite3_finalize(st);
	return r;
}

static const char *word_of(const struct content *before, bool has_base,
			   const struct content *after)
{
	if (!before->objects)
		return has_base ? "added" : "first";
	if (!after->objects)
		return "removed";
	if (after->size != before->size)
		return after->size > before->size ? "grown" : "shrunk";
	return "changed";
}

static int put_content(const struct database *d, sqlite3_stmt *put,
		       const struct lineage *l, const char *directory,
		       const struct content *contents, uint32_t build,
		       struct err *e)
{
	const struct content none = { .objects = 0 };
	uint32_t base = l->builds[build].base.build;
	const struct content *after = &contents[build];
	const struct content *before = base == LINEAGE_NONE ? &none
							    : &contents[base];
	const struct blame_row row = {
		.build = build,
		.directory = directory,
		.before = before->objects ? before->size : -1,
		.after = after->objects ? after->size : -1,
		.what = word_of(before, base != LINEAGE_NONE, after),
	};

	if (before->content == after->content &&
	    before->objects == after->objects)
		return 0;
	return blame_put(d, put, l, &row, e);
}

int blame_directory(const struct database *d, sqlite3_stmt *put,
		    const struct lineage *l, const char *directory,
		    struct err *e)
{
	struct content *contents = calloc(l->nbuilds + 1, sizeof(*contents));
	int r = contents ? read_contents(d, l, directory, contents, e)
			 : err_nomem(e);

	for (uint32_t i = 0; i < l->nbuilds && r == 0; i++)
		r = put_content(d, put, l, directory, contents, i, e);
	free(contents);
	return r;
}
