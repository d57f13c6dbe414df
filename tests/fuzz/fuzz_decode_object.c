/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as an object that is searched for messages: an error, or an
 * answer in bounded time.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "code/messages/messages.h"
#include "elf/code_read.h"
#include "elf/elf_object.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct decode_room kmemdb_module_code;

static const struct known_function functions[] = {
	{ "__kmalloc", KNOWN_ALLOCATOR, FAILS_NULL, -1, 1,
	  MESSAGE_LEVEL_DEFAULT },
	{ "kmalloc_trace", KNOWN_ALLOCATOR, FAILS_NULL, -1, 1,
	  MESSAGE_LEVEL_DEFAULT },
	{ "malloc", KNOWN_ALLOCATOR, FAILS_NULL, -1, -1,
	  MESSAGE_LEVEL_DEFAULT },
	{ "calloc", KNOWN_ALLOCATOR, FAILS_NULL, -1, -1,
	  MESSAGE_LEVEL_DEFAULT },
	{ "_printk", KNOWN_PRINTER, FAILS_NULL, 0, -1, MESSAGE_LEVEL_DEFAULT },
	{ "printf", KNOWN_PRINTER, FAILS_NULL, 0, -1, MESSAGE_LEVEL_DEFAULT },
	{ "_dev_err", KNOWN_PRINTER, FAILS_NULL, 1, -1, 3 },
	{ "panic", KNOWN_PANIC, FAILS_NULL, 0, -1, MESSAGE_LEVEL_DEFAULT },
};

static void solve(const struct facts_job *facts, struct object_facts *f)
{
	struct solve_input input = { .facts = f };
	const struct solve_job job = {
		.facts = facts, .inputs = &input, .ninputs = 1, .threads = 1
	};
	struct object_messages *found;
	struct err e;

	if (messages_solve(&job, &found, &e) < 0)
		return;
	object_messages_release(found);
	free(found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct facts_job job = { .room = &kmemdb_module_code,
				 .max_steps = 2000 };
	int fd = memfd_create("object", MFD_CLOEXEC);
	struct known_table *known;
	struct object_facts *f;
	struct code_object o;
	struct err e;

	if (fd < 0 || elf_object_init(&e) ||
	    write(fd, data, size) != (ssize_t)size ||
	    known_table_make(functions, sizeof(functions) / sizeof(*functions),
			     &known, &e))
		abort();
	job.known = known;
	if (elf_code_read(fd, &o, &e) == 0 &&
	    object_facts_make(&job, &o, &f, &e) == 0) {
		solve(&job, f);
		object_facts_free(f);
	}
	known_table_free(known);
	close(fd);
	return 0;
}
