#include "lender.h"
#include <alarm.h>
#include <ipc.h>
#include <line.h>
#include <stdbool.h>

/* Lends memory to its clients, and ends or takes it back when they say so: the other side of attacks on
 * shared memory. What it does not lend must stay as it is. */

enum {
	WATCH_MS = 50
};

static uint8_t block[LENDER_BLOCK] IPC_BUFFER(LENDER_BLOCK);
static uint32_t lent_start, lent_end; /* the widest part that was ever lent */
static volatile uint8_t *watched;
static bool spoils;

static uint8_t block_byte(uint32_t place)
{
	return (uint8_t)(place * 7 + 1);
}

static void block_check(void)
{
	for (uint32_t i = 0; i < LENDER_BLOCK; i++) {
		if ((i < lent_start || i >= lent_end) && block[i] != block_byte(i)) {
			line_print_number("lender: CORRUPT at", i);
		}
	}
}

static void lend(uint32_t client, volatile struct lender_message *message)
{
	uint32_t offset = message->offset;
	uint32_t length = message->length;

	if (offset > LENDER_BLOCK || length > LENDER_BLOCK - offset) {
		message->error = ERROR_SIZE;
		return;
	}
	if (lent_end == 0 || offset < lent_start) {
		lent_start = offset;
	}
	if (offset + length > lent_end) {
		lent_end = offset + length;
	}
	message->error = ipc_share(client, &block[offset], length);
}

static void fault(void)
{
	*(volatile uint32_t *)0xFFFFFFF0 = 0;
}

static void serve(uint32_t client, volatile struct lender_message *message)
{
	message->error = ERROR_NONE;
	switch (message->request) {
	case LENDER_LEND:
		lend(client, message);
		break;
	case LENDER_TAKE:
		message->error = ipc_share(client, 0, 0);
		break;
	case LENDER_RESTART:
		exit_restart(0);
	case LENDER_EXIT:
		exit_terminate(0);
	case LENDER_FAULT:
		fault();
		break;
	case LENDER_SPOIL:
		spoils = true;
		break;
	case LENDER_WATCH:
		watched = (volatile uint8_t *)message;
		break;
	default:
		break;
	}
}

static void called(uint32_t client, uint32_t length, uint32_t address, uint32_t data)
{
	(void)data;
	block_check();
	if (spoils) {
		for (uint32_t i = 0; i < length; i++) {
			((volatile uint8_t *)address)[i] = LENDER_SPOILED;
		}
		spoils = false;
	} else if (length >= sizeof(struct lender_message)) {
		serve(client, (volatile struct lender_message *)address);
	}
	ipc_notify_client(client);
}

int main(void)
{
	for (uint32_t i = 0; i < LENDER_BLOCK; i++) {
		block[i] = block_byte(i);
	}
	if (ipc_serve(LENDER, called, 0) != ERROR_NONE) {
		line_print_number("lender: cannot serve", 0);
		return 1;
	}
	while (watched == 0) {
		yield_wait();
	}
	for (;;) {
		alarm_sleep_ms(WATCH_MS);
		line_print_number("lender: reads", *watched);
	}
}
