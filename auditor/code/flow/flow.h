/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run over the paths of a function (flow/result.h).
 */
#ifndef CODE_FLOW_FLOW_H
#define CODE_FLOW_FLOW_H

#include "code/flow/result.h"

struct flow; /* scratch of one thread */

struct flow *flow_new(void);
void flow_free(struct flow *f);

/* The result is good until the next run.  -1: memory is out. */
int flow_run(struct flow *f, const struct flow_job *job,
	     const struct flow_result **ret);

const struct values *flow_values(const struct flow *f);

#endif
