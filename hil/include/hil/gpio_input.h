#pragma once

#include <kernel/binding.h>
#include <kernel/checked.h>
#include <stdbool.h>
#include <stdint.h>

/* One pin, used as an input, which tells when its level changes.
 *
 *   I1  make_input() comes first; after it the pin is not watched. `pull` is what holds the line
 *       while nothing else drives it.
 *   I2  get() tells the level of this moment.
 *   I3  While the pin is watched, changed() follows each change of its level, and never comes from
 *       inside a call of this interface. Changes that follow each other faster than it is called are
 *       told once: who asks get() inside changed() has seen the last level.
 *   I4  After watch(false) it does not come until the next watch(true), nor after that for a
 *       change that was before it.
 *   I5  Contacts that bounce are told as they bounce.
 */
enum gpio_pull {
	GPIO_PULL_NONE = 0,
	GPIO_PULL_UP,
	GPIO_PULL_DOWN,
};

struct gpio_input;
struct gpio_input_client;

struct gpio_input_operations {
	void (*make_input)(struct gpio_input *self, enum gpio_pull pull);
	bool (*get)(struct gpio_input *self);
	void (*watch)(struct gpio_input *self, bool on);
};

struct gpio_input_client_operations {
	void (*changed)(struct gpio_input_client *self, uint32_t number);
};

struct gpio_input_client {
	const struct gpio_input_client_operations *private_operations;
} PINNED;

struct gpio_input {
	const struct gpio_input_operations *private_operations;
	struct gpio_input_client *private_client NULLABLE;
	uint32_t private_number;
} PINNED;

static inline void gpio_input_bind(struct gpio_input *self,
				   const struct gpio_input_operations *operations)
{
	self->private_operations = operations;
	self->private_client = NULL;
	self->private_number = 0;
}

static inline void gpio_input_client_bind(struct gpio_input_client *self,
					  const struct gpio_input_client_operations *operations)
{
	self->private_operations = operations;
}

/* `number` is what changed() calls this pin: for a client of several. */
static inline void gpio_input_set_client(struct gpio_input *self, struct gpio_input_client *client,
					 uint32_t number)
{
	self->private_client = client;
	self->private_number = number;
}

/* Pins that a board lists for one driver. The list is copied freely; the pins are not in it. */
struct gpio_inputs {
	struct gpio_input *const *private_inputs KEEP;
	uint32_t private_count;
};

/* Boards only: a static array of pointers to pins, at most 255. */
#define GPIO_INPUTS_OVER(array) ((struct gpio_inputs){(array), ARRAY_LENGTH(array)})

BOUNDED(255) static inline uint32_t gpio_inputs_count(struct gpio_inputs inputs)
{
	return inputs.private_count;
}

/* NULL when there is no such pin. */
NULLABLE static inline struct gpio_input *gpio_inputs_at(struct gpio_inputs inputs, uint32_t index)
{
	return index < inputs.private_count ? inputs.private_inputs[index] : NULL;
}

BINDING_INLINE void gpio_input_make_input(struct gpio_input *self, enum gpio_pull pull)
{
	self->private_operations->make_input(self, pull);
}

BINDING_INLINE bool gpio_input_get(struct gpio_input *self)
{
	return self->private_operations->get(self);
}

BINDING_INLINE void gpio_input_watch(struct gpio_input *self, bool on)
{
	self->private_operations->watch(self, on);
}

/* For implementers. */
IMPLEMENTER BINDING_INLINE void gpio_input_changed(struct gpio_input *self)
{
	if (self->private_client != NULL) {
		self->private_client->private_operations->changed(self->private_client,
								  self->private_number);
	}
}

#define GPIO_INPUT_IMPLEMENT(name, type, member, ...)                                              \
	BINDING_CHECK(type, member, struct gpio_input);                                            \
	struct name##_gpio_input_functions {                                                       \
		void (*make_input)(type *, enum gpio_pull);                                        \
		bool (*get)(type *);                                                               \
		void (*watch)(type *, bool);                                                       \
	};                                                                                         \
	static const struct name##_gpio_input_functions name##_gpio_input_functions = {            \
	    __VA_ARGS__};                                                                          \
	static void name##_gpio_input_make_input(struct gpio_input *self, enum gpio_pull pull)     \
	{                                                                                          \
		name##_gpio_input_functions.make_input(BINDING_OWNER(self, type, member), pull);   \
	}                                                                                          \
	static bool name##_gpio_input_get(struct gpio_input *self)                                 \
	{                                                                                          \
		return name##_gpio_input_functions.get(BINDING_OWNER(self, type, member));         \
	}                                                                                          \
	static void name##_gpio_input_watch(struct gpio_input *self, bool on)                      \
	{                                                                                          \
		name##_gpio_input_functions.watch(BINDING_OWNER(self, type, member), on);          \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct gpio_input_operations name##_gpio_input_operations = {                 \
	    .make_input = name##_gpio_input_make_input,                                            \
	    .get = name##_gpio_input_get,                                                          \
	    .watch = name##_gpio_input_watch,                                                      \
	}

#define GPIO_INPUT_CLIENT_IMPLEMENT(name, type, member, ...)                                       \
	BINDING_CHECK(type, member, struct gpio_input_client);                                     \
	struct name##_gpio_input_client_functions {                                                \
		void (*changed)(type *, uint32_t);                                                 \
	};                                                                                         \
	static const struct name##_gpio_input_client_functions                                     \
	    name##_gpio_input_client_functions = {__VA_ARGS__};                                    \
	static void name##_gpio_input_client_changed(struct gpio_input_client *self,               \
						     uint32_t number)                              \
	{                                                                                          \
		name##_gpio_input_client_functions.changed(BINDING_OWNER(self, type, member),      \
							   number);                                \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct gpio_input_client_operations name##_gpio_input_client_operations = {   \
	    .changed = name##_gpio_input_client_changed,                                           \
	}
