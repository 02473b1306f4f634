/* Notifies, and shares with, processes that there are not.
 *
 * EXPECT: refused */
#include <attack.h>
#include <ipc.h>

static uint8_t buffer[32] IPC_BUFFER(32);

ATTACK("ipc_wrong_index")
{
	/* The attack is process 1: its slot of the image is not its index. */
	static const uint32_t wrong[] = {2,   7,   8,       9,          255,
					 256, 257, 0x10000, 0x80000000, 0xFFFFFFFF};

	for (uint32_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (ipc_notify_service(wrong[i]) != ERROR_INVAL ||
		    ipc_notify_client(wrong[i]) != ERROR_INVAL) {
			return breach("notifying");
		}
		if (wrong[i] > 7 && (must_refuse(allow_read_write(DRIVER_IPC, wrong[i], buffer, 32),
						 ERROR_NOSUPPORT, "sharing") == BREACH ||
				     must_refuse(subscribe(DRIVER_IPC, wrong[i], 0, 0),
						 ERROR_NOSUPPORT, "listening") == BREACH)) {
			return BREACH;
		}
	}
	return REFUSED;
}
