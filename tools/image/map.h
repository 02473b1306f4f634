#pragma once

#include <tools/image/layout.h>

/* What an image looks like, for people: two tables, of flash and of RAM, with what each application
 * takes, how much of that serves nothing, and why. */

struct map {
	const struct layout *layout;
	size_t process_slots; /* KERNEL_FACTS_NO_SLOTS: not known */
	uint64_t flash_start;
	uint64_t kernel_end;
	uint64_t image_size; /* bytes */
};

void map_print(const struct map *map);
