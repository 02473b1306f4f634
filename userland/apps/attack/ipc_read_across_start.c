/* Reads a word half of which lies before a buffer that another process shares with it.
 *
 * WITH: lender
 * EXPECT: fault */
#include <borrow.h>

ATTACK("ipc_read_across_start")
{
	peek(borrow(256, 96).address - 2);
	return SURVIVED;
}
