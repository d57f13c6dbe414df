/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/message_rows.h"

#include <stdlib.h>
#include <string.h>

#include "store/message_text.h"
#include "store/row_digest.h"
#include "store/statements.h"
#include "support/digest.h"
#include "support/grow.h"

/* ---- the numbers of a message, for its row and for the hash ---- */

/* Values of a row after its set and ordinal; NONE becomes NULL. */
#define NONE INT64_MIN
#define TEXT_VALUES 9
#define FINDING_VALUES 19

struct rows {
	int64_t head[5];
	int64_t *texts;	   /* TEXT_VALUES each */
	int64_t *findings; /* FINDING_VALUES each */
	size_t ntexts, nfindings;
};

static int64_t ordinal_of(const struct section_numbers *n, uint32_t elf)
{
	for (size_t i = 0; elf != MESSAGE_NO_SECTION && i < n->count; i++)
		if (n->elf[i] == elf)
			return (int64_t)i;
	return NONE;
}

/* NULL and "" are none. */
static int name_or_none(struct store *s, const char *name, int64_t *ret,
			struct err *e)
{
	*ret = NONE;
	return name && *name ? store_name(s, name, ret, e) : 0;
}

static int escaped_name(struct store *s, const char *text, int64_t *ret,
			struct err *e)
{
	char *escaped = message_text_escape(text);
	int r;

	if (!escaped)
		return err_nomem(e);
	r = store_name(s, escaped, ret, e);
	free(escaped);
	return r;
}

static int text_values(struct store *s, const struct message_text *t,
		       const struct section_numbers *n, int64_t *v,
		       struct err *e)
{
	int r;

	v[0] = ordinal_of(n, t->string_section);
	v[1] = (int64_t)t->string_offset;
	v[3] = (int64_t)t->string_bytes - t->padding_bytes;
	v[4] = t->prefix_bytes;
	v[5] = t->padding_bytes;
	v[6] = t->level;
	r = escaped_name(s, t->text, &v[2], e);
	if (r == 0)
		r = name_or_none(s, t->printer, &v[7], e);
	if (r == 0)
		r = name_or_none(s, t->function, &v[8], e);
	return r;
}

static int finding_values(struct store *s, const struct message_finding *f,
			  const struct section_numbers *n, int64_t *v,
			  struct err *e)
{
	int r;

	v[1] = ordinal_of(n, f->string_section);
	v[2] = (int64_t)f->string_offset;
	v[4] = (int64_t)f->string_bytes - f->padding_bytes;
	v[5] = f->padding_bytes;
	v[6] = f->string_users;
	v[7] = f->code_bytes;
	v[8] = f->index_bytes;
	v[9] = ordinal_of(n, f->code_section);
	v[10] = (int64_t)f->code_offset;
	v[12] = f->line ? (int64_t)f->line : NONE;
	v[13] = f->verdict;
	v[14] = f->level;
	v[15] = f->confidence;
	v[18] = f->name_bytes;
	r = store_name(s, f->function, &v[0], e);
	if (r == 0)
		r = escaped_name(s, f->message, &v[3], e);
	if (r == 0)
		r = name_or_none(s, f->file, &v[11], e);
	if (r == 0)
		r = store_name(s, f->printer, &v[16], e);
	if (r == 0)
		r = store_name(s, f->allocator, &v[17], e);
	return r;
}

static int make_rows(struct store *s, const struct object_messages *m,
		     const struct section_numbers *n, struct rows *rows,
		     struct err *e)
{
	const struct message_coverage *c = &m->coverage;
	int r = 0;

	*rows = (struct rows){ .head = { c->decoded, c->functions, c->looked_at,
					 c->cut_off, c->undecoded } };
	rows->texts = calloc(m->ntexts + 1, TEXT_VALUES * sizeof(int64_t));
	rows->findings = calloc(m->nfindings + 1,
				FINDING_VALUES * sizeof(int64_t));
	if (!rows->texts || !rows->findings)
		return err_nomem(e);
	rows->ntexts = m->ntexts;
	rows->nfindings = m->nfindings;
	for (size_t i = 0; i < m->ntexts && r == 0; i++)
		r = text_values(s, &m->texts[i], n,
				&rows->texts[i * TEXT_VALUES], e);
	for (size_t i = 0; i < m->nfindings && r == 0; i++)
		r = finding_values(s, &m->findings[i], n,
				   &rows->findings[i * FINDING_VALUES], e);
	return r;
}

static void rows_release(struct rows *rows)
{
	free(rows->texts);
	free(rows->findings);
}

/* Numbers of names never change within a database, so they can be hashed. */
static int rows_hash(const struct rows *rows, unsigned char ret[DIGEST_LEN],
		     struct err *e)
{
	const uint64_t counts[2] = { rows->ntexts, rows->nfindings };
	struct digest d;

	if (digest_begin(&d, e))
		return -(int)e->code;
	digest_add(&d, counts, sizeof(counts));
	digest_add(&d, rows->head, sizeof(rows->head));
	digest_add(&d, rows->texts,
		   rows->ntexts * TEXT_VALUES * sizeof(int64_t));
	digest_add(&d, rows->findings,
		   rows->nfindings * FINDING_VALUES * sizeof(int64_t));
	digest_end(&d, ret);
	return 0;
}

static int put_list(struct store *s, enum statement statement, int64_t set,
		    const int64_t *v, size_t count, size_t width, struct err *e)
{
	struct value values[2 + FINDING_VALUES] = { V_INT(set) };
	int r = 0;

	for (size_t i = 0; i < count && r == 0; i++) {
		values[1] = V_INT(i);
		for (size_t k = 0; k < width; k++, v++)
			values[2 + k] = *v == NONE ? V_NULL : V_INT(*v);
		r = store_run(s, statement, values, (int)(2 + width), e);
	}
	return r;
}

static int put_rows(struct store *s, const struct rows *rows,
		    const unsigned char hash[DIGEST_LEN], int64_t *ret_id,
		    struct err *e)
{
	struct value values[6] = { V_BLOB(hash, DIGEST_LEN) };
	int64_t id;
	int r;

	for (size_t i = 0; i < 5; i++)
		values[1 + i] = V_INT(rows->head[i]);
	r = store_insert(s, ST_MESSAGE_SET_PUT, values, 6, &id, e);
	if (r == 0)
		r = put_list(s, ST_MESSAGE_TEXT_PUT, id, rows->texts,
			     rows->ntexts, TEXT_VALUES, e);
	if (r == 0)
		r = put_list(s, ST_MESSAGE_FINDING_PUT, id, rows->findings,
			     rows->nfindings, FINDING_VALUES, e);
	if (r == 0)
		*ret_id = id;
	return r;
}

int store_message_set(struct store *s, const struct object_messages *m,
		      const struct section_numbers *sections, int64_t *ret_id,
		      struct err *e)
{
	unsigned char hash[DIGEST_LEN];
	struct value key = V_BLOB(hash, sizeof(hash));
	struct rows rows;
	int r = make_rows(s, m, sections, &rows, e);

	if (r == 0)
		r = rows_hash(&rows, hash, e);
	if (r == 0) {
		r = store_find(s, ST_MESSAGE_SET_GET, &key, 1, ret_id, e);
		if (r == 0)
			r = put_rows(s, &rows, hash, ret_id, e);
	}
	rows_release(&rows);
	return r < 0 ? r : 0;
}

/* ---- the functions that the search begins with ---- */

/* A place among the arguments, or -1. */
static bool is_place(int n)
{
	return n >= -1 && n <= 15;
}

static int add_function(struct store *s, sqlite3_stmt *st, struct arena *a,
			struct known_function *ret, struct err *e)
{
	const char *name = (const char *)sqlite3_column_text(st, 0);
	int format = sqlite3_column_int(st, 3), gfp = sqlite3_column_int(st, 4);
	int level = sqlite3_column_int(st, 5);

	if (!name || sqlite3_column_type(st, 1) == SQLITE_NULL ||
	    sqlite3_column_type(st, 2) == SQLITE_NULL || !is_place(format) ||
	    !is_place(gfp) || level < -1 || level > 7)
		return err_set(
			e, ERR_DB,
			"database '%s': table message_function_added: the row of '%s' makes no sense: kmemdb sql '.schema message_functions' says what its columns mean",
			s->path, name ? name : "");
	*ret = (struct known_function){
		.name = arena_strdup(a, name),
		.role = (uint8_t)sqlite3_column_int(st, 1),
		.failure = (uint8_t)sqlite3_column_int(st, 2),
		.format = (int8_t)format,
		.gfp = (int8_t)gfp,
		.level = (uint8_t)(level < 0 ? MESSAGE_LEVEL_DEFAULT : level),
	};
	return ret->name ? 0 : err_nomem(e);
}

int store_message_additions(struct store *s, unsigned char ret[DIGEST_LEN],
			    struct err *e)
{
	return store_rows_digest(s, ST_MESSAGE_ADDITIONS, NULL, 0, ret, e);
}

int store_message_functions(struct store *s, int64_t release, struct arena *a,
			    struct known_function **ret, size_t *ret_count,
			    struct err *e)
{
	struct value key = V_INT(release);
	struct known_function *list = NULL, *kept = NULL;
	size_t count = 0, cap = 0;
	sqlite3_stmt *st;
	int step = SQLITE_DONE, r;

	r = store_select(s, ST_MESSAGE_FUNCTIONS, &key, 1, &st, e);
	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW) {
		if (grow_room((void **)&list, count, &cap, sizeof(*list)))
			r = err_nomem(e);
		else
			r = add_function(s, st, a, &list[count], e);
		count += r == 0;
	}
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	if (r == 0) {
		kept = arena_alloc(a, (count + 1) * sizeof(*kept));
		r = kept ? 0 : err_nomem(e);
	}
	if (r == 0) {
		if (count)
			memcpy(kept, list, count * sizeof(*kept));
		*ret = kept;
		*ret_count = count;
	}
	free(list);
	return r;
}
