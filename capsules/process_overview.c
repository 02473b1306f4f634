/* What there is to know of a process. */

#include <capsules/memory_map.h>
#include <capsules/process_overview.h>

enum {
	NAME_LIMIT = 32, /* characters shown of a name */

	ROW_NAME = 0,
	ROW_COUNTS,
	ROW_RESTARTS,
	ROW_CALL,
	ROW_COMPLETION,
	ROW_MAP,
};

static const struct read_span words_by_state[] = {
    [PROCESS_RUNNING] = SPAN_OF_TEXT("Running"),        [PROCESS_YIELDED] = SPAN_OF_TEXT("Yielded"),
    [PROCESS_YIELDED_FOR] = SPAN_OF_TEXT("YieldedFor"), [PROCESS_FAULTED] = SPAN_OF_TEXT("Faulted"),
    [PROCESS_TERMINATED] = SPAN_OF_TEXT("Terminated"),
};

/* By class. */
static const struct read_span words_by_call[] = {
    SPAN_OF_TEXT("Yield"),         SPAN_OF_TEXT("Subscribe"),
    SPAN_OF_TEXT("Command"),       SPAN_OF_TEXT("ReadWriteAllow"),
    SPAN_OF_TEXT("ReadOnlyAllow"), SPAN_OF_TEXT("Memop"),
    SPAN_OF_TEXT("Exit"),          SPAN_OF_TEXT("UserspaceReadableAllow"),
};

static void add_count(struct text *line, struct read_span words, uint32_t count)
{
	text_add(line, words);
	text_add_decimal(line, count);
}

/* As Tock's tools print an UpcallId. */
static void add_wait(struct text *line, const struct process_description *process)
{
	add_count(line, SPAN_OF_TEXT("(UpcallId { driver_num: "), process->waits_driver);
	add_count(line, SPAN_OF_TEXT(", subscribe_num: "), process->waits_number);
	text_add(line, SPAN_OF_TEXT(" })"));
}

void process_overview_add_state(struct text *line, const struct process_description *process)
{
	uint32_t state = process->state;

	if (process->is_stopped) {
		text_add(line, SPAN_OF_TEXT("Stopped("));
	}
	if (state < ARRAY_LENGTH(words_by_state)) {
		text_add(line, words_by_state[state]);
	}
	if (state == PROCESS_YIELDED_FOR) {
		add_wait(line, process);
	}
	if (process->is_stopped) {
		text_add_char(line, ')');
	}
}

static void add_call(struct text *line, uint32_t class)
{
	if (class < ARRAY_LENGTH(words_by_call)) {
		text_add(line, words_by_call[class]);
	} else {
		text_add(line, SPAN_OF_TEXT("None"));
	}
}

static void add_completion(struct text *line, const struct process_description *process)
{
	if (process->state == PROCESS_TERMINATED) {
		text_add_decimal(line, process->completion_code);
	} else if (process->state == PROCESS_FAULTED) {
		text_add(line, SPAN_OF_TEXT("Faulted"));
	} else {
		text_add(line, SPAN_OF_TEXT("None"));
	}
}

bool process_overview_add_row(struct text *line, const struct process_description *process,
			      uint32_t row)
{
	switch (row) {
	case ROW_NAME:
		text_add(line, SPAN_OF_TEXT("App: "));
		text_add_foreign(line, process->name, NAME_LIMIT);
		text_add(line, SPAN_OF_TEXT("   -   ["));
		process_overview_add_state(line, process);
		text_add_char(line, ']');
		return true;
	case ROW_COUNTS:
		add_count(line, SPAN_OF_TEXT(" Events Queued: "), process->upcalls_queued);
		add_count(line, SPAN_OF_TEXT("   Syscall Count: "), process->system_calls);
		add_count(line, SPAN_OF_TEXT("   Dropped Upcall Count: "),
			  process->upcalls_dropped);
		return true;
	case ROW_RESTARTS:
		add_count(line, SPAN_OF_TEXT(" Restart Count: "), process->restarts);
		return true;
	case ROW_CALL:
		text_add(line, SPAN_OF_TEXT(" Last Syscall: "));
		add_call(line, process->last_system_call);
		return true;
	case ROW_COMPLETION:
		text_add(line, SPAN_OF_TEXT(" Completion Code: "));
		add_completion(line, process);
		return true;
	default:
		return memory_map_add_row(line, process, row - ROW_MAP);
	}
}
