#pragma once

/* The C library's stdin, stdout and stderr: all three are the console (console.h).
 *
 * What is printed is written at the end of each line, when 64 bytes are together, at fflush(), before a read, and at
 * exit() or the return from main; printing waits for it. EOF of a printing function: the console refused it, for example
 * while a console_write_start has not ended, and those bytes are lost. A fault or exit_terminate() loses the unfinished line.
 *
 * getchar() and those above it wait for a byte. EOF: another process reads. The console keeps nothing of what comes while
 * nobody reads, and does not echo. */

/* 0, or EOF as above. */
int streams_flush(void);
