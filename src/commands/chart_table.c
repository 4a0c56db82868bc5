/* From a report's chart to a table. Prints nothing. */
#include "commands/chart_table.h"

#include <string.h>

#include "base/arena.h"
#include "base/nearest.h"
#include "chart/data.h"
#include "dataset/table_build.h"
#include "report/doc.h"

enum { CHARTS_MOST = 200 }; /* that are compared with a wrong id */

struct charts {
    const struct chart_spec *found;
    const char *ids[CHARTS_MOST];
    size_t count;
};

static void find(const struct block *block, const char *id, struct charts *out)
{
    for (; block; block = block->next) {
        if (block->chart && strcmp(block->chart->id, id) == 0)
            out->found = block->chart;
        if (block->chart && out->count < CHARTS_MOST)
            out->ids[out->count++] = block->chart->id;
        find(block->first_child, id, out);
    }
}

struct table *chart_table(const struct doc *doc, const char *id, const char **nearest)
{
    const struct chart_column *columns[CHART_COLUMNS_MOST];
    struct charts charts = { .count = 0 };

    find(doc->blocks, id, &charts);
    *nearest = charts.found ? NULL : nearest_known(id, charts.ids, charts.count);
    if (!charts.found)
        return NULL;
    struct table *table = table_new();
    size_t count = chart_data_columns(charts.found, columns);
    for (size_t i = 0; i < count; i++)
        table_add_column(table, columns[i]->name, columns[i]->type, NULL);
    for (size_t row = 0; row < charts.found->row_count; row++) {
        table_add_row(table);
        for (size_t i = 0; i < count; i++)
            table_set(table, row, i,
                      columns[i]->value(&charts.found->rows[row], columns[i]->lang, table_arena(table)));
    }
    return table;
}
