/* The processes of the model: memory, lives, grants, upcalls. */

#include "model_process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct model_machine machine;

const struct model_layout model_layouts[MODEL_GRANTS] = {
    {TALKER_UPCALLS, TALKER_READ_ONLY, TALKER_READ_WRITE, TALKER_USER_READABLE, 104},
    {LARGE_UPCALLS, LARGE_READ_ONLY, LARGE_READ_WRITE, 0, 1024},
};

/* --- Memory and registers --- */

uint8_t *model_byte(uint64_t address)
{
	assert_true(address >= FIXTURE_RAM && address < FIXTURE_RAM + FIXTURE_RAM_BYTES);
	return &machine.memory[address - FIXTURE_RAM];
}

uint64_t model_reach(const struct model_process *p, uint64_t app_break)
{
	return protection_reach(&p->real->protection, (uint32_t)app_break);
}

/* ARMv7-M keeps eight words on the process's stack: r0 to r3, r12, lr, pc, psr. */
enum {
	FRAME_LINK = 5,
	FRAME_PROGRAM_COUNTER = 6,
	FRAME_STATUS = 7
};

#define STATUS_THUMB  (1u << 24)
#define STATUS_PADDED (1u << 9)

static uint32_t word_get(const struct model_process *p, uint32_t index)
{
	return image_u32(model_byte(p->start + 4 * index));
}

static void word_set(struct model_process *p, uint32_t index, uint32_t value)
{
	image_put_u32(model_byte(p->start + 4 * index), value);
}

void model_register_set(struct model_process *p, uint32_t index, uint32_t value)
{
	if (host_frame_bytes() != 0) {
		word_set(p, index, value);
	} else {
		p->registers[index] = value;
	}
}

/* --- The machine.ready --- */

void model_ready_add(struct model_process *p)
{
	p->state = PROCESS_RUNNING;
	if (!p->is_stopped) {
		machine.ready[machine.ready_count++] = p;
	}
}

static void ready_remove(const struct model_process *p)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < machine.ready_count; i++) {
		if (machine.ready[i] != p) {
			machine.ready[kept++] = machine.ready[i];
		}
	}
	machine.ready_count = kept;
}

void model_choose(void)
{
	if (machine.running != NULL && machine.running->state != PROCESS_RUNNING) {
		machine.running = NULL;
	}
	if (machine.running == NULL && machine.ready_count > 0) {
		machine.running = machine.ready[0];
		ready_remove(machine.running);
	}
	if (machine.running != NULL) {
		model_drop_ended_shares(machine.running);
	}
}

/* --- Breaks --- */

bool model_break_set(struct model_process *p, int64_t address)
{
	if (address < (int64_t)p->start || address < (int64_t)p->shared_end ||
	    address > (int64_t)p->kernel_break ||
	    model_reach(p, (uint64_t)address) > p->kernel_break) {
		return false;
	}
	for (uint64_t i = p->app_break;
	     (uint64_t)address > p->app_break && i < model_reach(p, (uint64_t)address); i++) {
		*model_byte(i) = 0;
	}
	p->app_break = (uint64_t)address;
	return true;
}

bool model_owns(const struct model_process *p, uint64_t address, uint64_t length)
{
	return address >= p->start && address + length <= p->app_break;
}

bool model_reads(const struct model_process *p, uint64_t address, uint64_t length)
{
	return model_owns(p, address, length) ||
	       (address >= p->flash_app && address + length <= p->flash_end);
}

/* --- Lives --- */

static void set_start_registers(struct model_process *p)
{
	const uint64_t arguments[] = {p->flash_app, p->start, p->end - p->start,
				      p->start + CONTEXT_START_BYTES};

	for (uint32_t i = 0; i < 4; i++) {
		model_register_set(p, i, (uint32_t)arguments[i]);
	}
	p->program_counter = (uint32_t)p->entry;
	p->link = 0;
	if (host_frame_bytes() != 0) {
		word_set(p, 4, 0);
		word_set(p, FRAME_LINK, 1);
		word_set(p, FRAME_PROGRAM_COUNTER, p->program_counter & ~1u);
		word_set(p, FRAME_STATUS, STATUS_THUMB);
	}
}

void model_forget_all(struct model_process *p)
{
	if (p->adopted_from > p->kernel_break) {
		p->adopted_from = p->kernel_break;
	}
	p->kernel_break = p->top;
	p->queued = 0;
	p->places = UPCALL_RESERVE;
	memset(p->grants, 0, sizeof(p->grants));
	p->has_shares = false;
	p->share_count = 0;
	p->talker_count = 0;
	p->large_was_opened = false;
}

void model_begin_life(struct model_process *p)
{
	p->number = ++machine.last_number;
	p->calls = p->dropped = p->expired = p->completion_code = 0;
	p->stack_top = p->heap_start = 0;
	p->shared_end = p->start;
	p->app_break = p->start;
	assert_true(model_break_set(p, (int64_t)p->start + CONTEXT_START_BYTES));
	set_start_registers(p);
	model_ready_add(p);
}

static void leave_processor(struct model_process *p)
{
	ready_remove(p);
	if (machine.running == p) {
		machine.running = NULL;
	}
}

void model_restart(struct model_process *p)
{
	leave_processor(p);
	p->is_stopped = false;
	p->restarts++;
	model_begin_life(p);
}

void model_process_fault(struct model_process *p)
{
	leave_processor(p);
	p->is_stopped = false;
	p->state = PROCESS_FAULTED;
}

/* --- Drivers and grants --- */

enum driver_kind model_driver(uint32_t number, uint32_t *grant)
{
	*grant = number == LARGE ? 1 : 0;
	if (number == TALKER || number == LARGE) {
		return KIND_GRANT;
	}
	return number == PLAIN ? KIND_PLAIN : KIND_ABSENT;
}

bool model_grant_make(struct model_process *p, uint32_t grant)
{
	if (!p->grants[grant].exists &&
	    p->kernel_break - model_reach(p, p->app_break) >= model_layouts[grant].bytes) {
		p->kernel_break -= model_layouts[grant].bytes;
		p->grants[grant].exists = true;
	}
	return p->grants[grant].exists;
}

/* --- Upcalls --- */

static void function_call(struct model_process *p, uint32_t grant, const struct model_event *event)
{
	const struct slots *upcall = &p->grants[grant].subscriptions[event->number];

	for (uint32_t i = 0; i < 3; i++) {
		model_register_set(p, i, event->arguments[i]);
	}
	model_register_set(p, 3, upcall->second);
	p->link = p->program_counter;
	p->program_counter = upcall->first;
	if (host_frame_bytes() != 0) {
		uint32_t status = word_get(p, FRAME_STATUS);

		word_set(p, FRAME_LINK, word_get(p, FRAME_PROGRAM_COUNTER) | 1);
		word_set(p, FRAME_PROGRAM_COUNTER, upcall->first & ~1u);
		word_set(p, FRAME_STATUS, STATUS_THUMB | (status & STATUS_PADDED));
	}
}

void model_queue_remove(struct model_process *p, uint32_t index)
{
	p->queued--;
	memmove(&p->queue[index], &p->queue[index + 1], (p->queued - index) * sizeof(p->queue[0]));
}

/* Ten at most, and each beyond the places there are takes memory that the process does not use. */
static uint32_t queue_add(struct model_process *p, const struct model_event *event)
{
	bool has_room = p->kernel_break - model_reach(p, p->app_break) >= sizeof(struct upcall);

	if (p->queued == 10 || (p->queued == p->places && !has_room)) {
		p->dropped++;
		return ERROR_NOMEM;
	}
	if (p->queued == p->places) {
		p->places++;
		p->kernel_break -= sizeof(struct upcall);
		machine.places_taken++;
	}
	p->queue[p->queued++] = *event;
	return ERROR_NONE;
}

uint32_t model_schedule(struct model_process *p, uint32_t grant, uint32_t number,
			const uint32_t arguments[3])
{
	if (number >= model_layouts[grant].upcalls) {
		return ERROR_INVAL;
	}

	struct model_event event = {grant,
				    number,
				    p->grants[grant].subscriptions[number].first == 0,
				    false,
				    {arguments[0], arguments[1], arguments[2]}};

	if (p->state == PROCESS_YIELDED) {
		if (!event.null) {
			function_call(p, grant, &event);
			model_ready_add(p);
		}
	} else if (p->state == PROCESS_YIELDED_FOR && p->waits_grant == grant &&
		   p->waits_number == number) {
		for (uint32_t i = 0; i < 3; i++) {
			model_register_set(p, i, arguments[i]);
		}
		model_ready_add(p);
	} else {
		return queue_add(p, &event);
	}
	return ERROR_NONE;
}

/* --- Shares --- */

static bool is_alive(const struct model_process *p)
{
	return p->state != PROCESS_FAULTED && p->state != PROCESS_TERMINATED;
}

static bool share_lasts(const struct model_share *share)
{
	const struct model_process *sender = &machine.processes[share->sender];
	const struct slots *now = &sender->grants[0].read_write[share->number];

	return is_alive(sender) && sender->number == share->life &&
	       now->first == share->buffer.first && now->second == share->buffer.second;
}

void model_drop_ended_shares(struct model_process *p)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < p->share_count; i++) {
		if (share_lasts(&p->shares[i])) {
			p->shares[kept++] = p->shares[i];
		}
	}
	p->share_count = kept;
}

static bool share_add(struct model_process *p, const struct model_share *share)
{
	if (!p->has_shares) {
		if (p->kernel_break - model_reach(p, p->app_break) < sizeof(struct shares)) {
			return false;
		}
		p->kernel_break -= sizeof(struct shares);
		p->has_shares = true;
	}

	struct protection_share range;

	if (!protection_set_share(&range, share->buffer.first, share->buffer.second)) {
		return false;
	}
	model_drop_ended_shares(p);
	for (uint32_t i = 0; i < p->share_count; i++) {
		if (p->shares[i].sender == share->sender && p->shares[i].number == share->number) {
			return true;
		}
	}
	if (p->share_count == PROTECTION_SHARES) {
		return false;
	}
	machine.shares_begun++;
	p->shares[p->share_count++] = *share;
	return true;
}

/* What the function will be told; false: there is none. */
static bool share_arrive(struct model_process *p, struct model_event *event)
{
	struct model_share share = {
	    event->arguments[0] & 0xff, event->arguments[0] >> 8, event->arguments[1], {0}};
	const struct model_process *sender = &machine.processes[share.sender];

	if (!p->grants[0].exists || p->grants[0].subscriptions[event->number].first == 0) {
		return false;
	}
	event->arguments[0] = share.sender;
	event->arguments[1] = event->arguments[2] = 0;
	if (sender->number != share.life || !is_alive(sender)) {
		return true;
	}
	share.buffer = sender->grants[0].read_write[share.number];
	if (share.buffer.second != 0 && share_add(p, &share)) {
		event->arguments[1] = share.buffer.second;
		event->arguments[2] = share.buffer.first;
	}
	return true;
}

uint32_t model_notify(const struct model_process *p, uint32_t buffer, uint32_t receiver,
		      uint32_t number)
{
	if (buffer >= TALKER_READ_WRITE || number >= TALKER_UPCALLS ||
	    receiver >= machine.process_count || p == &machine.processes[receiver]) {
		return ERROR_INVAL;
	}

	struct model_process *to = &machine.processes[receiver];
	const struct slots *shared = &p->grants[0].read_write[buffer];
	struct protection_share range;

	if (!is_alive(to)) {
		return ERROR_NODEVICE;
	}
	if (shared->second != 0 && !protection_set_share(&range, shared->first, shared->second)) {
		return ERROR_SIZE;
	}
	for (uint32_t i = 0; i < to->queued; i++) {
		struct model_event *waiting = &to->queue[i];

		if (waiting->shares && waiting->number == number &&
		    (waiting->arguments[0] & 0xff) == (uint32_t)(p - machine.processes)) {
			bool is_same_life = waiting->arguments[0] >> 8 == p->number;

			waiting->arguments[0] = p->number << 8 | (waiting->arguments[0] & 0xff);
			waiting->arguments[1] = is_same_life ? waiting->arguments[1] : buffer;
			return is_same_life ? ERROR_BUSY : ERROR_NONE;
		}
	}
	const struct model_event event = {
	    .number = number,
	    .shares = true,
	    .arguments = {p->number << 8 | (uint32_t)(p - machine.processes), buffer, 0}};

	if (queue_add(to, &event) != ERROR_NONE) {
		return ERROR_NOMEM;
	}
	if (to->state == PROCESS_YIELDED && model_run_next(to)) {
		model_ready_add(to);
	}
	return ERROR_NONE;
}

bool model_run_next(struct model_process *p)
{
	while (p->queued > 0) {
		struct model_event event = p->queue[0];

		model_queue_remove(p, 0);
		if (event.shares ? share_arrive(p, &event) : !event.null) {
			function_call(p, event.grant, &event);
			return true;
		}
	}
	return false;
}

static struct model_process *process_with(struct process_id id)
{
	for (uint32_t i = 0; i < machine.process_count; i++) {
		if ((machine.processes[i].number << 8 | i) == id.private_value) {
			return &machine.processes[i];
		}
	}
	return NULL;
}

static uint32_t stop(struct model_process *p)
{
	if (p->state == PROCESS_FAULTED || p->state == PROCESS_TERMINATED) {
		return ERROR_INVAL;
	}
	if (p->is_stopped) {
		return ERROR_ALREADY;
	}
	p->is_stopped = true;
	leave_processor(p);
	return ERROR_NONE;
}

static uint32_t resume(struct model_process *p)
{
	if (!p->is_stopped) {
		return ERROR_ALREADY;
	}
	p->is_stopped = false;
	if (p->state == PROCESS_RUNNING) {
		model_ready_add(p);
	}
	return ERROR_NONE;
}

static uint32_t terminate(struct model_process *p)
{
	if (p->state == PROCESS_TERMINATED) {
		return ERROR_ALREADY;
	}
	leave_processor(p);
	model_forget_all(p);
	p->is_stopped = false;
	p->state = PROCESS_TERMINATED;
	return ERROR_NONE;
}

static uint32_t boot(struct model_process *p)
{
	if (p->state != PROCESS_TERMINATED) {
		return ERROR_INVAL;
	}
	model_restart(p);
	return ERROR_NONE;
}

static uint32_t make_fault(struct model_process *p)
{
	if (p->state == PROCESS_FAULTED) {
		return ERROR_ALREADY;
	}
	if (p->state == PROCESS_TERMINATED) {
		return ERROR_INVAL;
	}
	model_process_fault(p);
	return ERROR_NONE;
}

uint32_t model_process_control(enum model_control control, struct process_id id)
{
	static uint32_t (*const calls[])(struct model_process *) = {stop, resume, terminate, boot,
								    make_fault};
	struct model_process *p = process_with(id);

	return p == NULL ? ERROR_NODEVICE : calls[control](p);
}

uint32_t model_process_event(struct process_id id, uint32_t number, const uint32_t arguments[3])
{
	struct model_process *p = process_with(id);

	if (p == NULL || p->state == PROCESS_FAULTED || p->state == PROCESS_TERMINATED ||
	    !model_grant_make(p, 0)) {
		return ERROR_NODEVICE;
	}
	return model_schedule(p, 0, number, arguments);
}

void model_deferred_call(void)
{
	machine.deferred_runs++;

	/* A driver's own opening of the grant ends with the command: the deferred call gets it. */
	model_process_event(fixture.notify, 0, (const uint32_t[]){machine.deferred_runs, 0, 0});
}
