/* The syntax tree, as libclang shows it. */

#include "capcheck.h"
#include <string.h>

enum {
	CHILDREN_MAX = 16384
};

struct collection {
	unsigned count;
	CXCursor at[CHILDREN_MAX];
};

static struct nodes collection_copy(const struct collection *from)
{
	struct nodes nodes = {from->count, memory_take(from->count * sizeof(CXCursor) + 1)};

	memcpy(nodes.at, from->at, from->count * sizeof(CXCursor));
	return nodes;
}

static void collection_add(struct collection *to, CXCursor node)
{
	if (to->count == CHILDREN_MAX) {
		fail("%s: a node of the tree is too wide", options.file);
	}
	to->at[to->count] = node;
	to->count++;
}

static enum CXChildVisitResult collect_child(CXCursor node, CXCursor parent, CXClientData data)
{
	(void)parent;
	collection_add(data, node);
	return CXChildVisit_Continue;
}

static enum CXVisitorResult collect_field(CXCursor field, CXClientData data)
{
	collection_add(data, field);
	return CXVisit_Continue;
}

struct nodes children(CXCursor node)
{
	struct collection found;

	found.count = 0;
	clang_visitChildren(node, collect_child, &found);
	return collection_copy(&found);
}

struct nodes fields(CXType record)
{
	struct collection found;

	found.count = 0;
	clang_Type_visitFields(clang_getCanonicalType(record), collect_field, &found);
	return collection_copy(&found);
}

enum CXCursorKind kind(CXCursor node)
{
	return clang_getCursorKind(node);
}

const char *name(CXCursor node)
{
	return string_of(clang_getCursorSpelling(node));
}

CXType type(CXCursor node)
{
	return clang_getCanonicalType(clang_getCursorType(node));
}

const char *type_name(CXType type)
{
	if (type.kind == CXType_Invalid) {
		return "nothing";
	}
	return string_of(clang_getTypeSpelling(clang_getUnqualifiedType(type)));
}

CXCursor referenced(CXCursor node)
{
	return clang_getCursorReferenced(node);
}

bool same(CXCursor a, CXCursor b)
{
	return clang_equalCursors(a, b) != 0;
}

CXCursor strip_parentheses(CXCursor expression)
{
	while (kind(expression) == CXCursor_ParenExpr) {
		struct nodes inner = children(expression);

		if (inner.count != 1) {
			break;
		}
		expression = inner.at[0];
	}
	return expression;
}

CXCursor strip(CXCursor expression)
{
	while (kind(expression) == CXCursor_ParenExpr ||
	       kind(expression) == CXCursor_UnexposedExpr) {
		struct nodes inner = children(expression);

		if (inner.count != 1) {
			break;
		}
		expression = inner.at[0];
	}
	return expression;
}

static const char *find_word(CXCursor declaration, const char *prefix)
{
	struct nodes parts = children(declaration);

	for (unsigned i = 0; i < parts.count; i++) {
		if (kind(parts.at[i]) == CXCursor_AnnotateAttr &&
		    begins_with(name(parts.at[i]), prefix)) {
			return name(parts.at[i]) + strlen(prefix);
		}
	}
	return NULL;
}

const char *word_with_prefix(CXCursor declaration, const char *prefix)
{
	const char *found = find_word(declaration, prefix);
	CXCursor first = clang_getCanonicalCursor(declaration);

	return found != NULL || same(first, declaration) ? found : find_word(first, prefix);
}

bool has_word(CXCursor declaration, const char *word)
{
	const char *rest = word_with_prefix(declaration, word);

	return rest != NULL && *rest == '\0';
}

bool is_local_variable(CXCursor declaration)
{
	if (kind(declaration) == CXCursor_ParmDecl) {
		return true;
	}
	return kind(declaration) == CXCursor_VarDecl &&
	       kind(clang_getCursorSemanticParent(declaration)) != CXCursor_TranslationUnit;
}

unsigned line_of(CXCursor node)
{
	unsigned line;

	clang_getFileLocation(clang_getCursorLocation(node), NULL, &line, NULL, NULL);
	return line;
}

bool is_assignment(CXCursor node)
{
	switch (kind(node)) {
	case CXCursor_CompoundAssignOperator:
		return true;
	case CXCursor_BinaryOperator:
		return clang_getCursorBinaryOperatorKind(node) == CXBinaryOperator_Assign;
	case CXCursor_UnaryOperator:
		switch (clang_getCursorUnaryOperatorKind(node)) {
		case CXUnaryOperator_PostInc:
		case CXUnaryOperator_PostDec:
		case CXUnaryOperator_PreInc:
		case CXUnaryOperator_PreDec:
			return true;
		default:
			return false;
		}
	default:
		return false;
	}
}

CXCursor assigned(CXCursor assignment)
{
	struct nodes operands = children(assignment);

	return operands.count == 0 ? clang_getNullCursor() : strip(operands.at[0]);
}

static bool takes_address(CXCursor node)
{
	return kind(node) == CXCursor_UnaryOperator &&
	       clang_getCursorUnaryOperatorKind(node) == CXUnaryOperator_AddrOf;
}

bool touches(CXCursor tree, CXCursor variable)
{
	if (is_assignment(tree) || takes_address(tree)) {
		CXCursor target = assigned(tree);

		if (kind(target) == CXCursor_DeclRefExpr && same(referenced(target), variable)) {
			return true;
		}
	}

	struct nodes inner = children(tree);

	for (unsigned i = 0; i < inner.count; i++) {
		if (touches(inner.at[i], variable)) {
			return true;
		}
	}
	return false;
}
