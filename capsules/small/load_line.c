/* In place of capsules/load_line.c, for boards that have no flash for words: the outcome is the number in enum
 * load_outcome (kernel/process_info.h), its details are as they are. */

#include <capsules/load_line.h>

void load_line_add(struct text *line, const struct load_result *result)
{
	struct text_numbers numbers = {
	    4, {result->flash_start, result->outcome, result->detail, result->detail_found}};

	if (result->outcome != LOAD_STARTED && result->outcome != LOAD_PADDING) {
		text_format(
		    line,
		    SPAN_OF_TEXT("application at 0x{w} not started: outcome {} ({x}, {x}) {n24}"),
		    result->name, &numbers);
	}
}
