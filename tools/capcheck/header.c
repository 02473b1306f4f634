/* A checked header means the same wherever it is included: the values, structs and functions that it
 * uses are its own, or come from what it includes. Otherwise the file that includes it could choose
 * them: an enumerator of another value makes another struct of the same text, and two files that
 * pass a pointer to it disagree on what is where. (Trusted headers mean one thing in any case.) */

#include "capcheck.h"

static CXType type_with(CXCursor declaration)
{
	return kind(declaration) == CXCursor_FunctionDecl ? clang_getCursorResultType(declaration)
							  : clang_getCursorType(declaration);
}

/* A pointer may lead to a struct that only others know. */
static bool is_only_pointed_at(CXCursor parent)
{
	CXType whole = clang_getCanonicalType(type_with(parent));

	while (is_array(whole)) {
		whole = clang_getCanonicalType(clang_getArrayElementType(whole));
	}
	return clang_isDeclaration(kind(parent)) && is_pointer(whole);
}

static enum CXChildVisitResult visit(CXCursor node, CXCursor parent, CXClientData header)
{
	CXCursor target = clang_getNullCursor();

	switch (kind(node)) {
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
	case CXCursor_MemberRef:
		target = referenced(node);
		break;
	case CXCursor_TypeRef:
		if (!is_only_pointed_at(parent)) {
			target = clang_getCursorDefinition(referenced(node));
		}
		break;
	default:
		break;
	}
	if (!clang_Cursor_isNull(target) && origin_of_file(origin_file(target)) == ORIGIN_CHECKED &&
	    !origin_includes((CXFile)header, origin_file(target))) {
		refuse(node, RULE_C_HEADER, name(target));
	}
	return CXChildVisit_Recurse;
}

void header_check(CXCursor declaration)
{
	clang_visitChildren(declaration, visit, origin_file(declaration));
}
