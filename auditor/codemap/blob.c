/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codemap/blob.h"

#include <stdlib.h>

#include "support/grow.h"
#include "support/leb128.h"

static int put(struct codemap_blob *b, uint64_t v)
{
	while (b->capacity - b->len < LEB128_MAX)
		if (grow_room((void **)&b->bytes, b->capacity, &b->capacity, 1))
			return -1;
	b->len += leb128_put(b->bytes + b->len, v);
	return 0;
}

int codemap_blob_put_place(struct codemap_blob *b, const struct blob_place *p)
{
	int64_t step = (int64_t)p->member - (int64_t)b->member;

	if (put(b, zigzag((int64_t)(p->addr - b->addr))) ||
	    put(b, zigzag(step)) ||
	    put(b, (uint64_t)p->section * 2 + p->own_size) ||
	    (p->own_size && put(b, p->size)))
		return -1;
	b->addr = p->addr + p->size;
	b->member = p->member;
	return 0;
}

int codemap_blob_put_symbol(struct codemap_blob *b, const struct blob_symbol *s)
{
	if (put(b, s->addr - b->addr) || put(b, (uint64_t)s->name) ||
	    put(b, s->size) || put(b, s->type + 16U * s->bind))
		return -1;
	b->addr = s->addr;
	return 0;
}

void codemap_blob_release(struct codemap_blob *b)
{
	free(b->bytes);
	*b = (struct codemap_blob)CODEMAP_BLOB_INIT;
}

static bool get(struct blob_cursor *c, uint64_t *ret)
{
	return leb128_get(&c->at, c->end, ret);
}

int codemap_blob_get_place(struct blob_cursor *c, struct blob_place *ret)
{
	uint64_t gap, step, section, size = 0, member;

	if (c->at == c->end)
		return 0;
	if (!get(c, &gap) || !get(c, &step) || !get(c, &section) ||
	    (section & 1 && !get(c, &size)))
		return -1;
	member = c->member + (uint64_t)unzigzag(step);
	if (member > UINT32_MAX || section / 2 > UINT32_MAX)
		return -1;
	*ret = (struct blob_place){
		.addr = c->addr + (uint64_t)unzigzag(gap),
		.size = size,
		.member = (uint32_t)member,
		.section = (uint32_t)(section / 2),
		.own_size = section & 1,
	};
	c->member = ret->member;
	blob_cursor_end(c, ret);
	return 1;
}

void blob_cursor_end(struct blob_cursor *c, const struct blob_place *p)
{
	c->addr = p->addr + p->size;
}

int codemap_blob_get_symbol(struct blob_cursor *c, struct blob_symbol *ret)
{
	uint64_t step, name, size, info;

	if (c->at == c->end)
		return 0;
	if (!get(c, &step) || !get(c, &name) || !get(c, &size) ||
	    !get(c, &info) || name > INT64_MAX || info > UINT8_MAX)
		return -1;
	c->addr += step;
	*ret = (struct blob_symbol){
		.addr = c->addr,
		.size = size,
		.name = (int64_t)name,
		.type = info & 15,
		.bind = (uint8_t)(info >> 4),
	};
	return 1;
}
