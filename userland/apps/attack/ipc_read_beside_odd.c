/* Borrows what is no power of two, and reads what a power of two would have had.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_read_beside_odd")
{
	peek_byte(borrow(160, 96).address + 96);
	return SURVIVED;
}
