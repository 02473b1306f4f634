/* The kernel between an exception and the return from it.
 *
 * Most system calls change nothing but the process that made them: `kernel_attention` stays 0 and the
 * way out is one comparison. Whatever could concern somebody else sets a bit, and only then are deferred
 * calls run and a process chosen. */

#include "kernel.h"
#include "loader.h"
#include "process.h"
#include <kernel/entry.h>
#include <stddef.h>

struct kernel kernel;
/* A section of its own: an architecture may want it in a place that its entry code knows. */
uint32_t kernel_attention __attribute__((section(".data.kernel_attention"))) = ATTENTION_SCHEDULE;

void kernel_interrupt(uint32_t line)
{
	if (line >= kernel.board->interrupt_count || kernel.board->interrupts[line] == NULL) {
		kernel_panic(SPAN_OF_TEXT("interrupt without a handler"));
	}
	interrupt_handler_service(kernel.board->interrupts[line]);
}

void kernel_slice_expired(void)
{
	kernel.slice_running = false;
	kernel_attention |= ATTENTION_SLICE_EXPIRED;
}

void kernel_fault(const struct fault *fault)
{
	struct process *process = kernel.running;

	if (process == NULL) {
		kernel_panic(SPAN_OF_TEXT("fault without a process"));
	}
	process_fail(process, fault);
}

/* All that comes before processes. What it does may give it more to do. */
static __attribute__((noinline)) void work_run(void)
{
	kernel.rounds++;
	deferred_calls_run();
	while ((kernel_attention & ATTENTION_PROCESS) != 0) {
		kernel_attention &= ~(uint32_t)ATTENTION_PROCESS;
		process_attend_all();
		deferred_calls_run();
	}
}

/* The running process steps back behind others when the scheduler says so. */
static inline bool running_steps_back(struct process *running)
{
	bool has_expired = (kernel_attention & ATTENTION_SLICE_EXPIRED) != 0;

	if (!scheduler_gives_way(running, has_expired)) {
		return false;
	}
	if (has_expired) {
		running->slices_expired++;
		kernel.slices_expired++;
	}
	scheduler_add(running);
	return true;
}

/* Microseconds that a deferred call waits at most which has run and was set again. */
enum {
	DEFERRED_CALL_WAITS = 10000
};

/* How long `running` may go on: 0, as long as it likes. */
static inline uint32_t slice_due(const struct process *running)
{
	if (running == NULL) {
		return 0;
	}
	return kernel.deferred_first != NULL ? DEFERRED_CALL_WAITS : scheduler_slice(running);
}

/* The slice timer runs exactly while somebody waits for the processor: a process, or a deferred call. */
static inline void slice_update(const struct process *running, bool is_new)
{
	uint32_t slice = slice_due(running);

	if (slice == 0) {
		if (kernel.slice_running) {
			kernel.slice_running = false;
			slice_timer_stop(kernel.board->slice_timer);
		}
	} else if (is_new || !kernel.slice_running) {
		kernel.slice_running = true;
		slice_timer_start(kernel.board->slice_timer, slice);
	}
}

/* Gives the processor to whom it is due; NULL: to nobody. */
static inline struct process *choose(void)
{
	struct process *running = kernel.running;

	if (running != NULL && running->state != PROCESS_RUNNING) {
		running = NULL;
	}
	if ((kernel_attention & (ATTENTION_DEFERRED_CALL | ATTENTION_PROCESS)) != 0) {
		/* Who cannot go on is forgotten before anything that could wake him: who wakes goes into the
		 * scheduler, and nobody is in two places. */
		kernel.running = running;
		work_run();
		running = kernel.running;
	}

	bool is_new = running == NULL || running_steps_back(running);

	if (is_new) {
		running = scheduler_take();
		kernel.running = running;
	}
	slice_update(running, is_new);
	if (kernel.time_owner != running) {
		processor_time_charge_inline();
		kernel.time_owner = running;
	}
	kernel_attention = kernel.deferred_first != NULL ? ATTENTION_DEFERRED_CALL : 0;
	if (running == NULL) {
		kernel.sleeps += kernel_may_sleep();
		kernel_attention |= ATTENTION_SCHEDULE;
		return NULL;
	}
	if (kernel.protection_owner != running) {
		kernel.protection_owner = running;
		protection_apply(&running->protection, running->bounds);
	}
	if (running->shares != 0 || kernel.shares_applied) {
		share_apply(running);
	}
	return running;
}

struct context *kernel_next(void)
{
	struct process *next;

	kernel.resume_told = false;
	do {
		next = choose();
	} while (__builtin_expect(next != NULL && kernel_tells_resumption(next), false) &&
		 resume_changes());
	return next != NULL ? &next->context : NULL;
}

/* An index has 8 bits. */
enum {
	GRANTS_MAX = 255
};

/* Without a layout it would be read from address 0, and say anything. */
static void grant_check(const struct grant_layout *layout)
{
	if (layout == NULL) {
		kernel_panic(SPAN_OF_TEXT("a grant that was not set up"));
	}
	if (layout->upcalls > UPCALL_NUMBERS) {
		kernel_panic(SPAN_OF_TEXT("a grant with too many upcalls"));
	}
}

/* Numbers the grants: from 1, so that 0 can stand for none. */
static void grants_number(const struct board *board)
{
	for (uint32_t group = 0; group < board->driver_group_count; group++) {
		for (uint32_t index = 0; index < board->driver_groups[group].count; index++) {
			struct driver *driver = board->driver_groups[group].drivers[index];

			if (driver != NULL && driver->private_grant != NULL) {
				if (kernel.grant_count == GRANTS_MAX) {
					kernel_panic(SPAN_OF_TEXT("too many drivers with grants"));
				}
				grant_check(driver->private_grant->private_layout);
				kernel.grant_count++;
				driver->private_grant->private_index = (uint8_t)kernel.grant_count;
			}
		}
	}
}

noreturn void kernel_start(const struct board *board)
{
	kernel.board = board;
	if (board->driver_group_count != 0) {
		kernel.basics = board->driver_groups[0];
	}
	kernel.shares_applied = true; /* a boot loader may have left something there */
	grants_number(board);
	if (board->resume_client != NULL) {
		resume_begin();
	}
	loader_run();
	processor_time_begin();
	arch_run();
}
