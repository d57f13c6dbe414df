/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/budgets.h"

#include <stdlib.h>
#include <string.h>

#include "check/words.h"
#include "query/resolve.h"
#include "support/grow.h"
#include "support/sizes.h"

#define QUIET_DEFAULT 0
#define SAVING_DEFAULT ((int64_t)16 << 10)
#define SLACK_DEFAULT 2500 /* hundredths of a percent */

#define METRIC_WORD(id, word) [METRIC_##id] = word,
static const char *const metrics[METRIC_COUNT] = { BUDGET_METRICS(
	METRIC_WORD) };

const char *metric_word(enum budget_metric metric)
{
	return metrics[metric];
}

bool metric_is_traced(enum budget_metric metric)
{
	return metric >= METRIC_LIVE;
}

/* The line being read. */
struct parse {
	struct budgets *b;
	size_t line;
	size_t budgets_room, checks_room;
	struct words words;
	struct err *e;
};

#define COMPLAIN(p, fmt, ...)                                                  \
	remarks_add(&(p)->b->complaints, (p)->e, "line %zu: " fmt, (p)->line,  \
		    __VA_ARGS__)

/* The metrics in words, for who has misspelt one. */
static const char *all_metrics(struct parse *p)
{
	const char *list = metrics[0];

	for (int i = 1; i < METRIC_COUNT && list; i++)
		list = arena_printf(&p->b->arena, "%s %s", list, metrics[i]);
	return list ? list : "";
}

static bool find_metric(const char *word, enum budget_metric *ret)
{
	int i = 0;

	while (i < METRIC_COUNT && strcmp(metrics[i], word) != 0)
		i++;
	*ret = (enum budget_metric)i;
	return i < METRIC_COUNT;
}

/* "4M", "+16K", "+1.5%" */
static bool find_limit(const char *word, struct budget *ret)
{
	bool growth = *word == '+';
	size_t len = strlen(word);

	ret->limit = growth ? LIMIT_GROWTH : LIMIT_ABSOLUTE;
	if (growth && len && word[len - 1] == '%') {
		ret->limit = LIMIT_PERCENT;
		return percent_parse(word + 1, &ret->amount);
	}
	return size_parse(word + growth, &ret->amount);
}

/* Which metrics are known of which thing. */
static const char *unfit(const struct budget *b)
{
	if (b->what != BUDGET_IMAGE &&
	    (b->metric == METRIC_SPAN || b->metric == METRIC_COMPRESSED))
		return "is known of images alone";
	if (b->what == BUDGET_SYMBOL &&
	    (b->metric == METRIC_RESIDENT || b->metric == METRIC_INIT))
		return "is known of images and branches alone";
	if (b->what == BUDGET_IMAGE && metric_is_traced(b->metric))
		return "is known of branches and symbols alone; 'branch .' is the whole kernel";
	return NULL;
}

/* What may follow the limit: warn, image=NAME. */
static int read_options(struct parse *p, struct budget *b, bool *ret_good)
{
	for (size_t i = 4; i < p->words.count; i++) {
		const char *word = p->words.list[i];

		if (strcmp(word, "warn") == 0) {
			b->warn = true;
		} else if (strncmp(word, "image=", 6) == 0 && word[6] &&
			   b->what != BUDGET_IMAGE &&
			   !metric_is_traced(b->metric)) {
			b->image = word + 6;
		} else {
			*ret_good = false;
			return COMPLAIN(
				p,
				"'%.100s' is no option here: warn and, of branches and symbols, image=NAME are",
				word);
		}
	}
	*ret_good = true;
	return 0;
}

static bool same(const struct budget *a, const struct budget *b)
{
	return a->what == b->what && a->metric == b->metric &&
	       a->limit == b->limit && strcmp(a->name, b->name) == 0 &&
	       strcmp(a->image, b->image) == 0;
}

static bool is_full(const struct parse *p)
{
	return p->b->nbudgets + p->b->nchecks >= BUDGETS_MAX;
}

static int add_budget(struct parse *p, struct budget *b)
{
	struct arena *a = &p->b->arena;

	for (size_t i = 0; i < p->b->nbudgets; i++) {
		if (same(&p->b->budgets[i], b))
			return COMPLAIN(
				p,
				"line %zu has such a limit of '%.100s' already",
				p->b->budgets[i].line, b->name);
	}
	if (is_full(p))
		return COMPLAIN(p, "only %d budgets and checks are read",
				BUDGETS_MAX);
	b->line = p->line;
	b->words = arena_printf(
		a, "%s %s%s%s", p->words.list[0], *b->name ? b->name : ".",
		b->what != BUDGET_IMAGE && strcmp(b->image, "vmlinux") != 0
			? " of "
			: "",
		b->what != BUDGET_IMAGE && strcmp(b->image, "vmlinux") != 0
			? b->image
			: "");
	if (!b->words || grow_room((void **)&p->b->budgets, p->b->nbudgets,
				   &p->budgets_room, sizeof(*b)))
		return err_nomem(p->e);
	p->b->budgets[p->b->nbudgets++] = *b;
	return 0;
}

static int read_budget(struct parse *p, enum budget_what what)
{
	const char *const *w = p->words.list;
	struct budget b = { .what = what };
	bool good;
	int rc;

	if (p->words.count < 4)
		return COMPLAIN(
			p,
			"'%s' needs a name, a metric and a limit, as in '%s %s text +16K'",
			w[0], w[0],
			what == BUDGET_IMAGE	? "vmlinux"
			: what == BUDGET_BRANCH ? "fs"
						: "log_buf*");
	b.name = w[1];
	b.image = what == BUDGET_IMAGE ? w[1] : "vmlinux";
	b.limit_words = w[3];
	if (what == BUDGET_BRANCH)
		b.name = branch_normalise(w[1], &p->b->arena);
	if (!b.name)
		return err_nomem(p->e);
	if (strlen(b.name) > BUDGETS_NAME_MAX)
		return COMPLAIN(p, "the name is longer than %d bytes",
				BUDGETS_NAME_MAX);
	if (!find_metric(w[2], &b.metric))
		return COMPLAIN(p, "'%.100s' is no metric: %s are", w[2],
				all_metrics(p));
	if (!find_limit(w[3], &b))
		return COMPLAIN(
			p,
			"'%.100s' is no limit: it is a size (4M), or a growth (+16K, +2%%)",
			w[3]);
	if (unfit(&b))
		return COMPLAIN(p, "'%s' %s", w[2], unfit(&b));
	rc = read_options(p, &b, &good);
	return rc || !good ? rc : add_budget(p, &b);
}

static int read_check(struct parse *p)
{
	const char *const *w = p->words.list;
	struct budget_check c = { .line = p->line };
	int64_t above;
	size_t i = 2;

	if (p->words.count < 2)
		return COMPLAIN(
			p, "%s",
			"'check' needs a name: 'kmemdb check --list' has them");
	c.name = w[1];
	if (i < p->words.count && size_parse(w[i], &above)) {
		c.above = arena_printf(&p->b->arena, "%lld", (long long)above);
		if (!c.above)
			return err_nomem(p->e);
		i++;
	}
	if (i < p->words.count && strcmp(w[i], "warn") == 0) {
		c.warn = true;
		i++;
	}
	if (i < p->words.count)
		return COMPLAIN(
			p,
			"'%.100s' is no option of a check: a size, and then warn, are",
			w[i]);
	for (size_t k = 0; k < p->b->nchecks; k++) {
		if (strcmp(p->b->checks[k].name, c.name) == 0)
			return COMPLAIN(p, "line %zu has that check already",
					p->b->checks[k].line);
	}
	if (is_full(p))
		return COMPLAIN(p, "only %d budgets and checks are read",
				BUDGETS_MAX);
	if (grow_room((void **)&p->b->checks, p->b->nchecks, &p->checks_room,
		      sizeof(c)))
		return err_nomem(p->e);
	p->b->checks[p->b->nchecks++] = c;
	return 0;
}

static int read_setting(struct parse *p, int64_t *ret, bool percent)
{
	const char *word = p->words.count == 2 ? p->words.list[1] : "";
	size_t len = strlen(word);
	bool good;

	if (percent)
		good = len && word[len - 1] == '%' && percent_parse(word, ret);
	else
		good = size_parse(word, ret);
	if (good)
		return 0;
	return COMPLAIN(p, "'%s' needs one %s", p->words.list[0],
			percent ? "percentage, as in 'slack 20%'"
				: "size, as in 1K");
}

static int read_words(struct parse *p)
{
	const char *first = p->words.list[0];

	if (strcmp(first, "image") == 0)
		return read_budget(p, BUDGET_IMAGE);
	if (strcmp(first, "branch") == 0)
		return read_budget(p, BUDGET_BRANCH);
	if (strcmp(first, "symbol") == 0)
		return read_budget(p, BUDGET_SYMBOL);
	if (strcmp(first, "check") == 0)
		return read_check(p);
	if (strcmp(first, "quiet") == 0)
		return read_setting(p, &p->b->quiet, false);
	if (strcmp(first, "saving") == 0)
		return read_setting(p, &p->b->saving, false);
	if (strcmp(first, "slack") == 0)
		return read_setting(p, &p->b->slack, true);
	return COMPLAIN(
		p,
		"'%.100s' begins no line: image, branch, symbol, check, quiet, saving and slack do",
		first);
}

static int read_line(struct parse *p, const char *at, size_t len)
{
	const char *why;
	int rc;

	if (len > BUDGETS_LINE_MAX)
		return COMPLAIN(p, "it is longer than %d bytes",
				BUDGETS_LINE_MAX);
	rc = words_split(at, len, &p->b->arena, &p->words, &why, p->e);
	if (rc)
		return rc;
	if (why)
		return COMPLAIN(p, "%s", why);
	return p->words.count ? read_words(p) : 0;
}

int budgets_parse(const char *text, struct budgets *ret, struct err *e)
{
	struct parse p = { .b = ret, .line = 1, .e = e };
	int rc = 0;

	*ret = (struct budgets){ .quiet = QUIET_DEFAULT,
				 .saving = SAVING_DEFAULT,
				 .slack = SLACK_DEFAULT };
	for (; *text && rc == 0; p.line++) {
		size_t len = strcspn(text, "\n");

		rc = read_line(&p, text, len);
		text += len + (text[len] == '\n');
	}
	return rc;
}

void budgets_release(struct budgets *b)
{
	free(b->budgets);
	free(b->checks);
	remarks_release(&b->complaints);
	arena_release(&b->arena);
	*b = (struct budgets){ .nbudgets = 0 };
}
