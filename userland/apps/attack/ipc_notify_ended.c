/* Notifies a process that has exited.
 *
 * WITH: lender
 * EXPECT: refused */
#include <borrow.h>

ATTACK("ipc_notify_ended")
{
	uint32_t index = lender_index();

	lender_end(LENDER_EXIT);
	for (uint32_t i = 0; i < 20; i++) {
		if (ipc_notify_service(index) != ERROR_NODEVICE ||
		    ipc_notify_client(index) != ERROR_NODEVICE) {
			return breach("the notification");
		}
	}
	return REFUSED;
}
