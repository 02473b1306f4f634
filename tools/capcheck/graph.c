/* What needs all functions of the file: nobody calls itself, and the work of each is bounded.
 *
 * The work of a function is counted in steps: one for each time that it or a loop's body begins, in
 * this file and what it calls of this file. */

#include "capcheck.h"

enum {
	FUNCTIONS_MAX = 500,
	CALLS_MAX = 10000,
};

static const unsigned long long work_limits[] = {
    [PROFILE_CAPSULE] = 1ull << 20, [PROFILE_CHIP] = 1ull << 32, /* waits for hardware */
};

enum state {
	STATE_NEW,
	STATE_OPEN, /* on the way down */
	STATE_DONE,
};

struct function {
	CXCursor definition;
	enum state state;
	unsigned long long own_steps;
	unsigned long long work;
};

struct call {
	unsigned caller;
	CXCursor callee;
	unsigned long long times;
};

static struct function functions[FUNCTIONS_MAX];
static unsigned function_count;
static struct call calls[CALLS_MAX];
static unsigned call_count;

static struct function *find(CXCursor function)
{
	CXCursor wanted = clang_getCanonicalCursor(function);

	for (unsigned i = 0; i < function_count; i++) {
		if (same(clang_getCanonicalCursor(functions[i].definition), wanted)) {
			return &functions[i];
		}
	}
	return NULL;
}

void graph_add_function(CXCursor function)
{
	if (function_count == FUNCTIONS_MAX) {
		fail("%s: too many functions", options.file);
	}
	functions[function_count] = (struct function){.definition = function, .own_steps = 1};
	function_count++;
}

void graph_add_steps(CXCursor function, unsigned long long steps)
{
	struct function *found = find(function);

	if (found != NULL) {
		found->own_steps = saturated_sum(found->own_steps, steps);
	}
}

void graph_add_call(CXCursor caller, CXCursor callee, CXCursor call)
{
	struct function *found = find(caller);

	if (found == NULL) {
		return;
	}
	if (call_count == CALLS_MAX) {
		fail("%s: too many calls", options.file);
	}
	calls[call_count] = (struct call){(unsigned)(found - functions), callee, loop_product};
	call_count++;
	facts_add_call(caller, callee, call);
}

static void visit(struct function *function)
{
	if (function->state == STATE_OPEN) {
		refuse(function->definition, RULE_T_RECURSION, name(function->definition));
	}
	if (function->state != STATE_NEW) {
		return;
	}
	function->state = STATE_OPEN;
	function->work = function->own_steps;
	for (unsigned i = 0; i < call_count; i++) {
		struct function *callee = find(calls[i].callee);

		if (&functions[calls[i].caller] != function || callee == NULL) {
			continue;
		}
		visit(callee);
		function->work =
		    saturated_sum(function->work, saturated_product(calls[i].times, callee->work));
	}
	function->state = STATE_DONE;
}

void graph_check(void)
{
	unsigned long long limit = work_limits[options.profile];

	for (unsigned i = 0; i < function_count; i++) {
		visit(&functions[i]);
		facts_add_function(functions[i].definition, functions[i].work);
		if (functions[i].work > limit) {
			refuse(functions[i].definition, RULE_T_WORK, name(functions[i].definition),
			       functions[i].work, limit);
		}
	}
}
