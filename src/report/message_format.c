/*
 * Messages with their values put in. Plural rules, numbers and dates come from locale; nothing here knows a
 * language's grammar.
 */
#include "report/message.h"

#include <string.h>

struct formatter {
    const struct message *message;
    const struct figures *figures;
    const struct locale *locale;
    struct arena *arena;
    struct diags *diags;
    struct rich_builder *out;
    const char *told; /* the select around it that words the revision of this figure: "attacks.revised"; or NULL */
    bool failed;
};

static struct place part_place(const struct formatter *formatter, const struct message_part *part)
{
    return rich_place(&formatter->message->source, part->start);
}

static void fail_part(struct formatter *formatter, const struct message_part *part, const char *what)
{
    diag_add(formatter->diags, DIAG_MESSAGE_TYPE, part_place(formatter, part), "figure '%s' %s", part->figure, what);
    formatter->failed = true;
}

/* A bound of a hedged figure. NULL with a diagnostic when it has none, or the format does not suit it. */
static const char *print_bound(struct formatter *formatter, const struct message_part *part,
                               const struct figure *figure)
{
    bool low = part->aspect == ASPECT_LOW;
    const char *name = low ? "low" : "high", *printed;
    const struct value bound = { .type = VALUE_NUMBER, .num = low ? figure->hedge.low : figure->hedge.high };

    if (!(low ? figure->hedge.has_low : figure->hedge.has_high)) {
        fail_part(formatter, part,
                  arena_printf(formatter->arena, "has no %s; select it in a column '%s'", name, name));
        return NULL;
    }
    printed = value_print(&bound, part->format, formatter->locale, formatter->arena);
    if (!printed)
        fail_part(formatter, part,
                  arena_printf(formatter->arena, "has a number as its %s and this format needs %s", name,
                               value_wanted(part->format)));
    return printed;
}

/* The words of a hedged figure alone. */
static const char *print_words(struct formatter *formatter, const struct message_part *part,
                               const struct figure *figure)
{
    const char *words = figure->hedge.words[locale_lang(formatter->locale)];
    bool range = figure->hedge.joint[LANG_EN] != NULL;

    if (words && !range)
        return words;
    fail_part(formatter, part,
              arena_printf(formatter->arena, "is %s; write {%s}",
                           range ? "a range, whose words do not stand alone" : "exact, with no words before it",
                           part->figure));
    return NULL;
}

static const char *fail_format(struct formatter *formatter, const struct message_part *part,
                               const struct figure *figure)
{
    bool range = part->aspect == ASPECT_PLAIN && figure->kind == FIGURE_HEDGED && !figure->hedge.has_best;

    fail_part(formatter, part,
              arena_printf(formatter->arena, "is %s and this format needs %s; write {%s}", figure_kind_name(figure),
                           range ? "a best value" : value_wanted(part->format), part->figure));
    return NULL;
}

/* What stands for the figure, all but a hedge with its words. NULL with a diagnostic when the format does not suit. */
static const char *print_figure(struct formatter *formatter, const struct message_part *part,
                                const struct figure *figure)
{
    const char *printed;

    if (figure->kind == FIGURE_HEDGED && part->aspect == ASPECT_QUALIFIER)
        return print_words(formatter, part, figure);
    if (figure->kind == FIGURE_HEDGED && part->aspect != ASPECT_PLAIN)
        return print_bound(formatter, part, figure);
    if (figure->kind == FIGURE_TEXTS)
        printed = part->format == FORMAT_DEFAULT ? figure->words[locale_lang(formatter->locale)] : NULL;
    else
        printed = value_print(&figure->value, part->format == FORMAT_DEFAULT ? figure->usual : part->format,
                              formatter->locale, formatter->arena);
    if (!printed)
        return fail_format(formatter, part, figure);
    if (part->aspect == ASPECT_PLAIN)
        return printed;
    fail_part(formatter, part,
              arena_printf(formatter->arena,
                           "has no words or bounds of a hedge; select best, low, high and qualifier, or write "
                           "{%s, number}",
                           part->figure));
    return NULL;
}

static const char *signed_figure(struct formatter *formatter, const struct figure *figure, const char *printed)
{
    static const struct num zero = { 0 };

    return figure->is_signed ? value_signed(printed, num_compare(figure->value.num, zero), formatter->arena) : printed;
}

static void add_figure(struct formatter *formatter, const struct message_part *part, const struct figure *figure)
{
    bool all = part->aspect == ASPECT_HEDGED ||
               (part->aspect == ASPECT_PLAIN && part->format == FORMAT_DEFAULT);

    if (figure->kind == FIGURE_HEDGED && all) {
        if (!value_add_hedged(formatter->out, &figure->hedge, part->format, formatter->locale))
            fail_format(formatter, part, figure);
    } else {
        const char *printed = print_figure(formatter, part, figure);

        if (printed)
            value_add(formatter->out, signed_figure(formatter, figure, printed), locale_lang(formatter->locale));
    }
}

/* "no earlier issue", in place of a value that there is not. */
static void format_absent(struct formatter *formatter, const struct message_part *part, const struct figure *figure)
{
    enum lang lang = locale_lang(formatter->locale);

    value_add(formatter->out, figure->words[lang], lang);
    diag_add(formatter->diags, DIAG_PREVIOUS_ABSENT, part_place(formatter, part),
             "'%s' has no value, so that this prints '%s'; words of your own can stand in the branch 'none' of a "
             "select on {%s.direction}",
             part->figure, figure->words[lang], figure->of ? figure->of : "NAME");
}

/* Behind a value that is not what was published: what was, in the same format. */
static void format_published(struct formatter *formatter, const struct message_part *part)
{
    static const char *const words[LANG_COUNT] = { "published as ", "المنشور سابقًا: " };
    enum lang lang = locale_lang(formatter->locale);
    const char *name = arena_printf(formatter->arena, "%.*s.%s", (int)strcspn(part->figure, "."), part->figure,
                                    past_name(PAST_PUBLISHED));
    const struct message_part before = {
        .kind = MESSAGE_VALUE, .start = part->start, .figure = name, .format = part->format
    };

    if (formatter->told && strncmp(formatter->told, name, strcspn(name, ".") + 1) == 0)
        return;
    rich_add(formatter->out, " (", 2);
    rich_add_string(formatter->out, words[lang]);
    add_figure(formatter, &before, figures_find(formatter->figures, name));
    rich_add(formatter->out, ")", 1);
}

static void format_value(struct formatter *formatter, const struct message_part *part)
{
    struct figure *figure = figures_find(formatter->figures, part->figure);
    enum lang lang = locale_lang(formatter->locale);
    size_t span = rich_open(formatter->out, INLINE_VALUE, NULL, 0), start = formatter->out->text.length;

    if (figure->wrong)
        fail_part(formatter, part, figure->wrong);
    else if (figure->absent)
        format_absent(formatter, part, figure);
    else
        add_figure(formatter, part, figure);
    rich_close(formatter->out, span);
    if (figure->revised && !figure->wrong)
        format_published(formatter, part);
    figure_note_use(figure, lang, part_place(formatter, part), formatter->out->text.data + start,
                    formatter->figures->arena);
}

/* Whether a value prints nothing but a number in European digits. */
static bool is_european_number(const struct formatter *formatter, const struct message_part *part)
{
    bool is_value = part->kind == MESSAGE_VALUE || part->kind == MESSAGE_HASH;
    const struct figure *figure = is_value ? figures_find(formatter->figures, part->figure) : NULL;
    enum lang lang = locale_lang(formatter->locale);
    bool latn = locale_digits_of(formatter->locale) == DIGITS_LATN;

    if (!figure || figure->wrong || figure->absent || figure->revised)
        return false;
    if (figure->kind == FIGURE_HEDGED)
        return latn && (part->aspect == ASPECT_LOW || part->aspect == ASPECT_HIGH ||
                        (part->aspect == ASPECT_PLAIN && part->format != FORMAT_DEFAULT));
    if (figure->kind == FIGURE_TEXTS)
        return value_is_digits(figure->words[lang]);
    if (figure->value.type == VALUE_TEXT)
        return value_is_digits(figure->value.text);
    return latn && (figure->value.type != VALUE_DATE || part->format == FORMAT_YEAR);
}

/* Whether two Arabic values are a range, a ratio or a fraction: as one number, that runs from left to right in European
 * digits. In isolates of their own they would run from right to left, unlike "12-15" that is one value. */
static bool joins_next(const struct formatter *formatter, const struct message_part *part)
{
    static const char *const joints[] = { "-", "–", "--", "/", ":" };
    const struct message_part *between = part->next, *next = between ? between->next : NULL;
    const char *words = formatter->message->source.utf8;

    if (!next || between->kind != MESSAGE_TEXT || locale_lang(formatter->locale) != LANG_AR)
        return false;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (between->end - between->start == strlen(joints[i]) &&
            memcmp(words + between->start, joints[i], strlen(joints[i])) == 0)
            return is_european_number(formatter, part) && is_european_number(formatter, next);
    return false;
}

static const struct message_branch *branch_by_key(const struct message_part *part, const char *key)
{
    for (const struct message_branch *branch = part->branches; branch; branch = branch->next)
        if (!branch->exact && strcmp(branch->key, key) == 0)
            return branch;
    return NULL;
}

static const struct message_branch *
choose_plural(struct formatter *formatter, const struct message_part *part, const struct figure *figure)
{
    const struct message_branch *branch;
    const char *form;
    struct num num = figure->value.num;

    if (figure->wrong) {
        fail_part(formatter, part, figure->wrong);
        return NULL;
    }
    if (figure->absent)
        return branch_by_key(part, "other"); /* with # it says why */
    if (figure->kind == FIGURE_HEDGED)
        num = hedge_counted(&figure->hedge);
    else if (!figure_is_number(figure)) {
        fail_part(formatter, part,
                  arena_printf(formatter->arena, "is %s and a plural needs a number; use select or {%s}",
                               figure_kind_name(figure), part->figure));
        return NULL;
    }
    for (branch = part->branches; branch; branch = branch->next)
        if (branch->exact && !figure->hedge.joint[LANG_EN] && num_compare(branch->number, num) == 0)
            return branch;
    form = part->kind == MESSAGE_PLURAL ? locale_plural(formatter->locale, num)
                                        : locale_ordinal(formatter->locale, num);
    branch = branch_by_key(part, form);
    if (branch)
        return branch;
    diag_add(formatter->diags, DIAG_MESSAGE_FORM, part_place(formatter, part),
             "the value of '%s' takes the form '%s' here, which has no branch; add %s {text}, or 'other' is "
             "printed",
             part->figure, form, form);
    return branch_by_key(part, "other");
}

static const struct message_branch *
choose_select(struct formatter *formatter, const struct message_part *part, const struct figure *figure)
{
    const struct message_branch *branch;

    if (figure->wrong) {
        fail_part(formatter, part, figure->wrong);
        return NULL;
    }
    if (figure->absent && branch_by_key(part, "none"))
        return branch_by_key(part, "none");
    if (figure->absent)
        return branch_by_key(part, "other");
    if (figure->kind != FIGURE_VALUE || figure->value.type != VALUE_TEXT) {
        diag_add(formatter->diags, DIAG_MESSAGE_TYPE, part_place(formatter, part),
                 "figure '%s' is %s and a select needs a text that is the same in both languages; "
                 "use plural for a number",
                 part->figure,
                 figure->kind == FIGURE_TEXTS ? "a text per language" : figure_kind_name(figure));
        return NULL;
    }
    branch = branch_by_key(part, figure->value.text);
    return branch ? branch : branch_by_key(part, "other");
}

static void format_parts(struct formatter *, const struct message_part *first, bool top);

static void format_branch(struct formatter *formatter, const struct message_part *part,
                          const struct message_branch *branch)
{
    const char *told = formatter->told;

    if (past_of(part->figure) == PAST_REVISED)
        formatter->told = part->figure;
    format_parts(formatter, branch->first, false);
    formatter->told = told;
}

static void format_parts(struct formatter *formatter, const struct message_part *first, bool top)
{
    const struct rich_text *source = &formatter->message->source;
    bool joined = false;

    for (const struct message_part *part = first; part; part = part->next) {
        const struct message_branch *branch;
        const struct message_part hash = {
            .kind = MESSAGE_VALUE, .start = part->start, .end = part->end, .figure = part->figure
        };

        if (part->kind == MESSAGE_TEXT) {
            (top ? rich_copy : rich_copy_inside)(formatter->out, source, part->start, part->end);
            continue;
        }
        if (top)
            rich_replace_begin(formatter->out, part->start, part->end);
        rich_at(formatter->out, part_place(formatter, part));
        if (part->kind == MESSAGE_VALUE || part->kind == MESSAGE_HASH) {
            bool joins = joins_next(formatter, part);

            if (joins && !joined)
                value_open(formatter->out, "1-2", locale_lang(formatter->locale));
            format_value(formatter, part->kind == MESSAGE_HASH ? &hash : part);
            if (joined && !joins)
                value_close(formatter->out);
            joined = joins;
        } else {
            struct figure *figure = figures_find(formatter->figures, part->figure);

            figure_note_use(figure, locale_lang(formatter->locale), part_place(formatter, part), NULL,
                            formatter->figures->arena);
            branch = part->kind == MESSAGE_SELECT ? choose_select(formatter, part, figure)
                                                  : choose_plural(formatter, part, figure);
            if (branch)
                format_branch(formatter, part, branch);
            else
                formatter->failed = true;
        }
        if (top)
            rich_replace_end(formatter->out);
    }
}

bool message_format(const struct message *message, const struct figures *figures, const struct locale *locale,
                    struct arena *arena, struct rich_text *out, struct diags *diags)
{
    struct rich_builder builder;
    struct formatter formatter = { .message = message,
                                   .figures = figures,
                                   .locale = locale,
                                   .arena = arena,
                                   .diags = diags,
                                   .out = &builder };

    rich_begin(&builder, arena);
    format_parts(&formatter, message->first, true);
    if (formatter.failed) {
        rich_abandon(&builder);
        return false;
    }
    *out = rich_finish(&builder, &message->source);
    return true;
}
