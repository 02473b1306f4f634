/* The tables of the process console. Columns are those of Tock's. */

#include <capsules/process_console_table.h>
#include <capsules/process_overview.h>
#include <capsules/process_words.h>

void process_console_table_add_list_head(struct text *line)
{
	text_add(line,
		 SPAN_OF_TEXT(" PID    ShortID    Name                Quanta  Syscalls  Restarts"
			      "  Grants  State"));
}

void process_console_table_add_list_row(struct text *line,
					const struct process_description *process)
{
	process_words_add(line,
			  process->short_id == 0 ? SPAN_OF_TEXT(" {a}{t8}Unique")
						 : SPAN_OF_TEXT(" {a}{t8}{bx}"),
			  process);
	process_words_add(line, SPAN_OF_TEXT("{t19}{n32}{t39}{c6}{d10}{e10}{f4}/{g2}   "), process);
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

/* Per cent of the time since the start, which is not 0, in a format for what stands before and behind the point. */
static void add_share(struct text *line, uint64_t ticks, const struct kernel_statistics *statistics,
		      struct read_span format)
{
	uint32_t thousandths = (uint32_t)divide(ticks * 1000, statistics->total_ticks);

	text_format_3(line, format, thousandths / 10, thousandths % 10, 0);
}

void process_console_table_add_stats_row(struct text *line,
					 const struct process_description *process,
					 const struct kernel_statistics *statistics)
{
	process_words_add(line, SPAN_OF_TEXT(" {a}{t8}{n32}{t28}"), process);
	if (statistics->total_ticks == 0) {
		text_add(line, SPAN_OF_TEXT("     -"));
	} else {
		add_share(line, process->run_ticks, statistics, SPAN_OF_TEXT("{4}.{}"));
	}
	process_words_add(line, SPAN_OF_TEXT("{d10}{j10}{i10}"), process);
}

void process_console_table_add_times(struct text *line, const struct kernel_statistics *statistics)
{
	if (statistics->clock_hz != 0 && statistics->total_ticks != 0) {
		uint64_t ms = divide(statistics->total_ticks * 1000, statistics->clock_hz);
		uint32_t seconds = (uint32_t)divide(ms, 1000);

		text_format_3(line, SPAN_OF_TEXT("{}.{z3} s since the start, "), seconds,
			      (uint32_t)ms - seconds * 1000, 0);
		add_share(line, statistics->sleep_ticks, statistics,
			  SPAN_OF_TEXT("{}.{} % asleep, "));
	}
	text_format_1(line, SPAN_OF_TEXT("woken {} times"), statistics->sleeps);
}
