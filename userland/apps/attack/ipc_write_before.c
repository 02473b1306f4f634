/* Writes the byte before a buffer that another process shares with it.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_write_before")
{
	poke_byte(borrow(256, 64).address - 1, 0);
	return SURVIVED;
}
