/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * code/messages: from an object to findings, what is saved of it, and code
 * that means harm.  The bytes are what GNU as makes of the comments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "code/messages/messages.h"
#include "code_object.h"

#define NOWARN 0x2000

static const struct known_function functions[] = {
	{ "__kmalloc", KNOWN_ALLOCATOR, FAILS_NULL, -1, 1,
	  MESSAGE_LEVEL_DEFAULT },
	{ "_printk", KNOWN_PRINTER, FAILS_NULL, 0, -1, MESSAGE_LEVEL_DEFAULT },
	{ "panic", KNOWN_PANIC, FAILS_NULL, 0, -1, MESSAGE_LEVEL_DEFAULT },
};

static const unsigned char text[] = {
	/* plain: push rbx; mov edi,16; mov esi,GFP_KERNEL */
	0x53, 0xbf, 0x10, 0, 0, 0, 0xbe, 0xc0, 0x0c, 0, 0,
	/* call __kmalloc; test rax,rax; jne 28; lea rdi,text */
	0xe8, 0, 0, 0, 0, 0x48, 0x85, 0xc0, 0x75, 0x13, 0x48, 0x8d, 0x3d, 0, 0,
	0, 0,
	/* call _printk; mov eax,-12; pop rbx; ret */
	0xe8, 0, 0, 0, 0, 0xb8, 0xf4, 0xff, 0xff, 0xff, 0x5b, 0xc3,
	/* 28: xor eax,eax; pop rbx; ret */
	0x31, 0xc0, 0x5b, 0xc3,
	/* 2c: wrapper: sub rsp,8; mov esi,GFP_KERNEL; call __kmalloc */
	0x48, 0x83, 0xec, 0x08, 0xbe, 0xc0, 0x0c, 0, 0, 0xe8, 0, 0, 0, 0,
	/* add rsp,8; ret */
	0x48, 0x83, 0xc4, 0x08, 0xc3,
	/* 3f: caller: sub rsp,8; call wrapper; test rax,rax; jne 59 */
	0x48, 0x83, 0xec, 0x08, 0xe8, 0xe4, 0xff, 0xff, 0xff, 0x48, 0x85, 0xc0,
	0x75, 0x0c,
	/* lea rdi,text; call _printk; 59: add rsp,8; ret */
	0x48, 0x8d, 0x3d, 0, 0, 0, 0, 0xe8, 0, 0, 0, 0, 0x48, 0x83, 0xc4, 0x08,
	0xc3,
	/* 5e: dies: sub rsp,8; mov esi,GFP_KERNEL; call __kmalloc */
	0x48, 0x83, 0xec, 0x08, 0xbe, 0xc0, 0x0c, 0, 0, 0xe8, 0, 0, 0, 0,
	/* test rax,rax; jne 7d; lea rdi,text; call panic */
	0x48, 0x85, 0xc0, 0x75, 0x0c, 0x48, 0x8d, 0x3d, 0, 0, 0, 0, 0xe8, 0, 0,
	0, 0,
	/* 7d: add rsp,8; ret */
	0x48, 0x83, 0xc4, 0x08, 0xc3,
	/* 82: forever: jmp 82 */
	0xeb, 0xfe
};

static const char strings[] = "\0013plain: no memory\n\0"
			      "%d caller\n\0"
			      "dies\n";
#define TEXT_CALLER 20
#define TEXT_DIES 31

static void make_object(struct made *m, const unsigned char *bytes)
{
	uint32_t alloc, print, dies;

	made_object(m, ISA_X86_64, bytes, sizeof(text), strings,
		    sizeof(strings));
	alloc = made_undefined(m, "__kmalloc");
	print = made_undefined(m, "_printk");
	dies = made_undefined(m, "panic");
	made_function(m, "plain", 0, 0x2c);
	made_function(m, "wrapper.isra.0", 0x2c, 0x13);
	made_function(m, "caller", 0x3f, 0x1f);
	made_function(m, "dies", 0x5e, 0x24);
	made_function(m, "forever", 0x82, 2);
	made_reloc(m, 0x0c, alloc, RELOC_PC, -4);
	made_reloc(m, 0x18, 1, RELOC_PC, -4);
	made_reloc(m, 0x1d, print, RELOC_PC, -4);
	made_reloc(m, 0x36, alloc, RELOC_PC, -4);
	made_reloc(m, 0x50, 1, RELOC_PC, TEXT_CALLER - 4);
	made_reloc(m, 0x55, print, RELOC_PC, -4);
	made_reloc(m, 0x68, alloc, RELOC_PC, -4);
	made_reloc(m, 0x74, 1, RELOC_PC, TEXT_DIES - 4);
	made_reloc(m, 0x79, dies, RELOC_PC, -4);
}

struct search {
	struct known_table *known;
	struct facts_job job;
	struct made m;
	struct object_messages *found;
};

static void begin(struct search *s)
{
	struct err e;

	memset(s, 0, sizeof(*s));
	assert_int_equal(known_table_make(functions, 3, &s->known, &e), 0);
	s->job.room = &kmemdb_module_code;
	s->job.known = s->known;
	s->job.gfp_nowarn = NOWARN;
}

static void solve(struct search *s, struct solve_input *input,
		  int (*open)(void *, size_t, struct code_object *,
			      struct err *))
{
	const struct solve_job job = { .facts = &s->job,
				       .inputs = input,
				       .ninputs = 1,
				       .threads = 1,
				       .open = open,
				       .context = s };
	struct err e;

	assert_int_equal(messages_solve(&job, &s->found, &e), 0);
}

/* Of the object that s->m is. */
static void search(struct search *s)
{
	struct solve_input input = { 0 };
	struct code_object o = s->m.o;
	struct err e;

	assert_int_equal(object_facts_make(&s->job, &o, &input.facts, &e), 0);
	solve(s, &input, NULL);
	object_facts_free(input.facts);
}

static void forget(struct search *s)
{
	object_messages_release(s->found);
	free(s->found);
	s->found = NULL;
}

static void end(struct search *s)
{
	forget(s);
	known_table_free(s->known);
}

static void assert_plain(const struct message_finding *f)
{
	assert_string_equal(f->function, "plain");
	assert_string_equal(f->message, "plain: no memory\n");
	assert_int_equal(f->verdict, VERDICT_STATIC);
	assert_int_equal(f->level, 3);
	assert_int_equal(f->string_bytes, TEXT_CALLER);
	assert_string_equal(f->allocator, "__kmalloc");
	assert_string_equal(f->printer, "_printk");
	assert_int_equal(f->confidence, CONFIDENCE_HIGH);
	/* lea and call. */
	assert_int_equal(f->code_bytes, 12);
}

static void test_findings(void **state)
{
	struct search s;

	(void)state;
	begin(&s);
	make_object(&s.m, text);
	search(&s);
	assert_int_equal(s.found->nfindings, 2);
	assert_plain(&s.found->findings[0]);
	assert_string_equal(s.found->findings[1].function, "caller");
	assert_int_equal(s.found->findings[1].verdict, VERDICT_VALUE);
	assert_string_equal(s.found->findings[1].allocator, "wrapper");
	assert_true(s.found->coverage.decoded);
	assert_int_equal(s.found->coverage.functions, 5);
	assert_int_equal(s.found->coverage.cut_off, 0);
	end(&s);
}

/* The panic's text, too. */
static void test_all_texts(void **state)
{
	struct search s;
	uint64_t sum = 0;

	(void)state;
	begin(&s);
	make_object(&s.m, text);
	search(&s);
	assert_int_equal(s.found->ntexts, 3);
	for (size_t i = 0; i < s.found->ntexts; i++)
		sum += s.found->texts[i].string_bytes;
	assert_int_equal(sum, sizeof(strings));
	assert_int_equal(s.found->texts[0].prefix_bytes, 2);
	assert_string_equal(s.found->texts[2].printer, "panic");
	end(&s);
}

static void test_no_warning_no_finding(void **state)
{
	unsigned char quiet[sizeof(text)];
	struct search s;

	(void)state;
	memcpy(quiet, text, sizeof(text));
	quiet[8] |= NOWARN >> 8;
	begin(&s);
	make_object(&s.m, quiet);
	search(&s);
	assert_int_equal(s.found->nfindings, 1);
	assert_string_equal(s.found->findings[0].function, "caller");
	end(&s);
}

/* The same text printed where nothing failed is no finding. */
static void test_printed_always(void **state)
{
	unsigned char always[sizeof(text)];
	struct search s;

	(void)state;
	memcpy(always, text, sizeof(text));
	/* jne becomes two nops. */
	always[0x13] = always[0x14] = 0x90;
	begin(&s);
	make_object(&s.m, always);
	search(&s);
	assert_int_equal(s.found->nfindings, 1);
	assert_string_equal(s.found->findings[0].function, "caller");
	end(&s);
}

static void test_cut_off_is_counted(void **state)
{
	struct search s;

	(void)state;
	begin(&s);
	s.job.max_steps = 1;
	make_object(&s.m, text);
	search(&s);
	assert_int_equal(s.found->nfindings, 0);
	assert_true(s.found->coverage.cut_off >= 3);
	end(&s);
}

static int never_opened(void *context, size_t input, struct code_object *ret,
			struct err *e)
{
	(void)context;
	(void)input;
	(void)ret;
	return err_set(e, ERR_IO, "it was opened");
}

static unsigned char *copy_saved(const struct search *s, size_t *len)
{
	unsigned char *copy = malloc(s->found->saved_len);

	assert_non_null(copy);
	memcpy(copy, s->found->saved, s->found->saved_len);
	*len = s->found->saved_len;
	return copy;
}

static void test_saved_spares_decoding(void **state)
{
	struct solve_input input = { 0 };
	unsigned char *saved;
	struct search s;

	(void)state;
	begin(&s);
	make_object(&s.m, text);
	memset(s.m.o.content, 7, sizeof(s.m.o.content));
	search(&s);
	saved = copy_saved(&s, &input.saved_len);
	input.saved = saved;
	forget(&s);
	solve(&s, &input, never_opened);
	assert_int_equal(s.found->nfindings, 2);
	assert_plain(&s.found->findings[0]);
	assert_int_equal(s.found->ntexts, 3);
	assert_int_equal(s.found->content[15], 7);
	assert_int_equal(s.found->saved_len, input.saved_len);
	assert_memory_equal(s.found->saved, saved, input.saved_len);
	free(saved);
	end(&s);
}

static int open_again(void *context, size_t input, struct code_object *ret,
		      struct err *e)
{
	struct search *s = context;

	(void)input;
	(void)e;
	*ret = s->m.o;
	return 0;
}

/* Cut anywhere, and with another list, it is decoded again. */
static void test_damaged_saved(void **state)
{
	struct solve_input input = { 0 };
	unsigned char *saved;
	struct search s;
	size_t len;

	(void)state;
	begin(&s);
	make_object(&s.m, text);
	search(&s);
	saved = copy_saved(&s, &len);
	for (size_t cut = 0; cut < len; cut++) {
		unsigned char *part = malloc(cut + 1);

		assert_non_null(part);
		memcpy(part, saved, cut);
		input.saved = part;
		input.saved_len = cut;
		forget(&s);
		solve(&s, &input, open_again);
		assert_int_equal(s.found->nfindings, 2);
		free(part);
	}
	input.saved = saved;
	input.saved_len = len;
	s.job.gfp_nowarn = 0;
	forget(&s);
	solve(&s, &input, never_opened);
	assert_int_equal(s.found->nfindings, 0);
	free(saved);
	end(&s);
}

/* Every byte of the code another one: an answer, and no crash. */
static void test_changed_code(void **state)
{
	unsigned char changed[sizeof(text)];
	struct search s;

	(void)state;
	begin(&s);
	for (size_t at = 0; at < sizeof(text); at++) {
		for (unsigned int bit = 0; bit < 8; bit++) {
			memcpy(changed, text, sizeof(text));
			changed[at] ^= (unsigned char)(1U << bit);
			make_object(&s.m, changed);
			search(&s);
			forget(&s);
		}
	}
	make_object(&s.m, text);
	search(&s);
	end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_all_texts),
		cmocka_unit_test(test_no_warning_no_finding),
		cmocka_unit_test(test_printed_always),
		cmocka_unit_test(test_cut_off_is_counted),
		cmocka_unit_test(test_saved_spares_decoding),
		cmocka_unit_test(test_damaged_saved),
		cmocka_unit_test(test_changed_code),
	};

	return cmocka_run_group_tests_name("code: messages", tests, NULL, NULL);
}
