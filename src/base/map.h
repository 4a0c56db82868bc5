/*
 * A map for what is asked thousands of times a page: by the bytes of a key, of any length. A slot has its key's hash,
 * so that most questions cost one miss of the processor's cache, and the second is the key that is found. uthash, whose
 * chains go through what they link, takes one for each link.
 *
 * Keys and values belong to the caller and stay where they are for as long as the map is asked. All zero: an empty map.
 */
#ifndef MUJAZ_BASE_MAP_H
#define MUJAZ_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map_slot {
    uint32_t hash, size; /* of the key, in bytes */
    const void *key;
    void *value; /* NULL: nothing is here */
};

struct map {
    struct map_slot *slots;
    size_t room, count; /* of slots: a power of two, or 0; of those in use */
};

uint32_t map_hash(const void *key, size_t size);
void *map_find(const struct map *, const void *key, size_t size, uint32_t hash); /* NULL: not in it */
/* The key is not in it yet; no value is NULL. */
void map_add(struct map *, const void *key, size_t size, uint32_t hash, void *value);
void map_clear(struct map *); /* empty; its own memory is freed */

#endif
