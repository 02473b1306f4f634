#include "probe.h"
#include <line.h>

/* An item prints one line. While it runs the line is begun; the first check that fails finishes it,
 * and later ones of the same item are silent. */

static uint32_t current;
static bool told;

static void begin_line(struct line *line, const char *text)
{
	line->length = 0;
	line_text(line, "probe ");
	line_decimal(line, current);
	line_text(line, text);
}

static void end_line(struct line *line)
{
	line_text(line, "\n");
	line_print(line);
	told = true;
}

static void line_values(struct line *line, const uint32_t values[4])
{
	for (uint32_t i = 0; i < 4; i++) {
		line_text(line, " ");
		line_hex(line, values[i]);
	}
}

static void tell_registers(const uint32_t expected[4], const struct exact_call *call)
{
	struct line line;

	if (told) {
		return;
	}
	begin_line(&line, ": FAIL expected");
	line_values(&line, expected);
	line_text(&line, " got");
	line_values(&line, call->results);
	if (call->changed != 0) {
		line_text(&line, " changed ");
		line_hex(&line, call->changed);
	}
	end_line(&line);
}

bool gives(enum system_call_class class, uint32_t argument0, uint32_t argument1, uint32_t argument2,
	   uint32_t argument3, struct wanted wanted)
{
	struct exact_call call = {.arguments = {argument0, argument1, argument2, argument3}};
	uint32_t expected[4];
	bool right = true;

	exact_call(class, &call);
	for (uint32_t i = 0; i < 4; i++) {
		expected[i] = i < wanted.count ? wanted.values[i] : call.arguments[i];
		right = right && call.results[i] == expected[i];
	}
	right = right && call.changed == 0;
	if (!right) {
		tell_registers(expected, &call);
	}
	return right;
}

bool same(uint32_t expected, uint32_t got)
{
	struct line line;

	if (expected == got) {
		return true;
	}
	if (!told) {
		begin_line(&line, ": FAIL expected ");
		line_hex(&line, expected);
		line_text(&line, " got ");
		line_hex(&line, got);
		end_line(&line);
	}
	return false;
}

enum verdict verdict(bool passed)
{
	return passed ? PASSED : FAILED;
}

enum verdict skip(const char *why)
{
	struct line line;

	begin_line(&line, ": skipped (");
	line_text(&line, why);
	line_text(&line, ")");
	end_line(&line);
	return SKIPPED;
}

void probe_group(struct tally *tally, const struct item *items)
{
	for (const struct item *item = items; item->number != 0; item++) {
		current = item->number;
		told = false;
		enum verdict verdict = item->run();
		tally->checks++;
		tally->failed += verdict == FAILED;
		tally->skipped += verdict == SKIPPED;
		if (verdict == PASSED) {
			struct line line;
			begin_line(&line, ": ok");
			end_line(&line);
		}
	}
}
