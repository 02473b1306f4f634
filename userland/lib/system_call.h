#pragma once

#include <linkage.h>
#include <stdint.h>

LINKAGE_C_BEGIN

/* The system calls, one function each. Numbers and registers are those of Tock 2.x.
 *
 *   S1  Only the values that a return variant defines come from the kernel; the others of `struct
 *       system_call_return` hold what was passed in.
 *   S2  yield_wait and yield_no_wait may run one upcall before they return; nothing else does.
 *   S3  What is shared by allow_* must live until it is withdrawn by another allow of that slot.
 *
 * How a trap is made is the architecture's: <trap.h> is found in the folder lib/<arch>. */
enum system_call_class {
	CLASS_YIELD = 0,
	CLASS_SUBSCRIBE = 1,
	CLASS_COMMAND = 2,
	CLASS_ALLOW_READ_WRITE = 3,
	CLASS_ALLOW_READ_ONLY = 4,
	CLASS_MEMOP = 5,
	CLASS_EXIT = 6,
	CLASS_ALLOW_USER_READABLE = 7,
};

enum yield_variant {
	YIELD_NO_WAIT = 0,
	YIELD_WAIT = 1,
	YIELD_WAIT_FOR = 2,
};

enum memop {
	MEMOP_BRK = 0,
	MEMOP_SBRK = 1,
	MEMOP_RAM_START = 2,
	MEMOP_RAM_END = 3,
	MEMOP_FLASH_START = 4,
	MEMOP_FLASH_END = 5,
	MEMOP_GRANT_START = 6,
	MEMOP_WRITEABLE_COUNT = 7,
	MEMOP_WRITEABLE_START = 8,
	MEMOP_WRITEABLE_END = 9,
	MEMOP_STACK_TOP = 10,
	MEMOP_HEAP_START = 11,
};

enum return_variant {
	RETURN_FAILURE = 0,
	RETURN_FAILURE_2_U32 = 2,
	RETURN_SUCCESS = 128,
	RETURN_SUCCESS_U32 = 129,
	RETURN_SUCCESS_2_U32 = 130,
};

enum error_code {
	ERROR_NONE = 0,
	ERROR_FAIL = 1,
	ERROR_BUSY = 2,
	ERROR_ALREADY = 3,
	ERROR_OFF = 4,
	ERROR_RESERVE = 5,
	ERROR_INVAL = 6,
	ERROR_SIZE = 7,
	ERROR_CANCEL = 8,
	ERROR_NOMEM = 9,
	ERROR_NOSUPPORT = 10,
	ERROR_NODEVICE = 11,
	ERROR_UNINSTALLED = 12,
	ERROR_NOACK = 13,
};

enum driver_number {
	DRIVER_ALARM = 0x0,
	DRIVER_CONSOLE = 0x1,
	DRIVER_LED = 0x2,
	DRIVER_BUTTON = 0x3,
	DRIVER_DEBUG = 0x8,
	DRIVER_READ_ONLY_STATE = 0x9,
	DRIVER_IPC = 0x10000,
	DRIVER_TEMPERATURE = 0x60000,
};

/* Registers 0 to 3 after a system call. Variants from 128 on mean success. */
struct system_call_return {
	uint32_t variant;
	uint32_t value1;
	uint32_t value2;
	uint32_t value3;
};

/* What an event brought: the three arguments of its upcall. */
struct upcall_arguments {
	uint32_t argument1;
	uint32_t argument2;
	uint32_t argument3;
};

/* A function that the kernel runs at a yield. `data` is what subscribe was given. */
typedef void upcall_function(uint32_t argument1, uint32_t argument2, uint32_t argument3,
			     uint32_t data);

#include <trap.h>

static inline int succeeded(struct system_call_return result)
{
	return result.variant >= RETURN_SUCCESS;
}

/* The error that a failure variant carries. */
static inline enum error_code error_of(struct system_call_return result)
{
	return succeeded(result) ? ERROR_NONE : (enum error_code)result.value1;
}

/* Runs one upcall if one waits, and tells by *ran (1 or 0) whether it did; NULL: tells nobody. */
static inline void yield_no_wait(uint8_t *ran)
{
	trap_yield(YIELD_NO_WAIT, (uint32_t)ran);
}

/* Sleeps until an upcall has run. */
static inline void yield_wait(void)
{
	trap_yield(YIELD_WAIT, 0);
}

/* Sleeps until this event has come; its function, if any, is not called. */
static inline struct upcall_arguments yield_wait_for(uint32_t driver, uint32_t upcall)
{
	struct system_call_return result = trap(CLASS_YIELD, YIELD_WAIT_FOR, driver, upcall, 0);
	return (struct upcall_arguments){result.variant, result.value1, result.value2};
}

static inline struct system_call_return subscribe(uint32_t driver, uint32_t upcall,
						  upcall_function *function, uint32_t data)
{
	return trap(CLASS_SUBSCRIBE, driver, upcall, (uint32_t)function, data);
}

static inline struct system_call_return command(uint32_t driver, uint32_t number,
						uint32_t argument1, uint32_t argument2)
{
	return trap(CLASS_COMMAND, driver, number, argument1, argument2);
}

static inline struct system_call_return allow_read_write(uint32_t driver, uint32_t slot,
							 void *buffer, uint32_t length)
{
	return trap(CLASS_ALLOW_READ_WRITE, driver, slot, (uint32_t)buffer, length);
}

static inline struct system_call_return allow_read_only(uint32_t driver, uint32_t slot,
							const void *buffer, uint32_t length)
{
	return trap(CLASS_ALLOW_READ_ONLY, driver, slot, (uint32_t)buffer, length);
}

static inline struct system_call_return allow_user_readable(uint32_t driver, uint32_t slot,
							    void *buffer, uint32_t length)
{
	return trap(CLASS_ALLOW_USER_READABLE, driver, slot, (uint32_t)buffer, length);
}

static inline struct system_call_return memop(uint32_t operation, uint32_t argument)
{
	return trap(CLASS_MEMOP, operation, argument, 0, 0);
}

/* The answer of one of the memops that only ask: an address or a count. */
static inline uint32_t memop_ask(enum memop operation)
{
	return memop(operation, 0).value1;
}

static inline __attribute__((noreturn)) void exit_terminate(uint32_t completion_code)
{
	trap(CLASS_EXIT, 0, completion_code, 0, 0);
	__builtin_unreachable();
}

static inline __attribute__((noreturn)) void exit_restart(uint32_t completion_code)
{
	trap(CLASS_EXIT, 1, completion_code, 0, 0);
	__builtin_unreachable();
}

LINKAGE_C_END
