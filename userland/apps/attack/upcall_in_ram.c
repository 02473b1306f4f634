/* Has the kernel call a function in its RAM: subscribing it is allowed, running it is not.
 *
 * EXPECT: fault */
#include <alarm.h>
#include <attack.h>

ATTACK("upcall_in_ram")
{
	static uint32_t code[2] = {RETURN_INSTRUCTION, RETURN_INSTRUCTION};

	alarm_set(1, (upcall_function *)code_address((uint32_t)code), 0);
	yield_wait();
	return SURVIVED;
}
