#pragma once

#include <kernel/binding.h>
#include <kernel/checked.h>
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
} PINNED;

static inline void gpio_pin_bind(struct gpio_pin *self,
				 const struct gpio_pin_operations *operations)
{
	self->private_operations = operations;
}

/* Pins that a board lists for one driver. The list is copied freely; the pins are not in it. */
struct gpio_pins {
	struct gpio_pin *const *private_pins KEEP;
	uint32_t private_count;
};

/* Boards only: a static array of pointers to pins, at most 255. */
#define GPIO_PINS_OVER(array) ((struct gpio_pins){(array), ARRAY_LENGTH(array)})

BOUNDED(255) static inline uint32_t gpio_pins_count(struct gpio_pins pins)
{
	return pins.private_count;
}

/* NULL when there is no such pin. */
NULLABLE static inline struct gpio_pin *gpio_pins_at(struct gpio_pins pins, uint32_t index)
{
	return index < pins.private_count ? pins.private_pins[index] : NULL;
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
	BINDING_TABLE(type, member)                                                                \
	static const struct gpio_pin_operations name##_gpio_pin_operations = {                     \
	    .make_output = name##_gpio_pin_make_output,                                            \
	    .set = name##_gpio_pin_set,                                                            \
	    .get = name##_gpio_pin_get,                                                            \
	}
