/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This and dat_send.c alone know libtracecmd and libtraceevent.  They run in a
 * process of its own and may be killed at any point by what it reads.
 */
#include "trace/dat/child.h"
#include "trace/dat/send.h"

#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define INSTANCES_MAX 64

/* false: the record ends before the field does. */
static bool read_field(const struct dat_child *c,
		       const struct tep_record *record,
		       const struct tep_format_field *f, uint64_t *ret)
{
	if (f->offset < 0 || f->size < 1 || f->size > 8 ||
	    record->size < f->size || f->offset > record->size - f->size)
		return false;
	*ret = tep_read_number(c->tep, (const char *)record->data + f->offset,
			       f->size);
	return true;
}

/* A string at the end of the record (__data_loc), or in place. */
static bool read_name(struct dat_child *c, const struct tep_record *record,
		      const struct tep_format_field *f, uint32_t *ret)
{
	size_t offset = (size_t)f->offset, len = (size_t)f->size;
	const char *p = record->data;
	uint64_t where;

	if (f->offset < 0 || f->size < 1)
		return false;
	if (f->flags & TEP_FIELD_IS_DYNAMIC) {
		if (!read_field(c, record, f, &where))
			return false;
		offset = where & 0xffff;
		len = where >> 16 & 0xffff;
		if (f->flags & TEP_FIELD_IS_RELATIVE)
			offset += (size_t)f->offset + (size_t)f->size;
	}
	if (record->size < 0 || offset > (size_t)record->size ||
	    len > (size_t)record->size - offset)
		return false;
	*ret = dat_define(c, DAT_TABLE_CACHES, p + offset,
			  strnlen(p + offset, len));
	return true;
}

/* NULL, as the event prints it when the page allocator failed. */
static bool is_no_page(const struct tep_format_field *f, uint64_t v)
{
	return v == (f->size == 4 ? UINT32_MAX : UINT64_MAX);
}

static bool read_fields(struct dat_child *c, const struct dat_form *form,
			struct tep_record *record, struct dat_record *r)
{
	uint64_t v[KEY_NONE] = { 0 };

	for (int k = 0; k < KEY_NONE; k++) {
		const struct tep_format_field *f = form->fields[k];

		if (!f)
			continue;
		if (k == KEY_NAME ? !read_name(c, record, f, &r->cache)
				  : !read_field(c, record, f, &v[k]))
			return false;
	}
	r->ptr = v[KEY_PTR];
	if (form->fields[KEY_PFN]) {
		r->ptr = v[KEY_PFN];
		if (is_no_page(form->fields[KEY_PFN], r->ptr))
			r->flags = EVENT_PTR_NULL;
	} else if (form->fields[KEY_PAGE]) {
		r->ptr = v[KEY_PAGE]; /* to 3.6: as good a key as its number */
	}
	if (!r->ptr && !form->fields[KEY_PFN])
		r->flags = EVENT_PTR_NULL;
	r->bytes_req = v[KEY_REQ] + v[KEY_SIZE];
	r->bytes_alloc = form->fields[KEY_ALLOC] ? v[KEY_ALLOC] : v[KEY_SIZE];
	r->order = (uint8_t)(v[KEY_ORDER] & 0xff);
	r->node = form->fields[KEY_NODE] ? (int32_t)(uint32_t)v[KEY_NODE]
					 : EVENT_NODE_ANY;
	r->site = dat_site_id(c, v[KEY_SITE]);
	r->gfp = form->fields[KEY_GFP] ? dat_gfp_id(c, v[KEY_GFP], record) : 0;
	if (form->modern)
		r->flags |= EVENT_MODERN;
	return r->order <= 30 && r->bytes_req <= r->bytes_alloc;
}

static void send_event(struct dat_child *c, const struct dat_form *form,
		       struct tep_record *record)
{
	int pid = tep_data_pid(c->tep, record);
	struct dat_record r = {
		.type = DAT_EVENT,
		.known = (uint8_t)form->known,
		.cpu = (uint16_t)record->cpu,
		.time_ns = record->ts,
		.comm = dat_comm_id(c, pid),
		.pid = pid,
	};

	if (read_fields(c, form, record, &r))
		*dat_next_record(c, DAT_EVENT) = r;
	else
		dat_next_record(c, DAT_BAD);
}

static void send_stack(struct dat_child *c, const struct dat_form *form,
		       const struct tep_record *record)
{
	const struct tep_format_field *f = form->fields[0];
	int step = tep_get_long_size(c->tep), at, n = 0;
	uint32_t frames[256], id;
	struct dat_record *r;

	if (!f || f->offset < 0 || (step != 4 && step != 8))
		return;
	for (at = f->offset; n < 256 && record->size - at >= step; at += step) {
		uint64_t addr = tep_read_number(c->tep,
						(const char *)record->data + at,
						step);

		if (!addr || addr == (step == 4 ? UINT32_MAX : UINT64_MAX))
			break;
		frames[n++] = dat_site_id(c, addr);
	}
	if (!n)
		return;
	id = dat_define(c, DAT_TABLE_STACKS, (const char *)(void *)frames,
			(size_t)n * sizeof(frames[0]));
	r = dat_next_record(c, DAT_STACK);
	r->cpu = (uint16_t)record->cpu;
	r->stack = id;
}

static struct dat_form *form_of(struct dat_child *c, int type)
{
	static const char *const names[KEY_NONE] = {
		[KEY_SITE] = "call_site", [KEY_PTR] = "ptr",
		[KEY_REQ] = "bytes_req",  [KEY_ALLOC] = "bytes_alloc",
		[KEY_GFP] = "gfp_flags",  [KEY_NODE] = "node",
		[KEY_NAME] = "name",	  [KEY_PAGE] = "page",
		[KEY_PFN] = "pfn",	  [KEY_ORDER] = "order",
		[KEY_SIZE] = "size",
	};
	struct tep_event *event = tep_find_event(c->tep, type);
	const char *name = event && event->name ? event->name : "(unknown)";
	struct dat_form *form = calloc(1, sizeof(*form));
	uint8_t id;

	if (!form)
		_exit(1);
	c->forms[type] = form;
	form->known = text_known_event(name, strlen(name));
	if (event && form->known >= 0) {
		for (int k = 0; k < KEY_NONE; k++)
			form->fields[k] = tep_find_field(event, names[k]);
		id = text_form(form->known)->id;
		form->modern = form->fields[KEY_NODE] &&
			       (id == EVENT_KMALLOC ||
				id == EVENT_KMEM_CACHE_ALLOC);
		return form;
	}
	form->known = FORM_OTHER;
	if (event && strcmp(name, "kernel_stack") == 0) {
		form->known = FORM_STACK;
		form->fields[0] = tep_find_field(event, "caller");
	} else if (strcmp(name, "user_stack") == 0) {
		form->known = FORM_SILENT;
	} else {
		form->other = dat_define(c, DAT_TABLE_OTHERS, name,
					 strlen(name));
	}
	return form;
}

static void send_lost(struct dat_child *c, const struct tep_record *record)
{
	struct dat_record *r;

	if (!record->missed_events)
		return;
	r = dat_next_record(c, DAT_LOST);
	if (record->missed_events > 0)
		r->number = (uint64_t)record->missed_events;
}

static int on_record(struct tracecmd_input *handle, struct tep_record *record,
		     int cpu, void *ctx)
{
	struct dat_child *c = ctx;
	int type = tep_data_type(c->tep, record);
	struct dat_form *form;
	struct dat_record *r;

	(void)handle;
	(void)cpu;
	send_lost(c, record);
	if (type < 0 || type >= DAT_TYPES_MAX) {
		dat_next_record(c, DAT_BAD);
		return 0;
	}
	form = c->forms[type] ? c->forms[type] : form_of(c, type);
	if (form->known >= 0) {
		send_event(c, form, record);
	} else if (form->known == FORM_STACK) {
		send_stack(c, form, record);
	} else if (form->known == FORM_OTHER) {
		r = dat_next_record(c, DAT_OTHER);
		r->cpu = (uint16_t)record->cpu;
		r->time_ns = record->ts;
		r->other = form->other;
	}
	return 0;
}

static int send_all(struct dat_child *c, struct tracecmd_input *top)
{
	struct tracecmd_input *handles[INSTANCES_MAX + 1];
	int n = 0, instances = tracecmd_buffer_instances(top);

	handles[n++] = top;
	for (int i = 0; i < instances && i < INSTANCES_MAX; i++) {
		struct tracecmd_input *h = tracecmd_buffer_instance_handle(top,
									   i);

		if (h)
			handles[n++] = h;
	}
	if (n == 1)
		return tracecmd_iterate_events(top, NULL, 0, on_record, c);
	return tracecmd_iterate_events_multi(handles, n, on_record, c);
}

/* libtraceevent lists its functions on standard output only: 0.1 s of
 * printing, done beside the reading. */
static pid_t print_functions(struct dat_child *c, int kallsyms_fd)
{
	pid_t pid = kallsyms_fd < 0 ? -1 : fork();

	if (pid == 0) {
		__fpurge(stdout);
		dup2(kallsyms_fd, STDOUT_FILENO);
		tep_print_funcs(c->tep);
		fflush(stdout);
		_exit(0);
	}
	return pid;
}

_Noreturn void dat_child(int fd, int out, int kallsyms_fd)
{
	static const char unreadable[] =
		"it is damaged, or of a version that libtracecmd cannot read";
	struct dat_child *c = calloc(1, sizeof(*c));
	struct tracecmd_input *top;
	struct dat_record *r;
	pid_t printer;

	if (!c)
		_exit(1);
	c->out = out;
	tracecmd_set_loglevel(TEP_LOG_NONE);
	tep_set_loglevel(TEP_LOG_NONE);
	top = tracecmd_open_fd(fd, TRACECMD_FL_LOAD_NO_PLUGINS);
	if (!top || !(c->tep = tracecmd_get_tep(top))) {
		dat_send_payload(c, DAT_ERROR, 0, unreadable,
				 strlen(unreadable));
		dat_flush(c);
		_exit(0);
	}
	printer = print_functions(c, kallsyms_fd);
	r = dat_next_record(c, DAT_INFO);
	r->number = (uint64_t)tep_get_page_size(c->tep);
	r->bits = (uint32_t)tep_get_long_size(c->tep) * 8;
	send_all(c, top);
	dat_flush(c);
	if (printer > 0)
		waitpid(printer, NULL, 0);
	dat_next_record(c, DAT_END);
	dat_flush(c);
	_exit(0);
}
