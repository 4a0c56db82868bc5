/*
 * The check that authors typed no number: each must come from a figure, so that it can be traced to a row.
 * Knows digits and names such as K1; must not know values.
 */
#include "report/message.h"

#include "base/utf8.h"
#include "report/letters.h"

#include <string.h>

struct checker {
    const struct message *message;
    struct arena *arena;
    struct diags *diags;
    size_t next_span;               /* the parts come in the text's order, and so do the spans */
    const struct inline_span *link; /* the last link that starts before the place at work */
};

/* Where a link's text is its address, digits are no statement: `<https://example.org/2024>`. */
static bool in_bare_link(struct checker *checker, uint32_t offset)
{
    const struct rich_text *text = &checker->message->source;
    const struct inline_span *link;

    for (; checker->next_span < text->span_count; checker->next_span++) {
        if (text->spans[checker->next_span].start > offset)
            break;
        if (text->spans[checker->next_span].kind == INLINE_LINK)
            checker->link = &text->spans[checker->next_span];
    }
    link = checker->link;
    return link && offset < link->end && rich_is_address(text, link);
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

/* Digits behind a Latin letter belong to a name (K1). Behind an Arabic one they do not: a prefix is written
 * joined to the number that it governs. */
static void check_text(struct checker *checker, uint32_t from, uint32_t to)
{
    const struct rich_text *source = &checker->message->source;
    const char *text = source->utf8, *end = text + to, *p = text + from;
    uint32_t before = from > 0 && (unsigned char)text[from - 1] < 0x80 ? (uint32_t)text[from - 1] : ' ';

    while (p < end) {
        const char *start = p;
        uint32_t code_point = utf8_next(&p), offset = (uint32_t)(start - text);

        if (!letters_is_digit(code_point)) {
            before = code_point;
            continue;
        }
        while (p < end && continues_number(p, end))
            utf8_next(&p);
        if (letters_script(before) == LETTERS_LEFT_TO_RIGHT || in_bare_link(checker, offset))
            continue;
        diag_add(checker->diags, DIAG_TEXT_TYPED_NUMBER, rich_place(source, offset),
                 "the number '%s' is typed; take it from a figure, as {name}",
                 arena_string_n(checker->arena, start, (size_t)(p - start)));
    }
}

static void check_parts(struct checker *checker, const struct message_part *first)
{
    for (const struct message_part *part = first; part; part = part->next) {
        if (part->kind == MESSAGE_TEXT)
            check_text(checker, part->start, part->end);
        for (const struct message_branch *branch = part->branches; branch; branch = branch->next)
            check_parts(checker, branch->first);
    }
}

void message_check_numbers(const struct message *message, struct arena *arena, struct diags *diags)
{
    struct checker checker = { .message = message, .arena = arena, .diags = diags };

    check_parts(&checker, message->first);
}
