/* What those may see who report to people. */

#include "process.h"
#include "tbf.h"
#include <stddef.h>

uint32_t process_slots(void)
{
	return kernel.board->process_slots;
}

static void describe_memory(const struct process *process, struct process_description *description)
{
	description->flash_start = process->flash_start;
	description->flash_app = process->flash_app;
	description->flash_end = process->flash_end;
	description->ram_start = process->ram_start;
	description->app_break = process->app_break;
	description->app_reach = protection_reach(&process->protection, process->app_break);
	description->kernel_break = process->kernel_break;
	description->ram_end = process->ram_end;
	description->stack_pointer = context_stack_pointer(&process->context);
	description->stack_top = process->stack_top;
	description->heap_start = process->heap_start;
}

static void describe_counts(const struct process *process, struct process_description *description)
{
	description->run_ticks = process->run_ticks;
	description->system_calls = process->system_calls;
	description->last_system_call = process->last_system_call;
	description->upcalls_delivered = process->upcalls_delivered;
	description->upcalls_dropped = process->upcalls_dropped;
	description->upcalls_queued = process->queue_length;
	description->slices_expired = process->slices_expired;
	description->restarts = process->restarts;
	description->completion_code =
	    process->state == PROCESS_TERMINATED && process->fault_cause == FAULT_NONE
		? process->completion_code
		: 0;
}

static void describe_fault(const struct process *process, struct process_description *description)
{
	description->fault = (struct fault){.cause = process->fault_cause};
	if (process->fault_cause != FAULT_NONE) {
		description->fault.address_valid = process->fault_has_address;
		description->fault.address = process->fault_address;
		description->fault.status = process->fault_status;
	}
}

static void describe_grants(const struct process *process, struct process_description *description)
{
	description->grants_used = 0;
	description->grants_total = kernel.grant_count;
	for (uint32_t index = 1; index <= kernel.grant_count; index++) {
		description->grants_used += process->grants[index] != 0;
	}
}

/* Yield-wait-for leaves its arguments where they were until it returns. */
static void describe_wait(struct process *process, struct process_description *description)
{
	if (process->state == PROCESS_YIELDED_FOR) {
		description->waits_driver = context_arguments(&process->context)[1];
		description->waits_number = context_arguments(&process->context)[2];
	}
}

static void describe(struct process *process, struct process_description *description)
{
	processor_time_charge();
	description->id = process->id;
	description->name = process_name(process);
	description->short_id = tbf_short_id((const uint8_t *)(uintptr_t)process->flash_start);
	description->state = process->state;
	description->is_stopped = process->is_stopped;
	describe_fault(process, description);
	describe_wait(process, description);
	describe_memory(process, description);
	describe_counts(process, description);
	describe_grants(process, description);
}

bool process_describe(uint32_t slot, const struct process_inspect_capability *capability,
		      struct process_description *description)
{
	(void)capability;
	if (slot >= kernel.process_count) {
		return false;
	}
	describe(kernel.board->processes[slot], description);
	return true;
}

bool process_describe_id(struct process_id id, const struct process_inspect_capability *capability,
			 struct process_description *description)
{
	struct process *process = process_find(id);

	(void)capability;
	if (process == NULL) {
		return false;
	}
	describe(process, description);
	return true;
}

bool process_registers_read(struct process_id id,
			    const struct process_inspect_capability *capability,
			    struct process_registers *registers)
{
	const struct process *process = process_find(id);

	(void)capability;
	if (process == NULL) {
		return false;
	}
	context_registers(&process->context, process->ram_start, process->app_break, registers);
	return true;
}

/* The driver whose grant has this index, and its number; NULL: there is none. */
static const struct driver *driver_with_grant(uint32_t index, uint32_t *number)
{
	const struct board *board = kernel.board;

	for (uint32_t group = 0; group < board->driver_group_count; group++) {
		for (uint32_t i = 0; i < board->driver_groups[group].count; i++) {
			const struct driver *driver = board->driver_groups[group].drivers[i];

			if (driver != NULL && driver->private_grant != NULL &&
			    driver->private_grant->private_index == index) {
				*number = group << 16 | i;
				return driver;
			}
		}
	}
	return NULL;
}

bool process_grant_describe(struct process_id id, uint32_t index,
			    const struct process_inspect_capability *capability,
			    struct process_grant *grant)
{
	const struct process *process = process_find(id);
	const struct driver *driver = NULL;

	(void)capability;
	if (process == NULL || index >= kernel.grant_count) {
		return false;
	}
	driver = driver_with_grant(index + 1, &grant->driver);
	if (driver == NULL) {
		return false;
	}
	grant->address = grant_address(process, driver->private_grant);
	grant->size = grant_size(driver->private_grant);
	return true;
}
