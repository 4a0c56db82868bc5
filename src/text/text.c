/*
 * Text layout by Pango: one string in, immutable lines of glyph clusters out.
 * Must not know what the lines are for: no page, no PDF, no drawing.
 */
#include "text/text.h"

#include "base/utf8.h"
#include "text/bidi.h"
#include "text/looks.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* HarfBuzz takes quadratic time over a run of combining marks. */
enum { MARKS_LIMIT = 32 };

/* Which of our faces a font of Pango's is. */
struct known_font {
    PangoFont *font; /* key; referenced */
    const struct font_face *face;
    UT_hash_handle hh;
};

struct text_engine {
    const struct font_set *fonts;
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;
    struct known_font *known;
};

/* One call of text_layout. */
struct job {
    struct text_engine *engine;
    const char *text;
    uint32_t length;
    const struct text_span *spans;
    size_t span_count;
    const struct text_style *style;
    float width;
    text_place_fn *at;
    const void *context;
    struct arena *arena;
    struct diags *diags;
};

/* A line while its clusters are collected. */
struct growing {
    struct text_line *line;
    struct text_cluster *clusters;
    struct text_glyph *glyphs;
    uint32_t glyph_count;
    uint32_t end; /* offset in the string behind the line's last visible character */
    double x;
};

static float points(double pango_units)
{
    return (float)(pango_units / PANGO_SCALE);
}

/* --- engine --- */

/* Unhinted outlines, so that a glyph's advance is the same at every size. */
static void substitute_no_hinting(FcPattern *pattern, gpointer unused)
{
    (void)unused;
    FcPatternDel(pattern, FC_HINTING);
    FcPatternAddBool(pattern, FC_HINTING, FcFalse);
    FcPatternDel(pattern, FC_HINT_STYLE);
    FcPatternAddInteger(pattern, FC_HINT_STYLE, FC_HINT_NONE);
}

static FcConfig *config_of(const struct font_set *fonts, struct diags *diags)
{
    FcConfig *config = FcConfigCreate();
    for (size_t i = 0; i < font_set_faces(fonts); i++) {
        const char *path = font_set_face(fonts, i)->path;
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path)) {
            diag_add(diags, DIAG_FONT_REFUSED, (struct place){ .file = path },
                     "fontconfig cannot read this font; name another file");
            FcConfigDestroy(config);
            return NULL;
        }
    }
    return config;
}

struct text_engine *text_engine_new(const struct font_set *fonts, struct diags *diags)
{
    FcConfig *config = config_of(fonts, diags);
    if (!config)
        return NULL;
    /* Pango initialises fontconfig in a thread of its own; a current configuration keeps that from reading
     * the machine's. */
    FcConfigSetCurrent(config);
    struct text_engine *e = xcalloc(1, sizeof *e);
    e->fonts = fonts;
    e->config = config;
    e->map = pango_ft2_font_map_new();
    pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(e->map), 72, 72);
    PangoFcFontMap *fc = PANGO_FC_FONT_MAP(e->map);
    pango_fc_font_map_set_config(fc, config);
    pango_fc_font_map_set_default_substitute(fc, substitute_no_hinting, NULL, NULL);
    e->context = pango_font_map_create_context(e->map);
    pango_context_set_round_glyph_positions(e->context, FALSE);
    e->layout = pango_layout_new(e->context);
    pango_layout_set_auto_dir(e->layout, FALSE);
    pango_layout_set_wrap(e->layout, PANGO_WRAP_WORD_CHAR);
    return e;
}

void text_engine_drop(struct text_engine *e)
{
    if (!e)
        return;
    struct known_font *known, *next;
    HASH_ITER(hh, e->known, known, next)
    {
        HASH_DEL(e->known, known);
        g_object_unref(known->font);
        free(known);
    }
    g_object_unref(e->layout);
    g_object_unref(e->context);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(e->map), NULL); /* else Pango 1.50 keeps its reference */
    g_object_unref(e->map);
    FcConfigDestroy(e->config);
    FcConfigSetCurrent(NULL); /* its only use was at the first start of a font map */
    free(e);
}

static const struct font_face *face_by_path(const struct font_set *fonts, const char *path)
{
    for (size_t i = 0; i < font_set_faces(fonts); i++)
        if (!strcmp(font_set_face(fonts, i)->path, path))
            return font_set_face(fonts, i);
    return NULL;
}

static const struct font_face *face_of(struct text_engine *e, PangoFont *font)
{
    struct known_font *known;
    HASH_FIND_PTR(e->known, &font, known);
    if (known)
        return known->face;
    FcChar8 *path = NULL;
    FcPatternGetString(pango_fc_font_get_pattern(PANGO_FC_FONT(font)), FC_FILE, 0, &path);
    known = xcalloc(1, sizeof *known);
    known->font = g_object_ref(font);
    known->face = path ? face_by_path(e->fonts, (const char *)path) : NULL;
    HASH_ADD_PTR(e->known, font, known);
    return known->face;
}

/* --- diagnostics --- */

static struct place place_of(const struct job *job, uint32_t offset)
{
    return job->at ? job->at(job->context, offset) : (struct place){ 0 };
}

/* A string may be measured and then laid out: what was said of a place is not said again. */
static bool is_known(const struct diags *diags, enum diag_id id, struct place at)
{
    for (size_t i = diags_count(diags); i-- > 0;) {
        const struct diag *d = diags_get(diags, i);
        if (d->id == id && d->at.line == at.line && d->at.col == at.col && d->at.file && at.file &&
            !strcmp(d->at.file, at.file))
            return true;
    }
    return false;
}

static void report_missing(const struct job *job, uint32_t offset, uint32_t code_point)
{
    struct place at = place_of(job, offset);
    if (!is_known(job->diags, DIAG_TEXT_GLYPH_MISSING, at))
        diag_add(job->diags, DIAG_TEXT_GLYPH_MISSING, at,
                 "no font has U+%04X; write it with another character, or list a family that has it",
                 code_point);
}

static void report_wide(const struct job *job, uint32_t offset)
{
    struct place at = place_of(job, offset);
    if (!is_known(job->diags, DIAG_TEXT_WORD_WIDE, at))
        diag_add(job->diags, DIAG_TEXT_WORD_WIDE, at,
                 "a word is wider than its column and was broken; shorten it, or put a space into it");
}

static bool marks_within_limit(const struct job *job)
{
    int marks = 0;
    for (const char *p = job->text; p < job->text + job->length;) {
        uint32_t offset = (uint32_t)(p - job->text);
        marks = bidi_is_combining(utf8_next(&p)) ? marks + 1 : 0;
        if (marks > MARKS_LIMIT) {
            diag_add(job->diags, DIAG_TEXT_MARKS, place_of(job, offset),
                     "more than %d combining marks follow each other; a letter carries a few", MARKS_LIMIT);
            return false;
        }
    }
    return true;
}

/* --- attributes --- */

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, uint32_t start, uint32_t end)
{
    attribute->start_index = start;
    attribute->end_index = end;
    pango_attr_list_insert(list, attribute);
}

static PangoFontDescription *description_of(const struct job *job, struct look look, enum lang script)
{
    const struct font_set *fonts = job->engine->fonts;
    enum lang other = script == LANG_AR ? LANG_EN : LANG_AR;
    char *families = g_strdup_printf("%s,%s", font_set_family(fonts, look.role, script),
                                     font_set_family(fonts, look.role, other));
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, families);
    pango_font_description_set_weight(d,
                                      look.weight == WEIGHT_BOLD ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(d, (double)look_size(look, script, job->style) * PANGO_SCALE);
    g_free(families);
    return d;
}

static bool same_font(struct look a, struct look b)
{
    return a.role == b.role && a.weight == b.weight && a.superscript == b.superscript;
}

static void add_font(const struct job *job, PangoAttrList *list, struct look look, enum lang script,
                     uint32_t start, uint32_t end)
{
    PangoFontDescription *d = description_of(job, look, script);
    add_attribute(list, pango_attr_font_desc_new(d), start, end);
    pango_font_description_free(d);
}

/* No line ends at a hyphen inside a word ("al-Sudani"): readers of the file would join its halves into
 * another word, since a hyphen at a line's end is taken for one that hyphenation put there. */
static void keep_hyphens(const struct job *job, PangoAttrList *list)
{
    for (uint32_t i = 0; i + 1 < job->length; i++)
        if (job->text[i] == '-')
            add_attribute(list, pango_attr_allow_breaks_new(FALSE), i, i + 2);
}

/* The offset `count` visible characters before `end`. */
static uint32_t back_from(const struct job *job, uint32_t end, int count)
{
    while (end > 0 && count > 0) {
        do
            end--;
        while (end > 0 && (job->text[end] & 0xC0) == 0x80);
        const char *p = job->text + end;
        count -= !bidi_is_control(utf8_next(&p));
    }
    return end;
}

/* A note's number stays with the word before it. */
static void keep_notes(const struct job *job, PangoAttrList *list)
{
    for (size_t i = 0; i < job->span_count; i++)
        if (job->spans[i].attribute == TEXT_SUPERSCRIPT && job->spans[i].start > 0)
            add_attribute(list, pango_attr_allow_breaks_new(FALSE), back_from(job, job->spans[i].start, 2),
                          job->spans[i].end);
}

/* No paragraph ends in a line of a few letters: it looks lost, and a reader that tells a line's direction from
 * its letters may tell a short one wrong. Columns of a table are too narrow for that. */
static void keep_tail(const struct job *job, PangoAttrList *list)
{
    enum { TAIL = 16, WIDE = 18 /* ems */ };
    uint32_t tail = back_from(job, job->length, TAIL);
    if (job->width > WIDE * job->style->size && tail > 0)
        add_attribute(list, pango_attr_allow_breaks_new(FALSE), tail, job->length);
}

/* One font attribute for each stretch that has one face and size. */
static PangoAttrList *attributes_of(const struct job *job)
{
    PangoAttrList *list = pango_attr_list_new();
    add_attribute(list, pango_attr_insert_hyphens_new(FALSE), 0, job->length);
    keep_hyphens(job, list);
    keep_notes(job, list);
    keep_tail(job, list);
    uint32_t start = 0, until = 0;
    struct look look = { 0 }, next = { 0 };
    enum lang script = job->style->lang;
    for (const char *p = job->text; p < job->text + job->length;) {
        uint32_t offset = (uint32_t)(p - job->text);
        if (offset >= until) {
            until = job->length;
            next = look_at(job->spans, job->span_count, job->style, offset, &until);
        }
        enum lang next_script = look_script(utf8_next(&p), script, job->style);
        if (offset > start && (next_script != script || !same_font(look, next))) {
            add_font(job, list, look, script, start, offset);
            start = offset;
        }
        look = next;
        script = next_script;
    }
    if (job->length > start)
        add_font(job, list, look, script, start, job->length);
    return list;
}

/* --- lines --- */

/* Moves a cluster's glyphs into the line. Missing glyphs are reported and leave no ink. */
static void take_glyphs(const struct job *job, struct growing *g, struct text_cluster *c,
                        const PangoGlyphString *from, int first, int end, const struct font_face *face)
{
    double pen = 0;
    c->first_glyph = g->glyph_count;
    for (int i = first; i < end; i++) {
        const PangoGlyphInfo *info = &from->glyphs[i];
        if (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG && info->glyph != PANGO_GLYPH_EMPTY) {
            report_missing(job, c->start, info->glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
        } else if (info->glyph != PANGO_GLYPH_EMPTY) {
            g->glyphs[g->glyph_count++] = (struct text_glyph){
                .id = info->glyph,
                .x = points(pen + info->geometry.x_offset),
                .y = -points(info->geometry.y_offset),
                .advance = points(info->geometry.width),
            };
        }
        pen += info->geometry.width;
    }
    c->advance = points(pen);
    c->glyph_count = g->glyph_count - c->first_glyph;
    c->face = c->glyph_count ? face : NULL;
}

static void take_cluster(const struct job *job, struct growing *g, const PangoGlyphItemIter *it,
                         const struct font_face *face)
{
    int first = it->start_glyph, end = it->end_glyph, from = it->start_index, to = it->end_index;
    if (first > end) { /* right-to-left runs: (end, start] */
        int old = first;
        first = end + 1;
        end = old + 1;
    }
    if (from > to) {
        int old = from;
        from = to;
        to = old;
    }
    if ((uint32_t)from >= g->end)
        return; /* white space at the break */
    struct text_cluster *c = &g->clusters[g->line->cluster_count++];
    c->start = (uint32_t)from;
    c->length = (uint32_t)(to - from);
    c->level = it->glyph_item->item->analysis.level;
    uint32_t until = job->length;
    struct look look = look_at(job->spans, job->span_count, job->style, c->start, &until);
    c->rgb = look.rgb;
    c->rise = look_rise(look, job->style);
    c->x = points(g->x);
    take_glyphs(job, g, c, it->glyph_item->glyphs, first, end, face);
    for (int i = first; i < end; i++)
        g->x += it->glyph_item->glyphs->glyphs[i].geometry.width;
    c->start -= g->line->start;
}

static float size_of_font(PangoFont *font)
{
    PangoFontDescription *d = pango_font_describe_with_absolute_size(font);
    float size = points(pango_font_description_get_size(d));
    pango_font_description_free(d);
    return size;
}

static void take_run(const struct job *job, struct growing *g, PangoGlyphItem *run)
{
    PangoFont *font = run->item->analysis.font;
    const struct font_face *face = face_of(job->engine, font);
    float size = size_of_font(font);
    bool rtl = run->item->analysis.level & 1;
    uint32_t before = g->line->cluster_count;
    PangoGlyphItemIter it;
    gboolean more = rtl ? pango_glyph_item_iter_init_end(&it, run, job->text)
                        : pango_glyph_item_iter_init_start(&it, run, job->text);
    while (more) {
        take_cluster(job, g, &it, face);
        more = rtl ? pango_glyph_item_iter_prev_cluster(&it) : pango_glyph_item_iter_next_cluster(&it);
    }
    for (uint32_t i = before; i < g->line->cluster_count; i++)
        g->clusters[i].size = size;
}

static bool is_trimmed(uint32_t c)
{
    return c == 0x2028 || c == '\n' || c == '\r' || (bidi_is_space(c) && c != 0x00A0 && c != 0x202F);
}

/* Where the line's text ends once the white space at its break is gone. Isolates may close behind that space:
 * they are no text, and stay in the next line's account. */
static uint32_t visible_end(const struct job *job, uint32_t start, uint32_t end)
{
    uint32_t visible = start;
    for (const char *p = job->text + start; p < job->text + end;) {
        uint32_t c = utf8_next(&p);
        if (!is_trimmed(c))
            visible = (uint32_t)(p - job->text);
    }
    return visible;
}

/* Ascent and descent of the paragraph's own face: the same for all of its lines, whatever stands in them. */
static void measure_font(const struct job *job, float *ascent, float *descent)
{
    const struct text_style *style = job->style;
    struct look look = { .role = style->role, .weight = style->weight };
    PangoFontDescription *d = description_of(job, look, style->lang);
    PangoFont *font = pango_font_map_load_font(job->engine->map, job->engine->context, d);
    hb_font_extents_t extents;
    hb_font_get_h_extents(pango_font_get_hb_font(font), &extents);
    *ascent = points(extents.ascender);
    *descent = -points(extents.descender);
    g_object_unref(font);
    pango_font_description_free(d);
}

static void count_glyphs(PangoLayoutLine *from, uint32_t *glyphs)
{
    *glyphs = 0;
    for (GSList *run = from->runs; run; run = run->next)
        *glyphs += (uint32_t)((PangoGlyphItem *)run->data)->glyphs->num_glyphs;
}

static void take_line(const struct job *job, PangoLayoutLine *from, struct text_line *line)
{
    const struct text_style *style = job->style;
    uint32_t start = (uint32_t)from->start_index;
    struct growing g = { .line = line, .end = visible_end(job, start, start + (uint32_t)from->length) };
    line->start = start;
    line->length = g.end - start;
    line->text = arena_string_n(job->arena, job->text + start, line->length);
    line->dir = lang_dir(style->lang);
    line->lang = style->lang;
    line->role = style->role;
    line->weight = style->weight;
    line->size = style->size;
    uint32_t room;
    count_glyphs(from, &room);
    g.clusters = arena_array(job->arena, room + 1, sizeof *g.clusters);
    g.glyphs = arena_array(job->arena, room + 1, sizeof *g.glyphs);
    for (GSList *run = from->runs; run; run = run->next)
        take_run(job, &g, run->data);
    line->clusters = g.clusters;
    line->glyphs = g.glyphs;
    line->width = points(g.x);
}

static void align(struct text_line *line, float width, enum text_align how)
{
    bool left = (how == TEXT_START) == (line->dir == DIR_LTR);
    if (width <= 0)
        line->x = 0;
    else if (how == TEXT_CENTRE)
        line->x = (width - line->width) / 2;
    else
        line->x = left ? 0 : width - line->width;
}

static void prepare(const struct job *job)
{
    struct text_engine *e = job->engine;
    pango_context_set_base_dir(e->context, lang_dir(job->style->lang) == DIR_RTL ? PANGO_DIRECTION_RTL
                                                                                 : PANGO_DIRECTION_LTR);
    pango_context_set_language(e->context, pango_language_from_string(lang_tag(job->style->lang)));
    pango_layout_set_text(e->layout, job->text, (int)job->length);
    PangoAttrList *attributes = attributes_of(job);
    pango_layout_set_attributes(e->layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(e->layout, job->width > 0 ? (int)((double)job->width * PANGO_SCALE) : -1);
}

/* Offset of the last place at or before `offset` (character `position`) where a line may break. */
static uint32_t word_start(const struct job *job, const PangoLogAttr *attrs, size_t position, uint32_t offset)
{
    const char *p = job->text + offset;
    while (position > 0 && !attrs[position].is_line_break) {
        position--;
        do
            p--;
        while (((unsigned char)*p & 0xC0) == 0x80);
    }
    return (uint32_t)(p - job->text);
}

/* A line that ends where no line may end broke a word. */
static void check_breaks(const struct job *job, const struct text_block *block)
{
    int count;
    const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly(job->engine->layout, &count);
    size_t position = 0;
    for (size_t i = 1; i < block->line_count; i++) {
        uint32_t before = block->lines[i - 1].start, start = block->lines[i].start;
        position += utf8_count(job->text + before, start - before);
        if (position < (size_t)count && !attrs[position].is_line_break)
            report_wide(job, word_start(job, attrs, position, start));
    }
}

const struct text_block *text_layout(struct text_engine *engine, const char *utf8, uint32_t length,
                                     const struct text_span *spans, size_t span_count,
                                     const struct text_style *style, float width, text_place_fn *at,
                                     const void *context, struct arena *arena, struct diags *diags)
{
    struct job job = { engine, utf8, length, spans, span_count, style, width, at, context, arena, diags };
    if (!marks_within_limit(&job))
        job.length = 0;
    prepare(&job);
    struct text_block *block = arena_alloc(arena, sizeof *block);
    block->line_count = (size_t)pango_layout_get_line_count(engine->layout);
    struct text_line *lines = arena_array(arena, block->line_count, sizeof *lines);
    float ascent, descent;
    measure_font(&job, &ascent, &descent);
    GSList *from = pango_layout_get_lines_readonly(engine->layout);
    for (size_t i = 0; i < block->line_count; i++, from = from->next) {
        take_line(&job, from->data, &lines[i]);
        lines[i].ascent = ascent;
        lines[i].descent = descent;
        align(&lines[i], width, style->align);
        if (lines[i].width > block->width)
            block->width = lines[i].width;
    }
    for (size_t i = 0; i + 1 < block->line_count; i++)
        lines[i].continues = lines[i].start + lines[i].length < lines[i + 1].start;
    block->lines = lines;
    if (width > 0)
        check_breaks(&job, block);
    return block;
}
