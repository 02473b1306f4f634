#pragma once

#include <hil/i2c_master.h>
#include <hil/temperature_sensor.h>
#include <kernel/capsule.h>

/* A temperature sensor of the LM75 family on an I2C bus: LM75 (9 bits); TMP105, TMP75, TMP175, TMP275
 * (9 to 12 bits).
 *
 *   L1  The sensor measures by itself all the time; a reading is what it measured last.
 *   L2  Before the first reading, and after each that failed, the sensor is told how many bits are wanted: one that
 *       is plugged in late, or was without power, is read all the same. Its first reading may have the 9 bits
 *       that it begins with.
 *   L3  Rounded to the nearest hundredth of a degree. Bits behind those that the sensor has are left out.
 *
 * It is the only client of the bus. RAM: 9 words and a buffer of LM75_BUFFER bytes. */

enum {
	LM75_ADDRESS = 0x48, /* and up to 7 more, by the pins A0 to A2 */
	LM75_BITS_MIN = 9,
	LM75_BITS_MAX = 12,
	LM75_BUFFER = 2,
};

struct lm75 {
	struct temperature_sensor sensor;
	struct i2c_master_client client;
	struct i2c_master *i2c;
	struct buffer buffer; /* empty while a reading is under way */
	uint32_t address;
	uint32_t bits;
	bool is_set_up;
};

/* Takes the buffer. One that is too small, or a number of bits out of range, traps. */
void lm75_init(struct lm75 *self, struct i2c_master *i2c, uint32_t address, uint32_t bits,
	       struct buffer *buffer);
