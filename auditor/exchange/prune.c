/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/prune.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/target.h"
#include "store/statements.h"
#include "store/store.h"
#include "support/grow.h"
#include "support/progress.h"

#define DAY_NS INT64_C(86400000000000)
#define MONTH_DAYS 30

static bool is_word(const char *p, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(p, word, len) == 0;
}

/* A number of builds, 1 and more; 0 where it is none. */
static int64_t number(const char *p, size_t len)
{
	int64_t n = 0;

	if (!len || len > 9)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (p[i] < '0' || p[i] > '9')
			return 0;
		n = n * 10 + (p[i] - '0');
	}
	return n;
}

int prune_rules_read(const char *words, struct prune_rules *ret, struct err *e)
{
	struct prune_rules rules = { 0 };

	for (const char *p = words;; p++) {
		size_t len = strcspn(p, ",");
		int64_t n = number(p, len);

		if (n && !rules.newest)
			rules.newest = n;
		else if (is_word(p, len, "labelled"))
			rules.labelled = true;
		else if (is_word(p, len, "tagged"))
			rules.tagged = true;
		else if (is_word(p, len, "traced"))
			rules.traced = true;
		else if (is_word(p, len, "daily"))
			rules.daily = true;
		else
			return err_set(
				e, ERR_USAGE,
				"option '--keep' takes a number of builds from 1, labelled, tagged, traced and daily with commas between, not '%.*s'",
				(int)(len < 40 ? len : 40), p);
		p += len;
		if (!*p)
			break;
	}
	*ret = rules;
	return 0;
}

static void tell(const struct prune_options *o, sqlite3_stmt *st)
{
	const struct prune_build b = {
		.id = sqlite3_column_int64(st, 0),
		.label = (const char *)sqlite3_column_text(st, 1),
		.commit = (const char *)sqlite3_column_text(st, 2),
		.audited_ns = sqlite3_column_int64(st, 3),
		.traces = sqlite3_column_int64(st, 5),
	};

	if (o->say)
		o->say(o->ctx, &b);
}

/* The numbers of those that go; the caller frees them. */
static int choose(const struct prune_options *o, struct store *s, int64_t **ret,
		  size_t *ret_n, size_t *ret_kept, struct err *e)
{
	const struct value values[] = {
		V_INT(o->rules.newest),
		V_INT(o->rules.labelled),
		V_INT(o->rules.traced),
		V_INT(o->rules.daily),
		V_INT(clock_real_ns() - MONTH_DAYS * DAY_NS),
		V_INT(o->rules.tagged),
	};
	size_t n = 0, capacity = 0;
	int64_t *ids = NULL;
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(s, ST_PRUNE_CHOOSE, values, 6, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW) {
		if (sqlite3_column_int(st, 4)) {
			++*ret_kept;
		} else if (grow_room((void **)&ids, n, &capacity,
				     sizeof(*ids))) {
			r = err_nomem(e);
		} else {
			ids[n++] = sqlite3_column_int64(st, 0);
			tell(o, st);
		}
	}
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	*ret = ids;
	*ret_n = n;
	return r;
}

static int put_tag(void *to, const char *commit, struct err *e)
{
	const struct value key = V_TEXT(commit);

	return store_run(to, ST_PRUNE_TAG_PUT, &key, 1, e);
}

/* The table of tags; it is there, and empty, where no rule asks. */
static int find_tags(const struct prune_options *o, struct store *s,
		     struct err *e)
{
	char *sources = NULL;
	sqlite3_stmt *st;
	int r = store_run(s, ST_PRUNE_TAGS_MAKE, NULL, 0, e);

	if (r < 0 || !o->rules.tagged)
		return r;
	r = store_select(s, ST_PRUNE_SOURCES, NULL, 0, &st, e);
	if (r < 0)
		return r;
	if (sqlite3_step(st) == SQLITE_ROW)
		sources = strdup((const char *)sqlite3_column_text(st, 0));
	sqlite3_reset(st);
	/* No build, nothing to keep. */
	r = sources ? o->tags(o->ctx, sources, put_tag, s, e) : 0;
	free(sources);
	return r;
}

static int drop_all(const struct prune_options *o, struct store *s,
		    struct prune_result *result, struct err *e)
{
	int64_t *ids = NULL;
	size_t n = 0;
	int r = find_tags(o, s, e);

	if (r == 0)
		r = choose(o, s, &ids, &n, &result->kept, e);

	for (size_t i = 0; i < n && r == 0; i++)
		r = forget_build(s, ids[i], &result->gone, e);
	free(ids);
	return r;
}

int prune_run(const struct prune_options *o, struct prune_result *ret,
	      struct err *e)
{
	struct prune_result result = { 0 };
	struct store *s = NULL;
	int r = target_must_exist(o->db, e);

	if (r == 0)
		r = target_open(o->db, o->quiet, o->stop, &s, e);
	if (r == 0)
		r = drop_all(o, s, &result, e);
	if (r == 0 && !o->dry_run && result.gone.builds)
		r = forget_finish(s, true, &result.gone, e);
	store_close(s);
	if (r == 0)
		*ret = result;
	return r;
}
