#pragma once

#include <system_call.h>

LINKAGE_C_BEGIN

/* The console, driver 0x1. Bytes of one write are never mixed with those of another process; two
 * writes may have another's between them. To print a line made of parts use <line.h>.
 *
 * The functions that wait do so for their own completion only: upcalls of other drivers stay queued
 * meanwhile. */

/* Writes and waits. Returns the bytes written: fewer than `length` only when the console refuses.
 */
uint32_t console_write(const void *bytes, uint32_t length);

/* Writes a text up to its 0. */
void print_text(const char *text);

/* 0x and as many digits as it takes. */
void print_hex(uint32_t number);
void print_decimal(uint32_t number);

/* Starts a write; `done(bytes written, 0, 0, data)` comes at a yield. `bytes` must live until then.
 * With `done` NULL the end can be waited for by console_write_wait only.
 * ERROR_NONE, or the kernel's error: nothing was started then. */
enum error_code console_write_start(const void *bytes, uint32_t length, upcall_function *done,
				    uint32_t data);

/* Waits for the write that was started, instead of the call of `done`; returns the bytes written.
 */
uint32_t console_write_wait(void);

/* Reads exactly `length` bytes (at most 64) and waits for them. Returns the bytes read: fewer when
 * the console refuses (another process reads) or the read was cut short. */
uint32_t console_read(void *bytes, uint32_t length);

/* Starts a read of `length` bytes (1 to 64); `done(status, bytes read, 0, data)` comes at a yield. Status is 0, or
 * ERROR_CANCEL after console_read_abort. `bytes` must live until then. ERROR_BUSY: another process reads.
 * What comes while nobody reads is not kept. */
enum error_code console_read_start(void *bytes, uint32_t length, upcall_function *done,
				   uint32_t data);

/* Ends the read that was started, if it has not ended: it completes with what has come so far. */
void console_read_abort(void);

/* Waits for the read that was started, instead of the call of `done`; returns the bytes read. */
uint32_t console_read_wait(void);

LINKAGE_C_END
