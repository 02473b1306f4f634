/* System calls of the running process.
 *
 * Each handler checks everything before it changes anything. Results are written only to the
 * registers that the return variant defines: applications rely on the others being kept. */

#include "process.h"
#include <kernel/driver.h>
#include <kernel/entry.h>

enum system_call_class {
	CLASS_YIELD,
	CLASS_SUBSCRIBE,
	CLASS_COMMAND,
	CLASS_ALLOW_READ_WRITE,
	CLASS_ALLOW_READ_ONLY,
	CLASS_MEMOP,
	CLASS_EXIT,
	CLASS_ALLOW_USER_READABLE,
};

enum yield_variant {
	YIELD_NO_WAIT,
	YIELD_WAIT,
	YIELD_WAIT_FOR
};

enum memop {
	MEMOP_BRK,
	MEMOP_SBRK,
	MEMOP_RAM_START,
	MEMOP_RAM_END,
	MEMOP_FLASH_START,
	MEMOP_FLASH_END,
	MEMOP_GRANT_START,
	MEMOP_REGION_COUNT,
	MEMOP_REGION_START,
	MEMOP_REGION_END,
	MEMOP_STACK_TOP,
	MEMOP_HEAP_START,
};

enum exit_variant {
	EXIT_TERMINATE,
	EXIT_RESTART
};

/* The four bytes at an upcall's address must be the process's to execute. */
enum {
	FUNCTION_BYTES = 4
};

static void return_failure(uint32_t *registers, enum error_code error)
{
	registers[0] = RETURN_FAILURE;
	registers[1] = error;
}

static void return_success_u32(uint32_t *registers, uint32_t value)
{
	registers[0] = RETURN_SUCCESS_U32;
	registers[1] = value;
}

/* Of subscribe and allow: the two values that were not taken, or that were replaced. */
static void return_refused(uint32_t *registers, enum error_code error)
{
	registers[0] = RETURN_FAILURE_2_U32;
	registers[1] = error; /* [2] and [3] still hold what the process passed */
}

static void return_replaced(uint32_t *registers, uint32_t first, uint32_t second)
{
	registers[0] = RETURN_SUCCESS_2_U32;
	registers[1] = first;
	registers[2] = second;
}

/* --- Yield --- */

static void yield_no_wait(struct process *process, const uint32_t *registers)
{
	uint32_t flag_address = registers[1];
	bool ran = upcall_run_queued(process);

	/* Where the hardware keeps the arguments on the process's stack, the flag may lie in them.
	 */
	if (memory_is_writeable(process, flag_address, 1)) {
		*(uint8_t *)(uintptr_t)flag_address = ran;
	}
}

static void yield_wait(struct process *process)
{
	if (!upcall_run_queued(process)) {
		process->state = PROCESS_YIELDED;
		kernel_attention |= ATTENTION_SCHEDULE;
	}
}

static void yield_wait_for(struct process *process, uint32_t *registers)
{
	const struct driver *driver = driver_find(registers[1]);
	uint32_t number = registers[2];
	uint8_t grant = 0; /* what an unknown driver has: the process then sleeps for ever */

	if (driver != NULL && driver->private_grant != NULL && number <= UINT8_MAX) {
		grant = driver->private_grant->private_index;
	}
	if (upcall_take(process, grant, number, registers)) {
		return;
	}
	process->state = PROCESS_YIELDED_FOR;
	process->waits_grant = grant;
	process->waits_number = (uint8_t)number;
	kernel_attention |= ATTENTION_SCHEDULE;
}

static void system_call_fault(void)
{
	kernel_fault(&(struct fault){.cause = FAULT_UNKNOWN_SYSTEM_CALL});
}

static void system_call_yield(struct process *process, uint32_t *registers)
{
	switch (registers[0]) {
	case YIELD_NO_WAIT:
		yield_no_wait(process, registers);
		break;
	case YIELD_WAIT:
		yield_wait(process);
		break;
	case YIELD_WAIT_FOR:
		yield_wait_for(process, registers);
		break;
	default:
		system_call_fault();
		break;
	}
}

/* --- Subscribe, command, allow --- */

static bool function_is_valid(const struct process *process, uint32_t function)
{
	return function == 0 || memory_is_readable(process, function, FUNCTION_BYTES);
}

/* Finds the driver's grant and makes sure the process has it. NULL: the answer is written. */
static const struct grant *grant_for_call(struct process *process, const struct driver *driver,
					  uint32_t *registers)
{
	const struct grant *grant = driver->private_grant;

	if (grant == NULL || !grant_ensure(process, grant)) {
		return_refused(registers, ERROR_NOMEM);
		return NULL;
	}
	return grant;
}

static void system_call_subscribe(struct process *process, uint32_t *registers)
{
	const struct driver *driver = driver_find(registers[0]);
	uint32_t number = registers[1];

	if (!function_is_valid(process, registers[2])) {
		return_refused(registers, ERROR_INVAL);
		return;
	}
	if (driver == NULL) {
		return_refused(registers, ERROR_NODEVICE);
		return;
	}

	const struct grant *grant = grant_for_call(process, driver, registers);

	if (grant == NULL) {
		return;
	}
	if (number >= grant->private_layout->upcalls) {
		return_refused(registers, ERROR_NOSUPPORT);
		return;
	}

	struct subscription *slot = grant_subscription(process, grant, number);
	const struct subscription old = *slot;

	*slot = (struct subscription){registers[2], registers[3]};
	if (process->queue_length != 0) {
		upcall_forget(process, grant->private_index, number);
	}
	return_replaced(registers, old.function, old.data);
}

static void system_call_command(struct process *process, uint32_t *registers)
{
	struct driver *driver = driver_find(registers[0]);

	if (driver == NULL) {
		return_failure(registers, ERROR_NODEVICE);
		return;
	}

	/* The driver writes what it answers beside the variant itself; an error it cannot. */
	const struct command_result result =
	    driver->private_operations->command(driver, process->id, registers[1], registers[2],
						registers[3], (struct command_reply *)registers);
	const uint32_t error = result.private_word >> 8;

	registers[0] = result.private_word & 0xff;
	if (error != 0) {
		registers[1] = error;
	}
}

/* A buffer in RAM that was once shared keeps the break from falling below its end. */
static void share(struct process *process, uint32_t address, uint32_t length)
{
	bool in_ram = length != 0 && memory_is_writeable(process, address, length);

	if (in_ram && address + length > process->shared_end) {
		process->shared_end = address + length;
	}
}

static void allow_replace(struct allowed *slot, uint32_t *registers)
{
	const struct allowed old = *slot;

	*slot = (struct allowed){registers[2], registers[3]};
	return_replaced(registers, old.address, old.length);
}

/* What both kinds of allow check before they differ. NULL: the answer is written. */
static const struct grant *allow_check(struct process *process, uint32_t *registers,
				       const struct driver *driver, bool may_be_shared)
{
	if (driver == NULL) {
		return_refused(registers, ERROR_NODEVICE);
		return NULL;
	}
	if (registers[3] != 0 && !may_be_shared) {
		return_refused(registers, ERROR_INVAL);
		return NULL;
	}
	share(process, registers[2], registers[3]);
	return grant_for_call(process, driver, registers);
}

static void system_call_allow_read_write(struct process *process, uint32_t *registers)
{
	const struct grant *grant =
	    allow_check(process, registers, driver_find(registers[0]),
			memory_is_writeable(process, registers[2], registers[3]));

	if (grant == NULL) {
		return;
	}
	if (registers[1] >= grant->private_layout->read_write) {
		return_refused(registers, ERROR_NOSUPPORT);
		return;
	}
	allow_replace(grant_read_write(process, grant, registers[1]), registers);
}

static void system_call_allow_read_only(struct process *process, uint32_t *registers)
{
	const struct grant *grant =
	    allow_check(process, registers, driver_find(registers[0]),
			memory_is_readable(process, registers[2], registers[3]));

	if (grant == NULL) {
		return;
	}
	if (registers[1] >= grant->private_layout->read_only) {
		return_refused(registers, ERROR_NOSUPPORT);
		return;
	}
	allow_replace(grant_read_only(process, grant, registers[1]), registers);
}

/* Unlike with the other kinds, a slot that does not exist is noticed before the grant is made. */
static void system_call_allow_user_readable(struct process *process, uint32_t *registers)
{
	const struct driver *driver = driver_find(registers[0]);

	if (driver == NULL) {
		return_refused(registers, ERROR_NODEVICE);
		return;
	}
	if (registers[3] != 0 && !memory_is_writeable(process, registers[2], registers[3])) {
		return_refused(registers, ERROR_INVAL);
		return;
	}
	share(process, registers[2], registers[3]);
	if (driver->private_grant == NULL ||
	    registers[1] >= driver->private_grant->private_layout->user_readable) {
		return_refused(registers, ERROR_NOSUPPORT);
		return;
	}

	const struct grant *grant = grant_for_call(process, driver, registers);

	if (grant != NULL) {
		allow_replace(grant_user_readable(process, grant, registers[1]), registers);
		kernel_attention |= ATTENTION_SCHEDULE; /* the driver fills it before it is read */
	}
}

/* --- Memop --- */

static void memop_brk(struct process *process, uint32_t *registers)
{
	if (!memory_set_break(process, registers[1])) {
		return_failure(registers, ERROR_NOMEM);
		return;
	}
	registers[0] = RETURN_SUCCESS;
}

static void memop_sbrk(struct process *process, uint32_t *registers)
{
	uint32_t old = process->app_break;

	/* Wrapping is how a negative increment works; any other wrap leaves the process's RAM. */
	if (!memory_set_break(process, old + registers[1])) {
		return_failure(registers, ERROR_NOMEM);
		return;
	}
	return_success_u32(registers, old);
}

/* A hint for debuggers: kept if it makes sense, never refused. */
static void memop_hint(const struct process *process, uint32_t *registers, uint32_t *hint)
{
	if (registers[1] >= process->ram_start && registers[1] < process->ram_end) {
		*hint = registers[1];
	}
	registers[0] = RETURN_SUCCESS;
}

static void memop_region(const struct process *process, uint32_t *registers, bool is_end)
{
	struct flash_region region;

	if (!process_flash_region(process, registers[1], &region)) {
		return_failure(registers, ERROR_FAIL);
		return;
	}
	return_success_u32(registers, is_end ? region.end : region.start);
}

static void system_call_memop(struct process *process, uint32_t *registers)
{
	switch (registers[0]) {
	case MEMOP_BRK:
		memop_brk(process, registers);
		break;
	case MEMOP_SBRK:
		memop_sbrk(process, registers);
		break;
	case MEMOP_RAM_START:
		return_success_u32(registers, process->ram_start);
		break;
	case MEMOP_RAM_END:
		return_success_u32(registers, process->ram_end);
		break;
	case MEMOP_FLASH_START:
		return_success_u32(registers, process->flash_start);
		break;
	case MEMOP_FLASH_END:
		return_success_u32(registers, process->flash_end);
		break;
	case MEMOP_GRANT_START:
		return_success_u32(registers, process->kernel_break);
		break;
	case MEMOP_REGION_COUNT:
		return_success_u32(registers, process_flash_regions(process));
		break;
	case MEMOP_REGION_START:
		memop_region(process, registers, false);
		break;
	case MEMOP_REGION_END:
		memop_region(process, registers, true);
		break;
	case MEMOP_STACK_TOP:
		memop_hint(process, registers, &process->stack_top);
		break;
	case MEMOP_HEAP_START:
		memop_hint(process, registers, &process->heap_start);
		break;
	default:
		return_failure(registers, ERROR_NOSUPPORT);
		break;
	}
}

/* --- Exit --- */

static void system_call_exit(struct process *process, uint32_t *registers)
{
	uint32_t code = registers[1];

	switch (registers[0]) {
	case EXIT_TERMINATE:
		process_end(process, PROCESS_TERMINATED);
		process->completion_code = code;
		break;
	case EXIT_RESTART:
		process_restart(process);
		break;
	default:
		return_failure(registers, ERROR_NOSUPPORT);
		break;
	}
}

/* --- Filtered: the calls of a process that the board's filter looks at --- */

/* Whether the process may make this call; if not, the answer is written. */
static bool filter_allows(const struct process *process, uint32_t *registers, bool is_command)
{
	const struct filtered_call call = {
	    .caller = process->id,
	    .driver = registers[0],
	    .number = registers[1],
	    .is_command = is_command,
	};
	enum error_code error = filter_check(process, &call);

	if (error != ERROR_NONE) {
		return_failure(registers, error);
	}
	return error == ERROR_NONE;
}

static void filtered_subscribe(struct process *process, uint32_t *registers)
{
	if (filter_allows(process, registers, false)) {
		system_call_subscribe(process, registers);
	}
}

static void filtered_command(struct process *process, uint32_t *registers)
{
	if (filter_allows(process, registers, true)) {
		system_call_command(process, registers);
	}
}

static void filtered_allow_read_write(struct process *process, uint32_t *registers)
{
	if (filter_allows(process, registers, false)) {
		system_call_allow_read_write(process, registers);
	}
}

static void filtered_allow_read_only(struct process *process, uint32_t *registers)
{
	if (filter_allows(process, registers, false)) {
		system_call_allow_read_only(process, registers);
	}
}

static void filtered_allow_user_readable(struct process *process, uint32_t *registers)
{
	if (filter_allows(process, registers, false)) {
		system_call_allow_user_readable(process, registers);
	}
}

/* --- The way in --- */

enum {
	CLASSES = CLASS_ALLOW_USER_READABLE + 1
};

/* Sets of handlers, each from the place that `handlers` of a process says. */
enum handlers {
	HANDLERS_PLAIN = 0,
	HANDLERS_FILTERED = CLASSES,
};

typedef void system_call_handler(struct process *process, uint32_t *registers);

static system_call_handler *const handlers[] = {
    [HANDLERS_PLAIN + CLASS_YIELD] = system_call_yield,
    [HANDLERS_PLAIN + CLASS_SUBSCRIBE] = system_call_subscribe,
    [HANDLERS_PLAIN + CLASS_COMMAND] = system_call_command,
    [HANDLERS_PLAIN + CLASS_ALLOW_READ_WRITE] = system_call_allow_read_write,
    [HANDLERS_PLAIN + CLASS_ALLOW_READ_ONLY] = system_call_allow_read_only,
    [HANDLERS_PLAIN + CLASS_MEMOP] = system_call_memop,
    [HANDLERS_PLAIN + CLASS_EXIT] = system_call_exit,
    [HANDLERS_PLAIN + CLASS_ALLOW_USER_READABLE] = system_call_allow_user_readable,

    [HANDLERS_FILTERED + CLASS_YIELD] = system_call_yield,
    [HANDLERS_FILTERED + CLASS_SUBSCRIBE] = filtered_subscribe,
    [HANDLERS_FILTERED + CLASS_COMMAND] = filtered_command,
    [HANDLERS_FILTERED + CLASS_ALLOW_READ_WRITE] = filtered_allow_read_write,
    [HANDLERS_FILTERED + CLASS_ALLOW_READ_ONLY] = filtered_allow_read_only,
    [HANDLERS_FILTERED + CLASS_MEMOP] = system_call_memop,
    [HANDLERS_FILTERED + CLASS_EXIT] = system_call_exit,
    [HANDLERS_FILTERED + CLASS_ALLOW_USER_READABLE] = filtered_allow_user_readable,
};

void system_call_prepare(struct process *process)
{
	process->handlers = filter_applies(process) ? HANDLERS_FILTERED : HANDLERS_PLAIN;
}

void kernel_system_call(struct context *context, uint32_t class)
{
	struct process *process = process_of_context(context);

	process->system_calls++;
	process->last_system_call = (uint8_t)class;
	if (class >= CLASSES) {
		system_call_fault();
		return;
	}
	handlers[process->handlers + class](process, context_arguments(&process->context));
}
