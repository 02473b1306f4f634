#include <chips/lm3s/clock.h>
#include <kernel/checked.h>
#include <stdbool.h>

/* The system clock, by the steps of the data sheet's "System Control", "Initialization and
 * Configuration": run past the PLL, start crystal and PLL, set the divider, wait for the lock, and
 * only then switch over. The processor never runs on a clock that is not stable. */

/* Register "Raw Interrupt Status" (RIS), offset 0x050, and MISC, offset 0x058. */
enum system_interrupt_bit {
	SYSTEM_INTERRUPT_PLL_LOCKED = 1 << 6,
};

/* Register "Run-Mode Clock Configuration" (RCC), offset 0x060. */
enum run_clock_bit {
	RUN_CLOCK_CRYSTAL_OFF = 1 << 0,
	RUN_CLOCK_SOURCE_FIELD = 3 << 4, /* 0: the crystal's oscillator */
	RUN_CLOCK_CRYSTAL_FIELD = 0xF << 6,
	RUN_CLOCK_CRYSTAL_8_MHZ = 0xE << 6,
	RUN_CLOCK_BYPASS_PLL = 1 << 11,
	RUN_CLOCK_PLL_OFF = 1 << 13,
	RUN_CLOCK_USE_DIVIDER = 1 << 22,
	RUN_CLOCK_DIVIDER_FIELD = 0xF << 23,
	RUN_CLOCK_DIVIDE_BY_4 = 3 << 23, /* of the PLL's 200 MHz */
};

/* Register "Run-Mode Clock Configuration 2" (RCC2), offset 0x070. */
enum run_clock_2_bit {
	RUN_CLOCK_2_OVERRIDES = 1u << 31,
};

/* Register "Device Identification 0" (DID0), offset 0x000: major and minor revision. */
enum device_revision {
	DEVICE_REVISION_FIELD = 0xFFFF,
	DEVICE_REVISION_A2 = 0x0002,
};

/* Register "LDO Power Control" (LDOPCTL), offset 0x034. */
enum ldo_power {
	LDO_POWER_2750_MV = 0x1B,
};

enum {
	/* Turns of delay(), four cycles or more each. The crystal may take 20 ms to start; until
	 * then the processor runs on the internal oscillator, 12 MHz +-30 %. */
	CRYSTAL_START_TURNS = 100000,
	/* Looks at the lock flag. The PLL locks within 0.5 ms of the crystal's 8 MHz. */
	PLL_LOCK_TURNS = 32768,
};

/* Reads a register, so that no compiler takes the loop away. */
static void delay(const struct lm3s_system_control_registers *registers, uint32_t turns)
{
	for (uint32_t turn = 0; turn < minimum(turns, CRYSTAL_START_TURNS); turn++) {
		(void)registers->device_identification_0;
	}
}

/* At the LDO's default of 2.5 V, silicon revision A2 does not run its PLL reliably (errata). */
static void revision_a2_work_around(struct lm3s_system_control_registers *registers)
{
	uint32_t revision = registers->device_identification_0 & DEVICE_REVISION_FIELD;

	if (revision == DEVICE_REVISION_A2) {
		registers->ldo_power = LDO_POWER_2750_MV;
	}
}

static void crystal_start(struct lm3s_system_control_registers *registers)
{
	uint32_t run_clock = registers->run_clock;

	run_clock |= RUN_CLOCK_BYPASS_PLL;
	run_clock &= ~(uint32_t)RUN_CLOCK_USE_DIVIDER;
	registers->run_clock = run_clock;
	registers->run_clock_2 &= ~(uint32_t)RUN_CLOCK_2_OVERRIDES;
	if ((run_clock & RUN_CLOCK_CRYSTAL_OFF) != 0) {
		run_clock &= ~(uint32_t)RUN_CLOCK_CRYSTAL_OFF;
		registers->run_clock = run_clock;
		delay(registers, CRYSTAL_START_TURNS);
	}
	run_clock &= ~(uint32_t)(RUN_CLOCK_SOURCE_FIELD | RUN_CLOCK_CRYSTAL_FIELD);
	run_clock |= RUN_CLOCK_CRYSTAL_8_MHZ;
	registers->run_clock = run_clock;
}

static bool pll_start(struct lm3s_system_control_registers *registers)
{
	registers->run_clock |= RUN_CLOCK_PLL_OFF;
	registers->interrupt_clear = SYSTEM_INTERRUPT_PLL_LOCKED;
	registers->run_clock &= ~(uint32_t)RUN_CLOCK_PLL_OFF;
	for (uint32_t turn = 0; turn < PLL_LOCK_TURNS; turn++) {
		if ((registers->interrupt_raw_status & SYSTEM_INTERRUPT_PLL_LOCKED) != 0) {
			return true;
		}
	}
	return false;
}

uint32_t lm3s_clock_init(struct lm3s_system_control_registers *registers)
{
	revision_a2_work_around(registers);
	crystal_start(registers);
	if (!pll_start(registers)) {
		return LM3S_CLOCK_CRYSTAL_HZ;
	}
	uint32_t run_clock = registers->run_clock & ~(uint32_t)RUN_CLOCK_DIVIDER_FIELD;
	run_clock |= RUN_CLOCK_DIVIDE_BY_4 | RUN_CLOCK_USE_DIVIDER;
	registers->run_clock = run_clock;
	registers->run_clock = run_clock & ~(uint32_t)RUN_CLOCK_BYPASS_PLL;
	return LM3S_CLOCK_PLL_HZ;
}

void lm3s_clock_open_gates(struct lm3s_system_control_registers *registers, uint32_t gates_0,
			   uint32_t gates_1, uint32_t gates_2)
{
	registers->gates_0 |= gates_0;
	registers->gates_1 |= gates_1;
	registers->gates_2 |= gates_2;
	/* A peripheral takes three clocks to wake ("Clock Control"). */
	delay(registers, 3);
}
