/* Reads a buffer that its owner has taken back.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_read_after_take")
{
	struct loan loan = borrow(256, 64);

	if (lender_ask(LENDER_TAKE, 0, 0).address != 0) {
		return breach("it is still told of");
	}
	peek_byte(loan.address);
	return SURVIVED;
}
