/* Open addressing over XXH3; the bytes in chunks that never move. Knows nothing of columns. */
#include "dataset/dictionary.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { SLOTS_MIN = 64, CHUNK = 64 * 1024 };

struct slot {
    uint32_t hash, number; /* number + 1; 0: free */
};

struct dictionary {
    struct slot *slots; /* NULL: it rests */
    size_t slot_count; /* a power of two, at least a third free */
    const char **texts;
    size_t count, room;
    char **chunks, *free;     /* free: the rest of the last chunk */
    size_t chunk_count, left; /* left: bytes there */
};

struct dictionary *dictionary_new(void)
{
    struct dictionary *d = xcalloc(1, sizeof *d);
    d->slot_count = SLOTS_MIN;
    return d;
}

void dictionary_drop(struct dictionary *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->chunk_count; i++)
        free(d->chunks[i]);
    free(d->chunks);
    free(d->texts);
    free(d->slots);
    free(d);
}

static uint32_t hash_of(const char *text, size_t length)
{
    return (uint32_t)XXH3_64bits(text, length);
}

/* The slot of a text: its own, or the free one where it belongs. */
static struct slot *find_slot(const struct dictionary *d, const char *text, size_t length, uint32_t hash)
{
    for (size_t i = hash;; i++) {
        struct slot *slot = &d->slots[i & (d->slot_count - 1)];
        if (!slot->number)
            return slot;
        if (slot->hash != hash)
            continue;
        const char *own = d->texts[slot->number - 1];
        if (strncmp(own, text, length) == 0 && !own[length])
            return slot;
    }
}

void dictionary_rest(struct dictionary *d)
{
    free(d->slots);
    d->slots = NULL;
    if (d->count) {
        d->room = d->count;
        d->texts = xrealloc(d->texts, d->room, sizeof *d->texts);
    }
}

static void wake(struct dictionary *d)
{
    if (d->slots)
        return;
    d->slots = xcalloc(d->slot_count, sizeof *d->slots);
    for (size_t number = 0; number < d->count; number++) {
        size_t length = strlen(d->texts[number]);
        uint32_t hash = hash_of(d->texts[number], length);
        *find_slot(d, d->texts[number], length, hash) = (struct slot){ hash, (uint32_t)number + 1 };
    }
}

static void grow_slots(struct dictionary *d)
{
    struct slot *old = d->slots;
    size_t old_count = d->slot_count;
    d->slot_count *= 2;
    d->slots = xcalloc(d->slot_count, sizeof *d->slots);
    for (size_t n = 0; n < old_count; n++) {
        size_t i = old[n].hash;
        if (!old[n].number)
            continue;
        while (d->slots[i & (d->slot_count - 1)].number)
            i++;
        d->slots[i & (d->slot_count - 1)] = old[n];
    }
    free(old);
}

static const char *keep(struct dictionary *d, const char *text, size_t length)
{
    size_t size = length + 1;
    if (size > d->left) {
        d->left = size > CHUNK ? size : CHUNK;
        d->free = xrealloc(NULL, d->left, 1);
        d->chunks = xrealloc(d->chunks, d->chunk_count + 1, sizeof *d->chunks);
        d->chunks[d->chunk_count++] = d->free;
    }
    char *copy = d->free;
    memcpy(copy, text, length);
    copy[length] = '\0';
    d->free += size;
    d->left -= size;
    return copy;
}

uint32_t dictionary_add(struct dictionary *d, const char *text, size_t length)
{
    wake(d);
    uint32_t hash = hash_of(text, length);
    struct slot *slot = find_slot(d, text, length, hash);
    if (slot->number)
        return slot->number - 1;
    if (d->count == d->room) {
        d->room = d->room ? d->room * 2 : SLOTS_MIN;
        d->texts = xrealloc(d->texts, d->room, sizeof *d->texts);
    }
    d->texts[d->count] = keep(d, text, length);
    *slot = (struct slot){ hash, (uint32_t)++d->count };
    if (d->count > d->slot_count / 3 * 2)
        grow_slots(d);
    return (uint32_t)d->count - 1;
}

int64_t dictionary_find(struct dictionary *d, const char *text, size_t length)
{
    wake(d);
    return (int64_t)find_slot(d, text, length, hash_of(text, length))->number - 1;
}

size_t dictionary_count(const struct dictionary *d)
{
    return d->count;
}

const char *dictionary_text(const struct dictionary *d, size_t number)
{
    return d->texts[number];
}

size_t dictionary_length(const struct dictionary *d, size_t number)
{
    return strlen(d->texts[number]);
}
