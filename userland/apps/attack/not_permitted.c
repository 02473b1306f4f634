/* Uses what its permissions do not list: other drivers, other commands of the one listed, numbers
 * that differ from those listed in a high bit only. It may write to the console and no more.
 *
 * EXPECT: refused */
#include <attack.h>

/* As if there were no such driver, and in the same words for all calls: a plain failure. */
static bool is_hidden(struct system_call_return result)
{
	return result.variant == RETURN_FAILURE && result.value1 == ERROR_NODEVICE;
}

static bool commands_are_hidden(void)
{
	static const uint32_t drivers[] = {DRIVER_ALARM, DRIVER_LED, DRIVER_DEBUG, 0x10001,
					   0x01000001,   0x80000001, 0xFFFFFFFF};
	static const uint32_t numbers[] = {0, 2, 3, 63, 65, 0x10001, 0x40000001, 0xFFFFFFFF};

	for (uint32_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++) {
		for (uint32_t number = 0; number < 10; number++) {
			if (!is_hidden(command(drivers[i], number, 0, 0))) {
				return false;
			}
		}
	}
	for (uint32_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (!is_hidden(command(DRIVER_CONSOLE, numbers[i], 8, 0))) {
			return false;
		}
	}
	return true;
}

static bool others_are_hidden(uint32_t driver)
{
	static uint8_t bytes[8];

	return is_hidden(subscribe(driver, 0, 0, 0)) &&
	       is_hidden(allow_read_write(driver, 1, bytes, sizeof(bytes))) &&
	       is_hidden(allow_read_only(driver, 1, bytes, sizeof(bytes))) &&
	       is_hidden(allow_user_readable(driver, 1, bytes, sizeof(bytes)));
}

ATTACK("not_permitted")
{
	if (!commands_are_hidden()) {
		return breach("a command went through");
	}
	if (!others_are_hidden(DRIVER_ALARM) || !others_are_hidden(DRIVER_DEBUG) ||
	    !others_are_hidden(0x10001)) {
		return breach("subscribe or allow went through");
	}
	return REFUSED;
}
