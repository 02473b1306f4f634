#include "counter.h"
#include <console.h>
#include <ipc.h>

/* Counts notifications, for each client and in all. */

enum {
	CLIENTS = 8
};

static uint32_t counts[CLIENTS];
static uint32_t all;

static void called(uint32_t client, uint32_t length, uint32_t address, uint32_t data)
{
	volatile struct counter_message *message = (struct counter_message *)address;

	(void)data;
	if (length >= sizeof(*message)) {
		message->yours = ++counts[client % CLIENTS];
		message->all = ++all;
	}
	ipc_notify_client(client);
}

int main(void)
{
	if (ipc_serve(COUNTER_SERVICE, called, 0) != ERROR_NONE) {
		print_text("counter_service: cannot serve\n");
		return 1;
	}
	for (;;) {
		yield_wait();
	}
}
