/* The compiler and the checker read the same program: after preprocessing, token for token. */

#include "capcheck.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_word_character(char character)
{
	return isalnum((unsigned char)character) || character == '_' || character == '$';
}

/* Past blanks and what the preprocessor says about lines. */
static const char *skip_space(const char *at)
{
	bool is_line_start = true;

	for (;; at++) {
		if (*at == '\n') {
			is_line_start = true;
		} else if (*at == '#' && is_line_start && begins_with(at, "# ")) {
			at = strchr(at, '\n');
			if (at == NULL) {
				return "";
			}
		} else if (!isspace((unsigned char)*at)) {
			return at;
		} else {
			continue;
		}
	}
}

static const char *skip_quoted(const char *at)
{
	char quote = *at;

	for (at++; *at != '\0' && *at != quote; at++) {
		if (*at == '\\' && at[1] != '\0') {
			at++;
		}
	}
	return *at == '\0' ? at : at + 1;
}

/* Numbers and names are one token each; every other character is one. Both preprocessors keep
 * punctuators apart that would run together, so what is equal here is equal there. */
static const char *skip_token(const char *at)
{
	if (*at == '"' || *at == '\'') {
		return skip_quoted(at);
	}
	if (!is_word_character(*at)) {
		return at + 1;
	}
	while (is_word_character(*at)) {
		at++;
	}
	return at;
}

static char *copy_token(const char *from, const char *to)
{
	return string_format("%.*s", (int)(to - from), from);
}

static char *preprocessed_by_compiler(void)
{
	unsigned count = 0;

	while (options.compiler[count] != NULL) {
		count++;
	}

	char **command = memory_take((count + 5) * sizeof(char *));

	memcpy(command, options.compiler, count * sizeof(char *));
	command[count] = "-E";
	command[count + 1] = "-P";
	command[count + 2] = "-w";
	command[count + 3] = (char *)options.file;
	return command_output(command);
}

static char *preprocessed_by_clang(void)
{
	unsigned count;
	char **arguments = clang_arguments(&count);
	char **command = memory_take((count + 5) * sizeof(char *));

	command[0] = "clang-19";
	memcpy(command + 1, arguments, count * sizeof(char *));
	command[count + 1] = "-E";
	command[count + 2] = "-P";
	command[count + 3] = (char *)options.file;
	return command_output(command);
}

void tokens_compare(void)
{
	const char *left = skip_space(preprocessed_by_compiler());
	const char *right = skip_space(preprocessed_by_clang());

	while (*left != '\0' || *right != '\0') {
		const char *left_end = *left == '\0' ? left : skip_token(left);
		const char *right_end = *right == '\0' ? right : skip_token(right);
		char *left_token = copy_token(left, left_end);
		char *right_token = copy_token(right, right_end);

		if (strcmp(left_token, right_token) != 0) {
			refuse(clang_getTranslationUnitCursor(unit), RULE_C_TOKENS, left_token,
			       right_token);
			return;
		}
		left = skip_space(left_end);
		right = skip_space(right_end);
	}
}
