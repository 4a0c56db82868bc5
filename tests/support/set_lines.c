#include "support/set_lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "support/lines.h"
#include "support/program.h"
#include "text/bidi.h"

struct text_style lines_style(enum lang lang)
{
    return (struct text_style){
        .size = lang == LANG_AR ? 13 : 11,
        .other_scale = lang == LANG_AR ? 0.85f : 1.15f,
        .rgb = 0x222222,
        .lang = lang,
    };
}

enum lang lines_first_strong(const char *line)
{
    while (*line) {
        enum bidi_class class = bidi_class_of(utf8_next(&line));
        if (class == BIDI_LEFT || class == BIDI_RIGHT)
            return class == BIDI_RIGHT ? LANG_AR : LANG_EN;
    }
    return LANG_EN;
}

static void take_out(char *sign)
{
    memmove(sign, sign + 1, strlen(sign));
}

size_t lines_take_spans(char *line, struct text_span spans[LINES_SPANS])
{
    size_t count = 0;
    for (char *sign; (sign = strpbrk(line, "^~")); count++) {
        uint32_t start = (uint32_t)(sign - line);
        bool slants = *sign == '~';
        take_out(sign);
        char *end = slants ? strchr(sign, '~') : sign + strspn(sign, "0123456789");
        assert_true(end && count < LINES_SPANS);
        spans[count] = (struct text_span){ start, (uint32_t)(end - line), slants ? TEXT_SLANT : TEXT_SUPERSCRIPT,
                                           slants ? 0x0B5563 : 1 };
        if (slants)
            take_out(end);
    }
    return count;
}

void lines_set(struct text_engine *engine, struct scene *s, const char *source, size_t page, float y,
               struct diags *diags)
{
    struct text_span spans[LINES_SPANS];
    char *line = strdup(source);
    size_t count = lines_take_spans(line, spans);
    struct text_style style = lines_style(lines_first_strong(line));
    const struct text_block *b = text_layout(engine, line, (uint32_t)strlen(line), spans, count, &style,
                                             800, NULL, NULL, scene_arena(s), diags);
    assert_int_equal(b->line_count, 1);
    struct scene_tag *tag = scene_tag_new(s, scene_tag_root(s), TAG_P);
    tag->lang = style.lang;
    tag->has_lang = true;
    scene_tag_begin(s, page, tag);
    scene_text(s, page, b->lines, 50 + b->lines->x, y);
    scene_tag_end(s, page);
    free(line);
}

char *lines_output(const char *const argv[])
{
    struct outcome o = program_run(argv, NULL);
    assert_int_equal(o.code, 0);
    for (size_t i = 0; i < o.out_length; i++) /* binary streams and UTF-16 hold NULs */
        if (!o.out[i])
            o.out[i] = '?';
    char *out = strdup(o.out);
    outcome_drop(&o);
    return out;
}

char *lines_by_poppler(const char *path)
{
    return lines_output((const char *const[]){ "pdftotext", "-enc", "UTF-8", path, "-", NULL });
}

char *lines_by_mutool(const char *path)
{
    char *drawn = lines_output((const char *const[]){ "mutool", "draw", "-q", "-F", "txt", path, NULL });
    char *text = lines_inverse_bidi(drawn);
    free(drawn);
    return text;
}
