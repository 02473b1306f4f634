#include <clock.h>
#include <errno.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>

/* Nobody knows the date: time() is -1. clock() counts from the start of the board, everybody's time and not this
 * process's alone. */

int gettimeofday(struct timeval *now, void *zone)
{
	(void)now, (void)zone;
	errno = ENOSYS;
	return -1;
}

clock_t times(struct tms *times)
{
	clock_t now = (clock_t)(clock_milliseconds(clock_now()) * CLOCKS_PER_SEC / 1000);

	*times = (struct tms){.tms_utime = now};
	return now;
}
