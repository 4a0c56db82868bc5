/* The few words that charts add to the data's own. Must not know how they are drawn. */
#include "chart/plot.h"

#include "base/arena.h"

const char *const word_missing[LANG_COUNT] = {"no data", "لا بيانات"};
const char *const word_range[LANG_COUNT] = {"from low to high estimate", "من أدنى تقدير إلى أعلاه"};
const char *const word_percent[LANG_COUNT] = {"per cent", "بالمئة"};

/* Behind U+200E, U+200F, U+061C and U+2066 to U+2069, which print nothing. */
static const char *after_marks(const char *text)
{
    for (;;) {
        const unsigned char *c = (const unsigned char *)text;
        if (c[0] == 0xD8 && c[1] == 0x9C)
            text += 2;
        else if (c[0] == 0xE2 && ((c[1] == 0x80 && (c[2] == 0x8E || c[2] == 0x8F)) ||
                                  (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9)))
            text += 3;
        else
            return text;
    }
}

bool words_print_same(const char *a, const char *b)
{
    for (a = after_marks(a), b = after_marks(b); *a && *a == *b;) {
        a = after_marks(a + 1);
        b = after_marks(b + 1);
    }
    return *a == *b;
}

/* European digits run left to right; Arabic-Indic ones keep their signs when isolated right to left. */
static const char *isolated(const struct locale *locale, const char *number, struct arena *arena)
{
    bool arabic = locale_digits_of(locale) == DIGITS_ARAB;

    return arena_printf(arena, "%s%s\u2069", arabic ? "\u2067" : "\u2066", number);
}

const char *word_of_total(const struct plot *plot, enum lang lang, int64_t total)
{
    static const char *const of[LANG_COUNT] = {"of", "من أصل"};
    const struct locale *locale = plot->locale[lang];
    const char *number = isolated(locale, locale_number(locale, num_from_int(total), plot->arena), plot->arena);
    const char *unit = plot->spec->unit[lang];

    return arena_printf(plot->arena, "%s %s%s%s", of[lang], number, unit ? " " : "", unit ? unit : "");
}

const char *word_of_number(const struct plot *plot, enum lang lang, int64_t part, int64_t total)
{
    return arena_printf(plot->arena, "%s %s", word_number_of(plot, lang, num_from_int(part)),
                        word_of_total(plot, lang, total));
}

const char *word_majority(const struct plot *plot, enum lang lang, int64_t seats)
{
    static const char *const majority[LANG_COUNT] = {"majority", "الأغلبية"};

    return arena_printf(plot->arena, "%s %s", majority[lang], word_number_of(plot, lang, num_from_int(seats)));
}

const char *word_cell_is(const struct plot *plot, enum lang lang, int64_t units)
{
    static const char *const each[LANG_COUNT] = {"each square:", "كل مربع:"};
    const char *unit = plot->spec->unit[lang];

    return arena_printf(plot->arena, "%s %s%s%s", each[lang], word_number_of(plot, lang, num_from_int(units)),
                        unit ? " " : "", unit ? unit : "");
}

const char *word_number_of(const struct plot *plot, enum lang lang, struct num value)
{
    const struct locale *locale = plot->locale[lang];

    return isolated(locale, locale_number(locale, value, plot->arena), plot->arena);
}

const char *word_value(const struct plot *plot, enum lang lang, const struct chart_row *row)
{
    if (row->missing)
        return word_missing[lang];
    if (row->value_text[lang] && *row->value_text[lang])
        return row->value_text[lang];
    return word_number_of(plot, lang, row->value);
}

const char *word_share(const struct plot *plot, enum lang lang, struct num part, struct num whole)
{
    const struct locale *locale = plot->locale[lang];
    struct num share;

    if (!num_ratio(part, whole, 2, &share)) /* rounded once, as it is printed */
        return "";
    return isolated(locale, locale_percent(locale, share, 0, plot->arena), plot->arena);
}

const char *word_other(const struct plot *plot, enum lang lang, size_t count)
{
    static const char *const format[LANG_COUNT] = {"Other (sum of %s)", "أخرى (مجموع %s)"};

    return arena_printf(plot->arena, format[lang], word_number_of(plot, lang, num_from_int((int64_t)count)));
}

bool row_is_whole_month(const struct chart_row *row)
{
    return row->has_end && row->start.year == row->end.year && row->start.month == row->end.month &&
           row->start.day == 1 && row->end.day == date_month_length(row->end);
}
