#include "probe.h"
#include <led.h>

/* Items 1 to 11. Nothing may have subscribed to the console's upcall 1 before item 6. */

enum {
	UPCALL = 1, /* of the console: a write is done */
};

static void nothing(uint32_t a, uint32_t b, uint32_t c, uint32_t data)
{
	(void)a, (void)b, (void)c, (void)data;
}

#define FUNCTION ((uint32_t)nothing)

static bool command_gives(uint32_t driver, uint32_t number, uint32_t argument, struct wanted wanted)
{
	return gives(CLASS_COMMAND, driver, number, argument, OTHER_JUNK, wanted);
}

static bool subscribe_gives(uint32_t driver, uint32_t upcall, uint32_t function, uint32_t data,
			    struct wanted wanted)
{
	return gives(CLASS_SUBSCRIBE, driver, upcall, function, data, wanted);
}

static enum verdict command_absent(void)
{
	return verdict(command_gives(ABSENT, 0, JUNK, FAILURE(ERROR_NODEVICE)));
}

static enum verdict command_present(void)
{
	return verdict(command_gives(DRIVER_CONSOLE, 0, JUNK, SUCCESS));
}

static enum verdict command_unknown(void)
{
	return verdict(command_gives(DRIVER_CONSOLE, 99, JUNK, FAILURE(ERROR_NOSUPPORT)));
}

static enum verdict led_present(void)
{
	if (led_count() == 0) {
		return skip("no LED");
	}
	return verdict(command_gives(DRIVER_LED, 0, JUNK, SUCCESS_1(led_count())));
}

static enum verdict led_bad_index(void)
{
	if (led_count() == 0) {
		return skip("no LED");
	}
	return verdict(command_gives(DRIVER_LED, 1, led_count(), FAILURE(ERROR_INVAL)));
}

static enum verdict subscribe_twice(void)
{
	return verdict(
	    subscribe_gives(DRIVER_CONSOLE, UPCALL, FUNCTION, 7, SUCCESS_2(0, 0)) &&
	    subscribe_gives(DRIVER_CONSOLE, UPCALL, FUNCTION, 7, SUCCESS_2(FUNCTION, 7)));
}

static enum verdict unsubscribe(void)
{
	return verdict(subscribe_gives(DRIVER_CONSOLE, UPCALL, 0, 0, SUCCESS_2(FUNCTION, 7)));
}

static enum verdict subscribe_unknown_upcall(void)
{
	return verdict(subscribe_gives(DRIVER_CONSOLE, 200, FUNCTION, 7,
				       FAILURE_2(ERROR_NOSUPPORT, FUNCTION, 7)));
}

static enum verdict subscribe_absent(void)
{
	return verdict(
	    subscribe_gives(ABSENT, 1, FUNCTION, 7, FAILURE_2(ERROR_NODEVICE, FUNCTION, 7)));
}

static enum verdict subscribe_outside(void)
{
	return verdict(subscribe_gives(DRIVER_CONSOLE, UPCALL, FUNCTION, 9, SUCCESS_2(0, 0)) &&
		       subscribe_gives(DRIVER_CONSOLE, UPCALL, OUTSIDE, 7,
				       FAILURE_2(ERROR_INVAL, OUTSIDE, 7)) &&
		       subscribe_gives(DRIVER_CONSOLE, UPCALL, 0, 0, SUCCESS_2(FUNCTION, 9)));
}

static enum verdict subscribe_without_grant(void)
{
	if (led_count() == 0) {
		return skip("no LED");
	}
	return verdict(
	    subscribe_gives(DRIVER_LED, 0, FUNCTION, 7, FAILURE_2(ERROR_NOMEM, FUNCTION, 7)) &&
	    subscribe_gives(DRIVER_LED, 0, 0, 0, FAILURE_2(ERROR_NOMEM, 0, 0)));
}

const struct item commands_and_subscribe[] = {
    {1, command_absent},
    {2, command_present},
    {3, command_unknown},
    {4, led_present},
    {5, led_bad_index},
    {6, subscribe_twice},
    {7, unsubscribe},
    {8, subscribe_unknown_upcall},
    {9, subscribe_absent},
    {10, subscribe_outside},
    {11, subscribe_without_grant},
    {0, 0},
};
