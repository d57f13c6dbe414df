/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "query/fetch.h"

static int keep_words(void *ctx, const struct fetched *row, struct err *e)
{
	const struct plot *p = ((void **)ctx)[0];
	const char **words = ((void **)ctx)[1];
	const char *text = row->text[0] ? row->text[0] : "";

	(void)e;
	*words = figure_printf(p->f, "%s%s%s", *words, **words ? " · " : "",
			       figure_clean(p->f, text, strlen(text)));
	return 0;
}

int plot_source(const struct plot *p, bool trace, const char **ret,
		struct err *e)
{
	static const char *const columns[] = { "words", NULL };
	struct fetch f = {
		.d = p->d,
		.report = trace ? "plot/source-trace" : "plot/source-build",
		.columns = columns,
		.request = { .limit = -1 },
		.pick = true,
	};
	const char *words = "";
	void *ctx[] = { (void *)(uintptr_t)p, &words };
	int rc;

	memcpy(f.request.given, p->request->given, sizeof(f.request.given));
	rc = fetch_rows(&f, keep_words, ctx, &p->f->arena, NULL, e);
	if (rc == 0)
		*ret = words;
	return rc;
}

const char *plot_branch_words(const struct plot *p)
{
	const char *branch = p->request->given[PARAM_BRANCH];

	if (!branch || !*branch)
		return "";
	return figure_printf(p->f, " in %s",
			     figure_clean(p->f, branch, strlen(branch)));
}

int plot_no_attr(const struct plot *p, struct err *e)
{
	if (!p->request->attr)
		return 0;
	return err_set(
		e, ERR_USAGE,
		"a plot of kind '%s' takes no --attr: rings and treemap do",
		p->request->kind);
}

const char *plot_exact(const struct plot *p, int64_t bytes)
{
	char digits[24], out[40];
	size_t n, at = 0;

	snprintf(digits, sizeof(digits), "%" PRIu64,
		 bytes < 0 ? 0 - (uint64_t)bytes : (uint64_t)bytes);
	n = strlen(digits);
	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return figure_printf(p->f, "%s%s bytes", bytes < 0 ? "−" : "", out);
}

const char *plot_change(struct figure *f, int64_t change)
{
	const char *sign = change < 0 ? "−" : change ? "+" : "";

	return figure_printf(f, "%s%s", sign,
			     figure_bytes(f, change < 0 ? -change : change));
}

const char *plot_filter_words(const struct plot *p)
{
	const char *const *given = p->request->given;

	return figure_printf(
		p->f, "%s%s%s%s%s", given[PARAM_IMAGE] ? ", image " : "",
		given[PARAM_IMAGE] ? figure_clean(p->f, given[PARAM_IMAGE],
						  strlen(given[PARAM_IMAGE]))
				   : "",
		given[PARAM_MALLOC] ? ", kmalloc only" : "",
		given[PARAM_CACHE] ? ", kmem_cache only" : "",
		given[PARAM_TRACING] ? ", without ftrace's own" : "");
}
