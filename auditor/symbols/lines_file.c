/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/lines_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/grow.h"

/* libdw keeps every unit's decoded lines until it is closed: 50 MB where a
 * trace touches most of a kernel.  Opening it again costs 10 ms. */
#define ASK_MAX 192
/* It touches each unit's head, and the kernel maps 64 KiB for each touch:
 * soon the whole file.  After so many units they are let go again. */
#define UNITS_MAX 64

static int dw_fail(struct err *e, const char *name)
{
	const char *why = dwarf_errmsg(-1);

	return err_set(e, ERR_FORMAT,
		       "cannot read the debug information of '%s': %s", name,
		       why ? why : "no reason given");
}

/* ---- opening ---- */

/* No file but the one that was given is looked for. */
static int find_nothing(Dwfl_Module *m, void **user, const char *name,
			Dwarf_Addr base, const char *file, const char *link,
			GElf_Word crc, char **ret)
{
	(void)m;
	(void)user;
	(void)name;
	(void)base;
	(void)file;
	(void)link;
	(void)crc;
	(void)ret;
	return -1;
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_build_id_find_elf,
	.find_debuginfo = find_nothing,
	.section_address = dwfl_offline_section_address,
};

static int open_relocatable(struct lines *l, struct err *e)
{
	int own = fcntl(l->fd, F_DUPFD_CLOEXEC, 0);
	Dwfl_Module *m;
	Dwarf_Addr bias;

	if (own < 0)
		return err_set_errno(e, ERR_IO, "cannot open '%s'", l->name);
	l->dwfl = dwfl_begin(&callbacks);
	m = l->dwfl ? dwfl_report_offline(l->dwfl, l->name, l->name, own)
		    : NULL;
	if (!m) {
		close(own);
		return err_set(e, ERR_FORMAT, "cannot read '%s': %s", l->name,
			       dwfl_errmsg(-1));
	}
	dwfl_report_end(l->dwfl, NULL, NULL);
	l->dw = dwfl_module_getdwarf(m, &bias);
	l->elf = dwfl_module_getelf(m, &bias);
	return 0;
}

static bool is_relocatable(int fd)
{
	GElf_Ehdr header;
	bool yes = false;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	yes = elf && gelf_getehdr(elf, &header) && header.e_type == ET_REL;
	elf_end(elf);
	return yes;
}

static int map_file(struct lines *l, struct err *e)
{
	struct stat st;

	if (fstat(l->fd, &st) != 0 || st.st_size <= 0)
		return err_set(e, ERR_FORMAT, "'%s' is empty", l->name);
	l->map_len = (size_t)st.st_size;
	/* libelf may want to write into it; the file stays as it is. */
	l->map = mmap(NULL, l->map_len, PROT_READ | PROT_WRITE, MAP_PRIVATE,
		      l->fd, 0);
	if (l->map != MAP_FAILED)
		return 0;
	l->map = NULL;
	return err_set_errno(e, ERR_IO, "cannot map '%s'", l->name);
}

/* The pages come back from the file when they are touched. */
static void let_go(struct lines *l)
{
	if (l->map)
		madvise(l->map, l->map_len, MADV_DONTNEED);
}

static int open_linked(struct lines *l, struct err *e)
{
	int r = l->map ? 0 : map_file(l, e);

	if (r < 0)
		return r;
	l->elf = elf_memory(l->map, l->map_len);
	if (!l->elf)
		return err_set(e, ERR_FORMAT, "cannot read '%s': %s", l->name,
			       elf_errmsg(-1));
	l->dw = dwarf_begin_elf(l->elf, DWARF_C_READ, NULL);
	return 0;
}

static int add_ranges(struct lines *l, Dwarf_Die *unit, struct err *e)
{
	Dwarf_Addr base, from, to;
	ptrdiff_t at = 0;

	while ((at = dwarf_ranges(unit, at, &base, &from, &to)) > 0) {
		if (from >= to)
			continue;
		if (grow_room((void **)&l->ranges, l->nranges, &l->ranges_cap,
			      sizeof(*l->ranges)))
			return err_nomem(e);
		l->ranges[l->nranges++] =
			(struct range){ from, to, dwarf_dieoffset(unit) };
	}
	return 0;
}

static int compare_ranges(const void *pa, const void *pb)
{
	const struct range *a = pa, *b = pb;

	return a->from < b->from ? -1 : a->from > b->from;
}

/* Not from .debug_aranges, which clang does not write. */
static int read_ranges(struct lines *l, struct err *e)
{
	Dwarf_CU *unit = NULL;
	unsigned int n = 0;
	Dwarf_Die die;

	while (dwarf_get_units(l->dw, unit, &unit, NULL, NULL, &die, NULL) ==
	       0) {
		int r = add_ranges(l, &die, e);

		if (r < 0)
			return r;
		if (++n % UNITS_MAX == 0)
			let_go(l);
	}
	if (l->nranges)
		qsort(l->ranges, l->nranges, sizeof(*l->ranges),
		      compare_ranges);
	return 0;
}

int lines_open(int fd, const char *name, struct lines **ret, bool *ret_debug,
	       struct err *e)
{
	struct lines *l = calloc(1, sizeof(*l));
	int r = 0;

	if (!l)
		return err_nomem(e);
	l->fd = fd;
	l->name = name;
	if (is_relocatable(fd))
		r = open_relocatable(l, e);
	else
		r = open_linked(l, e);
	if (r == 0 && !l->dw && dwarf_errno() == -1)
		r = dw_fail(e, name);
	l->debug = l->dw != NULL;
	if (r == 0 && l->dw)
		r = read_ranges(l, e);
	if (r < 0) {
		lines_close(l);
		return r;
	}
	*ret = l;
	*ret_debug = l->debug;
	return 0;
}

static void close_dwarf(struct lines *l)
{
	if (l->dwfl) {
		dwfl_end(l->dwfl);
	} else {
		dwarf_end(l->dw);
		elf_end(l->elf);
	}
	l->dwfl = NULL;
	l->elf = NULL;
	l->dw = NULL;
	l->asked = 0;
}

void lines_close(struct lines *l)
{
	if (!l)
		return;
	close_dwarf(l);
	if (l->map)
		munmap(l->map, l->map_len);
	free(l->ranges);
	free(l);
}

int lines_renew(struct lines *l, struct err *e)
{
	Dwarf_CU *unit = NULL;
	unsigned int n = 0;
	int r;

	if (l->dwfl || l->asked++ < ASK_MAX)
		return 0;
	close_dwarf(l);
	l->asked = 1;
	r = open_linked(l, e);
	if (r < 0)
		return r;
	if (!l->dw)
		return dw_fail(e, l->name);
	/* It would walk all units up to the wanted one at once. */
	while (dwarf_get_units(l->dw, unit, &unit, NULL, NULL, NULL, NULL) == 0)
		if (++n % UNITS_MAX == 0)
			let_go(l);
	return 0;
}
