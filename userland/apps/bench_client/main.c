#include "../bench/paths.h"
#include <alarm.h>
#include <ipc.h>

enum {
	COMMAND_NOTIFY_SERVICE = 2,
	REST_MS = 20, /* until the service has come to rest, and whoever else is there */
	BUFFER_BYTES = 64,
};

static uint8_t buffer[BUFFER_BYTES] IPC_BUFFER(BUFFER_BYTES);

static void rest(void)
{
	alarm_set(alarm_ticks(REST_MS), bench_upcall_function, 0);
	yield_wait();
}

int main(void)
{
	uint32_t service;

	rest();
	if (ipc_discover("bench_service", &service) != ERROR_NONE ||
	    ipc_listen(service, bench_answered, 0) != ERROR_NONE ||
	    ipc_share(service, buffer, sizeof(buffer)) != ERROR_NONE) {
		return 1;
	}
	for (int i = 0; i < 2; i++) {
		rest();
		bench_call(bench_ipc_notify, DRIVER_IPC, COMMAND_NOTIFY_SERVICE, service, 0);
		yield_wait();
	}
	return 0;
}
