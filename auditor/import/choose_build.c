/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/choose_build.h"

#include <inttypes.h>

#include "trace/capture/parts.h"
#include "store/source_line.h"

/* A copy with an end; NULL where there is none. */
static const char *keep(struct arena *a, const char *p, size_t len)
{
	return p && len ? arena_strndup(a, p, len) : NULL;
}

/* 1 where the build-id is that of a build. */
static int by_capture(struct store *s, const struct capture_info *c,
		      struct trace_row *row, struct arena *a, struct err *e)
{
	const unsigned char *id;
	const char *release;
	size_t len;
	int r;

	row->command_line = keep(a, c->cmdline.p, c->cmdline.len);
	if (c->version.p &&
	    capture_release(c->version.p, c->version.len, &release, &len))
		row->release = keep(a, release, len);
	if (!c->notes.p ||
	    !capture_build_id(c->notes.p, c->notes.len, &id, &len))
		return 0;
	row->build_id = id;
	row->build_id_len = len;
	r = store_build_by_build_id(s, id, len, &row->build, e);
	if (r == 1)
		row->chosen = BUILD_BY_ID;
	return r;
}

static int by_name(struct store *s, const char *ref, struct trace_row *row,
		   struct remarks *notes, struct err *e)
{
	int64_t named = 0;
	int r = store_build_by_ref(s, ref, &named, e);

	if (r == 0 && row->build && row->build != named)
		r = remarks_add(
			notes, e,
			"the capture's build-id is that of build %" PRId64
			", but --build says %" PRId64,
			row->build, named);
	if (r < 0)
		return r;
	row->build = named;
	row->chosen = BUILD_NAMED;
	return 0;
}

static int by_age(struct store *s, struct trace_row *row, struct remarks *notes,
		  struct err *e)
{
	int r = store_build_newest(s, &row->build, e);

	if (r < 0)
		return r;
	row->chosen = r == 1 ? BUILD_NEWEST : BUILD_NONE;
	if (r == 0 || !row->build_id)
		return 0;
	return remarks_add(
		notes, e,
		"no audited build has the build-id of the traced kernel; build %" PRId64
		" is the newest",
		row->build);
}

int choose_build(struct store *s, const struct capture_info *c, const char *ref,
		 struct trace_row *row, struct arena *a, struct remarks *notes,
		 struct err *e)
{
	int r = by_capture(s, c, row, a, e);

	if (r < 0)
		return r;
	if (ref)
		return by_name(s, ref, row, notes, e);
	return r == 1 ? 0 : by_age(s, row, notes, e);
}
