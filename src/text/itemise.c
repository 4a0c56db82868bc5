/*
 * Itemising: the string becomes runs of one font and direction (by Pango), and these become shaped words and
 * spaces. Knows nothing of where lines break.
 */
#include "text/job.h"

#include "base/utf8.h"
#include "text/bidi.h"
#include "text/levels.h"

#include <string.h>

enum { TAB_SPACES = 8 };

/* One paragraph of the string on its way; a separator ends it. */
struct paragraph {
    struct text_run *runs;
    size_t run_count, run; /* the run that the next unit begins in or before */
    double x;              /* natural width so far */
};

struct unit *job_add_unit(struct job *job, uint32_t start)
{
    job->units = arena_grow(job->scratch, job->units, job->unit_count, sizeof *job->units);
    struct unit *unit = &job->units[job->unit_count++];
    unit->start = start;
    return unit;
}

double job_points(const struct text_run *run, int32_t units)
{
    return (double)units * (double)run->size / run->how.face->upem;
}

/* --- fonts --- */

static void add_font(const struct job *job, PangoAttrList *list, struct look look, enum lang script,
                     uint32_t start, uint32_t end)
{
    PangoAttribute *a =
        pango_attr_font_desc_new(engine_description(job->engine, look, script, job->style));
    a->start_index = start;
    a->end_index = end;
    pango_attr_list_insert(list, a);
}

static bool same_font(struct look a, struct look b)
{
    return a.role == b.role && a.weight == b.weight && a.superscript == b.superscript;
}

/* One font attribute for each stretch that has one face and size. */
static PangoAttrList *fonts_of(const struct job *job)
{
    PangoAttrList *list = pango_attr_list_new();
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

static void take_item(const struct job *job, struct paragraph *p, PangoItem *item)
{
    struct text_run *run = &p->runs[p->run_count++];
    const PangoAnalysis *a = &item->analysis;
    const struct engine_font *font = engine_font_of(job->engine, a->font);
    run->start = (uint32_t)item->offset;
    run->end = run->start + (uint32_t)item->length;
    run->how.face = font->face ? font->face : font_set_face(job->engine->fonts, 0);
    run->how.language = hb_language_from_string(pango_language_to_string(a->language), -1);
    run->how.script = (hb_script_t)g_unicode_script_to_iso15924((GUnicodeScript)a->script);
    run->how.rtl = a->level & 1;
    run->size = font->size;
    run->level = a->level;
}

static size_t count_runs(uint32_t length, const uint8_t *levels)
{
    size_t count = 0;
    for (uint32_t i = 1; levels && i < length; i++)
        count += levels[i] != levels[i - 1];
    return count;
}

/* Gives the last run its level, and parts it where another begins. `levels`: of the bytes from `start` on. */
static void set_levels(struct paragraph *p, uint32_t start, const uint8_t *levels)
{
    struct text_run *run = &p->runs[p->run_count - 1];
    for (uint32_t at = run->start; at < run->end; at++) {
        uint8_t level = levels[at - start];
        if (at > run->start && level != run->level) {
            p->runs[p->run_count++] = *run;
            run->end = at;
            run++;
            run->start = at;
        }
        run->level = level;
        run->how.rtl = level & 1;
    }
}

static void find_runs(const struct job *job, struct paragraph *p, uint32_t start, uint32_t end,
                      PangoAttrList *fonts)
{
    GList *items = pango_itemize(job->engine->context, job->text, (int)start, (int)(end - start), fonts, NULL);
    const uint8_t *levels = levels_of(job->text + start, end - start, lang_dir(job->style->lang), job->scratch);
    p->runs = arena_array(job->scratch, g_list_length(items) + count_runs(end - start, levels), sizeof *p->runs);
    for (GList *i = items; i; i = i->next) {
        take_item(job, p, i->data);
        if (levels)
            set_levels(p, start, levels);
        pango_item_free(i->data);
    }
    g_list_free(items);
}

/* --- words and spaces --- */

/* Stops stand eight spaces apart, counted from the paragraph's start. */
static double width_of_tab(const struct job *job, const struct paragraph *p, const struct text_run *run)
{
    struct look look = { .role = job->style->role, .weight = job->style->weight };
    const struct engine_font *font = engine_first_font(job->engine, look, job->style->lang, job->style);
    struct text_run own = { .how = run->how, .size = font->size };
    own.how.face = font->face;
    int32_t space = shaper_shape(job->engine->shaper, &own.how, (struct shape_piece){ " ", 1, 0, 1 })->advance;
    double stop = TAB_SPACES * job_points(&own, space);
    return stop > 0 ? stop - (p->x - stop * (double)(long)(p->x / stop)) : 0;
}

/* Bytes [start, end) of the string in the context of the word [from, to). */
static struct unit *add_shaped(struct job *job, struct paragraph *p, const struct text_run *run,
                               uint32_t start, uint32_t end, uint32_t from, uint32_t to)
{
    struct unit *unit = job_add_unit(job, start);
    unit->run = run;
    unit->base = start;
    unit->end = end;
    unit->piece = (struct shape_piece){ job->text + from, to - from, start - from, end - from };
    unit->shaped = shaper_shape(job->engine->shaper, &run->how, unit->piece);
    unit->count = unit->shaped->count;
    unit->width = job_points(run, unit->shaped->advance);
    p->x += unit->width;
    return unit;
}

static const struct text_run *run_at(struct paragraph *p, uint32_t offset)
{
    while (p->run + 1 < p->run_count && p->runs[p->run].end <= offset)
        p->run++;
    return &p->runs[p->run];
}

static void add_word(struct job *job, struct paragraph *p, uint32_t from, uint32_t to)
{
    for (uint32_t start = from; start < to;) {
        const struct text_run *run = run_at(p, start);
        uint32_t end = run->end < to && run->end > start ? run->end : to;
        add_shaped(job, p, run, start, end, from, to);
        start = end;
    }
}

static bool is_separator(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/* The space between a figure and the number of its note keeps its width: they belong together. */
static bool is_before_note(const struct job *job, uint32_t offset)
{
    const char *p = job->text + offset, *next = p, *end = job->text + job->length;
    while (next < end && bidi_is_control(utf8_next(&next)))
        p = next; /* the number is isolated */
    uint32_t until = job->length;
    return look_at(job->spans, job->span_count, job->style, (uint32_t)(p - job->text), &until).superscript;
}

static void add_space(struct job *job, struct paragraph *p, uint32_t start, uint32_t end, uint32_t c)
{
    const struct text_run *run = run_at(p, start);
    struct unit *unit;
    if (is_separator(c) || c == '\t') {
        unit = job_add_unit(job, start);
        unit->run = run;
        unit->base = start;
        unit->end = end;
        unit->kind = c == '\t' ? UNIT_TAB : UNIT_BLANK;
        unit->width = c == '\t' ? width_of_tab(job, p, run) : 0;
        unit->is_line_separator = c == 0x2028;
        unit->behind = unit->is_line_separator ? UNIT_ENDS : UNIT_STAYS;
        p->x += unit->width;
    } else {
        unit = add_shaped(job, p, run, start, end, start, end);
        bool stretches = c == ' ' || (c == 0x00A0 && !is_before_note(job, end));
        unit->kind = stretches ? UNIT_SPACE : UNIT_BLANK;
    }
    unit->trimmed = c != 0x00A0;
}

/* White space that no letter joins across. U+202F keeps a number together: it is part of a word. */
static bool is_parting(uint32_t c, const char *next, const char *end)
{
    if (!bidi_is_space(c) && !is_separator(c))
        return false;
    return c != 0x202F && (next == end || !bidi_is_combining(utf8_next(&next)));
}

static void add_units(struct job *job, struct paragraph *p, uint32_t start, uint32_t end)
{
    uint32_t word = start;
    const char *stop = job->text + end;
    for (const char *at = job->text + start; at < stop;) {
        uint32_t here = (uint32_t)(at - job->text);
        uint32_t c = utf8_next(&at);
        if (!is_parting(c, at, stop))
            continue;
        add_word(job, p, word, here);
        word = (uint32_t)(at - job->text);
        add_space(job, p, here, word, c);
    }
    add_word(job, p, word, end);
}

/* The separator that ends a paragraph: a unit without clusters, so that no line counts it. */
static void add_separator(struct job *job, struct paragraph *p, uint32_t start, uint32_t end)
{
    static const struct text_run none = { 0 };
    struct unit *unit = job_add_unit(job, start);
    unit->kind = UNIT_BLANK;
    unit->run = p->run_count ? &p->runs[p->run_count - 1] : &none;
    unit->base = start;
    unit->end = end;
    unit->trimmed = true;
    unit->behind = UNIT_ENDS;
}

void itemise(struct job *job)
{
    PangoContext *context = job->engine->context;
    bool rtl = lang_dir(job->style->lang) == DIR_RTL;
    pango_context_set_base_dir(context, rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(context, pango_language_from_string(lang_tag(job->style->lang)));
    PangoAttrList *fonts = fonts_of(job);
    for (uint32_t start = 0; start < job->length;) {
        int end, next;
        pango_find_paragraph_boundary(job->text + start, (int)(job->length - start), &end, &next);
        struct paragraph p = { 0 };
        if (end > 0) {
            find_runs(job, &p, start, start + (uint32_t)end, fonts);
            add_units(job, &p, start, start + (uint32_t)end);
        }
        if (next > end)
            add_separator(job, &p, start + (uint32_t)end, start + (uint32_t)next);
        start += (uint32_t)next;
    }
    pango_attr_list_unref(fonts);
}
