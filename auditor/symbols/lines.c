/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/lines.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "symbols/lines_file.h"

/* Real inlining is 20 deep; a damaged tree may be a loop. */
#define DEPTH_MAX 256

/* Where dwfl put a section of a relocatable file; false: there is none. */
static bool section_address(const struct lines *l, const char *name,
			    uint64_t *ret)
{
	Elf_Scn *scn = NULL;
	size_t names;

	if (!l->elf || elf_getshdrstrndx(l->elf, &names) != 0)
		return false;
	while ((scn = elf_nextscn(l->elf, scn))) {
		GElf_Shdr header;
		const char *text;

		if (!gelf_getshdr(scn, &header) ||
		    !(text = elf_strptr(l->elf, names, header.sh_name)) ||
		    strcmp(text, name) != 0)
			continue;
		*ret = header.sh_addr;
		return true;
	}
	return false;
}

static bool find_unit(const struct lines *l, uint64_t pc, Dwarf_Die *ret)
{
	size_t lo = 0, hi = l->nranges;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->ranges[mid].from <= pc)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo || pc >= l->ranges[lo - 1].to)
		return false;
	return dwarf_offdie(l->dw, l->ranges[lo - 1].unit, ret) != NULL;
}

/* The child of die that pc is in: of functions and blocks those that say so,
 * of namespaces (Rust) those with one that does. */
static bool step(Dwarf_Die *die, uint64_t pc, Dwarf_Die *ret,
		 unsigned int depth)
{
	Dwarf_Die child;
	int r = dwarf_child(die, &child);

	for (; r == 0; r = dwarf_siblingof(&child, &child)) {
		switch (dwarf_tag(&child)) {
		case DW_TAG_subprogram:
		case DW_TAG_inlined_subroutine:
		case DW_TAG_lexical_block:
			if (dwarf_haspc(&child, pc) == 1) {
				*ret = child;
				return true;
			}
			break;
		case DW_TAG_namespace:
			if (depth < DEPTH_MAX &&
			    step(&child, pc, ret, depth + 1))
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

static bool is_function(Dwarf_Die *die)
{
	return dwarf_tag(die) == DW_TAG_subprogram ||
	       dwarf_tag(die) == DW_TAG_inlined_subroutine;
}

/* Where an inlined function was called: file and line of the frame around. */
static void read_call(Dwarf_Die *die, Dwarf_Files *files,
		      struct line_frame *ret)
{
	Dwarf_Attribute attr;
	Dwarf_Word v;

	ret->file = NULL;
	ret->line = 0;
	if (files &&
	    !dwarf_formudata(dwarf_attr(die, DW_AT_call_file, &attr), &v))
		ret->file = dwarf_filesrc(files, v, NULL, NULL);
	if (!dwarf_formudata(dwarf_attr(die, DW_AT_call_line, &attr), &v))
		ret->line = (uint32_t)v;
}

static void read_line(Dwarf_Die *unit, uint64_t pc, struct line_frame *ret)
{
	Dwarf_Line *line = dwarf_getsrc_die(unit, pc);
	int number = 0;

	ret->file = line ? dwarf_linesrc(line, NULL, NULL) : NULL;
	if (line && dwarf_lineno(line, &number) == 0 && number > 0)
		ret->line = (uint32_t)number;
}

/* chain: outermost first, as found; frames: innermost first. */
static size_t make_frames(Dwarf_Die *unit, Dwarf_Die *chain, size_t n,
			  uint64_t pc, struct line_frame ret[LINE_FRAMES_MAX])
{
	struct line_frame at = { NULL, NULL, 0 };
	Dwarf_Files *files = NULL;
	size_t nfiles, count = 0;

	if (dwarf_getsrcfiles(unit, &files, &nfiles) != 0)
		files = NULL;
	read_line(unit, pc, &at);
	while (n-- > 0 && count < LINE_FRAMES_MAX) {
		at.function = dwarf_diename(&chain[n]);
		ret[count++] = at;
		read_call(&chain[n], files, &at);
	}
	if (!count && at.file)
		ret[count++] = at;
	return count;
}

static size_t find_frames(Dwarf_Die *unit, uint64_t pc,
			  struct line_frame ret[LINE_FRAMES_MAX])
{
	Dwarf_Die chain[LINE_FRAMES_MAX], die = *unit, next;
	unsigned int depth = 0;
	size_t n = 0;

	while (depth++ < DEPTH_MAX && step(&die, pc, &next, 0)) {
		die = next;
		if (is_function(&die) && n < LINE_FRAMES_MAX)
			chain[n++] = die;
	}
	return make_frames(unit, chain, n, pc, ret);
}

int lines_find(struct lines *l, const char *section, uint64_t address,
	       struct line_frame ret[LINE_FRAMES_MAX], size_t *ret_count,
	       struct err *e)
{
	uint64_t base = 0;
	Dwarf_Die unit;
	int r;

	*ret_count = 0;
	if (!l->debug)
		return 0;
	if (!section && l->dwfl)
		return err_set(e, ERR_USAGE,
			       "an address in '%s' needs a section's name",
			       l->name);
	if (section && !section_address(l, section, &base))
		return 0;
	r = lines_renew(l, e);
	if (r == 0 && find_unit(l, base + address, &unit))
		*ret_count = find_frames(&unit, base + address, ret);
	return r;
}
