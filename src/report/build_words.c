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

struct rich_text builder_format(struct builder *builder, const struct phrase *phrase, enum lang lang)
{
    struct rich_text text = { .utf8 = "" };
    struct arena *passing;

    if (!phrase->message)
        return text;
    passing = arena_new();
    if (message_format(phrase->message, &builder->figures, builder->locale[lang], passing, &text, builder->diags)) {
        text = punctuation_set(&text, lang, passing);
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
