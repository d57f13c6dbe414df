/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tells a kmemdb database from another program's, and an old one from
 * a new one.  store/ writes both numbers into the file's header, query/
 * refuses what does not carry them.
 */
#ifndef MODEL_SCHEMA_VERSION_H
#define MODEL_SCHEMA_VERSION_H

/* PRAGMA application_id: "kmdb" in ASCII, so that file(1) can know it too. */
#define KMEMDB_APPLICATION_ID 0x6b6d6462

/* PRAGMA user_version: the number of the last migration in sql/schema. */
#define KMEMDB_SCHEMA_VERSION 6

#endif
