/* I am loaded into a server under test, whose clock then goes wrong by as many seconds as stand in
 * the file that CLOCK_FILE names; what counts steadily goes on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static long long wrong_by(void)
{
	char text[32] = { 0 };
	const char *name = getenv("CLOCK_FILE");
	int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
	if (file < 0 || read(file, text, sizeof text - 1) < 0)
		text[0] = 0;
	if (file >= 0)
		close(file);
	return atoll(text);
}

int clock_gettime(clockid_t id, struct timespec *t)
{
	static int (*real)(clockid_t, struct timespec *);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	int result = real(id, t);
	if (result == 0 && id == CLOCK_REALTIME)
		t->tv_sec += (time_t)wrong_by();
	return result;
}
