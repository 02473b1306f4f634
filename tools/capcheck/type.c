/* Types: which there are, and what the words of kernel/annotation.h make of them.
 *
 * What a type is, is asked of the struct's own declaration and, where it says so, of its parts; a
 * pointer's target is no part. */

#include "capcheck.h"
#include <limits.h>
#include <string.h>

enum {
	FRAME_LIMIT = 1024 /* bytes of one local variable */
};

bool is_pointer(CXType type)
{
	return clang_getCanonicalType(type).kind == CXType_Pointer;
}

bool is_integer(CXType type)
{
	switch (clang_getCanonicalType(type).kind) {
	case CXType_Bool:
	case CXType_Char_U:
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong:
	case CXType_ULongLong:
	case CXType_Char_S:
	case CXType_SChar:
	case CXType_Short:
	case CXType_Int:
	case CXType_Long:
	case CXType_LongLong:
	case CXType_Enum:
		return true;
	default:
		return false;
	}
}

bool is_array(CXType type)
{
	return clang_getCanonicalType(type).kind == CXType_ConstantArray;
}

static CXType element_type(CXType type)
{
	CXType element = clang_getCanonicalType(type);

	while (element.kind == CXType_ConstantArray) {
		element = clang_getCanonicalType(clang_getArrayElementType(element));
	}
	return element;
}

static CXType target_type(CXType pointer)
{
	return clang_getCanonicalType(clang_getPointeeType(clang_getCanonicalType(pointer)));
}

bool is_record(CXType type)
{
	return clang_getCanonicalType(type).kind == CXType_Record;
}

CXCursor record_of(CXType type)
{
	return clang_getTypeDeclaration(element_type(type));
}

/* Whether the struct says `word`, or a part of it does. */
static bool says(CXType whole, const char *word)
{
	CXType type = element_type(whole);

	if (type.kind != CXType_Record) {
		return false;
	}
	if (has_word(clang_getTypeDeclaration(type), word)) {
		return true;
	}

	struct nodes parts = fields(type);

	for (unsigned i = 0; i < parts.count; i++) {
		if (says(clang_getCursorType(parts.at[i]), word)) {
			return true;
		}
	}
	return false;
}

/* Whether a field, at any depth, is as `test` says. */
static bool has_field(CXType whole, bool (*test)(CXCursor field))
{
	CXType type = element_type(whole);

	if (type.kind != CXType_Record) {
		return false;
	}

	struct nodes parts = fields(type);

	for (unsigned i = 0; i < parts.count; i++) {
		if (test(parts.at[i]) || has_field(clang_getCursorType(parts.at[i]), test)) {
			return true;
		}
	}
	return false;
}

static bool is_volatile_field(CXCursor field)
{
	return clang_isVolatileQualifiedType(element_type(clang_getCursorType(field)));
}

static bool is_private_field(CXCursor field)
{
	return begins_with(name(field), "private_");
}

static bool is_function_field(CXCursor field)
{
	CXType field_type = element_type(clang_getCursorType(field));

	return is_pointer(field_type) && target_type(field_type).kind == CXType_FunctionProto;
}

bool is_pinned(CXType type)
{
	return says(type, "pinned") || has_registers(type);
}

bool has_registers(CXType type)
{
	return has_field(type, is_volatile_field);
}

bool is_owned(CXType type)
{
	return says(type, "owned");
}

bool is_borrowed(CXType type)
{
	CXType record = clang_getCanonicalType(type);

	return record.kind == CXType_Record &&
	       has_word(clang_getTypeDeclaration(record), "borrowed");
}

bool has_private(CXType type)
{
	return has_field(type, is_private_field);
}

bool has_functions(CXType type)
{
	return has_field(type, is_function_field);
}

bool is_lent_kind(CXType type)
{
	return is_pointer(type) || is_borrowed(type);
}

unsigned long long type_maximum(CXType integer)
{
	CXType type = clang_getCanonicalType(integer);

	switch (type.kind) {
	case CXType_Bool:
		return 1;
	case CXType_Char_U:
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong: {
		long long size = clang_Type_getSizeOf(type);

		return size >= 8 ? ULLONG_MAX : (1ull << (8 * size)) - 1;
	}
	default:
		return ULLONG_MAX;
	}
}

/* --- what may be declared --- */

static const char *const place_names[] = {
    [PLACE_FIELD] = "a field",          [PLACE_PARAMETER] = "a parameter",
    [PLACE_LOCAL] = "a local variable", [PLACE_RESULT] = "a result",
    [PLACE_CONSTANT] = "a constant",
};

static void refuse_type(CXCursor at, CXType type, enum place place)
{
	refuse(at, RULE_M_TYPE, type_name(type), place_names[place]);
}

static void record_check(CXCursor at, CXType type, enum place place)
{
	CXCursor record = clang_getTypeDeclaration(type);

	if (kind(record) != CXCursor_StructDecl) {
		if (options.profile != PROFILE_CHIP || place != PLACE_FIELD) {
			refuse(at, RULE_M_UNION);
		}
		return; /* register blocks: declaration.c looks at their unions */
	}
	if (has_functions(type)) {
		refuse(at, RULE_A_TABLE, type_name(type));
	} else if (place != PLACE_FIELD && is_pinned(type)) {
		refuse(at, RULE_M_PINNED, type_name(type), place_names[place]);
	} else if ((place == PLACE_CONSTANT && is_owned(type)) ||
		   (place == PLACE_FIELD && says(type, "nozero"))) {
		/* A static object begins as zeros. */
		refuse_type(at, type, place);
	} else if (place == PLACE_LOCAL &&
		   (unsigned long long)clang_Type_getSizeOf(type) > FRAME_LIMIT) {
		refuse(at, RULE_S_FRAME, name(at), (unsigned long long)clang_Type_getSizeOf(type),
		       (unsigned long long)FRAME_LIMIT);
	}
}

/* Pointers: to structs anywhere but in constants; to integers only down a call. */
static void pointer_check(CXCursor at, CXType type, enum place place)
{
	CXType target = target_type(type);
	bool to_integer = is_integer(target) && place != PLACE_FIELD && place != PLACE_RESULT;
	bool to_struct = target.kind == CXType_Record &&
			 kind(clang_getTypeDeclaration(target)) == CXCursor_StructDecl &&
			 !is_borrowed(target);

	if (place == PLACE_CONSTANT || !(to_integer || to_struct)) {
		refuse_type(at, type, place);
	} else if (has_functions(target)) {
		refuse(at, RULE_A_TABLE, type_name(target));
	}
}

static void array_check(CXCursor at, CXType type, enum place place)
{
	CXType element = element_type(type);

	if (clang_getNumElements(type) <= 0 || place == PLACE_PARAMETER || place == PLACE_RESULT ||
	    (is_pointer(element) && place != PLACE_FIELD)) {
		refuse_type(at, type, place);
		return;
	}
	if (place == PLACE_LOCAL && (unsigned long long)clang_Type_getSizeOf(type) > FRAME_LIMIT) {
		refuse(at, RULE_S_FRAME, name(at), (unsigned long long)clang_Type_getSizeOf(type),
		       (unsigned long long)FRAME_LIMIT);
		return;
	}
	type_check(at, element, place);
}

void type_check(CXCursor at, CXType declared, enum place place)
{
	CXType type = clang_getCanonicalType(declared);

	if (is_integer(type) || (place == PLACE_RESULT && type.kind == CXType_Void)) {
		return;
	}
	switch (type.kind) {
	case CXType_ConstantArray:
		array_check(at, type, place);
		break;
	case CXType_Record:
		record_check(at, type, place);
		break;
	case CXType_Pointer:
		pointer_check(at, type, place);
		break;
	default:
		refuse_type(at, type, place);
		break;
	}
}

/* Types that no declaration has do not come up on the way either. */
void expression_type_check(CXCursor at)
{
	CXType value = type(at);

	if (is_integer(value) || value.kind == CXType_Record ||
	    value.kind == CXType_ConstantArray || value.kind == CXType_Void) {
		return;
	}
	if (is_pointer(value)) {
		CXType target = target_type(value);

		if ((is_integer(target) || target.kind == CXType_Record) &&
		    !clang_isVolatileQualifiedType(target)) {
			return;
		}
	}
	refuse(at, RULE_M_TYPE, type_name(value), "a value");
}
