#include "drivers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
	JUNK = 0xa5,
	APP_BYTES = 0x1000
};

struct fixture fixture;

/* layout.ld has these; no trap of a capsule is looked for here. */
extern const uint8_t _kernel_flash_start[], _kernel_stack_start[], _kernel_stack_end[];
const uint8_t _kernel_flash_start[1], _kernel_stack_start[1], _kernel_stack_end[1];

static const struct process_inspect_capability inspect;
static const struct process_control_capability control;

/* --- What the kernel tells --- */

struct watcher {
	struct observer observer;
	struct slice_timer slice_timer;
	struct clock clock;
	struct fault_policy fault_policy;
	struct panic_writer panic_writer;
	struct panic_reporter panic_reporter;
	struct interrupt_handler interrupt;
	struct credential_checker checker;
	struct system_call_filter filter;
};

static struct watcher watcher;

static void watcher_loaded(struct watcher *self, const struct load_result *result)
{
	(void)self;
	if (fixture.load_count < FIXTURE_LOADS) {
		fixture.loads[fixture.load_count] = *result;
	}
	fixture.load_count++;
}

static void watcher_faulted(struct watcher *self, struct process_id id)
{
	(void)self;
	fixture.fault_count++;
	fixture.faulted = id;
	if (fixture.settles) {
		process_settle(id, &control);
	}
}

OBSERVER_IMPLEMENT(watcher, struct watcher, observer, .loaded = watcher_loaded,
		   .faulted = watcher_faulted);

static void watcher_slice_start(struct watcher *self, uint32_t microseconds)
{
	(void)self;
	fixture.slice_starts++;
	fixture.slice_microseconds = microseconds;
	fixture.slice_runs = true;
}

static void watcher_slice_stop(struct watcher *self)
{
	(void)self;
	fixture.slice_stops++;
	fixture.slice_runs = false;
}

SLICE_TIMER_IMPLEMENT(watcher, struct watcher, slice_timer, .start = watcher_slice_start,
		      .stop = watcher_slice_stop);

static uint64_t watcher_now(struct watcher *self)
{
	(void)self;
	fixture.clock_reads++;
	return fixture.ticks;
}

static uint32_t watcher_frequency(struct watcher *self)
{
	(void)self;
	return FIXTURE_CLOCK_HZ;
}

CLOCK_IMPLEMENT(watcher_time, struct watcher, clock, .now = watcher_now,
		.frequency = watcher_frequency);

static struct fault_decision watcher_decide(struct watcher *self,
					    const struct faulted_process *process)
{
	(void)self;
	fixture.decided = *process;
	return (struct fault_decision){
	    .action = process->restarts < fixture.restart_limit ? FAULT_ACTION_RESTART
								: fixture.after_restarts,
	    .is_silent = fixture.is_silent,
	};
}

FAULT_POLICY_IMPLEMENT(watcher, struct watcher, fault_policy, .decide = watcher_decide);

static void watcher_panic(struct watcher *self, struct read_span text)
{
	(void)self;
	for (uint32_t i = 0; i < read_span_length(text); i++) {
		if (fixture.panic_length < sizeof(fixture.panic) - 1) {
			fixture.panic[fixture.panic_length++] = (char)read_span_get(text, i);
		}
	}
	if (fixture.writer_panics && fixture.reports > 0) {
		kernel_panic(SPAN_OF_TEXT("and again"));
	}
}

PANIC_WRITER_IMPLEMENT(watcher, struct watcher, panic_writer, .write = watcher_panic);

static void watcher_report(struct watcher *self, const struct panic_description *panic)
{
	(void)self;
	fixture.reports++;
	fixture.report = *panic;
	if (fixture.report_panics) {
		kernel_panic(SPAN_OF_TEXT("again"));
	}
}

PANIC_REPORTER_IMPLEMENT(watcher, struct watcher, panic_reporter, .report = watcher_report);

static enum credential_verdict watcher_begin(struct watcher *self, uint32_t format)
{
	struct fixture_checker *checker = &fixture.checker;

	(void)self;
	checker->formats[checker->begins % ARRAY_LENGTH(checker->formats)] = format;
	checker->begins++;
	checker->fed_from = 0;
	return format < FIXTURE_FORMATS ? checker->begin[format] : CREDENTIAL_PASS;
}

static void watcher_update(struct watcher *self, struct read_span piece)
{
	struct fixture_checker *checker = &fixture.checker;
	uint32_t from = (uint32_t)(uintptr_t)piece.private_bytes;

	(void)self;
	assert_in_range(read_span_length(piece), 1, CREDENTIAL_PIECE);
	if (checker->fed_from == 0) {
		checker->fed_from = checker->fed_end = from;
	}
	assert_int_equal(from, checker->fed_end);
	checker->fed_end += read_span_length(piece);
}

static enum credential_verdict watcher_finish(struct watcher *self, struct read_span data)
{
	struct fixture_checker *checker = &fixture.checker;

	(void)self;
	checker->finishes++;
	checker->data = (uint32_t)(uintptr_t)data.private_bytes;
	checker->data_length = read_span_length(data);
	if (checker->good_first != 0 && read_span_length(data) > 0 &&
	    read_span_get(data, 0) == checker->good_first) {
		return CREDENTIAL_ACCEPT;
	}
	return checker->finish;
}

static bool watcher_is_required(struct watcher *self)
{
	(void)self;
	return fixture.checker.is_required;
}

CREDENTIAL_CHECKER_IMPLEMENT(watcher, struct watcher, checker, .begin = watcher_begin,
			     .update = watcher_update, .finish = watcher_finish,
			     .is_required = watcher_is_required);

static enum error_code watcher_check(struct watcher *self, struct read_span permissions,
				     const struct filtered_call *call)
{
	(void)self;
	fixture.filter.asked++;
	fixture.filter.call = *call;
	fixture.filter.permissions = (uint32_t)(uintptr_t)permissions.private_bytes;
	fixture.filter.permissions_length = read_span_length(permissions);
	return fixture.filter.answer;
}

SYSTEM_CALL_FILTER_IMPLEMENT(watcher, struct watcher, filter, .check = watcher_check);

/* What the next interrupt does. */
static struct drivers_event event;

static void watcher_service(struct watcher *self)
{
	(void)self;
	fixture.services++;
	drivers_schedule(&event);
}

INTERRUPT_HANDLER_IMPLEMENT(watcher, struct watcher, interrupt, .service = watcher_service);

/* --- Setup --- */

static struct interrupt_handler *const lines[FIXTURE_LINES] = {[FIXTURE_LINE] = &watcher.interrupt};

static void watcher_init(void)
{
	observer_bind(&watcher.observer, &watcher_observer_operations);
	slice_timer_bind(&watcher.slice_timer, &watcher_slice_timer_operations);
	clock_bind(&watcher.clock, &watcher_time_clock_operations);
	fault_policy_bind(&watcher.fault_policy, &watcher_fault_policy_operations);
	panic_writer_bind(&watcher.panic_writer, &watcher_panic_writer_operations);
	panic_reporter_bind(&watcher.panic_reporter, &watcher_panic_reporter_operations);
	interrupt_handler_bind(&watcher.interrupt, &watcher_interrupt_operations);
	credential_checker_bind(&watcher.checker, &watcher_credential_checker_operations);
	kernel_set_credential_checker(&watcher.checker);
	system_call_filter_bind(&watcher.filter, &watcher_system_call_filter_operations);
}

static struct board board_make(void)
{
	return (struct board){
	    .processes = fixture.processes,
	    .process_slots = FIXTURE_SLOTS,
	    .flash_start = FIXTURE_FLASH,
	    .flash_end = FIXTURE_FLASH + FIXTURE_FLASH_BYTES,
	    .ram_start = FIXTURE_RAM,
	    .ram_end = FIXTURE_RAM + FIXTURE_RAM_BYTES,
	    .interrupts = lines,
	    .interrupt_count = FIXTURE_LINES,
	    .slice_timer = &watcher.slice_timer,
	    .clock = &watcher.clock,
	    .observer = &watcher.observer,
	    .panic_writer = &watcher.panic_writer,
	    .panic_reporter = &watcher.panic_reporter,
	    .system_call_filter = &watcher.filter,
	    .fault_policy = &watcher.fault_policy,
	};
}

int fixture_setup(void **state)
{
	(void)state;
	host_map(FIXTURE_FLASH, FIXTURE_FLASH_BYTES);
	host_map(FIXTURE_RAM, FIXTURE_RAM_BYTES);
	memset(fixture_bytes(FIXTURE_FLASH), 0xff, FIXTURE_FLASH_BYTES);
	memset(fixture_bytes(FIXTURE_RAM), JUNK, FIXTURE_RAM_BYTES);
	memset(&fixture, 0, sizeof(fixture));
	memset(&kernel, 0, sizeof(kernel));
	kernel_attention = ATTENTION_SCHEDULE;
	watcher_init();
	fixture.board = board_make();
	fixture.after_restarts = FAULT_ACTION_STOP;
	drivers_init(&fixture.board);
	fixture.image_end = FIXTURE_FLASH;
	host_set_granules(4, 4);
	return 0;
}

int fixture_teardown(void **state)
{
	(void)state;
	while (kernel.board != NULL &&
	       scheduler_take() != NULL) { /* its queue outlives the kernel's other state */
	}
	host_unmap(FIXTURE_FLASH, FIXTURE_FLASH_BYTES);
	host_unmap(FIXTURE_RAM, FIXTURE_RAM_BYTES);
	return 0;
}

uint8_t *fixture_bytes(uint32_t address)
{
	return (uint8_t *)(uintptr_t)address;
}

uint32_t fixture_image(const struct image *image)
{
	uint32_t address = fixture.image_end;

	fixture.image_end += image_write(fixture_bytes(address), image);
	return address;
}

static void start(void)
{
	kernel_start(&fixture.board);
}

void fixture_next(void)
{
	const struct process *before = RUNNING;

	if (kernel_attention == 0) {
		assert_non_null(before);
		assert_int_equal(before->state, PROCESS_RUNNING);
	} else {
		const struct context *context = kernel_next();

		assert_ptr_equal(context, RUNNING == NULL ? NULL : &RUNNING->context);
	}
	assert_int_equal(kernel_attention == 0, RUNNING != NULL && kernel_may_sleep());
	fixture_check();
}

void fixture_start(void)
{
	enum host_exit how = host_enter(start);

	if (how != HOST_RAN) {
		print_error("%s\n", fixture.panic);
	}
	assert_int_equal(how, HOST_RAN);
	fixture_next();
}

void fixture_start_apps(uint32_t count)
{
	static const char *const names[] = {"zero", "one", "two", "three"};

	for (uint32_t i = 0; i < count; i++) {
		fixture_image(&(struct image){.name = names[i], .minimum_ram = APP_BYTES});
	}
	fixture_start();
}

/* --- Entries --- */

struct registers fixture_call(uint32_t class, uint32_t r0, uint32_t r1, uint32_t r2, uint32_t r3)
{
	struct process *caller = RUNNING;

	struct registers result = {{r0, r1, r2, r3}};

	assert_non_null(caller);
	if (!host_can_call(&caller->context)) {
		fixture_fault(FAULT_STACK);
		return result;
	}

	uint32_t *arguments = context_arguments(&caller->context);

	memcpy(arguments, result.r, sizeof(result));
	kernel_system_call(class, &caller->context);
	fixture_next();
	memcpy(result.r, arguments, sizeof(result));
	return result;
}

enum error_code fixture_event(struct process_id id, uint32_t number, uint32_t a, uint32_t b,
			      uint32_t c)
{
	event.id = id;
	event.number = number;
	event.arguments[0] = a;
	event.arguments[1] = b;
	event.arguments[2] = c;
	event.times = 1;
	kernel_interrupt(FIXTURE_LINE);
	fixture_next();
	return event.error;
}

void fixture_events(struct process_id id, uint32_t number, uint32_t count)
{
	event.id = id;
	event.number = number;
	memset(event.arguments, 0, sizeof(event.arguments));
	event.times = count;
	kernel_interrupt(FIXTURE_LINE);
	fixture_next();
}

void fixture_fault(enum fault_cause cause)
{
	kernel_fault(&(struct fault){.cause = cause, .address_valid = true, .address = 0x1234});
	fixture_next();
}

void fixture_slice_expires(void)
{
	fixture.slice_runs = false;
	kernel_slice_expired();
	fixture_next();
}

enum fault_action fixture_settle(struct process_id id)
{
	enum fault_action action = process_settle(id, &control);

	fixture_next();
	return action;
}

/* --- Looking --- */

/* What the invariant says that the running process may do. */
static enum host_access expected_access(uint32_t address)
{
	const struct process *process = RUNNING;
	uint32_t reach = protection_reach(&process->protection, process->app_break);

	if (address >= process->flash_start && address < process->flash_end) {
		return HOST_ACCESS_READ_EXECUTE;
	}
	if (address >= process->ram_start && address < reach) {
		return HOST_ACCESS_READ_WRITE;
	}
	for (uint32_t i = 0; process->shares != 0 && i < PROTECTION_SHARES; i++) {
		const struct allowed *buffer = &process_shares(process)->shares[i].buffer;

		if (address >= buffer->address && address - buffer->address < buffer->length) {
			return HOST_ACCESS_READ_WRITE;
		}
	}
	return HOST_ACCESS_NONE;
}

/* Both sides of an edge, and the middle between it and the next. */
static void check_edge(uint32_t start, uint32_t end)
{
	const uint32_t addresses[] = {start - 1, start, start + (end - start) / 2, end - 1, end};

	for (uint32_t i = 0; i < ARRAY_LENGTH(addresses); i++) {
		assert_int_equal(host_access(addresses[i]), expected_access(addresses[i]));
	}
}

/* What the hardware lets the running process do is what the invariant says. */
static void check_protection(const struct process *process)
{
	uint32_t reach = protection_reach(&process->protection, process->app_break);

	check_edge(FIXTURE_FLASH, process->flash_start);
	check_edge(process->flash_start, process->flash_end);
	check_edge(process->flash_end, FIXTURE_FLASH + FIXTURE_FLASH_BYTES);
	check_edge(FIXTURE_RAM, process->ram_start);
	check_edge(process->ram_start, reach);
	check_edge(reach, process->kernel_break);
	check_edge(process->kernel_break, process->ram_end);
	check_edge(process->ram_end, FIXTURE_RAM + FIXTURE_RAM_BYTES);
	for (uint32_t i = 0; process->shares != 0 && i < PROTECTION_SHARES; i++) {
		const struct allowed *buffer = &process_shares(process)->shares[i].buffer;

		check_edge(buffer->address, buffer->address + buffer->length);
	}
}

void fixture_check(void)
{
	uint32_t free = FIXTURE_RAM;
	bool waits = false;

	for (uint32_t i = 0; i < FIXTURE_SLOTS; i++) {
		const struct process *process = fixture.processes[i];

		if (process != NULL) {
			assert_true(process_invariant_holds(process));
			assert_true(free <= process->ram_start);
			assert_true(process->ram_end <= FIXTURE_RAM + FIXTURE_RAM_BYTES);
			assert_true(process->queue_length <= UPCALL_QUEUE_LENGTH);
			assert_true(process == RUNNING ||
				    process->is_queued == (process->state == PROCESS_RUNNING &&
							   !process->is_stopped));
			assert_int_equal(process->pending, 0);
			waits = waits || process->is_queued;
			free = process->ram_end;
		}
	}
	if (RUNNING != NULL) {
		assert_int_equal(RUNNING->state, PROCESS_RUNNING);
		assert_false(RUNNING->is_queued);
		assert_false(RUNNING->is_stopped);
		check_protection(RUNNING);
	}
	assert_int_equal(fixture.slice_runs,
			 RUNNING != NULL &&
			     (!kernel_may_sleep() || (waits && scheduler_slice(RUNNING) != 0)));
}

struct process *fixture_process(uint32_t slot)
{
	assert_true(slot < FIXTURE_SLOTS);
	assert_non_null(fixture.processes[slot]);
	return fixture.processes[slot];
}

struct process_description fixture_describe(uint32_t slot)
{
	struct process_description description;

	assert_true(process_describe(slot, &inspect, &description));
	return description;
}
