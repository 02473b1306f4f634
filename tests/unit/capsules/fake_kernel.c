/* The kernel and the hardware as a capsule sees them, small enough to look into. */

#include "fake_kernel.h"
#include <stdio.h>
#include <string.h>

struct process fake_processes[FAKE_PROCESSES];
enum fault_action fake_settlement;
bool fake_is_inside_call;

static uint32_t last_life;
static struct deferred_call *deferred_first;

char fake_control[64];
enum error_code fake_control_status;
struct kernel_statistics fake_statistics;
char fake_panic[64];

void fake_kernel_reset(void)
{
	fake_control[0] = '\0';
	fake_control_status = ERROR_NONE;
	fake_statistics = (struct kernel_statistics){0};
	fake_panic[0] = '\0';
	memset(fake_processes, 0, sizeof(fake_processes));
	fake_settlement = FAULT_ACTION_STOP;
	fake_is_inside_call = false;
	deferred_first = NULL;
	last_life = 0;
}

/* Processes. */

struct process_id fake_process_start(uint32_t slot)
{
	struct process *process = &fake_processes[slot];

	memset(process, 0, sizeof(*process));
	last_life++;
	process->id = (struct process_id){last_life << 8 | slot};
	process->is_alive = true;
	process->description.id = process->id;
	return process->id;
}

void fake_process_end(uint32_t slot)
{
	fake_processes[slot].is_alive = false;
	fake_processes[slot].grant = NULL;
}

static struct process *find(struct process_id id)
{
	struct process *process = &fake_processes[id.private_value & 0xff];

	assert_true((id.private_value & 0xff) < FAKE_PROCESSES);
	return id.private_value != 0 && process_id_equal(process->id, id) ? process : NULL;
}

uint32_t process_slots(void)
{
	return FAKE_PROCESSES;
}

uint32_t process_short_id(struct process_id id)
{
	const struct process *process = find(id);

	return process == NULL ? 0 : process->short_id;
}

struct read_span process_storage_permissions(struct process_id id)
{
	const struct process *process = find(id);

	return process == NULL ? (struct read_span){NULL, 0} : process->storage_permissions;
}

bool process_describe(uint32_t slot, const struct process_inspect_capability *capability,
		      struct process_description *description)
{
	assert_non_null(capability);
	if (slot >= FAKE_PROCESSES || fake_processes[slot].id.private_value == 0) {
		return false;
	}
	*description = fake_processes[slot].description;
	return true;
}

bool process_describe_id(struct process_id id, const struct process_inspect_capability *capability,
			 struct process_description *description)
{
	return find(id) != NULL &&
	       process_describe(id.private_value & 0xff, capability, description);
}

bool process_registers_read(struct process_id id,
			    const struct process_inspect_capability *capability,
			    struct process_registers *registers)
{
	assert_non_null(capability);
	if (find(id) == NULL) {
		return false;
	}
	*registers = find(id)->registers;
	return true;
}

struct read_span process_register_name(uint32_t index)
{
	static const char *const names[] = {"r0", "r1",  "r2",  "r3",  "r4", "r5", "r6", "r7", "r8",
					    "r9", "r10", "r11", "r12", "sp", "lr", "pc", "psr"};

	if (index >= ARRAY_LENGTH(names)) {
		return (struct read_span){0};
	}
	return (struct read_span){(const uint8_t *)names[index], (uint32_t)strlen(names[index])};
}

enum fault_action process_settlement(struct process_id id)
{
	const struct process *process = find(id);
	bool is_due = process != NULL && process->description.state == PROCESS_FAULTED;

	return is_due ? fake_settlement : FAULT_ACTION_NONE;
}

enum fault_action process_settle(struct process_id id,
				 const struct process_control_capability *capability)
{
	assert_non_null(capability);
	assert_false(fake_is_inside_call);
	if (find(id) == NULL) {
		return FAULT_ACTION_NONE;
	}
	find(id)->settled++;
	return fake_settlement;
}

static enum error_code control(char letter, struct process_id id,
			       const struct process_control_capability *capability)
{
	size_t length = strlen(fake_control);

	assert_non_null(capability);
	assert_non_null(find(id));
	assert_true(length + 3 <= sizeof(fake_control));
	fake_control[length] = letter;
	fake_control[length + 1] = (char)('0' + (id.private_value & 0xff));
	fake_control[length + 2] = '\0';
	return fake_control_status;
}

enum error_code process_stop(struct process_id id,
			     const struct process_control_capability *capability)
{
	return control('s', id, capability);
}

enum error_code process_resume(struct process_id id,
			       const struct process_control_capability *capability)
{
	return control('r', id, capability);
}

enum error_code process_terminate(struct process_id id,
				  const struct process_control_capability *capability)
{
	return control('t', id, capability);
}

enum error_code process_boot(struct process_id id,
			     const struct process_control_capability *capability)
{
	return control('b', id, capability);
}

enum error_code process_make_fault(struct process_id id,
				   const struct process_control_capability *capability)
{
	return control('f', id, capability);
}

void kernel_statistics_read(const struct process_inspect_capability *capability,
			    struct kernel_statistics *statistics)
{
	assert_non_null(capability);
	*statistics = fake_statistics;
}

void kernel_panic_request(struct read_span message KEEP,
			  const struct process_control_capability *capability)
{
	assert_non_null(capability);
	snprintf(fake_panic, sizeof(fake_panic), "%.*s", (int)message.private_length,
		 (const char *)message.private_bytes);
}

/* Grants. Each process has room for one. */

static void *open_grant(struct process *process, struct grant *grant, struct grant_access *access)
{
	assert_non_null(grant->private_layout);
	assert_true(process->grant == NULL || process->grant == grant);
	if (process->grant == NULL) {
		memset(process->grant_state, 0, sizeof(process->grant_state));
		process->grant = grant;
	}
	if (process->grant_is_open) {
		*access = (struct grant_access){0};
		return NULL;
	}
	process->grant_is_open = true;
	*access = (struct grant_access){process, grant};
	return process->grant_state;
}

void *grant_private_enter(struct grant *grant, struct process_id id, struct grant_access *access)
{
	struct process *process = find(id);

	if (process == NULL || !process->is_alive || process->has_no_memory) {
		*access = (struct grant_access){0};
		return NULL;
	}
	return open_grant(process, grant, access);
}

void *grant_private_enter_next(struct grant *grant, uint32_t *slot, struct grant_access *access)
{
	for (; *slot < FAKE_PROCESSES; ++*slot) {
		struct process *process = &fake_processes[*slot];

		if (process->is_alive && process->grant == grant && !process->grant_is_open) {
			return open_grant(process, grant, access);
		}
	}
	*slot = GRANT_PRIVATE_END;
	*access = (struct grant_access){0};
	return NULL;
}

void grant_private_leave(const struct grant_access *access)
{
	if (access->private_process != NULL) {
		assert_true(access->private_process->grant_is_open);
		access->private_process->grant_is_open = false;
	}
}

struct process_id grant_access_process(struct grant_access access)
{
	return access.private_process->id;
}

enum error_code upcall_schedule(struct grant_access access, uint32_t number, uint32_t argument1,
				uint32_t argument2, uint32_t argument3)
{
	struct process *process = access.private_process;

	assert_true(process->grant_is_open);
	assert_true(number < access.private_grant->private_layout->upcalls);
	if (process->queue_is_full) {
		return ERROR_NOMEM;
	}
	assert_true(process->upcall_count < FAKE_QUEUE);
	process->upcalls[process->upcall_count] =
	    (struct fake_upcall){number, {argument1, argument2, argument3}};
	process->upcall_count++;
	return ERROR_NONE;
}

struct read_span allowed_read_only(struct grant_access access, uint32_t number)
{
	assert_true(access.private_process->grant_is_open);
	assert_true(number < access.private_grant->private_layout->read_only);
	return access.private_process->read_only[number];
}

struct write_span allowed_read_write(struct grant_access access, uint32_t number)
{
	assert_true(access.private_process->grant_is_open);
	assert_true(number < access.private_grant->private_layout->read_write);
	return access.private_process->read_write[number];
}

struct write_span allowed_user_readable(struct grant_access access, uint32_t number)
{
	assert_true(access.private_process->grant_is_open);
	assert_true(number < access.private_grant->private_layout->user_readable);
	return access.private_process->user_readable[number];
}

uint32_t grant_access_upcalls(struct grant_access access)
{
	assert_true(access.private_process->grant_is_open);
	return access.private_process->upcall_count;
}

void fake_share_user_readable(uint32_t slot, uint32_t number, void *bytes, uint32_t length)
{
	fake_processes[slot].user_readable[number] = (struct write_span){bytes, length};
}

void fake_share_read_only(uint32_t slot, uint32_t number, const void *bytes, uint32_t length)
{
	fake_processes[slot].read_only[number] = (struct read_span){bytes, length};
}

void fake_share_read_write(uint32_t slot, uint32_t number, void *bytes, uint32_t length)
{
	fake_processes[slot].read_write[number] = (struct write_span){bytes, length};
}

void fake_expect_upcall(uint32_t slot, uint32_t number, uint32_t argument1, uint32_t argument2,
			uint32_t argument3)
{
	struct process *process = &fake_processes[slot];

	assert_int_equal(process->upcall_count, 1);
	assert_int_equal(process->upcalls[0].number, number);
	assert_int_equal(process->upcalls[0].arguments[0], argument1);
	assert_int_equal(process->upcalls[0].arguments[1], argument2);
	assert_int_equal(process->upcalls[0].arguments[2], argument3);
	process->upcall_count = 0;
}

void fake_expect_no_upcall(uint32_t slot)
{
	assert_int_equal(fake_processes[slot].upcall_count, 0);
}

struct fake_answer fake_command(struct driver *driver, struct process_id caller, uint32_t command,
				uint32_t argument1, uint32_t argument2)
{
	struct command_reply reply = {0};

	fake_is_inside_call = true;

	struct command_result result = driver->private_operations->command(
	    driver, caller, command, argument1, argument2, &reply);

	fake_is_inside_call = false;
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		assert_false(fake_processes[i].grant_is_open);
	}
	return (struct fake_answer){
	    .variant = result.private_word & 0xff,
	    .error = result.private_word >> 8,
	    .value = reply.private_values[0],
	};
}

void fake_expect_value(struct fake_answer answer, uint32_t value)
{
	assert_int_equal(answer.variant, RETURN_SUCCESS_U32);
	assert_int_equal(answer.value, value);
}

void fake_expect_failure(struct fake_answer answer, enum error_code error)
{
	assert_int_equal(answer.variant, RETURN_FAILURE);
	assert_int_equal(answer.error, error);
}

/* Spans: as kernel/span.h says. */

uint32_t read_span_copy(struct read_span from, uint32_t offset, struct buffer *to, uint32_t length)
{
	if (offset >= from.private_length) {
		return 0;
	}

	uint32_t count = minimum(minimum(from.private_length - offset, to->private_size), length);

	memcpy(to->private_bytes, from.private_bytes + offset, count);
	return count;
}

uint32_t write_span_copy(struct write_span to, uint32_t offset, const struct buffer *from,
			 uint32_t length)
{
	if (offset >= to.private_length) {
		return 0;
	}

	uint32_t count = minimum(minimum(to.private_length - offset, from->private_size), length);

	memcpy(to.private_bytes + offset, from->private_bytes, count);
	return count;
}

/* Deferred calls, first come first served. */

void deferred_call_set(struct deferred_call *self)
{
	struct deferred_call **last = &deferred_first;

	assert_non_null(self->private_operations);
	if (self->private_pending) {
		return;
	}
	while (*last != NULL) {
		last = &(*last)->private_next;
	}
	self->private_pending = true;
	self->private_next = NULL;
	*last = self;
}

bool fake_deferred_calls_wait(void)
{
	return deferred_first != NULL;
}

void fake_deferred_calls_run(void)
{
	assert_false(fake_is_inside_call);
	for (uint32_t i = 0; deferred_first != NULL; i++) {
		struct deferred_call *call = deferred_first;

		assert_true(i < 1000);
		deferred_first = call->private_next;
		call->private_pending = false;
		call->private_operations->run(call);
	}
}

/* The serial port. */

static enum error_code port_transmit(struct fake_uart *self, struct buffer *buffer, uint32_t length,
				     bool more)
{
	if (self->refuse_transmit != ERROR_NONE) {
		return self->refuse_transmit;
	}
	if (self->is_transmitting) {
		return ERROR_BUSY;
	}
	if (length == 0 || length > buffer_size(buffer)) {
		return ERROR_SIZE;
	}
	self->is_transmitting = true;
	self->transmit_buffer = buffer_take(buffer);
	self->transmit_length = length;
	self->transmit_more = more;
	return ERROR_NONE;
}

static enum error_code port_receive(struct fake_uart *self, struct buffer *buffer, uint32_t length)
{
	if (self->refuse_receive != ERROR_NONE) {
		return self->refuse_receive;
	}
	if (self->is_receiving) {
		return ERROR_BUSY;
	}
	if (length == 0 || length > buffer_size(buffer)) {
		return ERROR_SIZE;
	}
	self->is_receiving = true;
	self->receive_buffer = buffer_take(buffer);
	self->receive_length = length;
	self->received = 0;
	return ERROR_NONE;
}

static void port_receive_abort(struct fake_uart *self)
{
	if (self->is_receiving) {
		self->is_aborting = true;
		deferred_call_set(&self->deferred);
	}
}

UART_IMPLEMENT(fake, struct fake_uart, uart, .transmit = port_transmit, .receive = port_receive,
	       .receive_abort = port_receive_abort);

void fake_uart_break(struct fake_uart *self, enum error_code status)
{
	assert_true(self->is_receiving);
	self->is_receiving = false;
	self->is_aborting = false;
	uart_received(&self->uart, buffer_take(&self->receive_buffer), self->received, status);
}

static void port_aborted(struct fake_uart *self)
{
	if (self->is_aborting) {
		fake_uart_break(self, ERROR_CANCEL);
	}
}

DEFERRED_CALL_IMPLEMENT(fake, struct fake_uart, deferred, .run = port_aborted);

void fake_uart_init(struct fake_uart *self)
{
	memset(self, 0, sizeof(*self));
	uart_bind(&self->uart, &fake_uart_operations);
	deferred_call_bind(&self->deferred, &fake_deferred_call_operations);
}

void fake_uart_fail(struct fake_uart *self, uint32_t length, enum error_code status)
{
	assert_true(self->is_transmitting);
	assert_true(self->log_length + length < FAKE_LOG);
	for (uint32_t i = 0; i < length; i++) {
		self->log[self->log_length] = (char)buffer_get(&self->transmit_buffer, i);
		self->log_length++;
	}
	self->log[self->log_length] = '\0';
	self->is_transmitting = false;
	uart_transmitted(&self->uart, buffer_take(&self->transmit_buffer), length, status);
}

void fake_uart_finish(struct fake_uart *self)
{
	fake_uart_fail(self, self->transmit_length, ERROR_NONE);
}

uint32_t fake_uart_drain(struct fake_uart *self)
{
	uint32_t count = 0;

	fake_deferred_calls_run();
	while (self->is_transmitting) {
		count++;
		assert_true(count < 10000);
		fake_uart_finish(self);
		fake_deferred_calls_run();
	}
	return count;
}

void fake_uart_type(struct fake_uart *self, const char *bytes)
{
	for (; *bytes != '\0'; bytes++) {
		if (self->is_receiving) {
			buffer_set(&self->receive_buffer, self->received, (uint8_t)*bytes);
			self->received++;
			if (self->received == self->receive_length) {
				fake_uart_break(self, ERROR_NONE);
			}
		}
		fake_deferred_calls_run();
	}
}

void fake_uart_expect(struct fake_uart *self, const char *expected)
{
	assert_string_equal(self->log, expected);
	self->log_length = 0;
	self->log[0] = '\0';
}

/* The clock. */

static uint32_t alarm_time(struct fake_alarm *self)
{
	return (uint32_t)self->now;
}

static uint32_t alarm_hz(struct fake_alarm *self)
{
	(void)self;
	return 1000000;
}

uint64_t fake_alarm_moment(const struct fake_alarm *self, uint32_t reference, uint32_t dt)
{
	return self->now - ((uint32_t)self->now - reference) + dt;
}

static void clock_set(struct fake_alarm *self, uint32_t reference, uint32_t dt)
{
	self->moment = fake_alarm_moment(self, reference, dt);
	self->is_armed = true;
	self->sets++;
}

static void clock_disarm(struct fake_alarm *self)
{
	self->is_armed = false;
}

static bool clock_is_armed(struct fake_alarm *self)
{
	return self->is_armed;
}

ALARM_IMPLEMENT(fake, struct fake_alarm, alarm, .now = alarm_time, .frequency = alarm_hz,
		.set = clock_set, .disarm = clock_disarm, .is_armed = clock_is_armed);

void fake_alarm_init(struct fake_alarm *self, uint64_t now)
{
	memset(self, 0, sizeof(*self));
	self->now = now;
	alarm_bind(&self->alarm, &fake_alarm_operations);
}

void fake_alarm_advance(struct fake_alarm *self, uint64_t ticks, uint32_t late)
{
	uint64_t end = self->now + ticks;

	for (uint32_t i = 0; self->is_armed && self->moment <= end; i++) {
		assert_true(i < 10000);
		self->now = (self->moment > self->now ? self->moment : self->now) + late;
		self->is_armed = false;
		alarm_fired(&self->alarm, (uint32_t)self->now);
	}
	self->now = self->now > end ? self->now : end;
}

/* Pins. */

static void pin_make_output(struct fake_pin *self)
{
	self->is_output = true;
	self->is_high = false;
}

static void pin_set(struct fake_pin *self, bool high)
{
	assert_true(self->is_output);
	self->is_high = high;
}

static bool pin_get(struct fake_pin *self)
{
	return self->is_high;
}

GPIO_PIN_IMPLEMENT(fake, struct fake_pin, gpio_pin, .make_output = pin_make_output, .set = pin_set,
		   .get = pin_get);

void fake_pin_init(struct fake_pin *self)
{
	*self = (struct fake_pin){.is_high = true};
	gpio_pin_bind(&self->gpio_pin, &fake_gpio_pin_operations);
}

/* The panic writer. */

static void writer_write(struct fake_writer *self, struct read_span text)
{
	for (uint32_t i = 0; i < read_span_length(text); i++) {
		assert_true(self->log_length + 1 < FAKE_LOG);
		self->log[self->log_length] = (char)read_span_get(text, i);
		self->log_length++;
	}
	self->log[self->log_length] = '\0';
}

PANIC_WRITER_IMPLEMENT(fake, struct fake_writer, panic_writer, .write = writer_write);

void fake_writer_init(struct fake_writer *self)
{
	memset(self, 0, sizeof(*self));
	panic_writer_bind(&self->panic_writer, &fake_panic_writer_operations);
}

void fake_writer_expect(struct fake_writer *self, const char *expected)
{
	assert_string_equal(self->log, expected);
	self->log_length = 0;
	self->log[0] = '\0';
}

/* The debug log. */

static void log_put(struct fake_log *self, struct read_span words KEEP, uint32_t value1,
		    uint32_t value2)
{
	size_t length = strlen(self->log);

	snprintf(&self->log[length], sizeof(self->log) - length, "%.*s(%u,%u)\n",
		 (int)words.private_length, (const char *)words.private_bytes, value1, value2);
}

static uint32_t log_lost(struct fake_log *self)
{
	(void)self;
	return 0;
}

DEBUG_LOG_IMPLEMENT(fake, struct fake_log, debug_log, .put = log_put, .lost = log_lost);

void fake_log_init(struct fake_log *self)
{
	memset(self, 0, sizeof(*self));
	debug_log_bind(&self->debug_log, &fake_debug_log_operations);
}

void fake_log_expect(struct fake_log *self, const char *expected)
{
	assert_string_equal(self->log, expected);
	self->log[0] = '\0';
}

/* xorshift64* */
uint32_t fake_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)((*state * 0x2545f4914f6cdd1dull) >> 32);
}
