#pragma once

#include <kernel/binding.h>
#include <stdbool.h>

/* One pin, used as an output.
 *
 *   P1  make_output() comes first; the level is low after it.
 *   P2  get() tells the level that was written.
 */
struct gpio_pin;

struct gpio_pin_operations {
	void (*make_output)(struct gpio_pin *self);
	void (*set)(struct gpio_pin *self, bool high);
	bool (*get)(struct gpio_pin *self);
};

struct gpio_pin {
	const struct gpio_pin_operations *private_operations;
};

static inline void gpio_pin_bind(struct gpio_pin *self,
				 const struct gpio_pin_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE void gpio_pin_make_output(struct gpio_pin *self)
{
	self->private_operations->make_output(self);
}

BINDING_INLINE void gpio_pin_set(struct gpio_pin *self, bool high)
{
	self->private_operations->set(self, high);
}

BINDING_INLINE bool gpio_pin_get(struct gpio_pin *self)
{
	return self->private_operations->get(self);
}

#define GPIO_PIN_IMPLEMENT(name, type, member, ...)                                                \
	BINDING_CHECK(type, member, struct gpio_pin);                                              \
	struct name##_gpio_pin_functions {                                                         \
		void (*make_output)(type *);                                                       \
		void (*set)(type *, bool);                                                         \
		bool (*get)(type *);                                                               \
	};                                                                                         \
	static const struct name##_gpio_pin_functions name##_gpio_pin_functions = {__VA_ARGS__};   \
	static void name##_gpio_pin_make_output(struct gpio_pin *self)                             \
	{                                                                                          \
		name##_gpio_pin_functions.make_output(BINDING_OWNER(self, type, member));          \
	}                                                                                          \
	static void name##_gpio_pin_set(struct gpio_pin *self, bool high)                          \
	{                                                                                          \
		name##_gpio_pin_functions.set(BINDING_OWNER(self, type, member), high);            \
	}                                                                                          \
	static bool name##_gpio_pin_get(struct gpio_pin *self)                                     \
	{                                                                                          \
		return name##_gpio_pin_functions.get(BINDING_OWNER(self, type, member));           \
	}                                                                                          \
	static const struct gpio_pin_operations name##_gpio_pin_operations = {                     \
	    .make_output = name##_gpio_pin_make_output,                                            \
	    .set = name##_gpio_pin_set,                                                            \
	    .get = name##_gpio_pin_get,                                                            \
	}
