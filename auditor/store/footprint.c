/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/footprint.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "store/audit.h"
#include "store/statements.h"
#include "support/digest.h"

/* Bytes of a number of a content set; sql/views/contents.sql reads them. */
#define CONTENT_LEN 8

static int put_sections(struct store *s, const struct object_record *r,
			int64_t footprint, struct err *e)
{
	for (size_t i = 0; i < r->nsections; i++) {
		const struct obj_section *sec = &r->sections[i];
		int64_t name;
		int ret = store_name(s, sec->name, &name, e);

		if (ret < 0)
			return ret;
		struct value values[] = {
			V_INT(footprint),    V_INT(i),
			V_INT(name),	     V_INT(sec->cls),
			V_INT(sec->type),    V_INT(sec->flags),
			V_INT(sec->size),    V_INT(sec->align),
			V_INT(sec->entsize), V_INT(sec->unattributed),
		};
		ret = store_run(s, ST_SECTION_PUT, values, 10, e);
		if (ret < 0)
			return ret;
	}
	return 0;
}

/* Small numbers for the places that are no section: they take one byte. */
static int64_t section_number(const struct obj_symbol *sym)
{
	switch (sym->section) {
	case SYM_SECTION_ABS:
		return -1;
	case SYM_SECTION_COMMON:
		return -2;
	default:
		return sym->section;
	}
}

static int put_symbols(struct store *s, const struct object_record *r,
		       int64_t footprint, struct err *e)
{
	int64_t ordinal = 0;

	for (size_t i = 0; i < r->nsymbols; i++) {
		const struct obj_symbol *sym = &r->symbols[i];
		int64_t name, info;
		int ret;

		if (sym->section == SYM_SECTION_UNDEF)
			continue;
		ret = store_name(s, sym->name, &name, e);
		if (ret < 0)
			return ret;
		info = sym->type | sym->bind << 4 | (sym->visibility & 3) << 8 |
		       (int64_t)sym->thumb << 12;
		struct value values[] = {
			V_INT(footprint),
			V_INT(ordinal++),
			V_INT(name),
			V_INT(section_number(sym)),
			V_INT(info),
			V_INT(sym->value),
			V_INT(sym->size),
			sym->own == sym->size ? V_NULL : V_INT(sym->own),
		};
		ret = store_run(s, ST_SYMBOL_PUT, values, 8, e);
		if (ret < 0)
			return ret;
	}
	return 0;
}

static int put_return_sites(struct store *s, const struct object_record *r,
			    int64_t footprint, struct err *e)
{
	for (size_t i = 0; i < r->nsections; i++) {
		const struct obj_section *sec = &r->sections[i];
		struct value values[] = {
			V_INT(footprint),
			V_INT(i),
			V_BLOB(sec->return_sites, sec->return_sites_len),
		};
		int ret;

		if (!sec->return_sites_len)
			continue;
		ret = store_run(s, ST_RETURN_SITE_PUT, values, 3, e);
		if (ret < 0)
			return ret;
	}
	return 0;
}

static int64_t class_bits(const struct object_record *r)
{
	return r->elf_class == ELFCLASS64 ? 64 : 32;
}

int store_footprint(struct store *s, const struct object_record *r, bool full,
		    int64_t *ret_id, struct err *e)
{
	struct value values[] = {
		V_BLOB(r->fingerprint, sizeof(r->fingerprint)),
		V_INT(full ? FOOTPRINT_FULL : FOOTPRINT_BRIEF),
		V_INT(class_bits(r)),
		V_INT(r->encoding == ELFDATA2MSB),
		V_INT(r->machine),
		V_INT(r->eflags),
		V_INT(r->text),
		V_INT(r->data),
		V_INT(r->bss),
		V_INT(r->common),
	};
	int64_t id;
	int ret = store_find(s, ST_FOOTPRINT_GET, values, 1, &id, e);

	if (ret == 0) {
		ret = store_insert(s, ST_FOOTPRINT_PUT, values, 10, &id, e);
		if (ret == 0)
			ret = put_sections(s, r, id, e);
		if (ret == 0)
			ret = put_symbols(s, r, id, e);
		if (ret == 0)
			ret = put_return_sites(s, r, id, e);
	}
	if (ret < 0)
		return ret;
	*ret_id = id;
	return 0;
}

int store_content_set(struct store *s, const struct object_record *r,
		      int64_t *ret_id, struct err *e)
{
	unsigned char hash[DIGEST_LEN], *numbers;
	struct value values[2];
	size_t len = 0;
	int64_t id;
	int ret;

	numbers = malloc(r->nsymbols * CONTENT_LEN + 1);
	if (!numbers)
		return err_nomem(e);
	for (size_t i = 0; i < r->nsymbols; i++) {
		const struct obj_symbol *sym = &r->symbols[i];

		if (!symbol_has_content(r, sym))
			continue;
		for (size_t k = 0; k < CONTENT_LEN; k++)
			numbers[len++] = (unsigned char)(sym->content >>
							 (8 * k));
	}
	digest_of(numbers, len, hash);
	values[0] = V_BLOB(hash, sizeof(hash));
	values[1] = V_BLOB(numbers, len);
	ret = store_find(s, ST_CONTENT_SET_GET, values, 1, &id, e);
	if (ret == 0)
		ret = store_insert(s, ST_CONTENT_SET_PUT, values, 2, &id, e);
	free(numbers);
	if (ret < 0)
		return ret;
	*ret_id = id;
	return 0;
}

static int put_linked_image_sections(struct store *s,
				     const struct object_record *r,
				     int64_t linked, struct err *e)
{
	for (size_t i = 0; i < r->nsections; i++) {
		const struct obj_section *sec = &r->sections[i];
		int64_t name;
		int ret;

		if (!(sec->flags & SHF_ALLOC))
			continue;
		ret = store_name(s, sec->name, &name, e);
		if (ret < 0)
			return ret;
		struct value values[] = {
			V_INT(linked),	  V_INT(i),	    V_INT(name),
			V_INT(sec->cls),  V_INT(sec->type), V_INT(sec->flags),
			V_INT(sec->addr), V_INT(sec->size), V_INT(sec->align),
		};
		ret = store_run(s, ST_LINKED_IMAGE_SECTION_PUT, values, 9, e);
		if (ret < 0)
			return ret;
	}
	return 0;
}

static int put_module_load(struct store *s, int64_t linked,
			   const struct module_load *load, struct err *e)
{
	struct value values[] = {
		V_INT(linked),	      V_INT(load->core),    V_INT(load->init),
		V_INT(load->content), V_INT(load->symbols), V_INT(load->percpu),
		V_INT(load->page),    V_INT(load->doubts),
	};

	return store_run(s, ST_MODULE_LOAD_PUT, values, 8, e);
}

/* Another kernel loads the same file in another way. */
static int hash_of(const struct object_record *r,
		   const struct module_load *load,
		   unsigned char ret[DIGEST_LEN], struct err *e)
{
	const uint64_t numbers[] = { load->core,    load->init, load->content,
				     load->symbols, load->page, load->doubts };
	struct digest d;

	memcpy(ret, r->fingerprint, DIGEST_LEN);
	if (!load->known)
		return 0;
	if (digest_begin(&d, e))
		return -(int)e->code;
	digest_add(&d, r->fingerprint, sizeof(r->fingerprint));
	digest_add(&d, numbers, sizeof(numbers));
	digest_end(&d, ret);
	return 0;
}

int store_linked_image(struct store *s, const struct object_record *r,
		       const struct module_load *load, int64_t *ret_id,
		       struct err *e)
{
	unsigned char hash[DIGEST_LEN];
	struct value values[] = {
		V_BLOB(hash, sizeof(hash)),
		V_INT(r->machine),
		V_INT(class_bits(r)),
		V_INT(r->encoding == ELFDATA2MSB),
		V_INT(r->text),
		V_INT(r->data),
		V_INT(r->bss),
	};
	int64_t id;
	int ret = hash_of(r, load, hash, e);

	if (ret == 0)
		ret = store_find(s, ST_LINKED_IMAGE_GET, values, 1, &id, e);
	if (ret == 0) {
		ret = store_insert(s, ST_LINKED_IMAGE_PUT, values, 7, &id, e);
		if (ret == 0)
			ret = put_linked_image_sections(s, r, id, e);
		if (ret == 0 && load->known)
			ret = put_module_load(s, id, load, e);
	}
	if (ret < 0)
		return ret;
	*ret_id = id;
	return 0;
}
