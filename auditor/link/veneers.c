/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the image has veneers, as local functions that belong to no input.
 */
#include "link/veneers.h"

#include <elf.h>
#include <string.h>

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

int veneers_find(struct veneers *v, struct link_work *w, struct err *e)
{
	const struct object_record *image = w->job->image;
	size_t n = 0;

	*v = (struct veneers){ 0 };
	if (image->machine != EM_ARM && image->machine != EM_AARCH64)
		return 0;
	for (size_t i = 0; i < image->nsymbols; i++)
		n += is_veneer(image, &image->symbols[i]);
	if (!n)
		return 0;
	v->list = arena_calloc(&w->scratch, n, sizeof(*v->list));
	if (!v->list)
		return err_nomem(e);
	for (size_t i = 0; i < image->nsymbols; i++) {
		const struct obj_symbol *s = &image->symbols[i];

		if (is_veneer(image, s))
			v->list[v->n++] = (struct veneer){ s->value,
							   s->value + s->size };
	}
	return 0;
}

/* They are called after the section they follow. */
static const char *veneer_section(struct veneers *v, struct link_work *w,
				  uint32_t last_sec)
{
	const char *name = ".text";

	/* A section may have many. */
	if (v->subject && v->subject_of == last_sec)
		return v->subject;
	if (last_sec != NO_SEC)
		name = w->names.list[w->secs[last_sec].name].text;
	v->subject_of = last_sec;
	v->subject = arena_printf(&w->scratch, "%s.__stub", name);
	return v->subject;
}

int veneers_place(struct veneers *v, struct link_work *w, uint32_t output,
		  uint32_t last_sec, uint64_t end, uint64_t *dot, struct err *e)
{
	/* The image's symbols are sorted by section and address, and so are
	 * the veneers; a section of the script may come in any order. */
	while (v->next < v->n && v->list[v->next].start < *dot)
		v->next++;
	while (v->next < v->n) {
		const struct veneer *x = &v->list[v->next];
		const char *subject;

		if (x->start < *dot || x->start >= end)
			break;
		subject = veneer_section(v, w, last_sec);
		if (!subject)
			return err_nomem(e);
		if (link_made(w, subject, x->end - x->start, e))
			return -ERR_NOMEM;
		w->outs[output].fill += x->start - *dot;
		end += x->end - *dot;
		*dot = x->end;
		v->next++;
	}
	return 0;
}
