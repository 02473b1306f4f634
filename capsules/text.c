/* A line of text in the making.
 *
 * Invariant: length <= buffer_size(&buffer). All writing goes through text_add_char, which keeps
 * it. */

#include <capsules/text.h>

enum {
	HEX_DIGITS = 8,
	DECIMAL_DIGITS = 10, /* of UINT32_MAX */
	PRINTABLE_FIRST = 0x20,
	PRINTABLE_LAST = 0x7e,
};

void text_restart(struct text *self, struct buffer *buffer)
{
	self->buffer = buffer_take(buffer);
	self->length = 0;
}

void text_clear(struct text *self)
{
	self->length = 0;
}

void text_add_char(struct text *self, char character)
{
	if (self->length < buffer_size(&self->buffer)) {
		buffer_set(&self->buffer, self->length, (uint8_t)character);
		self->length++;
	}
}

void text_add(struct text *self, struct read_span bytes)
{
	for (uint32_t i = 0; i < minimum(read_span_length(bytes), TEXT_MAX); i++) {
		text_add_char(self, (char)read_span_get(bytes, i));
	}
}

void text_add_foreign(struct text *self, struct read_span bytes, uint8_t limit)
{
	uint32_t count = minimum(read_span_length(bytes), limit);

	for (uint32_t i = 0; i < count; i++) {
		uint8_t byte = read_span_get(bytes, i);
		bool printable = byte >= PRINTABLE_FIRST && byte <= PRINTABLE_LAST;

		text_add_char(self, printable ? (char)byte : '?');
	}
}

/* A number in base 10 or 16. Before its digits comes `filler`, so that it takes `width` places; no more than
 * there are digits in UINT32_MAX. */
static void text_add_number(struct text *self, uint32_t number, uint32_t base, uint32_t width,
			    char filler)
{
	uint32_t place = base == 10 ? 1000000000 : 0x10000000;
	uint32_t places = base == 10 ? DECIMAL_DIGITS : HEX_DIGITS;

	for (uint32_t left = minimum(places, DECIMAL_DIGITS); left > 0; left--) {
		uint32_t digit = number / place % base;

		if (number >= place || left == 1) {
			text_add_char(self, (char)(digit < 10 ? '0' + digit : 'a' + digit - 10));
		} else if (left <= width) {
			text_add_char(self, filler);
		}
		place /= base;
	}
}

void text_add_hex_padded(struct text *self, uint32_t value)
{
	text_add_number(self, value, 16, HEX_DIGITS, '0');
}

void text_add_hex(struct text *self, uint32_t value)
{
	text_add_number(self, value, 16, 0, '0');
}

void text_add_decimal(struct text *self, uint32_t value)
{
	text_add_number(self, value, 10, 0, ' ');
}

void text_fill_to(struct text *self, uint32_t column, char filler)
{
	for (uint32_t i = self->length; i < minimum(column, TEXT_MAX); i++) {
		text_add_char(self, filler);
	}
}

/* --- Formats --- */

/* What stands in a pair of braces. */
struct format_field {
	char kind; /* 'x', 'w', 'z', 'n' or 't'; 0: a number in decimal */
	uint32_t width;
};

static void text_add_formatted(struct text *self, const struct format_field *field, uint32_t number)
{
	switch (field->kind) {
	case 'x':
		text_add(self, SPAN_OF_TEXT("0x"));
		text_add_hex(self, number);
		break;
	case 'w':
		text_add_hex_padded(self, number);
		break;
	default:
		text_add_number(self, number, 10, field->width, field->kind == 'z' ? '0' : ' ');
		break;
	}
}

/* The number is the one with this index; false: the field stands for none. */
static bool text_add_field(struct text *self, const struct format_field *field,
			   struct read_span name, const struct text_numbers *numbers,
			   uint32_t index)
{
	switch (field->kind) {
	case 'n':
		text_add_foreign(self, name, (uint8_t)field->width);
		return false;
	case 't':
		text_fill_to(self, field->width, ' ');
		return false;
	default:
		if (index < minimum(numbers->count, TEXT_NUMBERS)) {
			text_add_formatted(self, field, numbers->values[index]);
		} else {
			text_add_char(self, '?');
		}
		return true;
	}
}

void text_format(struct text *self, struct read_span format, struct read_span name,
		 const struct text_numbers *numbers)
{
	struct format_field field = {0};
	bool inside = false; /* of a pair of braces */
	uint32_t next = 0;

	for (uint32_t i = 0; i < minimum(read_span_length(format), TEXT_MAX); i++) {
		uint8_t byte = read_span_get(format, i);

		if (byte == '{') {
			inside = true;
			field = (struct format_field){0};
		} else if (!inside) {
			text_add_char(self, (char)byte);
		} else if (byte == '}') {
			next += text_add_field(self, &field, name, numbers, next) ? 1 : 0;
			inside = false;
		} else if (byte <= '9') {
			field.width = field.width * 10 + (byte - '0');
		} else if (byte < 'a' + TEXT_NUMBERS) {
			next = byte - (uint32_t)'a';
		} else {
			field.kind = (char)byte;
		}
	}
}

void text_format_1(struct text *self, struct read_span format, uint32_t a)
{
	struct text_numbers numbers = {1, {a}};

	text_format(self, format, SPAN_OF_TEXT(""), &numbers);
}

void text_format_3(struct text *self, struct read_span format, uint32_t a, uint32_t b, uint32_t c)
{
	struct text_numbers numbers = {3, {a, b, c}};

	text_format(self, format, SPAN_OF_TEXT(""), &numbers);
}

void text_end_line(struct text *self)
{
	uint32_t size = buffer_size(&self->buffer);

	self->length = minimum(self->length, size < 2 ? 0 : size - 2);
	text_add(self, SPAN_OF_TEXT("\r\n"));
}
