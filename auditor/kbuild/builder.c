/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/builder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/grow.h"
#include "support/safe_open.h"

int strlist_add(struct strlist *l, const char *s, struct err *e)
{
	if (grow_room((void **)&l->v, l->n, &l->capacity, sizeof(*l->v)))
		return err_nomem(e);
	l->v[l->n++] = s;
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void strlist_sort(struct strlist *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), by_name);
}

void builder_stamp(const struct stat *st, struct file_stamp *ret)
{
	*ret = (struct file_stamp){
		.size = (uint64_t)st->st_size,
		.mtime_ns = st->st_mtim.tv_sec * INT64_C(1000000000) +
			    st->st_mtim.tv_nsec,
		.ctime_ns = st->st_ctim.tv_sec * INT64_C(1000000000) +
			    st->st_ctim.tv_nsec,
		.inode = st->st_ino,
		.device = st->st_dev,
	};
}

/* Each path and reason counts once. */
static int skip_is_new(struct builder *b, const struct tree_skip *skip,
		       bool *ret_new)
{
	size_t path_len = strlen(skip->path) + 1;
	size_t len = path_len + strlen(skip->reason);
	char *key = malloc(len);
	uint64_t *place = NULL;

	if (key) {
		memcpy(key, skip->path, path_len);
		memcpy(key + path_len, skip->reason, len - path_len);
		place = strmap_put(&b->skipped, key, len, 0, ret_new);
		free(key);
	}
	return place ? 0 : -1;
}

int builder_skip(struct builder *b, const char *path, const char *reason,
		 struct err *e)
{
	struct tree_skip skip = { path, reason };
	bool is_new;

	if (b->nskips >= SKIPS_MAX) {
		b->skips_more++;
		return 0;
	}
	if (skip_is_new(b, &skip, &is_new))
		return err_nomem(e);
	if (!is_new)
		return 0;
	skip.path = arena_strdup(&b->arena, path);
	skip.reason = arena_strdup(&b->arena, reason);
	if (!skip.path || !skip.reason ||
	    grow_room((void **)&b->skips, b->nskips, &b->skips_capacity,
		      sizeof(*b->skips)))
		return err_nomem(e);
	b->skips[b->nskips++] = skip;
	return 0;
}

int builder_remark(struct builder *b, struct err *e, const char *fmt, ...)
{
	va_list ap;
	int r;

	va_start(ap, fmt);
	r = remarks_vadd(&b->remarks, e, fmt, ap);
	va_end(ap);
	return r;
}

int builder_read_list(struct builder *b, const char *path, size_t max,
		      char **ret_data, size_t *ret_len)
{
	int r;

	if (b->lists_read >= LISTS_ROOM) {
		errno = ENOBUFS;
		return -1;
	}
	r = safe_read(b->fd, path, max, ret_data, ret_len);
	b->lists_read += LIST_COST + (r ? 0 : *ret_len);
	return r;
}

int builder_add_object(struct builder *b, const char *path,
		       const struct file_stamp *stamp, struct err *e)
{
	bool added;

	if (b->nobjects >= OBJECT_NONE - 1)
		return err_set(e, ERR_FORMAT,
			       "more objects than can be counted in '%s'",
			       b->where);
	if (!strmap_put(&b->index, path, strlen(path), b->nobjects, &added))
		return err_nomem(e);
	if (!added)
		return 0;
	if (grow_room((void **)&b->objects, b->nobjects, &b->objects_capacity,
		      sizeof(*b->objects)))
		return err_nomem(e);
	b->objects[b->nobjects++] = (struct draft_object){
		.o = { .path = path, .stamp = *stamp, .role = ROLE_UNLINKED },
	};
	return 0;
}

bool builder_stat(const struct builder *b, const char *path,
		  struct file_stamp *ret)
{
	int fd = safe_open(b->fd, path, O_PATH);
	struct stat st;
	bool ok;

	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (ok)
		builder_stamp(&st, ret);
	close(fd);
	return ok;
}

int64_t builder_mtime(const struct builder *b, const char *path)
{
	struct file_stamp stamp;

	return builder_stat(b, path, &stamp) ? stamp.mtime_ns : -1;
}

int builder_object(struct builder *b, const char *path, uint32_t *ret_index,
		   struct err *e)
{
	struct file_stamp stamp;
	char *copy;
	uint64_t i;

	if (!strmap_get(&b->index, path, strlen(path), &i)) {
		/* The walk saw every .o; other names are looked for. */
		i = b->nobjects;
		if (!builder_stat(b, path, &stamp)) {
			*ret_index = OBJECT_NONE;
			return 0;
		}
		copy = arena_strdup(&b->arena, path);
		if (!copy)
			return err_nomem(e);
		if (builder_add_object(b, copy, &stamp, e))
			return -(int)e->code;
	}
	*ret_index = (uint32_t)i;
	return 0;
}

void builder_decide(struct builder *b, uint32_t object, enum object_role role)
{
	struct draft_object *o = &b->objects[object];

	if (!o->decided) {
		o->o.role = role;
		o->decided = true;
	}
}

bool builder_config(struct builder *b, const char *option, bool unknown)
{
	char line[128];
	const char *p;
	int n;

	/* auto.conf is what the build used; .config may have been edited. */
	if (!b->config_read && safe_read(b->fd, "include/config/auto.conf",
					 LIST_MAX, &b->config, &b->config_len))
		(void)safe_read(b->fd, ".config", LIST_MAX, &b->config,
				&b->config_len);
	b->config_read = true;
	if (!b->config)
		return unknown;
	n = snprintf(line, sizeof(line), "%s=y\n", option);
	p = b->config;
	while ((p = memmem(p, b->config_len - (size_t)(p - b->config), line,
			   (size_t)n))) {
		if (p == b->config || p[-1] == '\n')
			return true;
		p++;
	}
	return false;
}

unsigned long builder_release_number(const struct builder *b)
{
	unsigned long major, minor = 0;
	char *release, *rest;
	size_t len;

	if (safe_read_start(b->fd, "include/config/kernel.release", 64,
			    &release, &len))
		return 0;
	major = strtoul(release, &rest, 10);
	if (*rest == '.')
		minor = strtoul(rest + 1, NULL, 10);
	free(release);
	if (major > 1000 || minor > 999)
		return 0;
	return 1000 * major + minor;
}

void builder_release(struct builder *b)
{
	for (size_t i = 0; i < b->nimages; i++) {
		free(b->images[i].i.members);
		free(b->images[i].i.groups);
	}
	free(b->objects);
	free(b->images);
	free(b->skips);
	remarks_release(&b->remarks);
	free(b->archives.v);
	free(b->ko_paths.v);
	free(b->link_cmds.v);
	free(b->boot_paths.v);
	free(b->ko_stamps);
	free(b->config);
	strmap_release(&b->index);
	strmap_release(&b->skipped);
	strmap_release(&b->kos);
	arena_release(&b->arena);
	if (b->fd >= 0)
		close(b->fd);
	*b = (struct builder){ .fd = -1 };
}
