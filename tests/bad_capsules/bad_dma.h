#pragma once

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/dma.h>
#include <kernel/span.h>

/* A block with one DMA channel, and a driver that holds it. */

REGISTER_DMA_ADDRESS(bad_source, 4);
REGISTER_DMA_LENGTH(bad_count, 0xFFFF);

struct bad_control {
	bool start : 1;
	bool loud : 1;
	uint32_t reserved_2 : 30;
};
REGISTER_DMA_CONTROL(bad_control, struct bad_control, 0x00000000);

struct bad_status {
	bool busy : 1;
	uint32_t reserved_1 : 31;
};
REGISTER_READ_ONLY(bad_status, struct bad_status, 0x00000000);

struct bad_registers {
	struct bad_source_register source AT_OFFSET(0x0);
	struct bad_count_register count AT_OFFSET(0x4);
	struct bad_control_register control AT_OFFSET(0x8);
	struct bad_status_register status AT_OFFSET(0xC);
};
DMA_CHANNEL(bad, send, source, count, control, start, status, busy);

struct bad {
	struct bad_registers *registers;
	struct bad_send send;
	struct bad_send other;
	struct buffer spare;
	uint32_t seen;
};
