/* Has the kernel call a function by an address without the Thumb bit, which the kernel sets
 * itself.
 *
 * EXPECT: survives
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

static volatile bool called;

static void fired(uint32_t now, uint32_t moment, uint32_t zero, uint32_t data)
{
	(void)now, (void)moment, (void)zero, (void)data;
	called = true;
}

ATTACK("upcall_wrong_bit")
{
	alarm_set(1, (upcall_function *)((uint32_t)fired ^ 1), 0);
	yield_wait();
	if (!called) {
		return breach("the function was not called");
	}
	return SURVIVED;
}
