/* Shares what is a multiple of a word, but no region or sub-region of the MPU.
 *
 * WITH: lender
 * ONLY: armv7m
 * EXPECT: refused */
#include <borrow.h>

static uint8_t buffer[1024] IPC_BUFFER(1024);

static enum outcome try(uint32_t offset, uint32_t length)
{
	uint32_t index = lender_index();

	ipc_share(index, buffer + offset, length);
	return ipc_notify_service(index) == ERROR_SIZE ? REFUSED : breach("the size");
}

ATTACK("ipc_sizes_of_regions")
{
	static const uint16_t wrong[][2] = {{0, 4},    {0, 16},   {0, 36},   {4, 64},
					    {16, 32},  {32, 256}, {0, 288},  {224, 64},
					    {32, 512}, {96, 192}, {64, 704}, {0, 1000}};

	for (uint32_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (try(wrong[i][0], wrong[i][1]) == BREACH) {
			return BREACH;
		}
	}
	return REFUSED;
}
