/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text that GNU ld writes for -Map.  Three kinds of lines matter: an
 * output section in the first column, an input section one column in, and
 * what the script says from column 16 on.  A name of more than 15 characters
 * has a line of its own, before its address.
 */
#include "link/map/gnu.h"

#include <string.h>

#include "link/map/line.h"

enum chapter { CHAPTER_HEAD, CHAPTER_DISCARDED, CHAPTER_MAP };

struct gnu {
	struct linkmap *m;
	enum chapter chapter;
	struct token output, input; /* names that wait for their address */
	/* ". = x" on the line before: a fill right after it is its, unless x
	 * is where dot was.  x is no measure of it: for ". = 0x100" the map
	 * tells 0x100, and it is off after merged sections. */
	uint64_t jump;
	bool jumped, jump_aligns;
};

static bool is_hex(struct token t)
{
	return t.len > 2 && t.text[0] == '0' && t.text[1] == 'x';
}

static bool contains(struct token t, const char *word)
{
	return memmem(t.text, t.len, word, strlen(word)) != NULL;
}

/* "0xADDR 0xSIZE"; false leaves the line as it was. */
static bool read_place(struct script_text *line, uint64_t *ret_addr,
		       uint64_t *ret_size)
{
	struct script_text copy = *line;
	struct token a = linkmap_word(&copy), s = linkmap_word(&copy);

	if (!is_hex(a) || !is_hex(s) || !linkmap_hex(a, ret_addr) ||
	    !linkmap_hex(s, ret_size))
		return false;
	*line = copy;
	return true;
}

static void output_place(struct gnu *g, struct token name,
			 struct script_text *line)
{
	static const char words[] = "load address ";
	uint64_t addr, size, load;
	struct token rest;
	bool has_load = false;

	if (!read_place(line, &addr, &size))
		return;
	rest = linkmap_rest(line);
	if (rest.len > sizeof(words) - 1 &&
	    !memcmp(rest.text, words, sizeof(words) - 1)) {
		rest.text += sizeof(words) - 1;
		rest.len -= sizeof(words) - 1;
		has_load = linkmap_hex(rest, &load);
	}
	linkmap_output(g->m, name, addr, size, has_load ? &load : NULL);
}

static int input_place(struct gnu *g, struct token name,
		       struct script_text *line, struct err *e)
{
	uint64_t addr, size;
	struct token file;

	if (!read_place(line, &addr, &size))
		return 0;
	file = linkmap_rest(line);
	if (!file.len)
		return 0;
	return g->chapter == CHAPTER_MAP
		       ? linkmap_input(g->m, name, file, addr, size, e)
		       : linkmap_discarded(g->m, name, file, e);
}

static void fill(struct gnu *g, struct script_text *line)
{
	uint64_t addr, size;

	if (read_place(line, &addr, &size))
		linkmap_fill(g->m, addr, size,
			     g->jumped && !g->jump_aligns && g->jump != addr);
}

/* " .text  0xADDR 0xSIZE file", " *fill* ...", " *(.text)", " .long.name" */
static int input_line(struct gnu *g, struct script_text line, struct err *e)
{
	struct token name = linkmap_word(&line);
	struct script_text rest = line;
	struct token next = linkmap_word(&line);

	g->input.len = 0;
	if (token_is(&name, "*fill*")) {
		fill(g, &rest);
		g->jumped = false;
		return 0;
	}
	g->jumped = false;
	if (is_hex(next))
		return input_place(g, name, &rest, e);
	if (!next.len)
		g->input = name;
	return 0;
}

/* From column 16: the address that a name waits for, a symbol, ". = x",
 * "LONG 0x0". */
static int script_line(struct gnu *g, struct script_text line, struct err *e)
{
	static const char *const data[] = {
		"BYTE", "SHORT", "LONG", "QUAD", "SQUAD",
	};
	struct script_text copy = line;
	struct token name = g->input, word, rest;
	uint64_t addr, size;

	g->input.len = 0;
	if (name.len && read_place(&copy, &addr, &size))
		return input_place(g, name, &line, e);
	g->jumped = false;
	if (read_place(&line, &addr, &size)) {
		word = linkmap_word(&line);
		for (size_t i = 0; i < sizeof(data) / sizeof(*data); i++)
			if (token_is(&word, data[i]))
				linkmap_fill(g->m, addr, size, true);
		return 0;
	}
	word = linkmap_word(&line);
	if (!linkmap_hex(word, &addr))
		return 0;
	rest = linkmap_rest(&line);
	if (rest.len > 3 && !memcmp(rest.text, ". =", 3)) {
		g->jumped = true;
		g->jump = addr;
		g->jump_aligns = contains(rest, "ALIGN");
	}
	return 0;
}

static int map_chapter_line(struct gnu *g, struct script_text line,
			    struct err *e)
{
	struct token name = g->output;
	size_t indent = 0;

	while (line.p + indent < line.end && line.p[indent] == ' ')
		indent++;
	g->output.len = 0;
	if (indent >= 16 && !name.len)
		return script_line(g, line, e);
	if (indent >= 16) {
		output_place(g, name, &line);
		return 0;
	}
	if (indent)
		return input_line(g, line, e);
	name = linkmap_word(&line);
	if (!name.len)
		return 0;
	g->input.len = 0;
	g->jumped = false;
	linkmap_close(g->m);
	if (linkmap_rest(&(struct script_text){ line.p, line.end }).len)
		output_place(g, name, &line);
	else
		g->output = name;
	return 0;
}

static bool heading(struct gnu *g, struct script_text line)
{
	struct token t = { line.p, (size_t)(line.end - line.p) };

	if (token_is(&t, "Discarded input sections"))
		g->chapter = CHAPTER_DISCARDED;
	else if (token_is(&t, "Memory Configuration"))
		g->chapter = CHAPTER_HEAD;
	else if (token_is(&t, "Linker script and memory map"))
		g->chapter = CHAPTER_MAP;
	else
		return false;
	g->input.len = g->output.len = 0;
	return true;
}

int linkmap_read_gnu(struct linkmap *m, struct err *e)
{
	struct script_text text = { m->w->job->map,
				    m->w->job->map + m->w->job->map_len };
	struct gnu g = { .m = m };
	struct script_text line;
	int r = 0;

	while (!r && linkmap_line(&text, &line)) {
		if (line.p == line.end || heading(&g, line))
			continue;
		if (g.chapter == CHAPTER_MAP)
			r = map_chapter_line(&g, line, e);
		else if (g.chapter == CHAPTER_DISCARDED && *line.p == ' ')
			r = line.end - line.p > 16 &&
					    !memcmp(line.p, "                ",
						    16)
				    ? script_line(&g, line, e)
				    : input_line(&g, line, e);
	}
	return r;
}
