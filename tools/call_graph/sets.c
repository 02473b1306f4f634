/* Sets of locations and values made of them, each kept once. */

#include <tools/call_graph/memory.h>

#include <stdlib.h>
#include <string.h>

/* Where a set or value is made before it is known whether it is new; one use at a time. */
static void *scratch(uint32_t count, size_t size)
{
	static LIST(uint64_t) room;

	while ((size_t)room.room * sizeof(uint64_t) < count * size) {
		room.count = room.room;
		(void)LIST_NEW(&room);
	}
	return room.items;
}

static void *kept(const void *made, uint32_t count, size_t size)
{
	return count > 0 ? memcpy(memory_new(count, size), made, count * size) : NULL;
}

struct set set_get(const struct memory *memory, uint32_t set)
{
	return memory->sets.items[set];
}

/* The number under which equal words were kept before, following collisions; or where to keep. */
static bool set_find(const struct memory *memory, const struct set *wanted, uint64_t *key,
		     uint32_t *number)
{
	*key = hash_words(wanted->locations, wanted->count);
	while (map_find(&memory->sets_by_hash, *key, number)) {
		const struct set *set = &memory->sets.items[*number];

		if (set->count == wanted->count &&
		    memcmp(set->locations, wanted->locations,
			   wanted->count * sizeof(wanted->locations[0])) == 0) {
			return true;
		}
		++*key;
	}
	return false;
}

static uint32_t set_keep(struct memory *memory, struct set set)
{
	uint64_t key;
	uint32_t number;

	if (set_find(memory, &set, &key, &number)) {
		return number;
	}
	number = memory->sets.count;
	set.locations = kept(set.locations, set.count, sizeof(set.locations[0]));
	LIST_ADD(&memory->sets, set);
	map_put(&memory->sets_by_hash, key, number);
	return number;
}

uint32_t set_of(struct memory *memory, uint32_t location)
{
	return set_keep(memory, (struct set){&location, 1});
}

uint32_t set_union(struct memory *memory, uint32_t first, uint32_t second)
{
	if (first == second || second == 0) {
		return first;
	}
	if (first == 0) {
		return second;
	}

	struct set a = set_get(memory, first);
	struct set b = set_get(memory, second);
	struct set sum = {.locations = scratch(a.count + b.count, sizeof(a.locations[0]))};

	for (uint32_t i = 0, j = 0; i < a.count || j < b.count;) {
		bool from_a = j == b.count || (i < a.count && a.locations[i] <= b.locations[j]);
		uint32_t least = from_a ? a.locations[i] : b.locations[j];

		i += i < a.count && a.locations[i] == least;
		j += j < b.count && b.locations[j] == least;
		sum.locations[sum.count++] = least;
	}
	return set_keep(memory, sum);
}

uint32_t set_intersection(struct memory *memory, uint32_t first, uint32_t second)
{
	struct set a = set_get(memory, first);
	struct set b = set_get(memory, second);
	struct set both = {.locations = scratch(a.count, sizeof(a.locations[0]))};

	for (uint32_t i = 0, j = 0; i < a.count && j < b.count;) {
		if (a.locations[i] == b.locations[j]) {
			both.locations[both.count++] = a.locations[i++];
		} else if (a.locations[i] < b.locations[j]) {
			i++;
		} else {
			j++;
		}
	}
	return both.count > 0 ? set_keep(memory, both) : 0;
}

bool set_has(const struct memory *memory, uint32_t set, uint32_t location)
{
	struct set all = set_get(memory, set);

	while (all.count > 0) {
		uint32_t middle = all.count / 2;

		if (all.locations[middle] == location) {
			return true;
		}
		if (all.locations[middle] < location) {
			all.locations += middle + 1;
			all.count -= middle + 1;
		} else {
			all.count = middle;
		}
	}
	return false;
}

uint32_t set_without(struct memory *memory, uint32_t set,
		     bool (*is_out)(const struct memory *memory, uint32_t location,
				    const void *with),
		     const void *with)
{
	struct set all = set_get(memory, set);
	struct set left = {.locations = scratch(all.count, sizeof(all.locations[0]))};

	for (uint32_t i = 0; i < all.count; i++) {
		if (!is_out(memory, all.locations[i], with)) {
			left.locations[left.count++] = all.locations[i];
		}
	}
	if (left.count == all.count) {
		return set;
	}
	return left.count > 0 ? set_keep(memory, left) : 0;
}

static bool value_find(const struct memory *memory, const struct value *wanted, uint64_t *key,
		       uint32_t *number)
{
	*key = hash_words((const uint32_t *)wanted->parts, wanted->count * 2);
	while (map_find(&memory->values_by_hash, *key, number)) {
		const struct value *value = &memory->values.items[*number];

		if (value->count == wanted->count &&
		    memcmp(value->parts, wanted->parts, wanted->count * sizeof(wanted->parts[0])) ==
			0) {
			return true;
		}
		++*key;
	}
	return false;
}

static uint32_t value_keep(struct memory *memory, struct value value)
{
	uint64_t key;
	uint32_t number;

	if (value.count == 0) {
		return 0;
	}
	if (value_find(memory, &value, &key, &number)) {
		return number;
	}
	number = memory->values.count;
	value.parts = kept(value.parts, value.count, sizeof(value.parts[0]));
	LIST_ADD(&memory->values, value);
	map_put(&memory->values_by_hash, key, number);
	return number;
}

uint32_t value_of_set(struct memory *memory, uint32_t set)
{
	struct part part = {0, set};

	return set == 0 ? 0 : value_keep(memory, (struct value){&part, 1});
}

uint32_t value_union(struct memory *memory, uint32_t first, uint32_t second)
{
	if (first == second || second == 0) {
		return first;
	}
	if (first == 0) {
		return second;
	}

	struct value a = memory->values.items[first];
	struct value b = memory->values.items[second];
	struct value sum = {.parts = memory_new(a.count + b.count, sizeof(struct part))};
	uint32_t number;

	for (uint32_t i = 0, j = 0; i < a.count || j < b.count;) {
		bool from_a =
		    j == b.count || (i < a.count && a.parts[i].offset <= b.parts[j].offset);
		struct part least = {from_a ? a.parts[i].offset : b.parts[j].offset, 0};

		if (i < a.count && a.parts[i].offset == least.offset) {
			least.set = a.parts[i++].set;
		}
		if (j < b.count && b.parts[j].offset == least.offset) {
			least.set = set_union(memory, least.set, b.parts[j++].set);
		}
		sum.parts[sum.count++] = least;
	}
	number = value_keep(memory, sum);
	free(sum.parts);
	return number;
}

uint32_t value_set(struct memory *memory, uint32_t value)
{
	struct value parts = memory->values.items[value];
	uint32_t set = 0;

	for (uint32_t i = 0; i < parts.count; i++) {
		set = set_union(memory, set, parts.parts[i].set);
	}
	return set;
}

uint32_t value_extract(struct memory *memory, uint32_t value, uint32_t offset, uint32_t size)
{
	struct value whole = memory->values.items[value];
	struct value piece = {.parts = scratch(whole.count, sizeof(struct part))};

	for (uint32_t i = 0; i < whole.count; i++) {
		uint32_t at = whole.parts[i].offset;

		if (at >= offset && at - offset < size) {
			piece.parts[piece.count++] = (struct part){at - offset, whole.parts[i].set};
		}
	}
	return value_keep(memory, piece);
}

uint32_t value_at(struct memory *memory, uint32_t value, uint32_t offset)
{
	struct value old = memory->values.items[value];
	struct value moved = {.parts = scratch(old.count, sizeof(struct part))};

	for (; moved.count < old.count; moved.count++) {
		moved.parts[moved.count] = (struct part){old.parts[moved.count].offset + offset,
							 old.parts[moved.count].set};
	}
	return value_keep(memory, moved);
}
