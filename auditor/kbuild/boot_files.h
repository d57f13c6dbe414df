/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files that a boot loader gets, and what is packed inside of them:
 * bzImage, zImage, Image.gz, uImage, vmlinuz.efi, piggy_data…  Found where
 * Kbuild puts them; the format is known by its magic bytes.  Private
 * to kbuild/.
 */
#ifndef KBUILD_BOOT_FILES_H
#define KBUILD_BOOT_FILES_H

#include <stdbool.h>

#include "kbuild/builder.h"

/* Are there boot files in the directory ("" is the root)? */
bool boot_files_in(const char *dir);
/* Is a file of that name in such a directory one? */
bool boot_file_named(const char *dir, const char *name);

/* Reads the heads of builder.boot_paths into builder.boot_files.  What is
 * no regular file, or cannot be read, is skipped with its reason. */
int boot_files_read(struct builder *b, struct err *e);

#endif
