#pragma once

#include <chips/lm3s/system_control_registers.h>
#include <stdint.h>

/* The LM3S6965's system control block: the system clock, and which peripherals have one.
 *
 *   C1  lm3s_clock_init() makes the system clock 50 MHz, from the board's 8 MHz crystal and the
 *       PLL, and returns its frequency in Hz. Should the PLL not lock, the clock is the crystal's
 *       and the answer says so.
 *   C2  A peripheral answers only after its gate was opened; before that, an access to it is a bus
 *       fault.
 *
 * Cost: up to about 0.3 s, spent waiting for the crystal. Both are for boards, before any driver.
 */

enum {
	LM3S_CLOCK_PLL_HZ = 50000000,
	LM3S_CLOCK_CRYSTAL_HZ = 8000000,
};

/* Returns the system clock's frequency in Hz (C1). */
uint32_t lm3s_clock_init(struct lm3s_system_control_registers *registers);

/* Opens the gates given; those open before stay open. */
void lm3s_clock_open_gates(struct lm3s_system_control_registers *registers,
			   struct lm3s_clock_gates_0 gates_0, struct lm3s_clock_gates_1 gates_1,
			   struct lm3s_clock_gates_2 gates_2);
