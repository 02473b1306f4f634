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

static void describe(const struct process *process, struct process_description *description)
{
	const uint8_t *flash = (const uint8_t *)(uintptr_t)process->flash_start;

	description->id = process->id;
	description->name = tbf_value(flash, tbf_find(flash, TBF_PACKAGE_NAME));
	description->short_id = tbf_short_id(flash);
	description->state = process->state;
	description->fault = process->fault;
	describe_memory(process, description);
	description->system_calls = process->system_calls;
	description->upcalls_dropped = process->upcalls_dropped;
	description->slices_expired = process->slices_expired;
	description->restarts = process->restarts;
	description->completion_code = process->completion_code;
}

bool process_describe(uint32_t slot, const struct process_inspect_capability *capability,
		      struct process_description *description)
{
	(void)capability;
	if (slot >= kernel.board->process_slots || kernel.board->processes[slot] == NULL) {
		return false;
	}
	describe(kernel.board->processes[slot], description);
	return true;
}

bool process_describe_id(struct process_id id, const struct process_inspect_capability *capability,
			 struct process_description *description)
{
	const struct process *process = process_find(id);

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
