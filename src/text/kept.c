/* A hash table of blocks by string, style and width. Knows nothing of how they are made. */
#include "text/kept.h"

#include <stddef.h>
#include <string.h>

struct kept_block {
    const struct text_block *block;
    UT_hash_handle hh;
};

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

const struct text_block *kept_find(const struct text_engine *e, const struct kept_key *key, struct arena *holder)
{
    unsigned hash;
    HASH_VALUE(key, size_of(key), hash);
    for (int i = 0; i < SHAPER_GENERATIONS; i++) {
        struct kept_block *found;
        HASH_FIND_BYHASHVALUE(hh, e->blocks[i], key, size_of(key), hash, found);
        if (!found)
            continue;
        arena_hold(holder, shaper_arena(e->shaper, (enum shaper_words)i));
        return found->block;
    }
    return NULL;
}

void kept_add(struct text_engine *e, const struct kept_key *key, const struct text_block *block)
{
    struct arena *words = shaper_arena(e->shaper, SHAPER_NEW);
    struct kept_block *added = arena_alloc(words, sizeof *added);
    added->block = block;
    HASH_ADD_KEYPTR(hh, e->blocks[SHAPER_NEW], arena_copy(words, key, size_of(key)), size_of(key), added);
}

size_t kept_count(const struct text_engine *e)
{
    return HASH_COUNT(e->blocks[SHAPER_NEW]);
}

void kept_age(struct text_engine *e)
{
    HASH_CLEAR(hh, e->blocks[SHAPER_OLD]);
    e->blocks[SHAPER_OLD] = e->blocks[SHAPER_NEW];
    e->blocks[SHAPER_NEW] = NULL;
}

void kept_drop(struct text_engine *e)
{
    for (int i = 0; i < SHAPER_GENERATIONS; i++)
        HASH_CLEAR(hh, e->blocks[i]);
}
