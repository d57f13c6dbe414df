/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/elf_object.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gelf.h>
#include <libelf.h>

#include "elf/bounds.h"
#include "elf/contents.h"
#include "elf/coverage.h"
#include "elf/elf_sections.h"
#include "elf/elf_symbols.h"
#include "elf/fingerprint.h"
#include "elf/references.h"
#include "elf/return_sites.h"
#include "elf/symtab_sum.h"

int elf_object_init(struct err *e)
{
	if (elf_version(EV_CURRENT) == EV_NONE)
		return err_set(e, ERR_IO, "libelf: %s", elf_errmsg(-1));
	return 0;
}

/* Says what a file is that is no ELF object; the words go to `skipped`. */
static int refuse_kind(int fd, struct err *e)
{
	unsigned char magic[8] = { 0 };
	ssize_t n = pread(fd, magic, sizeof(magic), 0);

	if (n < 0)
		return err_set_errno(e, ERR_IO, "cannot read");
	if (n == 0)
		return err_set(e, ERR_FORMAT, "empty file");
	if (memcmp(magic, "BC\xC0\xDE", 4) == 0)
		return err_set(e, ERR_FORMAT, "LLVM bitcode: no ELF size");
	if (memcmp(magic, "!<arch>\n", 8) == 0 ||
	    memcmp(magic, "!<thin>\n", 8) == 0)
		return err_set(e, ERR_FORMAT, "an archive, not an object");
	if (n >= 4 && memcmp(magic, "\177ELF", 4) == 0)
		return err_set(e, ERR_FORMAT,
			       "truncated: the ELF header is cut");
	return err_set(e, ERR_FORMAT, "not an ELF file");
}

/* libelf reads all names of sections with the first one. */
static int check_names(struct elf_reading *in, struct err *e)
{
	GElf_Shdr sh;
	Elf_Scn *scn = elf_getscn(in->elf, in->shstrndx);

	if (scn && gelf_getshdr(scn, &sh) && !elf_may_read(in, sh.sh_size))
		return err_set(e, ERR_FORMAT,
			       "the names of its sections have an absurd size");
	return 0;
}

static int read_header(struct elf_reading *in, struct err *e)
{
	struct object_record *r = in->record;
	const char *ident = elf_getident(in->elf, NULL);
	GElf_Ehdr eh;
	uint64_t table;

	if (!ident || !gelf_getehdr(in->elf, &eh))
		return err_set(e, ERR_FORMAT, "damaged ELF header: %s",
			       elf_errmsg(-1));
	if (eh.e_ident[EI_VERSION] != EV_CURRENT)
		return err_set(e, ERR_FORMAT, "damaged ELF header: version %u",
			       eh.e_ident[EI_VERSION]);
	r->elf_class = eh.e_ident[EI_CLASS];
	r->encoding = eh.e_ident[EI_DATA];
	r->etype = eh.e_type;
	r->machine = eh.e_machine;
	r->eflags = eh.e_flags;
	if (eh.e_shoff == 0)
		return err_set(e, ERR_FORMAT, "no section headers");
	/* libelf counts no sections where their headers start past the end. */
	if (elf_getshdrnum(in->elf, &in->shnum) != 0 || in->shnum == 0 ||
	    elf_getshdrstrndx(in->elf, &in->shstrndx) != 0)
		return err_set(e, ERR_FORMAT,
			       "truncated: the section headers are cut");
	if (__builtin_mul_overflow((uint64_t)in->shnum, eh.e_shentsize,
				   &table) ||
	    eh.e_shoff > in->file_size || table > in->file_size - eh.e_shoff)
		return err_set(e, ERR_FORMAT,
			       "truncated: the section headers are cut");
	if (!elf_may_read(in, table))
		return err_set(e, ERR_FORMAT,
			       "an absurd number of sections: %zu", in->shnum);
	return check_names(in, e);
}

/*
 * A build-id is in a section of its own in a module, in .notes in vmlinux, and
 * anywhere among the notes of other linked files (a vDSO's are in .note).  Of
 * objects that are yet to be linked other notes are not read for nothing.
 */
static bool may_have_build_id(const struct object_record *r,
			      const struct obj_section *s)
{
	return s->type == SHT_NOTE && s->flags & SHF_ALLOC &&
	       (r->etype != ET_REL ||
		strcmp(s->name, ".note.gnu.build-id") == 0 ||
		strcmp(s->name, ".notes") == 0);
}

static void read_build_id(struct elf_reading *in)
{
	struct object_record *r = in->record;

	for (size_t i = 0; i < r->nsections; i++) {
		const struct obj_section *s = &r->sections[i];
		size_t at = 0, name_at, desc_at;
		GElf_Nhdr note;
		Elf_Data *d;

		if (!may_have_build_id(r, s) || s->size > ELF_NOTES_MAX ||
		    !elf_may_read(in, s->size))
			continue;
		d = elf_getdata(elf_getscn(in->elf, s->index), NULL);
		while (d && (at = gelf_getnote(d, at, &note, &name_at,
					       &desc_at)) > 0) {
			if (note.n_type != NT_GNU_BUILD_ID ||
			    note.n_namesz != 4 ||
			    memcmp((char *)d->d_buf + name_at, "GNU", 4) != 0 ||
			    note.n_descsz == 0 ||
			    note.n_descsz > sizeof(r->build_id))
				continue;
			memcpy(r->build_id, (char *)d->d_buf + desc_at,
			       note.n_descsz);
			r->build_id_len = note.n_descsz;
			return;
		}
	}
}

static int read_all(struct elf_reading *in, unsigned int want, struct err *e)
{
	int r;

	if ((r = read_header(in, e)) < 0 || (r = elf_sections_read(in, e)) < 0)
		return r;
	if (want & ELF_WANT_SYMBOLS && (r = elf_symbols_mark(in, e)) < 0)
		return r;
	if ((r = elf_sections_keep(in, e)) < 0)
		return r;
	if (want & ELF_WANT_SYMBOLS &&
	    ((r = elf_symbols_read(in, want & ELF_WANT_UNDEFINED, e)) < 0 ||
	     ((in->record->etype == ET_REL || want & ELF_WANT_LINKED_CALLS) &&
	      (r = return_sites_find(in, e)) < 0)))
		return r;
	if (want & ELF_WANT_SYMBOLS && want & ELF_WANT_REFERENCES &&
	    (r = references_read(in, e)) < 0)
		return r;
	if (want & ELF_WANT_MERGE_CONTENT &&
	    (r = elf_sections_merged(in, e)) < 0)
		return r;
	if (want & ELF_WANT_SYMTAB && (r = elf_symtab_sum(in, e)) < 0)
		return r;
	read_build_id(in);
	coverage_compute(in->record);
	if (want & ELF_WANT_SYMBOLS && in->record->etype == ET_REL &&
	    (r = contents_find(in, e)) < 0)
		return r;
	/* Undefined symbols, contents, references and the symbol table's sums
	 * are no part of what is stored. */
	return fingerprint_compute(in->record, want & ELF_WANT_SYMBOLS, e);
}

/*
 * A small file, as most objects are, is read at once: libelf would read it in
 * nine pieces, each into memory of its own.  *ret NULL: it is large, or cannot
 * be read, which the reading in pieces says.  Of one that is cut short by now
 * *ret_size is what there was.
 */
static int read_whole(int fd, uint64_t size, char **ret, uint64_t *ret_size,
		      struct err *e)
{
	ssize_t n;
	char *all;

	*ret = NULL;
	if (size == 0 || size > ELF_WHOLE_MAX)
		return 0;
	all = malloc((size_t)size);
	if (!all)
		return err_nomem(e);
	n = pread(fd, all, (size_t)size, 0);
	if (n <= 0) {
		free(all);
		return 0;
	}
	*ret = all;
	*ret_size = (uint64_t)n;
	return 0;
}

/* Reading, not mapping: a file cut short by a running make must give an error
 * and not a SIGBUS; and what is not needed of a large one is not read. */
static int read_object(struct elf_reading *in, int fd, char *whole,
		       unsigned int want, struct err *e)
{
	int r = elf_check_sections(fd, whole, in->file_size, e);

	if (r < 0)
		return r;
	in->elf = whole ? elf_memory(whole, (size_t)in->file_size)
			: elf_begin(fd, ELF_C_READ, NULL);
	if (!in->elf || elf_kind(in->elf) != ELF_K_ELF)
		r = refuse_kind(fd, e);
	else
		r = read_all(in, want, e);
	if (in->elf)
		elf_end(in->elf);
	return r;
}

int elf_object_read(int fd, unsigned int want, struct object_record *ret,
		    struct err *e)
{
	struct object_record record = { .arena = ARENA_INIT };
	struct elf_reading in = { .record = &record };
	char *whole = NULL;
	struct stat st;
	int r;

	if (fstat(fd, &st) != 0)
		return err_set_errno(e, ERR_IO, "cannot stat");
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_FORMAT, "not a regular file");
	in.file_size = (uint64_t)st.st_size;
	in.small = want & ELF_WANT_SMALL;
	r = read_whole(fd, in.file_size, &whole, &in.file_size, e);
	if (r < 0)
		return r;
	in.may_read = want & ELF_WANT_SMALL ? ELF_SMALL_MAX : ELF_READ_MAX;
	if (in.may_read > in.file_size)
		in.may_read = in.file_size;
	r = read_object(&in, fd, whole, want, e);
	free(whole);
	if (r < 0) {
		object_record_release(&record);
		return r;
	}
	*ret = record;
	return 0;
}
