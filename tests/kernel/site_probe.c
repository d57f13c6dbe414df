/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds the resolver, on what an audit stored, against every call site of a
 * real kernel (tests/kernel/sites.py).
 *
 *	site_probe DATABASE BUILD OUT
 *
 * reads OUT.sites and OUT.kallsyms.  Resolves each site by its raw address,
 * by its text alone, and by both, and prints a line for each:
 *
 *	raw sites N wrong N object N ambiguous N unknown N no_object N
 *	    agreed N named N
 *
 * wrong: another object than the linker says, or, where ambiguous, not among
 * the candidates; named: shown by the kernel's own symbol and offset.  Exit 1
 * where a site is wrong.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/codemap_rows.h"
#include "store/store.h"
#include "symbols/resolve.h"
#include "symbols/kaslr.h"
#include "symbols/kallsyms.h"

#define TRIED 500 /* sites that the KASLR offset is found by */

struct site {
	const char *text;
	uint64_t addr;
	int64_t path; /* of the object */
};

struct probe {
	struct store *store;
	struct symbol_map map;
	struct site *v;
	size_t n;
};

struct sums {
	size_t states[SITE_NO_BUILD + 1], wrong, agreed, named;
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "site_probe: %s: %s\n", what, why);
	exit(3);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static char *slurp(const char *out, const char *suffix, size_t *ret_len)
{
	char path[4096];
	char *text;
	long size = -1;
	FILE *f;

	snprintf(path, sizeof(path), "%s%s", out, suffix);
	f = fopen(path, "r");
	if (f && fseek(f, 0, SEEK_END) == 0)
		size = ftell(f);
	if (size < 0)
		die(path, "cannot be read");
	rewind(f);
	text = malloc((size_t)size + 1);
	if (!text || fread(text, 1, (size_t)size, f) != (size_t)size)
		die(path, "cannot be read");
	fclose(f);
	text[size] = '\0';
	*ret_len = (size_t)size;
	return text;
}

static int number(void *ctx, const char *text, size_t len, int64_t *ret,
		  struct err *e)
{
	return store_name_find(ctx, text, len, ret, e);
}

static int text_of(void *ctx, int64_t name, const char **ret, struct err *e)
{
	return store_name_text(ctx, name, ret, e);
}

static void read_sites(struct probe *p, char *text)
{
	char *save = NULL;
	size_t cap = 0;
	struct err e;

	for (char *line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *name = strchr(line, '\t');
		char *path = name ? strchr(name + 1, '\t') : NULL;

		if (!path)
			die(line, "no site");
		*path++ = '\0';
		if (p->n == cap) {
			cap = cap ? cap * 2 : 65536;
			p->v = realloc(p->v, cap * sizeof(*p->v));
			if (!p->v)
				die("sites", "out of memory");
		}
		p->v[p->n] = (struct site){ .text = name + 1,
					    .addr = strtoull(line, NULL, 16) };
		if (store_path(p->store, path, &p->v[p->n++].path, &e))
			die(path, e.text);
	}
}

static bool is_right(const struct probe *p, const struct site *s,
		     const struct site_match *m)
{
	if (m->state == SITE_OBJECT)
		return p->map.objects[m->object].path == s->path;
	for (size_t i = 0; i < m->ncandidates; i++)
		if (m->candidates[i].object != MAP_NONE &&
		    p->map.objects[m->candidates[i].object].path == s->path)
			return true;
	return m->state != SITE_AMBIGUOUS;
}

/* Whether the symbol and the offset are those that the kernel prints. */
static bool is_named(const struct probe *p, const struct site *s,
		     const struct site_match *m)
{
	const char *name;
	char text[1024];
	struct err e;

	if (m->symbol == MAP_NONE)
		return false;
	if (store_name_text(p->store, p->map.symbols[m->symbol].name, &name,
			    &e))
		die(s->text, e.text);
	snprintf(text, sizeof(text), "%s+0x%llx/", name,
		 (unsigned long long)m->offset);
	if (m->offset == 0)
		snprintf(text, sizeof(text), "%s+0x0/", name);
	return strncmp(text, s->text, strlen(text)) == 0;
}

static size_t resolve_all(const struct probe *p, struct resolver *r,
			  const char *what, bool text, bool raw)
{
	struct sums t = { .wrong = 0 };
	double start = now();

	for (size_t i = 0; i < p->n; i++) {
		const struct site *s = &p->v[i];
		struct trace_site site = {
			.text = text ? s->text : NULL,
			.len = text ? strlen(s->text) : 0,
			.addr = raw ? s->addr : 0,
		};
		struct site_match m;
		struct err e;

		if (resolver_site(r, &site, &m, &e))
			die(s->text, e.text);
		t.states[m.state]++;
		t.agreed += m.agreed;
		t.named += is_named(p, s, &m);
		if (text && m.state == SITE_UNKNOWN)
			fprintf(stderr, "%s: %s is not known\n", what, s->text);
		if (is_right(p, s, &m))
			continue;
		if (t.wrong++ < 20)
			fprintf(stderr, "%s: %s is in another object\n", what,
				s->text);
	}
	printf("%s sites %zu wrong %zu object %zu ambiguous %zu unknown %zu no_object %zu agreed %zu named %zu\n",
	       what, p->n, t.wrong, t.states[SITE_OBJECT],
	       t.states[SITE_AMBIGUOUS], t.states[SITE_UNKNOWN],
	       t.states[SITE_NO_OBJECT], t.agreed, t.named);
	fprintf(stderr, "%s: %.1f ms\n", what, now() - start);
	return t.wrong;
}

static struct resolver *start(const struct probe *p)
{
	struct name_numbers names = { p->store, number, text_of };
	struct resolver *r;
	double began = now();
	struct err e;

	if (resolver_new(&p->map, names, &r, &e))
		die("resolver", e.text);
	fprintf(stderr, "resolver_new: %.1f ms\n", now() - began);
	return r;
}

static void print_kaslr_offset(const struct resolver *r, const char *what,
			       double ms)
{
	int64_t kaslr_offset;

	if (resolver_kaslr_offset(r, &kaslr_offset))
		printf("%s kaslr_offset 0x%llx\n", what,
		       (unsigned long long)kaslr_offset);
	else
		printf("%s kaslr_offset unknown\n", what);
	fprintf(stderr, "%s: %.1f ms\n", what, ms);
}

int main(int argc, char **argv)
{
	struct probe p = { .n = 0 };
	uint64_t tried[TRIED];
	struct resolver *r;
	bool usable = false;
	size_t len, wrong;
	double began;
	struct err e;
	char *sites, *kallsyms;

	if (argc != 4)
		die("usage", "site_probe DATABASE BUILD OUT");
	if (store_open(argv[1], &p.store, &e) || store_begin(p.store, 1000, &e))
		die(argv[1], e.text);
	began = now();
	if (store_map_load(p.store, strtoll(argv[2], NULL, 10), &p.map, &e))
		die(argv[1], e.text);
	fprintf(stderr, "store_map_load: %.1f ms\n", now() - began);
	sites = slurp(argv[3], ".sites", &len);
	read_sites(&p, sites);

	r = start(&p);
	for (size_t i = 0; i < TRIED; i++)
		tried[i] = p.v[i * (p.n / TRIED)].addr;
	began = now();
	resolver_find_kaslr_offset(r, tried, TRIED);
	print_kaslr_offset(r, "tried", now() - began);
	resolver_free(r);

	r = start(&p);
	wrong = resolve_all(&p, r, "text", true, false);
	kallsyms = slurp(argv[3], ".kallsyms", &len);
	began = now();
	if (resolver_kallsyms(r, kallsyms, len, &usable, &e))
		die("kallsyms", e.text);
	print_kaslr_offset(r, "kallsyms", now() - began);
	wrong += resolve_all(&p, r, "raw", false, true);
	wrong += resolve_all(&p, r, "both", true, true);
	resolver_free(r);
	symbol_map_release(&p.map);
	store_close(p.store);
	/* Leaks would be all that a sanitizer lets through. */
	free(p.v);
	free(sites);
	free(kallsyms);
	return wrong != 0;
}
