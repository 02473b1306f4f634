/* Reads a buffer of a process that has restarted since it shared it.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_lender_restarts")
{
	struct loan loan = borrow(256, 64);

	lender_end(LENDER_RESTART);
	peek_byte(loan.address);
	return SURVIVED;
}
