/*
 * Which columns of a CSV file a report to start from shows, and how: a day and a number make a line, a category and a
 * number bars, two numbers a scatter. Writes nothing; init/report.c does.
 */
#ifndef MUJAZ_INIT_PLAN_H
#define MUJAZ_INIT_PLAN_H

#include "dataset/infer.h"

enum { PLAN_COLUMNS = 5 };

enum plan_chart { PLAN_NO_CHART, PLAN_LINE, PLAN_BARS, PLAN_SCATTER };

struct plan {
    struct inferred *in;
    const char *table; /* in SQL */
    enum plan_chart chart;
    size_t day, value, other; /* columns; SIZE_MAX: none. other: category of bars, x of a scatter */
    bool *titled;             /* columns whose words are a figure */
    bool *used;               /* of these, those that a text names */
};

void plan_choose(struct plan *); /* the chart and its columns */
/* Columns for the table: the first that have short cells. */
size_t plan_columns(const struct plan *, size_t picked[PLAN_COLUMNS]);

bool plan_is_printable(uint32_t code_point);          /* the shipped fonts have that letter */
size_t plan_distinct(const struct inferred_column *); /* different cells, empty and missing ones left out */
bool plan_has_negative(const struct inferred_column *);

#endif
