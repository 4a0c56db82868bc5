/* The change that stands below a key figure: its number with its sign, and against what. */
#include "report/builder.h"

#include <string.h>

/* "since the previous issue", behind a number of percentage points with these. */
static struct rich_text word_previous(struct builder *builder, const struct definition_change *change,
                                      const struct figure *figure, enum lang lang)
{
    static const char *const points[LANG_COUNT][2] = { { "percentage points ", "percentage point " },
                                                       { "نقطة مئوية ", "نقاط مئوية " } };
    static const char *const since[LANG_COUNT] = { "since the previous issue", "منذ العدد السابق" };
    static const char *const revised[LANG_COUNT] = { ", as revised", " بعد مراجعة أرقامه" };
    static const struct num hundredth = { .coefficient = 1, .scale = 2 };
    const struct figure *before =
        figures_find(&builder->figures, arena_printf(builder->arena, "%s.%s", figure->of, past_name(PAST_PREVIOUS)));
    bool counted = change->format == FORMAT_POINTS || change->format == FORMAT_POINTS1;
    struct num number = figure->value.num;
    bool special;

    if (counted) /* the number that is printed; where it has none, value_print has refused it */
        num_ratio(figure->value.num, hundredth, change->format == FORMAT_POINTS1, &number);
    number.coefficient = number.coefficient < 0 ? -number.coefficient : number.coefficient;
    special = strcmp(locale_plural(builder->locale[lang], number), lang == LANG_EN ? "one" : "few") == 0;
    return rich_plain(builder->arena,
                      arena_printf(builder->arena, "%s%s%s", counted ? points[lang][special] : "", since[lang],
                                   before->revised ? revised[lang] : ""),
                      change->at);
}

/* There is nothing to compare with. */
static void word_absent(struct builder *builder, const struct definition_change *change, struct figure *figure,
                        struct doc_key_figure *out)
{
    static const char *const first[LANG_COUNT] = { "first issue", "العدد الأول" };
    bool is_first = !builder->previous && builder->definition->has_issue && builder->definition->issue == 1;

    out->has_change = out->unmarked = true;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char *words = is_first ? first[lang] : figure->words[lang];

        out->change[lang] = rich_plain(builder->arena, words, change->at);
        figure_note_use(figure, lang, change->at, words, builder->arena);
    }
}

/* False with a diagnostic. */
static bool can_change(struct builder *builder, const struct definition_change *change, const struct figure *figure)
{
    if (figure->wrong)
        diag_add(builder->diags, DIAG_MESSAGE_TYPE, change->at, "figure '%s' %s", figure->name, figure->wrong);
    else if (figure->kind != FIGURE_VALUE || !value_is_number(&figure->value))
        diag_add(builder->diags, DIAG_MESSAGE_TYPE, change->at,
                 "the figure '%s' is %s and a change is an exact number; name one that is", change->figure,
                 figure->kind == FIGURE_HEDGED ? "hedged" : figure_kind_name(figure));
    else
        return true;
    return false;
}

/* Whether it rose or fell is in its sign as well as in the mark: a reader may hear it and not see it. */
void builder_word_change(struct builder *builder, const struct definition_change *change, struct doc_key_figure *out)
{
    struct figure *figure = figures_find(&builder->figures, change->figure);

    if (figure->absent && !figure->wrong) {
        word_absent(builder, change, figure, out);
        return;
    }
    if (!can_change(builder, change, figure))
        return;
    out->has_change = true;
    out->direction = (figure->value.num.coefficient > 0) - (figure->value.num.coefficient < 0);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char *printed = value_print(&figure->value, change->format, builder->locale[lang], builder->arena);
        struct rich_text text;
        struct rich_builder rich;
        size_t span;

        if (!printed) {
            diag_add(builder->diags, DIAG_MESSAGE_TYPE, change->at, "the format of the change needs %s; choose another",
                     value_wanted(change->format));
            return;
        }
        text = change->previous ? word_previous(builder, change, figure, lang)
                                : builder_format(builder, &change->text.in[lang], lang);
        printed = value_signed(printed, out->direction, builder->arena);
        rich_begin(&rich, builder->arena);
        rich_at(&rich, change->at);
        span = rich_open(&rich, INLINE_VALUE, NULL, 0);
        value_add(&rich, printed, lang);
        rich_close(&rich, span);
        rich_add(&rich, " ", 1);
        rich_copy(&rich, &text, 0, text.length);
        out->change[lang] = rich_finish(&rich, &text);
        figure_note_use(figure, lang, change->at, printed, builder->arena);
    }
}
