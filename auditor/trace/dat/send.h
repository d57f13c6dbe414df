/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records of the child that reads a trace.dat, into its pipe.
 */
#ifndef TRACE_DAT_SEND_H
#define TRACE_DAT_SEND_H

#include "trace/dat/sending.h"

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
