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
    bool failed;
};

static struct place part_place(const struct formatter *formatter, const struct message_part *part)
{
    return rich_place(&formatter->message->source, part->start);
}

static void format_value(struct formatter *formatter, const struct message_part *part)
{
    const struct figure *figure = figures_find(formatter->figures, part->figure);
    enum lang lang = locale_lang(formatter->locale);
    bool plain = part->format == FORMAT_DEFAULT, hedged = figure->kind == FIGURE_HEDGED;
    const char *printed;
    size_t span;

    if (figure->kind == FIGURE_TEXTS)
        printed = plain ? figure->words[lang] : NULL;
    else
        printed = value_print(&figure->value, part->format, formatter->locale, formatter->arena);
    if (!printed) {
        diag_add(formatter->diags, DIAG_MESSAGE_TYPE, part_place(formatter, part),
                 "figure '%s' is %s and this format needs %s; write {%s}", part->figure,
                 figure->kind == FIGURE_TEXTS ? "a text" : value_kind(&figure->value),
                 value_wanted(part->format), part->figure);
        formatter->failed = true;
        return;
    }
    if (part->hedged && !hedged) {
        diag_add(formatter->diags, DIAG_MESSAGE_TYPE, part_place(formatter, part),
                 "figure '%s' has no words of a hedge; select value, en and ar, or write {%s, number}",
                 part->figure, part->figure);
        formatter->failed = true;
        return;
    }
    span = rich_open(formatter->out, INLINE_VALUE, NULL, 0);
    if (hedged && (plain || part->hedged))
        value_add_hedged(formatter->out, figure->words[lang], printed, lang);
    else
        value_add(formatter->out, printed, lang);
    rich_close(formatter->out, span);
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

    if (figure->kind == FIGURE_TEXTS || !value_is_number(&figure->value)) {
        diag_add(formatter->diags, DIAG_MESSAGE_TYPE, part_place(formatter, part),
                 "figure '%s' is %s and a plural needs a number; use select or {%s}", part->figure,
                 figure->kind == FIGURE_TEXTS ? "a text" : value_kind(&figure->value), part->figure);
        return NULL;
    }
    for (branch = part->branches; branch; branch = branch->next)
        if (branch->exact && num_compare(branch->number, figure->value.num) == 0)
            return branch;
    form = part->kind == MESSAGE_PLURAL ? locale_plural(formatter->locale, figure->value.num)
                                        : locale_ordinal(formatter->locale, figure->value.num);
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

    if (figure->kind != FIGURE_VALUE || figure->value.type != VALUE_TEXT) {
        diag_add(formatter->diags, DIAG_MESSAGE_TYPE, part_place(formatter, part),
                 "figure '%s' is %s and a select needs a text that is the same in both languages; "
                 "use plural for a number",
                 part->figure,
                 figure->kind == FIGURE_TEXTS ? "a text per language" : value_kind(&figure->value));
        return NULL;
    }
    branch = branch_by_key(part, figure->value.text);
    return branch ? branch : branch_by_key(part, "other");
}

static void format_parts(struct formatter *formatter, const struct message_part *first, bool top)
{
    const struct rich_text *source = &formatter->message->source;

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
            format_value(formatter, part->kind == MESSAGE_HASH ? &hash : part);
        } else {
            const struct figure *figure = figures_find(formatter->figures, part->figure);

            branch = part->kind == MESSAGE_SELECT ? choose_select(formatter, part, figure)
                                                  : choose_plural(formatter, part, figure);
            if (branch)
                format_parts(formatter, branch->first, false);
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
