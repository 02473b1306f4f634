#include <kernel/dma.h>

/* gcc makes `dmb` of it on ARM and `fence iorw, iorw` on RISC-V: device registers are ordered, too. */
void dma_barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}
