#include <tools/call_graph/stack.h>
#include <tools/tbf/command_line.h>

#include <string.h>

static const struct function *function_of(const struct stack *stack, uint32_t context)
{
	const struct contexts *contexts = stack->contexts;

	return &contexts->program->functions.items[contexts->contexts.items[context].function];
}

static bool is_helper(const struct emitted *emitted)
{
	static const char *const of_the_compiler[] = {"memset", "memcpy", "memmove", "memcmp"};

	if (emitted->object == UINT32_MAX) {
		return true;
	}
	for (size_t i = 0; i < sizeof(of_the_compiler) / sizeof(of_the_compiler[0]); i++) {
		if (strcmp(emitted->name, of_the_compiler[i]) == 0) {
			return true;
		}
	}
	return false;
}

static uint32_t state_find(struct stack *stack, uint32_t context, uint32_t emitted);

/* Adds what one step needs to a state that is being made. */
static void step_add(struct stack *stack, struct state *state, uint32_t context, uint32_t emitted,
		     uint32_t frame)
{
	uint32_t next = state_find(stack, context, emitted);
	uint32_t need = frame + stack->states.items[next].below;

	LIST_EACH(&state->steps, step)
	{
		if (step->state == next && step->frame == frame) {
			return;
		}
	}
	if (state->deepest == NONE || need > state->below) {
		state->deepest = state->steps.count;
		state->below = need;
	}
	LIST_ADD(&state->steps, ((struct step){next, frame}));
}

/* Whether an emitted function is a function of the source, or a part or variant of it. */
static bool is_made_of(const struct stack *stack, const struct emitted *emitted,
		       const struct function *function)
{
	if (is_helper(emitted) && emitted->object == UINT32_MAX) {
		return false;
	}

	const char *source = stack->frames->objects.items[emitted->object].source;

	return strcmp(emitted->base, function->name) == 0 &&
	       strcmp(source, stack->contexts->program->modules.items[function->module].source) ==
		   0;
}

/* The calls to emitted functions that `target` may be. */
static void calls_add(struct stack *stack, struct state *state, uint32_t target)
{
	const struct function *function = function_of(stack, target);
	struct emitted *in = &stack->frames->functions.items[state->emitted];

	for (uint32_t i = 0; i < in->callees.count; i++) {
		const struct emitted *callee =
		    &stack->frames->functions.items[in->callees.items[i]];

		if (is_made_of(stack, callee, function)) {
			in->used.items[i] = true;
			step_add(stack, state, target, in->callees.items[i], callee->frame);
		}
	}
}

/* The call through a pointer to `target`. */
static void pointer_call_add(struct stack *stack, struct state *state, uint32_t target)
{
	const struct function *function = function_of(stack, target);
	struct emitted *in = &stack->frames->functions.items[state->emitted];

	if (!in->calls_pointers && !in->pointers_untold) {
		return; /* the compiler knew the function */
	}
	in->pointers_used = true;
	for (uint32_t i = 0; i < stack->frames->functions.count; i++) {
		const struct emitted *callee = &stack->frames->functions.items[i];

		if (strcmp(callee->name, function->name) == 0 &&
		    is_made_of(stack, callee, function)) {
			step_add(stack, state, target, i, callee->frame);
			return;
		}
	}
	/* Not emitted: it was inlined wherever it is called, and nothing can point to it. */
}

static void target_add(struct stack *stack, struct state *state, uint32_t target, bool is_indirect)
{
	const struct emitted *in = &stack->frames->functions.items[state->emitted];
	const char *source = stack->frames->objects.items[in->object].source;
	const struct function *function = function_of(stack, target);

	calls_add(stack, state, target);
	if (is_indirect) {
		pointer_call_add(stack, state, target);
	}
	if (strcmp(source, stack->contexts->program->modules.items[function->module].source) == 0) {
		step_add(stack, state, target, state->emitted, 0);
	}
}

/* What the compiler calls on its own account. */
static void helpers_add(struct stack *stack, struct state *state)
{
	const struct emitted *in = &stack->frames->functions.items[state->emitted];

	LIST_EACH(&in->callees, number)
	{
		const struct emitted *callee = &stack->frames->functions.items[*number];

		if (!is_helper(callee)) {
			continue;
		}
		if (callee->callees.count > 0 || callee->calls_pointers) {
			refuse("%s: a function that the compiler calls must call no other",
			       callee->name);
		}
		if (callee->frame > state->below) {
			state->helper = *number;
			state->below = callee->frame;
		}
	}
}

static struct state state_make(struct stack *stack, uint32_t context, uint32_t emitted,
			       const char *only)
{
	struct state state = {
	    .context = context, .emitted = emitted, .deepest = NONE, .helper = NONE};
	struct context *of = &stack->contexts->contexts.items[context];

	stack->frames->functions.items[emitted].visited = true;
	LIST_EACH(&of->calls, call)
	{
		LIST_EACH(&call->targets, target)
		{
			if (only == NULL || strcmp(function_of(stack, *target)->name, only) == 0) {
				target_add(stack, &state, *target, call->is_indirect);
			}
		}
	}
	helpers_add(stack, &state);
	return state;
}

static uint32_t state_find(struct stack *stack, uint32_t context, uint32_t emitted)
{
	uint32_t number;

	if (!map_find(&stack->by_place, map_key(context, emitted), &number)) {
		struct state state = state_make(stack, context, emitted, NULL);

		number = stack->states.count;
		LIST_ADD(&stack->states, state);
		map_put(&stack->by_place, map_key(context, emitted), number);
	}
	return number;
}

uint32_t stack_root(struct stack *stack, uint32_t context, const char *only)
{
	const struct function *function = function_of(stack, context);

	for (uint32_t i = 0; i < stack->frames->functions.count; i++) {
		const struct emitted *emitted = &stack->frames->functions.items[i];

		if (strcmp(emitted->name, function->name) == 0 &&
		    is_made_of(stack, emitted, function)) {
			if (only == NULL) {
				return state_find(stack, context, i);
			}

			struct state state = state_make(stack, context, i, only);

			LIST_ADD(&stack->states, state);
			return stack->states.count - 1;
		}
	}
	refuse("%s: the compiler emitted no such function", function->name);
}

void stack_check(const struct stack *stack)
{
	LIST_EACH(&stack->frames->functions, emitted)
	{
		if (!emitted->visited) {
			continue;
		}
		if (emitted->calls_pointers && !emitted->pointers_used) {
			refuse("%s: %s calls through a pointer, and no source accounts for it",
			       emitted->place, emitted->name);
		}
		for (uint32_t i = 0; i < emitted->callees.count; i++) {
			const struct emitted *callee =
			    &stack->frames->functions.items[emitted->callees.items[i]];

			if (!emitted->used.items[i] && !is_helper(callee)) {
				refuse("%s: %s calls %s, and no source accounts for it",
				       emitted->place, emitted->name, callee->name);
			}
		}
	}
}
