/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SQL functions that reports may call besides SQLite's own:
 *
 * in_branch(path, branch)
 *	1 where path is branch itself or below it, else 0; branch '' is the
 *	whole tree.  'fs' holds 'fs/open.o', never 'fsnotify.o'.
 * dir_level(path, branch, depth)
 *	the directory, depth levels below branch, that path belongs to:
 *	('fs/ext4/inode.o', 'fs', 1) is 'fs/ext4'.  A file that is not that
 *	deep is its own group: ('fs/open.o', 'fs', 1) is 'fs/open.o'.
 *	NULL where path is not in branch; branch itself where depth is 0.
 * demangle(name)
 *	a mangled name of C++ or Rust in a readable form, else name itself.
 * edit_distance(a, b)
 *	bytes to insert, remove or replace to make one the other.
 * slab_pages(size, page_size, cpus)
 *	pages of a slab of SLUB for objects of that size (query/slub.h).
 *
 * All are deterministic; NULL where an argument is.
 */
#ifndef QUERY_SQL_FUNCTIONS_H
#define QUERY_SQL_FUNCTIONS_H

#include <sqlite3.h>

/* SQLITE_OK, or SQLite's code. */
int sql_functions_register(sqlite3 *db);

#endif
