/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interrupt.h"

#include <errno.h>
#include <poll.h>
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

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

const volatile sig_atomic_t *interrupt_catch(void)
{
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

int interrupt_fail(int r, struct err *e)
{
	return signal_seen ? err_set(e, ERR_DB,
				     "interrupted: the database is as it was")
			   : r;
}

bool interrupt_wait(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	sigset_t block, before;
	int rc;

	sigemptyset(&block);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaddset(&block, signals[i]);
	/* None can come between the look and the wait. */
	sigprocmask(SIG_BLOCK, &block, &before);
	do
		rc = signal_seen ? -1 : ppoll(&p, 1, NULL, &before);
	while (rc < 0 && errno == EINTR && !signal_seen);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return !signal_seen;
}

void interrupt_answered(void)
{
	if (signal_seen == SIGINT)
		signal_seen = 0;
}
