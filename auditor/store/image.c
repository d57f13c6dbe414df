/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/image.h"

#include <stdlib.h>

#include "store/audit.h"
#include "store/statements.h"
#include "support/digest.h"

static int put_section_placements(struct store *s, int64_t placement_set,
				  const int64_t *row, size_t count,
				  struct err *e)
{
	for (size_t i = 0; i < count; i++) {
		struct value values[] = {
			V_INT(placement_set),
			V_INT(i),
			row[2 * i] ? V_INT(row[2 * i]) : V_NULL,
			V_INT(row[2 * i + 1]),
		};
		int r = store_run(s, ST_SECTION_PLACEMENT_PUT, values, 4, e);

		if (r < 0)
			return r;
	}
	return 0;
}

int store_placement_set(struct store *s, const char *const *outputs,
			const unsigned char *lives, size_t count,
			int64_t *ret_id, struct err *e)
{
	/* Pairs of output name's number (0: nowhere) and life; numbers of
	 * names never change within a database, so they can be hashed. */
	int64_t *row = calloc(count + 1, 2 * sizeof(*row));
	unsigned char hash[DIGEST_LEN];
	struct value key;
	int64_t id;
	int r = 0;

	if (!row)
		return err_nomem(e);
	for (size_t i = 0; i < count && r == 0; i++) {
		row[2 * i + 1] = lives[i];
		if (outputs[i])
			r = store_name(s, outputs[i], &row[2 * i], e);
	}
	if (r < 0)
		goto out;
	digest_of(row, count * 2 * sizeof(*row), hash);
	key = V_BLOB(hash, sizeof(hash));
	r = store_find(s, ST_PLACEMENT_SET_GET, &key, 1, &id, e);
	if (r == 0) {
		r = store_insert(s, ST_PLACEMENT_SET_PUT, &key, 1, &id, e);
		if (r == 0)
			r = put_section_placements(s, id, row, count, e);
	}
	if (r >= 0) {
		*ret_id = id;
		r = 0;
	}
out:
	free(row);
	return r;
}

static int put_member_list(struct store *s, const struct tree *tree,
			   const struct tree_image *image, int64_t *ret_id,
			   struct err *e)
{
	int64_t *paths = calloc(image->nmembers + 1, sizeof(*paths));
	unsigned char hash[DIGEST_LEN];
	struct value key;
	int r = 0;

	if (!paths)
		return err_nomem(e);
	for (size_t i = 0; i < image->nmembers && r == 0; i++)
		r = store_path(s, tree->objects[image->members[i]].path,
			       &paths[i], e);
	if (r < 0)
		goto out;
	digest_of(paths, image->nmembers * sizeof(*paths), hash);
	key = V_BLOB(hash, sizeof(hash));
	r = store_find(s, ST_MEMBER_LIST_GET, &key, 1, ret_id, e);
	if (r != 0)
		goto out;
	r = store_insert(s, ST_MEMBER_LIST_PUT, &key, 1, ret_id, e);
	for (size_t i = 0; i < image->nmembers && r == 0; i++) {
		struct value values[] = { V_INT(*ret_id), V_INT(i),
					  V_INT(paths[i]) };

		r = store_run(s, ST_MEMBER_LIST_ENTRY_PUT, values, 3, e);
	}
out:
	free(paths);
	return r < 0 ? r : 0;
}

static int put_lines(struct store *s, int64_t image, const struct layout *l,
		     struct err *e)
{
	for (size_t i = 0; i < l->nlines; i++) {
		const struct link_line *line = &l->lines[i];
		struct value values[] = {
			V_INT(image),
			V_INT(i),
			V_INT(line->kind),
			V_TEXT(line->subject),
			V_INT(line->bytes),
			line->kind == LINE_FILL ? V_INT(line->to_page) : V_NULL,
		};
		int r = store_run(s, ST_LINK_LINE_PUT, values, 6, e);

		if (r < 0)
			return r;
	}
	return 0;
}

int store_image(struct store *s, int64_t build, const struct tree *tree,
		const struct tree_image *image, int64_t linked,
		const struct object_record *record, const struct layout *layout,
		int64_t *ret_id, struct err *e)
{
	int64_t path, name, member_list, id;
	int r;

	if ((r = store_path(s, image->path, &path, e)) < 0 ||
	    (r = store_name(s, image->name, &name, e)) < 0 ||
	    (r = put_member_list(s, tree, image, &member_list, e)) < 0)
		return r;
	struct value values[] = {
		V_INT(build),
		V_INT(path),
		V_INT(name),
		V_INT(image->kind),
		V_INT(member_list),
		linked ? V_INT(linked) : V_NULL,
		record && record->build_id_len
			? V_BLOB(record->build_id, record->build_id_len)
			: V_NULL,
		V_INT(layout ? layout->source : LAYOUT_NONE),
		layout ? V_INT(layout->checked) : V_NULL,
		layout ? V_INT(layout->agreed) : V_NULL,
	};
	r = store_insert(s, ST_IMAGE_PUT, values, 10, &id, e);
	if (r == 0 && layout)
		r = put_lines(s, id, layout, e);
	if (r == 0 && ret_id)
		*ret_id = id;
	return r;
}
