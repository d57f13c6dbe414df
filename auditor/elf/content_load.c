/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/content_load.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include <gelf.h>

#include "elf/bounds.h"
#include "support/digest.h"

uint64_t content_hash(const void *p, size_t len)
{
	unsigned char hash[DIGEST_LEN];
	uint64_t v;

	digest_of(p, len, hash);
	memcpy(&v, hash, sizeof(v));
	return le64toh(v);
}

uint64_t content_hash_words(uint64_t *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		words[i] = htole64(words[i]);
	return content_hash(words, n * sizeof(*words));
}

bool content_spend(struct content_work *w, uint64_t n)
{
	if (n > w->left)
		return false;
	w->left -= n;
	return true;
}

static int compare_relocs(const void *pa, const void *pb)
{
	const struct content_reloc *a = pa, *b = pb;

	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return (a->type > b->type) - (a->type < b->type);
}

static bool get_reloc(Elf_Data *d, size_t i, bool rela,
		      struct content_reloc *ret)
{
	GElf_Rela a = { 0 };
	GElf_Rel b = { 0 };
	uint64_t info;

	if (i > INT32_MAX ||
	    (rela ? !gelf_getrela(d, (int)i, &a) : !gelf_getrel(d, (int)i, &b)))
		return false;
	info = rela ? a.r_info : b.r_info;
	*ret = (struct content_reloc){
		.offset = rela ? a.r_offset : b.r_offset,
		.type = (uint32_t)GELF_R_TYPE(info),
		.symbol = (uint32_t)GELF_R_SYM(info),
		.addend = a.r_addend,
	};
	return true;
}

/* 1; 0 where they cannot be read. */
static int load_relocs(struct content_work *w, struct content_section *s,
		       uint64_t size, struct err *e)
{
	struct elf_reading *in = w->in;
	size_t entry, count;
	bool sorted = true, rela;
	GElf_Shdr sh;
	Elf_Data *d;

	if (!gelf_getshdr(s->reloc_section, &sh))
		return 0;
	rela = sh.sh_type == SHT_RELA;
	s->in_place = !rela;
	entry = gelf_fsize(in->elf, rela ? ELF_T_RELA : ELF_T_REL, 1,
			   EV_CURRENT);
	if (!entry || sh.sh_entsize != entry ||
	    !(d = elf_getdata(s->reloc_section, NULL)))
		return 0;
	count = d->d_size / entry;
	s->relocs = calloc(count + 1, sizeof(*s->relocs));
	if (!s->relocs)
		return err_nomem(e);
	for (size_t i = 0; i < count; i++) {
		struct content_reloc *r = &s->relocs[s->nrelocs];

		if (!get_reloc(d, i, rela, r) || r->offset >= size)
			continue;
		sorted &= !s->nrelocs || r[-1].offset <= r->offset;
		s->nrelocs++;
	}
	if (!sorted)
		qsort(s->relocs, s->nrelocs, sizeof(*s->relocs),
		      compare_relocs);
	return 1;
}

/* What is refused now may be read when the file is read alone. */
static int may_load(struct content_work *w, uint64_t index, struct err *e)
{
	if (elf_may_read_once(w->in, index))
		return 1;
	return w->in->small ? err_set(e, ERR_FORMAT, "large contents") : 0;
}

int content_load(struct content_work *w, uint32_t section,
		 struct content_section **ret, struct err *e)
{
	const struct obj_section *sec = &w->in->record->sections[section];
	struct content_section *s = &w->sections[section];
	Elf_Data *d;
	int r = 1;

	*ret = s;
	if (s->loaded)
		return 0;
	s->loaded = true;
	if (sec->type == SHT_NOBITS || !sec->size ||
	    (r = may_load(w, sec->index, e)) <= 0)
		return r < 0 ? r : 0;
	if (s->reloc_section) {
		r = may_load(w, elf_ndxscn(s->reloc_section), e);
		if (r > 0)
			r = load_relocs(w, s, sec->size, e);
		if (r <= 0)
			return r;
	}
	d = elf_rawdata(elf_getscn(w->in->elf, sec->index), NULL);
	if (d && d->d_buf && d->d_size == sec->size)
		s->bytes = d->d_buf;
	return 0;
}

size_t content_reloc_from(const struct content_section *s, uint64_t at)
{
	size_t low = 0, high = s->nrelocs;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->relocs[middle].offset < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
