/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files of /proc that options of import name.
 */
#ifndef IMPORT_BESIDE_FILES_H
#define IMPORT_BESIDE_FILES_H

/* Paths; each may be NULL. */
struct beside_files {
	const char *slabinfo, *modules, *vmallocinfo;
};

#endif
