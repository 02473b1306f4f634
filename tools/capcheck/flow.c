/* What is known about local variables at one point of a function: which pointers are not NULL,
 * which hold something that lives for ever, which buffers are still to be given away.
 *
 * It is sound because code is structured (no goto), assignments are statements, and a loop or a
 * switch forgets at its head what its body may change. */

#include "capcheck.h"
#include <string.h>

struct flow flow;

struct variable *flow_find(CXCursor declaration)
{
	for (unsigned i = flow.count; i > 0; i--) {
		if (same(flow.variables[i - 1].declaration, declaration)) {
			return &flow.variables[i - 1];
		}
	}
	return NULL;
}

struct variable *flow_add(CXCursor declaration)
{
	if (flow.count == VARIABLES_MAX) {
		fail("%s: too many variables in one function", options.file);
	}

	struct variable *added = &flow.variables[flow.count];

	flow.count++;
	*added = (struct variable){.declaration = declaration};
	return added;
}

static struct variable *variable_of(CXCursor expression)
{
	CXCursor inner = strip(expression);

	return kind(inner) == CXCursor_DeclRefExpr ? flow_find(referenced(inner)) : NULL;
}

static void learn_comparison(CXCursor comparison, bool truth)
{
	struct nodes sides = children(comparison);
	enum CXBinaryOperatorKind operation = clang_getCursorBinaryOperatorKind(comparison);

	if (sides.count != 2) {
		return;
	}
	if ((operation == CXBinaryOperator_LAnd && truth) ||
	    (operation == CXBinaryOperator_LOr && !truth)) {
		flow_learn(sides.at[0], truth);
		flow_learn(sides.at[1], truth);
	} else if ((operation == CXBinaryOperator_EQ && !truth) ||
		   (operation == CXBinaryOperator_NE && truth)) {
		if (is_null(sides.at[1])) {
			flow_learn(sides.at[0], true);
		} else if (is_null(sides.at[0])) {
			flow_learn(sides.at[1], true);
		}
	}
}

void flow_learn(CXCursor condition, bool truth)
{
	CXCursor inner = strip(condition);

	if (kind(inner) == CXCursor_BinaryOperator) {
		learn_comparison(inner, truth);
	} else if (kind(inner) == CXCursor_UnaryOperator &&
		   clang_getCursorUnaryOperatorKind(inner) == CXUnaryOperator_LNot) {
		flow_learn(children(inner).at[0], !truth);
	} else if (kind(inner) == CXCursor_DeclRefExpr && is_pointer(type(inner)) && truth) {
		struct variable *variable = variable_of(inner);

		if (variable != NULL) {
			variable->not_null = true;
		}
	}
}

/* One message is enough: the rest of the function takes it for told. */
void flow_assume_not_null(CXCursor expression)
{
	struct variable *variable = variable_of(expression);

	if (variable != NULL) {
		variable->not_null = true;
	}
}

void flow_forget_assigned(CXCursor tree)
{
	for (unsigned i = 0; i < flow.count; i++) {
		if (flow.variables[i].not_null && touches(tree, flow.variables[i].declaration)) {
			flow.variables[i].not_null = false;
		}
	}
}

void flow_merge(const struct flow *other)
{
	for (unsigned i = 0; i < flow.count && i < other->count; i++) {
		struct variable *own = &flow.variables[i];

		own->not_null = own->not_null && other->variables[i].not_null;
		own->held = own->held || other->variables[i].held;
	}
}

void flow_check_lost(CXCursor at, unsigned first)
{
	for (unsigned i = first; i < flow.count; i++) {
		if (flow.variables[i].owned && flow.variables[i].held) {
			refuse(at, RULE_O_LOST, name(flow.variables[i].declaration));
		}
	}
}

/* --- what an expression is --- */

bool is_null(CXCursor expression)
{
	CXCursor inner = strip(expression);

	if (kind(inner) != CXCursor_CStyleCastExpr || !is_made_by(inner, "NULL")) {
		return false;
	}

	struct nodes parts = children(inner);

	return parts.count == 1 && kind(parts.at[0]) == CXCursor_IntegerLiteral;
}

/* The place that an address is taken of lives for ever: a constant, a part of something kept. */
static bool is_place_kept(CXCursor expression)
{
	CXCursor place = strip(expression);
	struct nodes parts = children(place);

	switch (kind(place)) {
	case CXCursor_DeclRefExpr:
		return kind(referenced(place)) == CXCursor_VarDecl &&
		       !is_local_variable(referenced(place));
	case CXCursor_ArraySubscriptExpr:
		return parts.count == 2 && is_place_kept(parts.at[0]);
	case CXCursor_MemberRefExpr:
		if (parts.count < 1) {
			return false;
		}
		return is_pointer(type(parts.at[0])) ? is_kept(parts.at[0])
						     : is_place_kept(parts.at[0]);
	case CXCursor_UnaryOperator:
		return clang_getCursorUnaryOperatorKind(place) == CXUnaryOperator_Deref &&
		       parts.count == 1 && is_kept(parts.at[0]);
	default:
		return false;
	}
}

static CXCursor first_child(CXCursor parent, enum CXCursorKind wanted)
{
	struct nodes parts = children(parent);

	return parts.count > 0 && kind(parts.at[0]) == wanted ? parts.at[0] : clang_getNullCursor();
}

/* Step by step: `__extension__` may stand before more than the braces. */
CXCursor present_pointer(CXCursor expression)
{
	if (kind(expression) != CXCursor_UnaryOperator || !is_made_by(expression, "PRESENT")) {
		return clang_getNullCursor();
	}

	CXCursor braces = first_child(expression, CXCursor_StmtExpr);
	CXCursor block = first_child(braces, CXCursor_CompoundStmt);
	CXCursor statement = first_child(block, CXCursor_DeclStmt);
	CXCursor variable = first_child(statement, CXCursor_VarDecl);

	return clang_Cursor_isNull(variable) || strcmp(name(variable), "private_pointer") != 0
		   ? clang_getNullCursor()
		   : clang_Cursor_getVarDeclInitializer(variable);
}

static bool is_unary_kept(CXCursor expression)
{
	struct nodes parts = children(expression);
	CXCursor present = present_pointer(expression);

	if (!clang_Cursor_isNull(present)) {
		return is_kept(present);
	}
	return clang_getCursorUnaryOperatorKind(expression) == CXUnaryOperator_AddrOf &&
	       parts.count == 1 && is_place_kept(parts.at[0]);
}

/* Whether the pointer or view is of something that lives for ever. Fields hold nothing else. */
bool is_kept(CXCursor expression)
{
	CXCursor inner = strip(expression);
	CXType value = type(inner);

	if (is_null(inner) || (is_pointer(value) && is_pinned(clang_getPointeeType(value)))) {
		return true;
	}
	switch (kind(inner)) {
	case CXCursor_DeclRefExpr: {
		struct variable *variable = flow_find(referenced(inner));

		return variable != NULL ? variable->keep : !is_local_variable(referenced(inner));
	}
	case CXCursor_MemberRefExpr:
		return !has_word(referenced(inner), "borrowed") &&
		       !has_word(clang_getCursorSemanticParent(referenced(inner)), "borrowed");
	case CXCursor_ArraySubscriptExpr:
		return true;
	case CXCursor_CallExpr:
		return has_word(referenced(inner), "keep") ||
		       (is_pointer(value) && !is_in_trusted_header(referenced(inner)));
	case CXCursor_ConditionalOperator: {
		struct nodes parts = children(inner);

		return parts.count == 3 && is_kept(parts.at[1]) && is_kept(parts.at[2]);
	}
	case CXCursor_CompoundLiteralExpr:
		return is_made_by(inner, "SPAN_OF_TEXT");
	case CXCursor_UnaryOperator:
		return is_unary_kept(inner);
	default:
		return false;
	}
}

bool is_not_null(CXCursor expression)
{
	CXCursor inner = strip(expression);

	if (is_null(inner)) {
		return false;
	}
	switch (kind(inner)) {
	case CXCursor_DeclRefExpr: {
		struct variable *variable = flow_find(referenced(inner));

		return variable != NULL && variable->not_null;
	}
	case CXCursor_MemberRefExpr:
		return is_pointer(type(inner)) && !has_word(referenced(inner), "nullable");
	case CXCursor_CallExpr:
		return is_pointer(type(inner)) && !has_word(referenced(inner), "nullable");
	case CXCursor_UnaryOperator:
		return !clang_Cursor_isNull(present_pointer(inner)) ||
		       clang_getCursorUnaryOperatorKind(inner) == CXUnaryOperator_AddrOf;
	case CXCursor_ConditionalOperator: {
		struct nodes parts = children(inner);

		return parts.count == 3 && is_not_null(parts.at[1]) && is_not_null(parts.at[2]);
	}
	default:
		return false;
	}
}
