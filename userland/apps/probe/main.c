#include "probe.h"
#include <console.h>
#include <line.h>

/* Runs the list in its order: an item may rely on what the ones before it left behind. */

static void report_end(const struct tally *tally)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "probe: ");
	line_decimal(&line, tally->checks);
	line_text(&line, " checks, ");
	line_decimal(&line, tally->failed);
	line_text(&line, " failed, ");
	line_decimal(&line, tally->skipped);
	line_text(&line, " skipped\n");
	line_print(&line);
}

int main(void)
{
	struct tally tally = {0};

	probe_group(&tally, commands_and_subscribe);
	probe_group(&tally, sharing);
	probe_group(&tally, memory);
	probe_group(&tally, yielding);
	probe_group(&tally, ipc);
	report_end(&tally);
	return tally.failed != 0;
}
