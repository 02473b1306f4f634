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
uint32_t kernel_attention = ATTENTION_SCHEDULE;

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

/* A process that cannot go on is no longer the running one. This comes before anything that could
 * wake it: who wakes goes into the scheduler, and nobody is in two places. */
static void running_drop(void)
{
	if (kernel.running != NULL && kernel.running->state != PROCESS_RUNNING) {
		kernel.running = NULL;
	}
}

/* The running process steps back behind others when the scheduler says so. */
static void running_step_back(void)
{
	struct process *process = kernel.running;
	bool has_expired = (kernel_attention & ATTENTION_SLICE_EXPIRED) != 0;

	if (process == NULL || !scheduler_gives_way(process, has_expired)) {
		return;
	}
	if (has_expired) {
		process->slices_expired++;
		kernel.slices_expired++;
	}
	scheduler_add(process);
	kernel.running = NULL;
}

/* Microseconds that a deferred call waits at most which has run and was set again. */
enum {
	DEFERRED_CALL_WAITS = 10000
};

/* How long the running process may go on: 0, as long as it likes. */
static uint32_t slice_due(void)
{
	if (kernel.running == NULL) {
		return 0;
	}
	if (kernel.deferred_first != NULL) {
		return DEFERRED_CALL_WAITS;
	}
	return scheduler_has_waiting() ? scheduler_slice(kernel.running) : 0;
}

/* The slice timer runs exactly while somebody waits for the processor: a process, or a deferred call. */
static void slice_update(bool is_new)
{
	uint32_t slice = slice_due();

	if (slice == 0 && kernel.slice_running) {
		kernel.slice_running = false;
		slice_timer_stop(kernel.board->slice_timer);
	}
	if (slice != 0 && (is_new || !kernel.slice_running)) {
		kernel.slice_running = true;
		slice_timer_start(kernel.board->slice_timer, slice);
	}
}

/* All that comes before processes. What it does may give it more to do. */
static void work_run(void)
{
	if (kernel.deferred_first != NULL) {
		deferred_calls_run();
	}
	while ((kernel_attention & ATTENTION_PROCESS) != 0) {
		kernel_attention &= ~(uint32_t)ATTENTION_PROCESS;
		process_attend_all();
		deferred_calls_run();
	}
}

/* Gives the processor to whom it is due; false: to nobody. */
static __attribute__((noinline)) bool choose(void)
{
	running_drop();
	work_run();
	running_step_back();

	bool is_new = kernel.running == NULL;

	if (is_new) {
		kernel.running = scheduler_take();
	}
	slice_update(is_new);
	if (kernel.time_owner != kernel.running) {
		processor_time_switch();
	}
	if (kernel.running == NULL) {
		kernel.sleeps += kernel_may_sleep();
		kernel_attention = ATTENTION_SCHEDULE;
		return false;
	}
	if (kernel.protection_owner != kernel.running ||
	    (kernel_attention & ATTENTION_PROTECTION) != 0) {
		kernel.protection_owner = kernel.running;
		protection_apply(&kernel.running->protection, kernel.running->bounds);
	}
	if (kernel.running->shares != 0 || kernel.shares_applied) {
		share_apply(kernel.running);
	}
	kernel_attention = kernel.deferred_first != NULL ? ATTENTION_DEFERRED_CALL : 0;
	return true;
}

struct context *kernel_next(void)
{
	kernel.ways_out++;
	if (!choose()) {
		return NULL;
	}
	if (kernel_tells_resumption(kernel.running) && resume_changes() && !choose()) {
		return NULL;
	}
	return &kernel.running->context;
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
