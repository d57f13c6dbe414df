/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/seed.h"

#include <stdint.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* Where there is no getrandom (a sandbox, a kernel before 3.17): the place
 * that the process was loaded to, its number and the clock. */
static void guess(unsigned char *p, size_t size)
{
	struct timespec ts = { 0, 0 };
	uint64_t x;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	x = (uint64_t)(uintptr_t)p ^ (uint64_t)(uintptr_t)&guess << 16 ^
	    (uint64_t)ts.tv_nsec << 32 ^ (uint64_t)ts.tv_sec ^
	    (uint64_t)getpid() << 48;
	for (size_t i = 0; i < size; i++) {
		/* splitmix64 */
		uint64_t z = x += UINT64_C(0x9e3779b97f4a7c15);

		z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
		p[i] = (unsigned char)(z ^ (z >> 31));
	}
}

void seed_fill(void *p, size_t size)
{
	/* Up to 256 bytes come whole or not at all. */
	if (getrandom(p, size, GRND_NONBLOCK) != (ssize_t)size)
		guess(p, size);
}
