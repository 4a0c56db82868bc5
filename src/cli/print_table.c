/*
 * Tables as text. Knows what a terminal, a spreadsheet and a Markdown reader make of a cell; must not know where the
 * table comes from, nor write to a stream.
 */
#include "cli/print_table.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv_write.h"
#include "base/json.h"
#include "base/utf8.h"
#include "dataset/table.h"
#include "locale/locale.h"

enum {
    GAP = 2,          /* blanks between two columns */
    NARROWEST = 8,    /* no text is cut to less */
    PADDED_MOST = 500 /* a cell that is wider sticks out: else one such cell would blow up every row */
};

static const char *const names[PRINT_FORMAT_COUNT] = { "table", "csv", "json", "markdown" };

const char *print_format_name(enum print_format format)
{
    return names[format];
}

static bool is_numeric(enum value_type type)
{
    return type == VALUE_INTEGER || type == VALUE_NUMBER;
}

/* The value as it is read again; nothing for null. */
static void add_plain(struct value value, struct buf *out)
{
    if (is_numeric(value.type))
        num_format(value.num, out);
    else if (value.type == VALUE_BOOLEAN)
        buf_add_string(out, value.num.coefficient ? "true" : "false");
    else if (value.type != VALUE_NULL)
        buf_add_string(out, value.text);
}

/* --- aligned -------------------------------------------------------------------------------------------- */

struct column {
    bool numeric;
    size_t width, least;    /* cells: as it is printed; as narrow as it may become */
    size_t whole, fraction; /* cells before the decimal points, and from them on */
};

struct printer {
    const struct table *table;
    struct print_style style;
    struct column *columns;
    struct buf *out;
    struct buf cell; /* the one being printed */
    size_t blanks;   /* not yet printed: none at the end of a line */
};

/* Would move the cursor, or reorder what follows on a terminal that knows bidi. */
static bool must_be_shown(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void add_visible(const char *text, struct buf *out)
{
    for (const char *p = text; *p;) {
        uint32_t c = utf8_next(&p);
        if (c < 0x20)
            buf_add_utf8(out, 0x2400 + c); /* control pictures: a line feed as one letter */
        else if (must_be_shown(c))
            buf_printf(out, "<U+%04X>", (unsigned)c);
        else
            buf_add_utf8(out, c);
    }
}

static void show_value(struct printer *p, struct value value)
{
    buf_clear(&p->cell);
    if (value.type == VALUE_NULL)
        buf_add_string(&p->cell, "\u2013");
    else if (value.type == VALUE_TEXT)
        add_visible(value.text, &p->cell);
    else
        add_plain(value, &p->cell);
}

static void show_name(struct printer *p, size_t column)
{
    buf_clear(&p->cell);
    add_visible(table_column(p->table, column)->name, &p->cell);
}

/* Digits before the decimal point, sign included. */
static size_t whole_part(const char *number)
{
    return strcspn(number, ".");
}

static void widen(size_t *width, size_t wanted)
{
    if (wanted > *width)
        *width = wanted;
}

static void measure_column(struct printer *p, size_t index)
{
    struct column *column = &p->columns[index];
    enum value_type type = table_column(p->table, index)->type;

    column->numeric = is_numeric(type);
    for (size_t row = 0; row < table_rows(p->table); row++) {
        struct value value = table_value(p->table, row, index);
        show_value(p, value);
        if (column->numeric && value.type != VALUE_NULL) {
            size_t whole = whole_part(p->cell.data);
            widen(&column->whole, whole);
            widen(&column->fraction, p->cell.length - whole);
        } else if (column->numeric) {
            widen(&column->whole, 1);
        } else {
            widen(&column->width, locale_text_width(p->cell.data));
        }
    }
    widen(&column->width, column->whole + column->fraction);
    column->least = type == VALUE_TEXT || column->width < NARROWEST ? NARROWEST : column->width;
    show_name(p, index);
    widen(&column->width, locale_text_width(p->cell.data));
    if (column->width > PADDED_MOST)
        column->width = PADDED_MOST;
}

/* Takes from the widest column, cell by cell, until the line fits or all are narrow. What is no text stays whole. */
static void fit_columns(struct printer *p)
{
    size_t count = table_columns(p->table), total = GAP * (count - 1);

    for (size_t i = 0; i < count; i++)
        total += p->columns[i].width;
    for (; total > p->style.width; total--) {
        struct column *widest = NULL;
        for (size_t i = 0; i < count; i++) {
            struct column *column = &p->columns[i];
            if (column->width > column->least && (!widest || column->width > widest->width))
                widest = column;
        }
        if (!widest)
            return;
        widest->width--;
    }
}

/* To the column's width, where there is a terminal's width to keep. */
static void cut(struct printer *p, const struct column *column)
{
    struct buf *cell = &p->cell;
    if (!p->style.width || locale_text_fit(cell->data, column->width) == cell->length)
        return;
    cell->length = locale_text_fit(cell->data, column->width - 1);
    cell->data[cell->length] = '\0';
    buf_add_string(cell, "\u2026");
}

/* The cell, with so many blanks before it. Right-to-left text is isolated, so that its neighbours stay in order. */
static void put(struct printer *p, size_t blanks, bool dim)
{
    bool isolate = locale_text_has_rtl(p->cell.data);

    for (blanks += p->blanks; blanks > 0; blanks--)
        buf_add_char(p->out, ' ');
    buf_add_string(p->out, isolate ? "\u2068" : dim ? "\033[2m" : "");
    buf_add(p->out, p->cell.data, p->cell.length);
    buf_add_string(p->out, isolate ? "\u2069" : dim ? "\033[0m" : "");
}

/* The blanks that fill the column. */
static size_t rest(const struct printer *p, const struct column *column)
{
    size_t width = locale_text_width(p->cell.data);
    return column->width > width ? column->width - width : 0;
}

static void put_left(struct printer *p, const struct column *column, bool dim)
{
    cut(p, column);
    put(p, 0, dim);
    p->blanks = GAP + rest(p, column);
}

/* On the decimal point; a null ends where whole numbers do. */
static void put_number(struct printer *p, const struct column *column, bool null)
{
    size_t whole = null ? 1 : whole_part(p->cell.data), fraction = null ? 0 : p->cell.length - whole;
    put(p, column->width - column->fraction - whole, null && p->style.colour);
    p->blanks = GAP + column->fraction - fraction;
}

static void put_names(struct printer *p)
{
    for (size_t i = 0; i < table_columns(p->table); i++) {
        const struct column *column = &p->columns[i];
        show_name(p, i);
        if (!column->numeric) {
            put_left(p, column, false);
            continue;
        }
        cut(p, column);
        put(p, rest(p, column), false);
        p->blanks = GAP;
    }
}

static void put_rules(struct printer *p)
{
    for (size_t i = 0; i < table_columns(p->table); i++) {
        buf_clear(&p->cell);
        for (size_t cell = 0; cell < p->columns[i].width; cell++)
            buf_add_string(&p->cell, "\u2500");
        put(p, 0, false);
        p->blanks = GAP;
    }
}

static void put_row(struct printer *p, size_t row)
{
    for (size_t i = 0; i < table_columns(p->table); i++) {
        struct value value = table_value(p->table, row, i);
        bool null = value.type == VALUE_NULL;
        show_value(p, value);
        if (p->columns[i].numeric)
            put_number(p, &p->columns[i], null);
        else
            put_left(p, &p->columns[i], null && p->style.colour);
    }
}

static void end_line(struct printer *p)
{
    buf_add_char(p->out, '\n');
    p->blanks = 0;
}

static void print_aligned(const struct table *table, struct print_style style, struct buf *out)
{
    struct printer p = { .table = table, .style = style, .out = out };
    struct arena *arena = arena_new();

    buf_init(&p.cell);
    p.columns = arena_array(arena, table_columns(table), sizeof *p.columns);
    for (size_t i = 0; i < table_columns(table); i++)
        measure_column(&p, i);
    if (style.width)
        fit_columns(&p);
    put_names(&p);
    end_line(&p);
    put_rules(&p);
    end_line(&p);
    for (size_t row = 0; row < table_rows(table); row++) {
        put_row(&p, row);
        end_line(&p);
    }
    buf_drop(&p.cell);
    arena_drop(arena);
}

/* --- csv ------------------------------------------------------------------------------------------------ */

size_t print_table_formulas(const struct table *table, size_t *row, size_t *column)
{
    size_t count = 0;

    for (size_t r = 0; r <= table_rows(table); r++)
        for (size_t i = 0; i < table_columns(table); i++) {
            struct value value = { .type = VALUE_TEXT, .text = table_column(table, i)->name };
            if (r)
                value = table_value(table, r - 1, i);
            if (value.type != VALUE_TEXT || !csv_is_formula(value.text))
                continue;
            if (count++ == 0) {
                *row = r;
                *column = i;
            }
        }
    return count;
}

static void print_csv(const struct table *table, struct buf *out)
{
    size_t columns = table_columns(table);

    for (size_t i = 0; i < columns; i++) {
        buf_add_string(out, i ? "," : "");
        csv_add_text(out, table_column(table, i)->name);
    }
    buf_add_char(out, '\n');
    for (size_t row = 0; row < table_rows(table); row++) {
        for (size_t i = 0; i < columns; i++) {
            struct value value = table_value(table, row, i);
            buf_add_string(out, i ? "," : "");
            if (value.type == VALUE_TEXT)
                csv_add_text(out, value.text);
            else
                add_plain(value, out);
            if (value.type == VALUE_NULL && columns == 1)
                buf_add_string(out, "\"\""); /* readers pass over a blank line */
        }
        buf_add_char(out, '\n');
    }
}

/* --- json ----------------------------------------------------------------------------------------------- */

static void print_json(const struct table *table, struct buf *out)
{
    struct json json;

    json_begin(&json, out);
    json_array_begin(&json);
    for (size_t row = 0; row < table_rows(table); row++) {
        json_object_begin(&json);
        for (size_t i = 0; i < table_columns(table); i++) {
            struct value value = table_value(table, row, i);
            json_key(&json, table_column(table, i)->name);
            if (is_numeric(value.type))
                json_number(&json, value.num);
            else if (value.type == VALUE_BOOLEAN)
                json_bool(&json, value.num.coefficient != 0);
            else
                json_string(&json, value.type == VALUE_NULL ? NULL : value.text);
        }
        json_object_end(&json);
    }
    json_array_end(&json);
    json_end(&json);
}

/* --- markdown ------------------------------------------------------------------------------------------- */

/* What Markdown may read as a mark; a low line inside a word it never does. */
static bool is_mark(const char *text, const char *p)
{
    if (*p == '_')
        return p == text || !isalnum((unsigned char)p[-1]) || !isalnum((unsigned char)p[1]);
    return strchr("|\\`*[]<&~", *p);
}

/* As one line, with a backslash before marks. */
static void markdown_text(const char *text, struct buf *out)
{
    for (const char *p = text; *p; p++) {
        if (is_mark(text, p))
            buf_add_char(out, '\\');
        buf_add_char(out, *p == '\n' || *p == '\r' || *p == '\t' ? ' ' : *p);
    }
}

static void print_markdown(const struct table *table, struct buf *out)
{
    for (size_t i = 0; i < table_columns(table); i++) {
        buf_add_string(out, "| ");
        markdown_text(table_column(table, i)->name, out);
        buf_add_char(out, ' ');
    }
    buf_add_string(out, "|\n");
    for (size_t i = 0; i < table_columns(table); i++)
        buf_add_string(out, is_numeric(table_column(table, i)->type) ? "| ---: " : "| --- ");
    buf_add_string(out, "|\n");
    for (size_t row = 0; row < table_rows(table); row++) {
        for (size_t i = 0; i < table_columns(table); i++) {
            struct value value = table_value(table, row, i);
            buf_add_string(out, "| ");
            if (value.type == VALUE_TEXT)
                markdown_text(value.text, out);
            else
                add_plain(value, out);
            buf_add_char(out, ' ');
        }
        buf_add_string(out, "|\n");
    }
}

void print_table(const struct table *table, struct print_style style, struct buf *out)
{
    switch (style.format) {
    case PRINT_CSV:
        print_csv(table, out);
        break;
    case PRINT_JSON:
        print_json(table, out);
        break;
    case PRINT_MARKDOWN:
        print_markdown(table, out);
        break;
    default:
        print_aligned(table, style, out);
    }
}
