/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store/: records kept for the layout of vmlinux come back with all that it
 * reads, or not at all.
 */
#include "assemble.h"
#include "store_fixture.h"

#include <elf.h>
#include <xxhash.h>

#include "elf/elf_object.h"
#include "store/record_blob.h"
#include "store/record_blob_read.h"
#include "store/record_load.h"
#include "store/statements.h"

static const char source[] =
	".text\n.globl f, w, h\n.type f,@function\nf: .fill 20,1,0x90\n"
	".size f,20\n.weak w\n.type w,@function\nw: .fill 8,1,0x90\n.size w,8\n"
	".hidden h\nh: .quad 0\n.type own.isra.0,@function\n"
	"own.isra.0: ret\n.size own.isra.0,1\n"
	".data\ncounter.12: .quad f, own.isra.0\n.globl d\nd: .quad 1\n"
	".section .rodata.str1.1,\"aMS\",@progbits,1\n.string \"one\"\n"
	".string \"two\"\n"
	".section .rodata.cst8,\"aM\",@progbits,8\n.quad 1, 2\n"
	".section .relocated,\"aM\",@progbits,8\n.quad f\n"
	".section .note,\"\"\nin_note: .long 0\n"
	".comm shared,24,8\n.globl fixed\nfixed = 0x1234\n";

static struct object_record read_source(void)
{
	struct object_record r;
	int fd = assemble("as", source);

	OK(elf_object_init(&e));
	OK(elf_object_read(fd,
			   ELF_WANT_SYMBOLS | ELF_WANT_MERGE_CONTENT |
				   ELF_WANT_REFERENCES,
			   &r, &e));
	close(fd);
	return r;
}

static void same_sections(const struct object_record *a,
			  const struct object_record *b)
{
	size_t contents = 0, relocated = 0;

	assert_int_equal(a->nsections, b->nsections);
	for (size_t i = 0; i < a->nsections; i++) {
		const struct obj_section *s = &a->sections[i];
		const struct obj_section *t = &b->sections[i];

		assert_string_equal(s->name, t->name);
		assert_int_equal(s->type, t->type);
		assert_int_equal(s->flags, t->flags);
		assert_int_equal(s->size, t->size);
		assert_int_equal(s->align, t->align);
		assert_int_equal(s->entsize, t->entsize);
		assert_int_equal(s->has_relocs, t->has_relocs);
		assert_int_equal(!s->content, !t->content);
		if (s->content)
			assert_memory_equal(s->content, t->content, s->size);
		contents += s->content != NULL;
		relocated += s->has_relocs;
	}
	assert_int_equal(contents, 3);
	assert_true(relocated >= 2);
}

static const struct obj_symbol *find(const struct object_record *r,
				     const char *name)
{
	for (size_t i = 0; i < r->nsymbols; i++)
		if (strcmp(r->symbols[i].name, name) == 0)
			return &r->symbols[i];
	return NULL;
}

static void same_symbols(const struct object_record *a,
			 const struct object_record *b)
{
	static const char *const kept[] = { "f", "w",	   "h",	   "own.isra.0",
					    "d", "shared", "fixed" };

	assert_int_equal(b->nsymbols, sizeof(kept) / sizeof(*kept));
	for (size_t i = 0; i < b->nsymbols; i++) {
		const struct obj_symbol *s = find(a, kept[i]);
		const struct obj_symbol *t = find(b, kept[i]);

		assert_non_null(s);
		assert_non_null(t);
		assert_int_equal(s->section, t->section);
		assert_int_equal(s->value, t->value);
		assert_int_equal(s->type, t->type);
		assert_int_equal(s->bind, t->bind);
		assert_int_equal(s->visibility, t->visibility);
		assert_int_equal(s->thumb, t->thumb);
	}
	/* In the same order. */
	for (size_t i = 0, k = 0; i < a->nsymbols && k < b->nsymbols; i++)
		if (find(b, a->symbols[i].name))
			assert_string_equal(a->symbols[i].name,
					    b->symbols[k++].name);
}

static void same_references(const struct object_record *a,
			    const struct object_record *b)
{
	assert_int_equal(a->references_known, b->references_known);
	assert_int_equal(a->nreferences, b->nreferences);
	for (size_t i = 0; i < a->nreferences; i++) {
		const struct obj_reference *x = &a->references[i];
		const struct obj_reference *y = &b->references[i];

		assert_int_equal(x->from, y->from);
		assert_int_equal(x->to, y->to);
		assert_int_equal(!x->name, !y->name);
		if (x->name)
			assert_string_equal(x->name, y->name);
	}
}

static void same(const struct object_record *a, const struct object_record *b)
{
	assert_int_equal(a->elf_class, b->elf_class);
	assert_int_equal(a->encoding, b->encoding);
	assert_int_equal(a->etype, b->etype);
	assert_int_equal(a->machine, b->machine);
	assert_int_equal(a->eflags, b->eflags);
	assert_int_equal(a->text, b->text);
	assert_int_equal(a->data, b->data);
	assert_int_equal(a->bss, b->bss);
	assert_int_equal(a->common, b->common);
	same_sections(a, b);
	same_symbols(a, b);
	same_references(a, b);
}

static void test_round_trip(void **state)
{
	struct object_record r = read_source(), got;
	struct arena arena = ARENA_INIT;
	unsigned char *bytes, *again;
	size_t len, again_len;

	(void)state;
	r.symbols[0].thumb = true;
	r.symbols[0].visibility = STV_PROTECTED;
	assert_true(r.references_known);
	assert_int_equal(r.nreferences, 3);
	assert_int_equal(record_blob_encode(&r, &bytes, &len), 0);
	assert_int_equal(record_blob_decode(bytes, len, &arena, &got), 1);
	same(&r, &got);
	/* What came back says the same; also that nothing is known. */
	assert_int_equal(record_blob_encode(&got, &again, &again_len), 0);
	assert_int_equal(again_len, len);
	assert_memory_equal(again, bytes, len);
	free(again);
	free(bytes);
	r.references_known = false;
	r.nreferences = 0;
	assert_int_equal(record_blob_encode(&r, &bytes, &len), 0);
	assert_int_equal(record_blob_decode(bytes, len, &arena, &got), 1);
	same(&r, &got);
	free(bytes);
	arena_release(&arena);
	object_record_release(&r);
}

/* Whatever the bytes are: none, or a record whose parts are all there. */
static void try_bytes(const unsigned char *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct object_record got;
	unsigned char *again;
	size_t again_len;

	if (record_blob_decode(bytes, len, &arena, &got) == 1) {
		for (size_t i = 0; i < got.nsymbols; i++)
			assert_true(!SYM_IN_SECTION(&got.symbols[i]) ||
				    got.symbols[i].section < got.nsections);
		for (size_t i = 0; i < got.nreferences; i++) {
			const struct obj_reference *x = &got.references[i];

			assert_true(x->from < got.nsections);
			assert_true(x->name ? x->to == SYM_SECTION_UNDEF
					    : x->to < got.nsections);
		}
		assert_int_equal(record_blob_encode(&got, &again, &again_len),
				 0);
		free(again);
	}
	arena_release(&arena);
}

static void set_check(unsigned char *bytes, size_t len)
{
	uint64_t hash = XXH3_64bits(bytes + 4, len - 4);

	for (size_t i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(hash >> (8 * i));
}

static void test_damage(void **state)
{
	static const unsigned char odd[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct object_record r = read_source(), got;
	struct arena arena = ARENA_INIT;
	unsigned char *bytes, *copy;
	size_t len;

	(void)state;
	assert_int_equal(record_blob_encode(&r, &bytes, &len), 0);
	copy = malloc(len + 1);
	assert_non_null(copy);
	for (size_t i = 0; i < len; i++) {
		memcpy(copy, bytes, len);
		copy[i] ^= 4;
		assert_int_equal(record_blob_decode(copy, len, &arena, &got),
				 0);
		assert_int_equal(record_blob_decode(bytes, i, &arena, &got), 0);
		/* And by somebody who knows how it is checked. */
		for (size_t k = 0; i >= 4 && k < sizeof(odd); k++) {
			copy[i] = odd[k];
			set_check(copy, len);
			try_bytes(copy, len);
		}
		memcpy(copy, bytes, len);
		if (i >= 4) {
			set_check(copy, i);
			try_bytes(copy, i);
		}
	}
	/* Something after the end, and another version. */
	copy[len] = 0;
	set_check(copy, len + 1);
	assert_int_equal(record_blob_decode(copy, len + 1, &arena, &got), 0);
	copy[4]++;
	set_check(copy, len);
	assert_int_equal(record_blob_decode(copy, len, &arena, &got), 0);
	free(copy);
	free(bytes);
	arena_release(&arena);
	object_record_release(&r);
}

static int load(struct store *s, int64_t tree, const char *path)
{
	struct arena arena = ARENA_INIT;
	struct object_record got;
	struct err e = { 0 };
	int r = store_record_load(s, tree, path, &arena, &got, &e);

	if (r < 0)
		fail_msg("%s", e.text);
	if (r == 1)
		assert_non_null(find(&got, "own.isra.0"));
	arena_release(&arena);
	return r;
}

static void test_rows(void **state)
{
	struct object_record r = read_source();
	struct place *p = *state;
	struct store *s = open_store(p);
	int changes;

	OK(store_begin(s, 0, &e));
	assert_int_equal(load(s, 1, "fs/a.o"), 0);
	OK(store_record_put(s, 1, "fs/a.o", &r, &e));
	OK(store_record_put(s, 2, "fs/b.o", &r, &e));
	/* The same again is no change. */
	changes = sqlite3_total_changes(s->db);
	OK(store_record_put(s, 1, "fs/a.o", &r, &e));
	assert_int_equal(sqlite3_total_changes(s->db), changes);
	assert_int_equal(load(s, 1, "fs/a.o"), 1);
	assert_int_equal(load(s, 2, "fs/b.o"), 1);
	assert_int_equal(load(s, 2, "fs/a.o"), 0);
	OK(store_record_put(s, 1, "fs/a.o", NULL, &e));
	assert_int_equal(load(s, 1, "fs/a.o"), 0);
	OK(store_commit(s, &e));
	run_sql(p, "UPDATE cached_record SET record = substr(record, 1, 90)");
	OK(store_begin(s, 0, &e));
	assert_int_equal(load(s, 2, "fs/b.o"), 0);
	OK(store_commit(s, &e));
	run_sql(p, "UPDATE cached_record SET record = 'text'");
	OK(store_begin(s, 0, &e));
	assert_int_equal(load(s, 2, "fs/b.o"), 0);
	store_close(s);
	object_record_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_damage),
		cmocka_unit_test_setup_teardown(test_rows, make_place,
						remove_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
