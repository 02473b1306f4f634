#pragma once

#include <capsules/text.h>

/* Adds a format of text.h with a process's name and numbers in it:
 *
 *     a process id      d system calls    g grants in all       j upcalls delivered
 *     b short id        e restarts        h upcalls queued      k completion code
 *     c slices expired  f grants used     i upcalls dropped     l address of its fault  m status of its fault */
void process_words_add(struct text *line, struct read_span format,
		       const struct process_description *process);
