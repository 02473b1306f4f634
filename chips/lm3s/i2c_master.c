#include <chips/lm3s/i2c_master.h>
#include <kernel/checked.h>

/* A transfer is one part or two, bytes written and bytes read; a part goes from START to STOP. Each
 * byte is one command to the controller, which tells its end by an interrupt.
 *
 * When nobody has the address, the part says so by an interrupt like all others, and which error it was.
 * QEMU raises none, and calls it lost arbitration. So behind each START comes a deferred call, which looks
 * whether an interrupt is to be expected: the controller is at work, or has raised it. If not, nobody answered.
 * The part takes a few clocks to show that it is at work; the deferred call is later than that.
 *
 * QEMU: a byte that the device refuses is taken for accepted, there is no other master, and
 * a repeated START is none: it goes on with the transfer that is under way.
 *
 * Invariant: between calls, while there is a buffer, the controller is at work on byte `done`, or its
 * interrupt or the deferred call is to come. */

enum {
	BUS_HZ = 100000,
	/* Periods of the clock in a bit, for each step of the timer period: 2 * (SCL_LP + SCL_HP), which
	 * are fixed at 6 and 4 ("Available Speed Modes"). */
	BIT_CLOCKS = 20,
	/* Looks at the bus, at the least 4 clocks each. A STOP takes a bit, 500 clocks at 50 MHz. */
	STOP_TURNS = 1000,
};

static const struct lm3s_i2c_interrupts MASTER = {.master = true};

static void byte_start(struct lm3s_i2c_master *self)
{
	struct lm3s_i2c_registers *registers = self->registers;
	bool is_first = self->done == 0;
	bool is_last = self->done + 1 == self->length;

	if (is_first) {
		lm3s_i2c_address_write(
		    &registers->address,
		    (struct lm3s_i2c_address){.receive = self->is_reading,
					      .address = self->address & I2C_ADDRESS_MAX});
		deferred_call_set(&self->deferred_call);
	}
	if (!self->is_reading) {
		lm3s_i2c_data_write(&registers->data, buffer_get(&self->buffer, self->done));
	}
	/* The last byte of a reading is not acknowledged: the device is to let go of the line. */
	lm3s_i2c_control_write(
	    &registers->control,
	    (struct lm3s_i2c_control){
		.run = true, .start = is_first, .stop = is_last, .acknowledge = !is_last});
}

static void part_start(struct lm3s_i2c_master *self, bool is_reading, uint32_t length)
{
	self->is_reading = is_reading;
	self->length = length;
	self->done = 0;
	byte_start(self);
}

static void transfer_finish(struct lm3s_i2c_master *self, enum error_code status)
{
	i2c_master_completed(&self->i2c_master, buffer_take(&self->buffer), status);
}

/* Ends a part in its middle, and waits for the end: a START that comes too soon would be lost, and there need not
 * be an interrupt. */
static void bus_release(struct lm3s_i2c_registers *registers)
{
	lm3s_i2c_control_write(&registers->control, (struct lm3s_i2c_control){.stop = true});
	for (uint32_t left = STOP_TURNS; left > 0; left--) {
		if (!lm3s_i2c_status_read(&registers->status).bus_busy) {
			break;
		}
	}
	lm3s_i2c_interrupts_clear(&registers->interrupts, MASTER);
}

static void transfer_fail(struct lm3s_i2c_master *self, struct lm3s_i2c_status status)
{
	if (status.arbitration_lost) {
		transfer_finish(self, ERROR_RESERVE);
		return;
	}
	/* Behind the last byte of a part the STOP is sent already. */
	if (self->done + 1 < self->length) {
		bus_release(self->registers);
	}
	transfer_finish(self, ERROR_NOACK);
}

static void byte_finish(struct lm3s_i2c_master *self)
{
	if (self->is_reading) {
		buffer_set(&self->buffer, self->done,
			   (uint8_t)lm3s_i2c_data_read(&self->registers->data));
	}
	self->done++;
	if (self->done < self->length) {
		byte_start(self);
	} else if (!self->is_reading && self->read_length > 0) {
		part_start(self, true, self->read_length);
	} else {
		transfer_finish(self, ERROR_NONE);
	}
}

/* Also called for an interrupt that a STOP raised and that is cleared. */
static void master_service(struct lm3s_i2c_master *self)
{
	struct lm3s_i2c_registers *registers = self->registers;

	if (!lm3s_i2c_interrupts_masked_read(&registers->interrupts_masked).master) {
		return;
	}
	lm3s_i2c_interrupts_clear(&registers->interrupts, MASTER);
	if (buffer_is_empty(&self->buffer)) {
		return;
	}
	struct lm3s_i2c_status status = lm3s_i2c_status_read(&registers->status);
	if (status.error) {
		transfer_fail(self, status);
	} else {
		byte_finish(self);
	}
}

/* The interrupt is looked for last: it may come between the two. */
static void master_deferred(struct lm3s_i2c_master *self)
{
	struct lm3s_i2c_registers *registers = self->registers;

	if (buffer_is_empty(&self->buffer) || lm3s_i2c_status_read(&registers->status).busy ||
	    lm3s_i2c_interrupts_raw_read(&registers->interrupts_raw).master) {
		return;
	}
	transfer_finish(self, ERROR_NOACK);
}

static enum error_code master_transfer(struct lm3s_i2c_master *self, uint32_t address,
				       struct buffer *buffer, uint32_t write_length,
				       uint32_t read_length)
{
	if (!buffer_is_empty(&self->buffer)) {
		return ERROR_BUSY;
	}
	if (address > I2C_ADDRESS_MAX) {
		return ERROR_INVAL;
	}
	if ((write_length == 0 && read_length == 0) || write_length > buffer_size(buffer) ||
	    read_length > buffer_size(buffer)) {
		return ERROR_SIZE;
	}
	self->buffer = buffer_take(buffer);
	self->address = address;
	self->read_length = read_length;
	part_start(self, write_length == 0, write_length == 0 ? read_length : write_length);
	return ERROR_NONE;
}

I2C_MASTER_IMPLEMENT(lm3s, struct lm3s_i2c_master, i2c_master, .transfer = master_transfer);
INTERRUPT_HANDLER_IMPLEMENT(lm3s_i2c_master, struct lm3s_i2c_master, interrupt,
			    .service = master_service);
DEFERRED_CALL_IMPLEMENT(lm3s_i2c_master, struct lm3s_i2c_master, deferred_call,
			.run = master_deferred);

void lm3s_i2c_master_init(struct lm3s_i2c_master *self, struct lm3s_i2c_registers *registers,
			  uint32_t clock_hz)
{
	self->registers = registers;
	i2c_master_bind(&self->i2c_master, &lm3s_i2c_master_operations);
	interrupt_handler_bind(&self->interrupt, &lm3s_i2c_master_interrupt_operations);
	deferred_call_bind(&self->deferred_call, &lm3s_i2c_master_deferred_call_operations);
	lm3s_i2c_configuration_write(&registers->configuration,
				     (struct lm3s_i2c_configuration){.master = true});
	/* Rounded up: the bus is never too fast. */
	lm3s_i2c_timer_period_write(&registers->timer_period,
				    (clock_hz - 1) / (BUS_HZ * BIT_CLOCKS));
	lm3s_i2c_interrupt_mask_write(&registers->interrupt_mask, MASTER);
}
