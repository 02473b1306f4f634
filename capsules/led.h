#pragma once

#include <hil/gpio_pin.h>
#include <kernel/capsule.h>

/* System-call driver 0x2: lights, each on a pin.
 *
 *     command 0      -> how many there are
 *     command 1 (i)  on
 *     command 2 (i)  off
 *     command 3 (i)  the other way round
 *     command 4 (i)  -> 1 on, 0 off
 *
 * Commands 1 to 4 answer ERROR_INVAL for an index that does not exist. The driver keeps nothing for
 * processes: no subscribe, no allow. RAM: 5 words. */
struct led_driver {
	struct driver driver;
	struct gpio_pins pins;
	bool lit_when_high;
};

/* Makes outputs of the pins and switches the lights off. */
void led_driver_init(struct led_driver *self, struct gpio_pins pins, bool lit_when_high);
