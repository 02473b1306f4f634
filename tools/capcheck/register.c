/* Registers, in the chip profile: the blocks that drivers declare, the fields of what registers
 * hold, and what these are given. kernel/register.h makes the types and functions. */

#include "capcheck.h"
#include <stdlib.h>
#include <string.h>

static CXType element_of(CXType whole)
{
	CXType element = clang_getCanonicalType(whole);

	while (is_array(element)) {
		element = clang_getCanonicalType(clang_getArrayElementType(element));
	}
	return element;
}

static bool is_register(CXType whole)
{
	CXType record = element_of(whole);

	return is_record(record) &&
	       word_with_prefix(clang_getTypeDeclaration(record), "register:") != NULL;
}

/* A struct or union that has a register for a field, or a part that has. */
static bool is_block(CXType whole)
{
	CXType record = element_of(whole);
	struct nodes parts;

	if (!is_record(record) || is_register(record)) {
		return false;
	}
	parts = fields(record);
	for (unsigned i = 0; i < parts.count; i++) {
		CXType part = type(parts.at[i]);

		if (is_register(part) || is_block(part)) {
			return true;
		}
	}
	return false;
}

/* --- blocks --- */

static bool is_gap(CXCursor field)
{
	return begins_with(name(field), "reserved_") && is_integer(element_of(type(field)));
}

/* `field` may be in a union: its offset is still counted from the block's address. */
static void offset_check(CXCursor field, CXType block)
{
	const char *said = word_with_prefix(field, "offset:");
	long long bits = clang_Type_getOffsetOf(block, name(field));

	if (said == NULL || bits < 0 || strtoull(said, NULL, 0) * 8 != (unsigned long long)bits) {
		refuse(field, RULE_R_OFFSET, name(field), (unsigned long long)bits / 8);
	}
	facts_add_register(field, (unsigned long long)bits / 8);
}

static void union_check(CXCursor declaration, CXType block)
{
	struct nodes parts = children(declaration);

	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) != CXCursor_FieldDecl ||
		    !(is_register(type(parts.at[i])) || is_block(type(parts.at[i])))) {
			refuse(parts.at[i], RULE_R_UNION, name(parts.at[i]));
		} else {
			offset_check(parts.at[i], block);
		}
	}
}

static void unions_check(CXCursor declaration)
{
	struct nodes parts = children(declaration);

	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) == CXCursor_UnionDecl) {
			union_check(parts.at[i], clang_getCursorType(declaration));
		}
	}
}

static void block_check(CXCursor declaration)
{
	CXType block = clang_getCursorType(declaration);
	struct nodes parts = children(declaration);

	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) != CXCursor_FieldDecl ||
		    clang_Cursor_isAnonymous(parts.at[i]) || *name(parts.at[i]) == '\0') {
			continue; /* the union as a field */
		} else if (is_register(type(parts.at[i])) || is_block(type(parts.at[i]))) {
			offset_check(parts.at[i], block);
		} else if (!is_gap(parts.at[i])) {
			refuse(parts.at[i], RULE_R_BLOCK, name(parts.at[i]));
		}
	}
}

/* --- the fields of what a register holds --- */

static unsigned long long largest(CXCursor field)
{
	int width = clang_getFieldDeclBitWidth(field);

	return width >= 64 ? ~0ull : (1ull << width) - 1;
}

bool is_register_field(CXCursor field)
{
	return kind(field) == CXCursor_FieldDecl && clang_Cursor_isBitField(field);
}

/* The tag of the enum whose values a field takes, or NULL. */
static const char *values_of(CXCursor field)
{
	return word_with_prefix(field, "values:");
}

static CXCursor enum_named(const char *tag)
{
	struct nodes all = children(clang_getTranslationUnitCursor(unit));

	for (unsigned i = 0; i < all.count; i++) {
		if (kind(all.at[i]) == CXCursor_EnumDecl && strcmp(name(all.at[i]), tag) == 0) {
			return all.at[i];
		}
	}
	return clang_getNullCursor();
}

static bool enumerators_fit(const char *tag, unsigned long long limit)
{
	CXCursor declaration = enum_named(tag);
	struct nodes parts = children(declaration);

	if (clang_Cursor_isNull(declaration)) {
		return false;
	}

	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) == CXCursor_EnumConstantDecl &&
		    (clang_getEnumConstantDeclValue(parts.at[i]) < 0 ||
		     clang_getEnumConstantDeclUnsignedValue(parts.at[i]) > limit)) {
			return false;
		}
	}
	return true;
}

static bool has_zero(const char *tag)
{
	struct nodes parts = children(enum_named(tag));

	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) == CXCursor_EnumConstantDecl &&
		    clang_getEnumConstantDeclValue(parts.at[i]) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_field_type(CXCursor field)
{
	CXType declared = type(field);

	switch (declared.kind) {
	case CXType_Bool:
		return clang_getFieldDeclBitWidth(field) == 1;
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong:
		return values_of(field) == NULL ||
		       enumerators_fit(values_of(field), largest(field));
	default:
		return false;
	}
}

/* All bits of it, and so without a hole that the compiler chose. */
static void bits_check(CXCursor declaration)
{
	CXType whole = clang_getCursorType(declaration);
	struct nodes parts = fields(whole);
	unsigned long long size = 8ull * (unsigned long long)clang_Type_getSizeOf(whole);
	unsigned long long bits = 0;

	for (unsigned i = 0; i < parts.count; i++) {
		if (!clang_Cursor_isBitField(parts.at[i]) || !is_field_type(parts.at[i])) {
			refuse(parts.at[i], RULE_R_VALUE, name(parts.at[i]));
			return;
		}
		bits += (unsigned long long)clang_getFieldDeclBitWidth(parts.at[i]);
	}
	if (bits != size) {
		refuse(declaration, RULE_R_FILL, name(declaration), bits, size);
	}
}

static bool has_bit_field(CXType whole)
{
	struct nodes parts = fields(whole);

	for (unsigned i = 0; i < parts.count; i++) {
		if (clang_Cursor_isBitField(parts.at[i])) {
			return true;
		}
	}
	return false;
}

void register_struct_check(CXCursor declaration)
{
	CXType declared = clang_getCursorType(declaration);

	unions_check(declaration);
	if (has_bit_field(declared)) {
		bits_check(declaration);
	}
	if (is_block(declared)) {
		block_check(declaration);
	}
}

/* Of the union that a REGISTER_* macro makes: a value of another kind, a struct with a pointer in
 * it say, would be made of what hardware answers. */
void register_view_check(CXCursor view)
{
	struct nodes parts = fields(clang_getCursorType(view));
	CXType value = parts.count == 2 ? type(parts.at[1]) : clang_getCursorType(view);

	switch (value.kind) {
	case CXType_UChar:
	case CXType_UShort:
	case CXType_UInt:
	case CXType_ULong:
		return;
	default:
		break;
	}
	if (!is_record(value) || !has_bit_field(value)) {
		refuse(view, RULE_R_VALUE, type_name(value));
		return;
	}
	parts = fields(value);
	for (unsigned i = 0; i < parts.count && is_made_by(view, "REGISTER_BITS"); i++) {
		if (values_of(parts.at[i]) != NULL) {
			refuse(view, RULE_R_VALUE, name(parts.at[i]));
		}
	}
}

/* --- what fields are given --- */

/* An enumerator of this enum, something of its type, a field that takes its values. */
static bool is_of_enum(CXCursor value, const char *tag)
{
	CXCursor inner = strip(value);
	CXCursor target = referenced(inner);
	struct nodes parts = children(inner);

	if (kind(inner) == CXCursor_ConditionalOperator && parts.count == 3) {
		return is_of_enum(parts.at[1], tag) && is_of_enum(parts.at[2], tag);
	}
	if (kind(target) == CXCursor_EnumConstantDecl) {
		return strcmp(name(clang_getCursorSemanticParent(target)), tag) == 0;
	}
	if (is_register_field(target) && values_of(target) != NULL) {
		return strcmp(values_of(target), tag) == 0;
	}
	return type(inner).kind == CXType_Enum &&
	       strcmp(name(clang_getTypeDeclaration(type(inner))), tag) == 0;
}

void register_enum_check(CXCursor at, CXType to, CXCursor value)
{
	if (options.profile == PROFILE_CHIP && to.kind == CXType_Enum &&
	    !is_of_enum(value, name(clang_getTypeDeclaration(to)))) {
		refuse(at, RULE_R_ENUM, type_name(type(strip(value))), type_name(to));
	}
}

static bool is_truth(CXCursor value)
{
	CXCursor inner = strip(value);
	struct nodes parts = children(inner);

	switch (kind(inner)) {
	case CXCursor_IntegerLiteral:
		return is_made_by(inner, "true") || is_made_by(inner, "false");
	case CXCursor_ConditionalOperator:
		return parts.count == 3 && is_truth(parts.at[1]) && is_truth(parts.at[2]);
	case CXCursor_UnaryOperator:
		return clang_getCursorUnaryOperatorKind(inner) == CXUnaryOperator_LNot ||
		       type(inner).kind == CXType_Bool;
	case CXCursor_BinaryOperator:
		switch (clang_getCursorBinaryOperatorKind(inner)) {
		case CXBinaryOperator_LT:
		case CXBinaryOperator_GT:
		case CXBinaryOperator_LE:
		case CXBinaryOperator_GE:
		case CXBinaryOperator_EQ:
		case CXBinaryOperator_NE:
		case CXBinaryOperator_LAnd:
		case CXBinaryOperator_LOr:
			return true;
		default:
			return false;
		}
	default:
		return type(inner).kind == CXType_Bool;
	}
}

static bool is_number_up_to(CXCursor value, unsigned long long limit)
{
	return type_maximum(type(strip(value))) <= limit ||
	       bound_of(value, current_function) <= limit;
}

void register_field_refuse(CXCursor at, CXCursor field)
{
	const char *what = string_format("numbers up to %llu", largest(field));

	if (begins_with(name(field), "reserved_")) {
		what = "what was read";
	} else if (type(field).kind == CXType_Bool) {
		what = "true and false";
	} else if (values_of(field) != NULL) {
		what = string_format("values of 'enum %s'", values_of(field));
	}
	refuse(at, RULE_R_FIELD, name(field), what);
}

void register_field_check(CXCursor field, CXCursor value)
{
	bool fits;

	if (!is_register_field(field)) {
		return;
	}
	if (begins_with(name(field), "reserved_")) {
		fits = false;
	} else if (type(field).kind == CXType_Bool) {
		fits = is_truth(value);
	} else if (values_of(field) != NULL) {
		fits = is_of_enum(value, values_of(field));
	} else {
		fits = is_number_up_to(value, largest(field));
	}
	if (!fits) {
		register_field_refuse(value, field);
	}
}

/* What an initialiser leaves out is 0, which must be one of the values that there are. */
void register_left_out_check(CXCursor at, CXCursor field)
{
	if (is_register_field(field) && values_of(field) != NULL && !has_zero(values_of(field))) {
		register_field_refuse(at, field);
	}
}

/* Nobody reaches what lies between the registers. */
void register_member_check(CXCursor member)
{
	CXCursor field = referenced(member);
	CXCursor block = clang_getCursorSemanticParent(field);

	if (options.profile == PROFILE_CHIP && kind(field) == CXCursor_FieldDecl &&
	    is_block(clang_getCursorType(block)) && !is_register(type(field)) &&
	    !is_block(type(field))) {
		refuse(member, RULE_R_GAP, name(field));
	}
}
