/*
 * uthash for maps that are asked thousands of times a page: a fast hash, and short chains, since each step of a chain
 * is a miss of the cache. Include it before whatever includes uthash.h.
 */
#ifndef MUJAZ_BASE_MAP_H
#define MUJAZ_BASE_MAP_H

#ifdef UTHASH_H
#error "uthash.h was included before base/map.h"
#endif

#define XXH_INLINE_ALL
#include <xxhash.h>

#define HASH_FUNCTION(key, length, value) ((value) = (unsigned)XXH3_64bits(key, length))
#define HASH_BKT_CAPACITY_THRESH 4U
#include <uthash.h>

#endif
