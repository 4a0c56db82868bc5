/* Open addressing: a key stands in the first slot that is free from its hash's own on. */
#include "base/map.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { FIRST_ROOM = 64 };

uint32_t map_hash(const void *key, size_t size)
{
    return (uint32_t)XXH3_64bits(key, size);
}

void *map_find(const struct map *map, const void *key, size_t size, uint32_t hash)
{
    if (!map->room)
        return NULL;
    for (size_t i = hash & (map->room - 1);; i = (i + 1) & (map->room - 1)) {
        const struct map_slot *slot = &map->slots[i];
        if (!slot->value || (slot->hash == hash && slot->size == size && memcmp(slot->key, key, size) == 0))
            return slot->value;
    }
}

static void put(struct map *map, struct map_slot slot)
{
    size_t i = slot.hash & (map->room - 1);
    while (map->slots[i].value)
        i = (i + 1) & (map->room - 1);
    map->slots[i] = slot;
}

/* At least a third of the slots is free: a key stands near its own one then. */
static void grow(struct map *map)
{
    struct map bigger = { .room = map->room ? map->room * 2 : FIRST_ROOM, .count = map->count };
    bigger.slots = xcalloc(bigger.room, sizeof *bigger.slots);
    for (size_t i = 0; i < map->room; i++)
        if (map->slots[i].value)
            put(&bigger, map->slots[i]);
    free(map->slots);
    *map = bigger;
}

void map_add(struct map *map, const void *key, size_t size, uint32_t hash, void *value)
{
    if (3 * (map->count + 1) > 2 * map->room)
        grow(map);
    put(map, (struct map_slot){ hash, (uint32_t)size, key, value });
    map->count++;
}

void map_clear(struct map *map)
{
    free(map->slots);
    *map = (struct map){ .room = 0 };
}
