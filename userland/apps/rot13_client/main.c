#include "../rot13_service/rot13.h"
#include <alarm.h>
#include <ipc.h>
#include <line.h>

/* Has a text turned and turned back, for ever. */

enum {
	PAUSE_MS = 500
};

static union {
	struct rot13_message message;
	uint8_t bytes[ROT13_SHARED];
} shared IPC_BUFFER(ROT13_SHARED);

static void print_message(void)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "rot13_client: ");
	for (int8_t i = 0; i < shared.message.length && i < ROT13_TEXT_MAX; i++) {
		line_character(&line, shared.message.text[i]);
	}
	line_text(&line, "\n");
	line_print(&line);
}

static void answered(uint32_t service, uint32_t length, uint32_t address, uint32_t data)
{
	(void)length, (void)address, (void)data;
	print_message();
	alarm_sleep_ms(PAUSE_MS);
	ipc_notify_service(service);
}

static enum error_code begin(void)
{
	uint32_t service;
	enum error_code error = ipc_discover(ROT13_SERVICE, &service);

	if (error == ERROR_NONE) {
		error = ipc_listen(service, answered, 0);
	}
	if (error == ERROR_NONE) {
		error = ipc_share(service, &shared, sizeof(shared));
	}
	return error == ERROR_NONE ? ipc_notify_service(service) : error;
}

int main(void)
{
	static const char text[] = "Hello World!";

	for (uint32_t i = 0; i < sizeof(text) - 1; i++) {
		shared.message.text[i] = text[i];
	}
	shared.message.length = sizeof(text) - 1;

	enum error_code error = begin();

	if (error != ERROR_NONE) {
		line_print_number("rot13_client: no service, error", error);
		return 1;
	}
	for (;;) {
		yield_wait();
	}
}
