/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/lifetime_by_name.h"

#include <string.h>

#include <elf.h>

static bool starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* kernel/module/main.c: sections whose name starts with ".init" are freed
 * after the module's init; .modinfo and __versions are read while loading
 * and not kept.  "-ffunction-sections" names never start so. */
static enum section_lifetime module_lifetime(const char *name)
{
	if (starts(name, ".init"))
		return LIFETIME_INIT;
	if (strcmp(name, ".modinfo") == 0 || starts(name, "__version"))
		return LIFETIME_DISCARD;
	return LIFETIME_RESIDENT;
}

enum section_lifetime lifetime_by_name(const struct obj_section *s, bool module)
{
	const char *name = s->name;

	if (!(s->flags & SHF_ALLOC) || starts(name, ".discard"))
		return LIFETIME_DISCARD;
	if (module)
		return module_lifetime(name);
	if (strcmp(name, ".modinfo") == 0 || starts(name, ".exitcall"))
		return LIFETIME_DISCARD;
	if (starts(name, ".init") || starts(name, ".con_initcall") ||
	    starts(name, ".initcall") || starts(name, ".meminit") ||
	    starts(name, ".exit.") || starts(name, ".altinstr") ||
	    starts(name, ".proc.info.init") || starts(name, ".pv_table") ||
	    strcmp(name, ".smp_locks") == 0)
		return LIFETIME_INIT;
	return LIFETIME_RESIDENT;
}
