/* Yields from inside a block of conditional instructions, whose state the hardware keeps in the
 * status register: the function that is called must not be under its conditions.
 *
 * EXPECT: survives
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

static volatile uint32_t calls;

static void fired(uint32_t now, uint32_t moment, uint32_t zero, uint32_t data)
{
	(void)now, (void)moment, (void)zero;
	calls += data;
}

ATTACK("yield_in_condition")
{
	for (uint32_t i = 0; i < 20; i++) {
		alarm_set(1, fired, 1);
		__asm__ volatile("movs r0, #1\n\t"
				 "cmp r0, #1\n\t"
				 "itttt eq\n\t"
				 "svceq #0\n\t"
				 "nopeq\n\t"
				 "nopeq\n\t"
				 "nopeq"
				 :
				 :
				 : "r0", "r1", "r2", "r3", "r12", "lr", "cc", "memory");
	}
	return calls == 20 ? SURVIVED : breach("a call was lost");
}
