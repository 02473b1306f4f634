#pragma once

#include <kernel/binding.h>
#include <stdbool.h>
#include <stdint.h>

/* A clock that counts ticks over its full 32 bits, and one moment on it.
 *
 * A moment is (reference, dt): dt ticks after a tick that is already past. Both wrap.
 *
 *   A1  Each set() replaces the one before and brings fired() once: never early, perhaps late.
 *   A2  fired() is never called from inside set() or disarm(), also when the moment has passed.
 *   A3  After disarm() returns, fired() does not come until the next set().
 *   A4  Inside fired() the alarm is not armed, and may be set again.
 *   A5  Inside fired(), alarm_fired_at() is the tick at which the implementer noticed: past, and not before
 *       the moment. A client that needs no better time need not read the clock again.
 */
struct alarm;
struct alarm_client;

/* Ticks. The longest sleep of who keeps a moment as a reference and what is left after it, and moves
 * the reference forward when it wakes: half the clock's range; the other half is the lateness that is
 * survived. */
enum {
	ALARM_SLEEP_MAX = UINT32_MAX / 2
};

/* What is left at `now` of the moment (reference, dt), in ticks; 0: it has come. */
static inline uint32_t alarm_ticks_left(uint32_t reference, uint32_t dt, uint32_t now)
{
	uint32_t passed = now - reference;

	return passed < dt ? dt - passed : 0;
}

struct alarm_operations {
	uint32_t (*now)(struct alarm *self);
	uint32_t (*frequency)(struct alarm *self); /* Hz */
	void (*set)(struct alarm *self, uint32_t reference, uint32_t dt);
	void (*disarm)(struct alarm *self);
	bool (*is_armed)(struct alarm *self);
};

struct alarm_client_operations {
	void (*fired)(struct alarm_client *self);
};

struct alarm_client {
	const struct alarm_client_operations *private_operations;
} PINNED;

struct alarm {
	const struct alarm_operations *private_operations;
	struct alarm_client *private_client NULLABLE;
	uint32_t private_fired_at; /* tick */
} PINNED;

static inline void alarm_bind(struct alarm *self, const struct alarm_operations *operations)
{
	self->private_operations = operations;
	self->private_client = NULL;
}

static inline void alarm_client_bind(struct alarm_client *self,
				     const struct alarm_client_operations *operations)
{
	self->private_operations = operations;
}

static inline void alarm_set_client(struct alarm *self, struct alarm_client *client)
{
	self->private_client = client;
}

BINDING_INLINE uint32_t alarm_now(struct alarm *self)
{
	return self->private_operations->now(self);
}

BINDING_INLINE uint32_t alarm_frequency(struct alarm *self)
{
	return self->private_operations->frequency(self);
}

BINDING_INLINE void alarm_set(struct alarm *self, uint32_t reference, uint32_t dt)
{
	self->private_operations->set(self, reference, dt);
}

BINDING_INLINE void alarm_disarm(struct alarm *self)
{
	self->private_operations->disarm(self);
}

BINDING_INLINE bool alarm_is_armed(struct alarm *self)
{
	return self->private_operations->is_armed(self);
}

BINDING_INLINE uint32_t alarm_fired_at(const struct alarm *self)
{
	return self->private_fired_at;
}

/* For implementers: the moment has come. `now` is a tick read since. */
IMPLEMENTER BINDING_INLINE void alarm_fired(struct alarm *self, uint32_t now)
{
	self->private_fired_at = now;
	if (self->private_client != NULL) {
		self->private_client->private_operations->fired(self->private_client);
	}
}

#define ALARM_IMPLEMENT(name, type, member, ...)                                                   \
	BINDING_CHECK(type, member, struct alarm);                                                 \
	struct name##_alarm_functions {                                                            \
		uint32_t (*now)(type *);                                                           \
		uint32_t (*frequency)(type *);                                                     \
		void (*set)(type *, uint32_t, uint32_t);                                           \
		void (*disarm)(type *);                                                            \
		bool (*is_armed)(type *);                                                          \
	};                                                                                         \
	static const struct name##_alarm_functions name##_alarm_functions = {__VA_ARGS__};         \
	static uint32_t name##_alarm_now(struct alarm *self)                                       \
	{                                                                                          \
		return name##_alarm_functions.now(BINDING_OWNER(self, type, member));              \
	}                                                                                          \
	static uint32_t name##_alarm_frequency(struct alarm *self)                                 \
	{                                                                                          \
		return name##_alarm_functions.frequency(BINDING_OWNER(self, type, member));        \
	}                                                                                          \
	static void name##_alarm_set(struct alarm *self, uint32_t reference, uint32_t dt)          \
	{                                                                                          \
		name##_alarm_functions.set(BINDING_OWNER(self, type, member), reference, dt);      \
	}                                                                                          \
	static void name##_alarm_disarm(struct alarm *self)                                        \
	{                                                                                          \
		name##_alarm_functions.disarm(BINDING_OWNER(self, type, member));                  \
	}                                                                                          \
	static bool name##_alarm_is_armed(struct alarm *self)                                      \
	{                                                                                          \
		return name##_alarm_functions.is_armed(BINDING_OWNER(self, type, member));         \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct alarm_operations name##_alarm_operations = {                           \
	    .now = name##_alarm_now,                                                               \
	    .frequency = name##_alarm_frequency,                                                   \
	    .set = name##_alarm_set,                                                               \
	    .disarm = name##_alarm_disarm,                                                         \
	    .is_armed = name##_alarm_is_armed,                                                     \
	}

#define ALARM_CLIENT_IMPLEMENT(name, type, member, ...)                                            \
	BINDING_CHECK(type, member, struct alarm_client);                                          \
	struct name##_alarm_client_functions {                                                     \
		void (*fired)(type *);                                                             \
	};                                                                                         \
	static const struct name##_alarm_client_functions name##_alarm_client_functions = {        \
	    __VA_ARGS__};                                                                          \
	static void name##_alarm_client_fired(struct alarm_client *self)                           \
	{                                                                                          \
		name##_alarm_client_functions.fired(BINDING_OWNER(self, type, member));            \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct alarm_client_operations name##_alarm_client_operations = {             \
	    .fired = name##_alarm_client_fired,                                                    \
	}
