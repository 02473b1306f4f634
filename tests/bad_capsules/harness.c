/* Runs one sample whose mistake only shows at run time. SAMPLE names the file. */

#include SAMPLE
#include <kernel/dma.h>

enum {
	RETURNED = 7 /* the trap's own exit status is in start.*.S */
};

int harness_run(void);

/* kernel/dma.c */
void dma_barrier(void)
{
}

int harness_run(void)
{
	static struct bad object;

	bad_f(&object);
	return RETURNED;
}
