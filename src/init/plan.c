/* What a report to start from shows, by the types and the cells of the columns. */
#include "init/plan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum {
    LONGEST_CELL = 32,
    LONGEST_LABEL = 40,
    LONGEST_NUMBER = 13, /* of axes whose words have room */
    CATEGORIES_MOST = 40
};

bool plan_is_printable(uint32_t c)
{
    return (c >= 0x20 && c < 0x7F) || (c >= 0xA1 && c < 0x180) || (c >= 0x60C && c <= 0x66C) ||
           (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x2010 && c <= 0x2026 && c != 0x2011) || c == 0x20AC;
}

/* Code points of the longest cell; SIZE_MAX when one of them cannot be printed. */
static size_t longest_cell(const struct inferred_column *c)
{
    size_t longest = 0;
    for (size_t i = 0; i < dictionary_count(c->texts); i++) {
        size_t length = 0;
        for (const char *p = dictionary_text(c->texts, i); *p; length++)
            if (!plan_is_printable(utf8_next(&p)))
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

/* 1, 2, 3 and so on. */
static bool counts_rows(const struct inferred_column *c)
{
    for (size_t i = 0; i < dictionary_count(c->texts); i++)
        if (strtoul(dictionary_text(c->texts, i), NULL, 10) != i + 1)
            return false;
    return c->unique;
}

/* A number that counts or measures; not one that only names a row or a place, as the first column of a file
 * without a header may do. */
static bool is_measure(const struct inferred *in, size_t i)
{
    static const char *const names[] = { "id",       "code",      "no",   "nr",     "number", "index",
                                         "row",      "position",  "rank", "lat",    "lon",    "lng",
                                         "latitude", "longitude", "zip",  "phone",  "رقم",    "الرقم",
                                         "رمز",      "الرمز",     "معرف", "المعرف", "ت",      NULL };
    const struct inferred_column *c = &in->columns[i];
    bool number = c->field.type == FIELD_INTEGER || c->field.type == FIELD_NUMBER;
    bool first = i == 0 && !in->header && c->field.type == FIELD_INTEGER;
    bool filled = 2 * c->empty <= in->rows && longest_cell(c) <= LONGEST_NUMBER;
    return number && filled && !first && !has_word(c->name, names) && !counts_rows(c);
}

static bool is_day(const struct inferred_column *c)
{
    return (c->field.type == FIELD_DATE && !c->field.partial) || c->field.type == FIELD_YEARMONTH ||
           c->field.type == FIELD_YEAR || c->field.type == FIELD_DATETIME;
}

size_t plan_distinct(const struct inferred_column *c)
{
    return dictionary_count(c->texts) - (dictionary_find(c->texts, "", 0) != DICTIONARY_NONE) -
           c->missing_count;
}

static bool is_label(const struct inferred *in, size_t i)
{
    const struct inferred_column *c = &in->columns[i];
    bool paired = c->partner != SIZE_MAX;
    return c->field.type == FIELD_STRING && !(paired && c->lang == LANG_AR) && plan_distinct(c) >= 2 &&
           longest_cell(c) <= LONGEST_LABEL &&
           (!paired || longest_cell(&in->columns[c->partner]) <= LONGEST_LABEL);
}

/* How well a label parts the rows for a reader: few texts, in both languages, words and no codes. */
static int label_rank(const struct inferred *in, size_t i)
{
    static const char *const codes[] = { "id", "code", "key", "slug", NULL };
    const struct inferred_column *c = &in->columns[i];
    return (plan_distinct(c) <= CATEGORIES_MOST ? 8 : 0) + (c->partner != SIZE_MAX ? 4 : 0) +
           (c->category ? 2 : 0) + !has_word(c->name, codes);
}

static size_t find_label(const struct inferred *in)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < in->column_count; i++)
        if (is_label(in, i) && (best == SIZE_MAX || label_rank(in, i) > label_rank(in, best)))
            best = i;
    return best;
}

bool plan_has_negative(const struct inferred_column *c)
{
    for (size_t i = 0; i < dictionary_count(c->texts); i++)
        if (strchr(dictionary_text(c->texts, i), '-') || strstr(dictionary_text(c->texts, i), "\u2212"))
            return true;
    return false;
}

void plan_choose(struct plan *p)
{
    size_t second = SIZE_MAX;
    p->day = p->value = p->other = SIZE_MAX;
    for (size_t i = 0; i < p->in->column_count; i++) {
        const struct inferred_column *c = &p->in->columns[i];
        if (p->day == SIZE_MAX && is_day(c) && plan_distinct(c) > 1 && 2 * c->empty <= p->in->rows)
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
        p->chart = PLAN_LINE;
    } else if (label != SIZE_MAX && (p->value != SIZE_MAX || p->in->columns[label].category)) {
        p->chart = PLAN_BARS;
        p->other = label;
    } else if (second != SIZE_MAX) {
        p->chart = PLAN_SCATTER;
        p->other = p->value;
        p->value = second;
    }
}

size_t plan_columns(const struct plan *p, size_t picked[PLAN_COLUMNS])
{
    size_t count = 0;
    for (size_t i = 0; i < p->in->column_count && count < PLAN_COLUMNS; i++) {
        const struct inferred_column *c = &p->in->columns[i];
        bool paired = c->partner != SIZE_MAX;
        if ((paired && c->lang == LANG_AR) || 2 * c->empty > p->in->rows)
            continue;
        if (longest_cell(c) <= LONGEST_CELL &&
            (!paired || longest_cell(&p->in->columns[c->partner]) <= LONGEST_CELL))
            picked[count++] = i;
    }
    return count;
}
