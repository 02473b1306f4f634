#include "../bench/paths.h"
#include <ipc.h>

enum {
	COMMAND_NOTIFY_CLIENT = 3,
};

upcall_function bench_service_called;

void bench_service_called(uint32_t client, uint32_t length, uint32_t address, uint32_t data)
{
	(void)length, (void)address, (void)data;
	bench_call(bench_ipc_answer, DRIVER_IPC, COMMAND_NOTIFY_CLIENT, client, 0);
}

int main(void)
{
	if (ipc_serve("bench_service", bench_service_called, 0) != ERROR_NONE) {
		return 1;
	}
	for (;;) {
		yield_wait();
	}
}
