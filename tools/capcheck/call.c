/* Calls: by name only, with arguments that keep what the callee's declaration asks for.
 *
 * Interfaces are called through the dispatchers of trusted headers. A table of functions comes from
 * a *_IMPLEMENT macro, which says in its word "binding:TYPE.MEMBER" which member of which type it
 * was made for, and goes to the bind function together with exactly that member. */

#include "capcheck.h"
#include <string.h>

enum {
	BINDINGS_MAX = 100
};

static struct {
	const char *member;    /* "struct console.client" */
	const char *interface; /* "uart_client" */
} bindings[BINDINGS_MAX];
static unsigned binding_count;

static bool allows_view; /* the call about to be looked at is an argument of a trusted function */

void call_collect_bindings(CXCursor declaration)
{
	const char *member = word_with_prefix(declaration, "binding:");

	if (kind(declaration) != CXCursor_VarDecl || member == NULL) {
		return;
	}
	if (binding_count == BINDINGS_MAX) {
		fail("%s: too many interfaces", options.file);
	}

	char *interface = string_format("%s", name(clang_getTypeDeclaration(type(declaration))));

	interface[strlen(interface) - strlen("_operations")] = '\0';
	bindings[binding_count].member = member;
	bindings[binding_count].interface = interface;
	binding_count++;
}

bool call_file_implements(const char *interface)
{
	for (unsigned i = 0; i < binding_count; i++) {
		if (strcmp(bindings[i].interface, interface) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_bound_here(const char *member)
{
	for (unsigned i = 0; i < binding_count; i++) {
		if (strcmp(bindings[i].member, member) == 0) {
			return true;
		}
	}
	return false;
}

/* "struct T.m" of the argument &x->m, or "". */
static const char *member_of(CXCursor argument)
{
	CXCursor address = strip(argument);

	if (kind(address) != CXCursor_UnaryOperator ||
	    clang_getCursorUnaryOperatorKind(address) != CXUnaryOperator_AddrOf) {
		return "";
	}

	CXCursor member = strip(children(address).at[0]);

	if (kind(member) != CXCursor_MemberRefExpr) {
		return "";
	}

	CXCursor field = referenced(member);

	return string_format("%s.%s",
			     type_name(clang_getCursorType(clang_getCursorSemanticParent(field))),
			     name(field));
}

/* A function that gets a table: what it binds it to must be what the table was made for. */
static void table_check(CXCursor call, CXCursor table, CXCursor first)
{
	CXCursor address = strip(table);
	struct nodes parts = children(address);
	CXCursor variable = parts.count == 1 ? referenced(strip(parts.at[0])) : address;
	const char *made_for = word_with_prefix(variable, "binding:");

	if (kind(address) != CXCursor_UnaryOperator || kind(variable) != CXCursor_VarDecl ||
	    made_for == NULL || is_declaration_ours(variable) ||
	    !is_in_trusted_header(referenced(call))) {
		refuse(table, RULE_A_TABLE, name(variable));
		return;
	}
	if (strcmp(made_for, member_of(first)) != 0) {
		refuse(call, RULE_A_BIND, made_for, member_of(first));
	}
}

static void implementer_check(CXCursor call, CXCursor callee, const struct nodes *parts)
{
	const char *interface = word_with_prefix(callee, "implementer");

	if (interface == NULL || !is_in_trusted_header(callee)) {
		return;
	}
	if (*interface == ':' ? !call_file_implements(interface + 1)
			      : parts->count < 2 || !is_bound_here(member_of(parts->at[1]))) {
		refuse(call, RULE_A_IMPLEMENTER, name(callee));
	}
}

/* The variable that a place is a part of. */
static CXCursor whole_of(CXCursor place)
{
	CXCursor whole = strip(place);

	while (kind(whole) == CXCursor_MemberRefExpr ||
	       kind(whole) == CXCursor_ArraySubscriptExpr) {
		struct nodes parts = children(whole);

		if (parts.count == 0 || is_pointer(type(strip(parts.at[0])))) {
			break;
		}
		whole = strip(parts.at[0]);
	}
	return whole;
}

/* &variable, or a part of it, for a callee that may empty it: then the callee answers for what was in it. */
static void give_away(CXCursor argument, CXType parameter)
{
	CXCursor address = strip(argument);
	CXType target = clang_getPointeeType(parameter);
	struct nodes parts = children(address);

	if (kind(address) != CXCursor_UnaryOperator || parts.count != 1 || !is_owned(target) ||
	    clang_isConstQualifiedType(target)) {
		return;
	}

	CXCursor place = whole_of(parts.at[0]);
	struct variable *variable =
	    kind(place) == CXCursor_DeclRefExpr ? flow_find(referenced(place)) : NULL;

	if (variable != NULL) {
		variable->held = false;
	}
}

static bool is_view(CXCursor argument)
{
	CXCursor inner = strip(argument);

	return kind(inner) == CXCursor_CallExpr && has_word(referenced(inner), "borrowed");
}

static void argument_check(CXCursor callee, CXCursor parameter, CXCursor argument)
{
	CXType expected = type(parameter);

	allows_view = is_view(argument) && is_in_trusted_header(callee);
	expression_check(argument);
	allows_view = false;
	if (!is_lent_kind(expected)) {
		return;
	}
	if (is_pointer(expected) && !has_word(parameter, "nullable") && !is_not_null(argument)) {
		refuse(argument, RULE_M_NULL_ARGUMENT, name(parameter));
		flow_assume_not_null(argument);
	}
	if (has_word(parameter, "keep") && !is_kept(argument)) {
		refuse(argument, RULE_B_ARGUMENT, is_pointer(expected) ? "pointer" : "view",
		       name(callee));
	}
	if (is_pointer(expected)) {
		give_away(argument, expected);
	}
}

/* The declaration that callers see: a header's, if there is one. */
static bool is_declared_somewhere(CXCursor callee)
{
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(clang_getCanonicalCursor(callee)), &file,
			      NULL, NULL, NULL);
	return origin_of_file(file) != ORIGIN_NONE;
}

/* Of the functions that macros make, checked text calls the init function of a grant, the put
 * function of a cell, and those of registers and DMA channels. */
static bool is_macro_private(CXCursor call, CXCursor callee)
{
	bool is_made = !is_in_trusted_header(callee) && !is_declaration_ours(callee);

	bool is_offered =
	    (is_made_by(callee, "GRANT_DEFINE") && ends_with(name(callee), "_init")) ||
	    (is_made_by(callee, "TAKE_CELL_DEFINE") && ends_with(name(callee), "_put")) ||
	    (is_made && (begins_with(made_by(callee), "REGISTER_") ||
			 strcmp(made_by(callee), "DMA_CHANNEL") == 0));

	return is_made && !is_offered && is_name_ours(strip(children(call).at[0]));
}

static bool callee_check(CXCursor call, const struct nodes *parts)
{
	CXCursor callee = referenced(call);

	if (kind(callee) != CXCursor_FunctionDecl || parts->count == 0 ||
	    kind(strip(parts->at[0])) != CXCursor_DeclRefExpr) {
		refuse(call, RULE_A_INDIRECT);
		return false;
	}
	if (!is_declared_somewhere(callee)) {
		refuse(call, RULE_C_CONSTRUCT, "a call of a function that nobody declares");
		return false;
	}
	if (is_macro_private(call, callee)) {
		refuse(call, RULE_A_MADE, name(callee));
		return false;
	}
	if (clang_isFunctionTypeVariadic(clang_getCursorType(callee)) ||
	    clang_Cursor_getNumArguments(callee) != (int)parts->count - 1) {
		refuse(call, RULE_C_CONSTRUCT, "a call with other arguments than declared");
		return false;
	}
	if (has_word(callee, "borrowed") && is_in_trusted_header(callee) && !allows_view) {
		refuse(call, RULE_B_VIEW);
	}
	return true;
}

void call_check(CXCursor call)
{
	struct nodes parts = children(call);
	CXCursor callee = referenced(call);

	if (!callee_check(call, &parts)) {
		return;
	}
	allows_view = false;
	implementer_check(call, callee, &parts);
	for (unsigned i = 1; i < parts.count; i++) {
		CXCursor parameter = clang_Cursor_getArgument(callee, i - 1);

		if (is_pointer(type(parameter)) &&
		    has_functions(clang_getPointeeType(type(parameter)))) {
			table_check(call, parts.at[i], parts.at[1]);
		} else {
			argument_check(callee, parameter, parts.at[i]);
		}
	}
	graph_add_call(current_function, callee, call);
}
