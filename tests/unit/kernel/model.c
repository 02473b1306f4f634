/* The steps: first the model makes them, then the kernel, then they are compared. */

#include "model_process.h"
#include <kernel/process_control.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

void model_begin(void)
{
	machine = (struct model_machine){0};
	memcpy(machine.memory, fixture_bytes(FIXTURE_RAM), sizeof(machine.memory));
	while (machine.process_count < FIXTURE_SLOTS &&
	       fixture.processes[machine.process_count] != NULL) {
		struct model_process *p = &machine.processes[machine.process_count];
		struct process *real = fixture.processes[machine.process_count];

		p->real = real;
		p->flash_start = real->flash_start;
		p->flash_app = real->flash_app;
		p->flash_end = real->flash_end;
		p->entry = process_entry(real);
		p->start = real->ram_start;
		p->end = real->ram_end;
		p->top = (uint32_t)(uintptr_t)real;
		p->kernel_break = p->top;
		p->places = UPCALL_RESERVE;
		p->adopted_from = p->top;
		model_begin_life(p);
		machine.process_count++;
	}
	model_choose();
	model_compare();
}

uint64_t model_shares_begun(void)
{
	return machine.shares_begun;
}

uint64_t model_places_taken(void)
{
	return machine.places_taken;
}

uint32_t model_living(void)
{
	uint32_t living = 0;

	for (uint32_t i = 0; i < machine.process_count; i++) {
		living += machine.processes[i].state != PROCESS_TERMINATED;
	}
	return living;
}

bool model_is_faulted(uint32_t slot)
{
	return slot < machine.process_count && machine.processes[slot].state == PROCESS_FAULTED;
}

void model_call(uint32_t class, const uint32_t registers[4])
{
	if (host_frame_bytes() != 0 &&
	    machine.running->app_break < machine.running->start + host_frame_bytes()) {
		model_process_fault(machine.running);
	} else {
		model_process_call(machine.running, class, registers);
	}
	model_choose();
	fixture_call(class, registers[0], registers[1], registers[2], registers[3]);
	model_compare();
}

void model_event(struct process_id id, uint32_t number, uint32_t a, uint32_t b, uint32_t c)
{
	const uint32_t arguments[] = {a, b, c};
	uint32_t expected = model_process_event(id, number, arguments);

	model_choose();
	assert_int_equal(fixture_event(id, number, a, b, c), expected);
	model_compare();
}

void model_slice_expires(void)
{
	if (machine.running != NULL && machine.ready_count > 0) {
		machine.running->expired++;
		model_ready_add(machine.running);
		machine.running = NULL;
	}
	model_choose();
	fixture_slice_expires();
	model_compare();
}

void model_fault(void)
{
	model_process_fault(machine.running);
	model_choose();
	fixture_fault(FAULT_READ);
	model_compare();
}

void model_settle(uint32_t slot)
{
	struct model_process *p = &machine.processes[slot];

	model_forget_all(p);
	model_restart(p);
	model_choose();
	assert_int_equal(fixture_settle(p->real->id), FAULT_ACTION_RESTART);
	model_compare();
}

static enum error_code real_control(enum model_control control, struct process_id id)
{
	static const struct process_control_capability capability;
	static enum error_code (*const calls[])(struct process_id,
						const struct process_control_capability *) = {
	    process_stop, process_resume, process_terminate, process_boot, process_make_fault};

	return calls[control](id, &capability);
}

void model_control(enum model_control control, struct process_id id)
{
	uint32_t expected = model_process_control(control, id);

	model_choose();
	assert_int_equal(real_control(control, id), expected);
	fixture_next();
	model_compare();
}

/* What a command does, and what the model says that it answers. */
static struct {
	enum model_control control;
	struct process_id id;
	uint32_t expected;
} by_command;

static void in_command(void)
{
	fixture.command = NULL;
	assert_int_equal(real_control(by_command.control, by_command.id), by_command.expected);
}

void model_control_by_command(enum model_control control, struct process_id id)
{
	by_command.control = control;
	by_command.id = id;
	fixture.command = in_command;
}

void model_controlled_by_command(void)
{
	if (fixture.command != NULL) {
		by_command.expected = model_process_control(by_command.control, by_command.id);
	}
}

/* Whether the byte is in one of the running process's shares, and not among its owner's registers. */
static bool is_shared(uint32_t address)
{
	for (uint32_t i = 0; i < machine.running->share_count; i++) {
		const struct model_share *share = &machine.running->shares[i];
		uint64_t start = machine.processes[share->sender].start;

		if (address >= share->buffer.first &&
		    address - share->buffer.first < share->buffer.second &&
		    address >= start + host_frame_bytes()) {
			return true;
		}
	}
	return false;
}

bool model_write(uint32_t address, uint8_t byte)
{
	if (machine.running == NULL) {
		return false;
	}
	if ((address < machine.running->start + host_frame_bytes() ||
	     address >= model_reach(machine.running, machine.running->app_break)) &&
	    !is_shared(address)) {
		return false;
	}
	*model_byte(address) = byte;
	*fixture_bytes(address) = byte;
	return true;
}

/* --- Comparison --- */

static uint32_t grant_index(uint32_t grant)
{
	return driver_find(grant == 0 ? TALKER : LARGE)->private_grant->private_index;
}

static void compare_queue(const struct model_process *p)
{
	uint32_t place = p->real->queue_first;

	assert_int_equal(p->real->queue_length, p->queued);
	for (uint32_t i = 0; i < p->queued; i++) {
		assert_int_not_equal(place, 0);

		const struct upcall *upcall = upcall_at(p->real, place);

		place = upcall->next;
		assert_int_equal(upcall->grant, grant_index(p->queue[i].grant));
		assert_int_equal(upcall->number, p->queue[i].number);
		assert_int_equal(upcall->null, p->queue[i].null);
		assert_int_equal(upcall->shares, p->queue[i].shares);
		if (upcall->shares) {
			assert_int_equal(upcall->arguments[0], p->queue[i].arguments[0]);
		} else {
			assert_memory_equal(upcall->arguments, p->queue[i].arguments, 12);
		}
	}
	assert_int_equal(place, 0);
}

/* The kernel has each share of the model, and no other. That the hardware agrees with the kernel is
 * what fixture_check() looks at. */
static void compare_shares(const struct model_process *p)
{
	const struct shares *real = process_shares(p->real);
	uint32_t found = 0, count = 0;

	assert_int_equal(real != NULL, p->has_shares);
	for (uint32_t i = 0; real != NULL && i < PROTECTION_SHARES; i++) {
		const struct share *share = &real->shares[i];

		count += share->slot != NULL;
		for (uint32_t j = 0; j < p->share_count; j++) {
			found += share->sender.private_value ==
				     (p->shares[j].life << 8 | p->shares[j].sender) &&
				 share->buffer.address == p->shares[j].buffer.first &&
				 share->buffer.length == p->shares[j].buffer.second;
		}
	}
	assert_int_equal(count, p->share_count);
	assert_true(found >= p->share_count);
}

static void compare_registers(const struct model_process *p)
{
	struct process_registers registers;

	if (host_frame_bytes() != 0) {
		return; /* they are machine.memory */
	}
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(context_arguments(&p->real->context)[i], p->registers[i]);
	}
	context_registers(&p->real->context, (uint32_t)p->start, (uint32_t)p->app_break,
			  &registers);
	for (uint32_t i = 0; i < registers.count; i++) {
		struct read_span name = process_register_name(i);

		if (memcmp(name.private_bytes, "pc", 2) == 0) {
			assert_int_equal(registers.values[i], p->program_counter);
		}
		if (memcmp(name.private_bytes, "ra", 2) == 0) {
			assert_int_equal(registers.values[i], p->link);
		}
	}
}

static void compare_process(const struct model_process *p)
{
	const struct process *real = p->real;

	assert_int_equal(real->state, p->state);
	assert_int_equal(real->is_stopped, p->is_stopped);
	assert_int_equal(process_id_number(real->id), p->number);
	assert_int_equal(real->app_break, p->app_break);
	assert_int_equal(real->kernel_break, p->kernel_break);
	assert_int_equal(real->shared_end, p->shared_end);
	assert_int_equal(real->system_calls, p->calls);
	assert_int_equal(real->upcalls_dropped, p->dropped);
	assert_int_equal(real->restarts, p->restarts);
	assert_int_equal(real->slices_expired, p->expired);
	assert_int_equal(fixture_describe(process_slot(real)).completion_code, p->completion_code);
	assert_int_equal(real->stack_top, p->stack_top);
	assert_int_equal(real->heap_start, p->heap_start);
	compare_queue(p);
	compare_shares(p);
	if (p->state != PROCESS_TERMINATED) {
		compare_registers(p);
	}
}

static void compare_memory(uint64_t start, uint64_t end)
{
	if (start >= end) {
		return;
	}

	const uint8_t *actual = fixture_bytes((uint32_t)start);

	if (memcmp(actual, model_byte(start), end - start) != 0) { /* faster than cmocka's */
		assert_memory_equal(actual, model_byte(start), end - start);
	}
}

static void adopt(struct model_process *p)
{
	uint64_t own = p->state == PROCESS_TERMINATED ? p->start : model_reach(p, p->app_break);

	for (uint64_t i = own > p->adopted_from ? own : p->adopted_from; i < p->kernel_break; i++) {
		*model_byte(i) = *fixture_bytes((uint32_t)i);
	}
	p->adopted_from = p->top;
}

void model_compare(void)
{
	uint64_t from = FIXTURE_RAM;

	assert_ptr_equal(RUNNING, machine.running == NULL ? NULL : machine.running->real);
	for (uint32_t i = 0; i < machine.process_count; i++) {
		adopt(&machine.processes[i]);
		compare_process(&machine.processes[i]);
		compare_memory(from, machine.processes[i].kernel_break);
		from = machine.processes[i].end;
	}
	compare_memory(from, FIXTURE_RAM + FIXTURE_RAM_BYTES);
}
