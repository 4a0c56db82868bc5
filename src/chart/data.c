/* A chart's rows as CSV. Draws nothing. */
#include "chart/data.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv_write.h"
#include "base/utf8.h"

/* --- cells: nothing is added for what is missing --- */

static void add_words(const char *words, struct buf *out)
{
    if (!words)
        return;
    struct arena *arena = arena_new();
    csv_add_text(out, utf8_plain(words, strlen(words), arena));
    arena_drop(arena);
}

static void add_label(const struct chart_row *row, enum lang lang, struct buf *out)
{
    add_words(row->label[lang], out);
}

static void add_series(const struct chart_row *row, enum lang lang, struct buf *out)
{
    add_words(row->series[lang], out);
}

static void add_panel(const struct chart_row *row, enum lang lang, struct buf *out)
{
    add_words(row->panel[lang], out);
}

static void add_place(const struct chart_row *row, enum lang lang, struct buf *out)
{
    (void)lang;
    add_words(row->place, out);
}

static void add_printed(const struct chart_row *row, enum lang lang, struct buf *out)
{
    add_words(row->value_text[lang], out);
}

static void add_date_text(const struct chart_row *row, enum lang lang, struct buf *out)
{
    add_words(row->date_text[lang], out);
}

static bool has_days(const struct chart_row *row)
{
    return row->start.month > 0;
}

static void add_value(const struct chart_row *row, enum lang lang, struct buf *out)
{
    (void)lang;
    if (!row->missing && !row->ranged)
        num_format(row->value, out);
}

static void add_x(const struct chart_row *row, enum lang lang, struct buf *out)
{
    (void)lang;
    num_format(row->x, out);
}

static void add_low(const struct chart_row *row, enum lang lang, struct buf *out)
{
    (void)lang;
    if (row->has_low)
        num_format(row->low, out);
}

static void add_high(const struct chart_row *row, enum lang lang, struct buf *out)
{
    (void)lang;
    if (row->has_high)
        num_format(row->high, out);
}

static void add_day(struct date day, struct buf *out)
{
    buf_printf(out, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static void add_start(const struct chart_row *row, enum lang lang, struct buf *out)
{
    (void)lang;
    if (has_days(row))
        add_day(row->start, out);
}

static void add_end(const struct chart_row *row, enum lang lang, struct buf *out)
{
    (void)lang;
    if (row->has_end)
        add_day(row->end, out);
}

static void add_open(const struct chart_row *row, enum lang lang, struct buf *out)
{
    (void)lang;
    if (row->open)
        buf_add_string(out, "true");
}

/* --- the file --- */

static const struct column {
    const char *name;
    void (*add)(const struct chart_row *, enum lang, struct buf *);
    enum lang lang;
} columns[] = {
    { "panel_en", add_panel, LANG_EN },
    { "panel_ar", add_panel, LANG_AR },
    { "label_en", add_label, LANG_EN },
    { "label_ar", add_label, LANG_AR },
    { "series_en", add_series, LANG_EN },
    { "series_ar", add_series, LANG_AR },
    { "place", add_place, LANG_EN },
    { "x", add_x, LANG_EN },
    { "value", add_value, LANG_EN },
    { "low", add_low, LANG_EN },
    { "high", add_high, LANG_EN },
    { "printed_en", add_printed, LANG_EN },
    { "printed_ar", add_printed, LANG_AR },
    { "start", add_start, LANG_EN },
    { "end", add_end, LANG_EN },
    { "open", add_open, LANG_EN },
    { "date_en", add_date_text, LANG_EN },
    { "date_ar", add_date_text, LANG_AR },
};

enum { COLUMNS = sizeof columns / sizeof *columns };

/* A scatter plot alone has two values, and a timeline none. */
static bool is_used(const struct column *column, const struct chart_spec *spec)
{
    if ((column->add == add_x && spec->type != CHART_SCATTER) ||
        (column->add == add_value && spec->type == CHART_TIMELINE))
        return false;
    struct buf cell;
    buf_init(&cell);
    for (size_t i = 0; !cell.length && i < spec->row_count; i++)
        column->add(&spec->rows[i], column->lang, &cell);
    bool used = cell.length > 0;
    buf_drop(&cell);
    return used;
}

void chart_data_csv(const struct chart_spec *spec, struct buf *out)
{
    const struct column *used[COLUMNS];
    size_t count = 0;
    for (size_t i = 0; i < COLUMNS; i++)
        if (is_used(&columns[i], spec))
            used[count++] = &columns[i];
    for (size_t i = 0; i < count; i++) {
        buf_add_string(out, i ? "," : "");
        buf_add_string(out, used[i]->name);
    }
    buf_add_char(out, '\n');
    for (size_t row = 0; row < spec->row_count; row++) {
        for (size_t i = 0; i < count; i++) {
            buf_add_string(out, i ? "," : "");
            used[i]->add(&spec->rows[row], used[i]->lang, out);
        }
        buf_add_char(out, '\n');
    }
}
