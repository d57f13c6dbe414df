/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known at one point of a path: registers, cells of memory, flags.
 */
#ifndef CODE_FLOW_STATE_H
#define CODE_FLOW_STATE_H

#include "code/decode/insn.h"
#include "code/flow/values.h"

#define CELLS_MAX 64
/* cell.ident of the stack: disp counts from sp at the entry. */
#define IDENT_STACK (UINT32_MAX - 1)

struct cell {
	uint32_t ident; /* of what it is in; IDENT_STACK */
	int32_t disp;
	uint32_t set;
	uint8_t size;
};

enum flags_kind {
	FLAGS_NONE = 0,
	FLAGS_COMPARE,	/* of set - k */
	FLAGS_TEST,	/* of set & k */
	FLAGS_RESULT,	/* of a computed set: only zero and sign */
	FLAGS_NEGATED,	/* carry: was not 0 */
	FLAGS_MULTIPLY, /* overflow of a size */
};

struct flags {
	uint8_t kind, size;
	uint8_t reg; /* that has the set still; REG_NONE */
	bool in_cell;
	bool swapped;  /* of k - set */
	uint8_t holds; /* enum cond + 1 that this path has taken; 0 */
	uint32_t cell_ident;
	int32_t cell_disp;
	uint32_t set;
	uint64_t k;
};

struct state {
	uint32_t reg[REG_COUNT];
	struct flags flags;
	/* Where REG_TEMP was loaded from. */
	bool temp_known;
	uint32_t temp_ident;
	int32_t temp_disp;
	uint16_t ncells;
	struct cell cells[CELLS_MAX]; /* ascending by ident, disp */
};

static inline size_t state_size(const struct state *s)
{
	return offsetof(struct state, cells) + s->ncells * sizeof(struct cell);
}

/* NULL where nothing is known of it. */
struct cell *state_cell(struct state *s, uint32_t ident, int32_t disp);
void state_cell_set(struct state *s, uint32_t ident, int32_t disp, uint32_t set,
		    uint8_t size);
void state_cell_drop(struct state *s, struct cell *c);

/* Forgets all copies of what ident was. */
void state_kill(struct values *v, struct state *s, uint32_t ident);

/* Everything that is `from` is `to`. */
void state_replace(struct state *s, uint32_t from, uint32_t to);

/* Adds what `more` may be to *into, whose size does not grow; true: it has
 * changed. */
bool state_join(struct values *v, struct state *into, const struct state *more);

#endif
