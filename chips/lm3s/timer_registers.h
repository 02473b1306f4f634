#pragma once

#include <kernel/register.h>
#include <stdbool.h>

/* Data sheet, chapter "General-Purpose Timers", "Register Map". */

/* GPTMCFG */
enum lm3s_timer_width {
	LM3S_TIMER_32_BITS = 0,
	LM3S_TIMER_32_BITS_REAL_TIME = 1,
	LM3S_TIMER_16_BITS = 4,
};

struct lm3s_timer_configuration {
	uint32_t width : 3 VALUES_OF(lm3s_timer_width);
	uint32_t reserved_3 : 29;
};
REGISTER_READ_WRITE(lm3s_timer_configuration, struct lm3s_timer_configuration, 0x00000000);

/* GPTMTAMR, GPTMTBMR */
enum lm3s_timer_mode {
	LM3S_TIMER_OFF = 0, /* "reserved" */
	LM3S_TIMER_ONE_SHOT = 1,
	LM3S_TIMER_PERIODIC = 2,
	LM3S_TIMER_CAPTURE = 3,
};

struct lm3s_timer_modes {
	uint32_t mode : 2 VALUES_OF(lm3s_timer_mode);
	bool capture_time : 1; /* clear: edges are counted */
	bool pulse_width : 1;
	uint32_t reserved_4 : 28;
};
REGISTER_READ_WRITE(lm3s_timer_mode_a, struct lm3s_timer_modes, 0x00000000);
REGISTER_READ_WRITE(lm3s_timer_mode_b, struct lm3s_timer_modes, 0x00000000);

/* GPTMCTL */
enum lm3s_timer_edge {
	LM3S_TIMER_EDGE_RISING = 0,
	LM3S_TIMER_EDGE_FALLING = 1,
	LM3S_TIMER_EDGE_BOTH = 3,
};

struct lm3s_timer_control {
	bool enable_a : 1;
	bool stall_a : 1; /* while a debugger has the processor stopped */
	uint32_t edge_a : 2 VALUES_OF(lm3s_timer_edge);
	bool real_time : 1;
	bool trigger_a : 1;
	bool inverted_a : 1;
	uint32_t reserved_7 : 1;
	bool enable_b : 1;
	bool stall_b : 1;
	uint32_t edge_b : 2 VALUES_OF(lm3s_timer_edge);
	uint32_t reserved_12 : 1;
	bool trigger_b : 1;
	bool inverted_b : 1;
	uint32_t reserved_15 : 17;
};
REGISTER_READ_WRITE(lm3s_timer_control, struct lm3s_timer_control, 0x00000000);

/* GPTMIMR, GPTMRIS, GPTMMIS and GPTMICR */
struct lm3s_timer_interrupts {
	bool timeout_a : 1;
	bool capture_match_a : 1;
	bool capture_event_a : 1;
	bool real_time : 1;
	uint32_t reserved_4 : 4;
	bool timeout_b : 1;
	bool capture_match_b : 1;
	bool capture_event_b : 1;
	uint32_t reserved_11 : 21;
};
REGISTER_BITS(lm3s_timer_interrupt_mask, struct lm3s_timer_interrupts, 0x00000000);
REGISTER_READ_ONLY(lm3s_timer_interrupts_raw, struct lm3s_timer_interrupts, 0x00000000);
REGISTER_READ_ONLY(lm3s_timer_interrupts_masked, struct lm3s_timer_interrupts, 0x00000000);
REGISTER_WRITE_1_TO_CLEAR(lm3s_timer_interrupts, struct lm3s_timer_interrupts);

/* GPTMTAILR, in ticks. QEMU: 0 after reset. */
REGISTER_READ_WRITE(lm3s_timer_load_a, uint32_t, 0xFFFFFFFF);

struct lm3s_timer_registers {
	struct lm3s_timer_configuration_register configuration AT_OFFSET(0x000);
	struct lm3s_timer_mode_a_register mode_a AT_OFFSET(0x004);
	struct lm3s_timer_mode_b_register mode_b AT_OFFSET(0x008);
	struct lm3s_timer_control_register control AT_OFFSET(0x00C);
	uint32_t reserved_010[2];
	struct lm3s_timer_interrupt_mask_register interrupt_mask AT_OFFSET(0x018); /* 1: through */
	struct lm3s_timer_interrupts_raw_register interrupts_raw AT_OFFSET(0x01C);
	struct lm3s_timer_interrupts_masked_register interrupts_masked AT_OFFSET(0x020);
	struct lm3s_timer_interrupts_register interrupts AT_OFFSET(0x024);
	struct lm3s_timer_load_a_register load_a AT_OFFSET(0x028);
};
