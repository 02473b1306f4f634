#include "../bench/paths.h"
#include <alarm.h>

enum {
	MEANWHILE_MS = 5, /* shorter than a slice */
};

static void alarm_arm(void)
{
	alarm_set(alarm_ticks(MEANWHILE_MS), bench_upcall_function, 0);
}

/* While another computes, this process gets the processor when the other's slice is over, and gives it back. */
int main(void)
{
	for (int i = 0; i < 2; i++) {
		alarm_arm();
		bench_call(bench_preemption, YIELD_WAIT, 0, 0, 0);
		alarm_arm();
		bench_call(bench_process_switch, YIELD_WAIT, 0, 0, 0);
	}
	return 0;
}
