#pragma once

#include <kernel/annotation.h>
#include <stddef.h>

/* A place for something that has at most one holder.
 *
 *   T1  TAKE_CELL_WITH takes the thing out of the cell for the length of a block and puts it back on
 *       every way out of it. Meanwhile the cell is empty.
 *   T2  When the cell is empty the block is skipped.
 *
 * So whoever reaches the same cell from inside the block (a callback, a call that comes round) finds
 * it empty instead of a thing in the middle of a change. A capsule defines a type of cell once and
 * embeds it:
 *
 *     TAKE_CELL_DEFINE(counter_cell, struct counter);
 *
 *     TAKE_CELL_WITH(counter_cell, counter, &self->counter) {
 *             counter->count++;
 *     }
 *
 * `counter` may not be kept. The thing itself is static and is put in by an init function. RAM: one
 * word. Cost: what loading, clearing, testing and storing that word costs. */
#define TAKE_CELL_DEFINE(name, type)                                                               \
	struct name {                                                                              \
		type *private_thing NULLABLE;                                                      \
	} PINNED;                                                                                  \
	struct name##_held {                                                                       \
		type *thing BORROWED;                                                              \
		struct name *private_cell;                                                         \
	} BORROWED NO_ZERO;                                                                        \
	static inline void name##_put(struct name *self, type *thing KEEP)                         \
	{                                                                                          \
		self->private_thing = thing;                                                       \
	}                                                                                          \
	static inline struct name##_held name##_private_take(struct name *self)                    \
	{                                                                                          \
		struct name##_held held = {self->private_thing, self};                             \
		self->private_thing = NULL;                                                        \
		return held;                                                                       \
	}                                                                                          \
	static inline void name##_private_return(struct name##_held *held)                         \
	{                                                                                          \
		if (held->thing != NULL) {                                                         \
			held->private_cell->private_thing = held->thing;                           \
		}                                                                                  \
	}                                                                                          \
	_Static_assert(1, "")

/* The cleanup attribute puts the thing back on every way out of the block. */
#define TAKE_CELL_WITH(name, variable, cell)                                                       \
	for (struct name##_held private_held                                                       \
	     __attribute__((cleanup(name##_private_return))) = name##_private_take(cell),          \
	     *private_once = &private_held;                                                        \
	     private_once != NULL; private_once = NULL)                                            \
		for (__typeof__(private_held.thing) variable = private_held.thing;                 \
		     variable != NULL; variable = NULL)
