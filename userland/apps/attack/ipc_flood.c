/* Notifies its neighbours as fast as it can. One of them takes it, the other never asked for it; both must
 * go on.
 *
 * WITH: lender
 * EXPECT: survives */
#include <alarm.h>
#include <borrow.h>

enum {
	BYSTANDER = 0, /* its index */
	TIMES = 3000,
};

ATTACK("ipc_flood")
{
	uint32_t index = lender_index();

	for (uint32_t i = 0; i < TIMES; i++) {
		enum error_code error = ipc_notify_service(BYSTANDER);
		enum error_code other = ipc_notify_client(BYSTANDER);

		if (i > 0 && (error != ERROR_BUSY || other != ERROR_BUSY)) {
			return breach("more than one waits");
		}
		error = ipc_notify_service(index);
		if (error != ERROR_NONE && error != ERROR_BUSY) {
			return breach("the service");
		}
	}
	if (lender_ask(LENDER_PING, 0, 0).address != 0) {
		return breach("the answer");
	}
	return SURVIVED;
}
