#include "../counter_service/counter.h"
#include <ipc.h>
#include <line.h>

/* Has itself counted three times, and then keeps its buffer shared. A count of 0 means that the
 * service had no room for another buffer. */

enum {
	TIMES = 3
};

static union {
	struct counter_message message;
	uint8_t bytes[COUNTER_SHARED];
} shared IPC_BUFFER(COUNTER_SHARED);

static uint32_t answers;

static void answered(uint32_t service, uint32_t length, uint32_t address, uint32_t data)
{
	(void)length, (void)address, (void)data;
	answers++;
	if (answers < TIMES) {
		ipc_notify_service(service);
	}
}

static void print_counts(void)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "counter_client: counted ");
	line_decimal(&line, shared.message.yours);
	line_text(&line, " times, the last as number ");
	line_decimal(&line, shared.message.all);
	line_text(&line, "\n");
	line_print(&line);
}

int main(void)
{
	uint32_t service;

	if (ipc_discover(COUNTER_SERVICE, &service) != ERROR_NONE) {
		line_print_number("counter_client: no service, error", ERROR_NODEVICE);
		return 1;
	}
	ipc_listen(service, answered, 0);
	ipc_share(service, &shared, sizeof(shared));
	ipc_notify_service(service);
	while (answers < TIMES) {
		yield_wait();
	}
	print_counts();
	for (;;) {
		yield_wait();
	}
}
