/* Declarations at file scope. */

#include "capcheck.h"
#include <string.h>

enum {
	NAMES_MAX = 4000,
	/* Bytes of one object. A field that nobody has wired yet is NULL: what it leads to then lies
	 * in the first 64 KiB, where the boards have no RAM and no device. */
	OBJECT_LIMIT = 0x10000,
};

/* What trusted headers declare: names that macros may use, and tags of structs. */
static const char *trusted_names[NAMES_MAX];
static unsigned trusted_name_count;
static const char *trusted_tags[NAMES_MAX];
static unsigned trusted_tag_count;

static void list_add(const char **list, unsigned *count, const char *entry)
{
	if (*count == NAMES_MAX) {
		fail("%s: the headers declare too many names", options.file);
	}
	list[*count] = entry;
	(*count)++;
}

static bool list_has(const char *const *list, unsigned count, const char *entry)
{
	for (unsigned i = 0; i < count; i++) {
		if (strcmp(list[i], entry) == 0) {
			return true;
		}
	}
	return false;
}

void declaration_check_name(CXCursor declaration)
{
	const char *declared = name(declaration);

	if (*declared != '\0' && is_declaration_ours(declaration) &&
	    list_has(trusted_names, trusted_name_count, declared)) {
		refuse(declaration, RULE_C_SHADOW, declared);
	}
}

static void enumerators_do(CXCursor declaration, void (*action)(CXCursor))
{
	struct nodes parts = children(declaration);

	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) == CXCursor_EnumConstantDecl) {
			action(parts.at[i]);
		}
	}
}

static void collect_name(CXCursor declaration)
{
	list_add(trusted_names, &trusted_name_count, name(declaration));
}

static void collect_trusted(CXCursor declaration)
{
	switch (kind(declaration)) {
	case CXCursor_FunctionDecl:
	case CXCursor_VarDecl:
	case CXCursor_TypedefDecl:
		collect_name(declaration);
		break;
	case CXCursor_EnumDecl:
		enumerators_do(declaration, collect_name);
		break;
	case CXCursor_StructDecl:
	case CXCursor_UnionDecl: {
		struct nodes parts = children(declaration);

		facts_add_struct(declaration);
		list_add(trusted_tags, &trusted_tag_count, name(declaration));
		for (unsigned i = 0; i < parts.count; i++) {
			collect_trusted(parts.at[i]); /* a tag may come up in a field first */
		}
		break;
	}
	default:
		break;
	}
}

/* --- files --- */

static const char *file_of(CXCursor declaration)
{
	CXFile file = origin_file(declaration);

	return file == NULL ? "" : string_of(clang_getFileName(file));
}

static bool is_in_main_file(CXCursor declaration)
{
	return strcmp(file_of(declaration), options.file) == 0;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* "alarm" of "capsules/alarm.c" */
static const char *stem_of(const char *path)
{
	char *stem = string_format("%s", base_name(path));

	stem[strcspn(stem, ".")] = '\0';
	return stem;
}

/* The main file, or the header that goes with it. Chips: any of the folder. */
static bool is_own_file(CXCursor declaration)
{
	return is_in_main_file(declaration) || options.profile == PROFILE_CHIP ||
	       strcmp(stem_of(file_of(declaration)), stem_of(options.file)) == 0;
}

/* --- structs --- */

static void field_check(CXCursor field)
{
	type_check(field, clang_getCursorType(field), PLACE_FIELD);
	if (clang_Cursor_isBitField(field) && options.profile != PROFILE_CHIP) {
		refuse(field, RULE_C_CONSTRUCT, "a bit field");
	}
}

static void struct_check(CXCursor declaration)
{
	struct nodes parts = children(declaration);

	if (!clang_isCursorDefinition(declaration)) {
		return;
	}
	if (clang_Type_getSizeOf(clang_getCursorType(declaration)) > OBJECT_LIMIT &&
	    !has_registers(clang_getCursorType(declaration))) {
		refuse(declaration, RULE_M_TYPE, type_name(clang_getCursorType(declaration)),
		       "anything: it is larger than 64 KiB");
	}
	/* A header's struct that only the source completes could be another one in another source. (Headers
	 * come first in a file, so that the mention is the canonical declaration.) */
	if (list_has(trusted_tags, trusted_tag_count, name(declaration)) ||
	    (is_in_main_file(declaration) &&
	     !is_in_main_file(clang_getCanonicalCursor(declaration)))) {
		refuse(declaration, RULE_A_CLOSED, name(declaration));
	}
	for (unsigned i = 0; i < parts.count; i++) {
		switch (kind(parts.at[i])) {
		case CXCursor_FieldDecl:
			field_check(parts.at[i]);
			break;
		case CXCursor_AnnotateAttr:
			if (is_ours(declaration)) {
				refuse(declaration, RULE_C_ATTRIBUTE, name(declaration));
			}
			break; /* what a trusted macro says about its struct */
		case CXCursor_UnionDecl:
			if (options.profile != PROFILE_CHIP) {
				refuse(parts.at[i], RULE_M_UNION);
			}
			break;
		case CXCursor_StructDecl:
			if (!clang_isCursorDefinition(parts.at[i])) {
				break; /* a tag that comes up here first */
			}
			/* fall through */
		default:
			refuse(parts.at[i], RULE_C_CONSTRUCT, "this in a struct");
			break;
		}
	}
	if (options.profile == PROFILE_CHIP) {
		register_struct_check(declaration);
	}
}

/* A grant's memory goes when its process does, and starts as zeros: plain data only. */
static void grant_data_check(CXCursor at, CXType record)
{
	struct nodes parts = fields(record);

	for (unsigned i = 0; i < parts.count; i++) {
		CXType part = type(parts.at[i]);

		while (is_array(part)) {
			part = clang_getCanonicalType(clang_getArrayElementType(part));
		}
		if (is_pointer(part) || is_borrowed(part) || is_owned(part) || is_pinned(part)) {
			refuse(at, RULE_B_GRANT, name(parts.at[i]), type_name(part));
		} else if (is_record(part)) {
			grant_data_check(at, part);
		}
	}
}

static void grant_entry_check(CXCursor entry)
{
	struct nodes parts = fields(clang_getCursorType(entry));

	for (unsigned i = 0; i < parts.count; i++) {
		if (strcmp(name(parts.at[i]), "state") == 0 && is_pointer(type(parts.at[i]))) {
			grant_data_check(entry, clang_getPointeeType(type(parts.at[i])));
		}
	}
}

/* --- functions --- */

/* Chips: the name of the folder. Capsules: that of the file. */
static const char *prefix_of(CXCursor function)
{
	char *path = string_format("%s", file_of(function));
	char *slash = strrchr(path, '/');

	if (options.profile == PROFILE_CHIP && slash != NULL) {
		*slash = '\0';
	}
	return string_format("%s_", stem_of(path));
}

static bool words_agree(CXCursor a, CXCursor b)
{
	return has_word(a, "keep") == has_word(b, "keep") &&
	       has_word(a, "nullable") == has_word(b, "nullable");
}

/* Words are read from the first declaration too, so a later one may not add any. */
static void words_check(CXCursor function)
{
	CXCursor first = clang_getCanonicalCursor(function);

	if (!words_agree(first, function)) {
		refuse(function, RULE_B_ANNOTATION, name(function));
	}
	for (int i = 0; i < clang_Cursor_getNumArguments(function); i++) {
		CXCursor parameter = clang_Cursor_getArgument(function, (unsigned)i);

		if (!words_agree(clang_Cursor_getArgument(first, (unsigned)i), parameter)) {
			refuse(parameter, RULE_B_ANNOTATION, name(parameter));
		}
	}
}

/* The compiler calls these when it copies or fills a struct, also when the file has its own. */
static bool is_called_unseen(const char *function)
{
	return strcmp(function, "memcpy") == 0 || strcmp(function, "memmove") == 0 ||
	       strcmp(function, "memset") == 0 || strcmp(function, "memcmp") == 0 ||
	       strcmp(function, "abort") == 0;
}

static void linkage_check(CXCursor function)
{
	const char *prefix = prefix_of(function);

	if (clang_Cursor_getStorageClass(function) == CX_SC_Static) {
		return;
	}
	if (!begins_with(name(function), prefix) || begins_with(prefix, "kernel_")) {
		refuse(function, RULE_A_FOREIGN, name(function), prefix);
	} else if (is_in_main_file(clang_getCanonicalCursor(function)) ||
		   (is_own_file(function) && options.profile == PROFILE_CAPSULE &&
		    clang_Cursor_isNull(clang_getCursorDefinition(function)))) {
		refuse(function, RULE_A_HEADER, name(function));
	}
}

static void signature_check(CXCursor function)
{
	CXType signature = clang_getCursorType(function);

	if (signature.kind == CXType_FunctionNoProto || clang_isFunctionTypeVariadic(signature)) {
		refuse(function, RULE_C_CONSTRUCT, "a function without a fixed list of parameters");
	}
	type_check(function, clang_getCursorResultType(function), PLACE_RESULT);
	for (int i = 0; i < clang_Cursor_getNumArguments(function); i++) {
		CXCursor parameter = clang_Cursor_getArgument(function, (unsigned)i);

		type_check(parameter, clang_getCursorType(parameter), PLACE_PARAMETER);
		declaration_check_name(parameter);
	}
}

static void function_declaration_check(CXCursor function)
{
	declaration_check_name(function);
	if (is_called_unseen(name(function))) {
		refuse(function, RULE_C_NAME, name(function));
	}
	linkage_check(function);
	facts_add_declaration(function);
	signature_check(function);
	words_check(function);
	if (clang_isCursorDefinition(function)) {
		graph_add_function(function);
		function_check(function);
	}
}

/* --- constants --- */

static bool is_const(CXType declared)
{
	CXType constant = clang_getCanonicalType(declared);

	while (is_array(constant) && !clang_isConstQualifiedType(constant)) {
		constant = clang_getCanonicalType(clang_getArrayElementType(constant));
	}
	return clang_isConstQualifiedType(constant) != 0;
}

static void constant_check(CXCursor variable)
{
	CXCursor value = clang_Cursor_getVarDeclInitializer(variable);

	declaration_check_name(variable);
	type_check(variable, clang_getCursorType(variable), PLACE_CONSTANT);
	if (clang_Cursor_getStorageClass(variable) != CX_SC_Static ||
	    !is_const(clang_getCursorType(variable)) || clang_Cursor_isNull(value)) {
		refuse(variable, RULE_A_STATE, name(variable));
		return;
	}
	if (kind(value) == CXCursor_InitListExpr) {
		initializer_check(value, type(variable));
	} else {
		expression_check(value);
	}
}

/* --- what trusted macros declare --- */

/* Whether parameter `index` of an operation, a field of the table of functions, says KEEP. */
static bool operation_keeps(CXCursor operation, int index)
{
	struct nodes parts = children(operation);

	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) == CXCursor_ParmDecl && index-- == 0) {
			return has_word(parts.at[i], "keep");
		}
	}
	return false;
}

/* Callers come through the interface: a function that implements it keeps what the interface says, and
 * nothing else. */
static void implementation_check(CXCursor operation, CXCursor function)
{
	CXType result = clang_getCanonicalType(clang_getCursorResultType(function));

	for (int i = 0; i < clang_Cursor_getNumArguments(function); i++) {
		CXCursor parameter = clang_Cursor_getArgument(function, (unsigned)i);

		if (has_word(parameter, "keep") && !operation_keeps(operation, i)) {
			refuse(parameter, RULE_B_ANNOTATION, name(parameter));
		}
	}
	if (is_lent_kind(result)) {
		refuse(function, RULE_M_TYPE, type_name(result), "a result of an interface");
	}
}

/* The object whose interface it is: the first parameter of each function. */
static void implemented_type_check(CXCursor table)
{
	struct nodes members = fields(clang_getCursorType(table));

	for (unsigned i = 0; i < members.count; i++) {
		CXType function = clang_getPointeeType(type(members.at[i]));
		CXType object = clang_getPointeeType(clang_getArgType(function, 0));
		CXCursor record = clang_getTypeDeclaration(object);

		if (kind(record) != CXCursor_StructDecl || !is_own_file(record)) {
			refuse(table, RULE_A_IMPLEMENTS, type_name(object));
			return;
		}
	}
}

static void functions_table_check(CXCursor table)
{
	CXCursor list = clang_Cursor_getVarDeclInitializer(table);

	if (clang_Cursor_isNull(list) || !ends_with(name(table), "_functions")) {
		return;
	}
	implemented_type_check(table);

	struct nodes parts = children(list);

	unsigned implemented = 0;

	for (unsigned i = 0; i < parts.count; i++) {
		struct nodes inner = children(parts.at[i]);

		if (inner.count > 0) {
			CXCursor function = referenced(strip(inner.at[inner.count - 1]));

			if (kind(function) == CXCursor_FunctionDecl) {
				implementation_check(referenced(inner.at[0]), function);
				implemented++;
			}
		}
	}
	if (implemented != fields(clang_getCursorType(table)).count) {
		refuse(table, RULE_M_NULL_STORE, name(table));
	}
}

static void made_declaration_check(CXCursor declaration)
{
	const char *macro = made_by(declaration);

	facts_add_struct(declaration);
	if (macro == NULL ||
	    !(ends_with(macro, "_IMPLEMENT") || strcmp(macro, "GRANT_DEFINE") == 0 ||
	      strcmp(macro, "TAKE_CELL_DEFINE") == 0 || begins_with(macro, "REGISTER_") ||
	      strcmp(macro, "DMA_CHANNEL") == 0)) {
		refuse(declaration, RULE_C_CONSTRUCT, "a declaration that no known macro makes");
	} else if (kind(declaration) == CXCursor_UnionDecl) {
		register_view_check(declaration);
	} else if (kind(declaration) == CXCursor_StructDecl && strcmp(macro, "DMA_CHANNEL") == 0) {
		facts_add_dma(declaration);
	} else if (kind(declaration) == CXCursor_StructDecl && has_word(declaration, "borrowed")) {
		grant_entry_check(declaration);
	} else if (kind(declaration) == CXCursor_VarDecl) {
		functions_table_check(declaration);
		facts_add_table(declaration);
	}
}

static void own_declaration_check(CXCursor declaration)
{
	switch (kind(declaration)) {
	case CXCursor_StructDecl:
		facts_add_struct(declaration);
		struct_check(declaration);
		break;
	case CXCursor_UnionDecl:
		refuse(declaration, RULE_M_UNION);
		break;
	case CXCursor_EnumDecl:
		if (!clang_isCursorDefinition(declaration)) {
			/* Its size is that of its values. */
			refuse(declaration, RULE_C_CONSTRUCT, "an enum without its values");
		}
		enumerators_do(declaration, declaration_check_name);
		break;
	case CXCursor_FunctionDecl:
		function_declaration_check(declaration);
		break;
	case CXCursor_VarDecl:
		constant_check(declaration);
		break;
	case CXCursor_StaticAssert:
		break;
	default:
		refuse(declaration, RULE_C_CONSTRUCT,
		       string_of(clang_getCursorKindSpelling(kind(declaration))));
		break;
	}
}

void declaration_check_all(void)
{
	struct nodes all = children(clang_getTranslationUnitCursor(unit));

	for (unsigned i = 0; i < all.count; i++) {
		if (clang_isPreprocessing(kind(all.at[i]))) {
			continue;
		}
		if (is_in_trusted_header(all.at[i])) {
			collect_trusted(all.at[i]);
		} else {
			call_collect_bindings(all.at[i]);
		}
	}
	for (unsigned i = 0; i < all.count; i++) {
		CXCursor each = all.at[i];

		if (clang_isPreprocessing(kind(each)) || is_in_trusted_header(each)) {
			continue;
		}
		if (!is_in_main_file(each)) {
			header_check(each);
		}
		if (is_declaration_ours(each) || kind(each) == CXCursor_StaticAssert) {
			own_declaration_check(each);
		} else {
			made_declaration_check(each);
		}
	}
}
