/*
 * A report to start from. Chooses by the types of the columns: a day and a number make a line, a category and a number
 * bars, two numbers a scatter. What it writes must build as it is, whatever the header holds: words that a text may not
 * hold (digits, braces, Markdown) come by figures.
 */
#include "cli/init_report.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"

enum { TABLE_COLUMNS = 5, TABLE_ROWS = 10, LONGEST_CELL = 32, LONGEST_LABEL = 40, BARS_MOST = 12, LINE_DAYS = 120,
       LINE_MONTHS = 240, DOTS_MOST = 200, CATEGORIES_MOST = 40 };

enum chart { CHART_NONE, CHART_LINE, CHART_BARS, CHART_SCATTER };

struct plan {
    struct inferred *in;
    const char *table;         /* in SQL */
    enum chart chart;
    size_t day, value, other;  /* columns; SIZE_MAX: none. other: category of bars, x of a scatter */
    bool *titled;              /* columns whose words are a figure */
    bool *used;                /* of these, those that a text names */
};

/* --- columns ------------------------------------------------------------------------------------------------- */

/* Letters that the shipped fonts have. */
static bool is_printable(uint32_t c)
{
    return (c >= 0x20 && c < 0x7F) || (c >= 0xA1 && c < 0x180) || (c >= 0x60C && c <= 0x66C) || (c >= 0x6F0 && c <= 0x6F9)
        || (c >= 0x2010 && c <= 0x2026 && c != 0x2011) || c == 0x20AC;
}

/* Code points of the longest cell; SIZE_MAX when one of them cannot be printed. */
static size_t longest_cell(const struct inferred_column *c)
{
    size_t longest = 0;
    for (size_t i = 0; i < dictionary_count(c->texts); i++) {
        size_t length = 0;
        for (const char *p = dictionary_text(c->texts, i); *p; length++)
            if (!is_printable(utf8_next(&p)))
                return SIZE_MAX;
        longest = length > longest ? length : longest;
    }
    return longest;
}

static bool has_word(const char *name, const char *const words[])
{
    for (size_t i = 0; words[i]; i++) {
        size_t length = strlen(words[i]);
        for (const char *p = name; *p; p++) {
            bool begins = p == name || strchr("_- .", p[-1]);
            if (begins && strncasecmp(p, words[i], length) == 0 && (!p[length] || strchr("_- .", p[length])))
                return true;
        }
    }
    return false;
}

/* A number that counts or measures; not one that only names a row or a place. */
static bool is_measure(const struct inferred *in, size_t i)
{
    static const char *const names[] = { "id", "code", "no", "nr", "number", "index", "row", "lat", "lon", "lng",
                                         "latitude", "longitude", "zip", "phone", "رقم", "الرقم", "رمز", "الرمز",
                                         "معرف", "المعرف", "ت", NULL };
    const struct inferred_column *c = &in->columns[i];
    return (c->field.type == FIELD_INTEGER || c->field.type == FIELD_NUMBER) && !has_word(c->name, names);
}

static bool is_day(const struct inferred_column *c)
{
    return (c->field.type == FIELD_DATE && !c->field.partial) || c->field.type == FIELD_YEARMONTH
        || c->field.type == FIELD_YEAR || c->field.type == FIELD_DATETIME;
}

static size_t distinct(const struct inferred_column *c)
{
    return dictionary_count(c->texts) - (dictionary_find(c->texts, "", 0) != DICTIONARY_NONE) - c->missing_count;
}

static bool is_label(const struct inferred *in, size_t i)
{
    const struct inferred_column *c = &in->columns[i];
    bool paired = c->partner != SIZE_MAX;
    return c->field.type == FIELD_STRING && !(paired && c->lang == LANG_AR) && distinct(c) >= 2
        && longest_cell(c) <= LONGEST_LABEL && (!paired || longest_cell(&in->columns[c->partner]) <= LONGEST_LABEL);
}

/* The label with the fewest texts, as long as rows share them or nothing else does. */
static size_t find_label(const struct inferred *in)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < in->column_count; i++)
        if (is_label(in, i) && (best == SIZE_MAX || (distinct(&in->columns[best]) > CATEGORIES_MOST
                                                     && distinct(&in->columns[i]) < distinct(&in->columns[best]))))
            best = i;
    return best;
}

static bool has_negative(const struct inferred_column *c)
{
    for (size_t i = 0; i < dictionary_count(c->texts); i++)
        if (strchr(dictionary_text(c->texts, i), '-') || strstr(dictionary_text(c->texts, i), "\u2212"))
            return true;
    return false;
}

static void choose(struct plan *p)
{
    size_t second = SIZE_MAX;
    p->day = p->value = p->other = SIZE_MAX;
    for (size_t i = 0; i < p->in->column_count; i++) {
        const struct inferred_column *c = &p->in->columns[i];
        if (p->day == SIZE_MAX && is_day(c) && distinct(c) > 1)
            p->day = i;
        if (!is_measure(p->in, i))
            continue;
        if (p->value == SIZE_MAX)
            p->value = i;
        else if (second == SIZE_MAX)
            second = i;
    }
    size_t label = find_label(p->in);
    if (p->day != SIZE_MAX) {
        p->chart = CHART_LINE;
    } else if (label != SIZE_MAX && (p->value != SIZE_MAX || p->in->columns[label].category)) {
        p->chart = CHART_BARS;
        p->other = label;
    } else if (second != SIZE_MAX) {
        p->chart = CHART_SCATTER;
        p->other = p->value;
        p->value = second;
    }
}

/* --- words --------------------------------------------------------------------------------------------------- */

/* "total_seats" is "Total seats". */
static const char *humanised(const struct plan *p, size_t i)
{
    const struct inferred_column *c = &p->in->columns[i];
    char *words = arena_string(p->in->arena, c->name);
    if (c->partner != SIZE_MAX && c->lang == LANG_EN && strlen(words) > strlen(p->in->columns[c->partner].name) - 3)
        words[strlen(p->in->columns[c->partner].name) - 3] = '\0';
    for (char *q = words; *q; q++)
        if (*q == '_')
            *q = ' ';
    if (*words >= 'a' && *words <= 'z')
        *words = (char)(*words - 'a' + 'A');
    return words;
}

static bool is_plain_text(const char *words)
{
    for (const char *q = words; *q;) {
        uint32_t c = utf8_next(&q);
        if (!is_printable(c) || (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c < 0x80 && strchr("{}'*_[]<>#`|\\~!@^\"&:", (int)c)))
            return false;
    }
    return *words && *words != ' ' && words[strlen(words) - 1] != ' ';
}

/* A column's title as a text may have it. */
static const char *title_of(struct plan *p, size_t i)
{
    if (!p->titled[i])
        return humanised(p, i);
    p->used[i] = true;
    return arena_printf(p->in->arena, "{title_%zu}", i + 1);
}

/* In double quotes, for YAML. */
static const char *quoted(const struct plan *p, const char *text)
{
    struct buf b;
    buf_init(&b);
    buf_add_char(&b, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_add_char(&b, '\\');
        buf_add_char(&b, *text);
    }
    buf_add_char(&b, '"');
    const char *copy = arena_string(p->in->arena, b.data);
    buf_drop(&b);
    return copy;
}

/* A text between `mark`s, which are doubled in it: a name or a literal of SQL. */
static const char *in_sql(const struct plan *p, char mark, const char *text)
{
    struct buf b;
    buf_init(&b);
    buf_add_char(&b, mark);
    for (; *text; text++) {
        if (*text == mark)
            buf_add_char(&b, mark);
        buf_add_char(&b, *text);
    }
    buf_add_char(&b, mark);
    const char *copy = arena_string(p->in->arena, b.data);
    buf_drop(&b);
    return copy;
}

/* Without quotes where SQL needs none. */
static const char *column(const struct plan *p, size_t i)
{
    static const char *const reserved[] = { "order", "group", "index", "from", "to", "table", "values", "select", "where",
                                            "case", "check", "default", "limit", "primary", "references", "set", "union",
                                            "unique", "when", "all", "as", "and", "or", "not", "in", "is", "on", "between",
                                            "distinct", "else", "then", "having", "null", "create", "drop", "delete",
                                            "insert", "update", "join", "using", "add", "alter", "column", "foreign",
                                            "constraint", "transaction", "commit", "exists", "escape", "isnull", "into",
                                            "notnull", "returning", NULL };
    const char *name = p->in->columns[i].name;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    bool plain = strspn(name, letters) == strlen(name) && !strchr("0123456789", name[0]);
    for (size_t k = 0; reserved[k] && plain; k++)
        plain = strcasecmp(reserved[k], name) != 0;
    return plain ? name : in_sql(p, '"', name);
}

/* --- report.yaml --------------------------------------------------------------------------------------------- */

static void write_head(const char *name, const char *share, const char *as_of, struct buf *out)
{
    buf_printf(out, "# yaml-language-server: $schema=%s/schemas/report.schema.json\n", share);
    buf_add_string(out, "#\n# A report to start from. What a reader sees is given in both languages: the words below that came from\n"
                        "# the file are the same in both and wait for you. `mujaz check` says what is wrong, with line and column.\n\n");
    buf_add_string(out, "title: {en: \"{file_name}\", ar: \"{file_name}\"}\n");
    buf_add_string(out, "author: {en: \"Your office\", ar: \"مكتبكم\"}\n");
    buf_printf(out, "as_of: %s              # the day up to which the data are known; :as_of in statements\n", as_of);
    buf_add_string(out, "layout: briefing-a4            # a shipped one, or layouts/NAME.yaml of your own that may extend it\n"
                        "editions: [parallel, en, ar]   # parallel: English left, Arabic right; there is sequential too\n");
    buf_printf(out, "datasets: [%s]%*s# folders in datasets/; their tables are what the statements ask\n", name,
               (int)(strlen(name) < 18 ? 18 - strlen(name) : 1), "");
    buf_add_string(out, "digits: {ar: latn}             # of the Arabic text: latn (123) or arab (١٢٣)\n"
                        "months: iraqi                  # iraqi (حزيران), egyptian (يونيو) or both\n\n");
}

static const char *aggregate(const struct plan *p)
{
    if (p->value == SIZE_MAX)
        return "count(*)";
    const char *name = column(p, p->value);
    bool share = !p->in->columns[p->value].field.bare; /* percentages are not added up */
    return share ? arena_printf(p->in->arena, "round(avg(%s), 1)", name)
                 : arena_printf(p->in->arena, "sum(%s)", name);
}

static void write_figures(struct plan *p, const char *file, struct buf *out)
{
    buf_add_string(out, "# Values from SQL (SQLite's), each one row; {rows} in a text prints it. Columns named en and ar are words.\nfigures:\n");
    const char *literal = in_sql(p, '\'', file);
    buf_printf(out, "  file_name: |\n    SELECT %s AS en, %s AS ar\n", literal, literal);
    buf_printf(out, "  rows: SELECT count(*) FROM %s\n", p->table);
    buf_printf(out, "  shown: SELECT min(%d, count(*)) FROM %s\n", TABLE_ROWS, p->table);
    if (p->value != SIZE_MAX)
        buf_printf(out, "  total: |\n    SELECT %s FROM %s\n", aggregate(p), p->table);
    for (size_t i = 0; i < p->in->column_count; i++) {
        if (!p->used[i])
            continue;
        literal = in_sql(p, '\'', humanised(p, i));
        buf_printf(out, "  title_%zu: |\n    SELECT %s AS en, %s AS ar\n", i + 1, literal, literal);
    }
}

/* A day as 2024-01-31 by the column's type, or the first of its month or year where there are too many. */
static const char *day_in_sql(const struct plan *p)
{
    const struct inferred_column *c = &p->in->columns[p->day];
    const char *name = column(p, p->day);
    if (c->field.type == FIELD_YEAR)
        return arena_printf(p->in->arena, "%s || '-01-01'", name);
    if (c->field.type == FIELD_YEARMONTH)
        return arena_printf(p->in->arena, "%s || '-01'", name);
    size_t days = distinct(c);
    if (days > LINE_MONTHS * 28)
        return arena_printf(p->in->arena, "substr(%s, 1, 4) || '-01-01'", name);
    if (days > LINE_DAYS)
        return arena_printf(p->in->arena, "substr(%s, 1, 7) || '-01'", name);
    return c->field.type == FIELD_DATE ? name : arena_printf(p->in->arena, "substr(%s, 1, 10)", name);
}

static void write_line(const struct plan *p, struct buf *out)
{
    const char *where = "";
    if (!p->in->columns[p->day].required)
        where = arena_printf(p->in->arena, " WHERE %s IS NOT NULL", column(p, p->day));
    buf_printf(out, "    type: line\n    data: |\n      SELECT %s AS day, %s AS n\n        FROM %s%s GROUP BY 1 ORDER BY 1\n",
               day_in_sql(p), aggregate(p), p->table, where);
    buf_add_string(out, "    roles: {start: day, value: n}\n");
}

static void write_bars(const struct plan *p, struct buf *out)
{
    const struct inferred_column *c = &p->in->columns[p->other];
    bool paired = c->partner != SIZE_MAX, many = distinct(c) > BARS_MOST;
    bool negative = p->value != SIZE_MAX && has_negative(&p->in->columns[p->value]);
    const char *en = column(p, p->other), *ar = paired ? column(p, c->partner) : en;
    buf_printf(out, "    type: bar\n    data: |\n      SELECT %s AS name_en, %s AS name_ar, %s AS n\n        FROM %s WHERE %s IS NOT NULL",
               en, ar, aggregate(p), p->table, en);
    if (paired)
        buf_printf(out, " AND %s IS NOT NULL", ar);
    bool rest = many && !negative && (p->value == SIZE_MAX || p->in->columns[p->value].field.bare);
    buf_printf(out, " GROUP BY 1 ORDER BY n DESC%s\n",
               many && !rest ? arena_printf(p->in->arena, " LIMIT %d", BARS_MOST) : "");
    buf_add_string(out, "    roles: {category: {en: name_en, ar: name_ar}, value: n}\n");
    if (rest)
        buf_printf(out, "    most: %-23d # categories; the rest is summed as \"Other\"\n", BARS_MOST);
}

static void write_scatter(struct plan *p, struct buf *out)
{
    const char *x = column(p, p->other), *y = column(p, p->value);
    buf_printf(out, "    type: scatter\n    data: |\n      SELECT %s AS x, %s AS y FROM %s WHERE %s IS NOT NULL AND %s IS NOT NULL LIMIT %d\n",
               x, y, p->table, x, y, DOTS_MOST);
    buf_add_string(out, "    roles: {x: x, value: y}\n");
    const char *unit = quoted(p, title_of(p, p->other));
    buf_printf(out, "    x_unit: {en: %s, ar: %s}\n", unit, unit);
}

static void write_chart(struct plan *p, struct buf *out)
{
    if (p->chart == CHART_NONE)
        return;
    buf_add_string(out, "\n# Placed by ![The finding](chart:main). docs/charts.md has all types and their roles.\ncharts:\n  main:\n");
    if (p->chart == CHART_LINE)
        write_line(p, out);
    else if (p->chart == CHART_BARS)
        write_bars(p, out);
    else
        write_scatter(p, out);
    if (p->value == SIZE_MAX) {
        buf_add_string(out, "    subtitle: {en: \"Number of rows\", ar: \"عدد الصفوف\"}\n    unit: {en: rows, ar: صفوف}\n");
    } else {
        const char *words = quoted(p, title_of(p, p->value));
        bool share = !p->in->columns[p->value].field.bare;
        if (p->chart == CHART_SCATTER)
            buf_printf(out, "    subtitle: {en: %s, ar: %s}\n", words, words);
        else
            buf_printf(out, "    subtitle: {en: %s, ar: %s}\n",
                       quoted(p, arena_printf(p->in->arena, share ? "Average of %s" : "Sum of %s", title_of(p, p->value))),
                       quoted(p, arena_printf(p->in->arena, share ? "متوسط %s" : "مجموع %s", title_of(p, p->value))));
        buf_printf(out, "    unit: {en: %s, ar: %s}\n", words, words);
    }
    buf_add_string(out, "    source: {en: \"Source: {file_name}\", ar: \"المصدر: {file_name}\"}\n");
}

/* Columns for the table: the first that have short cells. */
static size_t pick_columns(const struct plan *p, size_t picked[TABLE_COLUMNS])
{
    size_t count = 0;
    for (size_t i = 0; i < p->in->column_count && count < TABLE_COLUMNS; i++) {
        const struct inferred_column *c = &p->in->columns[i];
        bool paired = c->partner != SIZE_MAX;
        if (paired && c->lang == LANG_AR)
            continue;
        if (longest_cell(c) <= LONGEST_CELL && (!paired || longest_cell(&p->in->columns[c->partner]) <= LONGEST_CELL))
            picked[count++] = i;
    }
    return count;
}

static void write_table(struct plan *p, struct buf *out)
{
    size_t picked[TABLE_COLUMNS], count = pick_columns(p, picked);
    if (count == 0)
        return;
    buf_add_string(out, "\n# Placed by ![Caption](table:rows).\ntables:\n  rows:\n    data: |\n      SELECT ");
    for (size_t i = 0; i < count; i++) {
        const struct inferred_column *c = &p->in->columns[picked[i]];
        const char *as_day = c->field.type == FIELD_YEAR ? " || '-01-01'" : "";
        buf_printf(out, "%s%s%s AS c%zu", i ? ", " : "", column(p, picked[i]), as_day, i + 1);
        if (c->partner != SIZE_MAX)
            buf_printf(out, ", %s AS c%zu_ar", column(p, c->partner), i + 1);
    }
    buf_printf(out, "\n        FROM %s LIMIT %d\n    columns:\n", p->table, TABLE_ROWS);
    for (size_t i = 0; i < count; i++) {
        const struct inferred_column *c = &p->in->columns[picked[i]];
        const char *en = quoted(p, title_of(p, picked[i])), *ar = en;
        const char *field = arena_printf(p->in->arena, "c%zu", i + 1);
        if (c->partner != SIZE_MAX)
            field = arena_printf(p->in->arena, "{en: c%zu, ar: c%zu_ar}", i + 1, i + 1);
        buf_printf(out, "      - {field: %s, title: {en: %s, ar: %s}%s}\n", field, en, ar,
                   c->field.type == FIELD_YEAR ? ", format: year" : "");
    }
    buf_add_string(out, "    note: {en: \"The first {shown} of {rows} rows.\", ar: \"الصفوف الأولى، وعددها {shown} من أصل {rows}.\"}\n"
                        "    source: {en: \"Source: {file_name}\", ar: \"المصدر: {file_name}\"}\n");
}

/* --- texts --------------------------------------------------------------------------------------------------- */

static void write_texts(struct plan *p, bool table, struct buf text[LANG_COUNT])
{
    struct buf *en = &text[LANG_EN], *ar = &text[LANG_AR];
    bool share = p->value != SIZE_MAX && !p->in->columns[p->value].field.bare;
    const char *value = p->value == SIZE_MAX ? NULL : title_of(p, p->value);
    buf_add_string(en, "## Summary {#summary}\n\nThe table holds {rows, plural, one {# row} other {# rows}}.");
    buf_add_string(ar, "## الخلاصة {#summary}\n\nفي الجدول {rows, plural, zero {# صف} one {صف واحد} two {صفّان} few {# صفوف} "
                       "many {# صفًا} other {# صف}}.");
    if (value) {
        buf_printf(en, "\nThe %s of “%s” is {total}.", share ? "average" : "sum", value);
        buf_printf(ar, "\nو%s «%s» هو {total}.", share ? "متوسط" : "مجموع", value);
    }
    buf_add_string(en, "\n");
    buf_add_string(ar, "\n");
    if (p->chart != CHART_NONE) {
        const char *by = p->chart == CHART_LINE ? title_of(p, p->day) : title_of(p, p->other);
        buf_printf(en, "\n## In a chart {#chart}\n\n![%s by %s](chart:main)\n", value ? value : "Rows", by);
        buf_printf(ar, "\n## في رسم بياني {#chart}\n\n![%s بحسب %s](chart:main)\n", value ? value : "الصفوف", by);
    }
    if (table) {
        buf_add_string(en, "\n## In a table {#table}\n\n![The first rows](table:rows)\n");
        buf_add_string(ar, "\n## في جدول {#table}\n\n![الصفوف الأولى](table:rows)\n");
    }
}

/* The last day in the data, else the one that is given. */
static const char *last_day(const struct plan *p, const char *today)
{
    const char *last = NULL;
    if (p->day == SIZE_MAX || p->in->columns[p->day].field.type != FIELD_DATE)
        return today;
    const struct inferred_column *c = &p->in->columns[p->day];
    for (size_t i = 0; i < dictionary_count(c->texts); i++) {
        struct value value;
        if (field_parse(&c->field, dictionary_text(c->texts, i), dictionary_length(c->texts, i), p->in->arena, &value)
            && (!last || strcmp(value.text, last) > 0))
            last = value.text;
    }
    return last ? last : today;
}

static const char *describe(const struct plan *p)
{
    static const char *const names[] = { "no chart: there are neither days, nor categories, nor two columns of numbers",
                                         "a line", "bars", "a scatter" };
    if (p->chart == CHART_NONE)
        return names[CHART_NONE];
    return arena_printf(p->in->arena, "%s: '%s' by '%s'", names[p->chart],
                        p->value == SIZE_MAX ? "number of rows" : p->in->columns[p->value].name,
                        p->in->columns[p->chart == CHART_LINE ? p->day : p->other].name);
}

void init_report_write(struct inferred *in, const char *name, const char *file, const char *share, const char *today,
                       struct init_report *out)
{
    struct plan p = { .in = in };
    struct buf chart, table;
    char *sql = arena_string(in->arena, name);
    for (char *q = sql; *q; q++)
        if (*q == '-')
            *q = '_';
    p.table = sql;
    p.titled = arena_array(in->arena, in->column_count, sizeof *p.titled);
    p.used = arena_array(in->arena, in->column_count, sizeof *p.used);
    for (size_t i = 0; i < in->column_count; i++)
        p.titled[i] = !is_plain_text(humanised(&p, i));
    choose(&p);
    buf_init(&chart);
    buf_init(&table);
    buf_init(&out->yaml);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        buf_init(&out->text[lang]);
    write_chart(&p, &chart);
    write_table(&p, &table);
    write_texts(&p, table.length > 0, out->text);
    write_head(name, share, last_day(&p, today), &out->yaml);
    write_figures(&p, file, &out->yaml); /* last: by now it is known which titles are asked for */
    buf_add_string(&out->yaml, chart.data);
    buf_add_string(&out->yaml, table.data);
    out->chart = describe(&p);
    buf_drop(&chart);
    buf_drop(&table);
}
