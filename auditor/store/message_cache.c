/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/message_cache.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "store/statements.h"

static int add_content(struct strmap *map, sqlite3_stmt *st, struct err *e)
{
	const char *content = sqlite3_column_blob(st, 1);
	bool added;

	if (!content || sqlite3_column_bytes(st, 1) != MESSAGE_CONTENT_LEN)
		return 0; /* damaged: decoded once more */
	if (!strmap_put(map, content, MESSAGE_CONTENT_LEN,
			(uint64_t)sqlite3_column_int64(st, 0), &added))
		return err_nomem(e);
	return 0;
}

int store_message_contents(struct store *s, struct strmap *ret, struct err *e)
{
	struct strmap map = STRMAP_INIT;
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(s, ST_MESSAGE_CONTENTS, NULL, 0, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = add_content(&map, st, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	if (r < 0)
		strmap_release(&map);
	else
		*ret = map;
	return r;
}

/* 1: all of the row is in a. */
static int read_row(sqlite3_stmt *st, struct arena *a,
		    unsigned char ret_content[MESSAGE_CONTENT_LEN],
		    struct section_numbers *ret_sections,
		    const unsigned char **ret_saved, size_t *ret_saved_len,
		    struct err *e)
{
	const void *content = sqlite3_column_blob(st, 0);
	const void *sections = sqlite3_column_blob(st, 1);
	const void *saved = sqlite3_column_blob(st, 2);
	size_t nsections = (size_t)sqlite3_column_bytes(st, 1) / 4;
	size_t len = (size_t)sqlite3_column_bytes(st, 2);
	struct section_numbers numbers = { NULL, nsections };
	unsigned char *copy;

	if (!content || sqlite3_column_bytes(st, 0) != MESSAGE_CONTENT_LEN ||
	    !sections || !saved)
		return 0;
	numbers.elf = arena_alloc(a, (nsections + 1) * sizeof(*numbers.elf));
	copy = arena_alloc(a, len + 1);
	if (!numbers.elf || !copy)
		return err_nomem(e);
	memcpy(numbers.elf, sections, nsections * 4);
	for (size_t i = 0; i < nsections; i++)
		numbers.elf[i] = le32toh(numbers.elf[i]);
	memcpy(copy, saved, len);
	memcpy(ret_content, content, MESSAGE_CONTENT_LEN);
	*ret_sections = numbers;
	*ret_saved = copy;
	*ret_saved_len = len;
	return 1;
}

int store_message_cache_load(struct store *s, int64_t id, struct arena *a,
			     unsigned char ret_content[MESSAGE_CONTENT_LEN],
			     struct section_numbers *ret_sections,
			     const unsigned char **ret_saved,
			     size_t *ret_saved_len, struct err *e)
{
	struct value key = V_INT(id);
	sqlite3_stmt *st;
	int r = store_select(s, ST_MESSAGE_CACHE_GET, &key, 1, &st, e);

	if (r < 0)
		return r;
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		r = read_row(st, a, ret_content, ret_sections, ret_saved,
			     ret_saved_len, e);
		break;
	case SQLITE_DONE:
		break;
	default:
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

int store_message_cache(struct store *s, const struct object_messages *m,
			const struct section_numbers *sections, int64_t *ret_id,
			struct err *e)
{
	uint32_t *bytes = calloc(sections->count + 1, sizeof(*bytes));
	struct value values[] = {
		V_BLOB(m->content, sizeof(m->content)),
		V_BLOB(bytes, sections->count * sizeof(*bytes)),
		V_BLOB(m->saved ? m->saved : (const unsigned char *)"",
		       m->saved_len),
	};
	int r;

	if (!bytes)
		return err_nomem(e);
	for (size_t i = 0; i < sections->count; i++)
		bytes[i] = htole32(sections->elf[i]);
	r = store_find(s, ST_MESSAGE_CACHE_FIND, values, 1, ret_id, e);
	if (r == 1) {
		struct value now[] = { V_INT(*ret_id), values[2] };

		r = store_run(s, ST_MESSAGE_CACHE_REPLACE, now, 2, e);
	} else if (r == 0) {
		r = store_insert(s, ST_MESSAGE_CACHE_PUT, values, 3, ret_id, e);
	}
	free(bytes);
	return r;
}

/* ---- lines ---- */

static int take_line(sqlite3_stmt *st, const struct section_numbers *sections,
		     struct object_messages *m, struct arena *a, struct err *e)
{
	const char *file = (const char *)sqlite3_column_text(st, 2);
	int64_t section = sqlite3_column_int64(st, 0);
	uint64_t place = (uint64_t)sqlite3_column_int64(st, 1);

	if (!file || section < 0 || (size_t)section >= sections->count ||
	    sqlite3_column_type(st, 0) == SQLITE_NULL)
		return 0;
	for (size_t i = 0; i < m->nfindings; i++) {
		struct message_finding *f = &m->findings[i];

		if (f->file || f->code_offset != place ||
		    f->code_section != sections->elf[section])
			continue;
		f->file = arena_strdup(a, file);
		f->line = (uint32_t)sqlite3_column_int64(st, 3);
		if (!f->file)
			return err_nomem(e);
	}
	return 0;
}

int store_message_lines(struct store *s, int64_t set,
			const struct section_numbers *sections,
			struct object_messages *m, struct arena *a,
			struct err *e)
{
	struct value key = V_INT(set);
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(s, ST_MESSAGE_LINES, &key, 1, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = take_line(st, sections, m, a, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}
