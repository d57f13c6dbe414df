/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The facts of one object, as the files of messages/ share them.  Private to
 * messages/.
 */
#ifndef CODE_MESSAGES_FACTS_H
#define CODE_MESSAGES_FACTS_H

#include "code/flow/result.h"
#include "code/messages/known.h"
#include "code/messages/jobs.h"

/* What callers must know of a function.  All zeros: nothing. */
struct summary {
	struct outcome outcome; /* cls OUTCOME_NONE: none */
	uint8_t prints_param;	/* as in struct flow_result */
	uint8_t prints_kind;
	uint8_t gfp_param; /* likewise; only of what can fail */
	bool returns_not;
	bool writes_known, writes_nothing;
	struct writes writes;
};

/* A callee that is named: a function of this object, or a symbol. */
#define CALLEE_LOCAL 0x80000000U

/* A finding before its texts are copied. */
struct raw_finding {
	uint64_t text;		     /* CODE_AT */
	uint64_t load;		     /* CODE_AT of the instruction */
	uint32_t printer, allocator; /* callees; UINT32_MAX: none */
	uint32_t code_bytes;
	uint32_t sites; /* calls that print it */
	uint64_t level; /* CODE_AT of its text; 0: none */
	/* Constant texts that it is given: CODE_AT; 0: none. */
	uint64_t given[FLOW_GIVEN];
	uint8_t verdict, confidence, kind;
};

struct function {
	uint32_t owner; /* itself; of a cold part: whose it is */
	uint32_t first_part, next_part; /* chain of cold parts; UINT32_MAX */
	uint32_t first_ref, nrefs;	/* in facts.refs */
	uint32_t first_user, nusers;	/* in facts.users: who refers to it */
	const struct known_function *known;
	bool seed;  /* it calls what the search begins with */
	bool talks; /* it loads a sentence, or refers to a printer */
	bool dirty; /* what it was told has changed */
	bool analysed, cut_off;
	uint8_t changes; /* how often its summary has changed */
	uint32_t undecoded;
	const struct summary *summary; /* never NULL */
	struct raw_finding *findings;  /* malloc'ed */
	size_t nfindings;
};

struct object_facts {
	struct code_object o;
	const struct facts_job *job;
	const struct machine *m;
	struct function *functions; /* as o.functions */
	uint32_t *refs;		    /* symbols, or CALLEE_LOCAL | function */
	size_t nrefs;
	uint32_t *users; /* functions */
	/* By symbol: what is known by name, and what others have answered
	 * (NULL: nothing).  Answers are the solver's. */
	const struct known_function **known;
	const struct summary **answers;
	struct cfg_extra *extras;
	size_t nextras;
	uint64_t *warnings; /* traps that go on, ascending */
	size_t nwarnings;   /* all of it in o.arena */
};

#endif
