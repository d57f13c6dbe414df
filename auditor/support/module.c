/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/module.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/libdir.h" /* KMEMDB_LIBDIR: made by the Makefile */

/* The folder of the running program, without a slash; "" where unknown. */
static void program_folder(char *buf, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", buf, size - 1);
	char *slash;

	buf[n > 0 ? n : 0] = '\0';
	slash = strrchr(buf, '/');
	if (slash)
		*slash = '\0';
}

/* NULL, with dlerror's words to be asked for, where it cannot be loaded. */
static void *open_module(const char *folder, const char *name)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/kmemdb-%s.so", folder, name);
	return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

int module_load(const char *name, const void **ret_table, struct err *e)
{
	char folder[PATH_MAX], symbol[64];
	const char *why;
	void *module, *table;

	program_folder(folder, sizeof(folder));
	module = open_module(folder, name);
	if (!module) {
		char first[256];

		why = dlerror();
		snprintf(first, sizeof(first), "%s", why ? why : "?");
		/* Beside the program it may be missing rightly; what is wrong
		 * with one that is there is the better message. */
		module = open_module(KMEMDB_LIBDIR, name);
		if (!module) {
			bool beside = !strstr(first, "No such file");

			why = dlerror();
			return err_set(e, ERR_IO,
				       "cannot load kmemdb-%s.so: %s", name,
				       beside ? first
				       : why  ? why
					      : "not found");
		}
	}
	snprintf(symbol, sizeof(symbol), "kmemdb_module_%s", name);
	table = dlsym(module, symbol);
	if (!table)
		return err_set(
			e, ERR_IO,
			"kmemdb-%s.so is of another version of kmemdb: install both again",
			name);
	*ret_table = table;
	return 0;
}
