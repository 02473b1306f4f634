#pragma once

#include <stddef.h>
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

/* Data sheet, chapter "System Control", "Register Map". */
struct lm3s_system_control_registers {
	const volatile uint32_t device_identification_0; /* 0x000 DID0 */
	uint32_t reserved_004[12];
	volatile uint32_t ldo_power; /* 0x034 LDOPCTL */
	uint32_t reserved_038[6];
	const volatile uint32_t interrupt_raw_status; /* 0x050 RIS */
	volatile uint32_t interrupt_mask;             /* 0x054 IMC */
	volatile uint32_t interrupt_clear;            /* 0x058 MISC, write 1 to clear */
	volatile uint32_t reset_cause;                /* 0x05C RESC */
	volatile uint32_t run_clock;                  /* 0x060 RCC */
	const volatile uint32_t pll;                  /* 0x064 PLLCFG */
	uint32_t reserved_068[2];
	volatile uint32_t run_clock_2; /* 0x070 RCC2 */
	uint32_t reserved_074[35];
	volatile uint32_t gates_0; /* 0x100 RCGC0 */
	volatile uint32_t gates_1; /* 0x104 RCGC1 */
	volatile uint32_t gates_2; /* 0x108 RCGC2 */
};

_Static_assert(offsetof(struct lm3s_system_control_registers, ldo_power) == 0x034, "LDOPCTL");
_Static_assert(offsetof(struct lm3s_system_control_registers, interrupt_raw_status) == 0x050,
	       "RIS");
_Static_assert(offsetof(struct lm3s_system_control_registers, run_clock) == 0x060, "RCC");
_Static_assert(offsetof(struct lm3s_system_control_registers, run_clock_2) == 0x070, "RCC2");
_Static_assert(offsetof(struct lm3s_system_control_registers, gates_0) == 0x100, "RCGC0");
_Static_assert(offsetof(struct lm3s_system_control_registers, gates_2) == 0x108, "RCGC2");

/* Register "Run Mode Clock Gating Control Register 0" (RCGC0), offset 0x100. */
enum lm3s_clock_gate_0 {
	LM3S_CLOCK_GATE_0_WATCHDOG = 1 << 3,
};

/* Register "Run Mode Clock Gating Control Register 1" (RCGC1), offset 0x104. */
enum lm3s_clock_gate_1 {
	LM3S_CLOCK_GATE_1_UART0 = 1 << 0,
	LM3S_CLOCK_GATE_1_TIMER0 = 1 << 16,
};

/* Register "Run Mode Clock Gating Control Register 2" (RCGC2), offset 0x108. */
enum lm3s_clock_gate_2 {
	LM3S_CLOCK_GATE_2_GPIO_A = 1 << 0,
	LM3S_CLOCK_GATE_2_GPIO_D = 1 << 3,
	LM3S_CLOCK_GATE_2_GPIO_F = 1 << 5,
};

/* Returns the system clock's frequency in Hz (C1). */
uint32_t lm3s_clock_init(struct lm3s_system_control_registers *registers);

/* Opens the gates given, each a sum of the enum of its number; those open before stay open. */
void lm3s_clock_open_gates(struct lm3s_system_control_registers *registers, uint32_t gates_0,
			   uint32_t gates_1, uint32_t gates_2);
