/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/messages/known.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

/* Where compilers put what they made of a function. */
static const char *const suffixes[] = { ".cold",       ".part",	 ".isra",
					".constprop",  ".llvm",	 ".lto_priv",
					".localalias", "_noprof" };

size_t known_base_length(const char *symbol)
{
	size_t len = strlen(symbol);
	const char *dot = len ? strchr(symbol + 1, '.') : NULL;

	if (dot)
		for (size_t i = 0; i + 1 < sizeof(suffixes) / sizeof(*suffixes);
		     i++)
			if (strncmp(dot, suffixes[i], strlen(suffixes[i])) ==
			    0) {
				len = (size_t)(dot - symbol);
				break;
			}
	return len;
}

bool known_is_cold(const char *symbol)
{
	return strstr(symbol, ".cold") != NULL;
}

/* Most symbols are none of these: two bytes tell. */
static unsigned int beginning(const char *name)
{
	unsigned int a = (unsigned char)name[0];
	unsigned int b = a ? (unsigned char)name[1] : 0;
	unsigned int c = b ? (unsigned char)name[2] : 0;

	return (a * 31 + b * 7 + c * 131) & 4095;
}

int known_table_make(const struct known_function *list, size_t count,
		     struct known_table **ret, struct err *e)
{
	struct known_table *t = calloc(1, sizeof(*t));

	if (!t)
		return err_nomem(e);
	t->list = list;
	t->count = count;
	for (size_t i = 0; i < count; i++) {
		const struct known_function *k = &list[i];
		const uint64_t rest[] = { t->digest,	   k->role,
					  k->failure,	   (uint8_t)k->format,
					  (uint8_t)k->gfp, k->level };
		bool added;

		t->begins[beginning(k->name) / 64] |=
			(uint64_t)1 << (beginning(k->name) % 64);
		t->digest = XXH3_64bits_withSeed(k->name, strlen(k->name),
						 XXH3_64bits(rest,
							     sizeof(rest)));
		if (!strmap_put(&t->by_name, list[i].name, strlen(list[i].name),
				i, &added)) {
			known_table_free(t);
			return err_nomem(e);
		}
	}
	*ret = t;
	return 0;
}

uint64_t known_table_digest(const struct known_table *t)
{
	return t->digest;
}

void known_table_free(struct known_table *t)
{
	if (t)
		strmap_release(&t->by_name);
	free(t);
}

const struct known_function *known_find(const struct known_table *t,
					const char *symbol)
{
	static const char profiled[] = "_noprof";
	unsigned int bit = beginning(symbol);
	size_t len, tail = sizeof(profiled) - 1;
	uint64_t i;

	if (!(t->begins[bit / 64] >> (bit % 64) & 1))
		return NULL;
	len = known_base_length(symbol);
	if (strmap_get(&t->by_name, symbol, len, &i))
		return &t->list[i];
	if (len > tail && memcmp(symbol + len - tail, profiled, tail) == 0 &&
	    strmap_get(&t->by_name, symbol, len - tail, &i))
		return &t->list[i];
	return NULL;
}

bool known_is_seed(const struct known_function *k)
{
	return known_takes_list(k) || k->role == KNOWN_ALLOCATOR ||
	       k->role == KNOWN_CONSTRUCTOR || k->role == KNOWN_PANIC ||
	       k->role == KNOWN_NORETURN || k->role == KNOWN_TELLER;
}

#define NOMEM_64 0xfffffffffffffff4ULL
#define NOMEM_32 0xfffffff4U
#define INVALID_64 0xffffffffffffffeaULL
#define FAULT_64 0xfffffffffffffff2ULL

static const struct outcome *outcome_of(const struct known_function *k,
					uint8_t word)
{
#define CAN_FAIL(name, c, fail, kind0, v0, n, kind1, v1)                       \
	static const struct outcome name = {                                   \
		.cls = c,                                                      \
		.nfails = 1,                                                   \
		.fails = { fail },                                             \
		.nsuccesses = n,                                               \
		.successes = { { kind0, v0 }, { kind1, v1 } }                  \
	}
	CAN_FAIL(alloc_null, OUTCOME_ALLOCATION, 0, SUCCESS_POINTER, 0, 1, 0,
		 0);
	CAN_FAIL(alloc_pointer, OUTCOME_ALLOCATION, NOMEM_64, SUCCESS_POINTER,
		 0, 2, SUCCESS_CONST, FAULT_64);
	CAN_FAIL(alloc_pointer_32, OUTCOME_ALLOCATION, NOMEM_32,
		 SUCCESS_POINTER, 0, 2, SUCCESS_CONST, (uint32_t)FAULT_64);
	CAN_FAIL(alloc_number, OUTCOME_ALLOCATION, NOMEM_32, SUCCESS_CONST, 0,
		 1, 0, 0);
	CAN_FAIL(make_null, OUTCOME_CONSTRUCTOR, 0, SUCCESS_POINTER, 0, 1, 0,
		 0);
	CAN_FAIL(make_pointer, OUTCOME_CONSTRUCTOR, NOMEM_64, SUCCESS_POINTER,
		 0, 1, 0, 0);
	CAN_FAIL(make_pointer_32, OUTCOME_CONSTRUCTOR, NOMEM_32,
		 SUCCESS_POINTER, 0, 1, 0, 0);
	CAN_FAIL(make_number, OUTCOME_CONSTRUCTOR, NOMEM_32, SUCCESS_CONST, 0,
		 1, 0, 0);
	CAN_FAIL(tells_null, OUTCOME_TELLER, 0, SUCCESS_POINTER, 0, 1, 0, 0);
	CAN_FAIL(tells_pointer, OUTCOME_TELLER, INVALID_64, SUCCESS_POINTER, 0,
		 1, 0, 0);
	CAN_FAIL(tells_pointer_32, OUTCOME_TELLER, (uint32_t)INVALID_64,
		 SUCCESS_POINTER, 0, 1, 0, 0);
	CAN_FAIL(tells_number, OUTCOME_TELLER, (uint32_t)INVALID_64,
		 SUCCESS_OTHER, 0, 1, 0, 0);
#undef CAN_FAIL
	bool allocates = k->role == KNOWN_ALLOCATOR;

	if (k->role == KNOWN_TELLER)
		return k->failure == FAILS_NULL	    ? &tells_null
		       : k->failure == FAILS_NUMBER ? &tells_number
		       : word == 4		    ? &tells_pointer_32
						    : &tells_pointer;
	if (!allocates && k->role != KNOWN_CONSTRUCTOR)
		return NULL;
	switch (k->failure) {
	case FAILS_POINTER:
		if (word == 4)
			return allocates ? &alloc_pointer_32 : &make_pointer_32;
		return allocates ? &alloc_pointer : &make_pointer;
	case FAILS_NUMBER:
		return allocates ? &alloc_number : &make_number;
	default:
		return allocates ? &alloc_null : &make_null;
	}
}

bool known_takes_list(const struct known_function *k)
{
	return k->format >= 0 && k->role != KNOWN_TRANSPARENT &&
	       (k->name[0] == 'v' || strstr(k->name, "vprintk"));
}

void known_callee(const struct known_function *k, uint8_t word,
		  struct flow_callee *ret)
{
	ret->outcome = outcome_of(k, word);
	ret->gfp = k->gfp;
	ret->writes_nothing = k->role != KNOWN_CONSTRUCTOR &&
			      k->role != KNOWN_TELLER;
	ret->returns_not = k->role == KNOWN_PANIC || k->role == KNOWN_NORETURN;
	ret->transparent = k->role == KNOWN_TRANSPARENT;
	if (ret->transparent) {
		ret->pops = k->format > 0 ? k->format : 0;
		return;
	}
	ret->warns = k->role == KNOWN_WARNING;
	ret->format = k->format;
	ret->variadic = k->format >= 0 && !known_takes_list(k);
	ret->print_kind = k->role == KNOWN_PANIC       ? PRINT_PANIC
			  : k->role != KNOWN_WRAPPED   ? PRINT_MESSAGE
			  : k->failure == FAILS_NUMBER ? PRINT_CHOOSY
						       : PRINT_WRAPPED;
}
