/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text that LLVM's lld writes for -Map: a table of VMA, LMA, size,
 * alignment, and a name that is indented by what it is: an output section,
 * an input section or a statement of the script, a symbol.  It has no lines
 * for padding (what lies between two input sections is), and none for what
 * was discarded.
 */
#include "link/map/lld.h"

#include <string.h>

#include "link/map/line.h"

/* Columns of the name, counted from that of an output section. */
#define COLUMN_INPUT 8
#define COLUMN_SYMBOL 16

struct lld_line {
	uint64_t vma, lma, size;
	size_t indent;
	struct token text;
};

static bool read_line(struct script_text line, struct lld_line *ret)
{
	struct token vma = linkmap_word(&line), lma = linkmap_word(&line);
	struct token size = linkmap_word(&line), align = linkmap_word(&line);

	if (!linkmap_hex(vma, &ret->vma) || !linkmap_hex(lma, &ret->lma) ||
	    !linkmap_hex(size, &ret->size) || !align.len)
		return false;
	/* One space ends the last column of numbers. */
	ret->indent = 0;
	while (line.p + 1 + ret->indent < line.end &&
	       line.p[1 + ret->indent] == ' ')
		ret->indent++;
	ret->text = linkmap_rest(&line);
	return ret->text.len > 0;
}

/* "file:(section)"; false for a statement of the script. */
static bool split_input(struct token t, struct token *ret_file,
			struct token *ret_section)
{
	if (!t.len || t.text[t.len - 1] != ')')
		return false;
	for (size_t i = t.len - 1; i-- > 1;) {
		if (t.text[i] != '(' || t.text[i - 1] != ':')
			continue;
		*ret_file = (struct token){ t.text, i - 1 };
		*ret_section = (struct token){ t.text + i + 1, t.len - i - 2 };
		return true;
	}
	return false;
}

static int input_line(struct linkmap *m, const struct lld_line *x,
		      uint64_t *dot, struct err *e)
{
	struct token file, section;
	bool aligns;

	if (x->vma > *dot)
		linkmap_fill(m, *dot, x->vma - *dot, false);
	if (x->vma >= *dot)
		*dot = x->vma + x->size;
	if (split_input(x->text, &file, &section))
		return linkmap_input(m, section, file, x->vma, x->size, e);
	aligns = memmem(x->text.text, x->text.len, "ALIGN", 5) != NULL;
	linkmap_fill(m, x->vma, x->size, !aligns);
	return 0;
}

bool linkmap_is_lld(const struct link_job *job)
{
	struct script_text text = { job->map, job->map + job->map_len };
	struct script_text line;
	struct token a, b;

	if (!linkmap_line(&text, &line))
		return false;
	a = linkmap_word(&line);
	b = linkmap_word(&line);
	return token_is(&a, "VMA") && token_is(&b, "LMA");
}

int linkmap_read_lld(struct linkmap *m, struct err *e)
{
	struct script_text text = { m->w->job->map,
				    m->w->job->map + m->w->job->map_len };
	struct script_text line;
	uint64_t dot = 0;
	int r = 0;

	while (!r && linkmap_line(&text, &line)) {
		struct lld_line x;

		if (!read_line(line, &x) || x.indent >= COLUMN_SYMBOL)
			continue;
		if (x.indent >= COLUMN_INPUT) {
			r = input_line(m, &x, &dot, e);
			continue;
		}
		linkmap_output(m, x.text, x.vma, x.size, &x.lma);
		dot = x.vma;
	}
	m->only_placed = true;
	return r;
}
