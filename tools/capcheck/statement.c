/* Statements, and what is known after each. */

#include "capcheck.h"
#include <string.h>

CXCursor current_function;
unsigned long long loop_product = 1;
unsigned grant_depth;
struct breaks *break_target, *continue_target;

static bool in_switch; /* directly in the block of a switch */

bool leaves(CXCursor statement)
{
	struct nodes parts = children(statement);

	switch (kind(statement)) {
	case CXCursor_ReturnStmt:
	case CXCursor_BreakStmt:
	case CXCursor_ContinueStmt:
		return true;
	case CXCursor_CompoundStmt:
		return parts.count > 0 && leaves(parts.at[parts.count - 1]);
	case CXCursor_IfStmt:
		return parts.count == 3 && leaves(parts.at[1]) && leaves(parts.at[2]);
	default:
		return false;
	}
}

/* --- variables --- */

static void value_check(CXCursor variable, CXCursor value)
{
	if (kind(value) == CXCursor_InitListExpr) {
		initializer_check(value, type(variable));
	} else {
		expression_check(value);
	}
}

/* Whether a first value owns anything: {0} does not. */
static bool takes_something(CXCursor value)
{
	struct nodes parts = children(value);

	if (kind(value) == CXCursor_CallExpr) {
		return true;
	}
	for (unsigned i = 0; i < parts.count; i++) {
		if (takes_something(parts.at[i])) {
			return true;
		}
	}
	return false;
}

void variable_check(CXCursor declaration)
{
	CXType declared = type(declaration);
	CXCursor value = clang_Cursor_getVarDeclInitializer(declaration);
	enum CX_StorageClass storage = clang_Cursor_getStorageClass(declaration);

	if (storage != CX_SC_None && storage != CX_SC_Auto) {
		refuse(declaration, RULE_A_STATIC, name(declaration));
		return;
	}
	type_check(declaration, declared, PLACE_LOCAL);
	declaration_check_name(declaration);
	if (clang_Cursor_isNull(value)) {
		refuse(declaration, RULE_M_UNINITIALISED, name(declaration));
	} else {
		value_check(declaration, value);
	}

	bool keep = !clang_Cursor_isNull(value) && is_lent_kind(declared) && is_kept(value);
	bool not_null = !clang_Cursor_isNull(value) && is_pointer(declared) && is_not_null(value);
	struct variable *variable = flow_add(declaration);

	variable->keep = keep;
	variable->not_null = not_null;
	variable->owned = is_owned(declared);
	variable->held = variable->owned && takes_something(value);
}

static void declaration_statement_check(CXCursor statement)
{
	struct nodes parts = children(statement);

	if (in_switch) {
		refuse(statement, RULE_C_SWITCH, "declaration");
	}
	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) == CXCursor_VarDecl) {
			variable_check(parts.at[i]);
		} else {
			refuse(parts.at[i], RULE_C_CONSTRUCT,
			       "a declaration of this kind in a block");
		}
	}
}

/* --- ways --- */

static void leave_to(CXCursor statement, struct breaks *target)
{
	if (target == NULL) {
		return; /* the compiler has said so */
	}
	flow_check_lost(statement, target->first_variable);
	if (target->any) {
		struct flow now = flow;

		flow = target->flow;
		flow_merge(&now);
		target->flow = flow;
		flow = now;
	} else {
		target->any = true;
		target->flow = flow;
	}
}

static void return_check(CXCursor statement)
{
	struct nodes parts = children(statement);

	if (parts.count > 0) {
		CXCursor value = parts.at[0];
		CXType returned = type(value);

		expression_check(value);
		if (is_lent_kind(returned) && !is_kept(value)) {
			refuse(statement, RULE_B_RETURN, is_pointer(returned) ? "pointer" : "view");
		}
		if (is_pointer(returned) && !has_word(current_function, "nullable") &&
		    !is_not_null(value)) {
			refuse(statement, RULE_M_NULL_RETURN, name(current_function));
		}
	}
	flow_check_lost(statement, 0);
}

static void branch_check(CXCursor statement)
{
	bool outer = in_switch;

	in_switch = false;
	statement_check(statement);
	in_switch = outer;
}

static void if_check(CXCursor statement)
{
	struct nodes parts = children(statement);

	if (parts.count != 2 && parts.count != 3) {
		refuse(statement, RULE_C_CONSTRUCT, "this form of if");
		return;
	}
	expression_check(parts.at[0]);

	struct flow before = flow;

	flow_learn(parts.at[0], true);
	branch_check(parts.at[1]);

	struct flow after = flow;

	flow = before;
	flow_learn(parts.at[0], false);
	if (parts.count == 3) {
		branch_check(parts.at[2]);
	}
	if (leaves(parts.at[1])) {
		return;
	}
	if (parts.count == 3 && leaves(parts.at[2])) {
		flow = after;
		return;
	}
	flow_merge(&after);
}

/* --- switch --- */

static bool is_label(CXCursor statement)
{
	return kind(statement) == CXCursor_CaseStmt || kind(statement) == CXCursor_DefaultStmt;
}

static CXCursor after_labels(CXCursor statement, bool *is_default)
{
	while (is_label(statement)) {
		struct nodes parts = children(statement);

		*is_default = *is_default || kind(statement) == CXCursor_DefaultStmt;
		if (parts.count == 0) {
			break;
		}
		statement = parts.at[parts.count - 1];
	}
	return statement;
}

/* Each label may be reached from the head, or by falling through from above. */
static void switch_body_check(CXCursor body, struct breaks *breaks)
{
	struct nodes parts = children(body);
	struct flow head = flow;
	bool has_default = false;
	bool runs_on = false; /* the statement above does not leave */

	for (unsigned i = 0; i < parts.count; i++) {
		CXCursor statement = parts.at[i];

		if (is_label(statement)) {
			if (runs_on) {
				flow_merge(&head);
			} else {
				flow = head;
			}
			statement = after_labels(statement, &has_default);
		} else if (i == 0) {
			refuse(statement, RULE_C_SWITCH, "statement before the first label");
		}
		in_switch = true;
		statement_check(statement);
		in_switch = false;
		runs_on = !leaves(statement);
	}
	if (!has_default || runs_on) {
		struct flow end = flow;

		if (!has_default) {
			flow = head;
			leave_to(body, breaks);
		}
		if (runs_on) {
			flow = end;
			leave_to(body, breaks);
		}
	}
}

static void switch_check(CXCursor statement)
{
	struct nodes parts = children(statement);
	struct breaks breaks = {.first_variable = flow.count};
	struct breaks *outer = break_target;

	if (parts.count != 2 || kind(parts.at[1]) != CXCursor_CompoundStmt) {
		refuse(statement, RULE_C_CONSTRUCT, "this form of switch");
		return;
	}
	expression_check(parts.at[0]);
	break_target = &breaks;

	unsigned count = flow.count;

	switch_body_check(parts.at[1], &breaks);
	break_target = outer;
	if (breaks.any) {
		flow = breaks.flow;
	}
	flow.count = count;
}

/* --- statements --- */

static void block_check(CXCursor block)
{
	struct nodes parts = children(block);
	unsigned outer = flow.count;

	for (unsigned i = 0; i < parts.count; i++) {
		statement_check(parts.at[i]);
	}
	if (!leaves(block)) {
		flow_check_lost(block, outer);
	}
	flow.count = outer;
}

void statement_check(CXCursor statement)
{
	bool outer = in_switch;

	switch (kind(statement)) {
	case CXCursor_CompoundStmt:
		in_switch = false;
		block_check(statement);
		in_switch = outer;
		break;
	case CXCursor_DeclStmt:
		declaration_statement_check(statement);
		break;
	case CXCursor_NullStmt:
		break;
	case CXCursor_BreakStmt:
		leave_to(statement, break_target);
		break;
	case CXCursor_ContinueStmt:
		leave_to(statement, continue_target);
		break;
	case CXCursor_IfStmt:
		if_check(statement);
		break;
	case CXCursor_SwitchStmt:
		in_switch = false;
		switch_check(statement);
		in_switch = outer;
		break;
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
		refuse(statement, RULE_C_SWITCH, "label inside another statement");
		break;
	case CXCursor_ForStmt:
		in_switch = false;
		loop_check(statement);
		in_switch = outer;
		break;
	case CXCursor_ReturnStmt:
		return_check(statement);
		break;
	default:
		if (clang_isExpression(kind(statement))) {
			expression_statement_check(statement);
		} else {
			refuse(statement, RULE_C_CONSTRUCT,
			       string_of(clang_getCursorKindSpelling(kind(statement))));
		}
		break;
	}
}

static void parameter_add(CXCursor parameter)
{
	CXType declared = type(parameter);
	struct variable *variable = flow_add(parameter);

	variable->keep = is_lent_kind(declared) &&
			 (has_word(parameter, "keep") ||
			  (is_pointer(declared) && is_pinned(clang_getPointeeType(declared))));
	variable->not_null = is_pointer(declared) && !has_word(parameter, "nullable");
	variable->owned = is_owned(declared);
	variable->held = variable->owned;
}

void function_check(CXCursor function)
{
	struct nodes parts = children(function);

	current_function = function;
	flow.count = 0;
	loop_product = 1;
	grant_depth = 0;
	break_target = NULL;
	continue_target = NULL;
	for (int i = 0; i < clang_Cursor_getNumArguments(function); i++) {
		parameter_add(clang_Cursor_getArgument(function, (unsigned)i));
	}
	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) == CXCursor_CompoundStmt) {
			statement_check(parts.at[i]);
			if (!leaves(parts.at[i])) {
				flow_check_lost(parts.at[i], 0);
			}
		}
	}
}
