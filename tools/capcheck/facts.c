/* Facts about one file, for the tool that looks at the whole image. The format is in README.md. */

#include "capcheck.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *text;
static size_t text_length;
static FILE *out;

static void facts_release(void)
{
	fclose(out);
	free(text);
}

static FILE *facts(void)
{
	if (out == NULL) {
		out = open_memstream(&text, &text_length);
		if (out == NULL) {
			fail("out of memory");
		}
		atexit(facts_release);
	}
	return out;
}

static const char *field_name(CXCursor field)
{
	CXType record = clang_getCursorType(clang_getCursorSemanticParent(field));

	return string_format("%s.%s", type_name(record) + strlen("struct "), name(field));
}

static unsigned parameter_number(CXCursor parameter)
{
	unsigned number = 0;

	while ((int)number < clang_Cursor_getNumArguments(current_function) &&
	       !same(clang_Cursor_getArgument(current_function, number), parameter)) {
		number++;
	}
	return number;
}

/* How the code comes by an object: see README.md, "owner". */
static const char *owner_of(CXCursor expression)
{
	CXCursor inner = strip(expression);
	struct nodes parts = children(inner);

	if (is_null(inner)) {
		return "null";
	}
	switch (kind(inner)) {
	case CXCursor_UnaryOperator: {
		CXCursor place = parts.count == 1 ? strip(parts.at[0]) : inner;

		if (clang_getCursorUnaryOperatorKind(inner) == CXUnaryOperator_AddrOf &&
		    kind(place) == CXCursor_MemberRefExpr) {
			return string_format("part %s", field_name(referenced(place)));
		}
		if (clang_getCursorUnaryOperatorKind(inner) == CXUnaryOperator_AddrOf &&
		    kind(place) == CXCursor_DeclRefExpr) {
			return string_format("variable %s", name(place));
		}
		return "other -";
	}
	case CXCursor_MemberRefExpr:
		return string_format("field %s", field_name(referenced(inner)));
	case CXCursor_ArraySubscriptExpr: {
		CXCursor array = parts.count > 0 ? strip(parts.at[0]) : inner;

		return kind(array) == CXCursor_MemberRefExpr
			   ? string_format("element %s", field_name(referenced(array)))
			   : "other -";
	}
	case CXCursor_DeclRefExpr: {
		CXCursor variable = referenced(inner);
		CXCursor value = clang_Cursor_getVarDeclInitializer(variable);

		if (kind(variable) == CXCursor_ParmDecl) {
			return string_format("parameter %u", parameter_number(variable));
		}
		return is_local_variable(variable) && !clang_Cursor_isNull(value) &&
			       !touches(current_function, variable)
			   ? owner_of(value)
			   : "other -";
	}
	case CXCursor_CallExpr:
		return string_format("result %s", name(referenced(inner)));
	default:
		return "other -";
	}
}

/* The operation that a dispatcher of a trusted header calls: a field that is a function pointer. */
static CXCursor operation_in(CXCursor tree)
{
	struct nodes parts = children(tree);

	if (kind(tree) == CXCursor_CallExpr && kind(referenced(tree)) == CXCursor_FieldDecl) {
		return referenced(tree);
	}
	for (unsigned i = 0; i < parts.count; i++) {
		CXCursor found = operation_in(parts.at[i]);

		if (!clang_Cursor_isNull(found)) {
			return found;
		}
	}
	return clang_getNullCursor();
}

static CXCursor operation_of(CXCursor callee)
{
	CXCursor definition = clang_getCursorDefinition(callee);

	return clang_Cursor_isNull(definition) || !is_in_trusted_header(callee)
		   ? clang_getNullCursor()
		   : operation_in(definition);
}

void facts_add_call(CXCursor caller, CXCursor callee, CXCursor call)
{
	struct nodes parts = children(call);
	CXCursor operation = operation_of(callee);

	if (options.facts == NULL) {
		return;
	}
	if (clang_Cursor_isNull(operation)) {
		fprintf(facts(), "call %s %s %u %llu %u\n", name(caller), name(callee),
			line_of(call), loop_product, grant_depth);
	} else {
		fprintf(facts(), "%s %s %s %u %llu %u\n",
			has_word(callee, "implementer") ? "notify" : "dispatch", name(caller),
			field_name(operation), line_of(call), loop_product, grant_depth);
	}
	for (unsigned i = 1; i < parts.count; i++) {
		if (is_pointer(type(parts.at[i]))) {
			fprintf(facts(), "argument %u %s\n", i - 1, owner_of(parts.at[i]));
		}
	}
}

void facts_add_store(CXCursor field, CXCursor value)
{
	if (options.facts != NULL && kind(field) == CXCursor_FieldDecl && is_pointer(type(field)) &&
	    !clang_Cursor_isNull(current_function)) {
		fprintf(facts(), "store %s %s %s\n", name(current_function), field_name(field),
			owner_of(value));
	}
}

void facts_add_function(CXCursor function, unsigned long long steps)
{
	if (options.facts != NULL) {
		fprintf(facts(), "function %s %s %u %llu\n", name(function),
			clang_Cursor_getStorageClass(function) == CX_SC_Static ? "static"
									       : "global",
			line_of(function), steps);
	}
}

static void add_place(const char *word, CXCursor declaration)
{
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(declaration), &file, NULL, NULL, NULL);
	fprintf(facts(), "%s %s %s %u\n", word, name(declaration),
		string_of(clang_getFileName(file)), line_of(declaration));
}

void facts_add_struct(CXCursor declaration)
{
	if (options.facts != NULL && kind(declaration) == CXCursor_StructDecl &&
	    clang_isCursorDefinition(declaration) && !clang_Cursor_isAnonymous(declaration)) {
		add_place("struct", declaration);
	}
}

void facts_add_declaration(CXCursor function)
{
	if (options.facts != NULL && !clang_isCursorDefinition(function) &&
	    clang_Cursor_getStorageClass(function) != CX_SC_Static) {
		add_place("declare", function);
	}
}

/* The last register word says how it may be accessed and what it holds after reset. */
void facts_add_register(CXCursor field, unsigned long long offset)
{
	CXType declared = type(field);
	CXType element = is_array(declared) ? type(record_of(declared)) : declared;
	CXCursor record = record_of(declared);
	const char *words = word_with_prefix(record, "register:");
	CXCursor block = clang_getCursorSemanticParent(field);

	while (clang_Cursor_isAnonymousRecordDecl(block)) {
		block = clang_getCursorSemanticParent(block);
	}
	if (options.facts != NULL && words != NULL) {
		fprintf(facts(), "register %s %s.%s 0x%llx %lld %s\n", name(record), name(block),
			name(field), offset, 8 * clang_Type_getSizeOf(element), words);
	}
}

void facts_add_dma(CXCursor channel)
{
	if (options.facts != NULL) {
		fprintf(facts(), "dma %s\n", name(channel));
	}
}

/* Of both tables that *_IMPLEMENT makes, the one for callers says which member it is for, and the
 * one of the capsule's functions says which they are. */
void facts_add_table(CXCursor table)
{
	CXCursor list = clang_Cursor_getVarDeclInitializer(table);
	const char *member = word_with_prefix(table, "binding:");
	const char *interface = type_name(clang_getCursorType(table));

	if (options.facts == NULL || clang_Cursor_isNull(list)) {
		return;
	}
	if (member != NULL) {
		fprintf(facts(), "implement %s %s %s\n", name(table), strrchr(interface, ' ') + 1,
			strrchr(member, ' ') + 1);
		return;
	}

	struct nodes parts = children(list);

	for (unsigned i = 0; i < parts.count; i++) {
		struct nodes inner = children(parts.at[i]);

		if (inner.count == 2) {
			fprintf(facts(), "operation %s %s %s\n", name(table), name(inner.at[0]),
				name(strip(inner.at[1])));
		}
	}
}

void facts_write(void)
{
	FILE *file = fopen(options.facts, "w");

	if (file == NULL) {
		fail("%s: cannot be written", options.facts);
	}
	fprintf(file, "facts 1 %s %s\n", options.profile == PROFILE_CHIP ? "chip" : "capsule",
		options.file);
	fflush(facts());
	if (fwrite(text, 1, text_length, file) != text_length || fclose(file) != 0) {
		fail("%s: cannot be written", options.facts);
	}
}
