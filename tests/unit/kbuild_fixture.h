/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Synthetic build trees for the tests of kbuild/: files below a directory of
 * its own, archives written byte by byte, and questions to the result.
 */
#ifndef KBUILD_FIXTURE_H
#define KBUILD_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kbuild/kbuild_tree.h"

#define UNUSED __attribute__((unused))

struct fixture {
	char dir[64];
	struct tree tree;
	struct err err;
};

static UNUSED void fixture_start(struct fixture *f)
{
	*f = (struct fixture){ .dir = "/tmp/kmemdb-kbuild-XXXXXX" };
	assert_non_null(mkdtemp(f->dir));
}

static UNUSED int fixture_remove(const char *path, const struct stat *st,
				 int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static UNUSED void fixture_end(struct fixture *f)
{
	tree_release(&f->tree);
	nftw(f->dir, fixture_remove, 16, FTW_DEPTH | FTW_PHYS);
}

static UNUSED void fixture_path(const struct fixture *f, const char *path,
				char ret[8192])
{
	assert_true(snprintf(ret, 8192, "%s/%s", f->dir, path) < 8192);
}

/* Makes the directories on the way to path. */
static UNUSED void fixture_parents(const struct fixture *f, const char *path)
{
	char full[8192];

	fixture_path(f, path, full);
	for (char *p = full + strlen(f->dir) + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		assert_true(mkdir(full, 0755) == 0 || errno == EEXIST);
		*p = '/';
	}
}

static UNUSED void put_bytes(const struct fixture *f, const char *path,
			     const void *data, size_t len)
{
	char full[8192];
	FILE *file;

	fixture_parents(f, path);
	fixture_path(f, path, full);
	file = fopen(full, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static UNUSED void put(const struct fixture *f, const char *path,
		       const char *text)
{
	put_bytes(f, path, text, strlen(text));
}

/* ".name.o.cmd" beside path, as Kbuild writes it. */
static UNUSED void put_cmd(const struct fixture *f, const char *path,
			   const char *command)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	char cmd_path[512], text[4096];

	snprintf(cmd_path, sizeof(cmd_path), "%.*s.%s.cmd", (int)(base - path),
		 path, base);
	snprintf(
		text, sizeof(text),
		"cmd_%s := %s\n\nsource_%s := x.c\n\ndeps_%s := \\\n  y.h \\\n",
		path, command, path, path);
	put(f, cmd_path, text);
}

/* An object that was compiled for the kernel. */
static UNUSED void put_object(const struct fixture *f, const char *path)
{
	put(f, path, "\177ELF");
	put_cmd(f, path, "gcc -nostdinc -D__KERNEL__ -c -o x.o x.c");
}

struct bytes {
	char v[65536];
	size_t n;
};

static UNUSED void add_bytes(struct bytes *b, const void *p, size_t n)
{
	assert_true(b->n + n <= sizeof(b->v));
	memcpy(b->v + b->n, p, n);
	b->n += n;
}

/* A member's header: name as it is in the 16 bytes. */
static UNUSED void add_header(struct bytes *b, const char *name, size_t size)
{
	char h[61];

	assert_int_equal(snprintf(h, sizeof(h),
				  "%-16s%-12d%-6d%-6d%-8s%-10zu`\n", name, 0, 0,
				  0, "644", size),
			 60);
	add_bytes(b, h, 60);
}

/* A thin archive whose names are all in the table. */
static UNUSED void make_thin(struct bytes *b, const char *const *names,
			     size_t n)
{
	char ref[20];
	size_t at = 0;

	b->n = 0;
	add_bytes(b, "!<thin>\n", 8);
	for (size_t i = 0; i < n; i++)
		at += strlen(names[i]) + 2;
	add_header(b, "//", at);
	for (size_t i = 0; i < n; i++) {
		add_bytes(b, names[i], strlen(names[i]));
		add_bytes(b, "/\n", 2);
	}
	if (at & 1)
		add_bytes(b, "\n", 1);
	at = 0;
	for (size_t i = 0; i < n; i++) {
		snprintf(ref, sizeof(ref), "/%zu", at);
		add_header(b, ref, 1000 + i);
		at += strlen(names[i]) + 2;
	}
}

#define put_thin(f, path, ...)                                                 \
	do {                                                                   \
		static const char *const names_[] = { __VA_ARGS__ };           \
		static struct bytes b_;                                        \
		make_thin(&b_, names_, sizeof(names_) / sizeof(*names_));      \
		put_bytes(f, path, b_.v, b_.n);                                \
	} while (0)

static UNUSED void read_tree(struct fixture *f)
{
	int r = kbuild_tree_read(f->dir, &f->tree, &f->err);

	if (r)
		print_error("%s\n", f->err.text);
	assert_int_equal(r, 0);
}

/* The object's role; -1: there is no such object. */
static UNUSED int role_of(const struct fixture *f, const char *path)
{
	for (size_t i = 0; i < f->tree.nobjects; i++) {
		if (strcmp(f->tree.objects[i].path, path) == 0)
			return (int)f->tree.objects[i].role;
	}
	return -1;
}

static UNUSED const struct tree_image *image_of(const struct fixture *f,
						const char *path)
{
	for (size_t i = 0; i < f->tree.nimages; i++) {
		if (strcmp(f->tree.images[i].path, path) == 0)
			return &f->tree.images[i];
	}
	return NULL;
}

/* The members' paths in their order, a space between. */
static UNUSED const char *members_of(const struct fixture *f, const char *path)
{
	static char text[65536];
	const struct tree_image *img = image_of(f, path);
	size_t n = 0;

	text[0] = '\0';
	if (!img)
		return "no such image";
	for (size_t i = 0; i < img->nmembers; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s",
				      i ? " " : "",
				      f->tree.objects[img->members[i]].path);
	return text;
}

/* Whether something was skipped for a reason that holds these words. */
static UNUSED bool skipped(const struct fixture *f, const char *path,
			   const char *words)
{
	for (size_t i = 0; i < f->tree.nskips; i++) {
		if (strcmp(f->tree.skips[i].path, path) == 0 &&
		    strstr(f->tree.skips[i].reason, words))
			return true;
	}
	return false;
}

static UNUSED bool remarked(const struct fixture *f, const char *words)
{
	for (size_t i = 0; i < remarks_count(&f->tree.remarks); i++) {
		if (strstr(remarks_text(&f->tree.remarks, i), words))
			return true;
	}
	return false;
}

static UNUSED int with_fixture(void **state)
{
	static struct fixture f;

	fixture_start(&f);
	*state = &f;
	return 0;
}

static UNUSED int end_fixture(void **state)
{
	fixture_end(*state);
	return 0;
}

#define tree_test(name)                                                        \
	cmocka_unit_test_setup_teardown(name, with_fixture, end_fixture)

#endif
