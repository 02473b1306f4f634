/* Shares buffers that no MPU or PMP can let another process reach without bytes beside them.
 *
 * WITH: lender
 * EXPECT: refused */
#include <borrow.h>

static uint8_t buffer[128] IPC_BUFFER(128);

static enum outcome try(uint32_t offset, uint32_t length)
{
	uint32_t index = lender_index();

	if (ipc_share(index, buffer + offset, length) != ERROR_NONE) {
		return breach("sharing was refused");
	}
	if (ipc_notify_service(index) != ERROR_SIZE || ipc_notify_client(index) != ERROR_SIZE) {
		return breach("the size");
	}
	return REFUSED;
}

ATTACK("ipc_sizes")
{
	for (uint32_t length = 1; length < 64; length++) {
		if ((length % 4 != 0 && try(0, length) == BREACH) ||
		    (length % 4 != 0 && try(length, 64) == BREACH)) {
			return BREACH;
		}
	}
	return REFUSED;
}
