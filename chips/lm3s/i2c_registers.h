#pragma once

#include <kernel/register.h>
#include <stdbool.h>

/* Data sheet, chapter "Inter-Integrated Circuit (I2C) Interface", "Register Map": the master's half. */

/* I2CMSA */
struct lm3s_i2c_address {
	bool receive : 1;
	uint32_t address : 7;
	uint32_t reserved_8 : 24;
};
REGISTER_READ_WRITE(lm3s_i2c_address, struct lm3s_i2c_address, 0x00000000);

/* I2CMCS, when read. While `busy` the others but `bus_busy` say nothing. */
struct lm3s_i2c_status {
	bool busy : 1;
	bool error : 1; /* and one of the next three */
	bool address_refused : 1;
	bool data_refused : 1;
	bool arbitration_lost : 1;
	bool idle : 1;
	bool bus_busy : 1; /* from START to STOP, anybody's */
	uint32_t reserved_7 : 25;
};
REGISTER_READ_ONLY(lm3s_i2c_status, struct lm3s_i2c_status, 0x00000000);

/* I2CMCS, when written: what to do next. */
struct lm3s_i2c_control {
	bool run : 1; /* a byte, over the line */
	bool start : 1;
	bool stop : 1;
	bool acknowledge : 1; /* a byte that is received */
	uint32_t reserved_4 : 28;
};
REGISTER_WRITE_ONLY(lm3s_i2c_control, struct lm3s_i2c_control);

/* I2CMDR: a byte in bits 7:0. */
REGISTER_READ_WRITE(lm3s_i2c_data, uint32_t, 0x00000000);

/* I2CMTPR: one less than the periods of the clock in a 20th of a bit. */
REGISTER_READ_WRITE(lm3s_i2c_timer_period, uint32_t, 0x00000001);

/* I2CMIMR, I2CMRIS, I2CMMIS and I2CMICR. QEMU: I2CMIMR holds 1 whatever is written to it. */
struct lm3s_i2c_interrupts {
	bool master : 1;
	uint32_t reserved_1 : 31;
};
REGISTER_READ_WRITE(lm3s_i2c_interrupt_mask, struct lm3s_i2c_interrupts, 0x00000000);
REGISTER_READ_ONLY(lm3s_i2c_interrupts_raw, struct lm3s_i2c_interrupts, 0x00000000);
REGISTER_READ_ONLY(lm3s_i2c_interrupts_masked, struct lm3s_i2c_interrupts, 0x00000000);
REGISTER_WRITE_1_TO_CLEAR(lm3s_i2c_interrupts, struct lm3s_i2c_interrupts);

/* I2CMCR */
struct lm3s_i2c_configuration {
	bool loopback : 1;
	uint32_t reserved_1 : 3;
	bool master : 1;
	bool slave : 1;
	uint32_t reserved_6 : 26;
};
REGISTER_READ_WRITE(lm3s_i2c_configuration, struct lm3s_i2c_configuration, 0x00000000);

struct lm3s_i2c_registers {
	struct lm3s_i2c_address_register address AT_OFFSET(0x000);
	union {
		struct lm3s_i2c_status_register status AT_OFFSET(0x004);
		struct lm3s_i2c_control_register control AT_OFFSET(0x004);
	};
	struct lm3s_i2c_data_register data AT_OFFSET(0x008);
	struct lm3s_i2c_timer_period_register timer_period AT_OFFSET(0x00C);
	struct lm3s_i2c_interrupt_mask_register interrupt_mask AT_OFFSET(0x010); /* 1: through */
	struct lm3s_i2c_interrupts_raw_register interrupts_raw AT_OFFSET(0x014);
	struct lm3s_i2c_interrupts_masked_register interrupts_masked AT_OFFSET(0x018);
	struct lm3s_i2c_interrupts_register interrupts AT_OFFSET(0x01C);
	struct lm3s_i2c_configuration_register configuration AT_OFFSET(0x020);
};
