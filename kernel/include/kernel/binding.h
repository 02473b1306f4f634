#pragma once

#include <kernel/annotation.h>
#include <stddef.h>

/* From an interface back to the object that implements it.
 *
 * An interface is a struct whose first field points at a const table of operations. An object
 * offers it by having it as a member. The operations receive the interface and need the object:
 * that one step is BINDING_OWNER, and only the *_IMPLEMENT macros of trusted headers make it, after
 * BINDING_CHECK has made sure that the member is of the interface's type. Capsules spell neither.
 *
 * The *_IMPLEMENT macros all have the same shape. They take the name the binding gets, the object's
 * type, the member, and the functions by designator, each typed for the object:
 *
 *     ALARM_IMPLEMENT(virtual_alarm, struct virtual_alarm, alarm,
 *                     .now = virtual_now, .set = virtual_set, ...);
 *
 * and define the const table NAME_<interface>_operations, whose entries call those functions
 * directly (the compiler folds the intermediate table away). */

#define BINDING_OWNER(pointer, type, member)                                                       \
	((type *)(void *)((char *)(pointer) - offsetof(type, member)))

#define BINDING_CHECK(type, member, interface)                                                     \
	_Static_assert(__builtin_types_compatible_p(__typeof__(((type *)0)->member), interface),   \
		       #type "." #member " is not a " #interface)

/* Says which member of which type a table of operations is for: the bind function of the interface
 * takes the table together with that member only. */
#define BINDING_TABLE(type, member) __attribute__((annotate("binding:" #type "." #member)))

/* A dispatcher is two loads and a branch: it must never become a call of its own. */
#define BINDING_INLINE static inline __attribute__((always_inline))
