#include <chips/lm3s/clock.h>
#include <kernel/checked.h>
#include <stdbool.h>

/* The system clock, by the steps of the data sheet's "System Control", "Initialization and
 * Configuration": run past the PLL, start crystal and PLL, set the divider, wait for the lock, and
 * only then switch over. The processor never runs on a clock that is not stable. */

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
		(void)lm3s_device_identification_0_read(&registers->device_identification_0);
	}
}

/* At the LDO's default of 2.5 V, silicon revision A2 does not run its PLL reliably (errata). */
static void revision_a2_work_around(struct lm3s_system_control_registers *registers)
{
	struct lm3s_device_identification_0 device =
	    lm3s_device_identification_0_read(&registers->device_identification_0);

	if (device.major == 0 && device.minor == 2) {
		lm3s_ldo_power_write(&registers->ldo_power,
				     (struct lm3s_ldo_power){.voltage = LM3S_LDO_2750_MV});
	}
}

static void crystal_start(struct lm3s_system_control_registers *registers)
{
	struct lm3s_run_clock run_clock = lm3s_run_clock_read(&registers->run_clock);
	struct lm3s_run_clock_2 run_clock_2 = lm3s_run_clock_2_read(&registers->run_clock_2);

	run_clock.bypass_pll = true;
	run_clock.use_divider = false;
	lm3s_run_clock_write(&registers->run_clock, run_clock);
	run_clock_2.overrides = false;
	lm3s_run_clock_2_write(&registers->run_clock_2, run_clock_2);
	if (run_clock.crystal_off) {
		run_clock.crystal_off = false;
		lm3s_run_clock_write(&registers->run_clock, run_clock);
		delay(registers, CRYSTAL_START_TURNS);
	}
	run_clock.source = LM3S_CLOCK_SOURCE_CRYSTAL;
	run_clock.crystal = LM3S_CRYSTAL_8_MHZ;
	lm3s_run_clock_write(&registers->run_clock, run_clock);
}

static bool pll_start(struct lm3s_system_control_registers *registers)
{
	struct lm3s_run_clock run_clock = lm3s_run_clock_read(&registers->run_clock);

	run_clock.pll_off = true;
	lm3s_run_clock_write(&registers->run_clock, run_clock);
	lm3s_system_interrupts_clear(&registers->interrupts,
				     (struct lm3s_system_interrupts){.pll_locked = true});
	run_clock.pll_off = false;
	lm3s_run_clock_write(&registers->run_clock, run_clock);
	for (uint32_t turn = 0; turn < PLL_LOCK_TURNS; turn++) {
		if (lm3s_system_interrupts_raw_read(&registers->interrupts_raw).pll_locked) {
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
	struct lm3s_run_clock run_clock = lm3s_run_clock_read(&registers->run_clock);
	run_clock.divider = 3; /* the PLL's 200 MHz by 4 */
	run_clock.use_divider = true;
	lm3s_run_clock_write(&registers->run_clock, run_clock);
	run_clock.bypass_pll = false;
	lm3s_run_clock_write(&registers->run_clock, run_clock);
	return LM3S_CLOCK_PLL_HZ;
}

void lm3s_clock_open_gates(struct lm3s_system_control_registers *registers,
			   struct lm3s_clock_gates_0 gates_0, struct lm3s_clock_gates_1 gates_1,
			   struct lm3s_clock_gates_2 gates_2)
{
	lm3s_clock_gates_0_set(&registers->gates_0, gates_0);
	lm3s_clock_gates_1_set(&registers->gates_1, gates_1);
	lm3s_clock_gates_2_set(&registers->gates_2, gates_2);
	/* A peripheral takes three clocks to wake ("Clock Control"). */
	delay(registers, 3);
}
