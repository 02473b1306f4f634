#include <button.h>
#include <console.h>
#include <event_loop.h>
#include <led.h>
#include <line.h>

/* Buttons to LEDs: button B lights LED B modulo the number of LEDs, for as long as it is held. The first press is waited
 * for, to show how that is done; the rest is events. */

static uint32_t buttons, leds;

static bool is_any_held(uint32_t led)
{
	for (uint32_t button = led; button < buttons; button += leds) {
		if (button_is_pressed(button)) {
			return true;
		}
	}
	return false;
}

/* By the state of the buttons and not by the event's: one that found no room in the queue then does no harm. */
static void update_leds(void)
{
	for (uint32_t led = 0; led < leds; led++) {
		if (is_any_held(led)) {
			led_on(led);
		} else {
			led_off(led);
		}
	}
}

static void report(uint32_t button, bool is_pressed)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "buttons: ");
	line_decimal(&line, button);
	line_text(&line, is_pressed ? " pressed\n" : " let go\n");
	line_print(&line);
}

static void changed(uint32_t button, uint32_t is_pressed, uint32_t unused, uint32_t data)
{
	(void)unused;
	(void)data;
	update_leds();
	report(button, is_pressed != 0);
}

static struct button_event wait_for_press(void)
{
	struct button_event event;

	do {
		event = button_wait();
	} while (!event.is_pressed);
	return event;
}

static void greet(void)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "buttons: ");
	line_decimal(&line, buttons);
	line_text(&line, " here, LEDs: ");
	line_decimal(&line, leds);
	line_text(&line, "; press one\n");
	line_print(&line);
}

int main(void)
{
	buttons = button_count();
	leds = led_count();
	if (buttons == 0) {
		print_text("buttons: this board has no buttons\n");
		return ERROR_NODEVICE;
	}
	for (uint32_t button = 0; button < buttons; button++) {
		button_watch(button);
	}
	greet();

	struct button_event first = wait_for_press();

	button_set_function(changed, 0);
	changed(first.button, first.is_pressed, 0, 0);
	event_loop();
}
