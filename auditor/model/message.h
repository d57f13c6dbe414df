/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages that functions print when an allocation failed, as they are read
 * from an object: plain data.  code/messages/ finds them, store/ keeps them.
 * All sizes are bytes.
 */
#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

/* What is to be said of a message.  Stored: append, never reorder. */
enum message_verdict {
	VERDICT_STATIC = 0, /* its text is all that it says: safe to delete */
	VERDICT_VALUE, /* it carries a value: some maintainers keep those */
	VERDICT_MIXED, /* other failures reach it, too */
	VERDICT_CONSTRUCTOR, /* of a callee that fails from memory alone */
	VERDICT_WRAPPED,     /* by dev_err_probe and the like */
	VERDICT_SILENT,	     /* can never be seen */
	VERDICT_REPEATED,    /* the callee has printed itself */
	VERDICT_STORED,	     /* kept as a text for others to print */
	VERDICT_COUNT
};

/* How sure the paths are.  Stored: append, never reorder. */
enum message_confidence {
	CONFIDENCE_LOW = 0, /* the path is right, the wording speaks of other
			       things, and a summary was used on the way */
	CONFIDENCE_MEDIUM,
	CONFIDENCE_HIGH, /* a test of the allocation's own result leads to it */
	CONFIDENCE_COUNT
};

/* Levels 0 (emerg) … 7 (debug) are the kernel's; stored. */
#define MESSAGE_LEVEL_CONT 8	/* KERN_CONT */
#define MESSAGE_LEVEL_DEFAULT 9 /* none was given */
#define MESSAGE_LEVEL_WARN 10	/* WARN(): with a stack, at level 4 */

/* Index into object_record's sections: the ELF section number is translated
 * by whoever has the record. */
#define MESSAGE_NO_SECTION UINT32_MAX

/* One message of one function.  What several places of it print is one
 * finding. */
struct message_finding {
	const char *function; /* .cold, .part and the like belong to theirs */
	const char *message;  /* as in the object, without its level */
	uint32_t string_section; /* ELF section number of the string */
	uint64_t string_offset;
	uint32_t string_bytes;	/* with its level, NUL and padding */
	uint32_t padding_bytes; /* of these: to the next string's alignment */
	uint32_t string_users;	/* functions of this object that load it */
	uint32_t code_bytes;	/* of its call site; 0: not known */
	uint32_t index_bytes;	/* of its record in .printk_index or __dyndbg */
	uint32_t name_bytes;	/* of texts that it alone is given: __func__ */
	uint32_t code_section;	/* ELF section number of the load */
	uint64_t code_offset; /* where the string is loaded: line asked here */
	const char *file;     /* of the index entry; NULL: not known */
	uint32_t line;	      /* likewise; 0: not known */
	uint8_t verdict;      /* enum message_verdict */
	uint8_t level;
	uint8_t confidence;    /* enum message_confidence */
	const char *printer;   /* the function it is given to; never NULL */
	const char *allocator; /* whose failure leads here; never NULL */
};

/* Any message of an object: a text that is given to a printer, or that has a
 * level before it. */
struct message_text {
	const char *function;	 /* "": only data refers to it */
	const char *text;	 /* as in the object, without its level */
	uint32_t string_section; /* ELF section number */
	uint64_t string_offset;
	uint32_t string_bytes, prefix_bytes; /* whole, and its level's of it */
	uint32_t padding_bytes;
	uint8_t level;
	const char *printer; /* "": not known */
};

/* What was not looked at, or not to the end: these have no finding. */
struct message_coverage {
	bool decoded;	    /* there is a decoder for this machine */
	uint32_t functions; /* of the object */
	uint32_t looked_at; /* of these: their paths were followed */
	uint32_t cut_off;   /* of these: bounds were reached */
	uint32_t undecoded; /* bytes of them that are no instruction */
};

/* All of one object. */
struct object_messages {
	struct message_finding *findings;
	size_t nfindings;
	struct message_text *texts;
	size_t ntexts;
	struct message_coverage coverage;
	/* Hash of all that was read: code, relocations, strings.  Objects of
	 * one content have the same findings where their inputs are equal. */
	unsigned char content[16];
	/*
	 * For the next audit, which need not decode this object again: its
	 * summaries, what it asked of others and what they answered, and the
	 * findings.  Opaque (code/messages/saved.h), of no machine's byte
	 * order; stored under `content`.
	 */
	const unsigned char *saved;
	size_t saved_len;
	struct arena arena;
};

static inline void object_messages_release(struct object_messages *m)
{
	arena_release(&m->arena);
}

/*
 * The functions that the search begins with: data of sql/views/
 * message_functions.sql, given to code/messages/ as a table.
 */
enum known_role {
	KNOWN_ALLOCATOR = 0, /* says itself, with a stack, that it failed */
	KNOWN_CONSTRUCTOR,   /* fails from memory alone, and may be silent */
	KNOWN_PRINTER,
	KNOWN_WARNING, /* a printer with a stack: the path is an error's */
	KNOWN_PANIC,   /* prints and does not return */
	KNOWN_NORETURN,
	KNOWN_WRAPPED, /* a printer that is given the error: dev_err_probe */
	KNOWN_TELLER,  /* prints itself when it fails: callers repeat it */
	KNOWN_TRANSPARENT, /* changes nothing: __fentry__ */
	KNOWN_ROLE_COUNT
};

/* How an allocator or constructor fails. */
enum known_failure {
	FAILS_NULL = 0,
	FAILS_POINTER, /* ERR_PTR(-ENOMEM); other errors are successes here */
	FAILS_NUMBER,  /* -ENOMEM; 0 is success */
};

struct known_function {
	const char *name; /* "_noprof" and clones' suffixes left out */
	uint8_t role;	  /* enum known_role */
	uint8_t failure;  /* enum known_failure */
	int8_t format;	  /* of printers: the format's place, from 0 */
	int8_t gfp;	  /* of allocators: the flags' place; -1: none */
	uint8_t level;	  /* of printers that imply one; else
			     MESSAGE_LEVEL_DEFAULT */
};

#endif
