#pragma once

#include <kernel/binding.h>
#include <kernel/error.h>
#include <stdint.h>

/* Something that measures a temperature (split phase).
 *
 *   H1  read() answers ERROR_NONE, and measured() follows once; or ERROR_BUSY: a measurement is under
 *       way already, and measured() follows for that; or another error, and nothing follows.
 *   H2  measured() is never called from inside read(). From inside it the next read() may be made.
 *   H3  The temperature is in hundredths of a degree Celsius, and means something when the status is
 *       ERROR_NONE only. ERROR_NOACK: the sensor does not answer.
 */
struct temperature_sensor;
struct temperature_client;

struct temperature_sensor_operations {
	enum error_code (*read)(struct temperature_sensor *self);
};

struct temperature_client_operations {
	void (*measured)(struct temperature_client *self, int32_t hundredths,
			 enum error_code status);
};

struct temperature_client {
	const struct temperature_client_operations *private_operations;
} PINNED;

struct temperature_sensor {
	const struct temperature_sensor_operations *private_operations;
	struct temperature_client *private_client NULLABLE;
} PINNED;

static inline void temperature_sensor_bind(struct temperature_sensor *self,
					   const struct temperature_sensor_operations *operations)
{
	self->private_operations = operations;
	self->private_client = NULL;
}

static inline void temperature_client_bind(struct temperature_client *self,
					   const struct temperature_client_operations *operations)
{
	self->private_operations = operations;
}

static inline void temperature_sensor_set_client(struct temperature_sensor *self,
						 struct temperature_client *client)
{
	self->private_client = client;
}

BINDING_INLINE enum error_code temperature_sensor_read(struct temperature_sensor *self)
{
	return self->private_operations->read(self);
}

/* For implementers. */
IMPLEMENTER BINDING_INLINE void temperature_sensor_measured(struct temperature_sensor *self,
							    int32_t hundredths,
							    enum error_code status)
{
	if (self->private_client != NULL) {
		self->private_client->private_operations->measured(self->private_client, hundredths,
								   status);
	}
}

#define TEMPERATURE_SENSOR_IMPLEMENT(name, type, member, ...)                                      \
	BINDING_CHECK(type, member, struct temperature_sensor);                                    \
	struct name##_temperature_sensor_functions {                                               \
		enum error_code (*read)(type *);                                                   \
	};                                                                                         \
	static const struct name##_temperature_sensor_functions                                    \
	    name##_temperature_sensor_functions = {__VA_ARGS__};                                   \
	static enum error_code name##_temperature_sensor_read(struct temperature_sensor *self)     \
	{                                                                                          \
		return name##_temperature_sensor_functions.read(                                   \
		    BINDING_OWNER(self, type, member));                                            \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct temperature_sensor_operations name##_temperature_sensor_operations = { \
	    .read = name##_temperature_sensor_read,                                                \
	}

#define TEMPERATURE_CLIENT_IMPLEMENT(name, type, member, ...)                                      \
	BINDING_CHECK(type, member, struct temperature_client);                                    \
	struct name##_temperature_client_functions {                                               \
		void (*measured)(type *, int32_t, enum error_code);                                \
	};                                                                                         \
	static const struct name##_temperature_client_functions                                    \
	    name##_temperature_client_functions = {__VA_ARGS__};                                   \
	static void name##_temperature_client_measured(struct temperature_client *self,            \
						       int32_t hundredths, enum error_code status) \
	{                                                                                          \
		name##_temperature_client_functions.measured(BINDING_OWNER(self, type, member),    \
							     hundredths, status);                  \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct temperature_client_operations name##_temperature_client_operations = { \
	    .measured = name##_temperature_client_measured,                                        \
	}
