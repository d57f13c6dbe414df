/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/dat/send.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/scan.h"

void dat_flush(struct dat_child *c)
{
	const char *p = (const char *)c->batch;
	size_t left = c->batched * sizeof(c->batch[0]);

	while (left) {
		ssize_t n = write(c->out, p, left);

		if (n <= 0)
			_exit(1); /* the parent is gone */
		p += n;
		left -= (size_t)n;
	}
	c->batched = 0;
}

struct dat_record *dat_next_record(struct dat_child *c, enum dat_type type)
{
	struct dat_record *r;

	if (c->batched == DAT_BATCH)
		dat_flush(c);
	r = &c->batch[c->batched++];
	memset(r, 0, sizeof(*r));
	r->type = (uint8_t)type;
	return r;
}

void dat_send_payload(struct dat_child *c, enum dat_type type,
		      enum dat_table table, const char *p, size_t len)
{
	struct dat_record *r = dat_next_record(c, type);

	if (len > DAT_PAYLOAD_MAX)
		len = DAT_PAYLOAD_MAX;
	r->table = (uint8_t)table;
	r->length = (uint32_t)len;
	while (len) {
		size_t n = len < sizeof(*r) ? len : sizeof(*r);

		r = dat_next_record(c, 0);
		memcpy(r, p, n);
		p += n;
		len -= n;
	}
}

static struct intern *table_of(struct dat_child *c, enum dat_table table)
{
	struct intern *const of[DAT_TABLE_COUNT] = {
		[DAT_TABLE_SITES] = &c->names.sites,
		[DAT_TABLE_GFPS] = &c->names.gfps,
		[DAT_TABLE_COMMS] = &c->names.comms,
		[DAT_TABLE_CACHES] = &c->names.caches,
		[DAT_TABLE_OTHERS] = &c->names.others,
		[DAT_TABLE_STACKS] = &c->names.stacks,
	};

	return of[table];
}

/* The id of a text that the parent knows by now. */
uint32_t dat_define(struct dat_child *c, enum dat_table table, const char *s,
		    size_t len)
{
	uint32_t id = intern_id(table_of(c, table), s, len);

	if (id == INTERN_NONE)
		_exit(1);
	if (id > c->sent[table]) {
		dat_send_payload(c, DAT_DEFINE, table, s, len);
		c->sent[table]++;
	}
	return id;
}

static void remember(struct u64map *m, uint64_t key, uint32_t id)
{
	if (u64map_put(m, key, id))
		_exit(1);
}

/* In the form that site_text_split reads. */
uint32_t dat_site_id(struct dat_child *c, uint64_t addr)
{
	uint32_t id = u64map_get(&c->sites, addr);
	unsigned long long start = 0;
	const char *name = NULL;
	unsigned long size;
	char text[512];

	if (id != U64MAP_NONE || !addr)
		return addr ? id : 0;
	if (tep_find_function_info(c->tep, addr, &name, &start, &size) > 0 &&
	    name && start <= addr)
		snprintf(text, sizeof(text), "%.400s+0x%llx (0x%llx)", name,
			 (unsigned long long)addr - start,
			 (unsigned long long)addr);
	else
		snprintf(text, sizeof(text), "0x%llx",
			 (unsigned long long)addr);
	id = dat_define(c, DAT_TABLE_SITES, text, strlen(text));
	remember(&c->sites, addr, id);
	return id;
}

uint32_t dat_comm_id(struct dat_child *c, int pid)
{
	uint32_t id = u64map_get(&c->comms, (uint32_t)pid);
	const char *comm;

	if (id != U64MAP_NONE)
		return id;
	comm = tep_data_comm_from_pid(c->tep, pid);
	id = comm ? dat_define(c, DAT_TABLE_COMMS, comm, strnlen(comm, 64)) : 0;
	remember(&c->comms, (uint32_t)pid, id);
	return id;
}

/* The flags' names differ from kernel to kernel; the event's own format,
 * printed once for each new value, knows them. */
uint32_t dat_gfp_id(struct dat_child *c, uint64_t bits,
		    struct tep_record *record)
{
	uint32_t id = u64map_get(&c->gfps, bits);
	const char *p = NULL, *end = NULL;
	struct trace_seq seq;
	char text[32];

	if (id != U64MAP_NONE)
		return id;
	trace_seq_init(&seq);
	tep_print_event(c->tep, &seq, record, "%s", TEP_PRINT_INFO);
	trace_seq_terminate(&seq);
	if (seq.buffer) {
		end = seq.buffer + strnlen(seq.buffer, seq.len);
		p = SCAN_FIND(seq.buffer, end, "gfp_flags=");
	}
	if (p) {
		p += 10;
		end = scan_to_space(p, end);
	} else {
		snprintf(text, sizeof(text), "0x%llx",
			 (unsigned long long)bits);
		p = text;
		end = text + strlen(text);
	}
	id = dat_define(c, DAT_TABLE_GFPS, p, (size_t)(end - p));
	trace_seq_destroy(&seq);
	remember(&c->gfps, bits, id);
	return id;
}
