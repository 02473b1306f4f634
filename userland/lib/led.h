#pragma once

#include <system_call.h>

LINKAGE_C_BEGIN

/* LEDs, driver 0x2, numbered from 0. Boards may have none. */

static inline uint32_t led_count(void)
{
	struct system_call_return result = command(DRIVER_LED, 0, 0, 0);

	return succeeded(result) ? result.value1 : 0;
}

static inline void led_on(uint32_t led)
{
	command(DRIVER_LED, 1, led, 0);
}

static inline void led_off(uint32_t led)
{
	command(DRIVER_LED, 2, led, 0);
}

static inline void led_toggle(uint32_t led)
{
	command(DRIVER_LED, 3, led, 0);
}

/* 1: it is lit, 0: it is dark, or there is no such LED. */
static inline uint32_t led_is_on(uint32_t led)
{
	struct system_call_return result = command(DRIVER_LED, 4, led, 0);

	return succeeded(result) ? result.value1 : 0;
}

LINKAGE_C_END
