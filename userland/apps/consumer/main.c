#include "items.h"

#include <clock.h>
#include <ipc.h>
#include <line.h>
#include <stdbool.h>
#include <timer.h>

/* Accepts batches of items from producers and checks each: in order, none lost, none twice, none damaged. What stands in
 * a shared buffer may change at any time, so everything is read once. */

enum {
	PRODUCERS = 8,
	REPORT_MS = 200,
};

struct account {
	uint32_t batches;
	uint32_t items;
};

static struct account accounts[PRODUCERS];
static uint32_t refused;
static struct timer report_timer;

static bool is_right(const struct batch *batch, const struct account *account)
{
	uint32_t sum = 0;

	if (batch->number != account->batches || batch->count > ITEMS_MAX) {
		return false;
	}
	for (uint32_t i = 0; i < batch->count; i++) {
		if (batch->item[i] != account->items + i) {
			return false;
		}
		sum += batch->item[i];
	}
	return sum == batch->sum;
}

static void produced(uint32_t producer, uint32_t length, uint32_t address, uint32_t data)
{
	struct batch *shared = (struct batch *)address;

	(void)data;
	if (producer >= PRODUCERS || length < sizeof(*shared)) {
		refused++;
		return;
	}
	struct batch batch = *shared;
	struct account *account = &accounts[producer];

	if (batch.number == 0) {
		*account = (struct account){0}; /* a new life of the producer's */
	}
	if (is_right(&batch, account)) {
		account->batches++;
		account->items += batch.count;
	} else {
		refused++;
	}
	shared->accepted = account->items;
	ipc_notify_client(producer);
}

static void report(struct timer *timer, void *data)
{
	struct line line = LINE_EMPTY;
	uint32_t items = 0;

	(void)timer, (void)data;
	for (uint32_t i = 0; i < PRODUCERS; i++) {
		items += accounts[i].items;
	}
	line_text(&line, "consumer: accepted ");
	line_decimal(&line, items);
	line_text(&line, ", refused ");
	line_decimal(&line, refused);
	line_text(&line, "\n");
	line_print(&line);
}

int main(void)
{
	enum error_code error = ipc_serve(CONSUMER_NAME, produced, 0);

	if (error != ERROR_NONE) {
		line_print_number("consumer: no service, error", error);
		return (int)error;
	}
	timer_start_periodic(&report_timer, clock_ticks(REPORT_MS), report, 0);
	for (;;) {
		yield_wait();
	}
}
