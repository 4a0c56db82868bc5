/*
 * A line: the pieces of shaped words and spaces that it is made of, in visual order, and the walk that spreads them
 * out as clusters. Knows nothing of why the line ends where it does.
 */
#include "text/job.h"

#include <string.h>

/* What the clusters of a piece have in common. */
struct text_look {
    const struct font_face *face;
    float size, rise;
    uint32_t rgb;
    uint8_t level;
};

/* Clusters [first, first + count) of a shaped word, or a tab. */
struct text_piece {
    const struct shaped *shaped; /* NULL: a tab */
    double room;                 /* points: added to each cluster's advance; all of a tab's */
    int32_t base;                /* where the shaped word begins in the line's text; below 0: on the line before */
    uint32_t first, count;
    uint32_t look; /* in the line's looks */
};

/* --- pieces into clusters --- */

static double points(float size, const struct font_face *face, int32_t units)
{
    return (double)units * (double)size / face->upem;
}

float text_glyph_points(const struct text_cluster *c, int32_t units)
{
    return (float)points(c->size, c->face, units);
}

/* The piece's cluster `index`, counted in visual order. */
static const struct shaped_cluster *cluster_at(const struct text_piece *piece, bool rtl, uint32_t index)
{
    return &piece->shaped->clusters[piece->first + (rtl ? piece->count - 1 - index : index)];
}

bool text_walk_next(struct text_walk *walk, struct text_cluster *out)
{
    if (walk->piece == walk->line->piece_count)
        return false;
    const struct text_piece *piece = &walk->line->pieces[walk->piece];
    const struct text_look *look = &walk->line->looks[piece->look];
    double advance = piece->room;
    *out = (struct text_cluster){ .x = (float)walk->x, .size = look->size, .level = look->level };
    if (piece->shaped) {
        const struct shaped_cluster *from = cluster_at(piece, look->level & 1, walk->cluster);
        advance += points(look->size, look->face, from->advance);
        out->start = (uint32_t)piece->base + from->start;
        out->length = from->length;
        out->glyphs = piece->shaped->glyphs + from->first_glyph;
        out->glyph_count = from->glyph_count;
        out->face = from->glyph_count ? look->face : NULL;
        out->rise = look->rise;
        out->rgb = look->rgb;
    } else {
        out->start = (uint32_t)piece->base;
        out->length = 1;
    }
    out->advance = (float)advance;
    walk->x += advance;
    if (++walk->cluster == piece->count) {
        walk->piece++;
        walk->cluster = 0;
    }
    return true;
}

/* --- units into pieces --- */

/* Whether it is to be slanted in a script or a family that has no italic. A word that stays upright for lack of a
 * glyph is not. */
static bool stays_upright(const struct job *job, const struct text_run *run, struct look look)
{
    return look.slanted &&
           (run->how.rtl || !engine_first_font(job->engine, look, LANG_EN, job->style)->face->italic);
}

static uint32_t look_of(struct job *job, const struct text_run *run, struct look look)
{
    struct text_look wanted = { .face = run->how.face, .size = run->size, .rise = look_rise(look, job->style),
                                .rgb = stays_upright(job, run, look) ? look.upright_rgb : look.rgb,
                                .level = run->level };
    for (size_t i = job->look_count; i-- > 0;) {
        const struct text_look *known = &job->looks[i];
        if (known->face == wanted.face && known->size == wanted.size && known->rise == wanted.rise &&
            known->rgb == wanted.rgb && known->level == wanted.level)
            return (uint32_t)i;
    }
    job->looks = arena_grow(job->scratch, job->looks, job->look_count, sizeof *job->looks);
    job->looks[job->look_count++] = wanted;
    return (uint32_t)job->look_count - 1;
}

/* Where the piece ends that begins at the unit's cluster `first`: all that looks the same. */
static uint32_t end_of_look(const struct unit *unit, uint32_t first, uint32_t until)
{
    uint32_t end = first + 1;
    while (end < unit->count && unit->base + unit->shaped->clusters[unit->first + end].start < until)
        end++;
    return end;
}

static struct text_piece *add_piece(struct job *job, struct text_line *line, const struct unit *unit)
{
    job->pieces = arena_grow(job->scratch, job->pieces, line->piece_count, sizeof *job->pieces);
    struct text_piece *piece = &job->pieces[line->piece_count++];
    *piece = (struct text_piece){ .base = (int32_t)(unit->base - line->start), .count = 1 };
    return piece;
}

static void reverse(struct text_piece *pieces, uint32_t count)
{
    for (uint32_t i = 0, k = count; i + 1 < k; i++) {
        struct text_piece held = pieces[i];
        pieces[i] = pieces[--k];
        pieces[k] = held;
    }
}

static void add_shaped(struct job *job, struct text_line *line, const struct unit *unit)
{
    uint32_t before = line->piece_count;
    for (uint32_t first = 0, end; first < unit->count; first = end) {
        uint32_t at = unit->base + unit->shaped->clusters[unit->first + first].start, until = job->length;
        struct look look = look_at(job->spans, job->span_count, job->style, at, &until);
        end = until >= unit->end ? unit->count : end_of_look(unit, first, until);
        struct text_piece *piece = add_piece(job, line, unit);
        piece->shaped = unit->shaped;
        piece->room = unit->room;
        piece->first = unit->first + first;
        piece->count = end - first;
        piece->look = look_of(job, unit->run, look);
    }
    if (unit->run->how.rtl)
        reverse(job->pieces + before, line->piece_count - before);
}

void line_fill(struct job *job, struct text_line *line, const struct unit *units, size_t count)
{
    const struct unit **ordered = arena_array(job->scratch, count, sizeof(struct unit *));
    double width = 0;
    units_order(units, count, ordered);
    for (size_t i = 0; i < count; i++) {
        const struct unit *unit = ordered[i];
        if (unit->kind == UNIT_TAB) {
            struct text_piece *tab = add_piece(job, line, unit);
            tab->room = unit->width;
            tab->look = look_of(job, unit->run, (struct look){ 0 });
        } else {
            add_shaped(job, line, unit);
        }
        width += unit->width + unit->room;
        line->any_rtl |= unit->run->level & 1;
    }
    line->width = (float)width;
    line->pieces = arena_copy(job->arena, job->pieces, line->piece_count * sizeof *job->pieces);
}

const struct text_look *line_looks(const struct job *job)
{
    return arena_copy(job->arena, job->looks, job->look_count * sizeof *job->looks);
}

/* --- hyphens --- */

static const struct shaped *hyphen_of(const struct job *job, const struct text_run *run)
{
    return shaper_shape(job->engine->shaper, &run->how, (struct shape_piece){ "-", 1, 0, 1 });
}

double line_hyphen_width(const struct job *job, const struct text_run *run)
{
    return job_points(run, hyphen_of(job, run)->advance);
}

void line_add_hyphen(const struct job *job, struct unit *unit)
{
    const struct shaped *hyphen = hyphen_of(job, unit->run);
    uint32_t count = 1;
    for (uint32_t i = 0; i < unit->count; i++)
        count += unit->shaped->clusters[unit->first + i].glyph_count;
    struct text_glyph *glyphs = arena_array(job->arena, count, sizeof *glyphs), *next = glyphs;
    struct shaped_cluster *clusters = arena_copy(job->arena, unit->shaped->clusters + unit->first,
                                                 unit->count * sizeof *clusters), *last = clusters + unit->count - 1;
    for (uint32_t i = 0; i < unit->count; i++) {
        struct shaped_cluster *c = &clusters[i];
        memcpy(next, unit->shaped->glyphs + c->first_glyph, c->glyph_count * sizeof *next);
        c->first_glyph = (uint32_t)(next - glyphs);
        next += c->glyph_count;
    }
    *next = hyphen->glyphs[0];
    next->x += last->advance;
    last->glyph_count++;
    last->advance += hyphen->advance;
    struct shaped *with = arena_copy(job->arena, unit->shaped, sizeof *with);
    with->clusters = clusters;
    with->glyphs = glyphs;
    unit->shaped = with;
    unit->first = 0;
    unit->width += job_points(unit->run, hyphen->advance);
}
