/* Expressions: which there are, and what each may do. */

#include "capcheck.h"
#include <string.h>

static const char *describe(CXCursor expression)
{
	CXCursor inner = strip(expression);
	const char *text = name(inner);

	return *text != '\0' ? text : string_format("this %s", type_name(type(inner)));
}

static const char *lent_kind(CXType type)
{
	return is_pointer(type) ? "pointer" : "view";
}

/* --- conversions --- */

static CXType bare_target(CXType pointer)
{
	return clang_getUnqualifiedType(clang_getCanonicalType(clang_getPointeeType(pointer)));
}

static void pointer_conversion_check(CXCursor at, CXType from, CXType to)
{
	if (is_array(from)) {
		refuse(at, RULE_M_DECAY, describe(at));
	} else if (from.kind == CXType_FunctionProto) {
		return; /* reference_check() refuses its name */
	} else if (!is_pointer(from) || !clang_equalTypes(bare_target(from), bare_target(to))) {
		refuse(at, RULE_M_CONVERSION, type_name(from), type_name(to));
	}
}

/* What the compiler inserts: conversions between numbers, reading a place. Every copy of a struct reads
 * one, so that this is where copies of what is pinned or owned are found, wherever they go. */
static void conversion_check(CXCursor at)
{
	struct nodes parts = children(at);

	if (parts.count != 1) {
		refuse(at, RULE_C_CONSTRUCT, "this form of expression");
		return;
	}

	CXCursor inner = parts.at[0];
	CXType to = type(at);
	CXType from = type(inner);

	if (is_null(at)) {
		return;
	}
	if (is_pointer(to)) {
		pointer_conversion_check(at, from, to);
	} else if (is_pointer(from) && to.kind != CXType_Bool) {
		refuse(at, RULE_M_CONVERSION, type_name(from), type_name(to));
	} else if (is_record(to) && is_pinned(to)) {
		refuse(at, RULE_M_PINNED_COPY, describe(inner));
	} else if (is_record(to) && is_owned(to) && !is_owned_source(inner)) {
		refuse(at, RULE_O_COPY, describe(inner));
	} else if (!is_integer(to) && !is_record(to)) {
		refuse(at, RULE_M_CONVERSION, type_name(from), type_name(to));
	} else if (is_record(to) != is_record(from)) {
		refuse(at, RULE_M_CONVERSION, type_name(from), type_name(to));
	}
	register_enum_check(at, to, inner);
	expression_check(inner);
}

bool is_owned_source(CXCursor expression)
{
	return kind(strip(expression)) == CXCursor_CallExpr;
}

static void cast_check(CXCursor cast)
{
	struct nodes parts = children(cast);
	CXType to = type(cast);

	if (is_null(cast)) {
		return;
	}
	if (parts.count == 0) {
		refuse(cast, RULE_C_CONSTRUCT, "this form of cast");
		return;
	}

	CXCursor inner = parts.at[parts.count - 1];

	if (to.kind == CXType_Void) {
		/* (void)variable uses nothing and moves nothing. */
		if (kind(strip(inner)) != CXCursor_DeclRefExpr) {
			expression_check(inner);
		}
		return;
	}
	if (!is_integer(to) || !is_integer(type(inner))) {
		refuse(cast, RULE_M_CAST, type_name(type(inner)), type_name(to));
		return;
	}
	register_enum_check(cast, to, inner);
	expression_check(inner);
}

/* --- places --- */

static void member_check(CXCursor member)
{
	struct nodes parts = children(member);

	if (parts.count < 1 || !clang_isExpression(kind(parts.at[0]))) {
		refuse(member, RULE_C_CONSTRUCT, "this form of member");
		return;
	}
	if (is_pointer(type(parts.at[0])) && !is_not_null(parts.at[0])) {
		refuse(member, RULE_M_NULL, describe(parts.at[0]));
		flow_assume_not_null(parts.at[0]);
	}
	register_member_check(member);
	expression_check(parts.at[0]);
}

/* Something that lies in memory; a part of what a call returns does not. */
static bool is_place(CXCursor expression)
{
	CXCursor inner = strip_parentheses(expression);
	struct nodes parts = children(inner);

	switch (kind(inner)) {
	case CXCursor_DeclRefExpr:
	case CXCursor_UnaryOperator:
		return true;
	case CXCursor_MemberRefExpr:
		return parts.count > 0 && (is_pointer(type(parts.at[0])) || is_place(parts.at[0]));
	case CXCursor_ArraySubscriptExpr:
		return parts.count > 0 && is_place(strip(parts.at[0]));
	default:
		return false;
	}
}

/* The compiler's trap sees the array only when it is named on the spot. */
static void subscript_check(CXCursor subscript)
{
	struct nodes parts = children(subscript);

	if (parts.count != 2) {
		refuse(subscript, RULE_C_CONSTRUCT, "this form of index");
		return;
	}

	CXCursor decayed = strip_parentheses(parts.at[0]);
	CXCursor array = strip(decayed);
	bool is_named = kind(array) == CXCursor_MemberRefExpr ||
			kind(array) == CXCursor_DeclRefExpr ||
			kind(array) == CXCursor_ArraySubscriptExpr;

	if (kind(decayed) != CXCursor_UnexposedExpr || !is_array(type(array)) || !is_named ||
	    !is_place(array) || !is_integer(type(parts.at[1]))) {
		refuse(subscript, RULE_M_INDEX, describe(parts.at[0]));
		return;
	}
	expression_check(array);
	expression_check(parts.at[1]);
}

static void reference_check(CXCursor reference)
{
	CXCursor target = referenced(reference);

	switch (kind(target)) {
	case CXCursor_FunctionDecl:
		refuse(reference, RULE_A_FUNCTION, name(target));
		break;
	case CXCursor_VarDecl:
		if (is_local_variable(target) && flow_find(target) == NULL) {
			refuse(reference, RULE_M_UNINITIALISED,
			       name(target)); /* in its own value */
		}
		if (has_functions(type(target))) {
			refuse(reference, RULE_A_TABLE, name(target));
		}
		break;
	case CXCursor_ParmDecl:
	case CXCursor_EnumConstantDecl:
		break;
	default:
		refuse(reference, RULE_C_CONSTRUCT, "this name");
		break;
	}
}

/* --- operators --- */

static bool is_checked_element(CXCursor address, CXCursor place)
{
	struct nodes parts = children(place);

	return is_made_by(address, "ELEMENT") && parts.count == 2 &&
	       strcmp(name(strip(parts.at[1])), "private_index") == 0;
}

/* The entry that a block on a grant fills. */
static bool is_grant_entry(CXCursor address)
{
	return is_made_by(address, "GRANT_ENTER") || is_made_by(address, "GRANT_EACH");
}

static void address_check(CXCursor address)
{
	CXCursor place = strip_parentheses(children(address).at[0]);
	CXType target = type(place);

	switch (kind(place)) {
	case CXCursor_ArraySubscriptExpr:
		if (!is_checked_element(address, place)) {
			refuse(address, RULE_M_ELEMENT);
			return;
		}
		break;
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
		break;
	case CXCursor_UnaryOperator:
		if (clang_getCursorUnaryOperatorKind(place) == CXUnaryOperator_Deref) {
			break;
		}
		/* fall through */
	default:
		refuse(address, RULE_M_ADDRESS, "something that has no name");
		return;
	}
	if (kind(referenced(place)) == CXCursor_FunctionDecl) {
		refuse(address, RULE_A_FUNCTION, name(place));
		return;
	} else if (!is_integer(target) && !is_record(target)) {
		refuse(address, RULE_M_ADDRESS, is_array(target) ? "an array" : "a pointer");
	} else if (is_borrowed(target) && !is_grant_entry(address)) {
		refuse(address, RULE_M_ADDRESS, "a view");
	}
	expression_check(place);
}

static void unary_check(CXCursor operation)
{
	struct nodes parts = children(operation);

	if (parts.count != 1) {
		refuse(operation, RULE_C_CONSTRUCT, "this operator");
		return;
	}

	CXCursor operand = parts.at[0];

	switch (clang_getCursorUnaryOperatorKind(operation)) {
	case CXUnaryOperator_AddrOf:
		address_check(operation);
		return;
	case CXUnaryOperator_Deref:
		if (!is_not_null(operand)) {
			refuse(operation, RULE_M_NULL, describe(operand));
			flow_assume_not_null(operand);
		}
		break;
	case CXUnaryOperator_LNot:
	case CXUnaryOperator_Plus:
	case CXUnaryOperator_Minus:
	case CXUnaryOperator_Not:
		break;
	default:
		refuse(operation, RULE_C_CONSTRUCT, "this operator");
		return;
	}
	expression_check(operand);
}

/* PRESENT(pointer): a statement expression of a trusted header around the pointer. */
static bool present_check(CXCursor operation)
{
	CXCursor pointer = present_pointer(operation);

	if (clang_Cursor_isNull(pointer)) {
		return false;
	}
	expression_check(pointer);
	if (!is_pointer(type(pointer))) {
		refuse(operation, RULE_M_CONVERSION, type_name(type(pointer)), "pointer");
	}
	return true;
}

static void logic_check(CXCursor operation, struct nodes sides, bool right_if)
{
	expression_check(sides.at[0]);

	struct flow before = flow;

	flow_learn(sides.at[0], right_if);
	expression_check(sides.at[1]);

	struct flow after = flow;

	flow = before;
	flow_merge(&after);
	(void)operation;
}

static void binary_check(CXCursor operation)
{
	struct nodes sides = children(operation);

	if (sides.count != 2) {
		refuse(operation, RULE_C_CONSTRUCT, "this operator");
		return;
	}

	enum CXBinaryOperatorKind operator_kind = clang_getCursorBinaryOperatorKind(operation);
	bool pointers = is_pointer(type(sides.at[0])) || is_pointer(type(sides.at[1]));

	switch (operator_kind) {
	case CXBinaryOperator_LAnd:
	case CXBinaryOperator_LOr:
		logic_check(operation, sides, operator_kind == CXBinaryOperator_LAnd);
		return;
	case CXBinaryOperator_EQ:
	case CXBinaryOperator_NE:
		if (pointers && !is_null(sides.at[0]) && !is_null(sides.at[1])) {
			refuse(operation, RULE_M_COMPARE);
		}
		break;
	case CXBinaryOperator_LT:
	case CXBinaryOperator_GT:
	case CXBinaryOperator_LE:
	case CXBinaryOperator_GE:
		if (pointers) {
			refuse(operation, RULE_M_COMPARE);
		}
		break;
	case CXBinaryOperator_Mul:
	case CXBinaryOperator_Div:
	case CXBinaryOperator_Rem:
	case CXBinaryOperator_Add:
	case CXBinaryOperator_Sub:
	case CXBinaryOperator_Shl:
	case CXBinaryOperator_Shr:
	case CXBinaryOperator_And:
	case CXBinaryOperator_Xor:
	case CXBinaryOperator_Or:
		if (pointers) {
			refuse(operation, RULE_M_ARITHMETIC);
		}
		break;
	default:
		refuse(operation, RULE_C_CONSTRUCT, "this operator");
		return;
	}
	expression_check(sides.at[0]);
	expression_check(sides.at[1]);
}

static void choice_check(CXCursor choice)
{
	struct nodes parts = children(choice);

	if (parts.count != 3) {
		refuse(choice, RULE_C_CONSTRUCT, "this form of ?:");
		return;
	}
	expression_check(parts.at[0]);

	struct flow before = flow;

	flow_learn(parts.at[0], true);
	expression_check(parts.at[1]);

	struct flow after = flow;

	flow = before;
	flow_learn(parts.at[0], false);
	expression_check(parts.at[2]);
	flow_merge(&after);
	if (is_owned(type(choice))) {
		refuse(choice, RULE_O_COPY, describe(choice));
	}
}

static void literal_check(CXCursor literal)
{
	struct nodes parts = children(literal);

	if (is_made_by(literal, "SPAN_OF_TEXT") || is_made_by(literal, "PROCESS_ID_NONE")) {
		return;
	}
	if (is_pinned(type(literal))) {
		refuse(literal, RULE_M_PINNED, type_name(type(literal)), "a value");
	}
	if (!is_record(type(literal)) || parts.count == 0) {
		refuse(literal, RULE_M_TYPE, type_name(type(literal)), "a value");
		return;
	}
	initializer_check(parts.at[parts.count - 1], type(literal));
}

/* sizeof evaluates nothing; its operand keeps the rules all the same, which makes ARRAY_LENGTH of a
 * pointer an error. */
static void size_check(CXCursor operation)
{
	struct nodes parts = children(operation);

	for (unsigned i = 0; i < parts.count; i++) {
		if (clang_isExpression(kind(parts.at[i]))) {
			expression_check(parts.at[i]);
		}
	}
}

void expression_check(CXCursor expression)
{
	expression_type_check(expression);
	if (is_assignment(expression)) {
		refuse(expression, RULE_C_ASSIGNMENT);
		return;
	}
	switch (kind(expression)) {
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
		break;
	case CXCursor_UnaryExpr:
		size_check(expression);
		break;
	case CXCursor_ParenExpr:
		expression_check(strip_parentheses(expression));
		break;
	case CXCursor_DeclRefExpr:
		reference_check(expression);
		break;
	case CXCursor_MemberRefExpr:
		member_check(expression);
		break;
	case CXCursor_ArraySubscriptExpr:
		subscript_check(expression);
		break;
	case CXCursor_CallExpr:
		call_check(expression);
		break;
	case CXCursor_UnaryOperator:
		if (!present_check(expression)) {
			unary_check(expression);
		}
		break;
	case CXCursor_BinaryOperator:
		binary_check(expression);
		break;
	case CXCursor_ConditionalOperator:
		choice_check(expression);
		break;
	case CXCursor_CStyleCastExpr:
		cast_check(expression);
		break;
	case CXCursor_UnexposedExpr:
		conversion_check(expression);
		break;
	case CXCursor_CompoundLiteralExpr:
		literal_check(expression);
		break;
	default:
		refuse(expression, RULE_C_CONSTRUCT,
		       string_of(clang_getCursorKindSpelling(kind(expression))));
		break;
	}
}

/* --- statements that are expressions --- */

static void variable_store_check(CXCursor at, struct variable *variable, CXCursor value)
{
	const char *kept_kind = lent_kind(type(at));

	if (!variable->keep) {
		refuse(at, RULE_B_REASSIGN, name(variable->declaration));
	} else if (!is_kept(value)) {
		refuse(at, RULE_B_STORE, kept_kind);
	}
	variable->not_null = is_not_null(value);
}

/* Into a field, an element or through a pointer: what stays there must live for ever. `field` is
 * the FieldDecl, or null. */
void expression_store_check(CXCursor at, CXCursor field, CXCursor value)
{
	if (!is_lent_kind(type(value))) {
		return;
	}
	facts_add_store(field, value);
	if (!is_kept(value)) {
		refuse(at, RULE_B_STORE, lent_kind(type(value)));
	}
	if (kind(field) == CXCursor_FieldDecl && is_pointer(type(field)) &&
	    !has_word(field, "nullable") && !is_not_null(value)) {
		refuse(at, RULE_M_NULL_STORE, name(field));
	}
}

static void owned_store_check(CXCursor at, CXCursor place)
{
	struct variable *variable =
	    kind(place) == CXCursor_DeclRefExpr ? flow_find(referenced(place)) : NULL;

	if (variable == NULL) {
		return;
	}
	/* What a loop puts into a variable from outside is there at its second round. */
	if (variable->held || (continue_target != NULL &&
			       variable < &flow.variables[continue_target->first_variable])) {
		refuse(at, RULE_O_OVERWRITE, name(place));
	}
	variable->held = true;
}

static void simple_assignment_check(CXCursor assignment)
{
	struct nodes sides = children(assignment);

	if (sides.count != 2) {
		refuse(assignment, RULE_C_CONSTRUCT, "this form of assignment");
		return;
	}

	CXCursor place = strip(sides.at[0]);
	CXType target = type(place);

	expression_check(sides.at[1]);
	expression_check(sides.at[0]);
	register_field_check(referenced(place), sides.at[1]);
	if (is_owned(target)) {
		owned_store_check(assignment, place);
	} else if (is_lent_kind(target)) {
		struct variable *variable =
		    kind(place) == CXCursor_DeclRefExpr ? flow_find(referenced(place)) : NULL;

		if (variable != NULL) {
			variable_store_check(assignment, variable, sides.at[1]);
		} else {
			expression_store_check(assignment, referenced(place), sides.at[1]);
		}
	}
}

static void assignment_check(CXCursor assignment)
{
	CXCursor place = assigned(assignment);
	struct nodes sides = children(assignment);

	switch (kind(place)) {
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
	case CXCursor_UnaryOperator:
		break;
	default:
		refuse(assignment, RULE_C_CONSTRUCT, "assignment to this");
		return;
	}
	if (kind(assignment) == CXCursor_BinaryOperator) {
		simple_assignment_check(assignment);
		return;
	}
	if (!is_integer(type(place))) {
		refuse(assignment, RULE_M_ARITHMETIC);
		return;
	}
	if (is_register_field(referenced(place))) {
		register_field_refuse(assignment, referenced(place));
	}
	if (options.profile == PROFILE_CHIP && type(place).kind == CXType_Enum) {
		refuse(assignment, RULE_R_ENUM, "a number", type_name(type(place)));
	}
	for (unsigned i = 0; i < sides.count; i++) {
		if (clang_isExpression(kind(sides.at[i]))) {
			expression_check(sides.at[i]);
		}
	}
}

static bool is_dropped(CXCursor statement)
{
	CXCursor value = strip(statement);

	if (kind(value) == CXCursor_CStyleCastExpr) {
		struct nodes parts = children(value);

		return parts.count > 0 && is_dropped(parts.at[parts.count - 1]);
	}
	return kind(value) == CXCursor_CallExpr && is_owned(type(value));
}

void expression_statement_check(CXCursor statement)
{
	if (is_dropped(statement)) {
		refuse(statement, RULE_O_DISCARD, type_name(type(strip(statement))));
	}
	if (is_assignment(statement)) {
		expression_type_check(statement);
		assignment_check(statement);
		return;
	}
	expression_check(statement);
}
