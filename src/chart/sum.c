/* Sums in decimals, with bounds. Must not know what is summed, or why. */
#include "chart/sum.h"

#include "base/arena.h"

bool row_is_exact(const struct plot *plot, const struct chart_row *row)
{
    enum lang lang = plot->langs[0];
    const char *text = row->value_text[lang];

    if (row->has_low || row->has_high || row->ranged)
        return false;
    return !text || !*text || words_print_same(text, locale_number(plot->locale[lang], row->value, plot->arena));
}

static bool may_be_negative(const struct plot *plot)
{
    for (size_t i = 0; i < plot->spec->row_count; i++)
        if (plot->spec->rows[i].value.coefficient < 0)
            return true;
    return false;
}

/* False when it needs more than 18 digits. */
static bool add_row(struct chart_row *sum, const struct chart_row *row)
{
    bool open_below = row->has_high && !row->has_low, open_above = row->has_low && !row->has_high;
    bool fits = num_add(sum->value, row->value, &sum->value);

    fits &= num_add(sum->low, row->has_low ? row->low : row->value, &sum->low);
    fits &= num_add(sum->high, row->has_high ? row->high : row->value, &sum->high);
    sum->has_low &= !open_below;
    sum->has_high &= !open_above;
    sum->ranged |= row->ranged;
    return fits;
}

/* The words of a sum that is not one number. */
static void say(const struct plot *plot, struct chart_row *sum)
{
    static const char *const about[] = {"about", "نحو"}, *const least[] = {"at least", "ما لا يقل عن"},
                             *const most[] = {"at most", "ما لا يزيد على"}, *const to[] = {"to", "إلى"};

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        const char *low = word_number_of(plot, lang, sum->low), *high = word_number_of(plot, lang, sum->high);
        if (sum->has_low && sum->has_high)
            sum->value_text[lang] = arena_printf(plot->arena, "%s %s %s", low, to[lang], high);
        else
            sum->value_text[lang] = arena_printf(plot->arena, "%s %s",
                                                 sum->has_low    ? least[lang]
                                                 : sum->has_high ? most[lang]
                                                                 : about[lang],
                                                 sum->has_low    ? low
                                                 : sum->has_high ? high
                                                                 : word_number_of(plot, lang, sum->value));
    }
}

struct chart_row sum_of_rows(const struct plot *plot, const struct chart_row *const rows[], size_t count)
{
    struct chart_row sum = *rows[0];
    bool worded = false, fits = true;
    size_t missing = 0;

    sum.value = sum.low = sum.high = num_from_int(0);
    sum.value_text[LANG_EN] = sum.value_text[LANG_AR] = NULL;
    sum.has_low = sum.has_high = true;
    sum.ranged = sum.emphasis = false;
    for (size_t i = 0; i < count; i++) {
        missing += rows[i]->missing;
        if (rows[i]->missing)
            continue;
        if (fits && !(fits = add_row(&sum, rows[i])))
            diag_add(plot->diags, DIAG_CHART_DATA, rows[i]->at,
                     "with this row a sum of chart '%s' needs more than 18 digits; give the values in a larger unit",
                     plot->spec->id);
        worded |= !row_is_exact(plot, rows[i]) && !rows[i]->has_low && !rows[i]->has_high;
    }
    sum.missing = missing == count || (missing > 0 && may_be_negative(plot));
    sum.has_high &= missing == 0;
    if (worded)
        sum.has_low = sum.has_high = false; /* "around" gives no bound to keep */
    if (worded || !sum.has_low || !sum.has_high || num_compare(sum.low, sum.high) < 0)
        say(plot, &sum);
    else
        sum.has_low = sum.has_high = false;
    return sum;
}
