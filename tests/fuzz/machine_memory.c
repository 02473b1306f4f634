/* What the kernel may touch of processes' memory in one step: K2 and K3.
 *
 * A copy of all RAM shows which bytes a step has changed. Before the step all that processes own is
 * poisoned, and then opened again where the step has business. Reads elsewhere are the sanitizer's to
 * find, writes are found twice. */

#include "machine.h"

#include <sanitizer/asan_interface.h>
#include <string.h>

enum {
	WINDOWS_MAX = 128
};

struct window {
	uint32_t address, length;
};

/* A process as it was before the step. */
struct before {
	struct process_id id;
	uint32_t app_break;
};

static uint8_t copy[MACHINE_RAM_BYTES];
static uint8_t flash_copy[MACHINE_FLASH_BYTES];
static struct window windows[WINDOWS_MAX];
static uint32_t window_count;
static struct before befores[MACHINE_SLOTS];

static uint8_t *real(uint32_t address)
{
	return (uint8_t *)(uintptr_t)address;
}

static uint8_t *copied(uint32_t address)
{
	return &copy[address - MACHINE_RAM];
}

void machine_memory_begin(void)
{
	memcpy(copy, real(MACHINE_RAM), sizeof(copy));
	memcpy(flash_copy, real(MACHINE_FLASH), sizeof(flash_copy));
}

void machine_memory_end(void)
{
	CHECK(memcmp(flash_copy, real(MACHINE_FLASH), sizeof(flash_copy)) == 0);
}

void machine_memory_may_read(uint32_t address, uint32_t length)
{
	__asan_unpoison_memory_region(real(address), length);
}

void machine_memory_may_write(uint32_t address, uint32_t length)
{
	if (length == 0) {
		return;
	}
	CHECK(window_count < WINDOWS_MAX);
	windows[window_count++] = (struct window){address, length};
	machine_memory_may_read(address, length);
}

void machine_memory_may_restart(const struct process *process)
{
	uint32_t start = process->ram_start;
	uint32_t reach = protection_reach(&process->protection, start + CONTEXT_START_BYTES);

	machine_memory_may_write(start, reach - start);
}

void machine_memory_may_take(const struct process *process)
{
	uint32_t reach = protection_reach(&process->protection, process->app_break);

	machine_memory_may_read(reach, process->kernel_break - reach);
}

/* The words of an exception frame, where there are such. */
static void may_write_frame(const struct process *process)
{
	uint32_t stack = context_stack_pointer(&process->context);
	uint32_t bytes = host_frame_bytes();

	if (bytes != 0 && stack >= process->ram_start && stack <= process->app_break &&
	    bytes <= process->app_break - stack) {
		machine_memory_may_write(stack, bytes);
	}
}

static void may_use_shared(const struct process *process, const struct grant *grant)
{
	const struct grant_layout *layout = grant->private_layout;

	for (uint32_t i = 0; i < layout->read_write; i++) {
		const struct allowed *slot = grant_read_write(process, grant, i);

		machine_memory_may_write(slot->address, slot->length);
	}
	for (uint32_t i = 0; i < layout->user_readable; i++) {
		const struct allowed *slot = grant_user_readable(process, grant, i);

		machine_memory_may_write(slot->address, slot->length);
	}
	for (uint32_t i = 0; i < layout->read_only; i++) {
		const struct allowed *slot = grant_read_only(process, grant, i);

		if (slot->length != 0) {
			machine_memory_may_read(slot->address, slot->length);
		}
	}
}

static void process_open(const struct process *process)
{
	if (process_is_alive(process)) {
		for (uint32_t i = 0; i < machine_driver_count; i++) {
			const struct grant *grant = machine_drivers[i].grant;

			if (grant != NULL && process->grants[grant->private_index] != 0) {
				may_use_shared(process, grant);
			}
		}
	}
	may_write_frame(process); /* of a faulted process only a report reads it */
}

static void process_close(const struct process *process)
{
	befores[process_slot(process)] = (struct before){process->id, process->app_break};
	__asan_poison_memory_region(real(process->ram_start),
				    process->kernel_break - process->ram_start);
	__asan_poison_memory_region(real(process->flash_app),
				    process->flash_end - process->flash_app);
}

void machine_memory_guard(void)
{
	window_count = 0;
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		process_close(machine.processes[i]);
	}
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		process_open(machine.processes[i]);
	}
}

/* Bytes of [start, end) that are neither zero nor in the frame. */
static bool is_zero(const struct process *process, uint32_t start, uint32_t end)
{
	uint32_t frame = context_stack_pointer(&process->context);

	for (uint32_t at = start; at < end; at++) {
		if (*real(at) != 0 && (at < frame || at - frame >= host_frame_bytes())) {
			return false;
		}
	}
	return true;
}

/* What a move of the break, or a new life, has uncovered. */
static void uncovered_check(const struct process *process, const struct before *before)
{
	uint32_t reach = protection_reach(&process->protection, process->app_break);
	uint32_t from = process->app_break;

	if (!process_id_equal(process->id, before->id)) {
		from = process->ram_start;
	} else if (process->app_break > before->app_break) {
		from = before->app_break;
	} else {
		return;
	}
	CHECK(is_zero(process, from, reach));
	memcpy(copied(from), real(from), reach - from);
}

/* Who ended in this step may have got a grant in it first. What the kernel gave back holds what the kernel
 * left there; nobody reaches it. */
static bool has_ended(const struct process *process, const struct before *before)
{
	return !process_is_alive(process) || !process_id_equal(process->id, before->id);
}

static void process_check(const struct process *process)
{
	const struct before *before = &befores[process_slot(process)];
	uint32_t start = process->ram_start;
	uint32_t end = process->kernel_break;

	uncovered_check(process, before);
	if (has_ended(process, before)) {
		end = protection_reach(&process->protection, before->app_break);
	}
	CHECK(memcmp(copied(start), real(start), end - start) == 0);
	memcpy(copied(start), real(start), process->ram_end - start);
}

void machine_memory_check(void)
{
	__asan_unpoison_memory_region(real(MACHINE_RAM), MACHINE_RAM_BYTES);
	__asan_unpoison_memory_region(real(MACHINE_FLASH), MACHINE_FLASH_BYTES);
	for (uint32_t i = 0; i < window_count; i++) {
		memcpy(copied(windows[i].address), real(windows[i].address), windows[i].length);
	}
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		process_check(machine.processes[i]);
	}
	/* Between the blocks and behind the last nothing is anybody's. */
	CHECK(memcmp(copy, real(MACHINE_RAM), sizeof(copy)) == 0);
}

void machine_memory_store(uint32_t address, uint8_t byte)
{
	*real(address) = byte;
	*copied(address) = byte;
}
