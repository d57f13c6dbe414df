/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/config_likeness.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"
#include "support/sql_files.h"

/* A .config of 20,000 lines takes 160 KB. */
#define BYTES_MAX ((size_t)64 << 20)

uint32_t config_number(struct config_likeness *c, const char *hash,
		       int64_t build)
{
	uint32_t number;

	if (!hash)
		return 0;
	number = intern_id(&c->hashes, hash, strlen(hash));
	if (number == INTERN_NONE)
		return 0;
	while (c->nconfigs <= number) {
		if (grow_room((void **)&c->configs, c->nconfigs, &c->room,
			      sizeof(*c->configs)))
			return 0;
		c->configs[c->nconfigs++] =
			(struct config_of){ .build = build };
	}
	return number;
}

static void forget_sets(struct config_likeness *c)
{
	for (size_t i = 0; i < c->nconfigs; i++) {
		free(c->configs[i].set.options);
		c->configs[i].set = (struct option_set){ .n = 0 };
	}
	c->bytes = 0;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* FNV-1a: two lines of one hash would make the answer one option wrong. */
static uint64_t hash_line(const char *line, size_t len)
{
	uint64_t h = UINT64_C(1469598103934665603);

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)line[i]) * UINT64_C(1099511628211);
	return h;
}

static int parse(const char *text, struct option_set *ret)
{
	static const char prefix[] = "CONFIG_";
	struct option_set s = { .n = 0 };
	size_t room = 0, len;

	for (; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		if (strncmp(text, prefix, strlen(prefix)) != 0)
			continue;
		if (grow_room((void **)&s.options, s.n, &room,
			      sizeof(*s.options))) {
			free(s.options);
			return -1;
		}
		s.options[s.n++] = hash_line(text, len);
	}
	if (s.n)
		qsort(s.options, s.n, sizeof(*s.options), by_value);
	else
		s.options = calloc(1, sizeof(*s.options));
	*ret = s;
	return s.options ? 0 : -1;
}

static int fail(struct config_likeness *c, struct err *e)
{
	return err_set(e, ERR_DB, "%s", sqlite3_errmsg(c->db));
}

static int load(struct config_likeness *c, struct config_of *of, struct err *e)
{
	const char *text = sql_file_text("query/config-text.sql");
	sqlite3_stmt *st = NULL;
	int r = 0;

	if (of->set.options)
		return 0;
	if (sqlite3_prepare_v2(c->db, text ? text : "", -1, &st, NULL) !=
		    SQLITE_OK ||
	    sqlite3_bind_int64(st, 1, of->build) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW) {
		r = fail(c, e);
	} else {
		text = (const char *)sqlite3_column_text(st, 0);
		if (parse(text ? text : "", &of->set))
			r = err_nomem(e);
		c->bytes += of->set.n * sizeof(*of->set.options);
	}
	sqlite3_finalize(st);
	return r;
}

static int percent_of(const struct option_set *a, const struct option_set *b)
{
	size_t i = 0, k = 0, both = 0, all;

	while (i < a->n && k < b->n) {
		both += a->options[i] == b->options[k];
		if (a->options[i] == b->options[k]) {
			i++;
			k++;
		} else if (a->options[i] < b->options[k]) {
			i++;
		} else {
			k++;
		}
	}
	all = a->n + b->n - both;
	return all ? (int)(100 * both / all) : 100;
}

int config_alike(void *ctx, uint32_t a, uint32_t b, struct err *e)
{
	struct config_likeness *c = ctx;
	uint64_t key = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
	uint32_t answer = u64map_get(&c->known, key);
	int r;

	if (answer != U64MAP_NONE)
		return (int)answer;
	if (c->bytes > BYTES_MAX)
		forget_sets(c);
	if ((r = load(c, &c->configs[a], e)) < 0 ||
	    (r = load(c, &c->configs[b], e)) < 0)
		return r;
	r = percent_of(&c->configs[a].set, &c->configs[b].set);
	return u64map_put(&c->known, key, (uint32_t)r) ? err_nomem(e) : r;
}

void config_likeness_release(struct config_likeness *c)
{
	forget_sets(c);
	free(c->configs);
	intern_release(&c->hashes);
	u64map_release(&c->known);
	*c = (struct config_likeness){ .db = NULL };
}
