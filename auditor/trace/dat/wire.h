/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child that reads a trace.dat writes into the pipe: records of one
 * size, some followed by a payload that is padded to whole records.  Both
 * ends are this program, but the parent trusts nothing: the child may have
 * been damaged by what it read.
 */
#ifndef TRACE_DAT_WIRE_H
#define TRACE_DAT_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "support/err.h"

enum dat_type {
	DAT_EVENT = 1, /* a kmem event */
	DAT_OTHER,     /* name: id in DAT_TABLE_OTHERS */
	DAT_STACK,     /* stack: id in DAT_TABLE_STACKS */
	DAT_DEFINE,    /* the next id of table: payload of length bytes */
	DAT_LOST,      /* number of lost events, 0: not known */
	DAT_BAD,       /* a record that is too short for its event */
	DAT_INFO,      /* number: page size in bytes; bits: of a pointer */
	DAT_ERROR,     /* payload: why the file cannot be read */
	DAT_END,       /* all was read */
};

enum dat_table {
	DAT_TABLE_SITES,
	DAT_TABLE_GFPS,
	DAT_TABLE_COMMS,
	DAT_TABLE_CACHES,
	DAT_TABLE_OTHERS,
	DAT_TABLE_STACKS, /* payload: uint32_t ids of sites */
	DAT_TABLE_COUNT
};

struct dat_record {
	uint8_t type;  /* enum dat_type */
	uint8_t known; /* DAT_EVENT: as text_known_event numbers them */
	uint8_t order;
	uint8_t table; /* enum dat_table */
	uint16_t cpu;
	uint16_t flags; /* enum event_flag */
	uint32_t site;	/* ids of the child, from 1 in every table */
	uint32_t gfp;
	union {
		uint32_t cache;
		uint32_t other;
		uint32_t stack;
		uint32_t length; /* bytes of the payload */
		uint32_t bits;
	};
	uint32_t comm;
	int32_t pid, node;
	uint64_t time_ns;
	union {
		uint64_t ptr;
		uint64_t number;
	};
	uint64_t bytes_req, bytes_alloc;
};

_Static_assert(sizeof(struct dat_record) == 64, "one cache line");

#define DAT_PAYLOAD_MAX 65536
#define DAT_BATCH 1024 /* records a write */

#endif
