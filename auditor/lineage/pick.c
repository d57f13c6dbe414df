/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/pick.h"

/* Configurations that have less in common are another kernel: 6.1 and 6.2 of
 * one configuration have 95 of 100 options in common, defconfig and
 * tinyconfig 20. */
#define ALIKE_PERCENT 80

void pick_init(struct pick *p)
{
	for (int i = 0; i < PICK_CLASSES; i++)
		p->best[i] = (struct lineage_base){ .build = LINEAGE_NONE };
}

static bool differ(uint32_t a, uint32_t b)
{
	return a && b && a != b;
}

/* enum lineage_unlike of the two, or negative. */
static int compare(const struct lineage *l, const struct lineage_build *a,
		   const struct lineage_build *b, struct err *e)
{
	bool same_label = a->label && a->label == b->label;
	int unlike = b->dirty ? UNLIKE_DIRTY : 0, percent;

	if (differ(a->arch, b->arch))
		return UNLIKE_ARCH;
	if (a->compiler && b->compiler && a->clang != b->clang)
		unlike |= UNLIKE_COMPILER;
	if (differ(a->label, b->label) && l->series[a->label] &&
	    l->series[b->label])
		unlike |= UNLIKE_LABEL;
	if (!differ(a->config, b->config) || same_label)
		return unlike;
	percent = l->alike(l->ctx, a->config, b->config, e);
	if (percent < 0)
		return percent;
	return percent < ALIKE_PERCENT ? unlike | UNLIKE_CONFIG : unlike;
}

static enum pick_class class_of(unsigned int unlike)
{
	if (unlike == 0)
		return PICK_LIKE;
	return unlike == UNLIKE_DIRTY ? PICK_DIRTY : PICK_UNLIKE;
}

/* Among builds of one commit and class: how well x fits. */
static int score(const struct lineage_build *like,
		 const struct lineage_build *x)
{
	if (!like)
		return 0;
	return 4 * (like->label && like->label == x->label) +
	       2 * (like->config == x->config) +
	       (like->compiler == x->compiler);
}

static bool is_better(const struct lineage *l, uint32_t like, uint32_t build,
		      uint32_t old)
{
	const struct lineage_build *wanted = like == LINEAGE_NONE
						     ? NULL
						     : &l->builds[like];
	const struct lineage_build *x = &l->builds[build];
	const struct lineage_build *y = &l->builds[old];
	int a = score(wanted, x), b = score(wanted, y);

	if (a != b)
		return a > b;
	return x->audited_ns != y->audited_ns ? x->audited_ns > y->audited_ns
					      : x->id > y->id;
}

int pick_build(struct lineage *l, struct pick *p, uint32_t like, uint32_t build,
	       uint32_t commits, struct err *e)
{
	const struct lineage_build *b = &l->builds[build];
	struct lineage_base *best;
	int unlike = b->dirty ? UNLIKE_DIRTY : 0;

	if (l->steps)
		l->steps--;
	if (build == like || !l->steps)
		return 0;
	if (like != LINEAGE_NONE)
		unlike = compare(l, &l->builds[like], b, e);
	if (unlike < 0 || unlike & UNLIKE_ARCH)
		return unlike < 0 ? unlike : 0;
	best = &p->best[class_of((unsigned int)unlike)];
	if (best->build == LINEAGE_NONE ||
	    (best->commits == commits &&
	     is_better(l, like, build, best->build)))
		*best = (struct lineage_base){
			.build = build,
			.commits = commits,
			.unlike = (unsigned int)unlike,
		};
	return p->best[PICK_LIKE].build != LINEAGE_NONE;
}

int pick_node(struct lineage *l, struct pick *p, uint32_t like, uint32_t node,
	      uint32_t commits, struct err *e)
{
	int r = 0;

	for (uint32_t b = l->at_node[node]; b != LINEAGE_NONE && r >= 0;
	     b = l->builds[b].next)
		r = pick_build(l, p, like, b, commits, e);
	return r < 0 ? r : p->best[PICK_LIKE].build != LINEAGE_NONE;
}

struct lineage_base pick_best(const struct pick *p)
{
	int i = 0;

	while (i < PICK_UNLIKE && p->best[i].build == LINEAGE_NONE)
		i++;
	return p->best[i];
}
