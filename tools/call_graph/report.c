/* build/BOARD/call_graph.txt. */

#include <tools/call_graph/names.h>
#include <tools/call_graph/report.h>

#include <string.h>

static const struct context *context_of(const struct stack *stack, const struct state *state)
{
	return &stack->contexts->contexts.items[state->context];
}

/* --- How much each entry needs --- */

static struct demand demand_of(const struct entry *entry, struct stack *stack, uint32_t root)
{
	uint32_t number = stack_root(stack, root, entry->only);
	const struct state *state = &stack->states.items[number];
	uint32_t frame = stack->frames->functions.items[state->emitted].frame;

	return (struct demand){entry, number, entry->bytes + frame + state->below};
}

struct demands demands_of(const struct machine *machine, struct stack *stack,
			  const number_list *roots)
{
	struct demands demands = {.worst = NONE, .nested = NONE};

	for (uint32_t i = 0; i < machine->entries.count; i++) {
		struct demand demand =
		    demand_of(&machine->entries.items[i], stack, roots->items[i]);
		uint32_t *worst = demand.entry->is_nested ? &demands.nested : &demands.worst;

		LIST_ADD(&demands.list, demand);
		if (*worst == NONE || demand.bytes > demands.list.items[*worst].bytes) {
			*worst = i;
		}
	}
	demands.bytes = demands.worst != NONE ? demands.list.items[demands.worst].bytes : 0;
	demands.bytes += demands.nested != NONE ? demands.list.items[demands.nested].bytes : 0;
	return demands;
}

/* --- Paths --- */

/* The state that the deepest path goes on to, with a frame of its own; NONE: it ends. */
static uint32_t deepest_next(const struct stack *stack, uint32_t number)
{
	const struct state *state = &stack->states.items[number];

	while (state->helper == NONE && state->deepest != NONE) {
		const struct step *step = &state->steps.items[state->deepest];

		if (step->frame > 0 || stack->states.items[step->state].emitted != state->emitted) {
			return step->state;
		}
		state = &stack->states.items[step->state];
	}
	return NONE;
}

static void path_write(FILE *file, const struct stack *stack, const struct demand *demand)
{
	fprintf(file, "\n%s: %u bytes\n", demand->entry->name, demand->bytes);
	fprintf(file, "  %5u  %s\n", demand->entry->bytes, "before the first function of C");
	for (uint32_t each = demand->state; each != NONE; each = deepest_next(stack, each)) {
		const struct state *state = &stack->states.items[each];
		const struct emitted *emitted = &stack->frames->functions.items[state->emitted];

		fprintf(file, "  %5u  %s, %s\n", emitted->frame,
			context_name(stack->contexts, state->context), emitted->place);
	}
}

/* --- What each entry leads to --- */

struct row {
	const struct operation *operation;
	const char *instance;
	uint32_t bytes;
};

typedef LIST(struct row) row_list;

/* The longest way from an entry to every state, in bytes and one more; 0: it does not lead there.
 * States come after those they lead to. */
static uint32_t *ways_of(const struct stack *stack, const struct demand *demand)
{
	uint32_t *ways = memory_new(stack->states.count, sizeof(ways[0]));
	const struct state *first = &stack->states.items[demand->state];

	ways[demand->state] = demand->bytes - first->below + 1;
	for (uint32_t i = demand->state + 1; i-- > 0;) {
		LIST_EACH(&stack->states.items[i].steps, step)
		{
			uint32_t way = ways[i] + step->frame;

			if (ways[i] != 0 && way > ways[step->state]) {
				ways[step->state] = way;
			}
		}
	}
	return ways;
}

static void row_add(row_list *rows, struct row row)
{
	LIST_EACH(rows, each)
	{
		if (each->operation == row.operation && strcmp(each->instance, row.instance) == 0) {
			each->bytes = row.bytes > each->bytes ? row.bytes : each->bytes;
			return;
		}
	}
	LIST_ADD(rows, row);
}

static int row_compare(const void *first, const void *second)
{
	const struct row *a = first;
	const struct row *b = second;
	int order = strcmp(a->operation->interface, b->operation->interface);

	order = order != 0 ? order : strcmp(a->instance, b->instance);
	return order != 0 ? order : strcmp(a->operation->slot, b->operation->slot);
}

static bool is_for_report(const struct operation *operation)
{
	return operation != NULL && (operation->direction == DIRECTION_BACK ||
				     strcmp(operation->interface, "driver") == 0);
}

static const char *instance_name(const struct stack *stack, uint32_t context, const char *interface)
{
	uint32_t instance = context_instance(stack->contexts, context);

	return instance == NONE ? "?" : location_name(stack->contexts->memory, instance, interface);
}

static void rows_write(FILE *file, const struct stack *stack, const struct interfaces *interfaces,
		       const struct demand *demand)
{
	uint32_t *ways = ways_of(stack, demand);
	row_list rows = {0};

	for (uint32_t i = 0; i <= demand->state; i++) {
		const struct state *state = &stack->states.items[i];
		const struct operation *operation =
		    interfaces_operation(interfaces, context_of(stack, state)->function);

		if (ways[i] != 0 && is_for_report(operation)) {
			const char *instance =
			    instance_name(stack, state->context, operation->interface);

			row_add(&rows,
				(struct row){operation, instance, ways[i] - 1 + state->below});
		}
	}
	LIST_SORT(&rows, row_compare);
	LIST_EACH(&rows, row)
	{
		fprintf(file, "  %5u    %s() of %s\n", row->bytes, row->operation->slot,
			row->instance);
	}
}

/* --- The whole --- */

static void bound_write(FILE *file, const struct demands *demands)
{
	const struct demand *worst = &demands->list.items[demands->worst];

	fprintf(file, "The kernel's stack: at most %u bytes: %s %u", demands->bytes,
		worst->entry->name, worst->bytes);
	if (demands->nested != NONE) {
		const struct demand *nested = &demands->list.items[demands->nested];

		fprintf(file, ", %s on top of it %u", nested->entry->name, nested->bytes);
	}
	fprintf(file, ".\n");
}

void report_write(FILE *file, const char *board, const struct demands *demands,
		  const struct stack *stack, const struct interfaces *interfaces,
		  const struct checked *checked)
{
	fprintf(file, "%s: calls and stack of the kernel. Made by tools/call_graph.\n\n", board);
	bound_write(file, demands);
	fprintf(file,
		"No recursion, and no callback from inside a downcall: %u functions by instance, "
		"among them\n%u downcalls and %u callbacks.\n\n",
		checked->contexts, checked->downcalls, checked->callbacks);
	fprintf(file, "What each way into the kernel needs, in bytes\n");
	LIST_EACH(&demands->list, demand)
	{
		fprintf(file, "\n  %5u  %s\n", demand->bytes, demand->entry->name);
		rows_write(file, stack, interfaces, demand);
	}
	fprintf(file, "\nThe deepest path of each\n");
	LIST_EACH(&demands->list, demand)
	{
		path_write(file, stack, demand);
	}
}
