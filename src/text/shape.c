/* Shaping by HarfBuzz, with a cache of words. Knows nothing of sizes, lines or styles. */
#include "text/shape.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "text/bidi.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum {
    INVISIBLE = 0x0FFFFFFF, /* what HarfBuzz puts for characters that leave no ink */
    TATWEELS_LIMIT = 8,
    MOST_COMMON = 0x0700 /* code points up to Arabic: which of them a face has is asked once */
};
static const char TATWEEL[] = "\xD9\x80";

/* Zeroed, followed by the word's bytes. */
struct word_key {
    struct shape_how how;
    uint32_t start, end, stretch_at, tatweels;
    char word[];
};

struct known_word {
    struct shaped shaped;
    uint32_t glyph_count;
};

enum has { NOT_ASKED, HAS, HAS_NOT };

struct generation {
    struct arena *arena;
    struct map known; /* struct known_word */
};

struct shaper {
    const struct font_set *fonts;
    hb_font_t **unscaled; /* by face */
    uint8_t (*has)[MOST_COMMON]; /* by face: enum has */
    hb_buffer_t *buffer;
    struct generation words[SHAPER_GENERATIONS];
    struct word_key *key; /* scratch */
    size_t key_room;
};

struct shaper *shaper_new(const struct font_set *fonts)
{
    struct shaper *s = xcalloc(1, sizeof *s);
    s->fonts = fonts;
    s->unscaled = xcalloc(font_set_faces(fonts), sizeof(hb_font_t *));
    s->has = xcalloc(font_set_faces(fonts), sizeof *s->has);
    for (size_t i = 0; i < font_set_faces(fonts); i++)
        s->unscaled[i] = hb_font_create(font_set_face(fonts, i)->hb);
    s->buffer = hb_buffer_create();
    s->words[SHAPER_NEW].arena = arena_new();
    return s;
}

static void forget(struct generation *words)
{
    map_clear(&words->known);
    arena_drop(words->arena);
}

void shaper_drop(struct shaper *s)
{
    for (size_t i = 0; i < font_set_faces(s->fonts); i++)
        hb_font_destroy(s->unscaled[i]);
    free(s->unscaled);
    free(s->has);
    hb_buffer_destroy(s->buffer);
    for (int i = 0; i < SHAPER_GENERATIONS; i++)
        forget(&s->words[i]);
    free(s->key);
    free(s);
}

size_t shaper_count(const struct shaper *s)
{
    return s->words[SHAPER_NEW].known.count;
}

struct arena *shaper_arena(struct shaper *s, enum shaper_words which)
{
    return s->words[which].arena;
}

void shaper_age(struct shaper *s)
{
    forget(&s->words[SHAPER_OLD]);
    s->words[SHAPER_OLD] = s->words[SHAPER_NEW];
    s->words[SHAPER_NEW] = (struct generation){ .arena = arena_new() };
}

bool shaper_has_glyph(struct shaper *s, const struct font_face *face, uint32_t code_point)
{
    hb_codepoint_t glyph;
    uint8_t other = NOT_ASKED, *known = code_point < MOST_COMMON ? &s->has[face->index][code_point] : &other;
    if (*known == NOT_ASKED)
        *known = hb_font_get_nominal_glyph(s->unscaled[face->index], code_point, &glyph) ? HAS : HAS_NOT;
    return *known == HAS;
}

void shaper_extents(struct shaper *s, const struct font_face *face, float *ascent, float *descent)
{
    hb_font_extents_t extents;
    hb_font_get_h_extents(s->unscaled[face->index], &extents);
    *ascent = (float)extents.ascender / (float)face->upem;
    *descent = -(float)extents.descender / (float)face->upem;
}

int32_t shaper_overhang(struct shaper *s, const struct font_face *face, const struct shaped *shaped,
                        const struct shaped_cluster *c)
{
    hb_glyph_extents_t ink;
    if (!c->glyph_count)
        return 0;
    const struct text_glyph *last = &shaped->glyphs[c->first_glyph + c->glyph_count - 1];
    if (!hb_font_get_glyph_extents(s->unscaled[face->index], last->id, &ink))
        return 0;
    int32_t over = last->x + ink.x_bearing + ink.width - c->advance;
    return over > 0 ? over : 0;
}

/* --- HarfBuzz's glyphs into clusters --- */

static void run_harfbuzz(struct shaper *s, const struct shape_how *how, struct shape_piece piece)
{
    hb_buffer_t *b = s->buffer;
    hb_buffer_clear_contents(b);
    hb_buffer_set_flags(b, HB_BUFFER_FLAG_BOT | HB_BUFFER_FLAG_EOT);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS); /* marks have their own */
    hb_buffer_set_invisible_glyph(b, INVISIBLE);
    hb_buffer_set_direction(b, how->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b, how->script);
    hb_buffer_set_language(b, how->language);
    hb_buffer_add_utf8(b, piece.word, (int)piece.length, piece.start, (int)(piece.end - piece.start));
    hb_shape(s->unscaled[how->face->index], b, NULL, 0);
}

/* A cluster's glyphs [from, to) of the buffer, which are left to right. */
static void take_cluster(struct shaped_cluster *c, struct text_glyph *glyphs, uint32_t *glyph_count,
                         const hb_glyph_info_t *infos, const hb_glyph_position_t *places, unsigned from,
                         unsigned to)
{
    c->first_glyph = *glyph_count;
    for (unsigned i = from; i < to; i++) {
        if (!infos[i].codepoint) {
            c->missing = true;
        } else if (infos[i].codepoint != INVISIBLE) {
            glyphs[(*glyph_count)++] = (struct text_glyph){
                .id = infos[i].codepoint,
                .x = c->advance + places[i].x_offset,
                .y = places[i].y_offset,
                .advance = places[i].x_advance,
            };
        }
        c->advance += places[i].x_advance;
    }
    c->glyph_count = *glyph_count - c->first_glyph;
    if (c->missing) {
        *glyph_count = c->first_glyph;
        c->glyph_count = 0;
        c->advance = 0;
    }
}

static void put_clusters_in_order(struct shaped_cluster *clusters, uint32_t count)
{
    for (uint32_t i = 0, k = count; i + 1 < k; i++) {
        struct shaped_cluster held = clusters[i];
        clusters[i] = clusters[--k];
        clusters[k] = held;
    }
}

/* Where a cluster of the buffer begins in the text without the key's tatweels. */
static uint32_t start_of(const struct word_key *key, uint32_t offset)
{
    uint32_t inside = key->tatweels * (uint32_t)strlen(TATWEEL), at = key->start + key->stretch_at;
    if (!inside || offset < at)
        return offset - key->start;
    return offset < at + inside ? UINT32_MAX : offset - inside - key->start;
}

/* Glyphs of tatweels, which begin at UINT32_MAX, belong to the cluster before them: in a right-to-left buffer
 * that comes next. */
static void take_buffer(struct shaper *s, const struct word_key *key, struct known_word *known)
{
    struct arena *arena = s->words[SHAPER_NEW].arena;
    struct shaped *out = &known->shaped;
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(s->buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(s->buffer, &count);
    struct shaped_cluster *clusters = arena_array(arena, count, sizeof *clusters);
    struct text_glyph *glyphs = arena_array(arena, count, sizeof *glyphs);
    uint32_t glyph_count = 0;
    for (unsigned i = 0, from; i < count;) {
        from = i;
        uint32_t start = UINT32_MAX;
        while (i < count && (start == UINT32_MAX || start_of(key, infos[i].cluster) == start))
            start = start_of(key, infos[i++].cluster);
        struct shaped_cluster *c = &clusters[out->count++];
        c->start = start;
        take_cluster(c, glyphs, &glyph_count, infos, places, from, i);
        out->advance += c->advance;
        out->missing |= c->missing || start == UINT32_MAX;
    }
    if (key->how.rtl)
        put_clusters_in_order(clusters, out->count);
    for (uint32_t i = 0; i < out->count; i++)
        clusters[i].length =
            (i + 1 < out->count ? clusters[i + 1].start : key->end - key->start) - clusters[i].start;
    out->clusters = clusters;
    out->glyphs = glyphs;
    known->glyph_count = glyph_count;
}

/* --- the cache --- */

/* Whether the letters around a piece have no say in its glyphs: only cursive scripts join, and only before a mark that
 * begins a text HarfBuzz puts a dotted circle. So the isolates around a number, and it, are shaped once and not once
 * for each number. */
static bool stands_alone(const struct shape_how *how, struct shape_piece piece)
{
    const char *p = piece.word + piece.start, *end = piece.word + piece.end;
    if (how->script == HB_SCRIPT_COMMON || how->script == HB_SCRIPT_LATIN)
        return !bidi_is_combining(utf8_next(&p));
    while (p < end)
        if (!bidi_is_control(utf8_next(&p)))
            return false;
    return true;
}

static size_t make_key(struct shaper *s, const struct shape_how *how, struct shape_piece piece)
{
    size_t size = sizeof *s->key + piece.length;
    if (size > s->key_room) {
        s->key_room = size + 256;
        s->key = xrealloc(s->key, 1, s->key_room);
    }
    memset(s->key, 0, sizeof *s->key);
    s->key->how = *how;
    s->key->start = piece.start;
    s->key->end = piece.end;
    memcpy(s->key->word, piece.word, piece.length);
    return size;
}

static void copy_word(struct known_word *out, const struct known_word *from, struct arena *arena)
{
    const struct shaped *shaped = &from->shaped;
    out->shaped = *shaped;
    out->shaped.clusters = arena_copy(arena, shaped->clusters, shaped->count * sizeof *shaped->clusters);
    out->shaped.glyphs = arena_copy(arena, shaped->glyphs, from->glyph_count * sizeof *shaped->glyphs);
    out->glyph_count = from->glyph_count;
}

/* `shaped_piece` is the piece with the key's tatweels in it. */
static const struct shaped *find(struct shaper *s, size_t key_size, struct shape_piece shaped_piece)
{
    struct generation *words = &s->words[SHAPER_NEW];
    const uint32_t hash = map_hash(s->key, key_size);
    struct known_word *known = map_find(&words->known, s->key, key_size, hash);
    if (known)
        return &known->shaped;
    known = arena_alloc(words->arena, sizeof *known);
    const struct word_key *key = arena_copy(words->arena, s->key, key_size);
    const struct known_word *old = map_find(&s->words[SHAPER_OLD].known, key, key_size, hash);
    if (old) {
        copy_word(known, old, words->arena);
    } else {
        run_harfbuzz(s, &key->how, shaped_piece);
        take_buffer(s, key, known);
    }
    map_add(&words->known, key, key_size, hash, known);
    return &known->shaped;
}

const struct shaped *shaper_shape(struct shaper *s, const struct shape_how *how, struct shape_piece piece)
{
    if (piece.end - piece.start < piece.length && stands_alone(how, piece))
        piece = (struct shape_piece){ piece.word + piece.start, piece.end - piece.start, 0, piece.end - piece.start };
    return find(s, make_key(s, how, piece), piece);
}

const struct shaped *shaper_stretch(struct shaper *s, const struct shape_how *how, struct shape_piece piece,
                                    uint32_t at, unsigned count)
{
    char long_word[512];
    uint32_t inside = count * (uint32_t)strlen(TATWEEL), cut = piece.start + at;
    if (!how->rtl || count > TATWEELS_LIMIT || piece.length + inside > sizeof long_word)
        return NULL;
    memcpy(long_word, piece.word, cut);
    for (unsigned i = 0; i < count; i++)
        memcpy(long_word + cut + i * strlen(TATWEEL), TATWEEL, strlen(TATWEEL));
    memcpy(long_word + cut + inside, piece.word + cut, piece.length - cut);
    size_t size = make_key(s, how, piece);
    s->key->stretch_at = at;
    s->key->tatweels = count;
    struct shape_piece with = { long_word, piece.length + inside, piece.start, piece.end + inside };
    const struct shaped *stretched = find(s, size, with), *plain = shaper_shape(s, how, piece);
    return stretched->missing || stretched->count != plain->count || stretched->advance <= plain->advance
               ? NULL
               : stretched;
}
