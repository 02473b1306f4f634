#include <debug.h>
#include <registers.h>

/* Computes with a known value in every register, whatever is done to it, and never yields. */

enum {
	TURNS = 5000,
	BEGIN = 0x60,
	ROUNDS = 20, /* between two signs of life */
	SIGN = 0x61,
	CHANGED = 0x62,
};

int main(void)
{
	debug_print(BEGIN);
	for (uint32_t round = 1;; round++) {
		uint32_t changed = registers_changed(TURNS);

		if (changed != 0) {
			debug_print_two(CHANGED, changed);
		}
		if (round % ROUNDS == 0) {
			debug_print(SIGN);
		}
	}
}
