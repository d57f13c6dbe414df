/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/beside.h"

#include <stdlib.h>
#include <string.h>

#include "import/read_file.h"
#include "store/trace.h"
#include "support/scan.h"
#include "support/strmap.h"
#include "trace/capture/parts.h"
#include "trace/capture/proc_files.h"

#define FILE_MAX ((size_t)64 << 20)

/* ---- whose rows are they? ---- */

static bool is_slabinfo(const struct capture_part *part)
{
	struct slabinfo s = { .p = part->p, .end = part->p + part->len };
	struct capture_slab row;

	return slabinfo_next(&s, &row);
}

static bool is_vmallocinfo(const struct capture_part *part)
{
	struct vmallocinfo s = { .p = part->p, .end = part->p + part->len };
	struct vmalloc_row row;

	return vmallocinfo_next(&s, &row);
}

/* `fuse 192512 1 - Live 0xffffffffa0000000`; no module is fine, too. */
static bool is_modules(const struct capture_part *part)
{
	const char *p = part->p, *end = part->p + part->len;
	const char *nl = memchr(p, '\n', part->len);

	if (nl)
		end = nl;
	return part->len == 0 || SCAN_FIND(p, end, " Live ") ||
	       SCAN_FIND(p, end, " Loading ") ||
	       SCAN_FIND(p, end, " Unloading ");
}

static int read_part(struct beside *b, int own, const char *path,
		     const char *like,
		     bool (*is_one)(const struct capture_part *),
		     struct capture_part *ret, struct err *e)
{
	struct capture_part part = { NULL, 0 };
	int r;

	if (!path)
		return 0;
	r = import_read_file(path, FILE_MAX, &part, e);
	if (r < 0)
		return r;
	b->own[own] = part.p;
	if (!is_one(&part))
		return err_set(e, ERR_FORMAT,
			       "'%s' has no line like those of %s", path, like);
	*ret = part;
	return 0;
}

int beside_read(struct beside *ret, const struct beside_files *files,
		const struct capture_info *c, struct err *e)
{
	int r;

	ret->slabinfo = c->slabinfo;
	ret->slabs = c->slabs;
	ret->modules = c->modules;
	ret->vmallocinfo = c->vmallocinfo;
	if ((r = read_part(ret, 0, files->slabinfo, "/proc/slabinfo",
			   is_slabinfo, &ret->slabinfo, e)) < 0 ||
	    (r = read_part(ret, 1, files->modules, "/proc/modules", is_modules,
			   &ret->modules, e)) < 0)
		return r;
	return read_part(ret, 2, files->vmallocinfo, "/proc/vmallocinfo",
			 is_vmallocinfo, &ret->vmallocinfo, e);
}

void beside_release(struct beside *b)
{
	for (int i = 0; i < 3; i++)
		free(b->own[i]);
	*b = (struct beside){ .own = { NULL } };
}

/* ---- caches ---- */

static int put_aliases(const struct beside *b, struct store *s, int64_t trace,
		       struct arena *a, struct err *e)
{
	struct slab_aliases text = { .p = b->slabs.p };
	struct slab_alias row;
	int r = 0;

	if (!b->slabs.p)
		return 0;
	text.end = text.p + b->slabs.len;
	while (r == 0 && slab_aliases_next(&text, &row)) {
		const char *name = arena_strndup(a, row.name, row.name_len);
		const char *target = arena_strndup(a, row.target,
						   row.target_len);

		r = name && target ? store_slab_alias(s, trace, name, target, e)
				   : err_nomem(e);
	}
	return r;
}

int beside_store_slabs(const struct beside *b, struct store *s, int64_t trace,
		       struct arena *a, struct err *e)
{
	struct slabinfo text = { .p = b->slabinfo.p };
	struct capture_slab slab;
	int r = 0;

	if (!b->slabinfo.p)
		return 0;
	text.end = text.p + b->slabinfo.len;
	while (r == 0 && slabinfo_next(&text, &slab)) {
		const struct slab_row row = {
			.name = arena_strndup(a, slab.name, slab.name_len),
			.active_objects = slab.active_objects,
			.objects = slab.objects,
			.object_bytes = slab.object_bytes,
			.objects_per_slab = slab.objects_per_slab,
			.pages_per_slab = slab.pages_per_slab,
			.slabs = slab.slabs,
		};

		r = row.name ? store_slab(s, trace, &row, e) : err_nomem(e);
	}
	return r < 0 ? r : put_aliases(b, s, trace, a, e);
}

/* ---- modules ---- */

int beside_store_modules(const struct beside *b, struct store *s, int64_t trace,
			 struct arena *a, struct err *e)
{
	struct loaded_modules text = { .p = b->modules.p };
	struct loaded_module row;
	int r = 0;

	if (!b->modules.p)
		return 0;
	text.end = text.p + b->modules.len;
	while (r == 0 && loaded_modules_next(&text, &row)) {
		const char *name = arena_strndup(a, row.name, row.name_len);
		const char *state = arena_strndup(a, row.state, row.state_len);

		r = name && state ? store_loaded_module(s, trace, name,
							row.bytes, state, e)
				  : err_nomem(e);
	}
	return r < 0 ? r : store_loaded_modules(s, trace, e);
}

/* ---- vmalloc ---- */

static int site_of(const struct site_join *j, struct strmap *known,
		   const struct vmalloc_row *row, struct arena *a,
		   uint32_t *ret, struct err *e)
{
	uint32_t next = (uint32_t)(j->names->sites.count + known->keys.count);
	const char *text;
	uint64_t *site;
	bool added;

	*ret = 0;
	if (!row->caller)
		return 0;
	/* The trace itself may have no site but the one without a caller. */
	if (!j->names->sites.count)
		next++;
	site = strmap_put(known, row->caller, row->caller_len, next, &added);
	if (!site)
		return err_nomem(e);
	*ret = (uint32_t)*site;
	if (!added)
		return 0;
	text = arena_strndup(a, row->caller, row->caller_len);
	return text ? join_extra_site(j, *ret, text, row->caller_len, e)
		    : err_nomem(e);
}

int beside_store_vmalloc(const struct beside *b, const struct site_join *j,
			 struct arena *a, struct err *e)
{
	struct vmallocinfo text = { .p = b->vmallocinfo.p };
	struct strmap known = STRMAP_INIT;
	struct vmalloc_row row;
	uint32_t site;
	int r = 0;

	if (!b->vmallocinfo.p)
		return 0;
	text.end = text.p + b->vmallocinfo.len;
	while (r == 0 && vmallocinfo_next(&text, &row)) {
		r = site_of(j, &known, &row, a, &site, e);
		if (r == 0)
			r = store_vmalloc_area(j->store, j->trace, site,
					       row.use, row.bytes, row.pages,
					       e);
	}
	strmap_release(&known);
	return r;
}
