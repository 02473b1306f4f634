#include "loose_plug.h"

enum {
	NOBODY = 0x10
};

static enum error_code loose_plug_transfer(struct loose_plug *self, uint32_t address,
					   struct buffer *buffer, uint32_t write_length,
					   uint32_t read_length)
{
	return i2c_master_write_read(self->bus, gpio_input_get(self->pin) ? address : NOBODY,
				     buffer, write_length, read_length);
}

I2C_MASTER_IMPLEMENT(loose_plug, struct loose_plug, i2c_master, .transfer = loose_plug_transfer);

static void loose_plug_completed(struct loose_plug *self, struct buffer buffer,
				 enum error_code status)
{
	i2c_master_completed(&self->i2c_master, buffer_take(&buffer), status);
}

I2C_MASTER_CLIENT_IMPLEMENT(loose_plug, struct loose_plug, client,
			    .completed = loose_plug_completed);

void loose_plug_init(struct loose_plug *self, struct i2c_master *bus, struct gpio_input *pin)
{
	self->bus = bus;
	self->pin = pin;
	i2c_master_bind(&self->i2c_master, &loose_plug_i2c_master_operations);
	i2c_master_client_bind(&self->client, &loose_plug_i2c_master_client_operations);
	i2c_master_set_client(bus, &self->client);
}
