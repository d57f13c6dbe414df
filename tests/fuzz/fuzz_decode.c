/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as machine code, or as what an earlier audit has saved: an answer
 * in bounded time.
 *
 * The first byte chooses the machine (7: saved), the second how long the
 * functions are, the third how far apart the relocations.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "code/messages/messages.h"
#include "code_object.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct known_function functions[] = {
	{ "alloc", KNOWN_ALLOCATOR, FAILS_NULL, -1, 1, MESSAGE_LEVEL_DEFAULT },
	{ "make", KNOWN_CONSTRUCTOR, FAILS_NUMBER, -1, -1,
	  MESSAGE_LEVEL_DEFAULT },
	{ "print", KNOWN_PRINTER, FAILS_NULL, 0, -1, MESSAGE_LEVEL_DEFAULT },
	{ "tell", KNOWN_TELLER, FAILS_POINTER, -1, -1, MESSAGE_LEVEL_DEFAULT },
	{ "panic", KNOWN_PANIC, FAILS_NULL, 0, -1, MESSAGE_LEVEL_DEFAULT },
};
#define NFUNCTIONS (sizeof(functions) / sizeof(*functions))

/* An exact copy: reading past its end is an error of ASan's. */
static unsigned char *copy_of(const uint8_t *data, size_t size)
{
	unsigned char *p = malloc(size ? size : 1);

	if (!p)
		abort();
	if (size)
		memcpy(p, data, size);
	return p;
}

static int open_none(void *context, size_t input, struct code_object *ret,
		     struct err *e)
{
	(void)context;
	(void)input;
	(void)ret;
	return err_set(e, ERR_FORMAT, "not there");
}

static void solve(const struct facts_job *facts, struct solve_input *input)
{
	const struct solve_job job = { .facts = facts,
				       .inputs = input,
				       .ninputs = 1,
				       .threads = 1,
				       .open = open_none };
	struct object_messages *found;
	struct err e;

	if (messages_solve(&job, &found, &e) < 0)
		return;
	for (size_t i = 0; i < found->nfindings; i++)
		if (!found->findings[i].message ||
		    found->findings[i].verdict >= VERDICT_COUNT)
			abort();
	object_messages_release(found);
	free(found);
}

static void split_functions(struct made *m, size_t size, size_t each)
{
	static const char *const names[] = { "a", "b",	      "c", "d.cold",
					     "d", "e.part.0", "e", "f" };
	size_t at = 0;

	for (size_t i = 0; i < 8 && at < size; i++) {
		size_t len = i == 7 || size - at < each ? size - at : each;

		made_function(m, names[i], at, len);
		at += len;
	}
}

static void run_code(const struct facts_job *job, enum code_isa isa,
		     const uint8_t *data, size_t size)
{
	static const char strings[] = "\0013no memory\n\0%d %pV\n\0x\n";
	struct solve_input input = { 0 };
	struct made m;
	unsigned char *text = copy_of(data + 2, size - 2);
	struct code_mark marks[2] = { { MADE_TEXT, 0, 'a' },
				      { MADE_TEXT, size / 2, 't' } };
	struct err e;

	size -= 2;
	made_object(&m, isa, text, size, strings, sizeof(strings));
	for (size_t i = 0; i < NFUNCTIONS; i++)
		made_undefined(&m, functions[i].name);
	split_functions(&m, size, (size_t)data[0] * 4 + 4);
	for (uint32_t i = 0; i < MADE_RELOCS; i++) {
		uint32_t at = (i + 1) * (data[1] + 4U);

		if (at + 4 > size)
			break;
		made_reloc(&m, at, 1 + i % (uint32_t)(NFUNCTIONS + 1),
			   (enum code_reloc_kind)(i % 7),
			   (int32_t)(i % 40) - 4);
	}
	if (isa == ISA_ARM) {
		m.o.marks = marks;
		m.o.nmarks = 2;
	}
	if (object_facts_make(job, &m.o, &input.facts, &e) == 0) {
		solve(job, &input);
		object_facts_free(input.facts);
	}
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum code_isa isas[] = { ISA_X86_64, ISA_I386, ISA_ARM,
					      ISA_ARM64 };
	struct facts_job job = { .room = &kmemdb_module_code,
				 .gfp_nowarn = 0x2000 };
	struct known_table *known;
	struct err e;

	if (size < 4 || known_table_make(functions, NFUNCTIONS, &known, &e))
		return 0;
	job.known = known;
	if (data[0] % 8 == 7) {
		unsigned char *saved = copy_of(data + 1, size - 1);
		struct solve_input input = { .saved = saved,
					     .saved_len = size - 1 };

		solve(&job, &input);
		free(saved);
	} else {
		run_code(&job, isas[data[0] % 4], data + 1, size - 1);
	}
	known_table_free(known);
	return 0;
}
