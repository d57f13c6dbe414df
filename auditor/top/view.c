/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/view.h"

#include <string.h>

#define BYTES(name)                                                            \
	{                                                                      \
		name, UNIT_BYTES                                               \
	}
#define COUNT(name)                                                            \
	{                                                                      \
		name, UNIT_COUNT                                               \
	}
/* What no symbol covers of a section has a row of its own, so that rows add
 * up to the object. */
#define UNCOVERED "no symbol"

const struct top_view top_views[TOP_VIEWS] = {
	[TOP_STATIC] = {
		.name = "static",
		.title = "static memory",
		.heads = { BYTES("total"), BYTES("text"), BYTES("data"),
			   BYTES("bss"), BYTES("init") },
		.branches = { .report = "footprint",
			      .key = "path",
			      .columns = { "total", "text", "data", "bss",
					   "init" } },
		.leaf_heads = { BYTES("own"), BYTES("size") },
		.leaves = { { .report = "symbols",
			      .key = "symbol",
			      .columns = { "own", "size" },
			      .path = "path" },
			    { .report = "sections",
			      .key = "section",
			      .around = UNCOVERED,
			      .columns = { "unattributed" },
			      .not_zero = true } },
	},
	[TOP_LIVE] = {
		.name = "live",
		.title = "dynamic memory alive at the end",
		.heads = { BYTES("live"), BYTES("waste"), BYTES("total"),
			   COUNT("allocs"), BYTES("peak") },
		.branches = { .report = "dynamic",
			      .key = "path",
			      .columns = { "live_bytes", "waste_bytes",
					   "total_bytes", "allocs",
					   "peak_bytes" } },
		.leaf_heads = { BYTES("live"), BYTES("waste"), BYTES("total"),
				COUNT("allocs"), BYTES("peak") },
		.leaves = { { .report = "accounting",
			      .key = "caller",
			      .columns = { "live_bytes", "waste_bytes",
					   "total_bytes", "allocs",
					   "peak_bytes" },
			      .path = "path",
			      .file = "file",
			      .line = "line" } },
	},
	[TOP_WASTE] = {
		.name = "waste",
		.title = "internal fragmentation of what is alive",
		.heads = { BYTES("waste"), BYTES("live"), BYTES("total"),
			   COUNT("alive"), COUNT("allocs") },
		.branches = { .report = "dynamic",
			      .key = "path",
			      .columns = { "waste_bytes", "live_bytes",
					   "total_bytes", "live", "allocs" } },
		.leaf_heads = { BYTES("waste"), BYTES("live"), BYTES("total"),
				COUNT("alive"), COUNT("allocs") },
		.leaves = { { .report = "waste",
			      .key = "caller",
			      .columns = { "waste_bytes", "live_bytes",
					   "total_bytes", "live", "allocs" },
			      .path = "path",
			      .file = "file",
			      .line = "line" } },
	},
	[TOP_CURRENT] = {
		.name = "current",
		.title = "static and live memory",
		.heads = { BYTES("current"), BYTES("static"), BYTES("live"),
			   BYTES("waste"), BYTES("total") },
		.branches = { .report = "combined",
			      .key = "path",
			      .columns = { "current_bytes", "static_bytes",
					   "live_bytes", "waste_bytes",
					   "total_bytes" } },
		.leaf_heads = { BYTES("current"), BYTES("static"),
				BYTES("live"), BYTES("waste"),
				BYTES("total") },
		/* How long a symbol stays is known of its section only: the
		 * object's sums, then its call sites. */
		.leaves = { { .report = "combined",
			      .key = "path",
			      .around = "stays",
			      .columns = { "resident", "resident" } },
			    { .report = "combined",
			      .key = "path",
			      .around = "per-CPU copies",
			      .columns = { "copies", "copies" },
			      .not_zero = true },
			    { .report = "accounting",
			      .key = "caller",
			      .columns = { "live_bytes", NULL, "live_bytes",
					   "waste_bytes", "total_bytes" },
			      .path = "path",
			      .file = "file",
			      .line = "line" } },
	},
	[TOP_CHANGE] = {
		.name = "change",
		.title = "change of static memory since the base",
		.heads = { BYTES("change"), BYTES("before"), BYTES("after"),
			   COUNT("added"), COUNT("removed") },
		.branches = { .report = "diff/branch",
			      .key = "path",
			      .columns = { "change", "before", "after",
					   "symbols_added",
					   "symbols_removed" } },
		.leaf_heads = { BYTES("change"), BYTES("before"),
				BYTES("after") },
		.leaves = { { .report = "diff/symbol",
			      .key = "symbol",
			      .columns = { "change", "before", "after" },
			      .path = "path" } },
		.change = true,
	},
};

size_t top_view_find(const char *name)
{
	size_t i = 0;

	while (i < TOP_VIEWS && strcmp(top_views[i].name, name) != 0)
		i++;
	return i;
}

const struct top_head *top_view_heads(size_t view, bool leaves)
{
	return leaves ? top_views[view].leaf_heads : top_views[view].heads;
}
