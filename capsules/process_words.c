/* One list of numbers for all that is said about processes. */

#include <capsules/process_words.h>

void process_words_add(struct text *line, struct read_span format,
		       const struct process_description *process)
{
	struct text_numbers numbers = {TEXT_NUMBERS,
				       {
					   process_id_number(process->id),
					   process->short_id,
					   process->slices_expired,
					   process->system_calls,
					   process->restarts,
					   process->grants_used,
					   process->grants_total,
					   process->upcalls_queued,
					   process->upcalls_dropped,
					   process->upcalls_delivered,
					   process->completion_code,
					   process->fault.address,
					   process->fault.status,
				       }};

	text_format(line, format, process->name, &numbers);
}
