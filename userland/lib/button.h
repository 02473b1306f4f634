#pragma once

#include <stdbool.h>
#include <system_call.h>

LINKAGE_C_BEGIN

/* Buttons, driver 0x3, numbered from 0. Boards may have none.
 *
 * Nobody hears of a button before button_watch. Each change is one event; it goes to the function given, at a yield, or
 * to button_wait, whichever comes first. Ten events can wait, of all drivers; what a button does while the queue is full
 * is not told: who wants to be sure of a state asks button_is_pressed. Contacts may bounce. */

enum {
	BUTTON_CHANGED = 0 /* the upcall */
};

struct button_event {
	uint32_t button;
	bool is_pressed; /* when the event was queued */
};

static inline uint32_t button_count(void)
{
	struct system_call_return result = command(DRIVER_BUTTON, 0, 0, 0);

	return succeeded(result) ? result.value1 : 0;
}

/* At this moment. False also when there is no such button. */
static inline bool button_is_pressed(uint32_t button)
{
	struct system_call_return result = command(DRIVER_BUTTON, 3, button, 0);

	return succeeded(result) && result.value1 != 0;
}

/* ERROR_INVAL: no such button; ERROR_NODEVICE: no buttons; ERROR_NOMEM: no memory for the grant. */
static inline enum error_code button_watch(uint32_t button)
{
	return error_of(command(DRIVER_BUTTON, 1, button, 0));
}

/* Events that are queued already still come. */
static inline enum error_code button_ignore(uint32_t button)
{
	return error_of(command(DRIVER_BUTTON, 2, button, 0));
}

/* changed(button, 1 pressed or 0 not, 0, data) comes at a yield from now on. NULL: for button_wait again. */
static inline enum error_code button_set_function(upcall_function *changed, uint32_t data)
{
	return error_of(subscribe(DRIVER_BUTTON, BUTTON_CHANGED, changed, data));
}

/* Sleeps until the next event of a watched button. Upcalls of other drivers stay queued meanwhile. */
static inline struct button_event button_wait(void)
{
	struct upcall_arguments event = yield_wait_for(DRIVER_BUTTON, BUTTON_CHANGED);

	return (struct button_event){.button = event.argument1, .is_pressed = event.argument2 != 0};
}

LINKAGE_C_END
