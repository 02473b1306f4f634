#pragma once

#include <tools/call_graph/contexts.h>
#include <tools/call_graph/frames.h>

/* How much stack each call needs: what the source calls (contexts.h), in the frames that the
 * compiler made of it (frames.h).
 *
 * A state is a context that runs in the frame of an emitted function: its own, or the one it was
 * inlined into. Where the compiler may have done either, both are followed. So each call that the
 * emitted code can make is found as some call of the source, with the instances it is made for; a
 * call in the emitted code that no source accounts for is refused. */

struct step {
	uint32_t state;
	uint32_t frame; /* bytes it adds; 0 when inlined */
};

struct state {
	uint32_t context;
	uint32_t emitted;
	uint32_t below;   /* bytes that it needs beside the frame it runs in */
	uint32_t deepest; /* step that needs most, or NONE */
	uint32_t helper;  /* emitted helper that needs more than all steps, or NONE */
	LIST(struct step) steps;
};

struct stack {
	struct contexts *contexts;
	struct frames *frames;
	LIST(struct state) states; /* each after all that it leads to */
	struct map by_place;
};

/* The state of a root that runs in a frame of its own. `only`: NULL, or the only function that it
 * calls. */
uint32_t stack_root(struct stack *stack, uint32_t context, const char *only);

/* Refuses an emitted call that no source accounts for. */
void stack_check(const struct stack *stack);
