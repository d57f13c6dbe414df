/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/blame.h"

#include <string.h>

#include "query/blame_directory.h"
#include "query/blame_subject.h"
#include "query/blame_walk.h"
#include "query/scratch.h"

struct blame {
	const struct database *d;
	struct lineage_read read;
	struct blame_walk walk;
	struct blame_subject subject;
	sqlite3_stmt *put;
};

static const char *word_of(enum compare_what what, int64_t before,
			   int64_t after)
{
	if (what == COMPARE_MOVED)
		return "moved";
	if (what == COMPARE_RENAMED)
		return "renamed";
	if (after != before)
		return after > before ? "grown" : "shrunk";
	return "changed";
}

static int make_row(const struct blame *b, uint32_t build,
		    struct blame_row *ret)
{
	const struct blame_state *after = &b->walk.states[build];
	uint32_t base = b->read.lineage.builds[build].base.build;
	const struct blame_state none = { .present = false };
	const struct blame_state *before = base == LINEAGE_NONE
						   ? &none
						   : &b->walk.states[base];
	enum compare_what what = b->walk.what[build];
	struct blame_row row = { .build = build };

	if (!before->present && !after->present)
		return 0;
	row.before = before->present ? before->place.size : -1;
	row.after = after->present ? after->place.size : -1;
	row.symbol = after->present ? after->place.name : before->place.name;
	row.path = after->present ? after->place.path : before->place.path;
	if (!before->present) {
		row.what = base == LINEAGE_NONE ? "first" : "added";
	} else if (!after->present) {
		row.what = "removed";
	} else {
		bool same = b->walk.object ? before->place.footprint ==
						     after->place.footprint
					   : row.before == row.after;

		if (same && what == COMPARE_SAME)
			return 0;
		row.what = word_of(what, row.before, row.after);
		if (what == COMPARE_RENAMED)
			row.from = before->place.name;
		if (what == COMPARE_MOVED)
			row.from_path = before->place.path;
	}
	*ret = row;
	return 1;
}

static int put_rows(struct blame *b, struct err *e)
{
	int r = 0;

	for (uint32_t i = 0; i < b->read.lineage.nbuilds && r == 0; i++) {
		struct blame_row row;

		if (make_row(b, i, &row))
			r = blame_put(b->d, b->put, &b->read.lineage, &row, e);
	}
	return r;
}

static int follow(struct blame *b, struct err *e)
{
	const struct blame_subject *s = &b->subject;
	int r = 0;

	for (size_t i = 0; i < s->nplaces && r == 0; i++) {
		r = blame_walk_run(&b->walk, s->kind == BLAME_OBJECT, s->seed,
				   &s->places[i], e);
		if (r == 0)
			r = put_rows(b, e);
	}
	return r;
}

static int fill(struct blame *b, const char *word, const char *branch,
		struct err *e)
{
	int r = lineage_read(b->d->db, NULL, &b->read, e);

	if (r == 0)
		r = lineage_order(&b->read.lineage, e);
	if (r == 0)
		r = blame_walk_init(&b->walk, b->d, &b->read.lineage, e);
	if (r == 0)
		r = blame_subject_find(&b->walk, b->d, word, branch,
				       &b->subject, e);
	if (r == 0)
		r = scratch_make(b->d, "blame-tables", e);
	if (r == 0)
		r = database_prepare(b->d, "blame-put", NULL, &b->put, e);
	if (r < 0)
		return r;
	return b->subject.kind == BLAME_DIRECTORY
		       ? blame_directory(b->d, b->put, &b->read.lineage,
					 b->subject.directory, e)
		       : follow(b, e);
}

int blame_prepare(const struct database *d, const char *word,
		  const char *branch, struct err *e)
{
	struct blame b = { .d = d };
	struct err ignored;
	int r = scratch_begin(d, e);

	if (r == 0)
		r = fill(&b, word, branch, e);
	sqlite3_finalize(b.put);
	blame_subject_release(&b.subject);
	blame_walk_release(&b.walk);
	lineage_read_release(&b.read);
	if (r == 0)
		return scratch_end(d, e);
	scratch_end(d, &ignored);
	return r;
}
