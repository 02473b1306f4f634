/* System calls of the running process.
 *
 * Each handler checks everything before it changes anything. Results are written only to the
 * registers that the return variant defines: applications rely on the others being kept. */

#include "process.h"
#include <kernel/driver.h>
#include <kernel/entry.h>
#include <stddef.h>

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

#define BOUND_IS(field, bound)                                                                     \
	(offsetof(struct process, field) == offsetof(struct process, bounds[bound]))

_Static_assert(BOUND_IS(ram_start, BOUND_RAM_START) && BOUND_IS(ram_end, BOUND_RAM_END) &&
		   BOUND_IS(flash_start, BOUND_FLASH_START) &&
		   BOUND_IS(flash_end, BOUND_FLASH_END) &&
		   BOUND_IS(kernel_break, BOUND_KERNEL_BREAK) &&
		   BOUND_IS(app_break, BOUND_APP_BREAK),
	       "a bound has two names");
_Static_assert(MEMOP_GRANT_START - MEMOP_RAM_START == (int)BOUND_KERNEL_BREAK,
	       "memop tells the bounds of a process in their order");

/* The four bytes at an upcall's address must be the process's to execute. */
enum {
	FUNCTION_BYTES = 4
};

/* What is seldom gone through: the compiler keeps it out of the way of the rest, and small. */
#define COLD __attribute__((cold, noinline))

/* Answers one class of system call. */
typedef void system_call_handler(struct process *process);

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
COLD static void return_refused(uint32_t *registers, enum error_code error)
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

/* Where the hardware keeps the arguments on the process's stack, the flag may lie in them. */
static void flag_write(const struct process *process, uint32_t address, bool ran)
{
	if (memory_is_writeable(process, address, 1)) {
		*(uint8_t *)(uintptr_t)address = ran;
	}
}

static void yield_sleep(struct process *process)
{
	process->state = PROCESS_YIELDED;
	kernel_attention |= ATTENTION_SCHEDULE;
}

static void yield_wait(struct process *process)
{
	if (!upcall_run_queued(process)) {
		yield_sleep(process);
	}
}

COLD static void yield_wait_for(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);
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

COLD static void system_call_fault(void)
{
	kernel_fault(&(struct fault){.cause = FAULT_UNKNOWN_SYSTEM_CALL});
}

static void yield_no_wait(struct process *process)
{
	uint32_t flag_address = context_arguments(&process->context)[1];

	flag_write(process, flag_address, upcall_run_queued(process));
}

static __attribute__((noinline)) void yield_any(struct process *process)
{
	switch (context_arguments(&process->context)[0]) {
	case YIELD_NO_WAIT:
		yield_no_wait(process);
		break;
	case YIELD_WAIT:
		yield_wait(process);
		break;
	case YIELD_WAIT_FOR:
		yield_wait_for(process);
		break;
	default:
		system_call_fault();
		break;
	}
}

/* What is asked most often without a call: with nothing queued. */
static inline __attribute__((always_inline)) void system_call_yield(struct process *process)
{
	const uint32_t *registers = context_arguments(&process->context);

	if (registers[0] == YIELD_NO_WAIT && process->queue_length == 0) {
		flag_write(process, registers[1], false);
	} else if (registers[0] == YIELD_WAIT && process->queue_length == 0) {
		yield_sleep(process);
	} else {
		yield_any(process);
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

static void system_call_subscribe(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);

	uint32_t number = registers[1];

	if (!function_is_valid(process, registers[2])) {
		return_refused(registers, ERROR_INVAL);
		return;
	}

	const struct driver *driver = driver_find(registers[0]);

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

static __attribute__((noinline)) void command_run(struct driver *driver, struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);
	/* The driver writes what it answers beside the variant itself; an error it cannot. */
	const struct command_result result =
	    driver->private_operations->command(driver, process->id, registers[1], registers[2],
						registers[3], (struct command_reply *)registers);
	const uint32_t error = result.private_word >> 8;

	if (error != 0) {
		return_failure(registers, error);
	} else {
		registers[0] = result.private_word;
	}
}

static inline __attribute__((always_inline)) void system_call_command(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);
	struct driver *driver = driver_find(registers[0]);

	if (driver == NULL) {
		return_failure(registers, ERROR_NODEVICE);
		return;
	}
	command_run(driver, process);
}

/* Whether the buffer is in the process's RAM. One that was ever shared there keeps the break from falling
 * below its end. */
static inline bool share_writeable(struct process *process, uint32_t address, uint32_t length)
{
	if (!memory_is_writeable(process, address, length)) {
		return false;
	}
	if (address + length > process->shared_end) {
		process->shared_end = address + length;
	}
	return true;
}

static inline bool share_readable(struct process *process, uint32_t address, uint32_t length)
{
	return share_writeable(process, address, length) ||
	       memory_is_readable(process, address, length);
}

static void allow_replace(struct allowed *slot, uint32_t *registers)
{
	const struct allowed old = *slot;

	*slot = (struct allowed){registers[2], registers[3]};
	return_replaced(registers, old.address, old.length);
}

static void system_call_allow_read_write(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);
	const struct driver *driver = driver_find(registers[0]);

	if (driver == NULL) {
		return_refused(registers, ERROR_NODEVICE);
		return;
	}
	if (registers[3] != 0 && !share_writeable(process, registers[2], registers[3])) {
		return_refused(registers, ERROR_INVAL);
		return;
	}

	const struct grant *grant = grant_for_call(process, driver, registers);

	if (grant == NULL) {
		return;
	}
	if (registers[1] >= grant->private_layout->read_write) {
		return_refused(registers, ERROR_NOSUPPORT);
		return;
	}
	allow_replace(grant_read_write(process, grant, registers[1]), registers);
}

static void system_call_allow_read_only(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);
	const struct driver *driver = driver_find(registers[0]);

	if (driver == NULL) {
		return_refused(registers, ERROR_NODEVICE);
		return;
	}
	if (registers[3] != 0 && !share_readable(process, registers[2], registers[3])) {
		return_refused(registers, ERROR_INVAL);
		return;
	}

	const struct grant *grant = grant_for_call(process, driver, registers);

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
COLD static void system_call_allow_user_readable(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);

	const struct driver *driver = driver_find(registers[0]);

	if (driver == NULL) {
		return_refused(registers, ERROR_NODEVICE);
		return;
	}
	if (registers[3] != 0 && !share_writeable(process, registers[2], registers[3])) {
		return_refused(registers, ERROR_INVAL);
		return;
	}
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

COLD static void memop_otherwise(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);

	switch (registers[0]) {
	case MEMOP_BRK:
		memop_brk(process, registers);
		break;
	case MEMOP_SBRK:
		memop_sbrk(process, registers);
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

static inline __attribute__((always_inline)) void system_call_memop(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);
	uint32_t bound = registers[0] - MEMOP_RAM_START;

	if (bound > BOUND_KERNEL_BREAK) {
		memop_otherwise(process);
		return;
	}
	return_success_u32(registers, process->bounds[bound]);
}

/* --- Exit --- */

COLD static void system_call_exit(struct process *process)
{
	uint32_t *registers = context_arguments(&process->context);
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

/* --- The way in --- */

static system_call_handler *const handlers[] = {
    [CLASS_YIELD] = yield_any,
    [CLASS_SUBSCRIBE] = system_call_subscribe,
    [CLASS_COMMAND] = system_call_command,
    [CLASS_ALLOW_READ_WRITE] = system_call_allow_read_write,
    [CLASS_ALLOW_READ_ONLY] = system_call_allow_read_only,
    [CLASS_MEMOP] = system_call_memop,
    [CLASS_EXIT] = system_call_exit,
    [CLASS_ALLOW_USER_READABLE] = system_call_allow_user_readable,
};

enum {
	CLASSES = sizeof(handlers) / sizeof(handlers[0])
};

/* What `classes` of a process tells: yield comes first of all classes and needs no leave. */
enum {
	CLASSES_FILTERED = CLASS_YIELD + 1,
	CLASSES_ALL = CLASSES
};

void system_call_prepare(struct process *process)
{
	process->classes = filter_applies(process) ? CLASSES_FILTERED : CLASSES_ALL;
}

/* Whether the board's filter lets the process make this call; if not, the answer is written. */
COLD static bool filter_allows(struct process *process, uint32_t class)
{
	uint32_t *registers = context_arguments(&process->context);
	const struct filtered_call call = {
	    .caller = process->id,
	    .driver = registers[0],
	    .number = registers[1],
	    .is_command = class == CLASS_COMMAND,
	};
	enum error_code error = filter_check(process, &call);

	if (error != ERROR_NONE) {
		return_failure(registers, error);
	}
	return error == ERROR_NONE;
}

/* An unknown class, or a process with a filter. */
COLD static void system_call_otherwise(uint32_t class, struct process *process)
{
	if (class >= CLASSES) {
		system_call_fault();
		return;
	}
	if (class == CLASS_MEMOP || class == CLASS_EXIT || filter_allows(process, class)) {
		handlers[class](process);
	}
}

/* The most frequent and the shortest without a look at the table. */
void kernel_system_call(uint32_t class, struct context *context)
{
	struct process *process = process_of_context(context);

	process->system_calls++;
	process->last_system_call = (uint8_t)class;
	if (class == CLASS_YIELD) {
		system_call_yield(process);
	} else if (class >= process->classes) {
		system_call_otherwise(class, process);
	} else if (class == CLASS_COMMAND) {
		system_call_command(process);
	} else if (class == CLASS_MEMOP) {
		system_call_memop(process);
	} else {
		handlers[class](process);
	}
}
