#pragma once

#include <hil/gpio_input.h>
#include <kernel/capsule.h>

/* System-call driver 0x3: buttons, each on a pin.
 *
 *     command 0      -> how many there are
 *     command 1 (i)  tell this process when the button is pressed and when it is let go
 *     command 2 (i)  tell it no more
 *     command 3 (i)  -> 1 pressed, 0 not
 *     upcall 0       (button, 1 pressed or 0 not, 0)
 *
 *   B1  Commands 1 to 3 answer ERROR_INVAL for a button that does not exist; 1 and 2 ERROR_NOMEM when
 *       the process has no memory for its grant.
 *   B2  Every process that asked is told of every change; the state is that of the moment of the
 *       upcall's queueing. What hil/gpio_input.h says of fast changes and of bouncing holds.
 *   B3  A pin is watched while a process that runs wants it; when none is left that ends with
 *       command 2, or at the next change.
 *
 * RAM: 8 words, and one in the grant of each process that asked. */

enum {
	BUTTONS_MAX = 32, /* bits of `wanted`; one more traps while the board starts */
};

struct button_app {
	uint32_t wanted; /* one bit a button */
};

GRANT_DEFINE(button_grant, struct button_app, .upcalls = 1);

struct button_driver {
	struct driver driver;
	struct button_grant grant;
	struct gpio_input_client client;
	struct gpio_inputs inputs;
	bool pressed_when_high;
};

/* Makes inputs of the pins. */
void button_driver_init(struct button_driver *self, struct gpio_inputs inputs, enum gpio_pull pull,
			bool pressed_when_high);
