/* Reads a word half of which lies behind a buffer that another process shares with it. Not on ARM: the
 * hardware checks each half, QEMU 7.2 only where the word begins.
 *
 * WITH: lender
 * ONLY: rv32
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_read_across_end")
{
	peek(borrow(256, 96).address + 94);
	return SURVIVED;
}
