/*
 * Text layout: one string in, immutable lines of glyph clusters out. Here the lines are chosen and filled.
 * Must not know what the lines are for: no page, no PDF, no drawing.
 */
#include "text/text.h"

#include "base/utf8.h"
#include "text/bidi.h"
#include "text/job.h"

#include <math.h>
#include <string.h>

/* HarfBuzz takes quadratic time over a run of combining marks. */
enum { MARKS_LIMIT = 32 };

/* Of a space: how far justification should go (D. E. Knuth's values for a space of a third of an em). */
static const double SPACE_STRETCH = 0.5, SPACE_SHRINK = 1 / 3.0;
/* What an unjustified line may stay short, in ems, before it looks bad. */
static const double RAG = 2;

/* A line while its clusters are collected. */
struct growing {
    struct text_line *line;
    struct text_cluster *clusters;
    struct text_glyph *glyphs;
    uint32_t glyph_count;
    double x;
};

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

/* The first character of the cluster that its face has not got. */
static void report_missing(const struct job *job, const struct unit *unit, const struct shaped_cluster *c)
{
    const char *p = job->text + unit->base + c->start, *end = p + c->length;
    uint32_t code_point = utf8_next(&p);
    for (const char *next = p; next < end;) {
        uint32_t other = utf8_next(&next);
        if (shaper_has_glyph(job->engine->shaper, unit->run->how.face, code_point))
            code_point = other;
    }
    struct place at = place_of(job, unit->base + c->start);
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

/* --- clusters --- */

static void take_cluster(struct job *job, struct growing *g, const struct unit *unit,
                         const struct shaped_cluster *from)
{
    const struct text_run *run = unit->run;
    struct text_cluster *c = &g->clusters[g->line->cluster_count++];
    uint32_t at = unit->base + from->start, until = job->length;
    struct look look = look_at(job->spans, job->span_count, job->style, at, &until);
    c->start = at - g->line->start;
    c->length = from->length;
    c->level = run->level;
    c->size = run->size;
    c->rgb = look.rgb;
    c->rise = look_rise(look, job->style);
    c->face = from->glyph_count ? run->how.face : NULL;
    c->first_glyph = g->glyph_count;
    c->glyph_count = from->glyph_count;
    for (uint32_t i = 0; i < from->glyph_count; i++) {
        const struct shaped_glyph *glyph = &unit->shaped->glyphs[from->first_glyph + i];
        g->glyphs[g->glyph_count++] = (struct text_glyph){
            .id = glyph->id,
            .x = (float)job_points(run, glyph->x),
            .y = (float)job_points(run, glyph->y),
            .advance = (float)job_points(run, glyph->advance),
        };
    }
    double advance = job_points(run, from->advance) + unit->room;
    c->x = (float)g->x;
    c->advance = (float)advance;
    g->x += advance;
    if (from->missing)
        report_missing(job, unit, from);
}

static void take_tab(struct growing *g, const struct unit *unit)
{
    struct text_cluster *c = &g->clusters[g->line->cluster_count++];
    c->start = unit->start - g->line->start;
    c->length = unit->end - unit->start;
    c->level = unit->run->level;
    c->size = unit->run->size;
    c->x = (float)g->x;
    c->advance = (float)unit->width;
    g->x += unit->width;
}

static void take_unit(struct job *job, struct growing *g, const struct unit *unit)
{
    if (unit->kind == UNIT_TAB)
        take_tab(g, unit);
    else
        for (uint32_t i = 0; i < unit->count; i++) {
            uint32_t k = unit->run->how.rtl ? unit->count - 1 - i : i;
            take_cluster(job, g, unit, &unit->shaped->clusters[unit->first + k]);
        }
}

static const struct shaped *hyphen_of(const struct job *job, const struct text_run *run)
{
    return shaper_shape(job->engine->shaper, &run->how, (struct shape_piece){ "-", 1, 0, 1 });
}

/* The hyphen at a line's end is no text: it is ink of the letter before it. */
static void take_hyphen(const struct job *job, struct growing *g, const struct unit *unit)
{
    const struct shaped *hyphen = hyphen_of(job, unit->run);
    struct text_cluster *c = &g->clusters[g->line->cluster_count - 1];
    g->glyphs[g->glyph_count++] = (struct text_glyph){
        .id = hyphen->glyphs[0].id,
        .x = c->advance,
        .advance = (float)job_points(unit->run, hyphen->advance),
    };
    c->glyph_count++;
    c->advance += (float)job_points(unit->run, hyphen->advance);
    g->x += job_points(unit->run, hyphen->advance);
    g->line->hyphenated = true;
}

static size_t glyphs_of(const struct unit *units, size_t count, size_t *clusters)
{
    size_t glyphs = 1; /* a hyphen */
    *clusters = 0;
    for (size_t i = 0; i < count; i++) {
        *clusters += units[i].count + (units[i].kind == UNIT_TAB);
        for (uint32_t k = 0; k < units[i].count; k++)
            glyphs += units[i].shaped->clusters[units[i].first + k].glyph_count;
    }
    return glyphs;
}

static void fill_line(struct job *job, struct text_line *line, const struct unit *units, size_t count,
                      bool hyphen)
{
    struct growing g = { .line = line };
    size_t clusters, glyphs = glyphs_of(units, count, &clusters);
    g.clusters = arena_array(job->arena, clusters + 1, sizeof *g.clusters);
    g.glyphs = arena_array(job->arena, glyphs, sizeof *g.glyphs);
    const struct unit **ordered = arena_array(job->scratch, count, sizeof(struct unit *));
    units_order(units, count, ordered);
    for (size_t i = 0; i < count; i++)
        take_unit(job, &g, ordered[i]);
    if (hyphen)
        take_hyphen(job, &g, &units[count - 1]);
    line->clusters = g.clusters;
    line->glyphs = g.glyphs;
    line->width = (float)g.x;
}

/* --- where lines break --- */

static struct break_place *places_of(const struct job *job, size_t *count)
{
    struct break_place *places = arena_array(job->scratch, job->unit_count + 2, sizeof *places);
    struct break_sums all = { 0 }, ink = { 0 };
    bool ended = false; /* by a separator of lines, behind which nothing comes */
    places[0].kind = BREAK_FORCED;
    *count = 1;
    for (size_t i = 0; i < job->unit_count; i++) {
        static const enum break_kind kinds[] = { [UNIT_EMERGENCY] = BREAK_EMERGENCY, [UNIT_HYPHEN] = BREAK_HYPHEN,
                                                 [UNIT_TIED] = BREAK_TIED, [UNIT_BREAKS] = BREAK_SPACE,
                                                 [UNIT_ENDS] = BREAK_FORCED };
        const struct unit *u = &job->units[i];
        all.width += u->width;
        if (u->kind == UNIT_SPACE) {
            all.stretch += u->width * SPACE_STRETCH;
            all.shrink += u->width * SPACE_SHRINK;
        } else if (job->style->justify) {
            all.stretch += justify_kashida_stretch(job, u);
        }
        if (!u->trimmed)
            ink = all;
        if (u->behind == UNIT_STAYS)
            continue;
        ended = i + 1 == job->unit_count && u->is_line_separator;
        struct break_place *p = &places[(*count)++];
        *p = (struct break_place){ .kind = kinds[u->behind], .before = ink, .after = all, .units = (uint32_t)i + 1 };
        if (u->behind == UNIT_HYPHEN)
            p->hyphen = job_points(u->run, hyphen_of(job, u->run)->advance);
    }
    if (!ended)
        places[(*count)++] = (struct break_place){ .kind = BREAK_FORCED, .before = ink, .after = all,
                                                   .units = (uint32_t)job->unit_count };
    return places;
}

/* A line that ends inside a word which is too wide. */
static void report_emergency(const struct job *job, const struct break_place *places, size_t chosen)
{
    while (places[chosen].kind == BREAK_EMERGENCY)
        chosen--;
    report_wide(job, job->units[places[chosen].units].start);
}

static bool needs_breaks(const struct job *job)
{
    double width = 0, ink = 0;
    for (size_t i = 0; i < job->unit_count; i++) {
        width += job->units[i].width;
        if (!job->units[i].trimmed)
            ink = width;
    }
    return job->width > 0 && ink > (double)job->width;
}

static uint32_t *choose_breaks(struct job *job, const struct break_place *places, size_t count, size_t *lines)
{
    const struct text_style *style = job->style;
    uint32_t *chosen = arena_array(job->scratch, count, sizeof *chosen);
    struct break_rule rule = {
        .width = job->width > 0 ? (double)job->width : 1e9,
        .justified = style->justify,
        .narrow = job_is_narrow(job),
        .rag = RAG * (double)style->size,
    };
    *lines = (style->breaks == TEXT_TOTAL_FIT ? breaks_total_fit : breaks_first_fit)(places, count, &rule, chosen);
    return chosen;
}

/* --- lines --- */

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

/* What all lines of the paragraph share; ascent and descent are those of its own face. */
static struct text_line line_of(const struct job *job)
{
    const struct text_style *style = job->style;
    struct look look = { .role = style->role, .weight = style->weight };
    const struct engine_font *font = engine_first_font(job->engine, look, style->lang, style);
    struct text_line line = {
        .dir = lang_dir(style->lang),
        .lang = style->lang,
        .role = style->role,
        .weight = style->weight,
        .size = style->size,
    };
    shaper_extents(job->engine->shaper, font->face, &line.ascent, &line.descent);
    line.ascent *= font->size;
    line.descent *= font->size;
    return line;
}

/* Fills the line between two places. */
static void make_line(struct job *job, struct text_line *line, const struct break_place *from,
                      const struct break_place *to, struct kashida_spots *above)
{
    struct unit *units = &job->units[from->units];
    size_t count = to->units - from->units;
    bool hyphen = to->kind == BREAK_HYPHEN;
    line->start = count ? units[0].start : job->length;
    while (count && units[count - 1].trimmed)
        count--;
    line->length = count ? units[count - 1].end - line->start : 0;
    line->text = arena_string_n(job->arena, job->text + line->start, line->length);
    if (job->style->justify && job->width > 0 && to->kind != BREAK_FORCED) {
        struct justification j;
        double natural = to->before.width - from->after.width + to->hyphen;
        line->justified = justify_line(job, units, count, natural, (double)job->width, above, &j);
        line->spread = (float)j.spread;
        line->kashidas = j.kashidas;
    } else {
        above->count = 0;
    }
    fill_line(job, line, units, count, hyphen);
    align(line, job->width, job->style->align);
}

static const struct text_block *make_block(struct job *job)
{
    struct text_block *block = arena_alloc(job->arena, sizeof *block);
    size_t place_count;
    const struct break_place *places = places_of(job, &place_count);
    const uint32_t *chosen = choose_breaks(job, places, place_count, &block->line_count);
    struct text_line *lines = arena_array(job->arena, block->line_count, sizeof *lines);
    const struct text_line line = line_of(job);
    struct kashida_spots above = { .count = 0 };
    for (size_t i = 0; i < block->line_count; i++) {
        lines[i] = line;
        make_line(job, &lines[i], &places[i ? chosen[i - 1] : 0], &places[chosen[i]], &above);
        block->width = fmaxf(block->width, lines[i].width);
        if (places[chosen[i]].kind == BREAK_EMERGENCY)
            report_emergency(job, places, chosen[i]);
    }
    for (size_t i = 0; i + 1 < block->line_count; i++)
        lines[i].continues = lines[i].start + lines[i].length < lines[i + 1].start;
    block->lines = lines;
    return block;
}

const struct text_block *text_layout(struct text_engine *engine, const char *utf8, uint32_t length,
                                     const struct text_span *spans, size_t span_count,
                                     const struct text_style *style, float width, text_place_fn *at,
                                     const void *context, struct arena *arena, struct diags *diags)
{
    struct job job = { engine, utf8,    length, spans, span_count,      style, width, at,
                       context, arena, diags,  engine->scratch, NULL, 0 };
    arena_clear(engine->scratch);
    shaper_tidy(engine->shaper);
    if (!marks_within_limit(&job))
        job.length = 0;
    itemise(&job);
    if (needs_breaks(&job))
        units_cut(&job);
    return make_block(&job);
}
