#pragma once

#include <hil/gpio_input.h>
#include <hil/i2c_master.h>

/* An I2C bus whose devices are there while a pin is high: else their addresses become one that nobody has. QEMU can neither
 * plug a device of this bus in nor out while it runs. A part of the boards that tests make. */
struct loose_plug {
	struct i2c_master i2c_master;
	struct i2c_master_client client;
	struct i2c_master *bus;
	struct gpio_input *pin;
};

void loose_plug_init(struct loose_plug *self, struct i2c_master *bus, struct gpio_input *pin);
