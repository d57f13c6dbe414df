/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of model/message.h's enums, for test_store_words.c: a switch
 * without a default for each.
 */
#ifndef TESTS_MESSAGE_WORDS_H
#define TESTS_MESSAGE_WORDS_H

#include "model/message.h"

static const char *verdict_word(int number)
{
	switch ((enum message_verdict)number) {
	case VERDICT_STATIC:
		return "static";
	case VERDICT_VALUE:
		return "value";
	case VERDICT_MIXED:
		return "mixed";
	case VERDICT_CONSTRUCTOR:
		return "constructor";
	case VERDICT_WRAPPED:
		return "wrapped";
	case VERDICT_SILENT:
		return "silent";
	case VERDICT_REPEATED:
		return "repeated";
	case VERDICT_STORED:
		return "stored";
	case VERDICT_COUNT:
		break;
	}
	return NULL;
}

static const char *confidence_word(int number)
{
	switch ((enum message_confidence)number) {
	case CONFIDENCE_LOW:
		return "low";
	case CONFIDENCE_MEDIUM:
		return "medium";
	case CONFIDENCE_HIGH:
		return "high";
	case CONFIDENCE_COUNT:
		break;
	}
	return NULL;
}

static const char *known_role_word(int number)
{
	switch ((enum known_role)number) {
	case KNOWN_ALLOCATOR:
		return "allocator";
	case KNOWN_CONSTRUCTOR:
		return "constructor";
	case KNOWN_PRINTER:
		return "printer";
	case KNOWN_WARNING:
		return "warning";
	case KNOWN_PANIC:
		return "panic";
	case KNOWN_NORETURN:
		return "noreturn";
	case KNOWN_WRAPPED:
		return "wrapped";
	case KNOWN_TELLER:
		return "teller";
	case KNOWN_TRANSPARENT:
		return "transparent";
	case KNOWN_ROLE_COUNT:
		break;
	}
	return NULL;
}

static const char *failure_word(int number)
{
	switch ((enum known_failure)number) {
	case FAILS_NULL:
		return "null";
	case FAILS_POINTER:
		return "pointer";
	case FAILS_NUMBER:
		return "number";
	}
	return NULL;
}

/* include/linux/kern_levels.h, and what is none. */
static const char *level_word(int number)
{
	static const char *const words[] = { "emerg",	"alert",   "crit",
					     "err",	"warning", "notice",
					     "info",	"debug",   "cont",
					     "default", "warn" };

	_Static_assert(MESSAGE_LEVEL_CONT == 8 && MESSAGE_LEVEL_DEFAULT == 9 &&
			       MESSAGE_LEVEL_WARN == 10,
		       "the places of words");
	return number >= 0 && number <= MESSAGE_LEVEL_WARN ? words[number]
							   : NULL;
}

#endif
