/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdlib.h>

#include <zlib.h>

#include "profile/module/profile.pb-c.h" /* made by the Makefile */
#include "profile/profile_room.h"
#include "support/arena.h"

/* Bytes that go through zlib at once. */
#define PIECE (64 * 1024)

static void *message_list(struct arena *a, size_t n, size_t size)
{
	return arena_calloc(a, n ? n : 1, size);
}

/* An array of pointers to n messages, as protobuf-c has it; NULL where list is
 * NULL or memory is out. */
static void *pointers_to(struct arena *a, void *list, size_t n, size_t size)
{
	void **pointers = arena_calloc(a, n ? n : 1, sizeof(void *));

	if (!list || !pointers)
		return NULL;
	for (size_t i = 0; i < n; i++)
		pointers[i] = (char *)list + i * size;
	return pointers;
}

static bool add_types(struct arena *a, const struct pprof_profile *p,
		      Kmemdb__Profile *m)
{
	Kmemdb__ValueType *list = message_list(a, PPROF_VALUES, sizeof(*list));

	m->sample_type = pointers_to(a, list, PPROF_VALUES, sizeof(*list));
	if (!m->sample_type)
		return false;
	for (size_t i = 0; i < PPROF_VALUES; i++) {
		kmemdb__value_type__init(&list[i]);
		list[i].type = p->types[i].type;
		list[i].unit = p->types[i].unit;
	}
	m->n_sample_type = PPROF_VALUES;
	return true;
}

static bool add_mapping(struct arena *a, const struct pprof_profile *p,
			Kmemdb__Profile *m)
{
	Kmemdb__Mapping *list = message_list(a, 1, sizeof(*list));

	m->mapping = pointers_to(a, list, 1, sizeof(*list));
	if (!m->mapping)
		return false;
	kmemdb__mapping__init(list);
	list->id = 1;
	list->filename = p->image;
	list->has_functions = list->has_filenames = true;
	list->has_line_numbers = list->has_inline_frames = true;
	m->n_mapping = 1;
	return true;
}

static bool add_functions(struct arena *a, const struct pprof_profile *p,
			  Kmemdb__Profile *m)
{
	Kmemdb__Function *list = message_list(a, p->nfunctions, sizeof(*list));

	m->function = pointers_to(a, list, p->nfunctions, sizeof(*list));
	if (!m->function)
		return false;
	for (size_t i = 0; i < p->nfunctions; i++) {
		kmemdb__function__init(&list[i]);
		list[i].id = i + 1;
		list[i].name = list[i].system_name = p->functions[i].name;
		list[i].filename = p->functions[i].file;
	}
	m->n_function = p->nfunctions;
	return true;
}

static bool add_locations(struct arena *a, const struct pprof_profile *p,
			  Kmemdb__Profile *m)
{
	Kmemdb__Location *list = message_list(a, p->nlocations, sizeof(*list));

	m->location = pointers_to(a, list, p->nlocations, sizeof(*list));
	if (!m->location)
		return false;
	for (size_t i = 0; i < p->nlocations; i++) {
		const struct pprof_location *from = &p->locations[i];
		Kmemdb__Line *lines = message_list(a, from->nlines,
						   sizeof(*lines));

		kmemdb__location__init(&list[i]);
		list[i].id = i + 1;
		list[i].mapping_id = 1;
		list[i].line = pointers_to(a, lines, from->nlines,
					   sizeof(*lines));
		if (!list[i].line)
			return false;
		list[i].n_line = from->nlines;
		for (size_t k = 0; k < from->nlines; k++) {
			kmemdb__line__init(&lines[k]);
			lines[k].function_id = from->lines[k].function;
			lines[k].line = from->lines[k].line;
		}
	}
	m->n_location = p->nlocations;
	return true;
}

static bool add_samples(struct arena *a, const struct pprof_profile *p,
			Kmemdb__Profile *m)
{
	Kmemdb__Sample *list = message_list(a, p->nsamples, sizeof(*list));

	m->sample = pointers_to(a, list, p->nsamples, sizeof(*list));
	if (!m->sample)
		return false;
	for (size_t i = 0; i < p->nsamples; i++) {
		struct pprof_sample *from = &p->samples[i];

		kmemdb__sample__init(&list[i]);
		list[i].location_id = from->locations;
		list[i].n_location_id = from->nlocations;
		list[i].value = from->values;
		list[i].n_value = PPROF_VALUES;
	}
	m->n_sample = p->nsamples;
	return true;
}

/* As gzip has it, without a time: the same profile is the same file. */
static int write_gzip(unsigned char *bytes, size_t len, FILE *out,
		      struct err *e)
{
	z_stream z = { .next_in = bytes };
	unsigned char piece[PIECE];
	int rc = deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8,
			      Z_DEFAULT_STRATEGY);

	if (rc != Z_OK)
		return err_nomem(e);
	do {
		uInt some = len > PIECE ? PIECE : (uInt)len;

		if (!z.avail_in) {
			z.avail_in = some;
			len -= some;
		}
		z.next_out = piece;
		z.avail_out = sizeof(piece);
		rc = deflate(&z, len ? Z_NO_FLUSH : Z_FINISH);
		fwrite(piece, 1, sizeof(piece) - z.avail_out, out);
	} while (rc == Z_OK || rc == Z_BUF_ERROR);
	deflateEnd(&z);
	return rc == Z_STREAM_END
		       ? 0
		       : err_set(e, ERR_IO, "cannot compress the profile");
}

static int pack(const Kmemdb__Profile *m, FILE *out, struct err *e)
{
	size_t len = kmemdb__profile__get_packed_size(m);
	unsigned char *bytes = malloc(len ? len : 1);
	int rc;

	if (!bytes)
		return err_nomem(e);
	kmemdb__profile__pack(m, bytes);
	rc = write_gzip(bytes, len, out, e);
	free(bytes);
	return rc;
}

static int write_profile(const struct pprof_profile *p, FILE *out,
			 struct err *e)
{
	Kmemdb__Profile m = KMEMDB__PROFILE__INIT;
	struct arena a = ARENA_INIT;
	int64_t comment = p->comment;
	int rc;

	m.string_table = p->strings;
	m.n_string_table = p->nstrings;
	m.default_sample_type = p->usual_type;
	m.comment = &comment;
	m.n_comment = 1;
	if (add_types(&a, p, &m) && add_mapping(&a, p, &m) &&
	    add_functions(&a, p, &m) && add_locations(&a, p, &m) &&
	    add_samples(&a, p, &m))
		rc = pack(&m, out, e);
	else
		rc = err_nomem(e);
	arena_release(&a);
	return rc;
}

const struct profile_room kmemdb_module_profile = { write_profile };
