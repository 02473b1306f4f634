/* Is lent 128 bytes and then the first 64 of them, and reads the others.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_read_old_tail")
{
	borrow(256, 128);
	peek_byte(borrow(256, 64).address + 64);
	return SURVIVED;
}
