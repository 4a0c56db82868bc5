/*
 * The rows of a burst: of each packet its key, its parameters and what it is known by. What is told apart here is what
 * no other packet may hold. Read-only once read.
 */
#ifndef MUJAZ_REPORT_BURST_H
#define MUJAZ_REPORT_BURST_H

#include "dataset/table.h"

#include <stdint.h>

/* A text, number or day by which a packet is known: a value of a column whose values all differ. */
struct burst_mark {
    const char *text;   /* as it is written */
    const char *column; /* of numbers and days: they mark in a column of this name only; NULL: a text, in any */
    bool key;           /* of the column that names files */
    size_t packet;
};

/* What the texts insert of a packet: a column, or a pair NAME_en and NAME_ar. */
struct burst_figure {
    const char *name;
    size_t column[LANG_COUNT];
};

struct burst {
    const char **columns;
    size_t column_count, count; /* packets */
    const char **keys;          /* by packet */
    struct value *cells;        /* by packet, then column */
    struct burst_figure *figures;
    size_t figure_count;
    struct burst_mark *marks; /* sorted */
    size_t mark_count;
};

/* Another packet that is known by the value, where this one is not; SIZE_MAX when there is none. `sure`: numbers and
 * days count only in the key's column, where it cannot be by chance that they are equal. */
size_t burst_owner(const struct burst *, size_t packet, const char *column, const struct value *, bool sure);

/* Whether a statement writes, as a text of its own, what another packet is known by. */
bool burst_statement_tells(const struct burst *, size_t packet, const char *sql);

#endif
