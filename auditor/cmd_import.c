/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmd_import_say.h"
#include "commands.h"
#include "import/import.h"
#include "trace/detect.h"

static const char usage[] =
	"usage: kmemdb import [OPTIONS] LOG\n"
	"\n"
	"Loads a kmem trace into the database and joins its call sites with an\n"
	"audited build.  LOG is the text of trace or trace_pipe, of trace-cmd\n"
	"report or perf script, a trace.dat, or the tar that scripts/capture.sh\n"
	"made; compressed or not; - is standard input.\n"
	"\n"
	"  --db FILE        database; default $KMEMDB, else kmem.db\n"
	"  --build REF      the build it ran: an id, a label or a (short) commit;\n"
	"                   default: by the capture's build-id, else the newest\n"
	"  --label TEXT     name of the trace, for --trace\n"
	"  --kallsyms FILE  /proc/kallsyms of the traced kernel\n"
	"  --format WORD    auto, text or dat; default: auto\n"
	"  --page-size N    bytes of a page there, where the log does not say\n"
	"  --no-lines       do not look up source lines\n"
	"  -q, --quiet      no progress, no summary\n"
	"  -h, --help       this\n"
	"\n"
	"Exit: 0 done; 1 done, but lines could not be read; 2 usage; 3 the log\n"
	"or the database cannot be used.\n";

enum {
	OPT_DB = 256,
	OPT_BUILD,
	OPT_LABEL,
	OPT_KALLSYMS,
	OPT_FORMAT,
	OPT_PAGE_SIZE,
	OPT_NO_LINES,
};

static const struct option long_options[] = {
	{ "db", required_argument, NULL, OPT_DB },
	{ "build", required_argument, NULL, OPT_BUILD },
	{ "label", required_argument, NULL, OPT_LABEL },
	{ "kallsyms", required_argument, NULL, OPT_KALLSYMS },
	{ "format", required_argument, NULL, OPT_FORMAT },
	{ "page-size", required_argument, NULL, OPT_PAGE_SIZE },
	{ "no-lines", no_argument, NULL, OPT_NO_LINES },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static int parse_page_size(const char *text, uint32_t *ret, struct err *e)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (end == text || *end || n < 1024 || n > 1024 * 1024 || (n & (n - 1)))
		return err_set(
			e, ERR_USAGE,
			"--page-size takes a power of two from 1024 to 1048576, not '%.40s'",
			text);
	*ret = (uint32_t)n;
	return 0;
}

static int take(int c, struct import_options *o, char **argv, struct err *e)
{
	switch (c) {
	case OPT_DB:
		o->db = optarg;
		return 0;
	case OPT_BUILD:
		o->build = optarg;
		return 0;
	case OPT_LABEL:
		o->label = optarg;
		return 0;
	case OPT_KALLSYMS:
		o->kallsyms = optarg;
		return 0;
	case OPT_FORMAT:
		return trace_format_by_name(optarg, &o->trace.format, e);
	case OPT_PAGE_SIZE:
		return parse_page_size(optarg, &o->trace.page_size, e);
	case OPT_NO_LINES:
		o->no_lines = true;
		return 0;
	case 'q':
		o->quiet = true;
		return 0;
	case ':':
		return err_set(
			e, ERR_USAGE,
			"option '%s' needs a value: see kmemdb import --help",
			argv[optind - 1]);
	default:
		return err_set(e, ERR_USAGE,
			       "unknown option '%s': see kmemdb import --help",
			       argv[optind - 1]);
	}
}

/* 1: help was asked for and given. */
static int parse(int argc, char **argv, struct import_options *o, struct err *e)
{
	const char *env = getenv("KMEMDB");
	int c, r;

	o->db = env && *env ? env : "kmem.db";
	o->trace.want_kallsyms = true;
	opterr = 0;
	optind = 1;
	while ((c = getopt_long(argc, argv, ":qh", long_options, NULL)) != -1) {
		if (c == 'h') {
			fputs(usage, stdout);
			return 1;
		}
		if ((r = take(c, o, argv, e)) < 0)
			return r;
	}
	if (optind + 1 != argc)
		return err_set(
			e, ERR_USAGE,
			optind == argc
				? "no log named: kmemdb import LOG, where LOG is a kmem trace"
				: "one log at a time: see kmemdb import --help");
	o->log = argv[optind];
	return 0;
}

int cmd_import(int argc, char **argv, struct err *e)
{
	struct import_options o = { .log = NULL };
	struct import_result result;
	int r = parse(argc, argv, &o, e);

	if (r != 0)
		return r < 0 ? r : EXIT_DONE;
	r = import_run(&o, &result, e);
	if (r < 0)
		return r;
	if (!o.quiet)
		import_say(&o, &result);
	r = result.counts.unreadable || result.counts.truncated ||
			    import_disagrees(&result)
		    ? EXIT_SKIPPED
		    : EXIT_DONE;
	import_result_release(&result);
	return r;
}
