/* Reads a buffer of a process that has exited. In its later lives, what that process left.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_lender_exits")
{
	struct loan loan = lender_ask(LENDER_LEND, 256, 64);

	if (loan.address == 0) {
		loan.address = SLOTS_RAM + SLOT_RAM_SIZE;
	} else {
		peek_byte(loan.address);
		lender_end(LENDER_EXIT);
	}
	peek_byte(loan.address);
	return SURVIVED;
}
