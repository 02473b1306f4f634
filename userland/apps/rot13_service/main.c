#include "rot13.h"
#include <console.h>
#include <ipc.h>

/* Turns the letters of a client's text by thirteen places, where they are. */

static char turned(char letter)
{
	char lower = letter | 0x20;

	if (lower < 'a' || lower > 'z') {
		return letter;
	}
	return lower < 'n' ? letter + 13 : letter - 13;
}

/* The client may change its message meanwhile: each byte of it is read once. */
static void called(uint32_t client, uint32_t length, uint32_t address, uint32_t data)
{
	volatile struct rot13_message *message = (struct rot13_message *)address;

	(void)data;
	if (length >= sizeof(*message)) {
		int8_t letters = message->length;

		for (int8_t i = 0; i < letters && i < ROT13_TEXT_MAX; i++) {
			message->text[i] = turned(message->text[i]);
		}
	}
	ipc_notify_client(client);
}

int main(void)
{
	if (ipc_serve(ROT13_SERVICE, called, 0) != ERROR_NONE) {
		print_text("rot13_service: cannot serve\n");
		return 1;
	}
	for (;;) {
		yield_wait();
	}
}
