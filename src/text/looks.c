/* Which face and size draws each character of a string. Knows nothing of shaping. */
#include "text/looks.h"

#include "text/bidi.h"

#include <hb.h>

/* A superscript's size and rise, relative to the paragraph's size. */
static const float SUPERSCRIPT_SIZE = 0.64f, SUPERSCRIPT_RISE = 0.36f;

static void lower(uint32_t *until, uint32_t to, uint32_t offset)
{
    if (to > offset && to < *until)
        *until = to;
}

struct look look_at(const struct text_span *spans, size_t count, const struct text_style *style,
                    uint32_t offset, uint32_t *until)
{
    struct look look = { .role = style->role, .weight = style->weight, .rgb = style->rgb };
    for (size_t i = 0; i < count; i++) {
        const struct text_span *span = &spans[i];
        lower(until, span->start, offset);
        lower(until, span->end, offset);
        if (offset < span->start || offset >= span->end)
            continue;
        switch (span->attribute) {
        case TEXT_WEIGHT:
            look.weight = (enum font_weight)span->value;
            break;
        case TEXT_COLOUR:
            look.rgb = span->value;
            break;
        case TEXT_SUPERSCRIPT:
            look.superscript = span->value;
            break;
        case TEXT_ROLE:
            look.role = (enum font_role)span->value;
            break;
        case TEXT_SLANT:
            look.slanted = true;
            look.upright_rgb = span->value;
            break;
        }
    }
    return look;
}

static bool is_in_arabic_block(uint32_t c)
{
    return (c >= 0x0600 && c <= 0x06FF) || (c >= 0x0750 && c <= 0x077F) || (c >= 0xFB50 && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFE);
}

/* European digits, '%', brackets and dashes come from the other face also among Arabic letters: the Arabic
 * faces have only some of them, and a figure in two designs looks like two. */
enum lang look_script(uint32_t c, enum lang previous, const struct text_style *style)
{
    if (is_in_arabic_block(c))
        return LANG_AR;
    if (bidi_is_combining(c) || bidi_is_control(c) || c == 0x200C || c == 0x200D)
        return previous;
    bool is_quote = c == 0xAB || c == 0xBB;
    if (lang_dir(style->lang) == DIR_RTL &&
        (bidi_is_space(c) || is_quote || (c == '.' && previous == LANG_AR)))
        return LANG_AR;
    return LANG_EN;
}

float look_size(struct look look, enum lang script, const struct text_style *style)
{
    float size = script == style->lang ? style->size : style->size * style->other_scale;
    return look.superscript ? size * SUPERSCRIPT_SIZE : size;
}

float look_rise(struct look look, const struct text_style *style)
{
    return look.superscript ? style->size * SUPERSCRIPT_RISE : 0;
}
