/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/plot.h"

#include <string.h>

#include "plot/by_directory.h"
#include "plot/by_size.h"
#include "plot/over_builds.h"
#include "plot/over_time.h"

typedef int plot_kind(const struct plot *p, struct err *e);

int plot_draw(const struct database *d, const struct plot_request *r,
	      struct figure *f, struct err *e)
{
	static const struct {
		const char *name;
		plot_kind *draw;
	} kinds[] = {
		{ "rings", plot_rings },       { "treemap", plot_treemap },
		{ "timeline", plot_timeline }, { "history", plot_history },
		{ "classes", plot_classes },   { "diff", plot_diff },
	};
	const struct plot p = { .d = d, .request = r, .f = f };
	int rc;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(kinds[i].name, r->kind) != 0)
			continue;
		rc = kinds[i].draw(&p, e);
		return rc ? rc : figure_done(f, e);
	}
	return err_set(e, ERR_USAGE, "no plot of kind '%.40s': there are %s",
		       r->kind, PLOT_KINDS);
}
