/* System calls of a process with a Permissions element are put to the board's filter. */

#include "process.h"
#include "tbf.h"

bool filter_applies(const struct process *process)
{
	return process->permissions != 0;
}

enum error_code filter_check(const struct process *process, const struct filtered_call *call)
{
	const uint8_t *flash = (const uint8_t *)(uintptr_t)process->flash_start;

	return system_call_filter_check(kernel.board->system_call_filter,
					tbf_value(flash, process->permissions), call);
}
