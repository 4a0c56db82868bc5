/* Groups by their English words. Must not know what types make of them. */
#include "chart/groups.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "chart/plot.h"

static const char *const *words_of(const struct chart_row *row, enum group_kind kind)
{
    return kind == GROUP_CATEGORY ? row->label : kind == GROUP_SERIES ? row->series : row->panel;
}

/* `known`: by the words, where the group's first row stands in `first`. */
static size_t group_index(struct groups *groups, struct map *known, const struct chart_row *row, enum group_kind kind)
{
    const char *name = words_of(row, kind)[LANG_EN];
    size_t length = strlen(name);
    uint32_t hash = map_hash(name, length);
    const struct chart_row **first = map_find(known, name, length, hash);

    if (first)
        return (size_t)(first - groups->first);
    first = &groups->first[groups->count];
    *first = row;
    map_add(known, name, length, hash, first);
    return groups->count++;
}

const struct groups *groups_of(const struct plot *plot, enum group_kind kind)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_spec *all = kind == GROUP_SERIES && plot->whole ? plot->whole->spec : spec;
    struct groups *groups = arena_alloc(plot->arena, sizeof *groups);
    struct map known = { .room = 0 };

    groups->first = arena_array(plot->arena, all->row_count, sizeof *groups->first);
    for (size_t i = 0; i < all->row_count && all != spec; i++)
        if (words_of(&all->rows[i], kind)[LANG_EN])
            group_index(groups, &known, &all->rows[i], kind);
    groups->of = arena_array(plot->arena, spec->row_count, sizeof *groups->of);
    for (size_t i = 0; i < spec->row_count; i++)
        if (words_of(&spec->rows[i], kind)[LANG_EN])
            groups->of[i] = group_index(groups, &known, &spec->rows[i], kind);
    map_clear(&known);
    return groups;
}

const char *const *group_words(const struct groups *groups, enum group_kind kind, size_t group)
{
    return words_of(groups->first[group], kind);
}

const struct chart_row *groups_row(const struct plot *plot, const struct groups *categories, size_t category,
                                   const struct groups *series, size_t nth)
{
    for (size_t i = 0; i < plot->spec->row_count; i++)
        if (categories->of[i] == category && (series->count == 0 || series->of[i] == nth))
            return &plot->spec->rows[i];
    return NULL;
}
