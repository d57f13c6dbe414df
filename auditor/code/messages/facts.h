/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The facts of one object, as the files of messages/ share them.  Private to
 * messages/.
 */
#ifndef CODE_MESSAGES_FACTS_H
#define CODE_MESSAGES_FACTS_H

#include "code/flow/flow.h"
#include "code/messages/known.h"
#include "code/messages/messages.h"

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

/* Says nothing. */
extern const struct summary summary_nothing;

/* A callee that is named: a function of this object, or a symbol. */
#define CALLEE_LOCAL 0x80000000U

/* A finding before its texts are copied. */
struct raw_finding {
	uint64_t text;		     /* CODE_AT */
	uint64_t load;		     /* CODE_AT of the instruction */
	uint32_t printer, allocator; /* callees; UINT32_MAX: none */
	uint32_t code_bytes;
	uint64_t level; /* CODE_AT of its text; 0: none */
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

/* ---- facts.c ---- */

/* What a relocation of code leads to, where it is of this object; else 0. */
uint64_t facts_place_of(const struct object_facts *f,
			const struct code_reloc *r);
/* The first relocation of a section at or after an offset. */
size_t facts_first_reloc(const struct code_section *s, uint64_t offset);
/* A callee's name in the source; "" for UINT32_MAX; NULL: memory is out. */
const char *facts_callee_name(const struct object_facts *f, uint32_t callee,
			      struct arena *a);
/* The function that begins at a place, or covers it; UINT32_MAX. */
uint32_t facts_function_at(const struct object_facts *f, uint64_t at);
uint32_t facts_function_around(const struct object_facts *f, uint64_t at);
/* The name in the source; not terminated there: *len says how long. */
const char *facts_name(const struct object_facts *f, uint32_t function,
		       size_t *len);
/* May a function print, or store a text? */
bool facts_talks(const struct object_facts *f, uint32_t function);
/* Is a symbol one whose function others can tell about? */
bool facts_asks(const struct object_facts *f, uint32_t symbol);
/* Forgets what others have told, and looks at its own code again. */
int object_facts_reset(struct object_facts *f, struct err *e);
/* Everybody who refers to function is looked at again. */
void facts_mark_users(struct object_facts *f, uint32_t function);

/* ---- refs.c ---- */

/* Fills refs and users: relocations and direct calls. */
int facts_find_refs(struct object_facts *f, struct err *e);

/* ---- tables.c ---- */

/* Fills extras and warnings of the tables that speak of code. */
int facts_read_tables(struct object_facts *f, struct err *e);

/* ---- analyse.c ---- */

struct analyser; /* scratch of one thread */

int analyser_open(const struct object_facts *f, struct analyser **ret,
		  struct err *e);
void analyser_close(struct analyser *a);

/* Looks at every dirty function, until none is.  Callers of those whose
 * summary changes get dirty. */
int analyse_dirty(struct analyser *a, struct object_facts *f, struct err *e);

/* ---- findings.c ---- */

/* The findings of the run that flow has just made. */
int findings_of(struct flow *flow, const struct flow_result *r,
		const struct code_lifted *l, struct object_facts *f,
		uint32_t function, struct err *e);

/* ---- texts.c ---- */

/* The text at a place, NUL-terminated; NULL where there is none. */
const char *text_at(const struct code_object *o, uint64_t at);
/* Its bytes with NUL and what is free behind it to the next one. */
void text_size(const struct code_object *o, uint64_t at, uint32_t *ret_bytes,
	       uint32_t *ret_padding);
/* Does all that it says stand in it?  fixed: bit per argument that is a
 * constant text. */
bool text_is_static(const char *text, uint16_t fixed);
/* The level that it begins with, and the bytes that tell it. */
uint8_t text_level(const char *text, size_t *ret_len);

#endif
