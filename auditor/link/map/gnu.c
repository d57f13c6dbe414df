/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text that GNU ld writes for -Map.  Three kinds of lines matter: an
 * output section in the first column, an input section one column in, and
 * what the script says from column 16 on.  A name of more than 15 characters
 * has a line of its own, before its address.
 */
#include <string.h>

#include "link/map/map.h"

enum part { PART_HEAD, PART_DISCARDED, PART_MAP };

struct gnu {
	struct map *m;
	enum part part;
	struct token output, input; /* names that wait for their address */
	/* ". = x" on the line before: a fill right behind it is its, unless x
	 * is where dot was.  x is no measure of it: for ". = 0x100" the map
	 * tells 0x100, and it is off behind merged sections. */
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
	struct token a = map_word(&copy), s = map_word(&copy);

	if (!is_hex(a) || !is_hex(s) || !map_hex(a, ret_addr) ||
	    !map_hex(s, ret_size))
		return false;
	*line = copy;
	return true;
}

static int output_place(struct gnu *g, struct token name,
			struct script_text *line)
{
	static const char words[] = "load address ";
	uint64_t addr, size, load;
	struct token rest;
	bool has_load = false;

	if (!read_place(line, &addr, &size))
		return 0;
	rest = map_rest(line);
	if (rest.len > sizeof(words) - 1 &&
	    !memcmp(rest.text, words, sizeof(words) - 1)) {
		rest.text += sizeof(words) - 1;
		rest.len -= sizeof(words) - 1;
		has_load = map_hex(rest, &load);
	}
	return map_output(g->m, name, addr, size, has_load ? &load : NULL);
}

static int input_place(struct gnu *g, struct token name,
		       struct script_text *line)
{
	uint64_t addr, size;
	struct token file;

	if (!read_place(line, &addr, &size))
		return 0;
	file = map_rest(line);
	if (!file.len)
		return 0;
	return g->part == PART_MAP ? map_input(g->m, name, file, addr, size)
				   : map_discarded(g->m, name, file);
}

static void fill(struct gnu *g, struct script_text *line)
{
	uint64_t addr, size;

	if (read_place(line, &addr, &size))
		map_fill(g->m, addr, size,
			 g->jumped && !g->jump_aligns && g->jump != addr);
}

/* " .text  0xADDR 0xSIZE file", " *fill* ...", " *(.text)", " .long.name" */
static int input_line(struct gnu *g, struct script_text line)
{
	struct token name = map_word(&line);
	struct script_text behind = line;
	struct token next = map_word(&line);

	g->input.len = 0;
	if (token_is(&name, "*fill*")) {
		fill(g, &behind);
		g->jumped = false;
		return 0;
	}
	g->jumped = false;
	if (is_hex(next))
		return input_place(g, name, &behind);
	if (!next.len)
		g->input = name;
	return 0;
}

/* From column 16: the address that a name waits for, a symbol, ". = x",
 * "LONG 0x0". */
static int script_line(struct gnu *g, struct script_text line)
{
	static const char *const data[] = {
		"BYTE", "SHORT", "LONG", "QUAD", "SQUAD",
	};
	struct script_text copy = line;
	struct token name = g->input, word, rest;
	uint64_t addr, size;

	g->input.len = 0;
	if (name.len && read_place(&copy, &addr, &size))
		return input_place(g, name, &line);
	g->jumped = false;
	if (read_place(&line, &addr, &size)) {
		word = map_word(&line);
		for (size_t i = 0; i < sizeof(data) / sizeof(*data); i++)
			if (token_is(&word, data[i]))
				map_fill(g->m, addr, size, true);
		return 0;
	}
	word = map_word(&line);
	if (!map_hex(word, &addr))
		return 0;
	rest = map_rest(&line);
	if (rest.len > 3 && !memcmp(rest.text, ". =", 3)) {
		g->jumped = true;
		g->jump = addr;
		g->jump_aligns = contains(rest, "ALIGN");
	}
	return 0;
}

static int map_part_line(struct gnu *g, struct script_text line)
{
	struct token name = g->output;
	size_t indent = 0;

	while (line.p + indent < line.end && line.p[indent] == ' ')
		indent++;
	g->output.len = 0;
	if (indent >= 16)
		return name.len ? output_place(g, name, &line)
				: script_line(g, line);
	if (indent)
		return input_line(g, line);
	name = map_word(&line);
	if (!name.len)
		return 0;
	g->input.len = 0;
	g->jumped = false;
	map_close(g->m);
	if (map_rest(&(struct script_text){ line.p, line.end }).len)
		return output_place(g, name, &line);
	g->output = name;
	return 0;
}

static bool heading(struct gnu *g, struct script_text line)
{
	struct token t = { line.p, (size_t)(line.end - line.p) };

	if (token_is(&t, "Discarded input sections"))
		g->part = PART_DISCARDED;
	else if (token_is(&t, "Memory Configuration"))
		g->part = PART_HEAD;
	else if (token_is(&t, "Linker script and memory map"))
		g->part = PART_MAP;
	else
		return false;
	g->input.len = g->output.len = 0;
	return true;
}

int map_read_gnu(struct map *m)
{
	struct script_text text = { m->w->job->map,
				    m->w->job->map + m->w->job->map_len };
	struct gnu g = { .m = m };
	struct script_text line;
	int rc = 0;

	while (!rc && map_line(&text, &line)) {
		if (line.p == line.end || heading(&g, line))
			continue;
		if (g.part == PART_MAP)
			rc = map_part_line(&g, line);
		else if (g.part == PART_DISCARDED && *line.p == ' ')
			rc = line.end - line.p > 16 &&
					     !memcmp(line.p, "                ",
						     16)
				     ? script_line(&g, line)
				     : input_line(&g, line);
	}
	return rc;
}
