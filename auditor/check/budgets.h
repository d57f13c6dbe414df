/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The budget file: what a kernel may cost.  Pure: text in, budgets and
 * complaints out.  The file comes from whoever sends a change, so it has
 * bounds, and every line that is wrong is reported with its number.
 *
 *	# a comment
 *	image vmlinux total 13M
 *	image vmlinux compressed 4M
 *	branch fs text +16K
 *	branch drivers/net total +2% image=all
 *	symbol *log_buf bss 128K warn
 *	check new-symbols 4K
 *	quiet 1K
 *	saving 16K
 *	slack 20%
 *
 * Words are divided by blanks; "a word in quotes" may hold some; # at the
 * beginning of a word starts a comment.
 */
#ifndef CHECK_BUDGETS_H
#define CHECK_BUDGETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/err.h"
#include "support/remarks.h"

#define BUDGETS_FILE_MAX ((size_t)256 << 10) /* bytes */
#define BUDGETS_LINE_MAX 1000		     /* bytes */
#define BUDGETS_NAME_MAX 256		     /* bytes */
#define BUDGETS_MAX 500			     /* budgets and checks */

enum budget_what { BUDGET_IMAGE, BUDGET_BRANCH, BUDGET_SYMBOL };

/* Of these the first are measured on objects and images, the others on a
 * trace of the build (metric_is_traced). */
#define BUDGET_METRICS(X)                                                      \
	X(TEXT, "text")                                                        \
	X(DATA, "data")                                                        \
	X(BSS, "bss")                                                          \
	X(TOTAL, "total")                                                      \
	X(RESIDENT, "resident")                                                \
	X(INIT, "init")                                                        \
	X(STRINGS, "strings")                                                  \
	X(PERCPU, "percpu")                                                    \
	X(SPAN, "span")                                                        \
	X(COMPRESSED, "compressed")                                            \
	X(LIVE, "live")                                                        \
	X(WASTE, "waste")                                                      \
	X(ALLOCATED, "allocated")                                              \
	X(ALLOCS, "allocs")                                                    \
	X(PEAK, "peak")

#define BUDGET_METRIC_ID(id, word) METRIC_##id,
enum budget_metric { BUDGET_METRICS(BUDGET_METRIC_ID) METRIC_COUNT };
#undef BUDGET_METRIC_ID

enum budget_limit {
	LIMIT_ABSOLUTE, /* amount: bytes, or allocations */
	LIMIT_GROWTH,	/* amount: the same, more than in the base */
	LIMIT_PERCENT,	/* amount: hundredths of a percent of the base */
};

struct budget {
	size_t line; /* of the file, from 1 */
	enum budget_what what;
	/* Of the image; the directory, "" is all; or a pattern of symbols. */
	const char *name;
	const char *image; /* whose objects count; of an image: itself */
	enum budget_metric metric;
	enum budget_limit limit;
	int64_t amount;
	bool warn;		 /* a break is said, and fails nothing */
	const char *words;	 /* "branch fs" */
	const char *limit_words; /* "+16K" */
};

/* A report of sql/checks that is to be run. */
struct budget_check {
	size_t line;
	const char *name;
	const char
		*above; /* its threshold in bytes as decimal digits, or NULL */
	bool warn;
};

struct budgets {
	struct budget *budgets;
	size_t nbudgets;
	struct budget_check *checks;
	size_t nchecks;
	int64_t quiet;	/* bytes: less growth is none */
	int64_t saving; /* bytes: so large a saving is pointed out */
	int64_t slack;	/* hundredths of a percent that a limit may be above */
	struct remarks complaints; /* "line 3: ..." */
	struct arena arena;
};

/* Complaints are no error; with any of them the budgets are not all there.
 * ERR_NOMEM alone.  The caller releases *ret, also after an error. */
int budgets_parse(const char *text, struct budgets *ret, struct err *e);
void budgets_release(struct budgets *b);

const char *metric_word(enum budget_metric metric);
bool metric_is_traced(enum budget_metric metric);

#endif
