/* The board, with a deferred call that sets itself again each time it runs. */

#define main board_main
#include <boards/lm3s6965evb/board.c>
#undef main

#include <kernel/deferred_call.h>
#include <kernel/panic_writer.h>

struct restless {
	struct deferred_call deferred;
	uint32_t runs;
};

static void restless_run(struct restless *self)
{
	if (++self->runs == 1000) {
		panic_writer_write(board.panic_writer, SPAN_OF_TEXT("restless ran 1000 times\r\n"));
	}
	deferred_call_set(&self->deferred);
}

DEFERRED_CALL_IMPLEMENT(restless, struct restless, deferred, .run = restless_run);

static struct restless restless;

int main(void)
{
	deferred_call_bind(&restless.deferred, &restless_deferred_call_operations);
	deferred_call_set(&restless.deferred);
	return board_main();
}
