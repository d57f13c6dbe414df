/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sizes that a history can be shown of: the words of --metric.
 */
#ifndef QUERY_METRIC_H
#define QUERY_METRIC_H

#include "support/err.h"

/* *ret is the word, which lives as long as the program; ERR_USAGE, with all
 * there are, where it is none. */
int metric_find(const char *word, const char **ret, struct err *e);

#endif
