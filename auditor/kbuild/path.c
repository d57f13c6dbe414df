/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/path.h"

#include <string.h>

/* Appends one component; false where there is no room. */
static bool push(char *out, size_t *len, const char *part, size_t part_len)
{
	size_t need = *len + (*len > 0) + part_len;

	if (need >= PATH_ROOM)
		return false;
	if (*len)
		out[(*len)++] = '/';
	memcpy(out + *len, part, part_len);
	*len = need;
	return true;
}

static enum path_result append(char *out, size_t *len, const char *name,
			       size_t name_len)
{
	const char *end = name + name_len;

	while (name < end) {
		const char *slash = memchr(name, '/', (size_t)(end - name));
		size_t n = (size_t)((slash ? slash : end) - name);

		if (n == 2 && name[0] == '.' && name[1] == '.') {
			if (!*len)
				return PATH_CLIMBS;
			while (*len && out[*len - 1] != '/')
				(*len)--;
			*len -= *len > 0;
		} else if (n && !(n == 1 && name[0] == '.')) {
			if (!push(out, len, name, n))
				return PATH_BAD;
		}
		name += n + (slash != NULL);
	}
	return PATH_OK;
}

enum path_result path_resolve(const char *root, const char *dir, size_t dir_len,
			      const char *name, size_t name_len,
			      char ret[PATH_ROOM])
{
	size_t root_len = strlen(root), len = 0;
	enum path_result r;

	if (!name_len || name_len >= PATH_ROOM || dir_len >= PATH_ROOM ||
	    memchr(name, '\0', name_len))
		return PATH_BAD;
	if (name[0] == '/') {
		if (root_len < 2 || name_len <= root_len ||
		    memcmp(name, root, root_len) || name[root_len] != '/')
			return PATH_CLIMBS;
		name += root_len;
		name_len -= root_len;
	} else {
		memcpy(ret, dir, dir_len);
		len = dir_len;
	}
	r = append(ret, &len, name, name_len);
	if (r != PATH_OK)
		return r;
	ret[len] = '\0';
	return len ? PATH_OK : PATH_BAD;
}

const char *path_result_text(enum path_result r)
{
	return r == PATH_CLIMBS ? "points outside of the tree"
				: "is not a usable path";
}

size_t path_dir_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) : 0;
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool path_ends(const char *s, size_t len, const char *suffix)
{
	size_t n = strlen(suffix);

	return len >= n && memcmp(s + len - n, suffix, n) == 0;
}

size_t path_module_stem(const char *path)
{
	/* As the kernel's makefiles pack them. */
	static const char *const suffixes[] = { ".ko", ".ko.xz", ".ko.zst",
						".ko.gz" };
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (path_ends(path, len, suffixes[i]))
			return len - strlen(suffixes[i]);
	}
	return 0;
}
