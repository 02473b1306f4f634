/* usage: placement RAM_START PROCESS_BYTES SIZE...
 *
 * Places applications of these sizes in RAM, one behind the other, by the architecture's own protection_place_ram()
 * and as kernel/loader.c does: above each come PROCESS_BYTES of the kernel's. Prints four numbers, the bytes that are
 * neither an application's nor the kernel's: in the order given, in the best order, in the worst; and in the order
 * given if each block were a power of two long and aligned to its length. */

#include <arch/arch.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	SIZES_MAX = 8,
};

struct setting {
	uint32_t ram_start;
	uint32_t process_bytes;
	uint32_t sizes[SIZES_MAX];
	int count;
};

/* A way to place one application: the end of its block. */
typedef uint32_t place_function(const struct setting *setting, uint32_t from, uint32_t size);

static uint32_t place_protected(const struct setting *setting, uint32_t from, uint32_t size)
{
	struct protection protection = {};
	uint32_t start;
	uint32_t end;

	if (!protection_place_ram(&protection, from, size, &start, &end)) {
		exit(1);
	}
	return ((end + 7) & ~7u) + setting->process_bytes;
}

static uint32_t place_power_of_two(const struct setting *setting, uint32_t from, uint32_t size)
{
	uint32_t block = 32;

	while (block < size + setting->process_bytes) {
		block *= 2;
	}
	return ((from + block - 1) & ~(block - 1)) + block;
}

static uint32_t lost(const struct setting *setting, place_function *place)
{
	uint32_t end = setting->ram_start;
	uint32_t used = 0;

	for (int i = 0; i < setting->count; i++) {
		end = place(setting, end, setting->sizes[i]);
		used += setting->sizes[i] + setting->process_bytes;
	}
	return end - setting->ram_start - used;
}

/* All orders of the sizes from `first` on. */
static void search(struct setting *setting, int first, uint32_t *least, uint32_t *most)
{
	uint32_t here = lost(setting, place_protected);

	*least = here < *least ? here : *least;
	*most = here > *most ? here : *most;
	for (int i = first; i < setting->count; i++) {
		for (int other = i + 1; other < setting->count; other++) {
			uint32_t size = setting->sizes[i];

			setting->sizes[i] = setting->sizes[other];
			setting->sizes[other] = size;
			search(setting, i + 1, least, most);
			setting->sizes[other] = setting->sizes[i];
			setting->sizes[i] = size;
		}
	}
}

int main(int argc, char **argv)
{
	struct setting setting = {.count = argc - 3};
	uint32_t least = UINT32_MAX;
	uint32_t most = 0;

	if (argc < 4 || setting.count > SIZES_MAX) {
		fprintf(stderr, "usage: placement RAM_START PROCESS_BYTES SIZE...\n");
		return 2;
	}
	setting.ram_start = (uint32_t)strtoul(argv[1], NULL, 0);
	setting.process_bytes = (uint32_t)strtoul(argv[2], NULL, 0);
	for (int i = 0; i < setting.count; i++) {
		setting.sizes[i] = (uint32_t)strtoul(argv[3 + i], NULL, 0);
	}

	uint32_t given = lost(&setting, place_protected);
	uint32_t power_of_two = lost(&setting, place_power_of_two);

	search(&setting, 0, &least, &most);
	printf("%u %u %u %u\n", given, least, most, power_of_two);
	return 0;
}
