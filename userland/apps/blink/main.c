#include <alarm.h>
#include <console.h>
#include <led.h>
#include <line.h>

/* Beats are counted from one another, not from when the last one was done: no drift. */

enum {
	TOGGLES_PER_SECOND = 10,
	TOGGLES_PER_REPORT = 10,
};

static void toggle_all(uint32_t leds)
{
	for (uint32_t led = 0; led < leds; led++) {
		led_toggle(led);
	}
}

int main(void)
{
	uint32_t leds = led_count();
	uint32_t beat = alarm_frequency() / TOGGLES_PER_SECOND;
	uint32_t moment = alarm_now();

	if (leds == 0) {
		print_text("blink: this board has no LED, so only counting\n");
	}
	for (uint32_t toggles = 1;; toggles++) {
		moment = alarm_sleep_from(moment, beat);
		toggle_all(leds);
		if (toggles % TOGGLES_PER_REPORT == 0) {
			line_print_number("blink:", toggles);
		}
	}
}
