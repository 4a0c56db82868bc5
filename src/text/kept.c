/* A hash table of blocks by string, style and width. Knows nothing of how they are made. */
#include "text/kept.h"

#include <stddef.h>
#include <string.h>

bool kept_key(struct kept_key *key, const char *text, uint32_t length, const struct text_style *style, float width)
{
    if (length > KEPT_LENGTH)
        return false;
    memset(key, 0, offsetof(struct kept_key, text));
    key->size = style->size;
    key->other_scale = style->other_scale;
    key->width = width;
    key->rgb = style->rgb;
    key->role = (uint8_t)style->role;
    key->weight = (uint8_t)style->weight;
    key->lang = (uint8_t)style->lang;
    key->align = (uint8_t)style->align;
    key->breaks = (uint8_t)style->breaks;
    key->justify = style->justify;
    key->hyphenate = style->hyphenate;
    key->kashida = style->kashida;
    key->length = length;
    memcpy(key->text, text, length);
    return true;
}

static size_t size_of(const struct kept_key *key)
{
    return offsetof(struct kept_key, text) + key->length;
}

struct text_block *kept_find(const struct text_engine *e, const struct kept_key *key, struct arena *holder)
{
    const uint32_t hash = map_hash(key, size_of(key));
    for (int i = 0; i < SHAPER_GENERATIONS; i++) {
        struct text_block *found = map_find(&e->blocks[i], key, size_of(key), hash);
        if (!found)
            continue;
        arena_hold(holder, shaper_arena(e->shaper, (enum shaper_words)i));
        return found;
    }
    return NULL;
}

void kept_add(struct text_engine *e, const struct kept_key *key, struct text_block *block)
{
    struct arena *words = shaper_arena(e->shaper, SHAPER_NEW);
    map_add(&e->blocks[SHAPER_NEW], arena_copy(words, key, size_of(key)), size_of(key), map_hash(key, size_of(key)),
            block);
}

size_t kept_count(const struct text_engine *e)
{
    return e->blocks[SHAPER_NEW].count;
}

void kept_age(struct text_engine *e)
{
    map_clear(&e->blocks[SHAPER_OLD]);
    e->blocks[SHAPER_OLD] = e->blocks[SHAPER_NEW];
    e->blocks[SHAPER_NEW] = (struct map){ .room = 0 };
}

void kept_drop(struct text_engine *e)
{
    for (int i = 0; i < SHAPER_GENERATIONS; i++)
        map_clear(&e->blocks[i]);
}
