/* Where text comes from.
 *
 * A file is trusted when it lies in the public headers of kernel/ or hil/, among the compiler's own
 * headers, or is the list of the compiler's macros. Everything else is checked.
 *
 * Checked files define no macros, so every macro that is expanded in one is a trusted header's;
 * which may be, and with what kind of arguments, is decided by text.c. Here they are kept by place,
 * so that a node of the tree can be asked which macro spelled its first token. */

#include "capcheck.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILES_MAX = 200,
	EXPANSIONS_MAX = 20000,
	INCLUSIONS_MAX = 1000,
	ROOTS_MAX = 4,
};

struct expansion {
	CXFile file;
	unsigned offset;
	const char *macro;
};

static struct {
	CXFile file;
	enum origin origin;
} files[FILES_MAX];
static unsigned file_count;

static struct expansion expansions[EXPANSIONS_MAX];
static unsigned expansion_count;

/* Which file names which in an #include, also where it was read before. */
static struct inclusion {
	CXFile by, file;
	bool is_visited;
} inclusions[INCLUSIONS_MAX];
static unsigned inclusion_count;

static const char *roots[ROOTS_MAX];
static unsigned root_count;

static void root_add(const char *path)
{
	char resolved[PATH_MAX];

	if (realpath(path, resolved) == NULL) {
		fail("%s: no such folder", path);
	}
	roots[root_count] = string_format("%s", resolved);
	root_count++;
}

static const char *path_of(CXFile file)
{
	char resolved[PATH_MAX];
	const char *path = string_of(clang_getFileName(file));

	return realpath(path, resolved) == NULL ? path : string_format("%s", resolved);
}

static bool lies_in(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return begins_with(path, folder) && (path[length] == '/' || path[length] == '\0');
}

static enum origin origin_of_path(const char *path)
{
	for (unsigned i = 0; i < root_count; i++) {
		if (lies_in(path, roots[i])) {
			return ORIGIN_TRUSTED;
		}
	}
	return ORIGIN_CHECKED;
}

enum origin origin_of_file(CXFile file)
{
	if (file == NULL) {
		return ORIGIN_NONE;
	}
	for (unsigned i = 0; i < file_count; i++) {
		if (files[i].file == file) {
			return files[i].origin;
		}
	}
	if (file_count == FILES_MAX) {
		fail("%s: too many files", options.file);
	}
	files[file_count].file = file;
	files[file_count].origin = origin_of_path(path_of(file));
	file_count++;
	return files[file_count - 1].origin;
}

static enum origin origin_of_token(CXSourceLocation at)
{
	CXFile file;

	clang_getSpellingLocation(at, &file, NULL, NULL, NULL);
	return origin_of_file(file);
}

CXFile origin_file(CXCursor node)
{
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(node), &file, NULL, NULL, NULL);
	return file;
}

static CXSourceLocation first_token(CXCursor node)
{
	return clang_getRangeStart(clang_getCursorExtent(node));
}

bool is_ours(CXCursor node)
{
	return origin_of_token(first_token(node)) == ORIGIN_CHECKED;
}

bool is_name_ours(CXCursor node)
{
	return origin_of_token(clang_getCursorLocation(node)) == ORIGIN_CHECKED;
}

bool is_declaration_ours(CXCursor node)
{
	return is_ours(node) || is_name_ours(node);
}

bool is_in_trusted_header(CXCursor node)
{
	return origin_of_file(origin_file(node)) == ORIGIN_TRUSTED;
}

const char *macro_at(CXFile file, unsigned offset)
{
	for (unsigned i = 0; i < expansion_count; i++) {
		if (expansions[i].offset == offset && expansions[i].file == file) {
			return expansions[i].macro;
		}
	}
	return NULL;
}

const char *made_by(CXCursor node)
{
	CXFile file;
	unsigned offset;

	if (is_ours(node)) {
		return NULL;
	}
	clang_getFileLocation(first_token(node), &file, NULL, NULL, &offset);
	return macro_at(file, offset);
}

bool is_made_by(CXCursor node, const char *macro)
{
	const char *maker = made_by(node);

	return maker != NULL && strcmp(maker, macro) == 0;
}

static void inclusion_add(CXCursor directive)
{
	struct inclusion *next = &inclusions[inclusion_count];

	if (inclusion_count == INCLUSIONS_MAX) {
		fail("%s: too many includes", options.file);
	}
	clang_getFileLocation(first_token(directive), &next->by, NULL, NULL, NULL);
	next->file = clang_getIncludedFile(directive);
	inclusion_count++;
}

static bool leads_to(CXFile from, CXFile to)
{
	if (from == to) {
		return true;
	}
	for (unsigned i = 0; i < inclusion_count; i++) {
		if (inclusions[i].by == from && !inclusions[i].is_visited) {
			inclusions[i].is_visited = true;
			if (leads_to(inclusions[i].file, to)) {
				return true;
			}
		}
	}
	return false;
}

bool origin_includes(CXFile from, CXFile to)
{
	for (unsigned i = 0; i < inclusion_count; i++) {
		inclusions[i].is_visited = false;
	}
	return leads_to(from, to);
}

static enum CXChildVisitResult visit_top(CXCursor node, CXCursor parent, CXClientData data)
{
	struct expansion *next = &expansions[expansion_count];

	(void)parent;
	(void)data;
	if (kind(node) == CXCursor_InclusionDirective) {
		inclusion_add(node);
	}
	if (kind(node) != CXCursor_MacroExpansion) {
		return CXChildVisit_Continue;
	}
	clang_getFileLocation(first_token(node), &next->file, NULL, NULL, &next->offset);
	if (origin_of_file(next->file) != ORIGIN_CHECKED) {
		return CXChildVisit_Continue;
	}
	next->macro = name(node);
	expansion_count++;
	if (expansion_count == EXPANSIONS_MAX) {
		fail("%s: too many macros", options.file);
	}
	return CXChildVisit_Continue;
}

void origin_init(void)
{
	root_add(string_format("%s/kernel/include", options.root));
	root_add(string_format("%s/hil/include", options.root));
	root_add(compiler_include());
	root_add(compiler_predefined());
	clang_visitChildren(clang_getTranslationUnitCursor(unit), visit_top, NULL);
}

/* --- includes --- */

/* Public headers that are for boards and arch/ only. */
static const char *const not_for_checked[] = {"kernel/board.h", "kernel/entry.h",
					      "kernel/annotation.h"};
static const char *const from_compiler[] = {"stdbool.h", "stddef.h", "stdint.h"};

static bool is_listed(const char *path, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ends_with(path, string_format("/%s", list[i]))) {
			return true;
		}
	}
	return false;
}

static bool may_include_trusted(const char *path)
{
	if (lies_in(path, roots[2])) {
		return is_listed(path, from_compiler,
				 sizeof(from_compiler) / sizeof(from_compiler[0]));
	}
	return !is_listed(path, not_for_checked,
			  sizeof(not_for_checked) / sizeof(not_for_checked[0]));
}

static const char *folder_of(const char *path)
{
	char *folder = string_format("%s", path);
	char *slash = strrchr(folder, '/');

	if (slash != NULL) {
		*slash = '\0';
	}
	return folder;
}

/* Headers of one's own folder; for capsules those of all capsules. */
static bool may_include_checked(const char *path)
{
	char main_path[PATH_MAX];

	if (realpath(options.file, main_path) == NULL || !ends_with(path, ".h")) {
		return false;
	}
	if (strcmp(folder_of(path), folder_of(main_path)) == 0) {
		return true;
	}
	return options.profile == PROFILE_CAPSULE &&
	       strcmp(folder_of(path), string_format("%s/capsules", options.root)) == 0;
}

static void check_inclusion(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	CXFile includer;
	const char *path = path_of(file);
	bool trusted = origin_of_file(file) == ORIGIN_TRUSTED;

	(void)data;
	if (depth == 0) {
		text_check(file);
		return;
	}
	clang_getFileLocation(stack[0], &includer, NULL, NULL, NULL);
	if (origin_of_file(includer) == ORIGIN_CHECKED &&
	    !(trusted ? may_include_trusted(path) : may_include_checked(path))) {
		refuse_at(stack[0], RULE_C_INCLUDE, path);
		return;
	}
	if (!trusted) {
		text_check(file);
	}
}

void origin_check_includes(void)
{
	clang_getInclusions(unit, check_inclusion, NULL);
}
