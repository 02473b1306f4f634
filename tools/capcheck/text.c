/* The text of a checked file, token by token: what the tree does not show.
 *
 * Checked text holds no directives but includes, no names of the kernel's or the compiler's own,
 * and only macros that are listed here, with arguments of the listed form. This is what lets the
 * later passes take a node that a trusted macro began for that macro's own. */

#include "capcheck.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct text {
	CXFile file;
	CXToken *tokens; /* without comments */
	unsigned count;
};

static const char *spelling(const struct text *text, unsigned index)
{
	return index < text->count ? string_of(clang_getTokenSpelling(unit, text->tokens[index]))
				   : "";
}

static CXTokenKind token_kind(const struct text *text, unsigned index)
{
	return index < text->count ? clang_getTokenKind(text->tokens[index]) : CXToken_Comment;
}

static CXSourceLocation place(const struct text *text, unsigned index)
{
	return clang_getTokenLocation(unit, text->tokens[index]);
}

static bool is_token(const struct text *text, unsigned index, const char *wanted)
{
	return strcmp(spelling(text, index), wanted) == 0;
}

static bool is_word(const struct text *text, unsigned index)
{
	CXTokenKind found = token_kind(text, index);

	return found == CXToken_Identifier;
}

static bool is_any_of(const char *word, const char *const *list)
{
	for (unsigned i = 0; list[i] != NULL; i++) {
		if (strcmp(word, list[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* --- characters --- */

static bool is_splice(const char *rest, const char *end)
{
	if (*rest != '\\') {
		return false;
	}
	for (rest++; rest < end && (*rest == ' ' || *rest == '\t' || *rest == '\r'); rest++) {
	}
	return rest < end && *rest == '\n';
}

static bool is_trigraph(const char *rest, const char *end)
{
	return end - rest >= 3 && rest[0] == '?' && rest[1] == '?' &&
	       strchr("=/'()!<>-", rest[2]) != NULL;
}

static void characters_check(CXFile file)
{
	size_t length;
	const char *bytes = clang_getFileContents(unit, file, &length);

	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		const char *problem = NULL;

		if (byte >= 0x7f || (byte < 0x20 && byte != '\n' && byte != '\t')) {
			problem = string_format("character 0x%02x", byte);
		} else if (is_splice(bytes + i, bytes + length)) {
			problem = "a line continued by '\\'";
		} else if (is_trigraph(bytes + i, bytes + length)) {
			problem = "a trigraph";
		}
		if (problem != NULL) {
			refuse_at(clang_getLocationForOffset(unit, file, (unsigned)i),
				  RULE_C_CHARACTER, problem);
		}
	}
}

/* --- macros --- */

/* Forms of arguments: i a name; s a struct's tag, with `struct`; f functions, `.operation = name`;
 * v numbers, `.field = number`; e an expression; n a number; t text; m a member's name; T a type:
 * a name or a struct's tag; r a number or RESET_UNKNOWN. */
struct macro {
	const char *name, *form, *words;
};

static const struct macro macros[] = {
    {"GRANT_DEFINE", "i,s,v", "name, struct type, .field = number"},
    {"GRANT_ENTER", "i,i,e,e", "grant type, name, &grant, process"},
    {"GRANT_EACH", "i,i,e", "grant type, name, &grant"},
    {"FOR_EACH", "s,i,e", "struct type, name, array"},
    {"TAKE_CELL_DEFINE", "i,s", "name, struct type"},
    {"TAKE_CELL_WITH", "i,i,e", "cell type, name, &cell"},
    {"ELEMENT", "e,e", "array, index"},
    {"PRESENT", "e", "pointer"},
    {"ARRAY_LENGTH", "e", "array"},
    {"SPAN_OF_TEXT", "t", "\"text\""},
    {"offsetof", "s,m", "struct type, member"},
    {"UINT8_C", "n", "number"},
    {"UINT16_C", "n", "number"},
    {"UINT32_C", "n", "number"},
    {"UINT64_C", "n", "number"},
};

/* For chip drivers only. */
static const struct macro chip_macros[] = {
    {"REGISTER_READ_ONLY", "i,T,r", "name, type, reset value"},
    {"REGISTER_WRITE_ONLY", "i,T", "name, type"},
    {"REGISTER_READ_WRITE", "i,T,r", "name, type, reset value"},
    {"REGISTER_BITS", "i,T,r", "name, type, reset value"},
    {"REGISTER_WRITE_1_TO_CLEAR", "i,T", "name, type"},
    {"REGISTER_READ_WRITE_1_TO_CLEAR", "i,T,r", "name, type, reset value"},
    {"REGISTER_DMA_ADDRESS", "i,n", "name, number"},
    {"REGISTER_DMA_LENGTH", "i,n", "name, number"},
    {"REGISTER_DMA_CONTROL", "i,T,r", "name, type, reset value"},
    {"DMA_CHANNEL", "i,i,i,i,i,i,i,i",
     "family, name, address, length, control, start, status, busy"},
    {"AT_OFFSET", "n", "number"},
    {"VALUES_OF", "i", "name of an enum"},
};

static const char *const chip_constants[] = {"RESET_UNKNOWN", NULL};

static const char *const constants[] = {
    "NULL",      "true",      "false",           "bool",       "KEEP",       "APART",
    "NULLABLE",  "UINT8_MAX", "UINT16_MAX",      "UINT32_MAX", "UINT64_MAX", "INT8_MIN",
    "INT8_MAX",  "INT16_MIN", "INT16_MAX",       "INT32_MIN",  "INT32_MAX",  "INT64_MIN",
    "INT64_MAX", "SIZE_MAX",  "PROCESS_ID_NONE", NULL,
};

static const struct macro implement = {"", "i,s,i,f",
				       "name, struct type, member, .operation = function"};

static const struct macro *macro_in(const struct macro *list, size_t count, const char *macro_name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i].name, macro_name) == 0) {
			return &list[i];
		}
	}
	return NULL;
}

static const struct macro *macro_find(const char *macro_name)
{
	const struct macro *found =
	    macro_in(macros, sizeof(macros) / sizeof(macros[0]), macro_name);

	if (found == NULL && options.profile == PROFILE_CHIP) {
		found =
		    macro_in(chip_macros, sizeof(chip_macros) / sizeof(chip_macros[0]), macro_name);
	}
	if (found != NULL) {
		return found;
	}
	return ends_with(macro_name, "_IMPLEMENT") ? &implement : NULL;
}

/* Each reads one argument from `*at` on and leaves `*at` behind it. */

static bool read_tag(const struct text *text, unsigned *at)
{
	if (is_token(text, *at, "const")) {
		(*at)++;
	}
	if (!is_token(text, *at, "struct") || !is_word(text, *at + 1)) {
		return false;
	}
	*at += 2;
	return true;
}

static bool read_designated(const struct text *text, unsigned *at, bool functions)
{
	for (;;) {
		bool is_value = functions ? is_word(text, *at + 3)
					  : is_word(text, *at + 3) ||
						token_kind(text, *at + 3) == CXToken_Literal;

		if (!is_token(text, *at, ".") || !is_word(text, *at + 1) ||
		    !is_token(text, *at + 2, "=") || !is_value) {
			return false;
		}
		*at += 4;
		if (!is_token(text, *at, ",")) {
			return true;
		}
		(*at)++;
	}
}

static bool read_text(const struct text *text, unsigned *at)
{
	unsigned first = *at;

	while (token_kind(text, *at) == CXToken_Literal && spelling(text, *at)[0] == '"') {
		(*at)++;
	}
	return *at > first;
}

/* Up to a comma or the closing bracket of the macro. */
static bool read_expression(const struct text *text, unsigned *at)
{
	unsigned first = *at;
	int depth = 0;

	for (; *at < text->count; (*at)++) {
		const char *token = spelling(text, *at);

		if (depth == 0 && (strcmp(token, ",") == 0 || strcmp(token, ")") == 0)) {
			return *at > first;
		}
		if (strchr("{};#", token[0]) != NULL) {
			return false;
		}
		depth += token[0] == '(' || token[0] == '[' ? 1 : 0;
		depth -= token[0] == ')' || token[0] == ']' ? 1 : 0;
	}
	return false;
}

static bool read_member(const struct text *text, unsigned *at)
{
	while (is_word(text, *at)) {
		(*at)++;
		if (!is_token(text, *at, ".")) {
			return true;
		}
		(*at)++;
	}
	return false;
}

static bool read_argument(const struct text *text, unsigned *at, char form)
{
	switch (form) {
	case 'i':
		(*at)++;
		return is_word(text, *at - 1);
	case 's':
		return read_tag(text, at);
	case 'f':
		return read_designated(text, at, true);
	case 'v':
		return read_designated(text, at, false);
	case 't':
		return read_text(text, at);
	case 'm':
		return read_member(text, at);
	case 'n':
		(*at)++;
		return token_kind(text, *at - 1) == CXToken_Literal;
	case 'r':
		(*at)++;
		return token_kind(text, *at - 1) == CXToken_Literal ||
		       is_token(text, *at - 1, "RESET_UNKNOWN");
	case 'T':
		if (is_token(text, *at, "struct")) {
			return read_tag(text, at);
		}
		(*at)++;
		return is_word(text, *at - 1);
	default:
		return read_expression(text, at);
	}
}

static bool has_form(const struct text *text, unsigned at, const char *form)
{
	if (!is_token(text, at, "(")) {
		return false;
	}
	for (at++; *form != '\0'; form++) {
		if (*form == ',') {
			if (!is_token(text, at, ",")) {
				return false;
			}
			at++;
		} else if (!read_argument(text, &at, *form)) {
			return false;
		}
	}
	return is_token(text, at, ")");
}

static void macro_check(const struct text *text, unsigned index)
{
	CXFile file;
	unsigned offset;

	clang_getFileLocation(place(text, index), &file, NULL, NULL, &offset);

	const char *macro_name = macro_at(file, offset);
	const char *word = spelling(text, index);

	if (macro_name == NULL && token_kind(text, index) == CXToken_Identifier &&
	    (is_any_of(word, constants) || macro_find(word) != NULL)) {
		/* Another file, where the macro is known, would read it otherwise. */
		refuse_at(place(text, index), RULE_C_SHADOW, word);
	}
	if (macro_name == NULL || is_any_of(macro_name, constants) ||
	    (options.profile == PROFILE_CHIP && is_any_of(macro_name, chip_constants))) {
		return;
	}

	const struct macro *macro = macro_find(macro_name);

	if (macro == NULL) {
		refuse_at(place(text, index), RULE_C_MACRO, macro_name);
	} else if (!has_form(text, index + 1, macro->form)) {
		refuse_at(place(text, index), RULE_C_MACRO_ARGUMENT, macro_name, macro->words);
	}
}

/* --- words --- */

static unsigned line_at(const struct text *text, unsigned index)
{
	unsigned line;

	clang_getFileLocation(place(text, index), NULL, &line, NULL, NULL);
	return line;
}

static const char *const refused_words[] = {
    "asm",    "auto",     "extern", "register", "typedef", "typeof",       "float",
    "double", "restrict", "union",  "volatile", "alignas", "thread_local", NULL,
};

static const char *const loop_words[] = {"while", "do", "goto", NULL};

static void name_check(const struct text *text, unsigned index, const char *word)
{
	bool is_reserved = word[0] == '_' || strstr(word, "__") != NULL ||
			   begins_with(word, "private_") || begins_with(word, "PRIVATE_") ||
			   strstr(word, "_private_") != NULL || strpbrk(word, "$\\") != NULL;

	if (is_reserved && strcmp(word, "_Static_assert") != 0) {
		refuse_at(place(text, index), RULE_C_NAME, word);
	}
}

static bool is_in_include(const struct text *text, unsigned index)
{
	while (index > 0 && !is_token(text, index, "#") &&
	       line_at(text, index - 1) == line_at(text, index)) {
		index--;
	}
	return is_token(text, index, "#") && is_token(text, index + 1, "include");
}

static void word_check(const struct text *text, unsigned index, const char *word)
{
	bool is_chip = options.profile == PROFILE_CHIP;

	name_check(text, index, word);
	if (is_any_of(word, loop_words)) {
		refuse_at(place(text, index), RULE_T_KEYWORD, word);
	} else if (is_chip && strcmp(word, "volatile") == 0) {
		refuse_at(place(text, index), RULE_R_VOLATILE);
	} else if (is_any_of(word, refused_words) && !(is_chip && strcmp(word, "union") == 0) &&
		   !is_in_include(text, index)) {
		refuse_at(place(text, index), RULE_C_KEYWORD, word);
	}
	macro_check(text, index);
}

/* struct, enum or union with a body, other than at file scope. */
static void type_definition_check(const struct text *text, unsigned index, unsigned depth)
{
	const char *word = spelling(text, index);
	bool has_body = is_token(text, index + 1, "{") ||
			(is_word(text, index + 1) && is_token(text, index + 2, "{"));
	bool is_register_union =
	    options.profile == PROFILE_CHIP && depth == 1 && strcmp(word, "union") == 0;

	if (depth > 0 && has_body && !is_register_union &&
	    (strcmp(word, "struct") == 0 || strcmp(word, "enum") == 0 ||
	     strcmp(word, "union") == 0)) {
		refuse_at(place(text, index), RULE_C_CONSTRUCT,
			  "a type defined inside of something");
	}
}

/* --- punctuation, directives, strings --- */

/* Directives come before everything else: what is included stands at file scope then, whole. */
static bool is_at_top(const struct text *text, unsigned index)
{
	for (unsigned i = 0; i < index; i++) {
		bool begins_line = i == 0 || line_at(text, i - 1) != line_at(text, i);

		if (begins_line && !is_token(text, i, "#")) {
			return false;
		}
	}
	return true;
}

static void directive_check(const struct text *text, unsigned index)
{
	bool is_first = index == 0 || line_at(text, index - 1) != line_at(text, index);
	bool is_include = is_token(text, index + 1, "include");
	bool is_once = is_token(text, index + 1, "pragma") && is_token(text, index + 2, "once");

	if (!is_first || !(is_include || is_once) || !is_at_top(text, index)) {
		refuse_at(place(text, index), RULE_C_DIRECTIVE, spelling(text, index + 1));
	}
}

static void punctuation_check(const struct text *text, unsigned index, const char *token)
{
	static const char *const digraphs[] = {"<:", ":>", "<%", "%>", "%:", "%:%:", NULL};

	if (strcmp(token, "#") == 0) {
		directive_check(text, index);
	} else if (is_any_of(token, digraphs)) {
		refuse_at(place(text, index), RULE_C_CHARACTER, "a digraph");
	} else if (strcmp(token, "##") == 0) {
		refuse_at(place(text, index), RULE_C_DIRECTIVE, "#");
	} else if (strcmp(token, "...") == 0) {
		refuse_at(place(text, index), RULE_C_CONSTRUCT, "'...'");
	} else if (strcmp(token, "[") == 0 && is_token(text, index + 1, "[")) {
		refuse_at(place(text, index), RULE_C_ATTRIBUTE, spelling(text, index + 2));
	} else if (strcmp(token, "(") == 0 && is_token(text, index + 1, "{")) {
		refuse_at(place(text, index), RULE_C_CONSTRUCT, "a statement as an expression");
	}
}

/* SPAN_OF_TEXT("..."), _Static_assert(..., "...") and includes. */
static void string_check(const struct text *text, unsigned index)
{
	unsigned first = index;

	while (first > 0 && token_kind(text, first - 1) == CXToken_Literal) {
		first--;
	}

	bool is_span = first >= 2 && is_token(text, first - 1, "(") &&
		       is_token(text, first - 2, "SPAN_OF_TEXT");
	bool is_include = first >= 1 && is_token(text, first - 1, "include");
	bool is_assert = first >= 1 && is_token(text, first - 1, ",") &&
			 is_token(text, index + 1, ")") && is_token(text, index + 2, ";");

	for (unsigned i = first; is_assert && !is_token(text, i, "_Static_assert"); i--) {
		is_assert = i > 0 && !is_token(text, i, ";");
	}
	if (!is_span && !is_include && !is_assert) {
		refuse_at(place(text, index), RULE_C_STRING);
	}
}

static void tokens_check(const struct text *text)
{
	unsigned depth = 0;

	for (unsigned i = 0; i < text->count; i++) {
		const char *token = spelling(text, i);

		switch (token_kind(text, i)) {
		case CXToken_Punctuation:
			punctuation_check(text, i, token);
			depth += strchr("({[", token[0]) != NULL ? 1 : 0;
			depth -= depth > 0 && strchr(")}]", token[0]) != NULL ? 1 : 0;
			break;
		case CXToken_Literal:
			if (ends_with(token, "\"")) {
				string_check(text, i);
			}
			break;
		case CXToken_Keyword:
			type_definition_check(text, i, depth);
			word_check(text, i, token);
			break;
		case CXToken_Identifier:
			word_check(text, i, token);
			break;
		default:
			break;
		}
	}
}

void text_check(CXFile file)
{
	size_t length;
	CXToken *tokens;
	unsigned all;

	characters_check(file);
	clang_getFileContents(unit, file, &length);
	clang_tokenize(unit,
		       clang_getRange(clang_getLocationForOffset(unit, file, 0),
				      clang_getLocationForOffset(unit, file, (unsigned)length)),
		       &tokens, &all);

	struct text text = {.file = file, .tokens = memory_take(all * sizeof(CXToken) + 1)};

	for (unsigned i = 0; i < all; i++) {
		if (clang_getTokenKind(tokens[i]) != CXToken_Comment) {
			text.tokens[text.count] = tokens[i];
			text.count++;
		}
	}
	tokens_check(&text);
	clang_disposeTokens(unit, tokens, all);
}
