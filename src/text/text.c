/*
 * Text layout: one string in, immutable lines of glyph clusters out. Here the lines are chosen.
 * Must not know what the lines are for: no page, no PDF, no drawing.
 */
#include "text/text.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/bidi.h"
#include "text/job.h"
#include "text/kept.h"

#include <math.h>
#include <string.h>

/* HarfBuzz takes quadratic time over a run of combining marks. */
enum { MARKS_LIMIT = 32 };

/* Words and blocks of a generation; some 2 MB. Those of a hundred dense pages stay then. */
enum { MOST_NEW = 6000 };

/* Of a space: how far justification should go (D. E. Knuth's values for a space of a third of an em). */
static const double SPACE_STRETCH = 0.5, SPACE_SHRINK = 1 / 3.0;
/* What an unjustified line may stay short, in ems, before it looks bad. */
static const double RAG = 2;

/* --- diagnostics --- */

/* A string may be measured and then laid out: what was said of a place is not said again. */
static struct place place_of(struct job *job, uint32_t offset)
{
    job->spoke = true;
    return job->at ? job->at(job->context, offset) : (struct place){ 0 };
}

/* What stands between blanks around `offset`, or a part of it, without isolates. A place may be that of a column's
 * definition, and the word is then what leads to the row. */
static const char *word_at(const struct job *job, uint32_t offset)
{
    enum { SHOWN = 48 }; /* bytes on either side */
    uint32_t start = offset, end = job->length - offset > SHOWN ? offset + SHOWN : job->length;
    struct buf word;
    while (start > 0 && offset - start < SHOWN && !strchr(" \t\n", job->text[start - 1]))
        start--;
    while (((unsigned char)job->text[start] & 0xC0) == 0x80)
        start++;
    buf_init(&word);
    for (const char *p = job->text + start; p < job->text + end && !strchr(" \t\n", *p);) {
        uint32_t c = utf8_next(&p);
        if (c < 0x2066 || c > 0x2069)
            buf_add_utf8(&word, c);
    }
    const char *kept = arena_string_n(job->scratch, word.data, word.length);
    buf_drop(&word);
    return kept;
}

/* The first character of a cluster that its face has not got. */
static void report_missing_cluster(struct job *job, const struct unit *unit, const struct shaped_cluster *c)
{
    const char *p = job->text + unit->base + c->start, *end = p + c->length;
    uint32_t code_point = utf8_next(&p);
    for (const char *next = p; next < end;) {
        uint32_t other = utf8_next(&next);
        if (shaper_has_glyph(job->engine->shaper, unit->run->how.face, code_point))
            code_point = other;
    }
    struct place at = place_of(job, unit->base + c->start);
    if (!diags_have(job->diags, DIAG_TEXT_GLYPH_MISSING, at))
        diag_add(job->diags, DIAG_TEXT_GLYPH_MISSING, at,
                 "no font has U+%04X of '%s'; write it with another character, or list a family that has it",
                 code_point, word_at(job, unit->base + c->start));
}

static void report_missing(struct job *job, const struct unit *unit)
{
    for (uint32_t i = 0; unit->shaped && unit->shaped->missing && i < unit->count; i++)
        if (unit->shaped->clusters[unit->first + i].missing)
            report_missing_cluster(job, unit, &unit->shaped->clusters[unit->first + i]);
}

/* The word begins at `offset`, and ends before the next blank; of a very long one the beginning is shown. */
static void report_wide(struct job *job, uint32_t offset)
{
    enum { SHOWN = 96 }; /* bytes */
    struct place at = place_of(job, offset);
    const char *word = job->text + offset, *end = word;
    while (end < job->text + job->length && end - word < SHOWN && !strchr(" \t\n", *end))
        utf8_next(&end);
    if (!diags_have(job->diags, DIAG_TEXT_WORD_WIDE, at))
        diag_add(job->diags, DIAG_TEXT_WORD_WIDE, at,
                 "'%.*s' is wider than its column and was broken; shorten it, or put a space into it",
                 (int)(end - word), word);
}

/* A font may have glyphs for these, but what they say is not in the text: no PDF/UA file may give them out. */
static bool is_without_meaning(uint32_t c)
{
    return c == 0xFEFF || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static bool can_be_set(struct job *job)
{
    int marks = 0;
    for (const char *p = job->text; p < job->text + job->length;) {
        uint32_t offset = (uint32_t)(p - job->text), c = utf8_next(&p);
        if (is_without_meaning(c)) {
            struct place at = place_of(job, offset);
            if (!diags_have(job->diags, DIAG_UTF8_BAD, at))
                diag_add(job->diags, DIAG_UTF8_BAD, at,
                         "the character U+%04X may not stand in a text; take it out", c);
            return false;
        }
        marks = bidi_is_combining(c) ? marks + 1 : 0;
        if (marks > MARKS_LIMIT) {
            diag_add(job->diags, DIAG_TEXT_MARKS, place_of(job, offset),
                     "more than %d combining marks follow each other; a letter carries a few", MARKS_LIMIT);
            return false;
        }
    }
    return true;
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
            p->hyphen = line_hyphen_width(job, u->run);
    }
    if (!ended)
        places[(*count)++] = (struct break_place){ .kind = BREAK_FORCED, .before = ink, .after = all,
                                                   .units = (uint32_t)job->unit_count };
    return places;
}

/* The first line that ends inside a word which is too wide. */
static void report_emergency(struct job *job, const struct break_place *places, size_t chosen)
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
    line->hyphenated = to->kind == BREAK_HYPHEN;
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
    if (line->hyphenated)
        line_add_hyphen(job, &units[count - 1]);
    for (size_t i = 0; i < count; i++)
        report_missing(job, &units[i]);
    line_fill(job, line, units, count);
    align(line, job->width, job->style->align);
}

static struct text_block *make_block(struct job *job)
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
        if (places[chosen[i]].kind == BREAK_EMERGENCY && (i == 0 || places[chosen[i - 1]].kind != BREAK_EMERGENCY))
            report_emergency(job, places, chosen[i]);
    }
    for (size_t i = 0; i + 1 < block->line_count; i++)
        lines[i].continues = lines[i].start + lines[i].length < lines[i + 1].start;
    const struct text_look *looks = line_looks(job);
    for (size_t i = 0; i < block->line_count; i++)
        lines[i].looks = looks;
    block->lines = lines;
    return block;
}

/* Where the words live that new lines refer to. */
static struct arena *words_of(struct text_engine *e)
{
    if (shaper_count(e->shaper) + kept_count(e) >= MOST_NEW) {
        kept_age(e);
        shaper_age(e->shaper);
    }
    return shaper_arena(e->shaper, SHAPER_NEW);
}

const struct text_block *text_layout(struct text_engine *engine, const char *utf8, uint32_t length,
                                     const struct text_span *spans, size_t span_count,
                                     const struct text_style *style, float width, text_place_fn *at,
                                     const void *context, struct arena *arena, struct diags *diags)
{
    struct job job = { .engine = engine, .text = utf8, .length = length, .spans = spans, .span_count = span_count,
                       .style = style, .width = width, .at = at, .context = context, .arena = arena, .diags = diags,
                       .scratch = engine->scratch };
    struct arena *words = words_of(engine);
    struct kept_key key;
    bool kept = !span_count && kept_key(&key, utf8, length, style, width);
    struct text_block *block = kept ? kept_find(engine, &key, arena) : NULL;
    if (block)
        return block;
    arena_hold(arena, words);
    if (kept)
        job.arena = words;
    arena_clear(engine->scratch);
    if (!can_be_set(&job))
        job.length = 0;
    itemise(&job);
    if (needs_breaks(&job))
        units_cut(&job);
    block = make_block(&job);
    if (kept && !job.spoke)
        kept_add(engine, &key, block);
    return block;
}
