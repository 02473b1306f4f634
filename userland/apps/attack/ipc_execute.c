/* Executes what another process shares with it.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_execute")
{
	struct loan loan = borrow(256, 64);

	poke(loan.address, RETURN_INSTRUCTION);
	jump(code_address(loan.address));
	return SURVIVED;
}
