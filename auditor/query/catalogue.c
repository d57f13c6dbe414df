/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/catalogue.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "query/distance.h"
#include "support/grow.h"
#include "support/sql_files.h"

#define FOLDER "reports/"
#define SUFFIX ".sql"

/* What a FIFO's writer may need to begin. */
#define FIFO_WAIT_MS 3000

/* More than anybody writes by hand. */
#define FILE_MAX_BYTES ((size_t)1 << 20)

/* "reports/NAME.sql" into ret; false for other files. */
static bool report_name(const char *path, char *ret, size_t size)
{
	size_t folder = strlen(FOLDER), suffix = strlen(SUFFIX);
	size_t len = strlen(path);

	if (len <= folder + suffix || len - folder - suffix >= size ||
	    strncmp(path, FOLDER, folder) != 0 ||
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

int catalogue_read(struct catalogue *ret, struct err *e)
{
	struct catalogue c = { NULL, 0 };
	size_t room = 0;
	int rc = 0;

	for (const struct sql_file *f = sql_files; f->path && !rc; f++) {
		char name[64];

		if (!report_name(f->path, name, sizeof(name)))
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

void catalogue_release(struct catalogue *c)
{
	for (size_t i = 0; i < c->nreports; i++)
		report_release(&c->reports[i]);
	free(c->reports);
	*c = (struct catalogue){ NULL, 0 };
}

int catalogue_find(const struct catalogue *c, const char *name,
		   const struct report **ret, struct err *e)
{
	size_t best = SIZE_MAX;
	const char *nearest = "";

	for (size_t i = 0; i < c->nreports; i++) {
		const char *other = c->reports[i].name;
		size_t distance = edit_distance(name, strlen(name), other,
						strlen(other));

		if (distance == 0 && strcmp(name, other) == 0) {
			*ret = &c->reports[i];
			return 0;
		}
		if (distance < best) {
			best = distance;
			nearest = other;
		}
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

/* The whole of a stream as one string. */
static int read_text(FILE *f, const char *path, char **ret, struct err *e)
{
	char *text = malloc(FILE_MAX_BYTES + 1);
	size_t n;

	if (!text)
		return err_nomem(e);
	n = fread(text, 1, FILE_MAX_BYTES, f);
	text[n] = '\0';
	if (!ferror(f) && (n == FILE_MAX_BYTES || strlen(text) != n)) {
		free(text);
		return err_set(
			e, ERR_FORMAT,
			"'%s' is not a report: it should be one query in a text file",
			path);
	}
	if (ferror(f)) {
		free(text);
		return err_set_errno(e, ERR_IO, "cannot read '%s'", path);
	}
	*ret = text;
	return 0;
}

/* Opening a FIFO that nobody writes waits, perhaps for ever; one with a writer
 * (<(...) of a shell) is read. */
static int open_text(const char *path, int *ret_fd, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct stat st;
	int rc = 0;

	if (fd < 0 || fstat(fd, &st) != 0) {
		rc = err_set_errno(e, ERR_IO, "cannot read '%s'", path);
	} else if (S_ISDIR(st.st_mode)) {
		rc = err_set(e, ERR_IO, "cannot read '%s': it is a directory",
			     path);
	} else if (S_ISFIFO(st.st_mode) && poll(&p, 1, FIFO_WAIT_MS) == 0) {
		rc = err_set(
			e, ERR_IO,
			"'%s' is a FIFO that nobody writes to: name a file",
			path);
	} else if (fcntl(fd, F_SETFL, O_RDONLY) != 0) {
		rc = err_set_errno(e, ERR_IO, "cannot read '%s'", path);
	}
	if (!rc)
		*ret_fd = fd;
	else if (fd >= 0)
		close(fd);
	return rc;
}

int catalogue_load(const char *path, struct report *ret, struct err *e)
{
	char *text = NULL;
	int fd = -1;
	int rc = open_text(path, &fd, e);
	FILE *f;

	if (rc)
		return rc;
	f = fdopen(fd, "r");
	if (!f) {
		close(fd);
		return err_nomem(e);
	}
	rc = read_text(f, path, &text, e);
	fclose(f);
	if (rc)
		return rc;
	rc = report_parse(path, text, false, ret, e);
	free(text);
	return rc;
}
