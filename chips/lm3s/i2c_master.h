#pragma once

#include <chips/lm3s/i2c_registers.h>
#include <hil/i2c_master.h>
#include <kernel/buffer.h>
#include <kernel/deferred_call.h>
#include <kernel/interrupt.h>
#include <stdbool.h>
#include <stdint.h>

/* The I2C master of the LM3S6965, at 100 kHz. To what hil/i2c_master.h says it adds:
 *
 *   I1  It is the only master of its bus.
 *   I2  Between writing and reading there is a STOP and a START, and no repeated START, which QEMU does
 *       not have. By I1 nobody comes in between; a device that forgets at a STOP which of its
 *       registers was asked for cannot be read.
 *   I3  Each byte is an interrupt, 90 us apart.
 *
 * RAM: 15 words. Wiring: the clock gate open, the pins handed over with
 * lm3s_gpio_pins_to_open_drain(), `interrupt` at the line, `deferred_call` needs nothing. */

struct lm3s_i2c_master {
	struct i2c_master i2c_master;
	struct interrupt_handler interrupt;
	struct deferred_call deferred_call;

	struct lm3s_i2c_registers *registers;

	/* Not empty while a transfer is under way. */
	struct buffer buffer;
	uint32_t address;
	uint32_t read_length; /* bytes to read when all are written */

	/* The part that is under way, writing or reading. */
	bool is_reading;
	uint32_t length; /* bytes */
	uint32_t done;   /* bytes */
};

/* `clock_hz` is the system clock. */
void lm3s_i2c_master_init(struct lm3s_i2c_master *self, struct lm3s_i2c_registers *registers,
			  uint32_t clock_hz);
