#pragma once

#include <kernel/register.h>
#include <stdbool.h>

/* Data sheet, chapter "Watchdog Timer", "Register Map". */

/* WDTLOAD and WDTVALUE, in ticks: what the counter starts from, and what it has to go. */
REGISTER_READ_WRITE(lm3s_watchdog_load, uint32_t, 0xFFFFFFFF);
REGISTER_READ_ONLY(lm3s_watchdog_value, uint32_t, 0xFFFFFFFF);

/* WDTCTL. Enabling the interrupt starts the counter, and only a reset stops it. */
struct lm3s_watchdog_control {
	bool interrupt : 1;
	bool reset : 1; /* at the second time-out */
	uint32_t reserved_2 : 30;
};
REGISTER_READ_WRITE(lm3s_watchdog_control, struct lm3s_watchdog_control, 0x00000000);

/* WDTICR. Any write quietens the interrupt and reloads the counter. */
REGISTER_WRITE_ONLY(lm3s_watchdog_acknowledge, uint32_t);

/* WDTRIS and WDTMIS */
struct lm3s_watchdog_interrupts {
	bool timeout : 1;
	uint32_t reserved_1 : 31;
};
REGISTER_READ_ONLY(lm3s_watchdog_interrupts_raw, struct lm3s_watchdog_interrupts, 0x00000000);
REGISTER_READ_ONLY(lm3s_watchdog_interrupts_masked, struct lm3s_watchdog_interrupts, 0x00000000);

/* WDTLOCK. The other registers take what is written only while it is open; when read, 1: locked. */
enum {
	LM3S_WATCHDOG_OPEN = 0x1ACCE551
};
REGISTER_READ_WRITE(lm3s_watchdog_lock, uint32_t, 0x00000000);

struct lm3s_watchdog_registers {
	struct lm3s_watchdog_load_register load AT_OFFSET(0x000);
	struct lm3s_watchdog_value_register value AT_OFFSET(0x004);
	struct lm3s_watchdog_control_register control AT_OFFSET(0x008);
	struct lm3s_watchdog_acknowledge_register acknowledge AT_OFFSET(0x00C);
	struct lm3s_watchdog_interrupts_raw_register interrupts_raw AT_OFFSET(0x010);
	struct lm3s_watchdog_interrupts_masked_register interrupts_masked AT_OFFSET(0x014);
	uint32_t reserved_018[762];
	struct lm3s_watchdog_lock_register lock AT_OFFSET(0xC00);
};
