#pragma once

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

/* What the samples for chip drivers have in common: registers of each kind, and a driver. */

enum bad_speed {
	BAD_SPEED_SLOW = 1,
	BAD_SPEED_FAST = 5,
};

enum bad_color {
	BAD_COLOR_RED,
	BAD_COLOR_BLUE,
};

struct bad_control {
	bool enable : 1;
	uint32_t speed : 3 VALUES_OF(bad_speed);
	uint32_t color : 1 VALUES_OF(bad_color);
	uint32_t reserved_5 : 11;
	uint32_t divisor : 16;
};
REGISTER_READ_WRITE(bad_control, struct bad_control, 0x00000002);

struct bad_flags {
	bool busy : 1;
	bool full : 1;
	uint32_t reserved_2 : 30;
};
REGISTER_READ_ONLY(bad_status, struct bad_flags, 0x00000000);
REGISTER_BITS(bad_mask, struct bad_flags, 0x00000000);
REGISTER_WRITE_1_TO_CLEAR(bad_flags, struct bad_flags);
REGISTER_READ_ONLY(bad_received, uint32_t, RESET_UNKNOWN);
REGISTER_WRITE_ONLY(bad_sent, uint32_t);
REGISTER_BITS(bad_pins, uint32_t, 0x00000000);

struct bad_registers {
	struct bad_control_register control AT_OFFSET(0x000);
	struct bad_status_register status AT_OFFSET(0x004);
	struct bad_mask_register mask AT_OFFSET(0x008);
	struct bad_flags_register flags AT_OFFSET(0x00C);
	union {
		struct bad_received_register received AT_OFFSET(0x010);
		struct bad_sent_register sent AT_OFFSET(0x010);
	};
	uint32_t reserved_014[3];
	struct bad_pins_register pins[4] AT_OFFSET(0x020);
};

struct bad_chip {
	struct bad_registers *registers;
	enum bad_speed speed;
	uint32_t seen;
	bool flag;
};
