#pragma once

#include <linkage.h>

LINKAGE_C_BEGIN

/* The C library's stdin, stdout and stderr: all three are the console (console.h).
 *
 * What is printed is written at the end of each line, when 64 bytes are together, at fflush(), before a read, and at
 * exit() or the return from main; printing waits for it. EOF of a printing function: the console refused it, for example
 * while a console_write_start has not ended, and those bytes are lost. A fault or exit_terminate() loses the unfinished line.
 *
 * getchar() and those above it wait for a byte, as it comes and without an echo; for people there are lines (lines.h). EOF:
 * another process reads. The console keeps nothing of what comes while nobody reads. */

/* 0, or EOF as above. */
int streams_flush(void);

/* Where stdin takes its bytes from: a function that flushes the streams and waits for one, or answers something negative
 * for EOF. NULL: from the console again. */
typedef int streams_source(void);

void streams_set_source(streams_source *function);

LINKAGE_C_END
