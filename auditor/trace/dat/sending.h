/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of the child that reads a trace.dat.
 */
#ifndef TRACE_DAT_SENDING_H
#define TRACE_DAT_SENDING_H

#include <trace-cmd/trace-cmd.h>

#include "support/u64map.h"
#include "trace/dat/wire.h"
#include "model/event.h"
#include "model/trace_names.h"
#include "trace/text/event_formats.h"

#define DAT_TYPES_MAX 65536 /* event ids are 16 bits */

/* Where an event type keeps what is wanted of it. */
struct dat_form {
	int known;	/* as text_known_event, or one of FORM_ */
	bool modern;	/* EVENT_MODERN */
	uint32_t other; /* id of its name in others */
	struct tep_format_field *fields[KEY_NONE];
};

#define FORM_OTHER (-1)
#define FORM_STACK (-2)
#define FORM_SILENT (-3)

struct dat_child {
	int out;
	struct tep_handle *tep;
	struct trace_names names;	  /* ids of the child */
	size_t sent[DAT_TABLE_COUNT];	  /* texts that the parent has */
	struct u64map sites, gfps, comms; /* address, bits, pid -> id */
	struct dat_form *forms[DAT_TYPES_MAX];
	struct dat_record batch[DAT_BATCH];
	size_t batched;
};

#endif
