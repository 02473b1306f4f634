#include "work.h"

enum {
	LIMIT = 5000,
};

static void work_ended(uint32_t primes)
{
	__asm__ volatile(".global bench_work_ended\nbench_work_ended: nop" : : "r"(primes));
}

int main(void)
{
	for (;;) {
		work_ended(bench_work(LIMIT));
	}
}
