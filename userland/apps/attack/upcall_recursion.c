/* Yields inside of upcalls, one in the other, until its stack is used up.
 *
 * EXPECT: fault */
#include <alarm.h>
#include <attack.h>

static volatile uint32_t depth;

static void fired(uint32_t now, uint32_t moment, uint32_t zero, uint32_t data)
{
	(void)now, (void)moment, (void)zero, (void)data;
	depth++;
	alarm_set(1, fired, 0);
	yield_wait();
	depth--;
}

ATTACK("upcall_recursion")
{
	fired(0, 0, 0, 0);
	return SURVIVED;
}
