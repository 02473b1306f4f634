/* Loops: each has an end that can be read off its head.
 *
 *     for (T i = FIRST; i < LIMIT [&& ...]; i++)      (or i += CONSTANT)
 *     for (T i = FIRST; i > 0 [&& ...]; i--)          with a limit on FIRST
 *
 * T is unsigned and can reach the limit, the body leaves i alone, and `i < LIMIT` may be any part
 * of the &&. The blocks of trusted headers, GRANT_ENTER, GRANT_EACH, FOR_EACH, TAKE_CELL_WITH, are for statements
 * too; they are known by the macro that spelled the `for`. */

#include "capcheck.h"
#include <string.h>

enum {
	PROCESSES_MAX = 255 /* of a board; kernel/board.h */
};

struct head {
	CXCursor counter; /* the VarDecl */
	CXCursor first;   /* its first value */
	CXCursor condition, step, body;
	bool is_up;
	unsigned long long stride;
};

static bool is_counter(CXCursor expression, CXCursor counter)
{
	CXCursor inner = strip(expression);

	return kind(inner) == CXCursor_DeclRefExpr && same(referenced(inner), counter);
}

static bool is_unsigned_counter(CXCursor counter)
{
	switch (type(counter).kind) {
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong:
	case CXType_ULongLong:
		return true;
	default:
		return false;
	}
}

static bool stride_read(CXCursor expression, unsigned long long *stride)
{
	CXCursor inner = strip(expression);

	*stride = bound_of(inner, inner);
	return (kind(inner) == CXCursor_IntegerLiteral ||
		kind(referenced(inner)) == CXCursor_EnumConstantDecl) &&
	       *stride > 0 && *stride <= 0xffff;
}

static bool step_read(struct head *head)
{
	struct nodes parts = children(head->step);

	head->stride = 1;
	if (parts.count == 0 || !is_counter(parts.at[0], head->counter)) {
		return false;
	}
	if (kind(head->step) == CXCursor_CompoundAssignOperator) {
		head->is_up = true;
		return clang_getCursorBinaryOperatorKind(head->step) ==
			   CXBinaryOperator_AddAssign &&
		       parts.count == 2 && stride_read(parts.at[1], &head->stride);
	}
	if (kind(head->step) != CXCursor_UnaryOperator) {
		return false;
	}
	switch (clang_getCursorUnaryOperatorKind(head->step)) {
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PostInc:
		head->is_up = true;
		return true;
	case CXUnaryOperator_PreDec:
	case CXUnaryOperator_PostDec:
		head->is_up = false;
		return true;
	default:
		return false;
	}
}

static bool head_read(CXCursor loop, struct head *head)
{
	struct nodes parts = children(loop);

	if (parts.count != 4 || kind(parts.at[0]) != CXCursor_DeclStmt) {
		return false;
	}

	struct nodes declared = children(parts.at[0]);

	if (declared.count != 1 || kind(declared.at[0]) != CXCursor_VarDecl) {
		return false;
	}
	head->counter = declared.at[0];
	head->first = clang_Cursor_getVarDeclInitializer(head->counter);
	head->condition = parts.at[1];
	head->step = parts.at[2];
	head->body = parts.at[3];
	return is_unsigned_counter(head->counter) && !clang_Cursor_isNull(head->first) &&
	       step_read(head);
}

/* The least limit that the parts of the condition put on the counter. */
static unsigned long long limit_of(const struct head *head, CXCursor condition)
{
	CXCursor part = strip(condition);
	struct nodes sides = children(part);
	unsigned long long left, right;

	if (kind(part) != CXCursor_BinaryOperator || sides.count != 2) {
		return UNBOUNDED;
	}
	switch (clang_getCursorBinaryOperatorKind(part)) {
	case CXBinaryOperator_LAnd:
		left = limit_of(head, sides.at[0]);
		right = limit_of(head, sides.at[1]);
		return left < right ? left : right;
	case CXBinaryOperator_LT:
		return head->is_up && is_counter(sides.at[0], head->counter)
			   ? bound_of(sides.at[1], current_function)
			   : UNBOUNDED;
	case CXBinaryOperator_GT:
	case CXBinaryOperator_NE:
		/* Down to 0, which is why going down needs no more of the condition. */
		return !head->is_up && is_counter(sides.at[0], head->counter) &&
			       bound_of(sides.at[1], current_function) == 0
			   ? bound_of(head->first, current_function)
			   : UNBOUNDED;
	default:
		return UNBOUNDED;
	}
}

/* Runs `check` as the body of a loop of `limit` rounds. */
static void body_check(CXCursor body, unsigned long long limit)
{
	struct breaks breaks = {.first_variable = flow.count};
	struct breaks *outer_break = break_target;
	struct breaks *outer_continue = continue_target;
	unsigned long long outer_product = loop_product;

	break_target = &breaks;
	continue_target = &breaks;
	loop_product = saturated_product(loop_product, limit);
	graph_add_steps(current_function, loop_product);
	statement_check(body);
	loop_product = outer_product;
	break_target = outer_break;
	continue_target = outer_continue;
	for (unsigned i = 0; breaks.any && i < flow.count && i < breaks.flow.count; i++) {
		flow.variables[i].held = flow.variables[i].held || breaks.flow.variables[i].held;
	}
}

/* The condition is asked once more than the body runs. */
static void condition_check(CXCursor condition, unsigned long long limit)
{
	unsigned long long outer_product = loop_product;

	loop_product = saturated_product(loop_product, saturated_sum(limit, 1));
	expression_check(condition);
	loop_product = outer_product;
}

/* After a loop that may not have run at all, what was known before it is known, but for what it
 * assigned. */
static void after_loop(CXCursor loop, const struct flow *before)
{
	struct flow end = flow;

	flow = *before;
	flow_forget_assigned(loop);
	end.count = flow.count;
	for (unsigned i = 0; i < flow.count; i++) {
		flow.variables[i].held = flow.variables[i].held || end.variables[i].held;
	}
}

static void counted_loop_check(CXCursor loop)
{
	struct head head = {.stride = 1};

	if (!head_read(loop, &head)) {
		refuse(loop, RULE_T_LOOP);
		return;
	}

	struct flow before = flow;
	unsigned long long limit = limit_of(&head, head.condition);

	if (limit == UNBOUNDED) {
		refuse(loop, RULE_T_LOOP);
		limit = 1;
	} else if (saturated_sum(limit, head.stride - 1) > type_maximum(type(head.counter))) {
		refuse(head.counter, RULE_T_NARROW, name(head.counter), limit);
	}
	if (touches(head.body, head.counter) || touches(head.condition, head.counter)) {
		refuse(head.counter, RULE_T_COUNTER, name(head.counter));
	}
	variable_check(head.counter);
	flow_forget_assigned(loop);
	condition_check(head.condition, limit);
	flow_learn(head.condition, true);
	body_check(head.body, limit);
	after_loop(loop, &before);
}

/* --- blocks of trusted headers --- */

static bool mentions(CXCursor tree, CXCursor variable)
{
	struct nodes inner = children(tree);
	bool found = kind(tree) == CXCursor_DeclRefExpr && same(referenced(tree), variable);

	for (unsigned i = 0; i < inner.count; i++) {
		found = found || mentions(inner.at[i], variable);
	}
	return found;
}

/* The entry is filled by the call of which it is the first argument: the others may not read it. */
static void entry_check(CXCursor entry, CXCursor call)
{
	struct nodes parts = children(call);

	for (unsigned i = 2; i < parts.count; i++) {
		if (mentions(parts.at[i], entry)) {
			refuse(parts.at[i], RULE_M_UNINITIALISED, name(entry));
		}
	}
}

/* The variables that the head declares. */
static void trusted_head_check(CXCursor declarations)
{
	struct nodes declared = children(declarations);

	for (unsigned i = 0; i < declared.count; i++) {
		CXCursor each = declared.at[i];
		CXCursor value = clang_Cursor_getVarDeclInitializer(each);
		CXCursor inner = strip(value);
		struct variable *variable;

		declaration_check_name(each);
		if (kind(inner) == CXCursor_CallExpr && is_declaration_ours(referenced(inner))) {
			refuse(inner, RULE_C_CONSTRUCT, "a block over what no macro defined");
		}
		if (kind(inner) == CXCursor_CallExpr ||
		    kind(inner) == CXCursor_ArraySubscriptExpr) {
			entry_check(declared.at[0], inner);
			expression_check(inner);
		}
		variable = flow_add(each);
		variable->keep =
		    is_pointer(type(each)) && kind(inner) == CXCursor_ArraySubscriptExpr;
		variable->not_null = is_pointer(type(each));
	}
}

static unsigned long long trusted_limit(CXCursor loop, CXCursor condition)
{
	CXCursor part = strip(condition);
	struct nodes sides = children(part);

	if (kind(part) != CXCursor_BinaryOperator || sides.count != 2) {
		return UNBOUNDED;
	}
	if (clang_getCursorBinaryOperatorKind(part) == CXBinaryOperator_LAnd) {
		return trusted_limit(loop, sides.at[0]);
	}
	if (clang_getCursorBinaryOperatorKind(part) == CXBinaryOperator_LT) {
		return is_made_by(loop, "GRANT_EACH") ? PROCESSES_MAX
						      : bound_of(sides.at[1], sides.at[1]);
	}
	return 1; /* the inner loop of each block runs once */
}

static void trusted_loop_check(CXCursor loop)
{
	struct nodes parts = children(loop);
	struct flow before = flow;
	bool is_grant = is_made_by(loop, "GRANT_ENTER") || is_made_by(loop, "GRANT_EACH");

	if (parts.count != 4 || kind(parts.at[0]) != CXCursor_DeclStmt) {
		refuse(loop, RULE_T_LOOP);
		return;
	}

	unsigned long long limit = trusted_limit(loop, parts.at[1]);

	if (limit == UNBOUNDED) {
		refuse(loop, RULE_T_LOOP);
		limit = 1;
	}
	flow_forget_assigned(parts.at[3]);
	trusted_head_check(parts.at[0]);
	grant_depth += is_grant ? 1 : 0;
	body_check(parts.at[3], limit);
	grant_depth -= is_grant ? 1 : 0;
	after_loop(loop, &before);
}

void loop_check(CXCursor loop)
{
	if (is_made_by(loop, "GRANT_ENTER") || is_made_by(loop, "GRANT_EACH") ||
	    is_made_by(loop, "FOR_EACH") || is_made_by(loop, "TAKE_CELL_WITH")) {
		trusted_loop_check(loop);
	} else {
		counted_loop_check(loop);
	}
}
