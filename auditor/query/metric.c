/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/metric.h"

#include <stddef.h>
#include <string.h>

int metric_find(const char *word, const char **ret, struct err *e)
{
	static const char *const metrics[] = {
		"text", "data",	   "bss",     "total", "span",	"resident",
		"init", "discard", "strings", "live",  "waste", "compressed",
	};

	for (size_t i = 0; i < sizeof(metrics) / sizeof(*metrics); i++) {
		if (strcmp(word, metrics[i]) == 0) {
			*ret = metrics[i];
			return 0;
		}
	}
	return err_set(
		e, ERR_USAGE,
		"'%.40s' is no metric: give text, data, bss, total, span, resident, init, discard, strings, live, waste or compressed",
		word);
}
