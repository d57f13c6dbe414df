/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/param.h"

#include <string.h>

#define ROW(id, option, argument, kind, variable, fallback, help)              \
	[PARAM_##id] = { option, variable, fallback },

const struct query_param_info query_params[PARAM_COUNT] = { QUERY_PARAMS(ROW) };

enum query_param query_param_find(const char *name, size_t len)
{
	for (int i = 0; i < PARAM_COUNT; i++) {
		const char *v = query_params[i].variable;

		if (strlen(v) == len && memcmp(v, name, len) == 0)
			return (enum query_param)i;
	}
	return PARAM_COUNT;
}
