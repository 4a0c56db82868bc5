/* Order, and the long tail. Must not know types or how anything is drawn. */
#include "chart/arrange.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "chart/sum.h"

struct ranked {
    size_t category;  /* its place in the data */
    struct num value; /* that it is ordered by */
    bool known;
    bool held;        /* never summed away */
    bool rest;        /* goes into the other ones */
};

struct arranging {
    const struct plot *plot;
    const struct groups *categories;
    const struct chart_row **sorted; /* by category */
    const size_t *starts;            /* in `sorted`, of each category, and behind the last */
    struct ranked *ranked;
    struct chart_row *rows; /* result */
    size_t row_count;
};

/* The rows category by category, those of one in the order of the data. */
static void sort_rows(struct arranging *a)
{
    const struct chart_spec *spec = a->plot->spec;
    size_t *next = arena_array(a->plot->arena, a->categories->count + 2, sizeof *next); /* where the next one goes */

    a->sorted = arena_array(a->plot->arena, spec->row_count, sizeof *a->sorted);
    a->starts = next;
    for (size_t i = 0; i < spec->row_count; i++)
        next[a->categories->of[i] + 2]++;
    for (size_t i = 2; i <= a->categories->count; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < spec->row_count; i++)
        a->sorted[next[a->categories->of[i] + 1]++] = &spec->rows[i];
}

static size_t rows_of_category(const struct arranging *a, size_t category, const struct chart_row *const **out)
{
    *out = a->sorted + a->starts[category];
    return a->starts[category + 1] - a->starts[category];
}

static bool same_words(const char *const a[LANG_COUNT], const char *const b[LANG_COUNT])
{
    return (!a[LANG_EN] && !b[LANG_EN]) || (a[LANG_EN] && b[LANG_EN] && strcmp(a[LANG_EN], b[LANG_EN]) == 0);
}

static bool has_note(const struct chart_spec *spec, const char *category)
{
    for (size_t i = 0; i < spec->note_count; i++)
        if (spec->notes[i].kind == NOTE_CATEGORY && spec->notes[i].category &&
            strcmp(spec->notes[i].category, category) == 0)
            return true;
    return false;
}

/* Of shares: what the first series has of the whole. A whole of zero is refused elsewhere. */
static struct num share_of_first(const struct arranging *a, const struct chart_row *const rows[], size_t count,
                                 struct num whole)
{
    struct num first = num_from_int(0), share = first;

    for (size_t i = 0; i < count; i++)
        if (same_words(rows[i]->series, a->plot->spec->rows[0].series))
            first = rows[i]->value;
    return num_ratio(first, whole, 12, &share) ? share : num_from_int(0);
}

static void rank(struct arranging *a, size_t category)
{
    const struct chart_row *const *rows;
    size_t count = rows_of_category(a, category, &rows);
    struct chart_row sum = sum_of_rows(a->plot, rows, count);
    struct ranked *ranked = &a->ranked[category];

    *ranked = (struct ranked){.category = category, .value = sum.value, .known = !sum.missing};
    ranked->held = has_note(a->plot->spec, rows[0]->label[LANG_EN]);
    for (size_t i = 0; i < count; i++)
        ranked->held |= rows[i]->emphasis;
    if (a->plot->spec->look.stack == STACK_SHARES)
        ranked->value = share_of_first(a, rows, count, sum.value);
}

static struct num magnitude(struct num value)
{
    if (value.coefficient < 0)
        value.coefficient = -value.coefficient;
    return value;
}

/* Those to keep first. */
static int by_weight(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = num_compare(magnitude(b->value), magnitude(a->value));

    if (a->held != b->held)
        return a->held ? -1 : 1;
    if (a->known != b->known)
        return a->known ? -1 : 1;
    return order != 0 ? order : (a->category > b->category) - (a->category < b->category);
}

static int by_value(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = num_compare(b->value, a->value);

    if (a->known != b->known)
        return a->known ? -1 : 1;
    return order != 0 ? order : (a->category > b->category) - (a->category < b->category);
}

static int by_data(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;

    return (a->category > b->category) - (a->category < b->category);
}

/* Marks what goes into the rest; returns how many. */
static size_t part(struct arranging *a)
{
    size_t most = a->plot->spec->look.most, count = a->categories->count, rest = 0;

    qsort(a->ranked, count, sizeof *a->ranked, by_weight);
    if (most == 0 || count < most + 2)
        return 0;
    for (size_t i = most; i < count; i++) {
        a->ranked[i].rest = !a->ranked[i].held;
        rest += a->ranked[i].rest;
    }
    for (size_t i = most; i < count && rest == 1; i++)
        a->ranked[i].rest = false;
    return rest == 1 ? 0 : rest;
}

/* One row for the series and panel of the first of the rows, which it takes out; returns how many are left. */
static size_t add_other(struct arranging *a, const struct chart_row **rows, size_t count, size_t categories)
{
    const struct chart_row **of_one = arena_array(a->plot->arena, count, sizeof *of_one);
    struct chart_row *other = &a->rows[a->row_count++];
    const struct chart_row *first = rows[0];
    size_t taken = 0, left = 0;

    for (size_t i = 0; i < count; i++) {
        if (same_words(rows[i]->series, first->series) && same_words(rows[i]->panel, first->panel))
            of_one[taken++] = rows[i];
        else
            rows[left++] = rows[i];
    }
    *other = sum_of_rows(a->plot, of_one, taken);
    other->rest = true;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        other->label[lang] = word_other(a->plot, lang, categories);
    return left;
}

static void gather(struct arranging *a, size_t rest)
{
    const struct chart_row **rows = arena_array(a->plot->arena, a->plot->spec->row_count, sizeof *rows);
    size_t others = 0;

    for (size_t i = 0; i < a->categories->count; i++) {
        const struct chart_row *const *of_one;
        size_t count = rows_of_category(a, a->ranked[i].category, &of_one);
        for (size_t k = 0; k < count; k++)
            if (a->ranked[i].rest)
                rows[others++] = of_one[k];
            else
                a->rows[a->row_count++] = *of_one[k];
    }
    while (others > 0)
        others = add_other(a, rows, others, rest);
}

static bool all_labelled(const struct chart_spec *spec)
{
    for (size_t i = 0; i < spec->row_count; i++)
        if (!spec->rows[i].label[LANG_EN])
            return false;
    return spec->row_count > 0;
}

const struct chart_spec *arrange(const struct plot *plot)
{
    const struct chart_look *look = &plot->spec->look;
    struct arranging a = {.plot = plot};
    struct chart_spec *spec;

    if ((look->order == ORDER_DATA && look->most == 0) || !all_labelled(plot->spec))
        return plot->spec;
    a.categories = groups_of(plot, GROUP_CATEGORY);
    a.ranked = arena_array(plot->arena, a.categories->count, sizeof *a.ranked);
    a.rows = arena_array(plot->arena, plot->spec->row_count, sizeof *a.rows);
    sort_rows(&a);
    for (size_t i = 0; i < a.categories->count; i++)
        rank(&a, i);
    size_t rest = part(&a);
    qsort(a.ranked, a.categories->count, sizeof *a.ranked, look->order == ORDER_VALUE ? by_value : by_data);
    gather(&a, rest);
    spec = arena_alloc(plot->arena, sizeof *spec);
    *spec = *plot->spec;
    spec->rows = a.rows;
    spec->row_count = a.row_count;
    return spec;
}
