/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query/distance.h"
#include "support/grow.h"
#include "support/sql_files.h"
#include "support/text_file.h"

#define SUFFIX ".sql"

/* More than anybody writes by hand. */
#define FILE_MAX_BYTES ((size_t)1 << 20)

/* NAME of "FOLDER/NAME.sql" into ret; false for other files. */
static bool report_name(const char *path, const char *dir, char *ret,
			size_t size)
{
	size_t folder = strlen(dir), suffix = strlen(SUFFIX);
	size_t len = strlen(path);

	if (len <= folder + suffix || len - folder - suffix >= size ||
	    strncmp(path, dir, folder) != 0 ||
	    strcmp(path + len - suffix, SUFFIX) != 0)
		return false;
	len -= folder + suffix;
	memcpy(ret, path + folder, len);
	ret[len] = '\0';
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct report *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int read_folder(const char *dir, struct catalogue *ret, struct err *e)
{
	struct catalogue c = { NULL, 0 };
	size_t room = 0;
	int rc = 0;

	for (const struct sql_file *f = sql_files; f->path && !rc; f++) {
		char name[64];

		if (!report_name(f->path, dir, name, sizeof(name)))
			continue;
		if (grow_room((void **)&c.reports, c.nreports, &room,
			      sizeof(*c.reports)))
			rc = err_nomem(e);
		else
			rc = report_parse(name, f->text, true,
					  &c.reports[c.nreports], e);
		c.nreports += !rc;
	}
	if (rc) {
		catalogue_release(&c);
		return rc;
	}
	if (c.nreports)
		qsort(c.reports, c.nreports, sizeof(*c.reports), compare);
	*ret = c;
	return 0;
}

int catalogue_read(struct catalogue *ret, struct err *e)
{
	return read_folder("reports/", ret, e);
}

int catalogue_read_checks(struct catalogue *ret, struct err *e)
{
	return read_folder("checks/", ret, e);
}

void catalogue_release(struct catalogue *c)
{
	for (size_t i = 0; i < c->nreports; i++)
		report_release(&c->reports[i]);
	free(c->reports);
	*c = (struct catalogue){ NULL, 0 };
}

const struct report *catalogue_get(const struct catalogue *c, const char *name,
				   const char **ret_nearest)
{
	size_t best = SIZE_MAX;

	*ret_nearest = "";
	for (size_t i = 0; i < c->nreports; i++) {
		const char *other = c->reports[i].name;
		size_t distance = edit_distance(name, strlen(name), other,
						strlen(other));

		if (distance == 0 && strcmp(name, other) == 0)
			return &c->reports[i];
		if (distance < best) {
			best = distance;
			*ret_nearest = other;
		}
	}
	return NULL;
}

int catalogue_find(const struct catalogue *c, const char *name,
		   const struct report **ret, struct err *e)
{
	const char *nearest;
	const struct report *r = catalogue_get(c, name, &nearest);

	if (r) {
		*ret = r;
		return 0;
	}
	return err_set(
		e, ERR_USAGE,
		"no report '%.100s': the nearest is '%s', 'kmemdb query' lists them all",
		name, nearest);
}

void catalogue_takers(const struct catalogue *c, enum query_param id, char *ret,
		      size_t size)
{
	size_t used = 0;

	*ret = '\0';
	for (size_t i = 0; i < c->nreports && used < size; i++) {
		if (report_find_param(&c->reports[i], id))
			used += (size_t)snprintf(ret + used, size - used,
						 "%s%s", used ? ", " : "",
						 c->reports[i].name);
	}
}

int catalogue_load(const char *path, struct report *ret, struct err *e)
{
	char *text = NULL;
	int rc = text_file_read(path, FILE_MAX_BYTES,
				"report: it should be one query in a text file",
				&text, e);

	if (rc)
		return rc;
	rc = report_parse(path, text, false, ret, e);
	free(text);
	return rc;
}
