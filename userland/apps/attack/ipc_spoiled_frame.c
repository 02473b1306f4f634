/* Shares its stack with a process that writes all over it. On ARM that is where the registers of a
 * process lie while it waits; nobody but it may be harmed.
 *
 * WITH: lender
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <borrow.h>
#include <stdbool.h>

enum {
	STACK_BYTES = 256
};

static uint8_t stack[STACK_BYTES] IPC_BUFFER(STACK_BYTES);

ATTACK("ipc_spoiled_frame")
{
	uint32_t index = lender_index();

	lender_ask(LENDER_SPOIL, 0, 0);
	ipc_share(index, stack, sizeof(stack));
	ipc_notify_service(index);
	yield_wait_with_stack((uint32_t)&stack[STACK_BYTES]);
	if (stack[0] != LENDER_SPOILED) {
		return breach("the buffer was not written");
	}
	return SURVIVED;
}
