/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stacks in text traces, and the pairing that gives them to allocations.  A
 * byte from 0x80 on stands for a line, or a piece of one, that belongs to
 * such traces: so a change of one byte changes the order of lines.
 */
#include <stddef.h>
#include <string.h>

#include "pair_check.h"
#include "trace/text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEAD0 "            bash-1234    [000] .....     1.000001: "
#define HEAD1 "          <idle>-0       [001] d.h2.     1.000002: "
#define OLD_HEAD "            bash-1234  [001]     1.000003: "
#define SIZES " bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL"

static const char *const pieces[] = {
	HEAD0 "kmalloc: call_site=f+0x8/0x20 ptr=ffff888000000040" SIZES
	      " node=-1\n",
	HEAD0 "kmalloc: call_site=f+0x8/0x20 ptr=ffff888000000080" SIZES "\n",
	HEAD1 "kmalloc: call_site=g+0x9/0x30 ptr=ffff888000000040" SIZES
	      " node=0 accounted=false\n",
	HEAD1 "kfree: call_site=h+0x1/0x20 ptr=ffff888000000040\n",
	HEAD0 "kfree: call_site=h+0x1/0x20 ptr=ffff888000000080\n",
	HEAD0 "kfree: call_site=h+0x1/0x20 ptr=0000000000000000\n",
	HEAD1
	"mm_page_alloc: page=ffffea0000000000 pfn=0x10 order=1 migratetype=1 gfp_flags=GFP_KERNEL\n",
	HEAD0 "mm_page_free: page=ffffea0000000000 pfn=0x10 order=1\n",
	HEAD0 "sched_switch: prev_comm=bash\n",
	HEAD0 "<stack trace>\n",
	HEAD1 "<stack trace>\n",
	OLD_HEAD "<stack trace>\n",
	HEAD0 "<user stack trace>\n",
	HEAD1 "kernel_stack:         <stack trace >\n",
	HEAD0 "user_stack:           <user stack trace >\n",
	"<stack trace>\n",
	" => f\n",
	" => g+0x9/0x30 [mod]\n",
	"=> h (ffffffff815c6c21)\n",
	" => __kmalloc <ffffffff815c6c21>\n",
	" => 0xffffffff815c6c21\n",
	" => [FTRACE TRAMPOLINE]\n",
	" =>  <00007f0000000000>\n",
	" => kmem_cache_alloc\n",
	" => trace_event_raw_event_kmalloc\n",
	"\tffffffff811cd4a5 __kmalloc+0x95 ([kernel.kallsyms])\n",
	"\t          4004d0 main+0x10 (/bin/a b)\n",
	"\n",
	"[   12.345678] ",
	"<4>[   12.345678] [    T1] ",
	"\r",
	"bash  1234 [001]     1.000004:  kmem:kmalloc: call_site=f+0x8 ptr=0xffff888000000040" SIZES
	"\n",
	"kmalloc: call_site=f+0x8/0x20 ptr=ffff888000000040" SIZES " node=-1\n",
	"CPU:1 [LOST 3 EVENTS]\n",
	"##### CPU 1 buffer started ####\n",
	HEAD1
	"kmem_cache_alloc: call_site=kmem_cache_alloc+0x8/0x20 ptr=(____ptrval____) name=a" SIZES
	" node=-1\n",
	HEAD1
	"kmem_cache_free: call_site=h+0x1/0x20 ptr=ffff888000000080 name=a\n",
};

#define PIECES (sizeof(pieces) / sizeof(*pieces))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pair_check c;
	struct text_parser text;

	if (pair_check_init(&c))
		return 0;
	text_parser_init(&text, &c.names, &c.counts,
			 (struct event_sink){ &c, pair_check_event });
	for (size_t i = 0, n = 0; i < size; i += n) {
		const char *piece = (const char *)data + i;
		size_t len;

		for (n = 0; i + n < size && data[i + n] < 0x80; n++)
			;
		len = n;
		if (!n) {
			piece = pieces[(data[i] - 0x80u) % PIECES];
			len = strlen(piece);
			n = 1;
		}
		if (text_parser_feed(&text, piece, len))
			abort();
	}
	if (text_parser_end(&text) || pair_finish(&c.pair))
		abort();
	pair_check_sums(&c);
	text_parser_release(&text);
	pair_check_release(&c);
	return 0;
}
