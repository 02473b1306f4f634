#include <heap.h>
#include <picotls.h>
#include <stdlib.h>
#include <streams.h>
#include <system_call.h>
#include <unistd.h>

/* What the C library wants from the system below it: thread-local variables, memory, an end. */

extern char __tls_base[]; /* app.ld */

enum {
	SIGNALLED = 128 /* and the signal's number: as a shell tells it */
};

int __real_main(void);
int __wrap_main(void);

/* Before all other constructors, which may set errno. */
__attribute__((constructor(101))) static void thread_begin(void)
{
	_set_tls(__tls_base);
}

/* start.S gets here when it calls main. */
int __wrap_main(void)
{
	exit(__real_main());
}

void _exit(int status)
{
	(void)streams_flush(); /* nobody is left to be told */
	exit_terminate((uint32_t)status);
}

int getpid(void)
{
	return 1;
}

/* A signal comes from the process itself, by raise() or abort(), and ends it when it has no handler. */
int kill(int process, int signal)
{
	(void)process;
	_exit(SIGNALLED + signal);
}

void *sbrk(ptrdiff_t bytes)
{
	void *old = heap_extend((int32_t)bytes);

	return old != NULL ? old : (void *)-1;
}
