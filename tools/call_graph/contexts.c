/* Which contexts there are, and the loop that evaluates them until nothing changes. */

#include <tools/call_graph/evaluate.h>
#include <tools/call_graph/names.h>
#include <tools/tbf/command_line.h>

#include <string.h>

enum {
	/* A function that appears this often among those that called one another is taken to call
	 * itself. Chains of instances (a multiplexer behind a multiplexer) are shorter. */
	RECURSION_LIMIT = 12,
	CONTEXT_LIMIT = 100000,
	ARGUMENTS_MAX = 32,
};

static const struct function *function_of(const struct contexts *contexts, uint32_t context)
{
	return &contexts->program->functions.items[contexts->contexts.items[context].function];
}

/* --- Names --- */

uint32_t instance_parameter(LLVMValueRef function)
{
	uint32_t first = 0;

	if (LLVMCountParams(function) > 0 &&
	    LLVMGetEnumAttributeAtIndex(function, 1, LLVMGetEnumAttributeKindForName("sret", 4))) {
		first = 1;
	}
	for (uint32_t i = first; i < LLVMCountParams(function); i++) {
		if (LLVMGetTypeKind(LLVMTypeOf(LLVMGetParam(function, i))) == LLVMPointerTypeKind) {
			return i;
		}
	}
	return NONE;
}

uint32_t context_instance(const struct contexts *contexts, uint32_t number)
{
	const struct context *context = &contexts->contexts.items[number];
	uint32_t parameter = instance_parameter(function_of(contexts, number)->value);

	if (parameter == NONE || context->arguments[parameter] == 0) {
		return NONE;
	}

	struct memory *memory = contexts->memory;
	struct set set = set_get(memory, value_set(memory, context->arguments[parameter]));

	return set.locations[0];
}

const char *context_function_name(const struct contexts *contexts, uint32_t context)
{
	return function_of(contexts, context)->name;
}

const char *context_name(const struct contexts *contexts, uint32_t number)
{
	const char *function = context_function_name(contexts, number);
	const struct memory *memory = contexts->memory;
	uint32_t instance = context_instance(contexts, number);
	uint32_t object;

	if (instance == NONE) {
		return function;
	}
	object = memory->locations.items[instance].object;
	if (memory->objects.items[object].kind != OBJECT_VARIABLE) {
		return function;
	}
	return text_new("%s (%s)", function, object_name(memory, object));
}

/* --- Recursion --- */

__attribute__((noreturn)) static void refuse_recursion(const struct contexts *contexts,
						       uint32_t from, uint32_t function)
{
	const char *path = contexts->program->functions.items[function].name;
	uint32_t each = from;

	while (contexts->contexts.items[each].function != function) {
		path = text_new("%s -> %s", function_of(contexts, each)->name, path);
		each = contexts->contexts.items[each].creator;
	}
	refuse("recursion: %s -> %s", function_of(contexts, each)->name, path);
}

/* A chain of contexts, each called by the one before, would go on for ever. */
static void check_depth(const struct contexts *contexts, uint32_t creator, uint32_t function)
{
	uint32_t times = 0;

	for (uint32_t each = creator; each != NONE; each = contexts->contexts.items[each].creator) {
		times += contexts->contexts.items[each].function == function;
	}
	if (times > RECURSION_LIMIT) {
		refuse_recursion(contexts, creator, function);
	}
	if (contexts->contexts.count > CONTEXT_LIMIT) {
		refuse("more than %d contexts; the wiring is too tangled to follow", CONTEXT_LIMIT);
	}
}

/* --- Contexts --- */

static bool context_is(const struct context *context, uint32_t function, const uint32_t *arguments)
{
	return context->function == function &&
	       memcmp(context->arguments, arguments,
		      context->argument_count * sizeof(arguments[0])) == 0;
}

static uint32_t context_new(struct contexts *contexts, uint32_t function, uint32_t creator,
			    const uint32_t *arguments, uint32_t count)
{
	const struct function *of = &contexts->program->functions.items[function];
	struct context *context = LIST_NEW(&contexts->contexts);

	*context = (struct context){
	    .function = function,
	    .creator = creator,
	    .arguments = memory_new(count, sizeof(arguments[0])),
	    .argument_count = count,
	    .results = memory_new(of->instructions.count, sizeof(uint32_t)),
	};
	memcpy(context->arguments, arguments, count * sizeof(arguments[0]));
	contexts->changed = true;
	return contexts->contexts.count - 1;
}

uint32_t context_for(struct contexts *contexts, uint32_t function, uint32_t creator,
		     const uint32_t *arguments, uint32_t count)
{
	uint64_t key = hash_words(arguments, count) * 31 + function;
	uint32_t number;

	while (map_find(&contexts->by_hash, key, &number)) {
		if (context_is(&contexts->contexts.items[number], function, arguments)) {
			return number;
		}
		key++;
	}
	check_depth(contexts, creator, function);
	number = context_new(contexts, function, creator, arguments, count);
	map_put(&contexts->by_hash, key, number);
	return number;
}

/* Calls the function once for each location that its instance can be. */
void contexts_call(struct contexts *contexts, uint32_t caller, uint32_t function,
		   const uint32_t *arguments, struct call *call, uint32_t *result)
{
	struct memory *memory = contexts->memory;
	LLVMValueRef callee = contexts->program->functions.items[function].value;
	uint32_t count = LLVMCountParams(callee);
	uint32_t parameter = instance_parameter(callee);
	uint32_t each[ARGUMENTS_MAX];
	uint32_t times = 1;
	struct set instances = {0};

	if (count > ARGUMENTS_MAX) {
		refuse("%s has more than %d parameters",
		       contexts->program->functions.items[function].name, ARGUMENTS_MAX);
	}
	memcpy(each, arguments, count * sizeof(each[0]));
	if (parameter != NONE && arguments[parameter] != 0) {
		instances = set_get(memory, value_set(memory, arguments[parameter]));
		times = instances.count;
	}
	for (uint32_t i = 0; i < times; i++) {
		if (instances.count > 0) {
			each[parameter] =
			    value_of_set(memory, set_of(memory, instances.locations[i]));
		}

		uint32_t target = context_for(contexts, function, caller, each, count);

		LIST_ADD(&call->targets, target);
		*result = value_union(memory, *result, contexts->contexts.items[target].result);
	}
}

uint32_t contexts_root(struct contexts *contexts, uint32_t function)
{
	uint32_t count = LLVMCountParams(contexts->program->functions.items[function].value);
	uint32_t *nothing = memory_new(count, sizeof(nothing[0]));

	return context_for(contexts, function, NONE, nothing, count);
}

void contexts_run(struct contexts *contexts)
{
	do {
		contexts->changed = false;
		contexts->memory->changed = false;
		for (uint32_t i = 0; i < contexts->contexts.count; i++) {
			context_evaluate(contexts, i);
		}
	} while (contexts->changed || contexts->memory->changed);
}
