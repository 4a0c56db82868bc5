/*
 * Messages with their values put in, and the check that authors typed none. Plural rules, numbers and dates
 * come from locale; nothing here knows a language's grammar.
 */
#include "report/message.h"

#include "base/utf8.h"
#include "report/letters.h"

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
    bool plain = part->format == FORMAT_DEFAULT;
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
    span = rich_open(formatter->out, INLINE_VALUE, NULL, 0);
    if (figure->kind == FIGURE_HEDGED && plain)
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
        const struct message_part hash = { MESSAGE_VALUE,  part->start, part->end, part->figure,
                                           FORMAT_DEFAULT, NULL,        NULL };

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

/* Where a link's text is its address, digits are no statement: `<https://example.org/2024>`. */
static bool in_bare_link(const struct rich_text *text, uint32_t offset)
{
    for (size_t i = 0; i < text->span_count; i++) {
        const struct inline_span *span = &text->spans[i];

        if (span->kind == INLINE_LINK && span->start <= offset && offset < span->end &&
            strlen(span->url) == span->end - span->start &&
            memcmp(span->url, text->utf8 + span->start, span->end - span->start) == 0)
            return true;
    }
    return false;
}

/* A digit, or a separator between two digits: "35.4", "2,500", "٣٥٫٤". */
static bool continues_number(const char *p, const char *end)
{
    uint32_t code_point = utf8_next(&p);

    if (letters_is_digit(code_point))
        return true;
    if (code_point != '.' && code_point != ',' && code_point != 0x66B && code_point != 0x66C)
        return false;
    return p < end && letters_is_digit(utf8_next(&p));
}

static void check_text(const struct message *message, uint32_t from, uint32_t to, struct arena *arena,
                       struct diags *diags)
{
    const char *text = message->source.utf8, *end = text + to, *p = text + from;
    uint32_t before = from > 0 && (unsigned char)text[from - 1] < 0x80 ? (uint32_t)text[from - 1] : ' ';

    while (p < end) {
        const char *start = p;
        uint32_t code_point = utf8_next(&p);

        if (!letters_is_digit(code_point)) {
            before = code_point;
            continue;
        }
        while (p < end && continues_number(p, end))
            utf8_next(&p);
        if (letters_script(before) == LETTERS_LEFT_TO_RIGHT ||
            in_bare_link(&message->source, (uint32_t)(start - text))) {
            before = 'x'; /* what follows is still attached to the name */
            continue;
        }
        before = '0';
        diag_add(diags, DIAG_TEXT_TYPED_NUMBER, rich_place(&message->source, (uint32_t)(start - text)),
                 "the number '%s' is typed; take it from a figure, as {name}",
                 arena_string_n(arena, start, (size_t)(p - start)));
    }
}

static void check_parts(const struct message *message, const struct message_part *first, struct arena *arena,
                        struct diags *diags)
{
    for (const struct message_part *part = first; part; part = part->next) {
        if (part->kind == MESSAGE_TEXT)
            check_text(message, part->start, part->end, arena, diags);
        for (const struct message_branch *branch = part->branches; branch; branch = branch->next)
            check_parts(message, branch->first, arena, diags);
    }
}

void message_check_numbers(const struct message *message, struct arena *arena, struct diags *diags)
{
    check_parts(message, message->first, arena, diags);
}
