/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ELF reader on any bytes: an error or a record that closes, and whose
 * lists of returns and references can be read.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "elf/elf_object.h"
#include "link/module_load.h"
#include "support/leb128.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* From and to sections of the record, in order; or to a name. */
static void check_references(const struct object_record *r)
{
	for (size_t i = 0; i < r->nreferences; i++) {
		const struct obj_reference *x = &r->references[i];

		if (x->from >= r->nsections ||
		    (i && x->from < r->references[i - 1].from) ||
		    (x->name ? x->to != SYM_SECTION_UNDEF
			     : x->to >= r->nsections))
			abort();
	}
}

/* Ascending, each once, and none beyond the section. */
static void check_returns(const struct obj_section *s)
{
	const unsigned char *at = s->return_sites,
			    *end = at + s->return_sites_len;
	uint64_t offset = 0, step;

	while (at < end) {
		if (!leb128_get(&at, end, &step) || !step ||
		    step > s->size - offset)
			abort();
		offset += step;
	}
}

static void check(const struct object_record *r)
{
	uint64_t all = 0, own = 0;

	for (size_t i = 0; i < r->nsections; i++) {
		all += r->sections[i].size - r->sections[i].unattributed;
		if (r->sections[i].return_sites_len)
			check_returns(&r->sections[i]);
	}
	for (size_t i = 0; i < r->nsymbols; i++)
		own += r->symbols[i].own;
	if (all != own)
		abort();
	check_references(r);
}

/* By the loaders of several eras; of sizes that no sum can hold anything may
 * come out. */
static void load(const struct object_record *r)
{
	static const char *const releases[] = { "2.6.31", "3.10", "4.9.1",
						"6.1", "6.12" };

	for (size_t i = 0; i < sizeof(releases) / sizeof(*releases); i++) {
		struct module_rules rules = module_rules_of(releases[i], NULL,
							    0);

		(void)module_load_compute(&rules, r);
	}
}

static void read_as(int fd, unsigned int want)
{
	struct object_record r;
	struct err e;

	if (elf_object_read(fd, want, &r, &e) < 0)
		return;
	if (want & ELF_WANT_SYMBOLS)
		check(&r);
	if (want & ELF_WANT_SYMTAB)
		load(&r);
	object_record_release(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || elf_object_init(&e) < 0)
		abort();
	if (write(fd, data, size) == (ssize_t)size) {
		read_as(fd, ELF_WANT_SYMBOLS | ELF_WANT_MERGE_CONTENT |
				    ELF_WANT_REFERENCES);
		read_as(fd, ELF_WANT_SYMBOLS | ELF_WANT_UNDEFINED);
		read_as(fd, ELF_WANT_SYMTAB);
		read_as(fd, 0);
	}
	close(fd);
	return 0;
}
