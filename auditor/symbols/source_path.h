/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of source files in debug information, as people name them.
 */
#ifndef SYMBOLS_SOURCE_PATH_H
#define SYMBOLS_SOURCE_PATH_H

/*
 * A file as the compiler was given it, relative to the sources: fs/open.c,
 * include/linux/slab.h.  source and tree are the absolute directories of the
 * sources and of the build; NULL: not known.  Returns a part of file; NULL
 * where that is NULL.
 */
const char *source_path_relative(const char *file, const char *source,
				 const char *tree);

#endif
