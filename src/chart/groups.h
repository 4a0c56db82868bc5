/* Groups: which rows of a chart belong together, by what they have in common. */
#ifndef MUJAZ_CHART_GROUPS_H
#define MUJAZ_CHART_GROUPS_H

#include <stddef.h>

struct plot;
struct chart_row;

enum group_kind { GROUP_CATEGORY, GROUP_SERIES, GROUP_PANEL };

/* In the order in which the rows name them; rows without such words are in none (count 0, `of` 0). The series of a
 * panel are those of the whole chart, so that a series looks the same in each. */
struct groups {
    size_t count;
    const struct chart_row **first; /* of each group: it has the group's words */
    size_t *of;                     /* by row: its group */
};

const struct groups *groups_of(const struct plot *, enum group_kind);
/* The group's words, by language. */
const char *const *group_words(const struct groups *, enum group_kind, size_t group);
/* The row of a category in a series; NULL: there is none. */
const struct chart_row *groups_row(const struct plot *, const struct groups *categories, size_t category,
                                   const struct groups *series, size_t nth);

#endif
