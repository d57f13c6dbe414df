/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stubs (ARM calls them veneers): code that the linker makes where a branch
 * does not reach its target or must change the instruction set.  Only the
 * image has them, as local functions that belong to no input.
 */
#include <elf.h>
#include <string.h>

#include "link/script/replay.h"

/* "__printk_veneer"; with ld -X, as ARM's kernels are linked, no name. */
static bool is_veneer(const struct object_record *image,
		      const struct obj_symbol *s)
{
	static const char suffix[] = "_veneer";
	size_t len, n = sizeof(suffix) - 1;

	if (s->type != STT_FUNC || s->bind != STB_LOCAL || !s->size ||
	    !SYM_IN_SECTION(s))
		return false;
	len = strlen(s->name);
	if (!len)
		return image->machine == EM_ARM;
	return len > n && strcmp(s->name + len - n, suffix) == 0;
}

int veneers_find(struct replay *r)
{
	const struct object_record *image = r->w->job->image;
	size_t n = 0;

	if (image->machine != EM_ARM && image->machine != EM_AARCH64)
		return 0;
	for (int pass = 0; pass < 2; pass++) {
		n = 0;
		for (size_t i = 0; i < image->nsymbols; i++) {
			const struct obj_symbol *s = &image->symbols[i];

			if (!is_veneer(image, s))
				continue;
			if (pass)
				r->veneers[n] = (struct veneer){
					s->value, s->value + s->size
				};
			n++;
		}
		if (!pass && n)
			r->veneers = arena_calloc(&r->w->scratch, n,
						  sizeof(*r->veneers));
		if (n && !r->veneers)
			return -1;
	}
	r->nveneers = n;
	return 0;
}

/* They are called after the section they stand behind. */
static const char *veneer_section(struct replay *r)
{
	const char *name = ".text";

	if (r->last_sec != NO_SEC)
		name = r->w->names.list[r->w->secs[r->last_sec].name].text;
	return arena_printf(&r->w->scratch, "%s.__stub", name);
}

int veneers_place(struct replay *r, uint64_t end)
{
	/* The image's symbols are sorted by section and address, and so are
	 * the veneers; a section of the script may come in any order. */
	while (r->next_veneer < r->nveneers &&
	       r->veneers[r->next_veneer].start < r->dot)
		r->next_veneer++;
	while (r->next_veneer < r->nveneers) {
		const struct veneer *x = &r->veneers[r->next_veneer];
		const char *subject;

		if (x->start < r->dot || x->start >= end)
			break;
		subject = veneer_section(r);
		if (!subject || link_made(r->w, subject, x->end - x->start))
			return -1;
		r->w->outs[r->output].fill += x->start - r->dot;
		end += x->end - r->dot;
		r->dot = x->end;
		r->next_veneer++;
	}
	return 0;
}
