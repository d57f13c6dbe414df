/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One event with anything before and after it, as consoles and collectors
 * print it.  It is read, or counted as unreadable; in silence it never goes,
 * and its values are never other ones.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/event.h"
#include "trace/text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQ 40
#define ALLOC 64
#define PTR UINT64_C(0xffff888000000040)

static const char *const heads[] = {
	"",
	"            bash-1234    [000] .....     1.000001: ",
	"bash 22203 [001]  2905.193579: kmem:",
	"    bash-13970     1..... 2669749445us!: ",
	" 0)               |  /* ",
};

static const char event[] =
	"kmalloc: call_site=f+0x8/0x20 ptr=ffff888000000040 bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL";

/* What consoles put there: no `=`, so the event's keys are the only ones. */
static const char plain[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789     ::..--__/[](){}<>|,;!+*#@%&'~^";

struct seen {
	uint64_t allocs, exact, known;
};

static int take(void *ctx, const struct event *ev)
{
	struct seen *s = ctx;

	/* An event of another name is one that went in silence. */
	s->known += ev->op == EVENT_OP_ALLOC || ev->op == EVENT_OP_FREE;
	if (ev->op == EVENT_OP_ALLOC) {
		s->allocs++;
		s->exact += ev->bytes_req == REQ && ev->bytes_alloc == ALLOC &&
			    ev->ptr == PTR;
	}
	return 0;
}

/* The line in two chunks, so that one ends anywhere. */
static struct seen parse(const char *line, size_t len, size_t cut,
			 struct trace_counts *counts)
{
	struct trace_names names = { .sites = { 0 } };
	struct text_parser text;
	struct seen seen = { 0 };

	*counts = (struct trace_counts){ 0 };
	text_parser_init(&text, &names, counts,
			 (struct event_sink){ &seen, take });
	if (text_parser_feed(&text, line, cut) ||
	    text_parser_feed(&text, line + cut, len - cut) ||
	    text_parser_end(&text))
		abort();
	text_parser_release(&text);
	trace_names_release(&names);
	return seen;
}

static void fail(const char *line, size_t len, const struct seen *s,
		 const struct trace_counts *c)
{
	fprintf(stderr,
		"%.*s%llu known, %llu exact, %llu unreadable, %llu other, %llu noise\n",
		(int)len, line, (unsigned long long)s->known,
		(unsigned long long)s->exact, (unsigned long long)c->unreadable,
		(unsigned long long)c->others, (unsigned long long)c->noise);
	abort();
}

/* data: the head; where to cut; how much comes before; then that, and what
 * comes after. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char line[4096];
	size_t len = 0, before, i = 3;
	struct trace_counts counts;
	struct seen seen;
	bool tame;

	if (size < 3 || size > 2048)
		return 0;
	tame = data[0] & 1;
	before = data[2] < size - 3 ? data[2] : size - 3;
	for (; i < 3 + before; i++)
		line[len++] = tame ? plain[data[i] % (sizeof(plain) - 1)]
				   : (char)data[i];
	/* A word that ends where the event's begins is another word. */
	line[len++] = ' ';
	for (const char *p =
		     heads[data[0] / 2 % (sizeof(heads) / sizeof(*heads))];
	     *p; p++)
		line[len++] = *p;
	memcpy(line + len, event, sizeof(event) - 1);
	len += sizeof(event) - 1;
	line[len++] = ' ';
	for (; !tame && i < size; i++)
		line[len++] = (char)data[i];
	if (memchr(line, '\n', len))
		return 0;
	line[len++] = '\n';
	seen = parse(line, len, data[1] % len, &counts);
	/* With a parenthesis it can be a probe that has an event's name. */
	if (seen.known + counts.unreadable == 0 && !memchr(line, '(', len))
		fail(line, len, &seen, &counts);
	if (tame && (seen.exact != 1 || seen.allocs != 1 || counts.unreadable))
		fail(line, len, &seen, &counts);
	return 0;
}
