#include "../consumer/items.h"

#include <ipc.h>
#include <line.h>

/* Produces batches of items as fast as the consumer takes them. */

enum {
	BATCHES = 500,
	PATIENCE_MS = 10000,
};

static union {
	struct batch batch;
	uint8_t bytes[BATCH_SHARED];
} shared IPC_BUFFER(BATCH_SHARED);

_Static_assert(sizeof(struct batch) <= BATCH_SHARED, "a batch fits into the buffer");

/* Batches have different sizes: 1 to ITEMS_MAX. */
static void fill(struct batch *batch, uint32_t number, uint32_t first)
{
	batch->number = number;
	batch->count = 1 + number * 7 % ITEMS_MAX;
	batch->sum = 0;
	for (uint32_t i = 0; i < batch->count; i++) {
		batch->item[i] = first + i;
		batch->sum += first + i;
	}
}

static void print_result(uint32_t items)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "producer: ");
	line_decimal(&line, items);
	line_text(&line, " items in ");
	line_decimal(&line, BATCHES);
	line_text(&line, shared.batch.accepted == items ? " batches, all accepted\n"
							: " batches, LOST some\n");
	line_print(&line);
}

int main(void)
{
	uint32_t consumer;
	uint32_t items = 0;
	enum error_code error = ipc_discover(CONSUMER_NAME, &consumer);

	if (error == ERROR_NONE) {
		error = ipc_share(consumer, &shared, sizeof(shared));
	}
	for (uint32_t i = 0; i < BATCHES && error == ERROR_NONE; i++) {
		fill(&shared.batch, i, items);
		error = ipc_call(consumer, PATIENCE_MS);
		items += shared.batch.count;
	}
	if (error != ERROR_NONE) {
		line_print_number("producer: no consumer, error", error);
		return (int)error;
	}
	print_result(items);
	return 0;
}
