#include <heap.h>
#include <picotls.h>
#include <stdlib.h>
#include <streams.h>
#include <system_call.h>
#include <unistd.h>

/* What the C library wants from the system below it: thread-local variables, memory, an end. */

extern char __tls_base[]; /* app.ld */

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

void *sbrk(ptrdiff_t bytes)
{
	void *old = heap_extend((int32_t)bytes);

	return old != NULL ? old : (void *)-1;
}
