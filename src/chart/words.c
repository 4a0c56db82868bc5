/* The few words that charts add to the data's own. Must not know how they are drawn. */
#include "chart/plot.h"

#include "base/arena.h"

const char *const word_no_data[LANG_COUNT] = {"no data", "لا بيانات"};
const char *const word_range[LANG_COUNT] = {"from low to high estimate", "من أدنى تقدير إلى أعلاه"};
const char *const word_percent[LANG_COUNT] = {"per cent", "بالمئة"};

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

const char *word_number_of(const struct plot *plot, enum lang lang, struct num value)
{
    const struct locale *locale = plot->locale[lang];

    return isolated(locale, locale_number(locale, value, plot->arena), plot->arena);
}

const char *word_value(const struct plot *plot, enum lang lang, const struct chart_row *row)
{
    if (row->value_text[lang] && *row->value_text[lang])
        return row->value_text[lang];
    return word_number_of(plot, lang, row->value);
}

bool row_is_whole_month(const struct chart_row *row)
{
    return row->has_end && row->start.year == row->end.year && row->start.month == row->end.month &&
           row->start.day == 1 && row->end.day == date_month_length(row->end);
}
