/* Open addressing, never more than half full; entries never leave. */

#include <tools/call_graph/list.h>
#include <tools/call_graph/map.h>

enum {
	FIRST_ROOM = 64,
};

static uint64_t mix(uint64_t word)
{
	word ^= word >> 31;
	word *= 0x9e3779b97f4a7c15u;
	return word ^ word >> 29;
}

/* The entry of this key, or the free one where it would go. */
static struct map_entry *entry_at(const struct map *map, uint64_t key)
{
	uint32_t mask = map->room - 1;

	for (uint32_t i = (uint32_t)mix(key) & mask;; i = (i + 1) & mask) {
		if (!map->entries[i].used || map->entries[i].key == key) {
			return &map->entries[i];
		}
	}
}

static void map_grow(struct map *map)
{
	struct map old = *map;

	map->room = old.room == 0 ? FIRST_ROOM : old.room * 2;
	map->entries = memory_new(map->room, sizeof(map->entries[0]));
	for (uint32_t i = 0; i < old.room; i++) {
		if (old.entries[i].used) {
			*entry_at(map, old.entries[i].key) = old.entries[i];
		}
	}
}

bool map_find(const struct map *map, uint64_t key, uint32_t *number)
{
	if (map->room == 0) {
		return false;
	}

	const struct map_entry *entry = entry_at(map, key);

	if (!entry->used) {
		return false;
	}
	*number = entry->number;
	return true;
}

void map_put(struct map *map, uint64_t key, uint32_t number)
{
	if (2 * (map->count + 1) > map->room) {
		map_grow(map);
	}

	struct map_entry *entry = entry_at(map, key);

	map->count += !entry->used;
	*entry = (struct map_entry){.key = key, .number = number, .used = true};
}

uint64_t hash_words(const uint32_t *words, uint32_t count)
{
	uint64_t hash = count;

	for (uint32_t i = 0; i < count; i++) {
		hash = mix(hash * 31 + words[i] + 1);
	}
	return hash;
}
