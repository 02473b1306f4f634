#include <clock.h>
#include <console.h>
#include <heap.h>
#include <line.h>

/* Takes all memory it can get, writes to every byte of it, and goes on: it runs out of its own memory and of
 * nobody else's. What the kernel keeps for it comes out of the same block: a driver used for the first time after that
 * is refused. */

enum {
	STEP_MAX = 1024,
	STEP_MIN = 32,
	BEAT_MS = 200,
};

#define FILLING 0xA5

static uint32_t take_all(uint8_t **first)
{
	uint32_t taken = 0;

	*first = heap_extend(0);
	for (int32_t step = STEP_MAX; step >= STEP_MIN; step /= 2) {
		while (heap_extend(step) != 0) {
			taken += (uint32_t)step;
		}
	}
	return taken;
}

static uint32_t count_whole(const volatile uint8_t *bytes, uint32_t length)
{
	uint32_t whole = 0;

	for (uint32_t i = 0; i < length; i++) {
		whole += bytes[i] == FILLING;
	}
	return whole;
}

int main(void)
{
	volatile uint8_t *bytes;
	uint8_t *first;

	print_text("memory_hog: takes all it can get\n");
	clock_sleep_ms(1); /* its grants are made now */
	uint32_t taken = take_all(&first);

	bytes = first;
	for (uint32_t i = 0; i < taken; i++) {
		bytes[i] = FILLING;
	}
	line_print_number("memory_hog: took", taken);
	line_print_number("memory_hog: a driver more, error",
			  error_of(subscribe(DRIVER_IPC, 0, 0, 0)));
	for (;;) {
		clock_sleep_ms(BEAT_MS);
		line_print_number("memory_hog: still its own", count_whole(bytes, taken));
	}
}
