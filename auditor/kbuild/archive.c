/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/archive.h"

#include <string.h>

#define MAGIC_LEN 8

/* A member's header as it is in the file, all text. */
struct header {
	char name[16], date[12], uid[6], gid[6], mode[8], size[10], end[2];
};

_Static_assert(sizeof(struct header) == 60, "ar headers are 60 bytes");

bool archive_is(const char *buf, size_t len)
{
	return len >= MAGIC_LEN && (memcmp(buf, "!<arch>\n", MAGIC_LEN) == 0 ||
				    memcmp(buf, "!<thin>\n", MAGIC_LEN) == 0);
}

bool archive_start(struct archive_reader *r, const char *buf, size_t len)
{
	if (!archive_is(buf, len))
		return false;
	*r = (struct archive_reader){
		.buf = buf, .len = len, .pos = MAGIC_LEN, .thin = buf[2] == 't'
	};
	return true;
}

static int damaged(struct archive_reader *r, const char *problem)
{
	r->problem = problem;
	r->pos = r->len;
	return -1;
}

/* The digits at the start of a field; what follows them does not count
 * (GNU ar has a stray '/' after some).  Returns how many there were. */
static size_t digits(const char *s, size_t len, uint64_t *ret)
{
	uint64_t v = 0;
	size_t n = 0;

	/* 16 digits, the longest field there is, cannot overflow. */
	while (n < len && s[n] >= '0' && s[n] <= '9')
		v = v * 10 + (uint64_t)(s[n++] - '0');
	*ret = v;
	return n;
}

/* "/4652": the name is in the table, ended by "/\n" (GNU) or "\n". */
static bool long_name(const struct archive_reader *r, const struct header *h,
		      struct archive_member *m)
{
	uint64_t offset;
	size_t n = digits(h->name + 1, sizeof(h->name) - 1, &offset);
	const char *start, *end;

	if (!r->names || offset >= r->names_len)
		return false;
	start = r->names + offset;
	end = memchr(start, '\n', r->names_len - (size_t)offset);
	if (!end)
		end = r->names + r->names_len;
	if (end > start && end[-1] == '/')
		end--;
	m->name = start;
	m->name_len = (size_t)(end - start);
	m->nested = n + 1 < sizeof(h->name) && h->name[n + 1] == ':';
	return m->name_len > 0;
}

/* "foo.o/" (GNU) or "foo.o" (BSD), filled up with spaces. */
static bool short_name(const struct header *h, struct archive_member *m)
{
	size_t n = sizeof(h->name);

	while (n && h->name[n - 1] == ' ')
		n--;
	if (n && h->name[n - 1] == '/')
		n--;
	m->name = h->name;
	m->name_len = n;
	return n > 0;
}

/* "#1/20": the name is the first 20 bytes of the data, ended by NULs. */
static bool bsd_name(const char *data, uint64_t size, const struct header *h,
		     struct archive_member *m)
{
	uint64_t n;

	if (!digits(h->name + 3, sizeof(h->name) - 3, &n) || n > size)
		return false;
	m->name = data;
	m->name_len = strnlen(data, (size_t)n);
	m->size = size - n;
	return m->name_len > 0;
}

enum member_kind { MEMBER_FILE, MEMBER_NAMES, MEMBER_TABLE };

static enum member_kind kind_of(const struct header *h)
{
	if (h->name[0] == '/') {
		if (h->name[1] == '/')
			return MEMBER_NAMES;
		/* "/", "/SYM64/", "/<ECSYMBOLS>/" */
		if (h->name[1] < '0' || h->name[1] > '9')
			return MEMBER_TABLE;
	}
	if (memcmp(h->name, "__.SYMDEF", 9) == 0)
		return MEMBER_TABLE;
	return MEMBER_FILE;
}

static bool name_of(const struct archive_reader *r, const struct header *h,
		    const char *data, struct archive_member *m)
{
	if (h->name[0] == '/')
		return long_name(r, h, m);
	if (memcmp(h->name, "#1/", 3) == 0)
		return !r->thin && bsd_name(data, m->size, h, m);
	return short_name(h, m);
}

/* Only line ends may follow the last member. */
static bool only_padding(const char *p, size_t len)
{
	while (len && *p == '\n') {
		p++;
		len--;
	}
	return len == 0;
}

/* Checks the header at r->pos and moves past its member. */
static int take_header(struct archive_reader *r, const struct header **ret_h,
		       struct archive_member *m, enum member_kind *ret_kind)
{
	size_t left = r->len - r->pos;
	const struct header *h = (const void *)(r->buf + r->pos);

	if (left < sizeof(*h))
		return damaged(r, "ends inside a member's header");
	if (h->end[0] != '`' || h->end[1] != '\n' ||
	    !digits(h->size, sizeof(h->size), &m->size))
		return damaged(r, "has a damaged member header");
	*ret_h = h;
	*ret_kind = kind_of(h);
	r->pos += sizeof(*h);
	left -= sizeof(*h);
	/* A thin archive holds the data of its tables only. */
	if (r->thin && *ret_kind == MEMBER_FILE)
		return 0;
	if (m->size > left)
		return damaged(r, "ends inside a member");
	r->pos += (size_t)m->size;
	r->pos += r->pos < r->len && (m->size & 1);
	return 0;
}

int archive_next(struct archive_reader *r, struct archive_member *ret)
{
	while (r->pos < r->len &&
	       !only_padding(r->buf + r->pos, r->len - r->pos)) {
		struct archive_member m = { 0 };
		const struct header *h;
		enum member_kind kind;
		const char *data;

		if (take_header(r, &h, &m, &kind))
			return -1;
		data = (const char *)h + sizeof(*h);
		if (kind == MEMBER_NAMES) {
			r->names = data;
			r->names_len = (size_t)m.size;
		}
		if (kind != MEMBER_FILE)
			continue;
		if (!name_of(r, h, data, &m))
			return damaged(r, "has a member without a name");
		/* BSD's table of symbols may carry a long name. */
		if (m.name_len >= 9 && memcmp(m.name, "__.SYMDEF", 9) == 0)
			continue;
		*ret = m;
		return 1;
	}
	return 0;
}
