#pragma once

#include <linkage.h>
#include <stdint.h>

LINKAGE_C_BEGIN

/* Time in 64 bits: ticks of the alarm's counter since the start of the board, which wraps after some
 * ten thousand years.
 *
 *   C1  clock_now never goes back.
 *   C2  Where there is driver 0x9 (every board of this repository but the small ones), the kernel keeps the upper half, and the time
 *       is right however long nobody asks for it.
 *   C3  Elsewhere it is carried on from the alarm's 32 bits, from whatever they were at the first call, and is right
 *       as long as the process asks once in a wrap: 86 s at 50 MHz. Timers see to that while it sleeps
 *       (timer.h, T5); who computes for longer must ask meanwhile.
 *
 * Cost: one system call. Driver 0x9 writes to a buffer of this module's: who shares one of his own with
 * it finds that taken back. RAM: see docs/userland-footprint.md. */
uint64_t clock_now(void);

/* Ticks of so many milliseconds, rounded up; a time too long for 64 bits is UINT64_MAX. */
uint64_t clock_ticks(uint64_t milliseconds);

/* Whole milliseconds of so many ticks; never overflows. 0: there is no alarm driver. */
uint64_t clock_milliseconds(uint64_t ticks);

/* Sleeps until a moment, or for a while; never too short, and returns at once for what is past. Upcalls of other
 * drivers stay queued meanwhile, and so do timers: those that have become due run at a later yield. Without an alarm, or memory for its grant, they return at once. */
void clock_sleep_until(uint64_t moment);
void clock_sleep_ms(uint64_t milliseconds);

LINKAGE_C_END
