#pragma once

#include <kernel/register.h>
#include <stdbool.h>

/* Data sheet, chapter "System Control", "Register Map". */

/* DID0: major 0 and minor 2 is silicon revision A2. */
struct lm3s_device_identification_0 {
	uint32_t minor : 8;
	uint32_t major : 8;
	uint32_t class : 8;
	uint32_t reserved_24 : 4;
	uint32_t version : 3;
	uint32_t reserved_31 : 1;
};
REGISTER_READ_ONLY(lm3s_device_identification_0, struct lm3s_device_identification_0,
		   RESET_UNKNOWN);

/* LDOPCTL: the core's voltage. */
enum lm3s_ldo_voltage {
	LM3S_LDO_2500_MV = 0x00,
	LM3S_LDO_2750_MV = 0x1B,
};

struct lm3s_ldo_power {
	uint32_t voltage : 6 VALUES_OF(lm3s_ldo_voltage);
	uint32_t reserved_6 : 26;
};
REGISTER_READ_WRITE(lm3s_ldo_power, struct lm3s_ldo_power, 0x00000000);

/* RIS, IMC and MISC */
struct lm3s_system_interrupts {
	uint32_t reserved_0 : 1;
	bool brown_out : 1;
	uint32_t reserved_2 : 4;
	bool pll_locked : 1;
	uint32_t reserved_7 : 25;
};
REGISTER_READ_ONLY(lm3s_system_interrupts_raw, struct lm3s_system_interrupts, 0x00000000);
REGISTER_BITS(lm3s_system_interrupt_mask, struct lm3s_system_interrupts, 0x00000000);
REGISTER_READ_WRITE_1_TO_CLEAR(lm3s_system_interrupts, struct lm3s_system_interrupts, 0x00000000);

/* RCC. QEMU: the crystal runs and is the source after reset, 0x078E3AC0. */
enum lm3s_clock_source {
	LM3S_CLOCK_SOURCE_CRYSTAL,
	LM3S_CLOCK_SOURCE_INTERNAL,
	LM3S_CLOCK_SOURCE_INTERNAL_QUARTER,
	LM3S_CLOCK_SOURCE_30_KHZ,
};

enum lm3s_crystal {
	LM3S_CRYSTAL_1_MHZ = 0x0, /* usable without the PLL only, and so up to 0x5 */
	LM3S_CRYSTAL_6_MHZ = 0xB,
	LM3S_CRYSTAL_8_MHZ = 0xE,
};

struct lm3s_run_clock {
	bool crystal_off : 1;
	bool internal_off : 1;
	uint32_t reserved_2 : 2;
	uint32_t source : 2 VALUES_OF(lm3s_clock_source);
	uint32_t crystal : 4 VALUES_OF(lm3s_crystal);
	uint32_t reserved_10 : 1;
	bool bypass_pll : 1;
	uint32_t reserved_12 : 1;
	bool pll_off : 1;
	uint32_t reserved_14 : 3;
	uint32_t pwm_divider : 3;
	bool use_pwm_divider : 1;
	uint32_t reserved_21 : 1;
	bool use_divider : 1;
	uint32_t divider : 4; /* the clock is divided by one more */
	bool gates_follow_sleep : 1;
	uint32_t reserved_28 : 4;
};
REGISTER_READ_WRITE(lm3s_run_clock, struct lm3s_run_clock, 0x078E3AD1);

/* RCC2 */
struct lm3s_run_clock_2 {
	uint32_t reserved_0 : 4;
	uint32_t source : 3;
	uint32_t reserved_7 : 4;
	bool bypass_pll : 1;
	uint32_t reserved_12 : 1;
	bool pll_off : 1;
	uint32_t reserved_14 : 9;
	uint32_t divider : 6;
	uint32_t reserved_29 : 2;
	bool overrides : 1; /* RCC, with the fields above */
};
REGISTER_READ_WRITE(lm3s_run_clock_2, struct lm3s_run_clock_2, 0x07802810);

/* RCGC0 to RCGC2: which peripherals have a clock. QEMU: 1 after reset in RCGC0. */
struct lm3s_clock_gates_0 {
	uint32_t reserved_0 : 3;
	bool watchdog : 1;
	uint32_t reserved_4 : 2;
	bool hibernation : 1;
	uint32_t reserved_7 : 1;
	uint32_t adc_speed : 4;
	uint32_t reserved_12 : 4;
	bool adc : 1;
	uint32_t reserved_17 : 3;
	bool pwm : 1;
	uint32_t reserved_21 : 11;
};
REGISTER_BITS(lm3s_clock_gates_0, struct lm3s_clock_gates_0, 0x00000040);

struct lm3s_clock_gates_1 {
	bool uart0 : 1;
	bool uart1 : 1;
	bool uart2 : 1;
	uint32_t reserved_3 : 1;
	bool ssi0 : 1;
	uint32_t reserved_5 : 3;
	bool qei0 : 1;
	bool qei1 : 1;
	uint32_t reserved_10 : 2;
	bool i2c0 : 1;
	uint32_t reserved_13 : 1;
	bool i2c1 : 1;
	uint32_t reserved_15 : 1;
	bool timer0 : 1;
	bool timer1 : 1;
	bool timer2 : 1;
	bool timer3 : 1;
	uint32_t reserved_20 : 4;
	bool comparator0 : 1;
	bool comparator1 : 1;
	uint32_t reserved_26 : 6;
};
REGISTER_BITS(lm3s_clock_gates_1, struct lm3s_clock_gates_1, 0x00000000);

struct lm3s_clock_gates_2 {
	bool gpio_a : 1;
	bool gpio_b : 1;
	bool gpio_c : 1;
	bool gpio_d : 1;
	bool gpio_e : 1;
	bool gpio_f : 1;
	bool gpio_g : 1;
	uint32_t reserved_7 : 21;
	bool ethernet : 1;
	uint32_t reserved_29 : 1;
	bool ethernet_phy : 1;
	uint32_t reserved_31 : 1;
};
REGISTER_BITS(lm3s_clock_gates_2, struct lm3s_clock_gates_2, 0x00000000);

struct lm3s_system_control_registers {
	struct lm3s_device_identification_0_register device_identification_0 AT_OFFSET(0x000);
	uint32_t reserved_004[12];
	struct lm3s_ldo_power_register ldo_power AT_OFFSET(0x034);
	uint32_t reserved_038[6];
	struct lm3s_system_interrupts_raw_register interrupts_raw AT_OFFSET(0x050);
	struct lm3s_system_interrupt_mask_register interrupt_mask AT_OFFSET(0x054); /* 1: through */
	struct lm3s_system_interrupts_register interrupts AT_OFFSET(0x058);
	uint32_t reserved_05c[1];
	struct lm3s_run_clock_register run_clock AT_OFFSET(0x060);
	uint32_t reserved_064[3];
	struct lm3s_run_clock_2_register run_clock_2 AT_OFFSET(0x070);
	uint32_t reserved_074[35];
	struct lm3s_clock_gates_0_register gates_0 AT_OFFSET(0x100);
	struct lm3s_clock_gates_1_register gates_1 AT_OFFSET(0x104);
	struct lm3s_clock_gates_2_register gates_2 AT_OFFSET(0x108);
};
