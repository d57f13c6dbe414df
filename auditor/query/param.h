/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parameters that a report may take: each an option of `kmemdb query` and
 * a variable of SQL.  A new one is a row here and its value in resolve.c;
 * parser, help, manual page and completions have it from the row.
 */
#ifndef QUERY_PARAM_H
#define QUERY_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * X(ID, option, argument, kind, variable, fallback, help)
 *
 * argument is NULL where the option takes none; kind is a VALUE_ of
 * cli/options.h, which completes it; variable is that of SQL, without the
 * colon; fallback is the value where neither the user nor the report gives
 * one, or NULL.
 */
#define QUERY_PARAMS(X)                                                                                            \
	X(BUILD, "build", "REF", BUILD, "build", NULL,                                                             \
	  "the build to report: an id, a label or a (short) commit; default: the newest")                          \
	X(BASE, "base", "REF", BUILD, "base", NULL,                                                                \
	  "the build to compare with: an id, a label or a (short) commit")                                         \
	X(TRACE, "trace", "REF", TRACE, "trace", NULL,                                                             \
	  "the trace to report: an id or a label; default: the newest")                                            \
	X(IMAGE, "image", "NAME", WORD, "image", "vmlinux",                                                        \
	  "what is loaded: vmlinux, modules, the name of one, or all")                                             \
	X(BRANCH, "branch", "DIR", DIRECTORY, "branch", "",                                                        \
	  "only this directory and what is below it")                                                              \
	X(DEPTH, "depth", "N", WORD, "depth", "1",                                                                 \
	  "levels of directories below the branch")                                                                \
	X(CPUS, "cpus", "N", WORD, "cpus", "1",                                                                    \
	  "CPUs that get a copy of per-CPU data")                                                                  \
	X(METRIC, "metric", "WORD", WORD, "metric", "total",                                                       \
	  "which size: text, data, bss, total, span, resident, init, discard, strings, live, waste or compressed") \
	X(ABOVE, "above", "SIZE", WORD, "above", "0",                                                              \
	  "only what is more than this, as 4096 or 4K")                                                            \
	X(MALLOC, "malloc", NULL, NONE, "malloc", NULL,                                                            \
	  "only allocations of the kmalloc family")                                                                \
	X(CACHE, "cache", NULL, NONE, "cache", NULL,                                                               \
	  "only allocations from a kmem_cache")                                                                    \
	X(TRACING, "no-tracing", NULL, NONE, "tracing", NULL,                                                      \
	  "exclude allocations made by ftrace (kernel/trace, fs/tracefs)")                                         \
	X(LABELS, "labels", NULL, NONE, "labels", NULL,                                                            \
	  "include symbols of no size, which are labels")                                                          \
	X(RESOLUTION, "resolution", "N", WORD, "resolution", "60",                                                 \
	  "at most so many rows of time")

#define QUERY_PARAM_ID(id, ...) PARAM_##id,
enum query_param { QUERY_PARAMS(QUERY_PARAM_ID) PARAM_COUNT };
#undef QUERY_PARAM_ID

struct query_param_info {
	const char *option;   /* after the two dashes */
	const char *variable; /* of SQL, without the colon */
	const char *fallback; /* its value where not given, or NULL */
};

/* What a statement gets for :variable. */
struct param_value {
	const char *text; /* NULL: integer holds */
	int64_t integer;
	bool null;
};

/* By enum query_param. */
extern const struct query_param_info query_params[PARAM_COUNT];

/* The parameter whose SQL variable is name[0..len), or PARAM_COUNT. */
enum query_param query_param_find(const char *name, size_t len);

#endif
