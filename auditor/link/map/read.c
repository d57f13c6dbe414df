/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/map/read.h"

#include "link/map/composite.h"
#include "link/map/gnu.h"
#include "link/map/lld.h"

static int read_map(struct linkmap *m, struct err *e)
{
	struct link_work *w = m->w;
	int r = linkmap_is_lld(w->job) ? linkmap_read_lld(m, e)
				       : linkmap_read_gnu(m, e);

	if (r)
		return r;
	linkmap_close(m);
	if (m->nforeign)
		r = linkmap_composite(m, e);
	for (size_t i = 0; !r && m->only_placed && i < w->nsecs; i++)
		if (w->secs[i].state == SEC_UNSEEN)
			w->secs[i].state = SEC_DISCARDED;
	return r;
}

int linkmap_place(struct link_work *w, struct err *e)
{
	struct linkmap m;
	int r;

	if (!w->job->map)
		return 0;
	link_find_symbol_addrs(w);
	link_work_reset(w);
	r = linkmap_init(&m, w, e);
	if (!r)
		r = read_map(&m, e);
	if (!r && (m.bad || !m.good))
		r = link_remark(
			w, e,
			"the linker's map is of another link: it is not used");
	else if (!r)
		r = 1;
	linkmap_release(&m);
	return r;
}
