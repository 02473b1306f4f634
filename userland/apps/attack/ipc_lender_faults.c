/* Reads a buffer of a process that has had a fault since it shared it.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_lender_faults")
{
	struct loan loan = borrow(256, 64);

	lender_end(LENDER_FAULT);
	peek_byte(loan.address);
	return SURVIVED;
}
