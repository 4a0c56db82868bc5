/* Messages with their values, as texts of the doc. */
#include "report/builder.h"

#include "report/punctuation.h"

struct rich_text builder_value(struct builder *builder, const char *printed, enum lang lang, struct place at)
{
    struct rich_builder rich;
    size_t span;

    rich_begin(&rich, builder->arena);
    if (*printed) {
        rich_at(&rich, at);
        span = rich_open(&rich, INLINE_VALUE, NULL, 0);
        value_add(&rich, printed, lang);
        rich_close(&rich, span);
    }
    return rich_finish(&rich, NULL);
}

static void add_isolate(struct rich_builder *rich, const struct rich_text *text, uint32_t at, const char *sign)
{
    rich_at(rich, rich_place(text, at));
    rich_replace_begin(rich, at, at);
    rich_add_string(rich, sign);
    rich_replace_end(rich);
}

/* In an Arabic line an address runs from left to right alone: without isolates a comma between two of them, or between
 * a Latin word and one, would turn the order of both. */
static struct rich_text isolate_addresses(const struct rich_text *text, struct arena *arena)
{
    static const char lri[] = "\xE2\x81\xA6", pdi[] = "\xE2\x81\xA9";
    struct rich_builder rich;
    uint32_t done = 0;

    rich_begin(&rich, arena);
    for (size_t i = 0; i < text->span_count; i++) {
        const struct inline_span *span = &text->spans[i];

        if (!rich_is_address(text, span))
            continue;
        rich_copy(&rich, text, done, span->start);
        add_isolate(&rich, text, span->start, lri);
        rich_copy(&rich, text, span->start, span->end);
        add_isolate(&rich, text, span->end, pdi);
        done = span->end;
    }
    if (done == 0) {
        rich_abandon(&rich);
        return *text;
    }
    rich_copy(&rich, text, done, text->length);
    return rich_finish(&rich, text);
}

struct rich_text builder_format(struct builder *builder, const struct phrase *phrase, enum lang lang)
{
    struct rich_text text = { .utf8 = "" };
    struct arena *passing;

    if (!phrase->message)
        return text;
    passing = arena_new();
    if (message_format(phrase->message, &builder->figures, builder->locale[lang], passing, &text, builder->diags)) {
        text = punctuation_set(&text, lang, passing);
        if (lang == LANG_AR)
            text = isolate_addresses(&text, passing);
        text = builder_fill_references(builder, &text, lang, passing);
        text = rich_keep(&text, builder->arena);
    }
    arena_drop(passing);
    return text;
}

void builder_format_strings(struct builder *builder, const struct phrases *phrases,
                            const char *out[LANG_COUNT], struct place at[LANG_COUNT])
{
    for (enum lang lang = 0; phrases->given && lang < LANG_COUNT; lang++) {
        out[lang] = builder_format(builder, &phrases->in[lang], lang).utf8;
        if (at)
            at[lang] = rich_place(&phrases->in[lang].text, 0);
    }
}
