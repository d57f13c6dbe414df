/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/build_info.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kbuild/git_info.h"
#include "support/digest.h"
#include "support/safe_open.h"

/* An allmodconfig .config is 400 KB. */
#define CONFIG_MAX ((size_t)16 * 1024 * 1024)
#define LINE_FILE_MAX ((size_t)64 * 1024)

/* The rest of the line after the first occurrence of key at a line's
 * start, quotes around it removed; NULL where there is none. */
static const char *line_value(struct arena *a, const char *text,
			      const char *key)
{
	size_t klen = strlen(key);

	for (const char *at = text; at; at = strchr(at, '\n')) {
		const char *v;
		size_t len;

		at += *at == '\n';
		if (strncmp(at, key, klen) != 0)
			continue;
		v = at + klen;
		len = strcspn(v, "\n");
		while (len && isspace((unsigned char)*v)) {
			v++;
			len--;
		}
		if (len >= 2 && v[0] == '"' && v[len - 1] == '"') {
			v++;
			len -= 2;
		}
		return arena_strndup(a, v, len);
	}
	return NULL;
}

static char *slurp(int dirfd, const char *path, size_t max, size_t *ret_len)
{
	char *text;

	return safe_read(dirfd, path, max, &text, ret_len) == 0 ? text : NULL;
}

/* "# Linux/x86_64 6.1.192 Kernel Configuration" */
static const char *config_arch(struct arena *a, const char *text)
{
	const char *at = strstr(text, "# Linux/");
	size_t len;

	if (!at)
		return NULL;
	at += strlen("# Linux/");
	len = strcspn(at, " \n");
	return len ? arena_strndup(a, at, len) : NULL;
}

static int read_config(int dirfd, struct build_info *b, struct err *e)
{
	size_t len;
	char *text = slurp(dirfd, ".config", CONFIG_MAX, &len);

	if (!text)
		return remarks_add(
			&b->remarks, e,
			"no .config: the configuration is not known, and builds that differ in it cannot be distinguished");
	b->config = arena_strndup(&b->arena, text, len);
	b->config_len = len;
	b->arch = config_arch(&b->arena, text);
	b->compiler = line_value(&b->arena, text, "CONFIG_CC_VERSION_TEXT=");
	digest_of(text, len, b->config_hash);
	free(text);
	return b->config ? 0 : err_nomem(e);
}

static void read_lines(int dirfd, struct build_info *b)
{
	size_t len;
	char *text = slurp(dirfd, "include/config/kernel.release",
			   LINE_FILE_MAX, &len);

	if (text)
		b->release = line_value(&b->arena, text, "");
	free(text);
	/* Also names the linker; gone from newer kernels. */
	text = slurp(dirfd, "include/generated/compile.h", LINE_FILE_MAX, &len);
	if (text) {
		const char *v = line_value(&b->arena, text,
					   "#define LINUX_COMPILER");

		if (v)
			b->compiler = v;
	}
	free(text);
}

/* A release of CONFIG_LOCALVERSION_AUTO: "6.1.0-rc3-00017-g0123456789ab". */
static const char *release_commit(const char *release, size_t *ret_len)
{
	const char *at = release;

	while ((at = strstr(at, "-g"))) {
		size_t n;

		at += 2;
		n = strspn(at, "0123456789abcdef");
		if (n >= 7 && (!at[n] || at[n] == '-' || at[n] == '+')) {
			*ret_len = n;
			return at;
		}
	}
	return NULL;
}

static int check_head(struct build_info *b, struct err *e)
{
	const char *built;
	size_t len;

	if (!b->release || !b->commit_id)
		return 0;
	built = release_commit(b->release, &len);
	if (!built || strncmp(built, b->commit_id, len) == 0)
		return 0;
	return remarks_add(
		&b->remarks, e,
		"HEAD is %.12s, but the release says that %.*s was built: build again, or name the commit with --commit",
		b->commit_id, (int)len, built);
}

static int read_commit(struct build_info *b,
		       const struct build_overrides *overrides, struct err *e)
{
	struct err why;
	int r;

	b->dirty = DIRTY_UNKNOWN;
	if (overrides->commit) {
		b->commit_id = arena_strdup(&b->arena, overrides->commit);
		return b->commit_id ? 0 : err_nomem(e);
	}
	r = git_info_read(b->source ? b->source : b->tree, b, &why);
	if (r < 0)
		return remarks_add(
			&b->remarks, e,
			"the commit is not known: %s; name it with --commit",
			why.text);
	if (b->dirty == DIRTY_YES &&
	    (r = remarks_add(
		     &b->remarks, e,
		     "the sources differ from the commit: the numbers are those of changed files")) <
		    0)
		return r;
	return check_head(b, e);
}

/* An O= tree has a link "source"; an in-tree build has its sources itself. */
static const char *find_source(struct arena *a, const char *tree)
{
	char *link = arena_printf(a, "%s/source", tree);
	char *real = link ? realpath(link, NULL) : NULL;
	char *copy = real ? arena_strdup(a, real) : NULL;

	free(real);
	return copy;
}

/* Of a linked file, the directory that it is in, and its name: without a
 * label it would be the same build as the tree around it.  The caller frees
 * it. */
static char *directory_of(struct arena *a, const char *root,
			  const char **ret_file)
{
	char *real = realpath(root, NULL);
	char *slash = real ? strrchr(real, '/') : NULL;
	struct stat st;

	if (slash && stat(real, &st) == 0 && S_ISREG(st.st_mode)) {
		*ret_file = arena_strdup(a, slash + 1);
		slash[slash == real] = '\0';
	}
	return real;
}

int build_info_read(const char *root, const struct build_overrides *overrides,
		    struct build_info *ret, struct err *e)
{
	struct build_info b = { .arena = ARENA_INIT };
	const char *file = NULL;
	char *real = directory_of(&b.arena, root, &file);
	const char *label = overrides->label ? overrides->label : file;
	int dirfd = -1, r;

	if (!real)
		return err_set_errno(e, ERR_IO, "cannot open '%s'", root);
	dirfd = open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dirfd < 0) {
		r = err_set_errno(e, ERR_IO, "cannot open '%s'", root);
		goto out;
	}
	b.tree = arena_strdup(&b.arena, real);
	if (!b.tree || (label && !(b.label = arena_strdup(&b.arena, label)))) {
		r = err_nomem(e);
		goto out;
	}
	b.source = find_source(&b.arena, b.tree);
	r = read_config(dirfd, &b, e);
	if (r == 0) {
		read_lines(dirfd, &b);
		r = read_commit(&b, overrides, e);
	}
out:
	if (dirfd >= 0)
		close(dirfd);
	free(real);
	if (r < 0)
		build_info_release(&b);
	else
		*ret = b;
	return r;
}
