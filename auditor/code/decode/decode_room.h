/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The decoder: machine code to steps (decode/insn.h).  It is a module of its
 * own (kmemdb-code.so, from code/module/): libcapstone is loaded by the
 * audits that search for messages, and nobody else waits for it.
 */
#ifndef CODE_DECODE_DECODE_ROOM_H
#define CODE_DECODE_DECODE_ROOM_H

#include "code/code_object.h"
#include "code/decode/insn.h"
#include "support/err.h"

struct decoder;

struct decode_room {
	/* For one thread.  ERR_IO where capstone refuses the machine. */
	int (*open)(enum code_isa isa, bool big_endian, struct decoder **ret,
		    struct err *e);
	/*
	 * Appends the steps of the code at section: start .. start + size of
	 * o to *to.  Never fails but for memory (to->nomem): what is no
	 * instruction is a trap, and counted in to->undecoded.
	 */
	void (*lift)(struct decoder *d, const struct code_object *o,
		     uint32_t section, uint64_t start, uint64_t size,
		     struct code_lifted *to);
	void (*close)(struct decoder *d);
};

#endif
