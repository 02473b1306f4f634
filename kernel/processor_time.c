/* Who had the processor, and for how long.
 *
 * Time is charged when the processor changes hands or somebody asks: all that passed since the last
 * charge goes to who had it. What the kernel does for others meanwhile is in it. */

#include "process.h"
#include <stddef.h>

void processor_time_begin(void)
{
	kernel.time_start = processor_time_now();
	kernel.time_charged = kernel.time_start;
}

void processor_time_charge(void)
{
	processor_time_charge_inline();
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
