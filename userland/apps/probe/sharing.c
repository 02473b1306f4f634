#include "probe.h"
#include <led.h>

/* Items 12 to 22. The console library leaves its slots empty but may have left an address of length
 * 0; items that look at the former content of a slot empty it first. */

enum {
	SLOT = 1, /* of the console: the buffer to write from, the buffer to read into */
};

static uint8_t buffer[4];

#define BUFFER ((uint32_t)buffer)

extern const char _flash_start[];

static uint32_t app_start(void)
{
	return (uint32_t)_flash_start;
}

static uint32_t app_break(void)
{
	return memop(MEMOP_SBRK, 0).value1;
}

static void empty_slots(void)
{
	allow_read_only(DRIVER_CONSOLE, SLOT, 0, 0);
	allow_read_write(DRIVER_CONSOLE, SLOT, 0, 0);
}

static bool read_only_gives(uint32_t address, uint32_t length, struct wanted wanted)
{
	return gives(CLASS_ALLOW_READ_ONLY, DRIVER_CONSOLE, SLOT, address, length, wanted);
}

static bool read_write_gives(uint32_t address, uint32_t length, struct wanted wanted)
{
	return gives(CLASS_ALLOW_READ_WRITE, DRIVER_CONSOLE, SLOT, address, length, wanted);
}

static enum verdict empty_anywhere(void)
{
	empty_slots();
	return verdict(read_only_gives(JUNK, 0, SUCCESS_2(0, 0)) &&
		       read_only_gives(0, 0, SUCCESS_2(JUNK, 0)));
}

static enum verdict write_to_flash(void)
{
	return verdict(read_write_gives(app_start(), 4, FAILURE_2(ERROR_INVAL, app_start(), 4)));
}

static enum verdict share_header(void)
{
	uint32_t header = memop_ask(MEMOP_FLASH_START);

	return verdict(read_only_gives(header, 4, FAILURE_2(ERROR_INVAL, header, 4)));
}

static enum verdict share_flash(void)
{
	return verdict(read_only_gives(app_start(), 4, SUCCESS_2(0, 0)) &&
		       read_only_gives(0, 0, SUCCESS_2(app_start(), 4)));
}

static enum verdict share_to_break(void)
{
	uint32_t last = app_break() - 4;

	return verdict(read_write_gives(last, 4, SUCCESS_2(0, 0)) &&
		       read_write_gives(last, 5, FAILURE_2(ERROR_INVAL, last, 5)) &&
		       read_write_gives(0, 0, SUCCESS_2(last, 4)));
}

static enum verdict share_around_end(void)
{
	return verdict(read_write_gives(0xFFFFFFFC, 8, FAILURE_2(ERROR_INVAL, 0xFFFFFFFC, 8)));
}

/* The buffer lies in new memory, above all that was shared before: only it can hold the break. */
static enum verdict refused_share_holds_break(void)
{
	uint32_t low = memop(MEMOP_SBRK, 64).value1 + 16;

	return verdict(
	    gives(CLASS_ALLOW_READ_WRITE, DRIVER_CONSOLE, 9, low, 4,
		  FAILURE_2(ERROR_NOSUPPORT, low, 4)) &&
	    gives(CLASS_MEMOP, MEMOP_BRK, low + 3, JUNK, OTHER_JUNK, FAILURE(ERROR_NOMEM)) &&
	    gives(CLASS_MEMOP, MEMOP_BRK, low + 4, JUNK, OTHER_JUNK, SUCCESS));
}

static enum verdict share_without_grant(void)
{
	if (led_count() == 0) {
		return skip("no LED");
	}
	return verdict(gives(CLASS_ALLOW_READ_WRITE, DRIVER_LED, 0, BUFFER, 4,
			     FAILURE_2(ERROR_NOMEM, BUFFER, 4)));
}

static enum verdict share_absent(void)
{
	return verdict(gives(CLASS_ALLOW_READ_WRITE, ABSENT, 0, 0xFFFFFFFF, 9,
			     FAILURE_2(ERROR_NODEVICE, 0xFFFFFFFF, 9)));
}

static enum verdict share_readable(void)
{
	return verdict(gives(CLASS_ALLOW_USER_READABLE, DRIVER_CONSOLE, 0, BUFFER, 4,
			     FAILURE_2(ERROR_NOSUPPORT, BUFFER, 4)));
}

static enum verdict subscribe_absent_outside(void)
{
	return verdict(
	    gives(CLASS_SUBSCRIBE, ABSENT, 1, OUTSIDE, 7, FAILURE_2(ERROR_INVAL, OUTSIDE, 7)));
}

const struct item sharing[] = {
    {12, empty_anywhere},
    {13, write_to_flash},
    {14, share_header},
    {15, share_flash},
    {16, share_to_break},
    {17, share_around_end},
    {18, refused_share_holds_break},
    {19, share_without_grant},
    {20, share_absent},
    {21, share_readable},
    {22, subscribe_absent_outside},
    {0, 0},
};
