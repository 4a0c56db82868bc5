/*
 * Where tables stand. In the parallel edition a table stands once, in both languages and across both columns, where
 * that reads well (table_both.c). Else it stands twice: a narrow one in both columns, the Arabic one mirrored, row
 * beside row; a wide one across both columns, in English and then, mirrored, in Arabic.
 *
 * No word is broken: a table whose longest words are too wide for the page is set smaller, down to what the layout
 * allows; if that is too small, it gets pages that are turned sideways.
 */
#include "layout/table_set.h"

#include <math.h>

/* Whether the table of every language fits beside the others in the page's columns. */
static bool fits_beside(const struct layouter *l, const struct doc_table *table, const struct table_side sides[])
{
    for (size_t i = 0; i < l->columns; i++) {
        float need = table->column_count > NARROW_COLUMNS ? table_most(&sides[i]) : table_least(&sides[i]);
        if (need > l->column[i].width)
            return false;
    }
    return true;
}

/* Across the page; across a page turned sideways when it must be. */
struct across {
    float need;
    bool turns;
    struct column frame;
};

static struct across place_across(const struct layouter *l, float need, enum lang lang)
{
    const struct layouter turned = layouter_turned(l);
    bool turns = need > l->width && turned.width > l->width;
    /* of the parallel edition's page, or of the column that has room enough */
    struct column frame = { lang, 0, turns ? turned.width : l->width };
    if (l->columns == 1 && !turns && need <= l->column[0].width)
        frame = l->column[0];
    return (struct across){ need, turns, frame };
}

static void check_width(struct layouter *l, const struct block *b, const struct across *place, const char *or_else)
{
    float over = place->need - place->frame.width;
    if (over > 0)
        diag_add(l->diags, DIAG_LAYOUT_TOO_WIDE, b->at[place->frame.lang],
                 "the table's longest words need %.0f pt and a page%s has %.0f, so it is %.0f pt too wide; leave out a "
                 "column or shorten words%s", (double)place->need, place->turns ? " turned sideways" : "",
                 (double)place->frame.width, (double)over, or_else);
}

/* In one language. */
static void add_across(struct layouter *l, const struct block *b, const struct table_side *side, enum lang lang)
{
    struct table_set *set = arena_alloc(l->arena, sizeof *set);
    struct across place = place_across(l, table_least(side), lang);
    struct wide wide = layouter_widen(l, place.need > l->column[0].width);
    check_width(l, b, &place, "");
    set->sides[0] = *side;
    set->side_count = set->word_count = 1;
    table_place_columns(l, &set->sides[0], place.frame);
    set->words[0].frame = place.frame;
    table_add(l, b, set, place.turns);
    layouter_narrow(l, wide);
}

/* Beside each other. */
static void add_beside(struct layouter *l, const struct block *b, const struct table_side sides[])
{
    struct table_set *set = arena_alloc(l->arena, sizeof *set);
    set->side_count = set->word_count = l->columns;
    for (size_t i = 0; i < l->columns; i++) {
        set->sides[i] = sides[i];
        table_place_columns(l, &set->sides[i], l->column[i]);
        set->words[i].frame = l->column[i];
    }
    table_add(l, b, set, false);
}

/* Of the words above and below a table in both languages: the column, or of a narrower table its share of that. */
static struct column words_beside(const struct layouter *on, const struct column *table, size_t column)
{
    struct column words = on->column[column];
    float outer = (on->width - table->width) / 2;
    words.width -= outer;
    words.x += words.x < on->width / 2 ? outer : 0;
    return words;
}

/* Once, with words above and below in both languages. */
static void add_both(struct layouter *l, const struct block *b, const struct table_side *side,
                     const struct across *place)
{
    struct table_set *set = arena_alloc(l->arena, sizeof *set);
    const struct layouter on = place->turns ? layouter_turned(l) : *l;
    check_width(l, b, place, ", or write parallel: twice");
    set->sides[0] = *side;
    set->side_count = 1;
    set->word_count = l->columns;
    for (size_t i = 0; i < l->columns; i++)
        set->words[i].frame = words_beside(&on, &side->frame, i);
    table_add(l, b, set, place->turns);
}

/* The definition's word, or what reads better; one that stands once turns no page that two would not. */
static bool stands_once(struct layouter *l, const struct doc_table *table, const struct table_side *both, bool turns,
                        const struct table_side sides[LANG_COUNT], bool beside)
{
    struct table_side twins[LANG_COUNT];
    bool twins_turn = false;
    if (table->parallel != DOC_PARALLEL_CHOSEN)
        return table->parallel == DOC_PARALLEL_ONE;
    for (size_t i = 0; i < LANG_COUNT; i++) {
        struct across place = place_across(l, table_least(&sides[i]), l->column[i].lang);
        twins[i] = sides[i];
        twins[i].columns = arena_copy(l->arena, sides[i].columns, sides[i].column_count * sizeof *sides[i].columns);
        table_place_columns(l, &twins[i], beside ? l->column[i] : place.frame);
        twins_turn |= place.turns && !beside;
    }
    return (!turns || twins_turn) && table_both_is_better(table, both, twins, beside);
}

/* The size at which the longest words have room on an upright page or, else, on a turned one; the side's own when it
 * is too wide even for that, or the size would be too small. */
static float size_that_fits(const struct layouter *l, const struct table_side *side)
{
    const float rooms[] = { l->width, layouter_turned(l).width };
    float need = table_least(side), words = 0;
    for (size_t c = 0; c < side->column_count; c++)
        words += side->needs[c].least;
    for (size_t i = 0; i < 2; i++) {
        float size = side->size * (1 - (need - rooms[i]) / words) * 0.999f; /* rounding */
        if (need <= rooms[i])
            return side->size;
        if (size >= l->style->size_table_least)
            return size;
    }
    return side->size;
}

/* In every language shown; by the page's column. */
static void set_sides(struct layouter *l, const struct doc_table *table, float size,
                      struct table_texts texts[LANG_COUNT], struct table_side sides[])
{
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        texts[lang] = table_measure(l, table, lang, size);
        sides[i] = table_in(l, table, &texts[lang], lang);
    }
}

/* One below the other: of one size. */
static void fit_sides(struct layouter *l, const struct doc_table *table, struct table_side sides[])
{
    struct table_texts texts[LANG_COUNT];
    float size = size_that_fits(l, &sides[0]);
    for (size_t i = 1; i < l->columns; i++)
        size = fminf(size, size_that_fits(l, &sides[i]));
    if (size < sides[0].size)
        set_sides(l, table, size, texts, sides);
}

/* One that has to stand once is set smaller for it as well. */
static struct table_side set_both(struct layouter *l, const struct doc_table *table,
                                  const struct table_texts texts[LANG_COUNT])
{
    struct table_texts smaller[LANG_COUNT];
    struct table_side sides[LANG_COUNT], both = table_in_both(l, table, texts, l->width);
    float size = size_that_fits(l, &both);
    if (table->parallel != DOC_PARALLEL_ONE || size == both.size)
        return both;
    set_sides(l, table, size, smaller, sides);
    return table_in_both(l, table, smaller, l->width);
}

static void flow_in_both(struct layouter *l, const struct block *b)
{
    struct table_texts texts[LANG_COUNT];
    struct table_side sides[LANG_COUNT];
    set_sides(l, b->table, l->style->size_small, texts, sides);
    struct table_side both = set_both(l, b->table, texts);
    struct across place = place_across(l, table_least(&both), l->column[0].lang);
    bool beside = fits_beside(l, b->table, sides);
    table_place_columns(l, &both, place.frame);
    if (!beside)
        fit_sides(l, b->table, sides);
    if (stands_once(l, b->table, &both, place.turns, sides, beside))
        add_both(l, b, &both, &place);
    else if (beside)
        add_beside(l, b, sides);
    else
        for (size_t i = 0; i < LANG_COUNT; i++) {
            size_t first = l->item_count;
            add_across(l, b, &sides[i], l->column[i].lang);
            l->items[first]->twin = i > 0;
        }
}

static void flow_in_one(struct layouter *l, const struct block *b)
{
    struct table_texts texts[LANG_COUNT];
    struct table_side side;
    set_sides(l, b->table, l->style->size_small, texts, &side);
    fit_sides(l, b->table, &side);
    add_across(l, b, &side, l->column[0].lang);
}

void flow_table(struct layouter *l, const struct block *b)
{
    l->planning = arena_new();
    (l->columns > 1 ? flow_in_both : flow_in_one)(l, b);
    arena_drop(l->planning);
    l->planning = NULL;
}
