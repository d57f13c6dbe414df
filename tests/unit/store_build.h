/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records and builds made by hand, for tests of store/.
 */
#ifndef TESTS_STORE_BUILD_H
#define TESTS_STORE_BUILD_H

#include "store_fixture.h"

#include <elf.h>

#include "store/audit.h"
#include "store/image.h"
#include "store/footprint.h"
#include "store/build.h"
#include "store/codemap_rows.h"

#define CODE (SHF_ALLOC | SHF_EXECINSTR)

static inline struct obj_section code(const char *name, uint64_t size,
				      uint64_t align)
{
	return (struct obj_section){
		.name = name,
		.type = SHT_PROGBITS,
		.flags = CODE,
		.size = size,
		.align = align,
		.cls = CLASS_TEXT,
	};
}

static inline struct obj_symbol function(const char *name, uint32_t section,
					 uint64_t value, uint8_t bind)
{
	return (struct obj_symbol){
		.name = name,
		.norm = name,
		.section = section,
		.type = STT_FUNC,
		.bind = bind,
		.value = value,
		.size = 8,
		.own = 8,
	};
}

static inline struct object_record record(struct obj_section *sections,
					  size_t n, struct obj_symbol *symbols,
					  size_t nsymbols, unsigned char number)
{
	return (struct object_record){
		.elf_class = ELFCLASS64,
		.encoding = ELFDATA2LSB,
		.machine = EM_X86_64,
		.return_sites_known = true,
		.sections = sections,
		.nsections = n,
		.symbols = symbols,
		.nsymbols = nsymbols,
		.fingerprint = { number },
	};
}

static inline const struct map_symbol *
find(struct store *s, const struct symbol_map *m, const char *name)
{
	const struct map_symbol *found = NULL;
	int64_t id = 0;

	OK(store_name_find(s, name, strlen(name), &id, &e));
	for (size_t i = 0; id && i < m->nsymbols; i++)
		if (m->symbols[i].name == id) {
			assert_null(found); /* once */
			found = &m->symbols[i];
		}
	return found;
}

/* One build of these objects, in this order; image is made of them all. */
static inline int64_t put_build(struct store *s, const char *const *paths,
				const struct object_record *const *records,
				size_t n, struct tree_image *image,
				const struct object_record *linked,
				const struct layout *layout, int64_t *ret_image)
{
	static const unsigned char state[STATE_LEN];
	struct build_info info = { .tree = "/t", .dirty = DIRTY_UNKNOWN };
	struct tree_object objects[8] = { 0 };
	uint32_t members[8];
	struct tree tree = { .objects = objects, .nobjects = n };
	int64_t build, id;

	image->members = members;
	image->nmembers = n;
	OK(store_begin(s, 0, &e));
	OK(store_build_put(s, &info, 0, state, 1, &build, &e));
	for (size_t i = 0; i < n; i++) {
		members[i] = (uint32_t)i;
		objects[i].path = paths[i];
		if (!records[i])
			continue;
		OK(store_footprint(s, records[i], true, &id, &e));
		OK(store_object(s, build, paths[i], id, ROLE_VMLINUX, 0, 0, 0,
				&e));
	}
	OK(store_linked_image(
		s, linked, &(struct module_load){ .known = false }, &id, &e));
	OK(store_image(s, build, &tree, image, id, linked, layout, ret_image,
		       &e));
	return build;
}

#endif
