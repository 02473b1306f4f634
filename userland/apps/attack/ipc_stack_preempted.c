/* Is interrupted with sp in a buffer of another process, which takes it back meanwhile: the registers
 * cannot come back from there.
 *
 * WITH: lender
 * ONLY: armv7m
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_stack_preempted")
{
	struct loan loan = borrow(256, 64);
	static union {
		struct lender_message message;
		uint8_t bytes[LENDER_SHARED];
	} shared IPC_BUFFER(LENDER_SHARED);

	shared.message.request = LENDER_TAKE;
	ipc_share(lender_index(), &shared, sizeof(shared));
	ipc_notify_service(lender_index());
	spin_with_stack(loan.address + 64, 100000000);
	return SURVIVED;
}
