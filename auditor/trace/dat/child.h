/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child process that reads a trace.dat: its state, and how it tells the
 * parent.  Where memory is out, or the parent gone, it exits.
 */
#ifndef TRACE_DAT_CHILD_H
#define TRACE_DAT_CHILD_H

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

/* Writes what is batched. */
void dat_flush(struct dat_child *c);

/* A zeroed record to be filled; valid until the next call. */
struct dat_record *dat_next_record(struct dat_child *c, enum dat_type type);

/* A record of type and the bytes that belong to it. */
void dat_send_payload(struct dat_child *c, enum dat_type type,
		      enum dat_table table, const char *p, size_t len);

/* The id of a text, which the parent knows from now on. */
uint32_t dat_define(struct dat_child *c, enum dat_table table, const char *s,
		    size_t len);

/* The id of a code address (0 is none), of a task's name, and of the flags
 * that record has. */
uint32_t dat_site_id(struct dat_child *c, uint64_t addr);
uint32_t dat_comm_id(struct dat_child *c, int pid);
uint32_t dat_gfp_id(struct dat_child *c, uint64_t bits,
		    struct tep_record *record);

#endif
