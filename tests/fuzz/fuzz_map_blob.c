/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The blobs of table image_map.  What can be read of any bytes is written
 * again and must read the same; then the same bytes are in a database and
 * a symbol map is loaded from it.
 */
#include "store_build.h"

#include "codemap/blob.h"
#include "store/statements.h"
#include "symbols/code_index.h"
#include "store/codemap_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void round_trip_places(const uint8_t *data, size_t size)
{
	struct blob_cursor c = { data, data + size, 0, 0 }, again = { 0 };
	struct codemap_blob b = CODEMAP_BLOB_INIT;
	struct blob_place p, q;

	while (codemap_blob_get_place(&c, &p) > 0) {
		blob_cursor_end(&c, &p);
		if (codemap_blob_put_place(&b, &p))
			abort();
	}
	c = (struct blob_cursor){ data, data + size, 0, 0 };
	if (b.len)
		again = (struct blob_cursor){ b.bytes, b.bytes + b.len, 0, 0 };
	while (b.len && codemap_blob_get_place(&again, &q) > 0) {
		if (codemap_blob_get_place(&c, &p) <= 0 || p.addr != q.addr ||
		    p.size != q.size || p.member != q.member ||
		    p.section != q.section || p.own_size != q.own_size)
			abort();
		blob_cursor_end(&c, &p);
		blob_cursor_end(&again, &q);
	}
	if (b.len && codemap_blob_get_place(&c, &p) > 0)
		abort();
	codemap_blob_release(&b);
}

static void round_trip_symbols(const uint8_t *data, size_t size)
{
	struct blob_cursor c = { data, data + size, 0, 0 }, again = { 0 };
	struct codemap_blob b = CODEMAP_BLOB_INIT;
	struct blob_symbol p, q;

	while (codemap_blob_get_symbol(&c, &p) > 0) {
		if (codemap_blob_put_symbol(&b, &p))
			abort();
	}
	c = (struct blob_cursor){ data, data + size, 0, 0 };
	if (b.len)
		again = (struct blob_cursor){ b.bytes, b.bytes + b.len, 0, 0 };
	while (b.len && codemap_blob_get_symbol(&again, &q) > 0) {
		if (codemap_blob_get_symbol(&c, &p) <= 0 || p.addr != q.addr ||
		    p.size != q.size || p.name != q.name || p.type != q.type ||
		    p.bind != q.bind)
			abort();
	}
	if (b.len && codemap_blob_get_symbol(&c, &p) > 0)
		abort();
	codemap_blob_release(&b);
}

#define TEXT UINT64_C(0xffffffff81000000)
#define NSECTIONS 2

struct objects {
	struct obj_section sections[NSECTIONS];
	struct obj_symbol symbols[3];
	struct object_record r;
};

static void make_object(struct objects *o, const char *name,
			unsigned char number)
{
	static const unsigned char returns[] = { 5, 13, 1 };

	o->sections[0] = code(".text", 0x20, 16);
	o->sections[0].return_sites = returns;
	o->sections[0].return_sites_len = sizeof(returns);
	o->sections[1] = code(".init.text", 8, 1);
	o->symbols[0] = function(name, 0, 0, STB_GLOBAL);
	o->symbols[1] = function("w", 0, 16, number % 2 ? STB_WEAK : STB_LOCAL);
	o->symbols[2] = function("init_once", 1, 0, STB_LOCAL);
	o->r = record(o->sections, NSECTIONS, o->symbols, 3, number);
}

/* vmlinux of three objects; its layout comes later. */
static int64_t put_objects(struct store *s)
{
	static struct objects a, c, v;
	struct placement placements[] = {
		{ 0, 0, 0, TEXT, 0x20, LIFETIME_RESIDENT },
		{ 1, 0, 0, TEXT + 0x30, 0x20, LIFETIME_RESIDENT },
	};
	struct layout layout = {
		.source = LAYOUT_SCRIPT,
		.placements = placements,
		.nplacements = 2,
	};
	const char *const paths[] = { "a.o", "gone.o", "c.o" };
	const struct object_record *const records[] = { &a.r, NULL, &c.r };
	struct tree_image image = { .path = "vmlinux",
				    .name = "vmlinux",
				    .kind = IMAGE_VMLINUX };
	int64_t build, id;

	make_object(&a, "fa", 1);
	make_object(&c, "fc", 2);
	make_object(&v, "fa", 3);
	v.sections[0].addr = TEXT;
	v.sections[1].addr = TEXT + 0x1000;
	for (int i = 0; i < 3; i++)
		v.symbols[i].value += v.sections[i / 2].addr;
	build = put_build(s, paths, records, 3, &image, &v.r, &layout, &id);
	OK(store_image_map(s, id, &v.r, &layout, records, 3, &e));
	OK(store_commit(s, &e));
	OK(store_begin(s, 0, &e));
	return build;
}

static void set_blobs(struct store *s, const uint8_t *places, size_t nplaces,
		      const uint8_t *symbols, size_t nsymbols)
{
	static sqlite3_stmt *st;

	if (!st &&
	    sqlite3_prepare_v2(s->db,
			       "UPDATE image_map SET places = ?1, symbols = ?2",
			       -1, &st, NULL) != SQLITE_OK)
		abort();
	sqlite3_bind_blob64(st, 1, places, nplaces, SQLITE_STATIC);
	sqlite3_bind_blob64(st, 2, symbols, nsymbols, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_DONE)
		abort();
	sqlite3_reset(st);
}

/* What a resolver may rely on. */
static void check_map(const struct symbol_map *m)
{
	struct code_index ci;
	struct err e;

	for (size_t i = 0; i < m->nplaces; i++) {
		const struct map_place *p = &m->places[i];

		if (p->space >= m->nspaces ||
		    (p->object != MAP_NONE && p->object >= m->nobjects))
			abort();
		(void)code_place_returns(p, p->addr + p->size);
	}
	for (size_t i = 0; i < m->nsymbols; i++) {
		const struct map_symbol *y = &m->symbols[i];

		if (y->space >= m->nspaces ||
		    (y->place != MAP_NONE && y->place >= m->nplaces))
			abort();
	}
	if (code_index_init(&ci, m, &e))
		return;
	for (uint32_t i = 0; i < m->nsymbols; i++) {
		(void)code_index_extent(&ci, i);
		(void)code_index_place(&ci, m->symbols[i].space,
				       m->symbols[i].addr - 1);
	}
	code_index_release(&ci);
}

static struct store *make_database(int64_t *ret_build)
{
	struct store *s;
	void *place;

	if (make_place(&place))
		abort();
	s = open_store(place);
	/* The open file lives on, and what is not committed needs no other. */
	sqlite3_exec(s->db, "PRAGMA journal_mode = MEMORY", NULL, NULL, NULL);
	*ret_build = put_objects(s);
	remove_place(&place);
	return s;
}

/* The first byte divides the rest: so many eighths are places. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct store *s;
	static int64_t build;
	struct symbol_map map;
	struct err e;
	size_t n;

	if (!s)
		s = make_database(&build);
	if (!size)
		return 0;
	n = (size - 1) * (data[0] % 9) / 8;
	data++;
	size--;
	round_trip_places(data, n);
	round_trip_symbols(data + n, size - n);
	set_blobs(s, data, n, data + n, size - n);
	if (store_map_load(s, build, &map, &e))
		return 0;
	check_map(&map);
	symbol_map_release(&map);
	return 0;
}
