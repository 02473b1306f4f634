/* The tables of the process console. Columns are those of Tock's. */

#include <capsules/process_console_table.h>
#include <capsules/process_overview.h>

enum {
	NAME_LIMIT = 32, /* characters shown of a name; a long one moves the columns behind it */

	/* Columns that text on the left begins in. */
	COLUMN_SHORT_ID = 8,
	COLUMN_LIST_NAME = 19,
	COLUMN_LIST_NUMBERS = 39,
	COLUMN_STATS_NAME = 8,
	COLUMN_STATS_NUMBERS = 28,
};

/* The number at the right end of a field. */
static void add_right(struct text *line, uint32_t number, uint32_t width)
{
	uint32_t digits = 1;
	uint32_t rest = number;

	for (uint32_t i = 0; i < 9; i++) {
		rest /= 10;
		digits += rest > 0 ? 1 : 0;
	}
	text_fill_to(line, line->length + (digits < width ? width - digits : 0), ' ');
	text_add_decimal(line, number);
}

static void add_pid(struct text *line, const struct process_description *process, uint32_t column)
{
	text_add_char(line, ' ');
	text_add_decimal(line, process_id_number(process->id));
	text_fill_to(line, column, ' ');
}

void process_console_table_add_list_head(struct text *line)
{
	text_add(line,
		 SPAN_OF_TEXT(" PID    ShortID    Name                Quanta  Syscalls  Restarts"
			      "  Grants  State"));
}

void process_console_table_add_list_row(struct text *line,
					const struct process_description *process)
{
	add_pid(line, process, COLUMN_SHORT_ID);
	if (process->short_id == 0) {
		text_add(line, SPAN_OF_TEXT("Unique"));
	} else {
		text_add(line, SPAN_OF_TEXT("0x"));
		text_add_hex(line, process->short_id);
	}
	text_fill_to(line, COLUMN_LIST_NAME, ' ');
	text_add_foreign(line, process->name, NAME_LIMIT);
	text_fill_to(line, COLUMN_LIST_NUMBERS, ' ');
	add_right(line, process->slices_expired, 6);
	add_right(line, process->system_calls, 10);
	add_right(line, process->restarts, 10);
	add_right(line, process->grants_used, 4);
	text_add_char(line, '/');
	add_right(line, process->grants_total, 2);
	text_add(line, SPAN_OF_TEXT("   "));
	process_overview_add_state(line, process);
}

void process_console_table_add_stats_head(struct text *line)
{
	text_add(line,
		 SPAN_OF_TEXT(" PID    Name                 CPU %  Syscalls   Upcalls   Dropped"));
}

/* n / d, rounded down, without the compiler's library; d is not 0. */
static uint64_t divide(uint64_t n, uint64_t d)
{
	uint64_t quotient = 0;
	uint64_t rest = 0;

	for (uint32_t i = 0; i < 64; i++) {
		rest = rest << 1 | n >> 63;
		n <<= 1;
		quotient <<= 1;
		if (rest >= d) {
			rest -= d;
			quotient |= 1;
		}
	}
	return quotient;
}

/* Of the time since the start, as "12.3". */
static void add_share(struct text *line, uint64_t ticks, const struct kernel_statistics *statistics,
		      uint32_t width)
{
	if (statistics->total_ticks == 0) {
		text_fill_to(line, line->length + width - 1, ' ');
		text_add_char(line, '-');
		return;
	}

	uint32_t thousandths = (uint32_t)divide(ticks * 1000, statistics->total_ticks);

	add_right(line, thousandths / 10, width < 2 ? 0 : width - 2);
	text_add_char(line, '.');
	text_add_decimal(line, thousandths % 10);
}

void process_console_table_add_stats_row(struct text *line,
					 const struct process_description *process,
					 const struct kernel_statistics *statistics)
{
	add_pid(line, process, COLUMN_STATS_NAME);
	text_add_foreign(line, process->name, NAME_LIMIT);
	text_fill_to(line, COLUMN_STATS_NUMBERS, ' ');
	add_share(line, process->run_ticks, statistics, 6);
	add_right(line, process->system_calls, 10);
	add_right(line, process->upcalls_delivered, 10);
	add_right(line, process->upcalls_dropped, 10);
}

static void add_seconds(struct text *line, uint64_t ms)
{
	uint32_t seconds = (uint32_t)divide(ms, 1000);
	uint32_t rest = (uint32_t)ms - seconds * 1000;

	text_add_decimal(line, seconds);
	text_add(line, rest < 10    ? SPAN_OF_TEXT(".00")
		       : rest < 100 ? SPAN_OF_TEXT(".0")
				    : SPAN_OF_TEXT("."));
	text_add_decimal(line, rest);
}

void process_console_table_add_times(struct text *line, const struct kernel_statistics *statistics)
{
	if (statistics->clock_hz != 0) {
		add_seconds(line, divide(statistics->total_ticks * 1000, statistics->clock_hz));
		text_add(line, SPAN_OF_TEXT(" s since the start, "));
		add_share(line, statistics->sleep_ticks, statistics, 1);
		text_add(line, SPAN_OF_TEXT(" % asleep, "));
	}
	text_add(line, SPAN_OF_TEXT("woken "));
	text_add_decimal(line, statistics->sleeps);
	text_add(line, SPAN_OF_TEXT(" times"));
}
