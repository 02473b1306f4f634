/* Reads the byte after a buffer that another process shares with it.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_read_after")
{
	peek_byte(borrow(256, 64).address + 64);
	return SURVIVED;
}
