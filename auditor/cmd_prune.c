/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/interrupt.h"
#include "commands.h"
#include "exchange/prune.h"
#include "kbuild/git_tags.h"
#include "render/diag.h"
#include "render/escape.h"

/* A line for programs: what would go. */
static void list_build(void *ctx, const struct prune_build *b)
{
	const char *name = b->label ? b->label : b->commit ? b->commit : "-";
	time_t seconds = (time_t)(b->audited_ns / 1000000000);
	struct buffer line = BUFFER_INIT;
	struct tm tm;
	char date[32] = "-";

	if (gmtime_r(&seconds, &tm))
		strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &tm);
	text_for_terminal(&line, name, strlen(name));
	printf("%" PRId64 "\t%s\t%.*s\t%" PRId64 "\n", b->id, date,
	       (int)line.len, line.at ? line.at : "", b->traces);
	buffer_release(&line);
	(void)ctx;
}

/* What --source names, or else the newest build's sources. */
static int find_tags(void *ctx, const char *sources, prune_tag_put *put,
		     void *to, struct err *e)
{
	const char *given =
		(*(const struct args *const *)ctx)->given[OPTION_SOURCE];
	struct git_tags tags;
	int r = git_tags_read(given ? given : sources, &tags, e);

	if (r < 0)
		return r;
	for (size_t i = 0; i < tags.count && r == 0; i++)
		r = put(to, tags.commits[i], e);
	git_tags_release(&tags);
	return r;
}

static void say(const struct prune_options *o, const struct prune_result *r)
{
	if (o->dry_run) {
		diag("kmemdb: %zu builds and %zu traces would go, %zu builds stay\n",
		     r->gone.builds, r->gone.traces, r->kept);
		return;
	}
	diag("kmemdb: %zu builds and %zu traces went, %zu builds stay\n",
	     r->gone.builds, r->gone.traces, r->kept);
	if (r->gone.given_back > 0)
		diag("  %" PRId64 " KiB given back, %" PRId64 " KiB left\n",
		     r->gone.given_back >> 10, r->gone.bytes >> 10);
}

int cmd_prune(const struct args *a, struct err *e)
{
	const struct query_stop stop = { .interrupted = interrupt_catch() };
	struct prune_options o = {
		.dry_run = a->given[OPTION_DRY_RUN],
		.quiet = a->given[OPTION_QUIET],
		.stop = &stop,
		.tags = find_tags,
		.ctx = &a,
	};
	struct prune_result result;
	int r;

	if (!a->given[OPTION_KEEP])
		return args_usage(
			a, e,
			"no rule says what stays, as in kmemdb prune --keep 50,labelled");
	r = prune_rules_read(a->given[OPTION_KEEP], &o.rules, e);
	if (r == 0)
		r = args_database(a, &o.db, e);
	if (o.dry_run)
		o.say = list_build;
	if (r == 0)
		r = prune_run(&o, &result, e);
	if (r < 0)
		return interrupt_fail(r, e);
	if (!o.quiet)
		say(&o, &result);
	return EXIT_DONE;
}
