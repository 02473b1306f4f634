#pragma once

#include <linkage.h>
#include <stdbool.h>
#include <system_call.h>

LINKAGE_C_BEGIN

/* The temperature, driver 0x60000, in hundredths of a degree Celsius. Boards may have no such driver; one that has it may still
 * be without its sensor, which only a measurement tells: ERROR_NOACK. */

enum {
	TEMPERATURE_MEASURED = 0 /* the upcall */
};

/* Whether there is a driver. */
bool temperature_is_there(void);

/* Starts a measurement; `done(hundredths, error, 0, data)` comes at a yield. The first is signed, and no temperature unless the
 * error is ERROR_NONE. Who starts again before that gets one call for both. With `done` NULL the end can be waited
 * for by temperature_wait only.
 * ERROR_NONE, or the kernel's error: nothing was started then. ERROR_NODEVICE: no driver; ERROR_NOMEM: no memory for the
 * grant. */
enum error_code temperature_start(upcall_function *done, uint32_t data);

/* Waits for the measurement that was started, instead of the call of `done`. Upcalls of other drivers stay queued. */
enum error_code temperature_wait(int32_t *hundredths);

/* Measures, and waits for it. `hundredths` is left alone unless the answer is ERROR_NONE. Not while a measurement that was
 * started is under way: its end would be taken for this one's. */
enum error_code temperature_read(int32_t *hundredths);

LINKAGE_C_END
