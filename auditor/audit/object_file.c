/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening what is measured.  Packed modules (.ko.xz) are unpacked to memory.
 */
#include "audit/object_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <elf.h>

#include "audit/steps.h"
#include "elf/elf_object.h"
#include "support/input.h"
#include "support/input_copy.h"
#include "support/safe_open.h"

/* The largest module there is, amdgpu.ko, has 25 MiB without debug
 * information; as many as there are threads are unpacked at a time. */
#define UNPACKED_MAX ((size_t)256 << 20)

/* Takes the place of packed. */
static int unpack(int packed, const char *path, struct err *e)
{
	struct input in;
	int r = input_open_fd(&in, path, packed, e), fd;

	if (r)
		return r;
	input_set_max(&in, UNPACKED_MAX);
	fd = memfd_create("module", MFD_CLOEXEC);
	r = fd < 0 ? err_set_errno(e, ERR_IO, "cannot unpack")
		   : input_copy(&in, fd, e);
	input_close(&in);
	if (r && fd >= 0)
		close(fd);
	return r ? r : fd;
}

static bool is_packed(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && dot - path > 3 && memcmp(dot - 3, ".ko", 3) == 0;
}

int audit_open(const struct audit_input *in, const char *path, struct err *e)
{
	int fd = safe_open(in->root, path, O_RDONLY | O_NONBLOCK);

	if (fd < 0)
		return err_set_errno(e, ERR_IO, "cannot open");
	return in->tree.linked_only && is_packed(path) ? unpack(fd, path, e)
						       : fd;
}

/* A linked file has addresses where an object has places in sections.  A
 * symbol that is before its section is the linker's own. */
static void rebase(struct object_record *r)
{
	for (size_t i = 0; i < r->nsections; i++) {
		struct obj_section *s = &r->sections[i];

		/* The linker makes it writable when one part of it is. */
		if (s->cls == CLASS_DATA && strcmp(s->name, ".rodata") == 0)
			s->cls = CLASS_RODATA;
	}
	for (size_t i = 0; i < r->nsymbols; i++) {
		struct obj_symbol *s = &r->symbols[i];
		uint64_t addr;

		if (!SYM_IN_SECTION(s))
			continue;
		addr = r->sections[s->section].addr;
		s->value = s->value < addr ? 0 : s->value - addr;
	}
}

int audit_read_object(const struct audit_input *in, const char *path,
		      unsigned int want, struct object_record *ret,
		      struct err *e)
{
	int fd = audit_open(in, path, e);
	int r;

	if (fd < 0)
		return fd;
	if (in->tree.linked_only && want & ELF_WANT_SYMBOLS)
		want |= ELF_WANT_LINKED_CALLS;
	r = elf_object_read(fd, want, ret, e);
	close(fd);
	if (r == 0 && in->tree.linked_only && ret->etype != ET_REL)
		rebase(ret);
	return r;
}
