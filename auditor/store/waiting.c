/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite locks bytes of the file (https://sqlite.org/fileformat2.html, "the
 * lock-byte page"), and /proc/locks says which process holds them.  To ask
 * with fcntl(2) would need a second descriptor of the file, and closing that
 * gives up the locks of the whole process.
 */
#include "store/waiting.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/statements.h"
#include "support/db_guard.h"
#include "support/progress.h"
#include "support/scan.h"

/* Shorter waits are nobody's business. */
#define SAY_AFTER_NS INT64_C(1000000000)
#define STEP_MAX_MS 50

#define LOCKS_FIRST UINT64_C(0x40000000)
#define LOCKS_LAST (LOCKS_FIRST + 511)

struct holder {
	int pid; /* 0: nobody that can be seen */
	bool writes;
};

/* The field of a line after the blanks; its end, NULL where there is none. */
static const char *field(const char *p, const char *end, const char **ret)
{
	while (p && p < end && *p == ' ')
		p++;
	*ret = p;
	while (p && p < end && *p != ' ' && *p != '\n')
		p++;
	return p == *ret ? NULL : p;
}

/* "1: POSIX  ADVISORY  WRITE 4242 fd:01:393731 1073741825 1073741825" */
static bool parse_lock(const char *line, uint64_t inode, struct holder *ret)
{
	const char *end = line + strlen(line), *p = line, *f[7], *colon;
	uint64_t ino = 0, start = 0, number = 0;
	bool writes;
	int pid;

	for (size_t i = 0; i < 7; i++)
		if (!(p = field(p, end, &f[i])))
			return false;
	colon = memrchr(f[5], ':', (size_t)(f[6] - f[5]));
	if (strncmp(f[1], "POSIX ", 6) != 0 || !colon)
		return false;
	scan_dec(f[4], end, &number);
	scan_dec(colon + 1, end, &ino);
	scan_dec(f[6], end, &start);
	if (number > INT32_MAX)
		return false;
	pid = (int)number;
	writes = strncmp(f[3], "WRITE", 5) == 0;
	/* The device that stat(2) names is another one on btrfs. */
	if (ino != inode || start < LOCKS_FIRST || start > LOCKS_LAST ||
	    pid <= 0 || pid == getpid())
		return false;
	ret->pid = pid;
	ret->writes = writes;
	return true;
}

/* Who writes, else one of those who read. */
static struct holder find_holder(const struct store *s)
{
	struct holder found = { 0, false }, one;
	FILE *f = fopen("/proc/locks", "re");
	struct stat st;
	char line[256];

	if (!f)
		return found;
	if (stat(db_guard_file(s->guard), &st) == 0)
		while (!found.writes && fgets(line, sizeof(line), f))
			if (parse_lock(line, st.st_ino, &one) &&
			    (one.writes || !found.pid))
				found = one;
	fclose(f);
	return found;
}

/* The command line, whose words may be anybody's. */
static void name_process(int pid, char *buf, size_t size)
{
	char path[40];
	size_t len = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	f = fopen(path, "re");
	if (f) {
		len = fread(buf, 1, size - 1, f);
		fclose(f);
	}
	while (len && !buf[len - 1])
		len--;
	buf[len] = '\0';
	for (size_t i = 0; i < len; i++) {
		if (!buf[i])
			buf[i] = ' ';
		else if (buf[i] < 0x20 || buf[i] > 0x7e)
			buf[i] = '?';
	}
}

static void say(struct store *s, const struct holder *h)
{
	char command[120], text[256];

	if (h->pid) {
		name_process(h->pid, command, sizeof(command));
		snprintf(text, sizeof(text), "process %d%s%s%s, which %s it",
			 h->pid, *command ? " (" : "", command,
			 *command ? ")" : "", h->writes ? "writes" : "reads");
	} else {
		snprintf(text, sizeof(text), "another program, which uses it");
	}
	s->waiting.say(s->waiting.ctx, text);
}

/* Once for each process that is in the way. */
static void tell(struct store *s, int64_t waited_ns)
{
	struct holder h = find_holder(s);

	/* Nobody to be seen: it made way just now, or it is in another
	 * container or on another machine. */
	if (h.pid == s->waits_for ||
	    (!h.pid && (s->waits_for >= 0 || waited_ns < 3 * SAY_AFTER_NS)))
		return;
	s->waits_for = h.pid;
	say(s, &h);
}

static int on_busy(void *arg, int count)
{
	int step = count < 6 ? 1 << count : STEP_MAX_MS;
	const struct timespec pause = { .tv_nsec = step * 1000000L };
	int64_t now = clock_monotonic_ns();
	struct store *s = arg;

	if (count == 0) {
		s->waits_since_ns = now;
		s->waits_for = -1;
	}
	if (now - s->waits_since_ns >= s->wait_ms * INT64_C(1000000) ||
	    (s->stop && *s->stop))
		return 0;
	if (s->waiting.say && now - s->waits_since_ns >= SAY_AFTER_NS)
		tell(s, now - s->waits_since_ns);
	nanosleep(&pause, NULL);
	return 1;
}

void store_wait_at_most(struct store *s, int ms)
{
	s->wait_ms = ms;
	sqlite3_busy_handler(s->db, on_busy, s);
}
