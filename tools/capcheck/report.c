/* Messages: collected, put in the order of the text, printed once each. */

#include "capcheck.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rule_text {
	const char *number, *message, *advice;
};

static const struct rule_text rules[] = {
#define RULE(name, number, message, advice) [RULE_##name] = {number, message, advice},
#include "rules.h"
#undef RULE
};

struct message {
	const char *file;
	unsigned line, column;
	enum rule rule;
	const char *text;
};

enum {
	MESSAGES_MAX = 200 /* more are counted, not shown */
};

static struct message messages[MESSAGES_MAX];
static unsigned message_count, messages_shown;

static const char *format_text(const char *format, va_list arguments)
{
	char text[1000];

	vsnprintf(text, sizeof(text), format, arguments);
	return string_format("%s", text);
}

static void message_add(CXSourceLocation at, enum rule rule, va_list arguments)
{
	CXFile file;
	struct message *message = &messages[messages_shown];

	message_count++;
	if (messages_shown == MESSAGES_MAX) {
		return;
	}
	messages_shown++;
	clang_getFileLocation(at, &file, &message->line, &message->column, NULL);
	message->file = file == NULL ? options.file : string_of(clang_getFileName(file));
	message->rule = rule;
	message->text = format_text(rules[rule].message, arguments);
}

void refuse_at(CXSourceLocation at, enum rule rule, ...)
{
	va_list arguments;

	va_start(arguments, rule);
	message_add(at, rule, arguments);
	va_end(arguments);
}

void refuse(CXCursor at, enum rule rule, ...)
{
	va_list arguments;

	va_start(arguments, rule);
	message_add(clang_getCursorLocation(at), rule, arguments);
	va_end(arguments);
}

static int compare(const void *left, const void *right)
{
	const struct message *a = left;
	const struct message *b = right;
	int files = strcmp(a->file, b->file);

	if (files != 0) {
		return files;
	}
	if (a->line != b->line) {
		return a->line < b->line ? -1 : 1;
	}
	if (a->column != b->column) {
		return a->column < b->column ? -1 : 1;
	}
	if (a->rule != b->rule) {
		return a->rule < b->rule ? -1 : 1;
	}
	return strcmp(a->text, b->text);
}

unsigned report_count(void)
{
	return message_count;
}

void report_print(void)
{
	qsort(messages, messages_shown, sizeof(messages[0]), compare);
	for (unsigned i = 0; i < messages_shown; i++) {
		const struct message *each = &messages[i];

		if (i > 0 && compare(each - 1, each) == 0) {
			continue;
		}
		fprintf(stderr, "%s:%u:%u: error: %s [%s]\n", each->file, each->line, each->column,
			each->text, rules[each->rule].number);
		fprintf(stderr, "%s:%u:%u: note: %s\n", each->file, each->line, each->column,
			rules[each->rule].advice);
	}
}

void report_rules(void)
{
	for (unsigned i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		printf("%s\t%s\t%s\n", rules[i].number, rules[i].message, rules[i].advice);
	}
}
