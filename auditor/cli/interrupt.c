/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interrupt.h"

#include <stddef.h>

/* A handler can reach nothing else. */
static volatile sig_atomic_t signal_seen;

static void on_signal(int number)
{
	/* Whoever asks twice is not kept waiting by what does not look. */
	if (signal_seen) {
		signal(number, SIG_DFL);
		raise(number);
	}
	signal_seen = number;
}

const volatile sig_atomic_t *interrupt_catch(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	/* No SA_RESTART: what blocks ends. */
	const struct sigaction action = { .sa_handler = on_signal };

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct sigaction before;

		if (sigaction(signals[i], NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
	return &signal_seen;
}

void interrupt_answered(void)
{
	if (signal_seen == SIGINT)
		signal_seen = 0;
}
