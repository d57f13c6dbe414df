/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paths of one function.  A path is in one of a few parts: nothing has
 * failed, an allocation has failed, …; a test of an allocation's result
 * divides it.  For every block and part there is one state.  What is printed
 * in which parts is what findings are made of.
 *
 * Bounded: where a function takes more than max_visits visits of blocks, or
 * too much memory, `cut_off` is set and the result says nothing.
 */
#ifndef CODE_FLOW_RESULT_H
#define CODE_FLOW_RESULT_H

#include "code/decode/insn.h"
#include "code/flow/cfg.h"
#include "code/flow/state.h"
#include "code/flow/values.h"

enum part {
	PART_NORMAL = 0,
	PART_ALLOCATION,  /* an allocation has failed */
	PART_CONSTRUCTOR, /* what fails from memory alone has failed */
	PART_RECOVERED,	  /* …and a later one has not */
	PART_WARNED,	  /* after a WARN() */
	PART_OVERFLOW,	  /* a size did not fit: nothing was allocated */
	PART_TOLD,	  /* a callee has failed, and has printed itself */
	PART_BESIDE,	  /* an allocation has failed, and one that was made
			     before that was known has not */
	PART_COUNT
};
#define PART_BIT(p) (1U << (p))
#define PARTS_ALLOCATION (PART_BIT(PART_ALLOCATION) | PART_BIT(PART_BESIDE))
#define PARTS_FAILED (PARTS_ALLOCATION | PART_BIT(PART_CONSTRUCTOR))

static inline bool part_is_failed(uint32_t part)
{
	return PARTS_FAILED >> part & 1;
}

/* ---- calls ---- */

enum print_kind {
	PRINT_MESSAGE = 0,
	PRINT_PANIC,
	PRINT_WRAPPED, /* dev_err_probe: it is given the error */
	PRINT_STORED,  /* no call: the text is put into memory */
	PRINT_CHOOSY,  /* PRINT_WRAPPED, and says nothing of -ENOMEM */
};

/* Which displacements from a pointer a function may write: bit by hash. */
struct writes {
	uint64_t bits[4];
};

#define WRITES_ALL UINT64_MAX

static inline void writes_add(struct writes *w, int64_t disp)
{
	uint32_t h = (uint32_t)((uint64_t)disp * 0x9e3779b1U >> 16) & 255;

	w->bits[h / 64] |= (uint64_t)1 << (h % 64);
}

static inline bool writes_may(const struct writes *w, int64_t disp)
{
	uint32_t h = (uint32_t)((uint64_t)disp * 0x9e3779b1U >> 16) & 255;

	return w->bits[h / 64] & (uint64_t)1 << (h % 64);
}

/* What is known of whom a call leads to. */
struct flow_callee {
	uint32_t id;   /* the asked one's own number, given back in results */
	int8_t format; /* of a printer: the place of its format; else -1 */
	uint8_t print_kind;
	bool warns; /* from here on it is an error's path */
	bool returns_not;
	bool transparent; /* changes no register */
	bool variadic;
	int8_t pops;	     /* bytes that it takes from the stack */
	bool writes_nothing; /* that the caller can see */
	bool writes_known;
	struct writes writes;
	const struct outcome *outcome; /* NULL: cannot fail as is looked for */
	int8_t gfp;		       /* place of its GFP flags; -1: none */
};

struct flow_job {
	const struct code_lifted *lifted; /* the function first, then parts */
	const struct cfg *cfg;
	const struct machine *machine;
	/* *ret is all zeros, but format, gfp -1. */
	void (*callee)(void *context, const struct insn *call,
		       struct flow_callee *ret);
	/* Is the trap at a place a WARN(), which goes on? */
	bool (*warns)(void *context, uint64_t at);
	/* Is a place a text that could be printed?  *ret_nested: it has %pV. */
	bool (*is_text)(void *context, uint64_t at, bool *ret_nested);
	void *context;
	uint64_t gfp_nowarn;
	uint32_t max_visits;
	/* It prints nothing: only how it can fail is asked for, and the run
	 * ends where that cannot be told any more. */
	bool only_outcome;
};

/* ---- results ---- */

/* Arguments whose constant texts are kept. */
#define FLOW_GIVEN 4

struct flow_print {
	uint64_t text;	  /* CODE_AT */
	uint32_t load;	  /* step that loads its address */
	uint32_t call;	  /* step of the call (or store) */
	uint32_t callee;  /* id */
	uint8_t kind;	  /* enum print_kind */
	uint8_t parts;	  /* PART_BITs */
	uint8_t nargs;	  /* looked at, after the format */
	uint16_t fixed;	  /* bit i: argument i is always a constant text */
	bool other_error; /* the argument before is not -ENOMEM alone */
	uint64_t level;	  /* CODE_AT of the argument before, of dev_printk;
			    0: none */
	uint64_t given[FLOW_GIVEN]; /* CODE_AT of argument i; 0: not one */
};

/* Node: block * PART_COUNT + part. */
struct flow_failure {
	uint32_t from, to; /* nodes: from is in no failed part, to is */
	uint32_t callee;   /* id of whose result was tested */
	uint64_t k;	   /* what the failure is: 0, -ENOMEM */
};

struct flow_result {
	bool cut_off, returns;
	bool ended; /* as only_outcome allows: its writes are not known */
	uint32_t visits;
	struct flow_print *prints;
	size_t nprints, prints_capacity;
	struct flow_failure *failures;
	size_t nfailures, failures_capacity;
	/* What it returns: atoms' numbers, by part; may be SET_ANY's. */
	struct {
		uint32_t *atoms;
		size_t count, capacity;
		bool any; /* something that is not known */
	} returned[PART_COUNT];
	/* Arguments that it gives to a printer as format: 0 none, else place
	 * + 1 of the last one; places from FLOW_STACK_ARGS on are on the
	 * stack. */
	uint8_t prints_param, prints_kind;
	/* The argument that the flags of its allocation come from: place + 1;
	 * 0: none. */
	uint8_t gfp_param;
	struct writes writes;
	bool writes_anything;
	uint8_t *exits; /* by block: PART_BITs in which it leaves */
};

#define FLOW_STACK_ARGS 16

/* Is a number that is returned an error of either width? */
static inline bool flow_is_negative(uint64_t x, uint8_t word)
{
	return x >> 31 == 1 || (word == 8 && x >> 63);
}

#endif
