/* A serial port, a clock, pins and a bus that do as the fuzzer says, within the contracts of hil/. */

#include "machine.h"

struct machine_uart machine_uart;
struct machine_alarm machine_alarm;
struct machine_i2c machine_i2c;
struct machine_inputs machine_inputs;

/* --- Serial port --- */

static enum error_code refusal(struct machine_uart *self)
{
	enum error_code refused = self->refuse;

	self->refuse = ERROR_NONE;
	self->refusals += refused != ERROR_NONE;
	return refused;
}

static enum error_code uart_check(const struct buffer *wanted, const struct buffer *used,
				  uint32_t length)
{
	if (!buffer_is_empty(used)) {
		return ERROR_BUSY;
	}
	return length == 0 || length > buffer_size(wanted) ? ERROR_SIZE : ERROR_NONE;
}

static enum error_code machine_uart_transmit(struct machine_uart *self, struct buffer *buffer,
					     uint32_t length, bool more)
{
	enum error_code status = uart_check(buffer, &self->transmit_buffer, length);

	CHECK(status == ERROR_NONE); /* the multiplexer knows better */
	if (self->amid != NULL) {
		machine_audit_turn(self->amid, buffer);
		self->amid = NULL;
	}
	status = refusal(self);
	if (status == ERROR_NONE) {
		self->transmit_buffer = buffer_take(buffer);
		self->transmit_length = length;
		self->transmit_more = more;
	}
	return status;
}

static enum error_code machine_uart_receive(struct machine_uart *self, struct buffer *buffer,
					    uint32_t length)
{
	enum error_code status = uart_check(buffer, &self->receive_buffer, length);

	CHECK(status == ERROR_NONE);
	status = refusal(self);
	if (status == ERROR_NONE) {
		self->receive_buffer = buffer_take(buffer);
		self->receive_length = length;
		self->received = 0;
	}
	return status;
}

static void machine_uart_receive_abort(struct machine_uart *self)
{
	if (!buffer_is_empty(&self->receive_buffer)) {
		self->is_aborting = true;
		deferred_call_set(&self->deferred);
	}
}

UART_IMPLEMENT(machine_uart, struct machine_uart, uart, .transmit = machine_uart_transmit,
	       .receive = machine_uart_receive, .receive_abort = machine_uart_receive_abort);

static void receive_end(struct machine_uart *self, enum error_code status)
{
	self->is_aborting = false;
	uart_received(&self->uart, buffer_take(&self->receive_buffer), self->received, status);
}

static void machine_uart_deferred(struct machine_uart *self)
{
	if (self->is_aborting) { /* else it came to its end first */
		receive_end(self, ERROR_CANCEL);
	}
}

DEFERRED_CALL_IMPLEMENT(machine_uart, struct machine_uart, deferred, .run = machine_uart_deferred);

/* Bytes that nobody wants are lost. */
static void bytes_arrive(struct machine_uart *self)
{
	for (uint32_t i = 0; i < self->arriving_length; i++) {
		if (!buffer_is_empty(&self->receive_buffer)) {
			buffer_set(&self->receive_buffer, self->received++, self->arriving[i]);
			if (self->received == self->receive_length) {
				receive_end(self, ERROR_NONE);
			}
		}
	}
	self->arriving_length = 0;
}

static void transmit_end(struct machine_uart *self)
{
	uint32_t done = self->transmit_length;

	if (self->status != ERROR_NONE) {
		done /= 2;
	}
	if (!buffer_is_empty(&self->transmit_buffer)) {
		self->amid = self->transmit_more ? machine_turn() : NULL;
		uart_transmitted(&self->uart, buffer_take(&self->transmit_buffer), done,
				 self->status);
		self->amid = NULL;
	}
}

static void machine_uart_service(struct machine_uart *self)
{
	if (self->arriving_length > 0) {
		bytes_arrive(self);
	} else if (self->receive_breaks) {
		if (!buffer_is_empty(&self->receive_buffer)) {
			receive_end(self, self->status);
		}
	} else {
		transmit_end(self);
	}
	self->receive_breaks = false;
}

INTERRUPT_HANDLER_IMPLEMENT(machine_uart, struct machine_uart, interrupt,
			    .service = machine_uart_service);

void machine_uart_init(struct machine_uart *self)
{
	*self = (struct machine_uart){0};
	uart_bind(&self->uart, &machine_uart_uart_operations);
	deferred_call_bind(&self->deferred, &machine_uart_deferred_call_operations);
	interrupt_handler_bind(&self->interrupt, &machine_uart_interrupt_operations);
}

/* --- Clock and alarm --- */

static uint32_t machine_alarm_now(struct machine_alarm *self)
{
	self->now += self->haste;
	return (uint32_t)self->now;
}

static uint32_t machine_alarm_frequency(struct machine_alarm *self)
{
	(void)self;
	return 32768;
}

static void machine_alarm_set(struct machine_alarm *self, uint32_t reference, uint32_t dt)
{
	self->moment = self->now + alarm_ticks_left(reference, dt, (uint32_t)self->now);
	self->is_armed = true;
}

static void machine_alarm_disarm(struct machine_alarm *self)
{
	self->is_armed = false;
}

static bool machine_alarm_is_armed(struct machine_alarm *self)
{
	return self->is_armed;
}

static uint64_t machine_clock_now(struct machine_alarm *self)
{
	return self->now;
}

CLOCK_IMPLEMENT(machine_alarm, struct machine_alarm, clock, .now = machine_clock_now,
		.frequency = machine_alarm_frequency);

ALARM_IMPLEMENT(machine_alarm, struct machine_alarm, alarm, .now = machine_alarm_now,
		.frequency = machine_alarm_frequency, .set = machine_alarm_set,
		.disarm = machine_alarm_disarm, .is_armed = machine_alarm_is_armed);

static void machine_alarm_service(struct machine_alarm *self)
{
	if (self->is_armed && self->now >= self->moment) {
		self->is_armed = false;
		alarm_fired(&self->alarm, (uint32_t)self->now);
	}
}

INTERRUPT_HANDLER_IMPLEMENT(machine_alarm, struct machine_alarm, interrupt,
			    .service = machine_alarm_service);

void machine_alarm_init(struct machine_alarm *self, uint64_t now, uint32_t haste)
{
	*self = (struct machine_alarm){.now = now, .haste = haste};
	clock_bind(&self->clock, &machine_alarm_clock_operations);
	alarm_bind(&self->alarm, &machine_alarm_alarm_operations);
	interrupt_handler_bind(&self->interrupt, &machine_alarm_interrupt_operations);
}

/* --- Pins --- */

static void machine_pin_make_output(struct machine_pin *self)
{
	self->is_high = false;
}

static void machine_pin_set(struct machine_pin *self, bool high)
{
	self->is_high = high;
}

static bool machine_pin_get(struct machine_pin *self)
{
	return self->is_high;
}

GPIO_PIN_IMPLEMENT(machine_pin, struct machine_pin, gpio_pin,
		   .make_output = machine_pin_make_output, .set = machine_pin_set,
		   .get = machine_pin_get);

void machine_pin_init(struct machine_pin *self)
{
	gpio_pin_bind(&self->gpio_pin, &machine_pin_gpio_pin_operations);
}

/* --- Inputs --- */

static void machine_input_make_input(struct machine_input *self, enum gpio_pull pull)
{
	self->is_high = pull == GPIO_PULL_UP;
	self->is_watched = false;
}

static bool machine_input_get(struct machine_input *self)
{
	return self->is_high;
}

static void machine_input_watch(struct machine_input *self, bool on)
{
	self->is_watched = on;
}

GPIO_INPUT_IMPLEMENT(machine_input, struct machine_input, gpio_input,
		     .make_input = machine_input_make_input, .get = machine_input_get,
		     .watch = machine_input_watch);

static void machine_inputs_service(struct machine_inputs *self)
{
	for (uint32_t i = 0; i < MACHINE_INPUTS; i++) {
		struct machine_input *input = &self->inputs[i];

		input->is_high ^= (self->change >> i & 1) != 0;
		if ((self->change >> i & 1) != 0 && input->is_watched) {
			gpio_input_changed(&input->gpio_input);
		}
	}
	self->change = 0;
}

INTERRUPT_HANDLER_IMPLEMENT(machine_inputs, struct machine_inputs, interrupt,
			    .service = machine_inputs_service);

void machine_inputs_init(struct machine_inputs *self)
{
	*self = (struct machine_inputs){0};
	interrupt_handler_bind(&self->interrupt, &machine_inputs_interrupt_operations);
	for (uint32_t i = 0; i < MACHINE_INPUTS; i++) {
		gpio_input_bind(&self->inputs[i].gpio_input, &machine_input_gpio_input_operations);
	}
}

/* --- Bus --- */

static enum error_code machine_i2c_transfer(struct machine_i2c *self, uint32_t address,
					    struct buffer *buffer, uint32_t write_length,
					    uint32_t read_length)
{
	enum error_code refused = self->refuse;

	CHECK(buffer_is_empty(&self->buffer)); /* the one client knows better */
	CHECK(address <= I2C_ADDRESS_MAX);
	CHECK(write_length > 0 && write_length <= buffer_size(buffer));
	CHECK(read_length <= buffer_size(buffer));
	self->refuse = ERROR_NONE;
	if (refused == ERROR_NONE) {
		self->buffer = buffer_take(buffer);
		self->read_length = read_length;
	}
	return refused;
}

I2C_MASTER_IMPLEMENT(machine, struct machine_i2c, i2c_master, .transfer = machine_i2c_transfer);

static void machine_i2c_service(struct machine_i2c *self)
{
	enum error_code status = self->status;

	if (buffer_is_empty(&self->buffer)) {
		return;
	}
	for (uint32_t i = 0; i < self->read_length; i++) {
		buffer_set(&self->buffer, i, self->answer);
	}
	self->status = ERROR_NONE;
	i2c_master_completed(&self->i2c_master, buffer_take(&self->buffer), status);
}

INTERRUPT_HANDLER_IMPLEMENT(machine_i2c, struct machine_i2c, interrupt,
			    .service = machine_i2c_service);

void machine_i2c_init(struct machine_i2c *self)
{
	*self = (struct machine_i2c){0};
	i2c_master_bind(&self->i2c_master, &machine_i2c_master_operations);
	interrupt_handler_bind(&self->interrupt, &machine_i2c_interrupt_operations);
}
