#include <tools/call_graph/checks.h>
#include <tools/tbf/command_line.h>

enum mark {
	MARK_NEW,
	MARK_OPEN, /* among those that called one another until now */
	MARK_DONE,
};

struct walk {
	const struct contexts *contexts;
	const struct interfaces *interfaces;
	uint8_t *marks;
	number_list path;
};

static const struct operation *operation_of(const struct walk *walk, uint32_t context)
{
	return interfaces_operation(walk->interfaces,
				    walk->contexts->contexts.items[context].function);
}

/* The calls from `first` in the path to its end, and on to `last`. */
static const char *path_text(const struct walk *walk, uint32_t first, uint32_t last)
{
	const char *text = "";

	for (uint32_t i = first; i < walk->path.count; i++) {
		text =
		    text_new("%s%s -> ", text, context_name(walk->contexts, walk->path.items[i]));
	}
	return text_new("%s%s", text, context_name(walk->contexts, last));
}

static struct walk walk_new(const struct contexts *contexts, const struct interfaces *interfaces)
{
	return (struct walk){
	    .contexts = contexts,
	    .interfaces = interfaces,
	    .marks = memory_new(contexts->contexts.count, sizeof(uint8_t)),
	};
}

/* --- K2 --- */

__attribute__((noreturn)) static void refuse_recursion(const struct walk *walk, uint32_t again)
{
	uint32_t first = 0;

	while (walk->path.items[first] != again) {
		first++;
	}
	refuse("recursion: %s", path_text(walk, first, again));
}

static void recursion_walk(struct walk *walk, uint32_t context)
{
	if (walk->marks[context] == MARK_OPEN) {
		refuse_recursion(walk, context);
	}
	if (walk->marks[context] == MARK_DONE) {
		return;
	}
	walk->marks[context] = MARK_OPEN;
	LIST_ADD(&walk->path, context);
	LIST_EACH(&walk->contexts->contexts.items[context].calls, call)
	{
		LIST_EACH(&call->targets, target)
		{
			recursion_walk(walk, *target);
		}
	}
	walk->path.count--;
	walk->marks[context] = MARK_DONE;
}

/* --- K3 --- */

static void callback_walk(struct walk *walk, uint32_t context)
{
	const struct operation *operation = operation_of(walk, context);

	if (walk->path.count > 0 && operation != NULL && operation->direction == DIRECTION_BACK) {
		const struct operation *from = operation_of(walk, walk->path.items[0]);

		refuse("callback %s.%s from inside a call of %s.%s: %s; set a deferred call and "
		       "call back from there",
		       operation->interface, operation->slot, from->interface, from->slot,
		       path_text(walk, 0, context));
	}
	if (walk->marks[context] != MARK_NEW) {
		return;
	}
	walk->marks[context] = MARK_DONE;
	LIST_ADD(&walk->path, context);
	LIST_EACH(&walk->contexts->contexts.items[context].calls, call)
	{
		LIST_EACH(&call->targets, target)
		{
			callback_walk(walk, *target);
		}
	}
	walk->path.count--;
}

/* --- All --- */

static void check_problems(const struct contexts *contexts, const struct checked *checked)
{
	for (uint32_t i = 0; i < contexts->contexts.count; i++) {
		if (checked->reached[i] && contexts->contexts.items[i].problem != NULL) {
			refuse("%s (in %s)", contexts->contexts.items[i].problem,
			       context_name(contexts, i));
		}
	}
}

struct checked checks_run(const struct contexts *contexts, const struct interfaces *interfaces,
			  const number_list *roots)
{
	struct walk recursion = walk_new(contexts, interfaces);
	struct walk callbacks = walk_new(contexts, interfaces);
	struct checked checked = {
	    .reached = memory_new(contexts->contexts.count, sizeof(bool)),
	};

	LIST_EACH(roots, root)
	{
		recursion_walk(&recursion, *root);
	}
	for (uint32_t i = 0; i < contexts->contexts.count; i++) {
		const struct operation *operation = operation_of(&callbacks, i);

		checked.reached[i] = recursion.marks[i] == MARK_DONE;
		checked.contexts += checked.reached[i];
		if (!checked.reached[i] || operation == NULL) {
			continue;
		}
		checked.callbacks += operation->direction == DIRECTION_BACK;
		if (operation->direction == DIRECTION_DOWN) {
			checked.downcalls++;
			callback_walk(&callbacks, i);
		}
	}
	check_problems(contexts, &checked);
	return checked;
}
