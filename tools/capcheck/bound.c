/* How large an expression can be, as far as its form shows it. */

#include "capcheck.h"
#include <stdlib.h>
#include <string.h>

unsigned long long saturated_product(unsigned long long a, unsigned long long b)
{
	unsigned long long product;

	return __builtin_mul_overflow(a, b, &product) ? UNBOUNDED : product;
}

unsigned long long saturated_sum(unsigned long long a, unsigned long long b)
{
	unsigned long long sum;

	return __builtin_add_overflow(a, b, &sum) ? UNBOUNDED : sum;
}

static unsigned long long least(unsigned long long a, unsigned long long b)
{
	return a < b ? a : b;
}

static bool constant_value(CXCursor expression, unsigned long long *value)
{
	CXEvalResult result = clang_Cursor_Evaluate(expression);

	if (result == NULL) {
		return false;
	}

	bool is_known = clang_EvalResult_getKind(result) == CXEval_Int;

	if (is_known && clang_EvalResult_isUnsignedInt(result)) {
		*value = clang_EvalResult_getAsUnsigned(result);
	} else if (is_known) {
		long long number = clang_EvalResult_getAsLongLong(result);

		is_known = number >= 0;
		*value = (unsigned long long)number;
	}
	clang_EvalResult_dispose(result);
	return is_known;
}

static unsigned long long bound_of_call(CXCursor call, CXCursor function)
{
	CXCursor callee = referenced(call);
	const char *limit = word_with_prefix(callee, "bound:");
	struct nodes parts = children(call);

	if (limit != NULL && is_in_trusted_header(callee)) {
		return strtoull(limit, NULL, 0);
	}
	if (strcmp(name(callee), "minimum") == 0 && is_in_trusted_header(callee) &&
	    parts.count == 3) {
		return least(bound_of(parts.at[1], function), bound_of(parts.at[2], function));
	}
	return UNBOUNDED;
}

static bool is_unsigned(CXType type)
{
	switch (type.kind) {
	case CXType_Bool:
	case CXType_Char_U:
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

static bool is_never_negative(CXCursor expression)
{
	unsigned long long value;

	return constant_value(expression, &value) || is_unsigned(type(strip(expression)));
}

static unsigned long long bound_of_operation(CXCursor operation, CXCursor function)
{
	struct nodes operands = children(operation);
	unsigned long long right;

	if (operands.count != 2) {
		return UNBOUNDED;
	}
	switch (clang_getCursorBinaryOperatorKind(operation)) {
	case CXBinaryOperator_Rem:
		return is_never_negative(operands.at[0]) &&
			       constant_value(operands.at[1], &right) && right > 0
			   ? right - 1
			   : UNBOUNDED;
	case CXBinaryOperator_And:
		return least(bound_of(operands.at[0], function),
			     bound_of(operands.at[1], function));
	case CXBinaryOperator_Div:
	case CXBinaryOperator_Shr:
		return is_never_negative(operands.at[1]) ? bound_of(operands.at[0], function)
							 : UNBOUNDED;
	default:
		return UNBOUNDED;
	}
}

/* A local variable that keeps its first value is as large as that. */
static unsigned long long bound_of_variable(CXCursor reference, CXCursor function)
{
	CXCursor variable = referenced(reference);

	if (kind(variable) != CXCursor_VarDecl || !is_local_variable(variable) ||
	    touches(function, variable)) {
		return UNBOUNDED;
	}

	CXCursor first = clang_Cursor_getVarDeclInitializer(variable);

	return clang_Cursor_isNull(first) ? UNBOUNDED : bound_of(first, function);
}

static unsigned long long bound_of_form(CXCursor expression, CXCursor function)
{
	switch (kind(expression)) {
	case CXCursor_CallExpr:
		return bound_of_call(expression, function);
	case CXCursor_BinaryOperator:
		return bound_of_operation(expression, function);
	case CXCursor_DeclRefExpr:
		return bound_of_variable(expression, function);
	case CXCursor_MemberRefExpr: {
		int width = clang_getFieldDeclBitWidth(referenced(expression));

		return width > 0 && width < 64 ? (1ull << width) - 1 : UNBOUNDED;
	}
	case CXCursor_ConditionalOperator: {
		struct nodes parts = children(expression);

		if (parts.count != 3) {
			return UNBOUNDED;
		}

		unsigned long long a = bound_of(parts.at[1], function);
		unsigned long long b = bound_of(parts.at[2], function);

		return a > b ? a : b;
	}
	default:
		return UNBOUNDED;
	}
}

/* Only what is unsigned all the way down has a bound: -1 is large once it is converted. */
unsigned long long bound_of(CXCursor whole, CXCursor function)
{
	unsigned long long value;

	if (constant_value(whole, &value)) {
		return value;
	}

	CXCursor expression = strip(whole);
	CXType own = type(expression);

	if (kind(expression) == CXCursor_CallExpr) {
		return bound_of_form(expression, function);
	}
	if (!is_unsigned(own)) {
		/* Arithmetic on small unsigned numbers is done in int, and stays what it was. */
		return kind(expression) == CXCursor_BinaryOperator
			   ? bound_of_form(expression, function)
			   : UNBOUNDED;
	}

	unsigned long long limit = type_maximum(own);

	if (limit > 0xffff) {
		limit = UNBOUNDED;
	}
	return least(limit, bound_of_form(expression, function));
}
