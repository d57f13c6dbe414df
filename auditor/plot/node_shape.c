/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/node_shape.h"

#include <string.h>

struct ink node_ink(const struct figure *f, const struct plot_node *n)
{
	return n->gathered ? ink_of_role(INK_REST, f->dark)
			   : ink_of_path(n->path, strlen(n->path), f->dark);
}

void node_shape(struct figure *f, struct shape *s, const struct plot_node *n,
		int64_t total)
{
	s->fill = node_ink(f, n);
	s->name = figure_clean(f, n->path, strlen(n->path));
	s->value = n->value;
	s->text = figure_printf(f, "%s: %lld bytes, %.1f%%", s->name,
				(long long)n->value,
				100.0 * (double)n->value / (double)total);
}
