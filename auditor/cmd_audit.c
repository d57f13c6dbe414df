/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "audit/audit.h"
#include "cmd_audit_say.h"
#include "commands.h"
#include "support/pipeline.h"

static const char usage[] =
	"usage: kmemdb audit [OPTIONS] TREE\n"
	"\n"
	"Measures every object of a built kernel tree (in-tree, or an O= output\n"
	"directory) into the database.  The same build again replaces its\n"
	"numbers; another commit, configuration or label adds a build.\n"
	"TREE may also be a directory of modules (.ko, .ko.xz, .ko.zst, .ko.gz),\n"
	"or a vmlinux or module on its own: then each linked file is one object.\n"
	"\n"
	"  --db FILE      database; default $KMEMDB, else kmem.db\n"
	"  --label TEXT   name of the build, for --build\n"
	"  --commit ID    commit that was built; default: ask the sources' git\n"
	"  --full         open every object, however unchanged it looks\n"
	"  -j, --jobs N   threads; default: one for each processor\n"
	"  -q, --quiet    no progress, no summary\n"
	"  -h, --help     this\n"
	"\n"
	"Exit: 0 done; 1 done, but something was skipped (query skipped lists\n"
	"it); 2 usage; 3 the tree or the database cannot be used.\n";

enum { OPT_DB = 256, OPT_LABEL, OPT_COMMIT, OPT_FULL };

static const struct option long_options[] = {
	{ "db", required_argument, NULL, OPT_DB },
	{ "label", required_argument, NULL, OPT_LABEL },
	{ "commit", required_argument, NULL, OPT_COMMIT },
	{ "full", no_argument, NULL, OPT_FULL },
	{ "jobs", required_argument, NULL, 'j' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static int parse_threads(const char *text, unsigned int *ret, struct err *e)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (errno || end == text || *end || n < 1 || n > 256)
		return err_set(e, ERR_USAGE,
			       "-j takes a number from 1 to 256, not '%s'",
			       text);
	*ret = (unsigned int)n;
	return 0;
}

/* 1: help was asked for and given. */
static int parse(int argc, char **argv, struct audit_options *o, struct err *e)
{
	const char *env = getenv("KMEMDB");
	int c, r;

	o->db = env && *env ? env : "kmem.db";
	o->threads = pipeline_default_threads();
	opterr = 0;
	optind = 1;
	while ((c = getopt_long(argc, argv, ":j:qh", long_options, NULL)) !=
	       -1) {
		switch (c) {
		case OPT_DB:
			o->db = optarg;
			break;
		case OPT_LABEL:
			o->overrides.label = optarg;
			break;
		case OPT_COMMIT:
			o->overrides.commit = optarg;
			break;
		case OPT_FULL:
			o->full = true;
			break;
		case 'j':
			r = parse_threads(optarg, &o->threads, e);
			if (r < 0)
				return r;
			break;
		case 'q':
			o->quiet = true;
			break;
		case 'h':
			fputs(usage, stdout);
			return 1;
		case ':':
			return err_set(
				e, ERR_USAGE,
				"option '%s' needs a value: see kmemdb audit --help",
				argv[optind - 1]);
		default:
			return err_set(
				e, ERR_USAGE,
				"unknown option '%s': see kmemdb audit --help",
				argv[optind - 1]);
		}
	}
	if (optind + 1 != argc)
		return err_set(
			e, ERR_USAGE,
			optind == argc
				? "no tree named: kmemdb audit TREE, where TREE holds the built vmlinux"
				: "one tree at a time: see kmemdb audit --help");
	o->tree = argv[optind];
	return 0;
}

int cmd_audit(int argc, char **argv, struct err *e)
{
	struct audit_options options = { 0 };
	struct audit_result result;
	int r = parse(argc, argv, &options, e);

	if (r != 0)
		return r < 0 ? r : EXIT_DONE;
	r = audit_run(&options, &result, e);
	if (r < 0)
		return r;
	if (!options.quiet)
		audit_say(&result, options.db, options.full);
	r = result.skipped ? EXIT_SKIPPED : EXIT_DONE;
	audit_result_release(&result);
	return r;
}
