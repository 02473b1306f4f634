/* Simulated memories, each between two pages that nobody may touch. */

#include <arch/host.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
	GUARD_BYTES = 0x10000
};

static void *pointer(uint32_t address)
{
	return (void *)(uintptr_t)address;
}

void host_map(uint32_t address, uint32_t bytes)
{
	size_t all = (size_t)bytes + 2 * GUARD_BYTES;
	void *start = pointer(address - GUARD_BYTES);

	if (mmap(start, all, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) !=
		start ||
	    mprotect(pointer(address), bytes, PROT_READ | PROT_WRITE) != 0) {
		fprintf(stderr, "cannot map %u bytes at 0x%08x\n", bytes, address);
		exit(EXIT_FAILURE);
	}
}

void host_unmap(uint32_t address, uint32_t bytes)
{
	munmap(pointer(address - GUARD_BYTES), (size_t)bytes + 2 * GUARD_BYTES);
}
