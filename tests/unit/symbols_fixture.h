/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A symbol map written by hand, with names that are numbered from 1.
 */
#ifndef TESTS_SYMBOLS_FIXTURE_H
#define TESTS_SYMBOLS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/leb128.h"
#include "symbols/resolve.h"

#define FIX_MAX 8192
#define BASE UINT64_C(0xffffffff81000000)

enum { T_NOTYPE = 0, T_FUNC = 2, B_LOCAL = 0, B_GLOBAL = 1, B_WEAK = 2 };

struct fix {
	struct symbol_map map;
	struct resolver *r;
	struct err e;
	char *texts[FIX_MAX];
	size_t ntexts;
	struct map_image images[8];
	struct map_space spaces[16];
	struct map_place places[FIX_MAX];
	struct map_symbol symbols[FIX_MAX];
	struct map_object objects[64];
	unsigned char *blobs[FIX_MAX];
	struct site_match m; /* of the last fix_site */
};

static inline int64_t fix_name(struct fix *f, const char *text)
{
	for (size_t i = 0; i < f->ntexts; i++)
		if (strcmp(f->texts[i], text) == 0)
			return (int64_t)i + 1;
	assert_true(f->ntexts < FIX_MAX);
	f->texts[f->ntexts++] = strdup(text);
	return (int64_t)f->ntexts;
}

static inline int fix_number(void *ctx, const char *text, size_t len,
			     int64_t *ret, struct err *e)
{
	struct fix *f = ctx;

	(void)e;
	for (size_t i = 0; i < f->ntexts; i++)
		if (strlen(f->texts[i]) == len &&
		    memcmp(f->texts[i], text, len) == 0) {
			*ret = (int64_t)i + 1;
			return 1;
		}
	return 0;
}

static inline int fix_text(void *ctx, int64_t number, const char **ret,
			   struct err *e)
{
	struct fix *f = ctx;

	(void)e;
	assert_true(number >= 1 && (size_t)number <= f->ntexts);
	*ret = f->texts[number - 1];
	return 0;
}

/* Objects 0 to 63 are there from the beginning. */
static inline struct fix *fix_new(uint16_t machine, bool is_64bit)
{
	struct fix *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->map = (struct symbol_map){
		.machine = machine,
		.is_64bit = is_64bit,
		.images = f->images,
		.spaces = f->spaces,
		.places = f->places,
		.symbols = f->symbols,
		.objects = f->objects,
		.nobjects = 64,
		.arena = ARENA_INIT,
	};
	return f;
}

static inline void fix_image(struct fix *f, const char *name)
{
	struct map_image *im = &f->images[f->map.nimages++];

	*im = (struct map_image){
		.name = fix_name(f, name),
		.name_text = f->texts[fix_name(f, name) - 1],
		.first_space = (uint32_t)f->map.nspaces,
		.placed = true,
	};
}

/* A space of the last image. */
static inline void fix_space(struct fix *f, const char *section)
{
	struct map_space *s = &f->spaces[f->map.nspaces++];
	struct map_image *im = &f->images[f->map.nimages - 1];

	im->nspaces++;
	*s = (struct map_space){
		.image = (uint32_t)f->map.nimages - 1,
		.section = section ? fix_name(f, section) : 0,
		.section_text = section,
		.first_place = (uint32_t)f->map.nplaces,
		.first_symbol = (uint32_t)f->map.nsymbols,
	};
}

/* A place of the last space; returns: offsets, ended by 0. */
static inline void fix_place(struct fix *f, uint64_t addr, uint64_t size,
			     uint32_t object, const uint64_t *returns)
{
	struct map_space *s = &f->spaces[f->map.nspaces - 1];
	unsigned char *blob = malloc(65536);
	uint64_t last = 0;
	size_t len = 0;

	for (; returns && *returns; returns++) {
		assert_true(len + LEB128_MAX <= 65536);
		len += leb128_put(blob + len, *returns - last);
		last = *returns;
	}
	f->blobs[f->map.nplaces] = blob;
	s->nplaces++;
	s->end = addr + size;
	f->places[f->map.nplaces++] = (struct map_place){
		.addr = addr,
		.size = size,
		.space = (uint32_t)f->map.nspaces - 1,
		.object = object,
		.return_sites = blob,
		.return_sites_len = len,
		.return_sites_known = returns != NULL,
	};
}

#define RETURNS(...) ((const uint64_t[]){ __VA_ARGS__, 0 })

/* A symbol of the last place (place MAP_NONE: of the script). */
static inline void fix_symbol_of(struct fix *f, const char *name, uint64_t addr,
				 uint64_t size, uint8_t type, uint8_t bind,
				 uint32_t place)
{
	f->spaces[f->map.nspaces - 1].nsymbols++;
	f->symbols[f->map.nsymbols++] = (struct map_symbol){
		.addr = addr,
		.size = size,
		.name = fix_name(f, name),
		.space = (uint32_t)f->map.nspaces - 1,
		.place = place,
		.type = type,
		.bind = bind,
	};
}

static inline void fix_symbol(struct fix *f, const char *name, uint64_t addr,
			      uint64_t size)
{
	fix_symbol_of(f, name, addr, size, T_FUNC, B_GLOBAL,
		      (uint32_t)f->map.nplaces - 1);
}

/* Call it when the map is complete. */
static inline void fix_start(struct fix *f)
{
	struct name_numbers n = { f, fix_number, fix_text };

	assert_int_equal(resolver_new(&f->map, n, &f->r, &f->e), 0);
}

static inline void fix_end(struct fix *f)
{
	resolver_free(f->r);
	for (size_t i = 0; i < f->ntexts; i++)
		free(f->texts[i]);
	for (size_t i = 0; i < f->map.nplaces; i++)
		free(f->blobs[i]);
	free(f);
}

static inline enum site_state fix_site(struct fix *f, const char *text,
				       uint64_t addr)
{
	/* Of its exact size, so that reading on is seen. */
	size_t len = text ? strlen(text) : 0;
	char *copy = text ? malloc(len + !len) : NULL;
	struct trace_site site = { copy, len, addr };

	if (len)
		memcpy(copy, text, len);
	assert_int_equal(resolver_site(f->r, &site, &f->m, &f->e), 0);
	free(copy);
	return f->m.state;
}

static inline const char *fix_symbol_text(struct fix *f, uint32_t symbol)
{
	return symbol == MAP_NONE ? "-" : f->texts[f->symbols[symbol].name - 1];
}

#define ASSERT_OBJECT(f, text, addr, number, function_text)                    \
	do {                                                                   \
		assert_int_equal(fix_site(f, text, addr), SITE_OBJECT);        \
		assert_int_equal((f)->m.object, number);                       \
		assert_string_equal(fix_symbol_text(f, (f)->m.function),       \
				    function_text);                            \
	} while (0)

#endif
