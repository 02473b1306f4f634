#pragma once

#include <kernel/binding.h>
#include <kernel/buffer.h>
#include <kernel/error.h>
#include <stdint.h>

/* The master of an I2C bus: one transfer at a time with a device of a 7-bit address (split phase).
 *
 *   M1  Bytes to write are the first ones of the buffer; bytes read replace it from its start. Writing
 *       and then reading is one transfer: nobody else's comes in between.
 *   M2  A call takes the buffer when it returns ERROR_NONE, and leaves it with the caller otherwise
 *       (ERROR_BUSY: a transfer is under way; ERROR_INVAL: no such address; ERROR_SIZE: there is nothing to
 *       do, or the buffer is shorter than that).
 *   M3  completed() gives the buffer back, once for each transfer that was taken, and is never called
 *       from inside a call of this interface. From inside it the next transfer may be started.
 *   M4  Its status is ERROR_NONE when all bytes have gone over; ERROR_NOACK: nobody has this address, or
 *       a byte was refused; ERROR_RESERVE: another master took the bus. What the buffer holds after an error
 *       is not said.
 *   M5  A device may make the transfer wait for as long as it likes; nobody ends that.
 */
struct i2c_master;
struct i2c_master_client;

enum {
	I2C_ADDRESS_MAX = 0x7F
};

struct i2c_master_operations {
	enum error_code (*transfer)(struct i2c_master *self, uint32_t address,
				    struct buffer *buffer, uint32_t write_length,
				    uint32_t read_length);
};

struct i2c_master_client_operations {
	void (*completed)(struct i2c_master_client *self, struct buffer buffer,
			  enum error_code status);
};

struct i2c_master_client {
	const struct i2c_master_client_operations *private_operations;
} PINNED;

struct i2c_master {
	const struct i2c_master_operations *private_operations;
	struct i2c_master_client *private_client NULLABLE;
} PINNED;

static inline void i2c_master_bind(struct i2c_master *self,
				   const struct i2c_master_operations *operations)
{
	self->private_operations = operations;
	self->private_client = NULL;
}

static inline void i2c_master_client_bind(struct i2c_master_client *self,
					  const struct i2c_master_client_operations *operations)
{
	self->private_operations = operations;
}

static inline void i2c_master_set_client(struct i2c_master *self, struct i2c_master_client *client)
{
	self->private_client = client;
}

/* Lengths in bytes. */
BINDING_INLINE enum error_code i2c_master_write_read(struct i2c_master *self, uint32_t address,
						     struct buffer *buffer, uint32_t write_length,
						     uint32_t read_length)
{
	return self->private_operations->transfer(self, address, buffer, write_length, read_length);
}

BINDING_INLINE enum error_code i2c_master_write(struct i2c_master *self, uint32_t address,
						struct buffer *buffer, uint32_t length)
{
	return i2c_master_write_read(self, address, buffer, length, 0);
}

BINDING_INLINE enum error_code i2c_master_read(struct i2c_master *self, uint32_t address,
					       struct buffer *buffer, uint32_t length)
{
	return i2c_master_write_read(self, address, buffer, 0, length);
}

/* For implementers. Without a client the buffer is lost: give every master one. */
IMPLEMENTER BINDING_INLINE void i2c_master_completed(struct i2c_master *self, struct buffer buffer,
						     enum error_code status)
{
	if (self->private_client != NULL) {
		self->private_client->private_operations->completed(self->private_client, buffer,
								    status);
	}
}

/* `transfer` is given lengths of which either may be 0. */
#define I2C_MASTER_IMPLEMENT(name, type, member, ...)                                              \
	BINDING_CHECK(type, member, struct i2c_master);                                            \
	struct name##_i2c_master_functions {                                                       \
		enum error_code (*transfer)(type *, uint32_t, struct buffer *, uint32_t,           \
					    uint32_t);                                             \
	};                                                                                         \
	static const struct name##_i2c_master_functions name##_i2c_master_functions = {            \
	    __VA_ARGS__};                                                                          \
	static enum error_code name##_i2c_master_transfer(                                         \
	    struct i2c_master *self, uint32_t address, struct buffer *buffer,                      \
	    uint32_t write_length, uint32_t read_length)                                           \
	{                                                                                          \
		return name##_i2c_master_functions.transfer(BINDING_OWNER(self, type, member),     \
							    address, buffer, write_length,         \
							    read_length);                          \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct i2c_master_operations name##_i2c_master_operations = {                 \
	    .transfer = name##_i2c_master_transfer,                                                \
	}

#define I2C_MASTER_CLIENT_IMPLEMENT(name, type, member, ...)                                       \
	BINDING_CHECK(type, member, struct i2c_master_client);                                     \
	struct name##_i2c_master_client_functions {                                                \
		void (*completed)(type *, struct buffer, enum error_code);                         \
	};                                                                                         \
	static const struct name##_i2c_master_client_functions                                     \
	    name##_i2c_master_client_functions = {__VA_ARGS__};                                    \
	static void name##_i2c_master_client_completed(                                            \
	    struct i2c_master_client *self, struct buffer buffer, enum error_code status)          \
	{                                                                                          \
		name##_i2c_master_client_functions.completed(BINDING_OWNER(self, type, member),    \
							     buffer, status);                      \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct i2c_master_client_operations name##_i2c_master_client_operations = {   \
	    .completed = name##_i2c_master_client_completed,                                       \
	}
