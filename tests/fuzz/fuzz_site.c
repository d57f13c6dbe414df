/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call sites against a small build: the kernel's list of symbols, then the
 * sites of a trace.  The first byte has flags, then come lines of kallsyms
 * up to an empty line, then a site a line: `@hex text` has an address, too.
 */
#include "symbols_fixture.h"

#include "model/site_text.h"
#include "symbols/kallsyms.h"
#include "symbols/kaslr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FLAG_ARM = 1, FLAG_KALLSYMS = 2, FLAG_SLIDE = 4 };

#define SITES_MAX 512

static void add_vmlinux(struct fix *f, uint64_t base)
{
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_symbol_of(f, "_text", base, 0, T_NOTYPE, B_GLOBAL, MAP_NONE);
	fix_place(f, base, 0x100, 0, RETURNS(5, 0x17, 0x2b, 0x100));
	fix_symbol(f, "first", base, 0x20);
	fix_symbol(f, "alias", base, 0x20);
	fix_symbol(f, "init_once", base + 0x20, 0x10);
	fix_symbol_of(f, "weak", base + 0x40, 0x10, T_FUNC, B_WEAK, 0);
	fix_place(f, base + 0x100, 0x80, 1, RETURNS(0x11, 0x29, 0x40));
	fix_symbol(f, "second", base + 0x100, 0x30);
	fix_symbol(f, "init_once", base + 0x130, 0x10);
	fix_symbol(f, "weak", base + 0x140, 0x10);
	/* Empty, without returns, and one whose object is not known. */
	fix_place(f, base + 0x180, 0, 2, NULL);
	fix_place(f, base + 0x180, 0x80, 3, NULL);
	fix_symbol(f, "third.isra.0", base + 0x180, 0x80);
	fix_place(f, base + 0x1000, 0x20, MAP_NONE, RETURNS(4, 8));
	fix_symbol(f, "stub", base + 0x1000, 0x20);
	fix_symbol_of(f, "_etext", base + 0x2000, 0, T_NOTYPE, B_GLOBAL,
		      MAP_NONE);
}

static void add_module(struct fix *f, const char *name, uint32_t object)
{
	fix_image(f, name);
	fix_space(f, ".text");
	fix_place(f, 0, 0x60, object, RETURNS(6, 0x20, 0x60));
	fix_symbol(f, "init_once", 0, 0x20);
	fix_symbol(f, "own", 0x20, 0x20);
	fix_space(f, ".init.text");
	fix_place(f, 0, 0x20, object, RETURNS(7));
	fix_symbol(f, "init_module", 0, 0x20);
}

static struct fix *make_build(bool arm)
{
	struct fix *f = arm ? fix_new(40, false) : fix_new(62, true);

	add_vmlinux(f, arm ? UINT64_C(0xc0008000) : BASE);
	add_module(f, "fuse", 10);
	add_module(f, "snd_pcm", 11);
	f->map.images[2].placed = false;
	return f;
}

static bool in(uint32_t i, size_t n)
{
	return i == MAP_NONE || i < n;
}

static void check(const struct fix *f, const struct site_match *m)
{
	if (m->state > SITE_NO_BUILD || !in(m->object, f->map.nobjects) ||
	    !in(m->space, f->map.nspaces) ||
	    !in(m->function, f->map.nsymbols) ||
	    !in(m->symbol, f->map.nsymbols) ||
	    m->ncandidates > SITE_CANDIDATES_MAX)
		abort();
	if ((m->state == SITE_OBJECT && m->object == MAP_NONE) ||
	    (m->state == SITE_AMBIGUOUS && m->ncandidates < 1))
		abort();
	for (size_t i = 0; i < m->ncandidates; i++)
		if (!in(m->candidates[i].object, f->map.nobjects) ||
		    !in(m->candidates[i].space, f->map.nspaces))
			abort();
}

/* A line as a site; the text in memory of its exact size. */
static void ask(struct fix *f, const char *p, size_t len)
{
	struct trace_site site = { .addr = 0 };
	char *copy;

	if (len && *p == '@') {
		size_t n = site_text_hex(p + 1, p + len, &site.addr) + 1;

		n += n < len; /* the blank */
		p += n;
		len -= n;
	}
	copy = malloc(len + !len);
	if (!copy)
		abort();
	memcpy(copy, p, len);
	site.text = len ? copy : NULL;
	site.len = len;
	if (resolver_site(f->r, &site, &f->m, &f->e))
		abort();
	check(f, &f->m);
	free(copy);
}

static const char *line_end(const char *p, const char *end)
{
	const char *stop = memchr(p, '\n', (size_t)(end - p));

	return stop ? stop : end;
}

static void find_kaslr_offset(struct fix *f, const char *p, const char *end)
{
	uint64_t addresses[SITES_MAX];
	size_t n = 0;

	while (p < end && n < SITES_MAX) {
		const char *stop = line_end(p, end);

		if (*p == '@' && site_text_hex(p + 1, stop, &addresses[n]))
			n++;
		p = stop + 1;
	}
	resolver_find_kaslr_offset(f->r, addresses, n);
}

static void give_kallsyms(struct fix *f, const char *p, size_t len)
{
	char *copy = malloc(len + !len);
	bool usable;

	if (!copy)
		abort();
	memcpy(copy, p, len);
	if (resolver_kallsyms(f->r, copy, len, &usable, &f->e))
		abort();
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fix *builds[2];
	const char *p = (const char *)data + 1, *end = p + size - 1, *sites = p;
	struct fix *f;

	if (!size)
		return 0;
	if (!builds[0]) {
		builds[0] = make_build(false);
		builds[1] = make_build(true);
	}
	f = builds[data[0] & FLAG_ARM];
	fix_start(f);
	if (data[0] & FLAG_KALLSYMS) {
		const char *gap = memmem(p, size - 1, "\n\n", 2);

		sites = gap ? gap + 2 : end;
		give_kallsyms(f, p, (size_t)(sites - p));
	}
	if (data[0] & FLAG_SLIDE)
		find_kaslr_offset(f, sites, end);
	for (int n = 0; sites < end && n < SITES_MAX; n++) {
		const char *stop = line_end(sites, end);

		ask(f, sites, (size_t)(stop - sites));
		sites = stop + 1;
	}
	resolver_free(f->r);
	f->r = NULL;
	return 0;
}
