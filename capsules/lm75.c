/* A temperature sensor of the LM75 family. It has few registers, each reached by writing its number first (TMP105 data
 * sheet, "Register Map"); none is asked what it holds but the temperature.
 *
 * A reading is one transfer, or two when the sensor has to be set up. Invariant: the buffer is away while one
 * is under way. */

#include <capsules/lm75.h>

enum {
	TEMPERATURE = 0,
	CONFIGURATION = 1,

	RESOLUTION_SHIFT = 5, /* in the configuration: bits beyond 9 */
};

static enum error_code temperature_ask(struct lm75 *self)
{
	buffer_set(&self->buffer, 0, TEMPERATURE);
	return i2c_master_write_read(self->i2c, self->address, &self->buffer, 1, 2);
}

static enum error_code configuration_write(struct lm75 *self)
{
	buffer_set(&self->buffer, 0, CONFIGURATION);
	buffer_set(&self->buffer, 1, (uint8_t)((self->bits - LM75_BITS_MIN) << RESOLUTION_SHIFT));
	return i2c_master_write(self->i2c, self->address, &self->buffer, 2);
}

/* The register is a signed number of 256ths, of which the sensor has the first `bits` bits. */
static int32_t hundredths(const struct lm75 *self)
{
	uint32_t word = (uint32_t)buffer_get(&self->buffer, 0) << 8 | buffer_get(&self->buffer, 1);
	int32_t value = (int16_t)(word & UINT32_MAX << (16 - self->bits));

	return (value * 100 + (value < 0 ? -128 : 128)) / 256;
}

static enum error_code lm75_read(struct lm75 *self)
{
	if (buffer_is_empty(&self->buffer)) {
		return ERROR_BUSY;
	}
	return self->is_set_up ? temperature_ask(self) : configuration_write(self);
}

TEMPERATURE_SENSOR_IMPLEMENT(lm75, struct lm75, sensor, .read = lm75_read);

static void lm75_completed(struct lm75 *self, struct buffer buffer, enum error_code status)
{
	bool was_set_up = self->is_set_up;

	self->buffer = buffer_take(&buffer);
	if (status == ERROR_NONE && !was_set_up) {
		status = temperature_ask(self);
	}
	self->is_set_up = status == ERROR_NONE;
	if (self->is_set_up && !was_set_up) {
		return; /* the reading is under way */
	}
	temperature_sensor_measured(&self->sensor, status == ERROR_NONE ? hundredths(self) : 0,
				    status);
}

I2C_MASTER_CLIENT_IMPLEMENT(lm75, struct lm75, client, .completed = lm75_completed);

void lm75_init(struct lm75 *self, struct i2c_master *i2c, uint32_t address, uint32_t bits,
	       struct buffer *buffer)
{
	require(bits >= LM75_BITS_MIN && bits <= LM75_BITS_MAX);
	require(buffer_size(buffer) >= LM75_BUFFER);
	self->i2c = i2c;
	self->address = address;
	self->bits = bits;
	self->is_set_up = false;
	self->buffer = buffer_take(buffer);
	temperature_sensor_bind(&self->sensor, &lm75_temperature_sensor_operations);
	i2c_master_client_bind(&self->client, &lm75_i2c_master_client_operations);
	i2c_master_set_client(i2c, &self->client);
}
