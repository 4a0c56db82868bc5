/*
 * Checked data kept between runs, one file a resource. It is found by the resource and believed only when its key
 * (what the CSV files, datapackage.json and the JSON files that it names hold, byte for byte, and this program's
 * version of the format) and its checksum are right; anything else is as if it were not there. Losing it costs time
 * only.
 */
#ifndef MUJAZ_DATASET_CACHE_H
#define MUJAZ_DATASET_CACHE_H

#include <stdbool.h>
#include <stdint.h>

struct relation;
struct resource;

struct cache_key {
    uint64_t low, high; /* XXH3, 128 bits */
};

/* Reads the files once. False when one cannot be read, or all are too small to be worth it. */
bool cache_key_of(const char *package_path, const struct resource *, struct cache_key *);

/* NULL when there is none that holds. */
struct relation *cache_read(const char *folder, const struct resource *, struct cache_key);
/* Makes the folder when it is not there. A failure leaves no file, and says nothing. */
void cache_write(const char *folder, const struct relation *, struct cache_key);

#endif
