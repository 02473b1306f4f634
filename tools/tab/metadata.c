/* A line at a time. The values wanted are copied, so nothing refers to the text afterwards. */

#include <tools/tab/metadata.h>

#include <stdio.h>
#include <string.h>

#define VERSION_SUPPORTED "1"

/* A part of the text. */
struct span {
	const char *text;
	size_t length;
};

/* One of the values wanted: where it goes, and whether it was there. */
struct wanted {
	const char *key;
	char *value;
	bool is_found;
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

static struct span trim(struct span span)
{
	while (span.length > 0 && is_blank(span.text[0])) {
		span.text++;
		span.length--;
	}
	while (span.length > 0 && is_blank(span.text[span.length - 1])) {
		span.length--;
	}
	return span;
}

static struct span after(struct span span, size_t count)
{
	return trim((struct span){span.text + count, span.length - count});
}

static bool is_end_of_value(struct span rest)
{
	return rest.length == 0 || rest.text[0] == '#';
}

static char escaped(char letter)
{
	switch (letter) {
	case '"':
	case '\\':
		return letter;
	case 't':
		return '\t';
	default:
		return '\0';
	}
}

/* The string that begins at a quotation mark, single (as it stands) or double (with escapes). */
static const char *read_string(struct span value, char *text)
{
	char quote = value.text[0];
	size_t at = 1;
	size_t count = 0;

	while (at < value.length && value.text[at] != quote) {
		char byte = value.text[at++];
		if (quote == '"' && byte == '\\') {
			byte = at < value.length ? escaped(value.text[at++]) : '\0';
			if (byte == '\0') {
				return "has a string with an escape other than \\\", \\\\ and \\t";
			}
		}
		if (byte == '\0' || count == METADATA_TEXT_MAX) {
			return "has a string that is too long or has a zero in it";
		}
		text[count++] = byte;
	}
	text[count] = '\0';
	if (at >= value.length || !is_end_of_value(after(value, at + 1))) {
		return "has a string that does not end, or something behind it";
	}
	return NULL;
}

/* A number, or a date, as it is written. */
static const char *read_bare(struct span value, char *text)
{
	size_t count = 0;

	while (count < value.length && value.text[count] != '#') {
		count++;
	}
	struct span bare = trim((struct span){value.text, count});
	if (bare.length == 0 || bare.length > METADATA_TEXT_MAX ||
	    memchr(bare.text, '\0', bare.length) != NULL) {
		return "has a key without a value, or one that is too long";
	}
	memcpy(text, bare.text, bare.length);
	text[bare.length] = '\0';
	return NULL;
}

static const char *read_value(struct span value, char *text)
{
	bool is_string = value.length > 0 && (value.text[0] == '"' || value.text[0] == '\'');

	return is_string ? read_string(value, text) : read_bare(value, text);
}

static struct wanted *find_wanted(struct wanted *wanted, struct span key)
{
	for (; wanted->key != NULL; wanted++) {
		if (strlen(wanted->key) == key.length &&
		    memcmp(wanted->key, key.text, key.length) == 0) {
			return wanted;
		}
	}
	return NULL;
}

static const char *read_line(struct wanted *wanted, struct span line)
{
	const char *equals = memchr(line.text, '=', line.length);

	if (equals == NULL) {
		return "has a line that is not of the form key = value";
	}
	size_t key_length = (size_t)(equals - line.text);
	struct wanted *found = find_wanted(wanted, trim((struct span){line.text, key_length}));
	if (found == NULL) {
		return NULL;
	}
	if (found->is_found) {
		return "gives a value twice";
	}
	found->is_found = true;
	return read_value(after(line, key_length + 1), found->value);
}

/* What follows the first table belongs to tables (N1). */
static const char *read_lines(struct wanted *wanted, struct span text)
{
	while (text.length > 0) {
		const char *end = memchr(text.text, '\n', text.length);
		size_t length = end != NULL ? (size_t)(end - text.text) : text.length;
		struct span line = trim((struct span){text.text, length});
		size_t used = length + (end != NULL ? 1 : 0);

		text = (struct span){text.text + used, text.length - used};
		if (line.length == 0 || line.text[0] == '#') {
			continue;
		}
		if (line.text[0] == '[') {
			return NULL;
		}
		const char *wrong = read_line(wanted, line);
		if (wrong != NULL) {
			return wrong;
		}
	}
	return NULL;
}

const char *metadata_read(struct metadata *metadata, const char *text, size_t length)
{
	char version[METADATA_TEXT_MAX + 1] = "";
	struct wanted wanted[] = {
	    {"tab-version", version, false},
	    {"name", metadata->name, false},
	    {"only-for-boards", metadata->only_for_boards, false},
	    {"minimum-tock-kernel-version", metadata->kernel_version, false},
	    {"build-date", metadata->build_date, false},
	    {NULL, NULL, false},
	};

	*metadata = (struct metadata){0};
	const char *wrong = read_lines(wanted, (struct span){text, length});
	if (wrong != NULL) {
		return wrong;
	}
	if (strcmp(version, VERSION_SUPPORTED) != 0) {
		return "does not say tab-version = 1, the only version there is";
	}
	return NULL;
}

static void write_string(FILE *out, const char *key, const char *value)
{
	fprintf(out, "%s = \"", key);
	for (size_t i = 0; value[i] != '\0'; i++) {
		if (value[i] == '"' || value[i] == '\\') {
			fputc('\\', out);
		}
		fputc(value[i], out);
	}
	fputs("\"\n", out);
}

char *metadata_write(const struct metadata *metadata, size_t *length)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, length);

	if (out == NULL) {
		return NULL;
	}
	fputs("tab-version = " VERSION_SUPPORTED "\n", out);
	write_string(out, "name", metadata->name);
	write_string(out, "only-for-boards", metadata->only_for_boards);
	if (metadata->kernel_version[0] != '\0') {
		write_string(out, "minimum-tock-kernel-version", metadata->kernel_version);
	}
	if (metadata->build_date[0] != '\0') {
		fprintf(out, "build-date = %s\n", metadata->build_date);
	}
	return fclose(out) == 0 ? text : NULL;
}

bool metadata_allows_board(const struct metadata *metadata, const char *board)
{
	const char *list = metadata->only_for_boards;
	bool is_any = trim((struct span){list, strlen(list)}).length == 0;

	while (!is_any) {
		size_t length = strcspn(list, ",");
		struct span name = trim((struct span){list, length});
		if (name.length == strlen(board) && memcmp(name.text, board, name.length) == 0) {
			return true;
		}
		if (list[length] == '\0') {
			return false;
		}
		list += length + 1;
	}
	return true;
}
