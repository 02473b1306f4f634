/* Initialisers: each value goes to a field that is told apart, as a store does. What is left out is
 * zero, which for a pointer is NULL. */

#include "capcheck.h"

static void value_check(CXCursor value, CXCursor field, CXType target)
{
	if (kind(value) == CXCursor_InitListExpr) {
		initializer_check(value, target);
		return;
	}
	expression_check(value);
	if (is_array(target) || (is_record(target) && !is_record(type(value)))) {
		refuse(value, RULE_M_BRACES, type_name(target));
	}
	if (is_owned(target) && !is_owned_source(value)) {
		refuse(value, RULE_O_COPY, name(value));
	}
	register_field_check(field, value);
	expression_store_check(value, field, value);
}

/* `.field.part = value` leaves the rest of the field out, unseen. */
static void form_check(CXCursor part)
{
	if (kind(part) == CXCursor_UnexposedExpr && children(part).count > 2) {
		refuse(part, RULE_C_CONSTRUCT, "this form of initialiser");
	}
}

/* The last part of `.field = value` or `[index] = value`; or the whole. */
static CXCursor value_of(CXCursor part)
{
	struct nodes inner = children(part);

	return kind(part) == CXCursor_UnexposedExpr && inner.count >= 2 ? inner.at[inner.count - 1]
									: part;
}

static CXCursor named_field(CXCursor part)
{
	struct nodes inner = children(part);

	return kind(part) == CXCursor_UnexposedExpr && inner.count >= 2 &&
		       kind(inner.at[0]) == CXCursor_MemberRef
		   ? referenced(inner.at[0])
		   : clang_getNullCursor();
}

static bool is_zero(const struct nodes *parts)
{
	return parts->count == 0 ||
	       (parts->count == 1 && kind(strip(parts->at[0])) == CXCursor_IntegerLiteral &&
		bound_of(strip(parts->at[0]), parts->at[0]) == 0);
}

static unsigned place_of(const struct nodes *all, CXCursor field)
{
	for (unsigned i = 0; i < all->count; i++) {
		if (same(all->at[i], field)) {
			return i;
		}
	}
	return all->count;
}

static void left_out_check(CXCursor at, CXCursor field);

/* Pointers in it that must not be NULL would be. */
static void zero_check(CXCursor at, CXType whole)
{
	CXCursor record = record_of(whole);

	if (kind(record) != CXCursor_StructDecl) {
		return;
	}

	struct nodes inner = fields(clang_getCursorType(record));

	if (has_word(record, "nozero")) {
		refuse(at, RULE_A_FORGE, type_name(clang_getCursorType(record)));
	}

	for (unsigned i = 0; i < inner.count; i++) {
		left_out_check(at, inner.at[i]);
	}
}

static void left_out_check(CXCursor at, CXCursor field)
{
	if (is_pointer(type(field)) && !has_word(field, "nullable") &&
	    !begins_with(name(field), "private_")) {
		refuse(at, RULE_M_NULL_STORE, name(field));
	}
	register_left_out_check(at, field);
	zero_check(at, type(field));
}

static void record_initializer_check(CXCursor list, CXType record)
{
	struct nodes parts = children(list);
	struct nodes all = fields(record);
	bool *given = memory_take(all.count + 1);
	unsigned next = 0;

	if (is_zero(&parts) && !has_word(record_of(record), "nozero")) {
		parts.count = 0;
	} else if (has_word(record_of(record), "borrowed") ||
		   has_word(record_of(record), "owned")) {
		refuse(list, RULE_A_FORGE, type_name(record));
		return;
	}
	for (unsigned i = 0; i < parts.count; i++) {
		CXCursor named = named_field(parts.at[i]);

		next = clang_Cursor_isNull(named) ? next : place_of(&all, named);
		if (next >= all.count) {
			refuse(parts.at[i], RULE_C_CONSTRUCT, "this form of initialiser");
			return;
		}
		if (begins_with(name(all.at[next]), "private_")) {
			refuse(parts.at[i], RULE_A_FORGE, type_name(record));
			return;
		}
		form_check(parts.at[i]);
		value_check(value_of(parts.at[i]), all.at[next], type(all.at[next]));
		given[next] = true;
		next++;
	}
	for (unsigned i = 0; i < all.count; i++) {
		if (!given[i]) {
			left_out_check(list, all.at[i]);
		}
	}
}

static void array_initializer_check(CXCursor list, CXType array)
{
	struct nodes parts = children(list);
	CXType element = clang_getCanonicalType(clang_getArrayElementType(array));

	if (is_zero(&parts)) {
		parts.count = 0;
	}
	for (unsigned i = 0; i < parts.count; i++) {
		form_check(parts.at[i]);
		value_check(value_of(parts.at[i]), clang_getNullCursor(), element);
	}
	if ((long long)parts.count < clang_getNumElements(array)) {
		zero_check(list, element);
	}
}

void initializer_check(CXCursor list, CXType declared)
{
	CXType target = clang_getCanonicalType(declared);

	if (kind(list) != CXCursor_InitListExpr) {
		refuse(list, RULE_C_CONSTRUCT, "this form of initialiser");
	} else if (is_record(target)) {
		record_initializer_check(list, target);
	} else if (is_array(target)) {
		array_initializer_check(list, target);
	} else {
		refuse(list, RULE_M_BRACES, type_name(target));
	}
}
