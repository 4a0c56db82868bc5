/*
 * Writes a report to start from. It must build as it is, whatever the header holds: words that a text may not hold
 * (digits, braces, Markdown) come by figures.
 */
#include "init/report.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "dataset/sql.h"
#include "init/plan.h"

enum { TABLE_ROWS = 10, BARS_MOST = 12, LINE_DAYS = 120, LINE_MONTHS = 240, DOTS_MOST = 200 };

/* --- words --- */

/* "total_seats" is "Total seats". */
static const char *humanised(const struct plan *p, size_t i)
{
    const struct inferred_column *c = &p->in->columns[i];
    char *words = arena_string(p->in->arena, c->name);
    if (c->partner != SIZE_MAX && c->lang == LANG_EN &&
        strlen(words) > strlen(p->in->columns[c->partner].name) - 3)
        words[strlen(p->in->columns[c->partner].name) - 3] = '\0';
    for (char *q = words; *q; q++)
        if (*q == '_')
            *q = ' ';
    if (*words >= 'a' && *words <= 'z')
        *words = (char)(*words - 'a' + 'A');
    return words;
}

/* Words that headers often have, so that most reports begin with both. */
static const char *const known_words[][LANG_COUNT] = {
    { "Date", "التاريخ" },      { "Day", "اليوم" },         { "Month", "الشهر" },
    { "Year", "السنة" },        { "Name", "الاسم" },        { "Type", "النوع" },
    { "Kind", "النوع" },        { "Category", "الفئة" },    { "Count", "العدد" },
    { "Total", "المجموع" },     { "Value", "القيمة" },      { "Amount", "المبلغ" },
    { "Price", "السعر" },       { "Share", "الحصة" },       { "Rate", "المعدّل" },
    { "Percent", "النسبة" },    { "Population", "السكان" }, { "Governorate", "المحافظة" },
    { "Province", "المحافظة" }, { "District", "القضاء" },   { "City", "المدينة" },
    { "Country", "البلد" },     { "Region", "المنطقة" },    { "Place", "المكان" },
    { "Status", "الحالة" },     { "Source", "المصدر" },     { "Notes", "ملاحظات" },
    { "Seats", "المقاعد" },     { "Votes", "الأصوات" },     { "Party", "الحزب" },
    { "List", "القائمة" },      { "Visits", "الزيارات" },   { "Sales", "المبيعات" },
    { "Incidents", "الحوادث" }, { "Attacks", "الهجمات" },   { "Killed", "القتلى" },
    { "Wounded", "الجرحى" },    { "Budget", "الموازنة" },   { "Age", "العمر" },
    { "Sex", "الجنس" },
};

/* The title in a language, where it is one of those words; else as it is. */
static const char *translated(const char *title, enum lang lang)
{
    for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++)
        for (int from = 0; from < LANG_COUNT; from++)
            if (strcasecmp(title, known_words[i][from]) == 0)
                return known_words[i][lang];
    return title;
}

static bool is_plain_text(const char *words)
{
    for (const char *q = words; *q;) {
        uint32_t c = utf8_next(&q);
        if (!plan_is_printable(c) || (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) ||
            (c < 0x80 && strchr("{}'*_[]<>#`|\\~!@^\"&:", (int)c)))
            return false;
    }
    return *words && *words != ' ' && words[strlen(words) - 1] != ' ';
}

static bool says_nothing(const struct inferred_column *c, const char *text)
{
    for (size_t i = 0; i < c->missing_count; i++)
        if (strcmp(text, c->missing[i]) == 0)
            return true;
    return !*text;
}

/* The sign that every cell with a number has: reading takes it off, and without it 45% would be printed as 45.
 * NULL: none, or the header has it. */
static const char *sign_of(const struct inferred_column *c)
{
    static const char *const signs[] = { "%", "٪", "$", "€", "£" };
    bool number = c->field.type == FIELD_INTEGER || c->field.type == FIELD_NUMBER;

    for (size_t s = 0; number && s < sizeof signs / sizeof *signs; s++) {
        bool all = !strstr(c->name, signs[s]);
        for (size_t i = 0; all && i < dictionary_count(c->texts); i++)
            all = says_nothing(c, dictionary_text(c->texts, i)) || strstr(dictionary_text(c->texts, i), signs[s]);
        if (all && !c->field.bare)
            return signs[s];
    }
    return NULL;
}

static const char *bare_title(struct plan *p, size_t i, enum lang lang)
{
    if (!p->titled[i])
        return translated(humanised(p, i), lang);
    p->used[i] = true;
    return arena_printf(p->in->arena, "{title_%zu}", i + 1);
}

/* A column's title as a text may have it, with the sign of its numbers: "Share (%)". */
static const char *title_of(struct plan *p, size_t i, enum lang lang)
{
    const char *title = bare_title(p, i, lang), *sign = sign_of(&p->in->columns[i]);
    return sign ? arena_printf(p->in->arena, "%s (%s)", title, sign) : title;
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
static const char *sql_name(const struct plan *p, const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    bool plain = strspn(name, letters) == strlen(name) && !strchr("0123456789", name[0]);
    return plain && !sql_is_keyword(name) ? name : in_sql(p, '"', name);
}

static const char *column(const struct plan *p, size_t i)
{
    return sql_name(p, p->in->columns[i].name);
}

/* --- report.yaml --- */

static void write_head(const char *name, const char *share, const char *as_of, struct buf *out)
{
    buf_printf(out, "# yaml-language-server: $schema=%s/schemas/report.schema.json\n", share);
    buf_add_string(out, "#\n# A report to start from. What a reader sees is given in both languages: the "
                        "words below that came from\n"
                        "# the file are the same in both and wait for you. `mujaz check` says what is wrong, "
                        "with line and column.\n\n");
    buf_add_string(out, "title: {en: \"{file_name}\", ar: \"{file_name}\"}\n");
    buf_add_string(out, "author: {en: \"Your office\", ar: \"مكتبكم\"}\n");
    buf_printf(out, "as_of: %s              # the day up to which the data are known; :as_of in statements\n",
               as_of);
    buf_add_string(
        out,
        "layout: briefing-a4            # a shipped one, or layouts/NAME.yaml of your own that may extend "
        "it\n"
        "editions: [parallel, en, ar]   # parallel: English left, Arabic right; there is sequential too\n");
    buf_printf(out, "datasets: [%s]%*s# folders in datasets/; their tables are what the statements ask\n",
               name, (int)(strlen(name) < 18 ? 18 - strlen(name) : 1), "");
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
    buf_add_string(out, "# Values from SQL (SQLite's), each one row; {rows} in a text prints it. Columns "
                        "named en and ar are words.\nfigures:\n");
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
    size_t days = plan_distinct(c);
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
    buf_printf(out,
               "    type: line\n    data: |\n      SELECT %s AS day, %s AS n\n        FROM %s%s GROUP BY 1 "
               "ORDER BY 1\n",
               day_in_sql(p), aggregate(p), p->table, where);
    buf_add_string(out, "    roles: {start: day, value: n}\n");
}

static void write_bars(const struct plan *p, struct buf *out)
{
    const struct inferred_column *c = &p->in->columns[p->other];
    bool paired = c->partner != SIZE_MAX, many = plan_distinct(c) > BARS_MOST;
    bool negative = p->value != SIZE_MAX && plan_has_negative(&p->in->columns[p->value]);
    const char *en = column(p, p->other), *ar = paired ? column(p, c->partner) : en;
    buf_printf(out,
               "    type: bar\n    data: |\n      SELECT %s AS name_en, %s AS name_ar, %s AS n\n        FROM "
               "%s WHERE %s IS NOT NULL",
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
    buf_printf(out,
               "    type: scatter\n    data: |\n      SELECT %s AS x, %s AS y FROM %s WHERE %s IS NOT NULL "
               "AND %s IS NOT NULL LIMIT %d\n",
               x, y, p->table, x, y, DOTS_MOST);
    buf_add_string(out, "    roles: {x: x, value: y}\n");
    buf_printf(out, "    x_unit: {en: %s, ar: %s}\n", quoted(p, title_of(p, p->other, LANG_EN)),
               quoted(p, title_of(p, p->other, LANG_AR)));
}

static void write_chart_words(struct plan *p, struct buf *out)
{
    static const char *const forms[2][LANG_COUNT] = { { "Sum of ", "مجموع " }, { "Average of ", "متوسط " } };
    if (p->value == SIZE_MAX) {
        buf_add_string(
            out, "    subtitle: {en: Number of rows, ar: عدد الصفوف}\n    unit: {en: rows, ar: صفوف}\n");
        return;
    }
    const char *words[LANG_COUNT], *subtitle[LANG_COUNT];
    const char *const *form = forms[!p->in->columns[p->value].field.bare];
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *title = title_of(p, p->value, (enum lang)lang);
        words[lang] = quoted(p, title);
        subtitle[lang] = p->chart == PLAN_SCATTER
                             ? words[lang]
                             : quoted(p, arena_printf(p->in->arena, "%s%s", form[lang], title));
    }
    buf_printf(out, "    subtitle: {en: %s, ar: %s}\n", subtitle[LANG_EN], subtitle[LANG_AR]);
    buf_printf(out, "    unit: {en: %s, ar: %s}\n", words[LANG_EN], words[LANG_AR]);
}

static void write_chart(struct plan *p, struct buf *out)
{
    if (p->chart == PLAN_NO_CHART)
        return;
    buf_add_string(out, "\n# Placed by ![The finding](chart:main). docs/charts.md has all types and their "
                        "roles.\ncharts:\n  main:\n");
    if (p->chart == PLAN_LINE)
        write_line(p, out);
    else if (p->chart == PLAN_BARS)
        write_bars(p, out);
    else
        write_scatter(p, out);
    write_chart_words(p, out);
    buf_add_string(out, "    source: {en: \"Source: {file_name}\", ar: \"المصدر: {file_name}\"}\n");
}

static void write_table(struct plan *p, struct buf *out)
{
    size_t picked[PLAN_COLUMNS], count = plan_columns(p, picked);
    if (count == 0)
        return;
    buf_add_string(out,
                   "\n# Placed by ![Caption](table:rows).\ntables:\n  rows:\n    data: |\n      SELECT ");
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
        const char *en = quoted(p, title_of(p, picked[i], LANG_EN)),
                   *ar = quoted(p, title_of(p, picked[i], LANG_AR));
        const char *field = arena_printf(p->in->arena, "c%zu", i + 1);
        if (c->partner != SIZE_MAX)
            field = arena_printf(p->in->arena, "{en: c%zu, ar: c%zu_ar}", i + 1, i + 1);
        buf_printf(out, "      - {field: %s, title: {en: %s, ar: %s}%s}\n", field, en, ar,
                   c->field.type == FIELD_YEAR ? ", format: year" : "");
    }
    buf_add_string(out, "    source: {en: \"Source: {file_name}\", ar: \"المصدر: {file_name}\"}\n");
}

/* --- texts --- */

static void write_texts(struct plan *p, bool table, struct buf text[LANG_COUNT])
{
    struct buf *en = &text[LANG_EN], *ar = &text[LANG_AR];
    bool share = p->value != SIZE_MAX && !p->in->columns[p->value].field.bare;
    const char *value[LANG_COUNT] = { "Rows", "عدد الصفوف" };
    for (int lang = 0; lang < LANG_COUNT && p->value != SIZE_MAX; lang++)
        value[lang] = title_of(p, p->value, (enum lang)lang);
    buf_add_string(en,
                   "## Summary {#summary}\n\nThe table holds {rows, plural, one {# row} other {# rows}}.");
    buf_add_string(ar,
                   "## الخلاصة {#summary}\n\nفي الجدول {rows, plural, zero {# صف} one {صف واحد} two {صفّان} "
                   "few {# صفوف} many {# صفًا} other {# صف}}.");
    if (p->value != SIZE_MAX) {
        buf_printf(en, "\nThe %s of “%s” is {total}.", share ? "average" : "sum", value[LANG_EN]);
        buf_printf(ar, "\nو%s «%s» هو {total}.", share ? "متوسط" : "مجموع", value[LANG_AR]);
    }
    buf_add_string(en, "\n");
    buf_add_string(ar, "\n");
    if (p->chart != PLAN_NO_CHART) {
        size_t by = p->chart == PLAN_LINE ? p->day : p->other;
        buf_printf(en, "\n## In a chart {#chart}\n\n![%s by %s](chart:main)\n", value[LANG_EN],
                   title_of(p, by, LANG_EN));
        buf_printf(ar, "\n## في رسم بياني {#chart}\n\n![%s بحسب %s](chart:main)\n", value[LANG_AR],
                   title_of(p, by, LANG_AR));
    }
    if (table) {
        buf_add_string(en, "\n## In a table {#table}\n\n{shown} of {rows} rows are shown.\n\n![The first "
                           "rows](table:rows)\n");
        buf_add_string(ar, "\n## في جدول {#table}\n\nعدد الصفوف الظاهرة هنا {shown} من أصل "
                           "{rows}.\n\n![الصفوف الأولى](table:rows)\n");
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
        if (field_parse(&c->field, dictionary_text(c->texts, i), dictionary_length(c->texts, i), p->in->arena,
                        &value) &&
            (!last || strcmp(value.text, last) > 0))
            last = value.text;
    }
    return last ? last : today;
}

static const char *describe(const struct plan *p)
{
    static const char *const names[] = {
        "no chart: there are neither days, nor categories, nor two columns of numbers", "a line", "bars",
        "a scatter"
    };
    if (p->chart == PLAN_NO_CHART)
        return names[PLAN_NO_CHART];
    return arena_printf(p->in->arena, "%s: '%s' by '%s'", names[p->chart],
                        p->value == SIZE_MAX ? "number of rows" : p->in->columns[p->value].name,
                        p->in->columns[p->chart == PLAN_LINE ? p->day : p->other].name);
}

void init_report_write(struct inferred *in, const char *name, const char *file, const char *share,
                       const char *today, struct init_report *out)
{
    struct plan p = { .in = in };
    struct buf chart, table;
    char *sql = arena_string(in->arena, name);
    for (char *q = sql; *q; q++)
        if (*q == '-')
            *q = '_';
    p.table = sql_name(&p, sql);
    p.titled = arena_array(in->arena, in->column_count, sizeof *p.titled);
    p.used = arena_array(in->arena, in->column_count, sizeof *p.used);
    for (size_t i = 0; i < in->column_count; i++)
        p.titled[i] = !is_plain_text(humanised(&p, i));
    plan_choose(&p);
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
