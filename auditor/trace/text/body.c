/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/body.h"

#include <stdio.h>
#include <string.h>

#include "support/scan.h"
#include "trace/text/event_formats.h"
#include "trace/text/find.h"

struct body {
	const char *end;
	struct trace_names *names;
	struct event *ev;
	unsigned int seen;   /* bits of enum text_key */
	const char *last;    /* end of the last value that is needed */
	bool last_is_closed; /* it cannot go on after the line's end */
	bool decimal;	     /* addresses are printed so */
	bool page_null;
	bool cut;	 /* a value was only begun */
	bool empty_text; /* a key of a text is last, with nothing after it */
};

/* After ` (decimal)`, which the fields option prints after each value. */
static const char *skip_paren(const char *p, const char *end, uint64_t *v)
{
	const char *q;
	uint64_t n;

	if (!SCAN_LIT(p, end, " ("))
		return p;
	q = scan_num(p + 2, end, &n);
	if (q == p + 2 || q == end || *q != ')')
		return p;
	*v = n;
	return q + 1;
}

#define SHORT_DECIMAL_DIGITS 10 /* of 32 bits, from the upper half on */
#define HEX_DIGITS 16	  /* of 64 bits: what has more digits is decimal */
#define DECIMAL_DIGITS 20 /* of 64 bits, of the kernel's addresses */

/* An address in decimal, as Perfetto prints all of them?  Where it ends. */
static const char *scan_decimal(const char *p, const char *end, uint64_t *ret)
{
	const char *q = p;

	for (*ret = 0; q < end && scan_is_digit(*q); q++) {
		if (__builtin_mul_overflow(*ret, 10, ret) ||
		    __builtin_add_overflow(*ret, (uint64_t)(*q - '0'), ret))
			return p;
	}
	return q - p > HEX_DIGITS ? q : p;
}

/*
 * The same of a 32-bit kernel has ten digits, all of them decimal.  As hex it
 * would be no address that a kernel prints: those of 32 bits have eight
 * digits, those of 64 bits are padded to sixteen, or begin with f.  Old
 * kernels of s390 print shorter ones; their pointers say that they are 64
 * bits wide.
 */
static bool is_short_decimal(struct body *b, const char *p, const char *q,
			     uint64_t *ret)
{
	if (b->names->pointer_bits == 64 || scan_dec(p, q, ret) != q ||
	    *ret < (uint64_t)1 << 31 || *ret >> 32)
		return false;
	b->names->short_decimals = true;
	return true;
}

/* Kept as the kernel prints it, so that it is the same site. */
static void decimal_site(struct body *b, uint64_t addr)
{
	char text[HEX_DIGITS + 1];
	int n = snprintf(text, sizeof(text), "%0*llx", addr >> 32 ? 16 : 8,
			 (unsigned long long)addr);

	b->decimal = true;
	b->ev->site = trace_names_site_id(b->names, text, (size_t)n);
}

/* `symbol+0xoff/0xsize`, then maybe ` [module]` and ` (address)`. */
static const char *read_site(struct body *b, const char *p)
{
	const char *q = scan_to_space(p, b->end), *r;
	uint64_t ignored;

	if (q == p)
		return NULL;
	if (q - p > HEX_DIGITS && scan_is_digit(*p) &&
	    scan_decimal(p, q, &ignored) == q) {
		decimal_site(b, ignored);
		return q;
	}
	if (q - p == SHORT_DECIMAL_DIGITS &&
	    is_short_decimal(b, p, q, &ignored)) {
		decimal_site(b, ignored);
		return q;
	}
	if (SCAN_LIT(q, b->end, " [")) {
		r = memchr(q, ']', (size_t)(b->end - q));
		q = r ? r + 1 : q;
	}
	q = skip_paren(q, b->end, &ignored);
	b->ev->site = trace_names_site_id(b->names, p, (size_t)(q - p));
	return q;
}

static void learn_bits(struct body *b, uint64_t v, size_t digits, bool zerox)
{
	if (v >> 32 || (!zerox && digits == 16))
		b->names->pointer_bits = 64;
	else if (!b->names->pointer_bits && v >> 24 && (zerox || digits == 8))
		b->names->pointer_bits = 32;
}

/* [p, end) is a number that cannot be hex, or is none in a line whose call
 * site was decimal. */
static const char *read_decimal(struct body *b, const char *p, const char *end,
				uint64_t *ret)
{
	const char *q = scan_decimal(p, end, ret);

	if (q == p && end - p <= HEX_DIGITS)
		q = scan_dec(p, end, ret);
	b->decimal = true;
	return q == end ? q : NULL;
}

/* %p of every age, and libtraceevent's. */
static const char *read_pointer(struct body *b, const char *p, uint64_t *ret,
				unsigned int *flags)
{
	const char *q;
	uint64_t v;
	bool zerox;

	p = scan_spaces(p, b->end); /* NULL was padded on the left */
	b->last_is_closed = false;
	if (p < b->end && *p == '(') {
		q = memchr(p, ')', (size_t)(b->end - p));
		if (!q) {
			b->cut = true;
			return b->end - p < 20 ? b->end : NULL;
		}
		b->last_is_closed = true;
		*ret = 0;
		if (SCAN_LIT(p, b->end, "(null)") ||
		    SCAN_LIT(p, b->end, "(nil)"))
			*flags |= EVENT_PTR_NULL;
		else
			*flags |= EVENT_PTR_HIDDEN;
		return q + 1;
	}
	zerox = SCAN_LIT(p, b->end, "0x");
	p += zerox ? 2 : 0;
	q = scan_hex(p, b->end, &v);
	if (q == p)
		return q == b->end ? q : NULL;
	if (b->decimal || q - p > HEX_DIGITS) {
		q = read_decimal(b, p, q, &v);
		if (!q)
			return NULL;
		zerox = true; /* not so many digits of a width */
	}
	learn_bits(b, v, (size_t)(q - p), zerox);
	if (!v)
		*flags |= EVENT_PTR_NULL;
	else if (q - p == 16 && !(v >> 32) && v > 16 && !zerox)
		*flags |= EVENT_PTR_HASHED;
	b->last_is_closed = q - p == 16 || q - p >= DECIMAL_DIGITS ||
			    (q - p == 8 && b->names->pointer_bits == 32);
	*ret = v;
	p = q;
	q = skip_paren(p, b->end, &v);
	b->last_is_closed |= q > p;
	return q;
}

static const char *read_number(struct body *b, const char *p, uint64_t *ret)
{
	const char *q = scan_num(p, b->end, ret), *r;
	uint64_t ignored;

	if (q == p)
		return q == b->end ? q : NULL;
	/* Too large a number wraps, and must not be taken for a small one. */
	if (q - p >= DECIMAL_DIGITS && *p != '-' &&
	    scan_decimal(p, q, &ignored) != q)
		return NULL;
	r = skip_paren(q, b->end, &ignored);
	b->last_is_closed = r > q;
	return r;
}

/* A cache's name may hold blanks: it ends at ` bytes_req=` or the line. */
static const char *read_name(struct body *b, const char *p)
{
	const char *q = SCAN_FIND(p, b->end, " bytes_req=");

	if (!q)
		q = b->end;
	while (q > p && q[-1] == ' ')
		q--;
	/* Another event, whose line's beginning was lost. */
	if (text_carries_own_key(p, q))
		return NULL;
	b->ev->cache = intern_id(&b->names->caches, p, (size_t)(q - p));
	return q;
}

static const char *read_gfp(struct body *b, const char *p)
{
	const char *q = scan_to_space(p, b->end), *r = p + (q > p && *p == '-');
	uint64_t ignored;

	/* Names and numbers; what is glued to the last of them is somebody
	 * else's. */
	while (q == b->end && r < q && (scan_is_word(*r) || *r == '|'))
		r++;
	if (q > p && (q == b->end ? r < q : !scan_is_word(q[-1])))
		return NULL;
	b->ev->gfp = intern_id(&b->names->gfps, p, (size_t)(q - p));
	return skip_paren(q, b->end, &ignored);
}

static const char *read_page(struct body *b, const char *p)
{
	unsigned int flags = 0;
	uint64_t ignored;
	const char *q = read_pointer(b, p, &ignored, &flags);

	b->page_null = flags & EVENT_PTR_NULL;
	return q;
}

static const char *read_order(struct body *b, const char *p)
{
	uint64_t v = 0;
	const char *q = read_number(b, p, &v);

	if (v > EVENT_ORDER_MAX)
		return NULL;
	b->ev->order = (uint8_t)v;
	return q;
}

static const char *read_value(struct body *b, enum text_key key, const char *p)
{
	struct event *ev = b->ev;
	unsigned int flags = 0;
	uint64_t v = 0;
	const char *q;

	b->last_is_closed = false;
	switch (key) {
	case KEY_SITE:
		return read_site(b, p);
	case KEY_PTR:
		q = read_pointer(b, p, &ev->ptr, &flags);
		ev->flags |= (uint16_t)flags;
		return q;
	case KEY_PFN:
		return read_number(b, p, &ev->ptr);
	case KEY_REQ:
	case KEY_SIZE:
		return read_number(b, p, &ev->bytes_req);
	case KEY_ALLOC:
		return read_number(b, p, &ev->bytes_alloc);
	case KEY_NODE:
		q = read_number(b, p, &v);
		ev->node = (int32_t)(uint32_t)v;
		return q;
	case KEY_GFP:
		return read_gfp(b, p);
	case KEY_NAME:
		return read_name(b, p);
	case KEY_PAGE:
		return read_page(b, p);
	case KEY_ORDER:
		return read_order(b, p);
	case KEY_NONE:
		break;
	}
	return NULL;
}

/* Is every number there, and could the last one be half a number? */
static enum body_result judge(const struct body *b, unsigned int needs,
			      bool partial)
{
	bool at_end = b->last == b->end;

	if (b->cut || (b->seen & needs) != needs || (b->empty_text && partial))
		return BODY_CUT;
	if (b->empty_text)
		return BODY_UNSURE;
	if (!at_end || b->last_is_closed)
		return BODY_OK;
	if (partial)
		return BODY_CUT;
	/* A pointer of an odd width, or an allocation without the flags that
	 * every kernel prints last. */
	if (b->ev->op == EVENT_OP_ALLOC && !(b->seen & TEXT_BIT(KEY_GFP)))
		return BODY_UNSURE;
	if (b->ev->kind == KIND_PAGE)
		return b->seen & TEXT_BIT(KEY_ORDER) ? BODY_OK : BODY_UNSURE;
	return b->ev->ptr == 0x10 ? BODY_OK : BODY_UNSURE;
}

static void finish(struct body *b)
{
	struct event *ev = b->ev;

	if (ev->kind == KIND_PAGE &&
	    (b->page_null || ev->ptr == UINT64_MAX || ev->ptr == UINT32_MAX))
		ev->flags |= EVENT_PTR_NULL;
	if (ev->kind == KIND_PERCPU && !(b->seen & TEXT_BIT(KEY_ALLOC)))
		ev->bytes_alloc = ev->bytes_req;
	if ((b->seen & TEXT_BIT(KEY_NODE)) &&
	    (ev->name == EVENT_KMALLOC || ev->name == EVENT_KMEM_CACHE_ALLOC))
		ev->flags |= EVENT_MODERN;
}

enum body_result text_body(int known, const char *p, const char *end,
			   bool partial, struct trace_names *names,
			   struct event *ev)
{
	const struct event_form *form = text_form(known);
	struct body b = { .end = end, .names = names, .ev = ev };
	enum body_result r;

	ev->name = form->id;
	ev->op = form->op;
	ev->kind = form->kind;
	ev->node = EVENT_NODE_ANY;
	b.last = p;
	for (p = scan_spaces(p, end); p < end; p = scan_spaces(p, end)) {
		size_t len = 0;
		enum text_key key = text_key_at(p, end, &len);
		bool closed = b.last_is_closed;

		if (key == KEY_NONE) {
			p = scan_to_space(p, end);
			continue;
		}
		/* Twice the same key: two lines printed into one. */
		if (b.seen & TEXT_BIT(key))
			return BODY_BAD;
		if (p + len == end) {
			/* With hash-ptr off, 5.12 to 6.1 print the first text
			 * of an event empty: `name=`. */
			b.empty_text = key == KEY_NAME || key == KEY_GFP;
			b.cut = !b.empty_text;
			b.seen |= TEXT_BIT(key);
			break;
		}
		p = read_value(&b, key, p + len);
		if (!p || (p < end && *p != ' '))
			return BODY_BAD;
		b.seen |= TEXT_BIT(key);
		if (form->needs & TEXT_BIT(key))
			b.last = p;
		else
			b.last_is_closed = closed;
	}
	r = judge(&b, form->needs, partial);
	finish(&b);
	if (ev->bytes_req > EVENT_BYTES_MAX ||
	    ev->bytes_alloc > EVENT_BYTES_MAX)
		return BODY_BAD;
	if (r != BODY_CUT && ev->bytes_alloc < ev->bytes_req)
		return r == BODY_OK ? BODY_BAD : BODY_CUT;
	if (ev->site == INTERN_NONE || ev->gfp == INTERN_NONE ||
	    ev->cache == INTERN_NONE)
		return BODY_NOMEM;
	return r;
}
