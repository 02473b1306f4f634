/* What processes use, and how long the kernel slept. */

#include <capsules/process_console_commands.h>
#include <capsules/process_console_stats.h>
#include <capsules/process_words.h>

enum {
	ROW_LOG = PROCESS_CONSOLE_ROW_END - 1 /* the last one, behind the processes and the times */
};

static void add_head(struct text *line)
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

static void add_process(struct text *line, const struct process_description *process,
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

static void add_times(struct text *line, const struct kernel_statistics *statistics)
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

static bool add_messages_lost(struct process_console *self)
{
	struct debug_log *log = self->log;

	if (log == NULL) {
		return false;
	}
	text_format_1(&self->line, SPAN_OF_TEXT("debug messages lost: {}"), debug_log_lost(log));
	self->row = PROCESS_CONSOLE_ROW_END;
	return true;
}

bool process_console_stats_add_row(struct process_console *self)
{
	struct process_description process = {0};
	struct kernel_statistics statistics = {0};

	kernel_statistics_read(self->inspect, &statistics);
	if (!self->is_found) {
		self->is_found = true;
		add_head(&self->line);
		return true;
	}
	if (self->row == ROW_LOG) {
		return add_messages_lost(self);
	}
	if (process_console_commands_next(self, false, &process)) {
		add_process(&self->line, &process, &statistics);
	} else {
		add_times(&self->line, &statistics);
		self->row = ROW_LOG;
	}
	return true;
}
