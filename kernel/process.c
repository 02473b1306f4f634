/* The life of a process: how it starts, how it ends, how it is found. */

#include "process.h"
#include "memory_functions.h"
#include "tbf.h"
#include <stddef.h>

/* Numbers that fit beside the slot in a process_id. */
#define PROCESS_NUMBER_LAST 0xffffffu

/* For tools/image, which reads it in the ELF file; see kernel.ld. */
const uint32_t process_bytes __attribute__((used, section(".rodata.for_tools"))) =
    sizeof(struct process);

uint32_t process_size(void)
{
	uint32_t size = sizeof(struct process) + (kernel.grant_count + 1) * sizeof(uint16_t);

	return (size + 7u) & ~7u;
}

static void process_forget_all(struct process *self)
{
	upcalls_clear(self);
	self->shares = 0;
	memset(self->grants, 0, (kernel.grant_count + 1) * sizeof(uint16_t));
	self->kernel_break = (uint32_t)(uintptr_t)self;
}

static void process_identify(struct process *self)
{
	if (kernel.last_process_number == PROCESS_NUMBER_LAST) {
		kernel_panic(SPAN_OF_TEXT("process numbers are used up"));
	}
	kernel.last_process_number++;
	self->id.private_value = kernel.last_process_number << 8 | process_slot(self);
}

static void process_clear_counts(struct process *self)
{
	self->fault_cause = FAULT_NONE;
	self->stack_top = 0;
	self->heap_start = 0;
	self->last_system_call = PROCESS_NO_SYSTEM_CALL;
	self->system_calls = 0;
	self->upcalls_delivered = 0;
	self->upcalls_dropped = 0;
	self->slices_expired = 0;
	if (kernel.time_owner == self) {
		processor_time_charge();
	}
	self->run_ticks = 0;
	self->level = 0;
	self->level_since = 0;
}

uint32_t process_entry(const struct process *self)
{
	return self->flash_start +
	       tbf_entry((const uint8_t *)(uintptr_t)self->flash_start, self->program);
}

void process_start(struct process *self)
{
	const uint32_t arguments[4] = {
	    self->flash_app,
	    self->ram_start,
	    self->ram_end - self->ram_start,
	    self->ram_start + CONTEXT_START_BYTES,
	};

	process_identify(self);
	process_forget_all(self);
	process_clear_counts(self);
	self->shared_end = self->ram_start;
	self->app_break = self->ram_start;
	if (!memory_set_break(self, self->ram_start + CONTEXT_START_BYTES)) {
		kernel_panic(SPAN_OF_TEXT("a process block is too small to start in"));
	}
	context_forget(&self->context);
	context_start(&self->context, process_entry(self), self->ram_start, arguments);
	self->state = PROCESS_RUNNING;
	scheduler_add(self);
}

void process_leave_processor(struct process *self)
{
	scheduler_remove(self);
	if (kernel.running == self) {
		kernel.running = NULL;
	}
	kernel_attention |= ATTENTION_SCHEDULE;
}

void process_end(struct process *self, enum process_state state)
{
	process_leave_processor(self);
	process_forget_all(self);
	if (process_is_alive(self)) {
		self->completion_code = 0; /* what lies there was of the living */
	}
	self->state = (uint8_t)state;
	self->is_stopped = false;
	self->pending = 0;
}

/* Not at once: the system call that this may be inside of still writes its results where the old
 * life has its registers. */
void process_restart(struct process *self)
{
	process_end(self, PROCESS_TERMINATED);
	self->pending = PENDING_START;
	kernel_attention |= ATTENTION_PROCESS;
}

void process_fail(struct process *self, const struct fault *fault)
{
	process_leave_processor(self);
	self->fault_cause = (uint8_t)fault->cause;
	self->fault_has_address = fault->address_valid;
	self->fault_address = fault->address;
	self->fault_status = fault->status;
	self->state = PROCESS_FAULTED;
	self->is_stopped = false;
	self->pending = PENDING_REPORT;
	kernel_attention |= ATTENTION_PROCESS;
}

static void process_attend(struct process *self)
{
	uint8_t pending = self->pending;

	self->pending = 0;
	if (pending == PENDING_START) {
		self->restarts++;
		process_start(self);
	}
	if (pending == PENDING_REPORT) {
		process_tell_fault(self);
	}
}

void process_attend_all(void)
{
	for (uint32_t slot = 0; slot < kernel.process_count; slot++) {
		process_attend(kernel.board->processes[slot]);
	}
}

struct process *process_find(struct process_id id)
{
	return process_find_inline(id);
}

struct read_span process_name(const struct process *self)
{
	const uint8_t *flash = (const uint8_t *)(uintptr_t)self->flash_start;

	return tbf_value(flash, self->name);
}

uint32_t process_flash_regions(const struct process *self)
{
	return tbf_region_count((const uint8_t *)(uintptr_t)self->flash_start);
}

bool process_flash_region(const struct process *self, uint32_t index, struct flash_region *region)
{
	const uint8_t *flash = (const uint8_t *)(uintptr_t)self->flash_start;
	struct tbf_region found;

	if (!tbf_region(flash, index, &found) || found.size == 0) {
		return false;
	}
	region->start = self->flash_start + found.offset;
	region->end = region->start + found.size;
	return true;
}

bool process_invariant_holds(const struct process *self)
{
	uint32_t reach = protection_reach(&self->protection, self->app_break);

	return self->ram_start <= self->app_break && self->app_break <= reach &&
	       reach <= self->kernel_break && self->shared_end <= self->app_break &&
	       self->kernel_break <= (uint32_t)(uintptr_t)self &&
	       (uint32_t)(uintptr_t)self < self->ram_end && shares_invariant_holds(self);
}
