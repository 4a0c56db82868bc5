/*
 * Inline: a doc's rich text becomes lines of glyphs in a column, and lines become scene commands.
 * Here the inline kinds get their looks; nothing in here knows of pages or blocks.
 */
#include "layout/layouter.h"

#include "base/utf8.h"

#include <string.h>

static uint32_t tone_colour(const struct style *style, enum text_tone tone)
{
    return tone == TONE_INK ? style->ink : tone == TONE_MUTED ? style->muted
         : tone == TONE_WARNING ? style->warning : style->accent;
}

struct text_style layouter_style(const struct layouter *l, enum lang lang, enum font_role role,
                                 enum font_weight weight, float latin_size, enum text_tone tone)
{
    float scale = l->style->arabic_scale[role];
    return (struct text_style){
        .role = role,
        .weight = weight,
        .size = lang == LANG_AR ? latin_size * scale : latin_size,
        .other_scale = lang == LANG_AR ? 1 / scale : scale,
        .rgb = tone_colour(l->style, tone),
        .lang = lang,
        .breaks = l->style->breaks,
    };
}

/* Latin ones are of one width, Arabic-Indic ones are not. */
static bool has_uneven_digits(const struct layouter *l, enum lang lang)
{
    return *locale_integer(l->doc->locale[lang], 1, l->arena) != '1';
}

struct text_style layouter_body_style(const struct layouter *l, enum lang lang, float width)
{
    struct text_style style = layouter_style(l, lang, FONT_READING, WEIGHT_REGULAR, l->style->size_body, TONE_INK);
    /* Numbers by the page are put into lines that were broken before (notes_set_again): those must not change, so
     * digits have to be of one width. */
    style.justify = l->style->justify[lang] && (!l->style->notes_by_page || !has_uneven_digits(l, lang))
                 && width >= l->style->justify_from * style.size;
    style.hyphenate = style.kashida = style.justify;
    return style;
}

/* Where a note's number begins to be small and raised: with the blank that parts it from a number before it, and the
 * isolate between them. A blank of full size would look like a slip. */
static uint32_t note_start(const struct rich_text *rich, uint32_t start)
{
    static const char isolate[] = "\xE2\x81", blank[] = "\xC2\xA0"; /* U+2066..U+2069 but for the last byte */
    uint32_t at = start;
    if (at >= 3 && memcmp(rich->utf8 + at - 3, isolate, 2) == 0)
        at -= 3;
    return at >= 2 && memcmp(rich->utf8 + at - 2, blank, 2) == 0 ? at - 2 : start;
}

/* English stresses by italics. Arabic has none, and stresses by colour. */
static struct text_span emphasis_of(const struct layouter *l, const struct inline_span *in, enum lang lang)
{
    return (struct text_span){ in->start, in->end, lang == LANG_EN ? TEXT_SLANT : TEXT_COLOUR, l->style->accent };
}

static size_t spans_of(const struct layouter *l, const struct rich_text *rich, enum lang lang, struct text_span **out)
{
    struct text_span *spans = arena_array(l->arena, rich->span_count, sizeof *spans);
    size_t count = 0;
    for (size_t i = 0; i < rich->span_count; i++) {
        const struct inline_span *in = &rich->spans[i];
        struct text_span span = { .start = in->start, .end = in->end };
        switch (in->kind) {
        case INLINE_STRONG:
            span.attribute = TEXT_WEIGHT;
            span.value = WEIGHT_BOLD;
            break;
        case INLINE_EMPHASIS:
            span = emphasis_of(l, in, lang);
            break;
        case INLINE_LINK:
            span.attribute = TEXT_COLOUR;
            span.value = l->style->accent;
            break;
        case INLINE_CODE:
            span.attribute = TEXT_ROLE;
            span.value = FONT_DATA;
            break;
        case INLINE_NOTE_REF:
            span.start = note_start(rich, in->start);
            span.attribute = TEXT_SUPERSCRIPT;
            span.value = 1;
            break;
        case INLINE_VALUE:
        case INLINE_HEDGE:
            continue;
        }
        spans[count++] = span;
    }
    *out = spans;
    return count;
}

/* What stands before the first place, as the number of a figure before its caption, is there too. */
static struct place rich_place(const void *context, uint32_t offset)
{
    const struct rich_text *rich = context;
    struct place at = rich->place_count > 0 ? rich->places[0].at : (struct place){ 0 };
    uint32_t from = offset;
    for (size_t i = 0; i < rich->place_count && rich->places[i].offset <= offset; i++) {
        at = rich->places[i].at;
        from = rich->places[i].offset;
    }
    if (at.col)
        at.col += (uint32_t)utf8_count(rich->utf8 + from, offset - from);
    return at;
}

const char *plain_text(struct layouter *l, const char *utf8, size_t length)
{
    return utf8_plain(utf8, length, l->arena);
}

struct rich_text text_of_words(struct layouter *l, const char *words, struct place at)
{
    struct inline_place place = { 0, at };
    if (!words)
        words = "";
    return (struct rich_text){ .utf8 = words, .length = (uint32_t)strlen(words), .place_count = 1,
                               .places = arena_copy(l->arena, &place, sizeof place) };
}

static const struct text_block *lay(struct layouter *l, const struct rich_text *rich, const struct text_style *style,
                                    float width)
{
    struct text_span *spans;
    size_t count = spans_of(l, rich, style->lang, &spans);
    return text_layout(l->text, rich->utf8 ? rich->utf8 : "", rich->length, spans, count, style, width, rich_place,
                       rich, l->arena, l->diags);
}

const struct text_block *set_passing(struct layouter *l, const struct rich_text *rich, struct text_style style,
                                     float width, struct arena *passing)
{
    struct arena *arena = l->arena;
    arena_clear(passing);
    l->arena = passing;
    const struct text_block *block = lay(l, notes_number(l, rich, style.lang), &style, width);
    l->arena = arena;
    return block;
}

float set_width(struct layouter *l, const struct rich_text *rich, struct text_style style)
{
    struct arena *passing = arena_new();
    float width = set_passing(l, rich, style, 0, passing)->width;
    arena_drop(passing);
    return width;
}

float plain_width(struct layouter *l, const char *utf8, struct place at, struct text_style style)
{
    const struct rich_text rich = text_of_words(l, utf8, at);
    return set_width(l, &rich, style);
}

/* Longer than any page: such a text would be set again for each of the pages that it stands on. */
enum { LONG_TEXT = 16 * 1024 };

/* Most texts have a style of few. Not of a page that is drawn: its arena goes with it. */
static const struct text_style *keep_style(struct layouter *l, const struct text_style *style)
{
    for (size_t i = 0; i < STYLES_KEPT && l->again[i]; i++)
        if (memcmp(l->again[i], style, sizeof *style) == 0)
            return l->again[i];
    return l->again[l->again_count++ % STYLES_KEPT] = arena_copy(l->arena, style, sizeof *style);
}

struct set_text set_open(struct layouter *l, const struct rich_text *rich, struct text_style style, float x,
                         float width, struct scene_tag *tag)
{
    struct set_text set = { .rich = notes_number(l, rich, style.lang), .lang = style.lang, .x = x, .width = width,
                            .tag = tag };
    set.numbered = set.rich != rich;
    bool kept = set.numbered || rich->length <= l->room || rich->length > LONG_TEXT;
    if (kept)
        l->room -= rich->length < l->room ? rich->length : l->room;
    if (set.numbered)
        set.style = arena_copy(l->arena, &style, sizeof style);
    else if (!kept)
        set.style = keep_style(l, &style);
    return set;
}

void set_fill(struct layouter *l, struct set_text *set, const struct text_style *style)
{
    bool kept = !set->style || set->numbered;
    struct arena *arena = l->arena, *passing = kept ? NULL : arena_new();
    l->arena = kept ? arena : passing;
    const struct text_block *block = lay(l, set->rich, style, set->width);
    l->arena = arena;
    set->lines = block->line_count;
    set->block = kept ? block : NULL;
    arena_drop(passing);
}

struct set_text set_rich(struct layouter *l, const struct rich_text *rich, struct text_style style, float x,
                         float width, struct scene_tag *tag)
{
    struct set_text set = set_open(l, rich, style, x, width, tag);
    set_fill(l, &set, &style);
    return set;
}

struct set_text set_plain(struct layouter *l, const char *utf8, struct place at, struct text_style style, float x,
                          float width, struct scene_tag *tag)
{
    const struct rich_text words = text_of_words(l, utf8, at);
    return set_rich(l, arena_copy(l->arena, &words, sizeof words), style, x, width, tag);
}

const struct text_block *set_block(struct layouter *l, const struct set_text *set)
{
    if (set->block || !set->style)
        return set->block;
    struct diags *diags = l->diags;
    l->diags = diags_new(); /* what there is to say of the text has been said */
    const struct text_block *block = lay(l, set->rich, set->style, set->width);
    diags_drop(l->diags);
    l->diags = diags;
    return block;
}

struct set_text set_even(struct layouter *l, const struct rich_text *rich, struct text_style style, float x,
                         float width, struct scene_tag *tag)
{
    struct set_text best = set_rich(l, rich, style, x, width, tag);
    struct diags *diags = l->diags;
    if (set_lines(&best) < 2)
        return best;
    l->diags = diags_new(); /* of widths that are only tried */
    for (float part = 0.95f; part > 0.45f; part -= 0.05f) {
        float narrow = width * part, left = lang_dir(style.lang) == DIR_RTL ? x + width - narrow : x;
        struct set_text even = set_rich(l, rich, style, left, narrow, tag);
        if (set_lines(&even) > set_lines(&best) || diags_count(l->diags) > 0)
            break;
        best = even;
    }
    diags_drop(l->diags);
    l->diags = diags;
    return best;
}

size_t set_lines(const struct set_text *set)
{
    return set->lines;
}

/* Left and right edge, from the line's own left, of the clusters whose text begins in [start, end) of the
 * laid-out string. False when there are none. */
static bool span_extent(const struct text_line *line, uint32_t start, uint32_t end, float *left, float *right)
{
    bool found = false;
    struct text_cluster c;
    for (struct text_walk walk = { .line = line }; text_walk_next(&walk, &c);) {
        uint32_t at = line->start + c.start;
        if (at < start || at >= end)
            continue;
        if (!found || c.x < *left)
            *left = c.x;
        if (!found || c.x + c.advance > *right)
            *right = c.x + c.advance;
        found = true;
    }
    return found;
}

/* The link's element, one for all of its lines on the page: of a note's number inside a Reference. */
static struct scene_tag *link_tag(struct layouter *l, const struct set_text *set, const struct inline_span *span)
{
    if (span->kind == INLINE_LINK)
        return tag_with_lang(l, set->tag, TAG_LINK, set->lang);
    return scene_tag_new(l->scene, tag_with_lang(l, set->tag, TAG_REFERENCE, set->lang), TAG_LINK);
}

static bool is_link(const struct inline_span *span)
{
    return span->kind == INLINE_LINK || span->kind == INLINE_NOTE_REF;
}

/* The part of the link that stands on the line; false when none does. */
static bool add_link(struct layouter *l, const struct set_text *set, const struct inline_span *span,
                     const struct text_line *line, size_t page, float x, float y, struct scene_tag **tag)
{
    float left = 0, right = 0;
    if (!span_extent(line, span->start, span->end, &left, &right))
        return false;
    *tag = *tag ? *tag : link_tag(l, set, span);
    struct scene_link link = { .left = x + left, .right = x + right, .top = y - line->ascent,
                               .bottom = y + line->descent, .tag = *tag };
    if (span->kind == INLINE_NOTE_REF) {
        note_referred(l, span->note, set->lang, page, link.top);
        link.dest = note_dest(l, span->note, page);
        link.description = arena_printf(l->arena, set->lang == LANG_AR ? "الحاشية %s" : "Note %s",
                                        note_number(l, span->note, set->lang));
    } else {
        link.dest = span->url[0] == '#' ? span->url + 1 : NULL;
        link.url = span->url[0] == '#' ? NULL : span->url;
        link.description = plain_text(l, set->rich->utf8 + span->start, span->end - span->start);
    }
    scene_link_add(l->scene, page, link);
    return true;
}

/* `tags`: of the text's spans, once they are made. */
static void draw_line(struct layouter *l, const struct set_text *set, const struct text_line *line, size_t page,
                      float y, struct scene_tag *tags[])
{
    float x = layouter_left(l, page) + set->x + line->x;
    if (line->piece_count == 0)
        return;
    scene_text(l->scene, page, line, x, y);
    if (!tags)
        return;
    struct scene_span *parts = NULL;
    size_t count = 0;
    for (size_t i = 0; i < set->rich->span_count; i++) {
        const struct inline_span *span = &set->rich->spans[i];
        if (!is_link(span) || !add_link(l, set, span, line, page, x, y, &tags[i]))
            continue;
        parts = arena_grow(l->arena, parts, count, sizeof *parts);
        parts[count++] = (struct scene_span){ span->start > line->start ? span->start - line->start : 0,
                                              span->end - line->start, tags[i] };
    }
    if (count > 0)
        scene_text_spans(l->scene, page, parts, (uint32_t)count);
}

/* Room for the elements of the text's links; NULL where it has none, or stands in an artifact. */
static struct scene_tag **make_tags(struct layouter *l, const struct set_text *set)
{
    bool any = false;
    for (size_t i = 0; set->tag && set->rich && i < set->rich->span_count; i++)
        any |= is_link(&set->rich->spans[i]);
    return any ? arena_array(l->arena, set->rich->span_count, sizeof(struct scene_tag *)) : NULL;
}

void set_draw(struct layouter *l, const struct set_text *set, size_t from, size_t to, size_t page, float y,
              float pitch)
{
    struct set_text again;
    if (set->numbered) {
        again = notes_set_again(l, set);
        set = &again;
    }
    const struct text_block *block = set_block(l, set);
    struct scene_tag **tags = make_tags(l, set);
    for (size_t i = from; i < to && i < set_lines(set); i++)
        draw_line(l, set, &block->lines[i], page, y + (float)(i - from) * pitch, tags);
}

void set_draw_tagged(struct layouter *l, const struct set_text *set, size_t from, size_t to, size_t page,
                     float y, float pitch)
{
    if (from >= set_lines(set) || from >= to)
        return;
    struct set_text whole = *set;
    whole.block = set_block(l, set);
    if (from == 0 && set->dest)
        scene_dest_add(l->scene, set->dest, page, y - whole.block->lines[0].ascent);
    scene_tag_begin(l->scene, page, set->tag);
    set_draw(l, &whole, from, to, page, y, pitch);
    scene_tag_end(l->scene, page);
}

void set_source(struct layouter *l, const struct set_text *set, size_t from, size_t to, size_t page, float top,
                float pitch, struct place at)
{
    to = to < set_lines(set) ? to : set_lines(set);
    if (from >= to)
        return;
    float left = layouter_left(l, page) + set->x;
    struct place own = set->rich ? rich_place(set->rich, set_block(l, set)->lines[from].start) : at;
    scene_source_add(l->scene, page, (struct scene_source){
        left, top, left + set->width, top + (float)(to - from) * pitch, own.file ? own : at });
}
