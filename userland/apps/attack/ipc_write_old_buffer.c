/* Is lent one buffer and then another, and writes the first.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_write_old_buffer")
{
	struct loan first = borrow(128, 64);

	borrow(256, 64);
	poke_byte(first.address, 0);
	return SURVIVED;
}
