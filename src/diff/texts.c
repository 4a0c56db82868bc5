/*
 * The blocks of two files compared. First whole blocks are aligned, the cells of a table's row as one; between those
 * that stayed, the most similar of one role and language are the same block before and after, and their words are
 * aligned.
 */
#include "diff/texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/align.h"
#include "base/arena.h"
#include "base/buf.h"

/* A block, or the cells of a row. */
struct group {
    const struct contents_block *blocks;
    size_t count;
    uint32_t *words; /* numbers, in order of the text; of similarity they are looked at sorted */
    size_t word_count;
};

struct groups {
    struct group *all;
    size_t count;
    uint32_t *numbers; /* of whole groups */
};

struct comparing {
    struct arena *arena;
    struct diff_names *words;
    struct diff_text *out;
    size_t count;
};

/* --- groups --- */

static uint32_t *number_words(struct comparing *c, const char *text, size_t *count)
{
    uint32_t *words = NULL;
    *count = 0;
    for (const char *p = text; *p;) {
        size_t length = strcspn(p, " ");
        words = arena_grow(c->arena, words, *count, sizeof *words);
        words[(*count)++] = diff_number(&c->words, p, length);
        p += length + strspn(p + length, " ");
    }
    return words;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* All that is said in the group; `parts` parts its blocks. */
static char *whole_text(const struct group *g, const char *parts, struct arena *arena)
{
    struct buf text;
    buf_init(&text);
    for (size_t i = 0; i < g->count; i++) {
        buf_add_string(&text, i ? parts : "");
        buf_add_string(&text, g->blocks[i].text);
    }
    char *whole = arena_string_n(arena, text.data, text.length);
    buf_drop(&text);
    return whole;
}

static uint32_t number_group(struct comparing *c, struct diff_names **names, struct group *g)
{
    const char *whole = whole_text(g, " ", c->arena);
    struct buf key;
    buf_init(&key);
    for (size_t i = 0; i < g->count; i++)
        buf_printf(&key, "%s\1%s\1%s\2", g->blocks[i].role, g->blocks[i].language, g->blocks[i].text);
    uint32_t number = diff_number(names, key.data, key.length);
    buf_drop(&key);
    g->words = number_words(c, whole, &g->word_count);
    if (g->word_count)
        qsort(g->words, g->word_count, sizeof *g->words, compare_numbers);
    return number;
}

static struct groups make_groups(struct comparing *c, struct diff_names **names, const struct contents *from)
{
    struct groups g = { .all = arena_array(c->arena, from->block_count + 1, sizeof *g.all) };
    g.numbers = arena_array(c->arena, from->block_count + 1, sizeof *g.numbers);
    for (size_t i = 0; i < from->block_count;) {
        const struct contents_block *first = &from->blocks[i++];
        struct group *one = &g.all[g.count];
        *one = (struct group){ .blocks = first, .count = 1 };
        while (first->row && i < from->block_count && from->blocks[i].row == first->row) {
            one->count++;
            i++;
        }
        g.numbers[g.count++] = number_group(c, names, one);
    }
    return g;
}

/* --- changes --- */

static void add_part(struct diff_text *t, struct arena *arena, enum diff_kind kind, const char *from, size_t length)
{
    if (length == 0)
        return;
    t->parts = arena_grow(arena, t->parts, t->part_count, sizeof *t->parts);
    t->parts[t->part_count++] = (struct diff_part){ kind, arena_string_n(arena, from, length) };
}

static struct diff_text *add_text(struct comparing *c, struct diff_text text)
{
    c->out = arena_grow(c->arena, c->out, c->count, sizeof *c->out);
    c->out[c->count] = text;
    return &c->out[c->count++];
}

/* Of a row a language at a time. */
static void add_whole(struct comparing *c, const struct group *g, enum diff_change change)
{
    for (size_t first = 0; first < g->count;) {
        const struct contents_block *block = &g->blocks[first];
        struct buf text;
        buf_init(&text);
        size_t end = first;
        for (; end < g->count && strcmp(g->blocks[end].language, block->language) == 0; end++) {
            buf_add_string(&text, end > first ? " | " : "");
            buf_add_string(&text, g->blocks[end].text);
        }
        struct diff_text *t = add_text(c, (struct diff_text){ .change = change, .role = block->role,
                                                              .language = block->language });
        t->role = block->row ? "TR" : block->role;
        t->old_page = change == DIFF_GONE ? block->page : 0;
        t->page = change == DIFF_NEW ? block->page : 0;
        add_part(t, c->arena, change == DIFF_GONE ? DIFF_PART_OLD : DIFF_PART_NEW, text.data, text.length);
        buf_drop(&text);
        first = end;
    }
}

/* Where the words from..to of a text stand. */
static const char *find_words(const char *text, size_t from, size_t to, size_t *length)
{
    const char *begin = text;
    for (size_t i = 0; i < from; i++)
        begin = strchr(begin, ' ') + 1;
    const char *end = begin;
    for (size_t i = from; i < to; i++)
        end += strcspn(end, " ") + (i + 1 < to);
    *length = (size_t)(end - begin);
    return begin;
}

static void add_words(struct diff_text *t, struct arena *arena, enum diff_kind kind, const char *text, size_t from,
                      size_t to)
{
    size_t length;
    if (from == to)
        return;
    const char *begin = find_words(text, from, to, &length);
    add_part(t, arena, kind, begin, length);
}

static void compare_words(struct comparing *c, const struct contents_block *old, const struct contents_block *now,
                          const char *head)
{
    size_t a_count, b_count;
    const uint32_t *a = number_words(c, old->text, &a_count), *b = number_words(c, now->text, &b_count);
    size_t *match = arena_array(c->arena, a_count + 1, sizeof *match);
    struct diff_text *t = add_text(c, (struct diff_text){ .role = now->role, .language = now->language,
                                                          .old_page = old->page, .page = now->page, .row = head });
    align(a, a_count, b, b_count, match);
    for (struct align_span s = { 0 }; align_next(match, a_count, b_count, &s);) {
        add_words(t, c->arena, s.same ? DIFF_PART_SAME : DIFF_PART_OLD, old->text, s.a, s.a_end);
        if (!s.same)
            add_words(t, c->arena, DIFF_PART_NEW, now->text, s.b, s.b_end);
    }
}

/* The first cell of the row in the cell's language tells which row it is. */
static const char *row_head(const struct group *g, size_t cell)
{
    for (size_t i = 0; i < cell; i++)
        if (g->blocks[i].row && strcmp(g->blocks[i].language, g->blocks[cell].language) == 0)
            return g->blocks[i].text;
    return NULL;
}

static bool are_alike(const struct contents_block *a, const struct contents_block *b)
{
    return strcmp(a->role, b->role) == 0 && strcmp(a->language, b->language) == 0;
}

static void compare_pair(struct comparing *c, const struct group *old, const struct group *now)
{
    bool cells = old->count == now->count;
    for (size_t i = 0; cells && i < old->count; i++)
        cells = strcmp(old->blocks[i].language, now->blocks[i].language) == 0;
    if (!cells) {
        add_whole(c, old, DIFF_GONE);
        add_whole(c, now, DIFF_NEW);
        return;
    }
    for (size_t i = 0; i < old->count; i++)
        if (strcmp(old->blocks[i].text, now->blocks[i].text) != 0)
            compare_words(c, &old->blocks[i], &now->blocks[i], row_head(now, i));
}

/* --- pairs --- */

enum { PAIRS_MOST = 250000, LEAST_ALIKE = 300 }; /* thousandths of their words */

/* How much of their words two groups share, in thousandths; 0: they cannot be the same block. */
static unsigned similarity(const struct group *a, const struct group *b)
{
    size_t common = 0;
    bool row = a->blocks->row && b->blocks->row;
    if (!row && !are_alike(a->blocks, b->blocks))
        return 0;
    for (size_t i = 0, j = 0; i < a->word_count && j < b->word_count;) {
        if (a->words[i] == b->words[j]) {
            common++;
            i++;
            j++;
        } else if (a->words[i] < b->words[j]) {
            i++;
        } else {
            j++;
        }
    }
    unsigned share = (unsigned)(2000 * common / (a->word_count + b->word_count));
    bool same_head = row && strcmp(a->blocks->text, b->blocks->text) == 0;
    return same_head ? share + LEAST_ALIKE : share >= LEAST_ALIKE ? share : 0;
}

/* The pairs of the largest sum of similarities, in order: score[i][j] of what is from i and j on. */
static void pair_best(struct comparing *c, const struct groups *old, const struct groups *now,
                      const struct align_span *s)
{
    size_t rows = s->a_end - s->a, width = s->b_end - s->b + 1;
    unsigned *score = xcalloc((rows + 1) * width, sizeof *score), *alike = xcalloc((rows + 1) * width, sizeof *alike);
    for (size_t i = rows; i-- > 0;)
        for (size_t j = width - 1; j-- > 0;) {
            unsigned *at = &score[i * width + j], down = at[width], right = at[1];
            unsigned here = alike[i * width + j] = similarity(&old->all[s->a + i], &now->all[s->b + j]);
            *at = down > right ? down : right;
            if (here && here + at[width + 1] > *at)
                *at = here + at[width + 1];
        }
    size_t i = 0, j = 0;
    while (i < rows || j + 1 < width) {
        bool both = i < rows && j + 1 < width;
        unsigned *at = &score[i * width + j];
        unsigned here = both ? alike[i * width + j] : 0;
        if (here && *at == here + at[width + 1])
            compare_pair(c, &old->all[s->a + i++], &now->all[s->b + j++]);
        else if (i < rows && (!both || *at == at[width]))
            add_whole(c, &old->all[s->a + i++], DIFF_GONE);
        else
            add_whole(c, &now->all[s->b + j++], DIFF_NEW);
    }
    free(alike);
    free(score);
}

/* Too many for that: each with the next of its kind, when they are alike. */
static void pair_in_order(struct comparing *c, const struct groups *old, const struct groups *now,
                          const struct align_span *s)
{
    size_t i = s->a, j = s->b;
    for (; i < s->a_end && j < s->b_end; i++, j++) {
        if (similarity(&old->all[i], &now->all[j])) {
            compare_pair(c, &old->all[i], &now->all[j]);
        } else {
            add_whole(c, &old->all[i], DIFF_GONE);
            add_whole(c, &now->all[j], DIFF_NEW);
        }
    }
    for (; i < s->a_end; i++)
        add_whole(c, &old->all[i], DIFF_GONE);
    for (; j < s->b_end; j++)
        add_whole(c, &now->all[j], DIFF_NEW);
}

void diff_texts(const struct contents *old, const struct contents *now, struct arena *arena, struct diff_text **out,
                size_t *count)
{
    struct comparing c = { .arena = arena };
    struct diff_names *names = NULL;
    const struct groups a = make_groups(&c, &names, old), b = make_groups(&c, &names, now);
    size_t *match = arena_array(arena, a.count + 1, sizeof *match);
    align(a.numbers, a.count, b.numbers, b.count, match);
    for (struct align_span s = { 0 }; align_next(match, a.count, b.count, &s);) {
        if (s.same)
            continue;
        if (s.b_end > s.b && s.a_end - s.a > PAIRS_MOST / (s.b_end - s.b))
            pair_in_order(&c, &a, &b, &s);
        else
            pair_best(&c, &a, &b, &s);
    }
    diff_names_drop(names);
    diff_names_drop(c.words);
    *out = c.out;
    *count = c.count;
}
