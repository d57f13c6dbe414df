/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/classify.h"

#include <stdbool.h>
#include <string.h>

#include <elf.h>

/*
 * Tables that compilers, objtool, modpost and macros add next to the code
 * they describe.  A name ending in '*' is a prefix.
 */
static const char *const meta_names[] = {
	".orc_*",
	"__mcount_loc",
	"__patchable_function_entries",
	"__bug_table",
	"__ex_table",
	".altinstr*", /* .altinstructions, .altinstr_replacement, _aux */
	".smp_locks",
	".alt.smp.init",
	".pv_table",
	".parainstructions",
	"__ksymtab*",
	"___ksymtab*",
	"__kcrctab*",
	"___kcrctab*",
	".export_symbol",
	".modinfo",
	"__versions",
	"__version_ext_*",
	"__jump_table",
	".static_call_sites",
	".static_call_tramp_key",
	".retpoline_sites",
	".return_sites",
	".call_sites",
	".ibt_endbr_seal",
	".cfi_sites",
	".kcfi_traps",
	".ARM.ex*", /* .ARM.exidx*, .ARM.extab* */
	".eh_frame*",
	".note*",
	"__tracepoints_ptrs",
	".rela*",
	".rel.*",
	".dynsym",
	".dynstr",
	".hash",
	".gnu.hash",
	".gnu.version*",
};

static bool matches(const char *name, const char *pattern)
{
	size_t len = strlen(pattern);

	if (len && pattern[len - 1] == '*')
		return strncmp(name, pattern, len - 1) == 0;
	return strcmp(name, pattern) == 0;
}

static bool is_meta(const char *name)
{
	for (size_t i = 0; i < sizeof(meta_names) / sizeof(*meta_names); i++)
		if (matches(name, meta_names[i]))
			return true;
	return false;
}

enum section_class classify_section(const char *name, uint32_t type,
				    uint64_t flags)
{
	if (!(flags & SHF_ALLOC))
		return CLASS_DEBUG;
	if (is_meta(name))
		return CLASS_META;
	if (matches(name, ".data..percpu*") || matches(name, ".data.percpu*"))
		return CLASS_PERCPU;
	if (flags & SHF_EXECINSTR)
		return CLASS_TEXT;
	if ((flags & (SHF_MERGE | SHF_STRINGS)) == (SHF_MERGE | SHF_STRINGS))
		return CLASS_STRINGS;
	if (type == SHT_NOBITS)
		return CLASS_BSS;
	return flags & SHF_WRITE ? CLASS_DATA : CLASS_RODATA;
}
