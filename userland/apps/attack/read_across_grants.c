/* Takes all the memory it can get and reads a word half of which is the kernel's. Not on ARM: the
 * hardware checks each half, QEMU 7.2 only where the word begins.
 *
 * ONLY: rv32
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_across_grants")
{
	peek(break_to_grants() - 2);
	return SURVIVED;
}
