/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/bounds.h"

#include <string.h>
#include <unistd.h>

#include <elf.h>

#include "elf/reading.h"

/* A number of n bytes in the file's byte order. */
static uint64_t number(const unsigned char *p, size_t n, bool big_endian)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[big_endian ? i : n - 1 - i];
	return v;
}

/* A file: at fd, or all of it in memory. */
struct bytes {
	int fd;
	const char *whole;
	uint64_t size;
};

static ssize_t take(const struct bytes *b, void *to, size_t n, uint64_t at)
{
	if (!b->whole)
		return at > INT64_MAX ? -1 : pread(b->fd, to, n, (off_t)at);
	if (at > b->size)
		return 0;
	if (n > b->size - at)
		n = (size_t)(b->size - at);
	memcpy(to, b->whole + at, n);
	return (ssize_t)n;
}

/* With more than 65,279 sections, the first section's size is their number. */
static bool extended_count(const struct bytes *b, uint64_t at, bool is_64,
			   bool big_endian, uint64_t *ret)
{
	size_t where = is_64 ? offsetof(Elf64_Shdr, sh_size)
			     : offsetof(Elf32_Shdr, sh_size);
	size_t n = is_64 ? 8 : 4;
	unsigned char field[8];

	if (at > INT64_MAX - where ||
	    take(b, field, n, at + where) != (ssize_t)n)
		return false;
	*ret = number(field, n, big_endian);
	return true;
}

int elf_check_sections(int fd, const char *whole, uint64_t size, struct err *e)
{
	const struct bytes b = { fd, whole, size };
	unsigned char h[sizeof(Elf64_Ehdr)];
	ssize_t n = take(&b, h, sizeof(h), 0);
	uint64_t at, count;
	bool big, is_64;

	if (n < (ssize_t)sizeof(Elf32_Ehdr) || memcmp(h, ELFMAG, SELFMAG) != 0)
		return 0;
	big = h[EI_DATA] == ELFDATA2MSB;
	is_64 = h[EI_CLASS] == ELFCLASS64;
	if (is_64 && n < (ssize_t)sizeof(h))
		return 0;
	at = is_64 ? number(h + offsetof(Elf64_Ehdr, e_shoff), 8, big)
		   : number(h + offsetof(Elf32_Ehdr, e_shoff), 4, big);
	count = number(h + (is_64 ? offsetof(Elf64_Ehdr, e_shnum)
				  : offsetof(Elf32_Ehdr, e_shnum)),
		       2, big);
	if (count || !at || !extended_count(&b, at, is_64, big, &count) ||
	    count <= ELF_SECTIONS_MAX)
		return 0;
	return err_set(e, ERR_FORMAT, "an absurd number of sections: %llu",
		       (unsigned long long)count);
}

bool elf_may_read(struct elf_reading *in, uint64_t size)
{
	if (size > in->may_read)
		return false;
	in->may_read -= size;
	return true;
}

bool elf_may_read_section(struct elf_reading *in, uint64_t index)
{
	/* A section that is not there is libelf's to report. */
	return index >= in->shnum || elf_may_read(in, in->all[index].size);
}

bool elf_may_read_once(struct elf_reading *in, uint64_t index)
{
	if (index >= in->shnum || in->was_read[index])
		return true;
	in->was_read[index] = elf_may_read(in, in->all[index].size);
	return in->was_read[index];
}

const char *elf_copy_name(struct elf_reading *in, const char *name,
			  struct err *e)
{
	size_t len = strlen(name);
	char *copy;

	if (len >= ELF_READ_MAX - in->names_len) {
		err_set(e, ERR_FORMAT, "its names have an absurd length");
		return NULL;
	}
	in->names_len += len + 1;
	copy = arena_strdup(&in->record->arena, name);
	if (!copy)
		err_nomem(e);
	return copy;
}
