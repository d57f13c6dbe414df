/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/codemap_rows.h"

#include "codemap/module_layout.h"
#include "codemap/order.h"
#include "codemap/vmlinux_code.h"
#include "codemap/vmlinux_layout.h"
#include "model/tree.h"
#include "store/audit.h"
#include "store/statements.h"

/* A build being read. */
struct reading {
	struct store *s;
	struct codemap_builder b;
	bool return_sites_known; /* of the footprint being read */
};

typedef int take_row(struct reading *l, sqlite3_stmt *st, struct err *e);

/* Each row of a statement. */
static int each_row(struct reading *l, enum statement id,
		    const struct value *keys, int nkeys, take_row *take,
		    struct err *e)
{
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(l->s, id, keys, nkeys, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = take(l, st, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(l->s, e);
	sqlite3_reset(st);
	return r;
}

/* ---- footprints, each read once ---- */

static int take_section(struct reading *l, sqlite3_stmt *st, struct err *e)
{
	const struct code_section sec = {
		.name = sqlite3_column_int64(st, 1),
		.size = (uint64_t)sqlite3_column_int64(st, 2),
		.align = (uint64_t)sqlite3_column_int64(st, 3),
		.ordinal = (uint32_t)sqlite3_column_int64(st, 0),
		.return_sites = sqlite3_column_blob(st, 4),
		.return_sites_len = (size_t)sqlite3_column_bytes(st, 4),
		.return_sites_known = l->return_sites_known,
	};

	return codemap_add_section(&l->b, &sec, e);
}

static int take_symbol(struct reading *l, sqlite3_stmt *st, struct err *e)
{
	int64_t info = sqlite3_column_int64(st, 4);
	const struct map_symbol sym = {
		.addr = (uint64_t)sqlite3_column_int64(st, 1),
		.size = (uint64_t)sqlite3_column_int64(st, 2),
		.name = sqlite3_column_int64(st, 3),
		.type = info & 15,
		.bind = info >> 4 & 15,
	};

	return codemap_add_offset(&l->b, sqlite3_column_int64(st, 0), &sym, e);
}

static int read_footprint(struct reading *l, int64_t id, uint32_t *ret,
			  struct err *e)
{
	const struct value key = V_INT(id);
	size_t before = l->b.sections.n;
	int r;

	*ret = codemap_find_footprint(&l->b, id);
	if (*ret != U64MAP_NONE)
		return 0;
	r = each_row(l, ST_MAP_SECTIONS, &key, 1, take_section, e);
	if (r == 0 && l->b.sections.n > before)
		r = each_row(l, ST_MAP_SYMBOLS, &key, 1, take_symbol, e);
	return r < 0 ? r : codemap_add_footprint(&l->b, id, ret, e);
}

/* ---- images ---- */

static int take_member(struct reading *l, sqlite3_stmt *st, struct err *e)
{
	uint16_t machine = (uint16_t)sqlite3_column_int64(st, 4);
	uint32_t footprint;
	int r;

	l->return_sites_known = sqlite3_column_int(st, 3) == FOOTPRINT_FULL &&
				codemap_return_sites_known(
					machine,
					(uint32_t)sqlite3_column_int64(st, 6));
	codemap_set_machine(&l->b, machine, sqlite3_column_int(st, 5) == 64);
	r = read_footprint(l, sqlite3_column_int64(st, 2), &footprint, e);
	return r < 0 ? r
		     : codemap_add_member(&l->b, sqlite3_column_int64(st, 0),
					  sqlite3_column_int64(st, 1),
					  footprint, e);
}

static int take_linked(struct reading *l, sqlite3_stmt *st, struct err *e)
{
	const char *text = (const char *)sqlite3_column_text(st, 1);

	return codemap_add_linked(&l->b, sqlite3_column_int64(st, 0),
				  text ? text : "",
				  (uint64_t)sqlite3_column_int64(st, 2), e);
}

/* The blob may go when the statement is used again: none is, until the
 * image is done. */
static struct blob_cursor cursor_of(sqlite3_stmt *st, int column)
{
	const unsigned char *bytes = sqlite3_column_blob(st, column);
	size_t len = (size_t)sqlite3_column_bytes(st, column);

	return (struct blob_cursor){ bytes, bytes ? bytes + len : NULL, 0, 0 };
}

static int lay_out(struct reading *l, sqlite3_stmt *st, struct err *e)
{
	const struct value linked = V_INT(sqlite3_column_int64(st, 4));
	struct image_blobs blobs = { cursor_of(st, 7), cursor_of(st, 8) };
	bool has_map = sqlite3_column_type(st, 7) != SQLITE_NULL;
	int r;

	if (sqlite3_column_int(st, 2) == IMAGE_VMLINUX)
		return codemap_lay_out_vmlinux(&l->b, has_map ? &blobs : NULL,
					       e);
	r = each_row(l, ST_MAP_LINKED, &linked, 1, take_linked, e);
	return r < 0 ? r : codemap_lay_out_module(&l->b, e);
}

static int take_image(struct reading *l, sqlite3_stmt *st, struct err *e)
{
	const struct value keys[] = { V_INT(l->b.build),
				      V_INT(sqlite3_column_int64(st, 3)) };
	const char *text = (const char *)sqlite3_column_text(st, 1);
	int r = codemap_add_image(&l->b, sqlite3_column_int64(st, 0),
				  text ? text : "", e);

	if (r < 0)
		return r;
	if (sqlite3_column_type(st, 5) != SQLITE_NULL)
		codemap_set_machine(&l->b,
				    (uint16_t)sqlite3_column_int64(st, 5),
				    sqlite3_column_int(st, 6) == 64);
	if ((r = each_row(l, ST_MAP_MEMBERS, keys, 2, take_member, e)) < 0 ||
	    (r = lay_out(l, st, e)) < 0)
		return r;
	return codemap_order_image(&l->b, e);
}

int store_map_load(struct store *s, int64_t build, struct symbol_map *ret,
		   struct err *e)
{
	const struct value key = V_INT(build);
	struct reading l = {
		.s = s,
		.b = { .names = store_name_numbers(s),
		       .database = s->path,
		       .build = build },
	};
	int r = each_row(&l, ST_MAP_IMAGES, &key, 1, take_image, e);

	if (r == 0)
		r = codemap_finish(&l.b, ret, e);
	codemap_builder_release(&l.b);
	return r;
}

/* ---- writing ---- */

static int encode_symbols(struct store *s, const struct vmlinux_code *c,
			  struct codemap_blob *b, struct err *e)
{
	for (size_t i = 0; i < c->nsymbols; i++) {
		const struct obj_symbol *sym = c->symbols[i];
		struct blob_symbol out = {
			.addr = sym->value,
			.size = sym->size,
			.type = sym->type & 15,
			.bind = sym->bind & 15,
		};
		int r = store_name(s, sym->name, &out.name, e);

		if (r < 0)
			return r;
		if (codemap_blob_put_symbol(b, &out))
			return err_nomem(e);
	}
	return 0;
}

static int put_row(struct store *s, int64_t image, const struct vmlinux_code *c,
		   struct err *e)
{
	struct codemap_blob places = CODEMAP_BLOB_INIT;
	struct codemap_blob symbols = CODEMAP_BLOB_INIT;
	int r = encode_symbols(s, c, &symbols, e);

	for (size_t i = 0; i < c->nplaces && r == 0; i++)
		if (codemap_blob_put_place(&places, &c->places[i]))
			r = err_nomem(e);
	if (r == 0 && places.len) {
		/* A blob of no bytes must not become NULL. */
		struct value values[] = {
			V_INT(image),
			V_BLOB(places.bytes, places.len),
			V_BLOB(symbols.len ? (void *)symbols.bytes : "",
			       symbols.len),
		};

		r = store_run(s, ST_IMAGE_MAP_PUT, values, 3, e);
	}
	codemap_blob_release(&places);
	codemap_blob_release(&symbols);
	return r;
}

int store_image_map(struct store *s, int64_t image,
		    const struct object_record *vmlinux,
		    const struct layout *layout,
		    const struct object_record *const *members, size_t nmembers,
		    struct err *e)
{
	struct vmlinux_code c;
	int r = vmlinux_code_collect(vmlinux, layout, members, nmembers, &c, e);

	if (r < 0)
		return r;
	r = put_row(s, image, &c, e);
	vmlinux_code_release(&c);
	return r;
}
