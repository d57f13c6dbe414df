/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/merge.h"

#include <sys/stat.h>

#include "exchange/source.h"
#include "exchange/target.h"
#include "store/copy/copy.h"
#include "store/copy/roots.h"
#include "store/store.h"

static bool same_file(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
	       sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

/* Before the database is created, so that a wrong name leaves no empty file. */
static int check_others(const struct merge_options *o, struct err *e)
{
	for (size_t i = 0; i < o->nothers; i++) {
		struct stat st;

		if (stat(o->others[i], &st) != 0)
			return err_set_errno(e, ERR_IO, "database '%s'",
					     o->others[i]);
		if (same_file(o->others[i], o->db))
			return err_set(
				e, ERR_USAGE,
				"'%s' is the database itself: name others to merge into it",
				o->others[i]);
	}
	return 0;
}

static void add_counts(struct copy_counts *to, const struct copy_counts *from)
{
	to->builds_added += from->builds_added;
	to->builds_replaced += from->builds_replaced;
	to->builds_known += from->builds_known;
	to->traces_added += from->traces_added;
	to->traces_replaced += from->traces_replaced;
	to->traces_known += from->traces_known;
	to->footprints += from->footprints;
}

static int merge_one(struct store *s, const struct database *d,
		     struct copy_counts *counts, struct err *e)
{
	struct copy_counts one;
	struct copier *c;
	int r = copier_new(s, d->db, d->path, false, &c, e);

	if (r < 0)
		return r;
	r = copy_everything(c, e);
	one = copier_counts(c);
	add_counts(counts, &one);
	copier_free(c);
	return r;
}

static int merge_rest(const struct merge_options *o, struct store *s,
		      const struct database *first, struct copy_counts *counts,
		      struct err *e)
{
	int r = merge_one(s, first, counts, e);

	for (size_t i = 1; i < o->nothers && r == 0; i++) {
		struct database *d;

		r = source_open(o->others[i], o->stop, &d, e);
		if (r < 0)
			return r;
		r = merge_one(s, d, counts, e);
		database_close(d);
	}
	return r;
}

int merge_run(const struct merge_options *o, struct copy_counts *ret,
	      struct err *e)
{
	struct copy_counts counts = { 0 };
	struct store *s = NULL;
	struct database *d;
	int r = check_others(o, e);

	if (r == 0)
		r = source_open(o->others[0], o->stop, &d, e);
	if (r < 0)
		return r;
	r = target_open(o->db, o->quiet, o->stop, &s, e);
	if (r == 0)
		r = merge_rest(o, s, d, &counts, e);
	if (r == 0)
		r = store_commit(s, e);
	store_close(s);
	database_close(d);
	if (r == 0)
		*ret = counts;
	return r;
}
