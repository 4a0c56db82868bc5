/*
 * Itemising: the string's runs become shaped words and spaces. Knows nothing of where lines break.
 */
#include "text/runs.h"

#include "base/utf8.h"
#include "text/bidi.h"

#include <string.h>

enum { TAB_SPACES = 8 };

/* One paragraph of the string on its way; a separator ends it. */
struct paragraph {
    const struct text_run *runs;
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

static bool goes_on(const struct job *job, uint32_t offset)
{
    return offset < job->length && (job->text[offset] & 0xC0) == 0x80;
}

/* In the word [from, to), of which HarfBuzz looks at five characters on either side; the shaper keeps all that it is
 * given, and there may be many pieces in a long word. */
static struct shape_piece piece_of(const struct job *job, uint32_t start, uint32_t end, uint32_t from, uint32_t to)
{
    enum { CONTEXT = 24 }; /* bytes */
    from = start - from > CONTEXT ? start - CONTEXT : from;
    to = to - end > CONTEXT ? end + CONTEXT : to;
    while (goes_on(job, from))
        from++;
    while (goes_on(job, to))
        to--;
    return (struct shape_piece){ job->text + from, to - from, start - from, end - from };
}

/* Bytes [start, end) of the string in the context of the word [from, to). */
static struct unit *add_shaped(struct job *job, struct paragraph *p, const struct text_run *run,
                               uint32_t start, uint32_t end, uint32_t from, uint32_t to)
{
    struct unit *unit = job_add_unit(job, start);
    unit->run = run;
    unit->base = start;
    unit->end = end;
    unit->piece = piece_of(job, start, end, from, to);
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

/* An italic's last letter leans over its advance, and may run into what stands upright behind it. Half of what it leans
 * is room enough, as a bracket or quotation mark brings some too. */
static void make_room_behind(struct job *job, struct paragraph *p, struct unit *unit)
{
    const struct shaped *shaped = unit->shaped;
    struct shaper *shaper = job->engine->shaper;
    int32_t over = shaper_overhang(shaper, unit->run->how.face, shaped, &shaped->clusters[shaped->count - 1]) / 2;
    if (over == 0)
        return;
    struct shaped *with = arena_copy(job->arena, shaped, sizeof *with);
    struct shaped_cluster *clusters = arena_copy(job->arena, shaped->clusters, shaped->count * sizeof *clusters);
    clusters[shaped->count - 1].advance += over;
    with->clusters = clusters;
    with->advance += over;
    unit->shaped = with;
    unit->width += job_points(unit->run, over);
    p->x += job_points(unit->run, over);
}

/* Stops are too low to be met by a leaning letter. */
static bool leans_on_next(const struct job *job, const struct text_run *run, const struct text_run *next, uint32_t end)
{
    return run->how.face->upright && !next->how.face->upright && !strchr(".,:;", job->text[end]);
}

static void add_word(struct job *job, struct paragraph *p, uint32_t from, uint32_t to)
{
    for (uint32_t start = from; start < to;) {
        const struct text_run *run = run_at(p, start);
        uint32_t end = run->end < to && run->end > start ? run->end : to;
        struct unit *unit = add_shaped(job, p, run, start, end, from, to);
        if (end < to && leans_on_next(job, run, run_at(p, end), end))
            make_room_behind(job, p, unit);
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
    for (uint32_t start = 0; start < job->length;) {
        int end, next;
        pango_find_paragraph_boundary(job->text + start, (int)(job->length - start), &end, &next);
        struct paragraph p = { 0 };
        if (end > 0) {
            struct text_runs found;
            if (!runs_of_plain(job, start, start + (uint32_t)end, &found))
                found = runs_by_pango(job, start, start + (uint32_t)end);
            runs_slant(job, &found);
            p.runs = found.runs;
            p.run_count = found.count;
            add_units(job, &p, start, start + (uint32_t)end);
        }
        if (next > end)
            add_separator(job, &p, start + (uint32_t)end, start + (uint32_t)next);
        start += (uint32_t)next;
    }
}
