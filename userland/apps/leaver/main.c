#include "../lender/lender.h"
#include <console.h>
#include <ipc.h>
#include <line.h>

/* Has lender watch its buffer, and ends as it is told by one letter: x exits, r restarts, f faults, b
 * takes the buffer back, y stays. */

static union {
	struct lender_message message;
	uint8_t bytes[LENDER_SHARED];
} shared IPC_BUFFER(LENDER_SHARED);

static uint32_t service;

static void answered(uint32_t from, uint32_t length, uint32_t address, uint32_t data)
{
	(void)from, (void)length, (void)address, (void)data;
	shared.bytes[0] = 77; /* what lender will read */
}

static void leave(char how)
{
	switch (how) {
	case 'x':
		exit_terminate(0);
	case 'r':
		exit_restart(0);
	case 'f':
		*(volatile uint32_t *)0xFFFFFFF0 = 0;
		break;
	case 'b':
		ipc_share(service, 0, 0);
		break;
	default:
		break;
	}
}

int main(void)
{
	char how;

	if (ipc_discover(LENDER, &service) != ERROR_NONE) {
		print_text("leaver: no lender\n");
		return 1;
	}
	shared.message.request = LENDER_WATCH;
	ipc_listen(service, answered, 0);
	ipc_share(service, &shared, sizeof(shared));
	ipc_notify_service(service);
	yield_wait();
	print_text("leaver: shares; how to end?\n");
	console_read(&how, 1);
	leave(how);
	for (;;) {
		yield_wait();
	}
}
