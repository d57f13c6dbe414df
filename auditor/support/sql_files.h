/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files of sql/, embedded at build time by scripts/embed-sql.sh.
 */
#ifndef SUPPORT_SQL_FILES_H
#define SUPPORT_SQL_FILES_H

struct sql_file {
	const char *path; /* below sql/: "reports/footprint.sql"; NULL ends */
	const char *text;
};

extern const struct sql_file sql_files[];

/* The text of one file, or NULL. */
const char *sql_file_text(const char *path);

#endif
