#pragma once

#include <kernel/capability.h>
#include <kernel/clock.h>
#include <kernel/credential_checker.h>
#include <kernel/driver.h>
#include <kernel/execution_context.h>
#include <kernel/fault_policy.h>
#include <kernel/interrupt.h>
#include <kernel/observer.h>
#include <kernel/panic_reporter.h>
#include <kernel/panic_writer.h>
#include <kernel/resume_client.h>
#include <kernel/slice_timer.h>
#include <kernel/system_call_filter.h>
#include <stdnoreturn.h>

/* What a board tells the kernel. Boards only: this header can mint capabilities.
 *
 * Driver numbers are paths, so that finding a driver costs the same however many there are: number
 * 0x30004 is entry 4 of group 3. Absent entries are NULL.
 *
 *     static struct driver *const basics[] = {[0x0] = &alarm.driver, [0x1] = &console.driver};
 *     static const struct driver_group groups[] = {[0x0] = DRIVER_GROUP(basics)};
 */
struct driver_group {
	struct driver *const *drivers;
	uint32_t count;
};

#define DRIVER_GROUP(array) {(array), sizeof(array) / sizeof((array)[0])}

struct board {
	const struct driver_group *driver_groups;
	uint32_t driver_group_count;

	struct process **processes; /* the process table: NULLs, filled by the loader */
	uint32_t process_slots;     /* at most 255 */

	/* Addresses: [start, end). Application flash, and the RAM that processes get. */
	uint32_t flash_start, flash_end;
	uint32_t ram_start, ram_end;

	struct interrupt_handler *const *interrupts; /* by line; NULL: line not used */
	uint32_t interrupt_count;

	struct slice_timer *slice_timer;
	struct clock *clock NULLABLE; /* NULL: no times are told */
	struct observer *observer;
	struct resume_client *resume_client NULLABLE; /* by resume_board; NULL: nobody is told */
	struct panic_writer *panic_writer;
	struct panic_reporter *panic_reporter; /* NULL: a panic says its message and nothing more */
	/* Used when filter_board is among the modules that board.mk lists. */
	struct system_call_filter *system_call_filter;

	struct fault_policy *fault_policy;
};

/* Loads the processes and runs them. Called once, at the end of the board's main, on the kernel's
 * stack, with every capsule and chip driver initialised. `board` must live for ever. */
noreturn void kernel_start(const struct board *board);

/* Who decides by its credentials whether an application is loaded. Called once, before
 * kernel_start(), by boards with the module credential_board; the others have no such function. */
void kernel_set_credential_checker(struct credential_checker *checker);

/* Halts the system with a message. For states that only a bug of the kernel can lead to. */
SEIZES_KERNEL_CONTEXT noreturn void kernel_panic(struct read_span message);

/* Capabilities are what they are, not what they hold. */
struct process_inspect_capability {
	char private_nothing;
};
struct process_control_capability {
	char private_nothing;
};
struct process_share_capability {
	char private_nothing;
};
