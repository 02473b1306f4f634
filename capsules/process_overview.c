/* What there is to know of a process. */

#include <capsules/memory_map.h>
#include <capsules/process_overview.h>
#include <capsules/process_words.h>

enum {
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

/* As Tock's tools print an UpcallId. */
static void add_wait(struct text *line, const struct process_description *process)
{
	text_add(line, SPAN_OF_TEXT("(UpcallId { driver_num: "));
	text_format_3(line, SPAN_OF_TEXT("{}, subscribe_num: {} })"), process->waits_driver,
		      process->waits_number, 0);
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
	struct read_span words = SPAN_OF_TEXT(" Completion Code: None");

	if (process->state == PROCESS_TERMINATED) {
		words = SPAN_OF_TEXT(" Completion Code: {k}");
	} else if (process->state == PROCESS_FAULTED) {
		words = SPAN_OF_TEXT(" Completion Code: Faulted");
	}
	process_words_add(line, words, process);
}

bool process_overview_add_row(struct text *line, const struct process_description *process,
			      uint32_t row)
{
	switch (row) {
	case ROW_NAME:
		process_words_add(line, SPAN_OF_TEXT("App: {n32}   -   ["), process);
		process_overview_add_state(line, process);
		text_add_char(line, ']');
		return true;
	case ROW_COUNTS:
		process_words_add(line,
				  SPAN_OF_TEXT(" Events Queued: {h}   Syscall Count: {d}"
					       "   Dropped Upcall Count: {i}"),
				  process);
		return true;
	case ROW_RESTARTS:
		process_words_add(line, SPAN_OF_TEXT(" Restart Count: {e}"), process);
		return true;
	case ROW_CALL:
		text_add(line, SPAN_OF_TEXT(" Last Syscall: "));
		add_call(line, process->last_system_call);
		return true;
	case ROW_COMPLETION:
		add_completion(line, process);
		return true;
	default:
		return memory_map_add_row(line, process, row - ROW_MAP);
	}
}
