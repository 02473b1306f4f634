#pragma once

#include <stdbool.h>
#include <stdint.h>

/* From 64-bit keys to numbers. A zeroed struct map is an empty one. */
struct map {
	struct map_entry *entries;
	uint32_t count;
	uint32_t room; /* a power of two, or 0 */
};

struct map_entry {
	uint64_t key;
	uint32_t number;
	bool used;
};

/* False: there is none. */
bool map_find(const struct map *map, uint64_t key, uint32_t *number);

/* Adds or replaces. */
void map_put(struct map *map, uint64_t key, uint32_t number);

static inline uint64_t map_key(uint32_t first, uint32_t second)
{
	return (uint64_t)first << 32 | second;
}

static inline uint64_t map_key_pointer(const void *pointer)
{
	return (uint64_t)(uintptr_t)pointer;
}

/* A hash of these words, to look up lists of them by. */
uint64_t hash_words(const uint32_t *words, uint32_t count);
