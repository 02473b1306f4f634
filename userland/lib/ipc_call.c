#include <clock.h>
#include <ipc.h>
#include <stddef.h>
#include <timer.h>

struct call {
	volatile bool is_answered;
	volatile bool is_late;
};

static void answered(uint32_t service, uint32_t length, uint32_t address, uint32_t data)
{
	struct call *call = (struct call *)data;

	(void)service, (void)length, (void)address;
	call->is_answered = true;
}

static void too_late(struct timer *timer, void *data)
{
	struct call *call = data;

	(void)timer;
	call->is_late = true;
}

enum error_code ipc_call(uint32_t service, uint32_t timeout_ms)
{
	struct call call = {false, false};
	struct timer timeout = {NULL};
	enum error_code error = ipc_listen(service, answered, (uint32_t)&call);

	if (error == ERROR_NONE) {
		error = ipc_notify_service(service);
	}
	if (error == ERROR_NONE && timeout_ms > 0) {
		timer_start(&timeout, clock_ticks(timeout_ms), too_late, &call);
	}
	while (error == ERROR_NONE && !call.is_answered && !call.is_late) {
		yield_wait();
	}
	timer_stop(&timeout);
	ipc_listen(service, NULL, 0);
	return error == ERROR_NONE && !call.is_answered ? ERROR_CANCEL : error;
}
