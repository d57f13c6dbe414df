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

/* NULL: e says why.  *ret_there: the file is. */
static void *open_module(const char *folder, const char *name, bool *ret_there,
			 struct err *e)
{
	char path[PATH_MAX + 64];
	const char *why;
	void *module;

	snprintf(path, sizeof(path), "%s/kmemdb-%s.so", folder, name);
	*ret_there = access(path, F_OK) == 0;
	module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	why = module ? NULL : dlerror();
	if (!module)
		err_set(e, ERR_IO, "cannot load kmemdb-%s.so: %s", name,
			why ? why : "not found");
	return module;
}

/* Beside the program it may be missing rightly; what is wrong with one that is
 * there is the better message. */
static void *find_module(const char *name, struct err *e)
{
	char folder[PATH_MAX];
	void *module;
	bool there;

	program_folder(folder, sizeof(folder));
	module = open_module(folder, name, &there, e);
	return module || there ? module
			       : open_module(KMEMDB_LIBDIR, name, &there, e);
}

int module_load(const char *name, const void **ret_table, struct err *e)
{
	char symbol[64];
	void *module, *table;

	snprintf(symbol, sizeof(symbol), "kmemdb_module_%s", name);
	table = dlsym(RTLD_DEFAULT, symbol);
	if (table) { /* linked with the program */
		*ret_table = table;
		return 0;
	}
	module = find_module(name, e);
	if (!module)
		return -(int)e->code;
	table = dlsym(module, symbol);
	if (!table)
		return err_set(
			e, ERR_IO,
			"kmemdb-%s.so is of another version of kmemdb: install both again",
			name);
	*ret_table = table;
	return 0;
}
