/* Who had the processor, and for how long.
 *
 * Time is charged when the processor changes hands or somebody asks: all that passed since the last
 * charge goes to who had it. What the kernel does for others meanwhile is in it. */

#include "process.h"
#include <stddef.h>

/* In ticks of the board's clock; 0: it has none. */
static inline uint64_t time_now(void)
{
	return kernel.board->clock != NULL ? clock_now(kernel.board->clock) : 0;
}

void processor_time_begin(void)
{
	kernel.time_start = time_now();
	kernel.time_charged = kernel.time_start;
}

static inline __attribute__((always_inline)) void time_charge(struct process *owner)
{
	uint64_t now = time_now();
	uint64_t passed = now - kernel.time_charged;
	uint64_t *account = owner != NULL ? &owner->run_ticks : &kernel.sleep_ticks;

	kernel.time_charged = now;
	*account += passed;
}

void processor_time_charge(void)
{
	time_charge(kernel.time_owner);
}

void processor_time_switch(struct process *next)
{
	struct process *before = kernel.time_owner;

	kernel.time_owner = next;
	time_charge(before);
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
