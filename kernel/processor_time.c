/* Who had the processor, and for how long.
 *
 * Time is charged when the processor changes hands or somebody asks: all that passed since the last
 * charge goes to who had it. What the kernel does for others meanwhile is in it. */

#include "process.h"
#include <stddef.h>

static inline __attribute__((always_inline)) uint64_t now(void)
{
	return kernel.board->clock != NULL ? clock_now(kernel.board->clock) : 0;
}

void processor_time_begin(void)
{
	kernel.time_start = now();
	kernel.time_charged = kernel.time_start;
}

void processor_time_charge(void)
{
	uint64_t moment = now();
	uint64_t passed = moment - kernel.time_charged;
	uint64_t *account =
	    kernel.time_owner != NULL ? &kernel.time_owner->run_ticks : &kernel.sleep_ticks;

	kernel.time_charged = moment;
	*account += passed;
}

void processor_time_switch(void)
{
	processor_time_charge();
	kernel.time_owner = kernel.running;
}

void kernel_statistics_read(const struct process_inspect_capability *capability,
			    struct kernel_statistics *statistics)
{
	(void)capability;
	processor_time_charge();
	*statistics = (struct kernel_statistics){
	    .total_ticks = kernel.time_charged - kernel.time_start,
	    .sleep_ticks = kernel.sleep_ticks,
	    .sleeps = kernel.sleeps,
	    .slices_expired = kernel.slices_expired,
	    .processes = kernel.process_count,
	};
	if (kernel.board->clock != NULL) {
		statistics->clock_hz = clock_frequency(kernel.board->clock);
	}
}
