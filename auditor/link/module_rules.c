/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/module_rules.h"

#include <stdlib.h>

#include "model/module_load.h"
#include "support/config_text.h"

#define NEWEST 99000000ul

/* "6.1.140-foo": 6001140; 0: no release. */
static unsigned long number_of(const char *release)
{
	unsigned long parts[3] = { 0, 0, 0 };
	char *end;

	for (int i = 0; i < 3; i++) {
		if (*release < '0' || *release > '9')
			return i < 2 ? 0 : parts[0] * 1000000 + parts[1] * 1000;
		parts[i] = strtoul(release, &end, 10);
		if (parts[i] > 999)
			parts[i] = 999;
		release = *end == '.' ? end + 1 : end;
		if (*end != '.' && i == 0)
			return 0;
		if (*end != '.')
			break;
	}
	return parts[0] * 1000000 + parts[1] * 1000 + parts[2];
}

static uint64_t page_of(const char *config, size_t len)
{
	static const struct {
		const char *option;
		unsigned int shift;
	} sizes[] = {
		{ "CONFIG_ARM64_16K_PAGES", 14 },
		{ "CONFIG_ARM64_64K_PAGES", 16 },
		{ "CONFIG_PPC_16K_PAGES", 14 },
		{ "CONFIG_PPC_64K_PAGES", 16 },
		{ "CONFIG_PPC_256K_PAGES", 18 },
		{ "CONFIG_PAGE_SIZE_8KB", 13 },
		{ "CONFIG_PAGE_SIZE_16KB", 14 },
		{ "CONFIG_PAGE_SIZE_32KB", 15 },
		{ "CONFIG_PAGE_SIZE_64KB", 16 },
		{ "CONFIG_PARISC_PAGE_SIZE_16KB", 14 },
		{ "CONFIG_PARISC_PAGE_SIZE_64KB", 16 },
		{ "CONFIG_IA64_PAGE_SIZE_8KB", 13 },
		{ "CONFIG_IA64_PAGE_SIZE_16KB", 14 },
		{ "CONFIG_IA64_PAGE_SIZE_64KB", 16 },
	};
	unsigned long shift = config_text_number(config, len,
						 "CONFIG_PAGE_SHIFT");

	if (shift >= 10 && shift <= 20)
		return (uint64_t)1 << shift;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		if (config_text_is_set(config, len, sizes[i].option))
			return (uint64_t)1 << sizes[i].shift;
	return 0;
}

struct module_rules module_rules_of(const char *release, const char *config,
				    size_t len)
{
	struct module_rules r = {
		.release = release ? number_of(release) : 0,
		.kallsyms = true,
		.kallsyms_all = true,
		.unload = true,
		.aligned = true,
	};

	if (!r.release) {
		r.release = NEWEST;
		r.doubts |= LOAD_DOUBT_RELEASE;
	}
	if (!config) {
		r.doubts |= LOAD_DOUBT_CONFIG;
		return r;
	}
	r.page = page_of(config, len);
	r.kallsyms = config_text_is_set(config, len, "CONFIG_KALLSYMS");
	r.kallsyms_all = config_text_is_set(config, len, "CONFIG_KALLSYMS_ALL");
	r.unload = config_text_is_set(config, len, "CONFIG_MODULE_UNLOAD");
	r.aligned =
		config_text_is_set(config, len, "CONFIG_STRICT_MODULE_RWX") ||
		config_text_is_set(config, len, "CONFIG_DEBUG_SET_MODULE_RONX");
	r.data_apart = config_text_is_set(
		config, len, "CONFIG_ARCH_WANTS_MODULES_DATA_IN_VMALLOC");
	r.alloc_tags = config_text_is_set(config, len,
					  "CONFIG_MEM_ALLOC_PROFILING");
	return r;
}
