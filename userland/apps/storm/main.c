#include <alarm.h>
#include <line.h>

/* Alarms that are due at once: 0 and 1 ticks from now, in turn. Each must come, once. */

enum {
	ALARMS_A_LINE = 50,
	COMMAND_SET_RELATIVE = 5,
	FIRED = 0,
};

int main(void)
{
	uint32_t set = 0, came = 0;

	for (uint32_t number = 1;; number++) {
		struct line line = LINE_EMPTY;

		for (uint32_t i = 0; i < ALARMS_A_LINE; i++) {
			struct system_call_return result =
			    command(DRIVER_ALARM, COMMAND_SET_RELATIVE, i % 2, 0);

			set++;
			/* The second argument is the moment that was asked for. */
			came += yield_wait_for(DRIVER_ALARM, FIRED).argument2 == result.value1;
		}
		line_text(&line, "storm ");
		line_hex(&line, memop_ask(MEMOP_RAM_START));
		line_text(&line, ": line ");
		line_decimal(&line, number);
		line_text(&line, ", set ");
		line_decimal(&line, set);
		line_text(&line, ", came ");
		line_decimal(&line, came);
		line_text(&line, "\n");
		line_print(&line);
	}
}
