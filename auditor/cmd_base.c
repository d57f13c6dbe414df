/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_output.h"
#include "cmd_base_words.h"
#include "commands.h"
#include "query/base_choice.h"

static int choose(struct base_words *b, struct base_choice *c,
		  const struct database *d, struct err *e)
{
	const bool onto = b->onto.text != NULL;
	int r = base_choice_open(c, d, NULL, e);

	if (r == 0)
		r = base_word_find(b, c, &b->of, e);
	if (r == 0 && onto)
		r = base_word_find(b, c, &b->onto, e);
	if (r == 0 && b->more.nnodes) {
		base_choice_close(c);
		r = base_choice_open(c, d, &b->more, e);
	}
	if (r == 0)
		r = base_word_find_again(c, &b->of, e);
	if (r >= 0 && onto)
		r = base_word_find_again(c, &b->onto, e);
	return r < 0 ? r
		     : base_choose(c, &b->of.subject,
				   onto ? &b->onto.subject : NULL, e);
}

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	struct base_words *b = ctx;
	struct base_choice c;
	struct table_rows table;
	int r = choose(b, &c, d, e);

	if (r == 0)
		r = base_choice_rows(&c, &table, e);
	if (r == 0) {
		r = tables_put(t, &table, e);
		table.end(table.rows);
	}
	base_choice_close(&c);
	return r;
}

int cmd_base(const struct args *a, struct err *e)
{
	struct base_words words = {
		.source = a->given[OPTION_SOURCE],
		.of = { .text = args_operand(a) },
		.onto = { .text = a->given[OPTION_ONTO], .any = true },
	};
	const struct tables_job tables = { .run = run, .ctx = &words };
	int r;

	words.of.subject = (struct base_subject){ .build = LINEAGE_NONE,
						  .node = DAG_NONE };
	r = tables_run(a, &tables, e);
	commit_graph_release(&words.more);
	return r;
}
