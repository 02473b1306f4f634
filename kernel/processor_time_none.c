/* Nobody counts who had the processor, and for how long: all times are 0. */

#include "process.h"

void processor_time_begin(void)
{
}

void processor_time_charge(void)
{
}

void processor_time_switch(struct process *next)
{
	(void)next;
}

void kernel_statistics_read(const struct process_inspect_capability *capability,
			    struct kernel_statistics *statistics)
{
	(void)capability;
	*statistics = (struct kernel_statistics){
	    .sleeps = kernel.sleeps,
	    .slices_expired = kernel.slices_expired,
	    .processes = kernel.process_count,
	};
}
