/* A block of parts that are alike.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_READ_WRITE(bad_count, uint16_t, 0x0000);
REGISTER_READ_WRITE(bad_limit, uint16_t, 0xFFFF);

struct bad_channel {
	struct bad_count_register count AT_OFFSET(0);
	struct bad_limit_register limit AT_OFFSET(2);
};

struct bad_channels {
	struct bad_channel each[4] AT_OFFSET(0x00);
	struct bad_count_register sum AT_OFFSET(0x10);
};

static void bad_f(struct bad_channels *registers, uint32_t channel)
{
	struct bad_channel *one = ELEMENT(registers->each, channel);

	bad_limit_write(&one->limit, bad_count_read(&registers->sum));
}
