#include <alarm.h>
#include <debug.h>

/* Never yields, and looks at the clock all the time: where it jumps, another process had the
 * processor. */

enum {
	GAP_MS = 5,
	MARK_MS = 500,
	MARK = 0x1000
};

int main(void)
{
	uint32_t ms = alarm_frequency() / 1000;
	uint32_t start = alarm_now(), last = start, mark = start;

	for (uint32_t marks = 1;;) {
		uint32_t now = alarm_now();

		if (now - last > GAP_MS * ms) {
			debug_print((last - start + ms / 2) / ms);
			start = now;
		}
		if (now - mark > MARK_MS * ms) {
			debug_print(MARK + marks);
			marks++;
			mark = now;
		}
		last = now;
	}
}
