/*
 * Justification: a line's units get the room that makes it as wide as its column. In Arabic the spaces grow to a
 * limit, then words get kashidas, the rest goes to the spaces again. Knows nothing of where lines break.
 */
#include "text/job.h"

#include "text/kashida.h"

#include <math.h>

/* How far a space grows before words do, as a share of it. */
static const double SPACE_LIMIT = 0.75;
/* The widest space, in ems: beyond it a line looks torn, and readers of a PDF take its parts for two columns (poppler
 * from 0.7 on). Such a line stays short of its column. */
static const double WIDEST_SPACE = 0.55;
/* What a word with a kashida adds while lines are chosen: a tatweel of the usual faces, in ems. */
static const double KASHIDA_STRETCH = 0.2;

enum { TATWEELS = 3 /* the longest kashida */, CANDIDATES = KASHIDA_SPOTS, TRIES = 12 };

/* A word of the line that may be stretched. */
struct candidate {
    struct unit *unit;
    struct kashida_place places[KASHIDA_PLACES];
    size_t place_count, place;       /* the one in use; those before it are spoiled */
    unsigned tatweels;
    const struct shaped *plain;
};

struct stretch {
    struct job *job;
    struct unit *units;
    size_t count;
    struct candidate candidates[CANDIDATES];
    size_t candidate_count;
};

static bool may_stretch(const struct unit *unit)
{
    return unit->kind == UNIT_WORD && unit->run->how.rtl && unit->run->how.script == HB_SCRIPT_ARABIC &&
           unit->shaped && unit->count == unit->shaped->count && !unit->shaped->missing;
}

/* A ligature of this face may stand where the rules see two letters. */
static bool is_cluster_end(const struct shaped *shaped, uint32_t offset)
{
    for (uint32_t i = 0; i < shaped->count; i++)
        if (shaped->clusters[i].start == offset)
            return true;
    return false;
}

static size_t places_of(const struct job *job, const struct unit *unit, struct kashida_place *places)
{
    size_t count = kashida_places(job->text + unit->start, unit->end - unit->start, places), kept = 0;
    for (size_t i = 0; i < count; i++)
        if (is_cluster_end(unit->shaped, places[i].offset))
            places[kept++] = places[i];
    return kept;
}

double justify_kashida_stretch(const struct job *job, const struct unit *unit)
{
    struct kashida_place places[KASHIDA_PLACES];
    if (!job->style->kashida || !may_stretch(unit) || !places_of(job, unit, places))
        return 0;
    return KASHIDA_STRETCH * (double)unit->run->size;
}

/* --- kashidas --- */

static void find_candidates(struct stretch *s)
{
    for (size_t i = 0; i < s->count && s->candidate_count < CANDIDATES; i++) {
        struct candidate *c = &s->candidates[s->candidate_count];
        *c = (struct candidate){ .unit = &s->units[i], .plain = s->units[i].shaped };
        if (may_stretch(c->unit))
            c->place_count = places_of(s->job, c->unit, c->places);
        s->candidate_count += c->place_count > 0;
    }
}

static const struct shaped *shape_with(const struct stretch *s, const struct candidate *c, unsigned tatweels)
{
    if (!tatweels)
        return c->plain;
    return shaper_stretch(s->job->engine->shaper, &c->unit->run->how, c->unit->piece,
                          c->places[c->place].offset, tatweels);
}

static void set_tatweels(const struct stretch *s, struct candidate *c, unsigned tatweels)
{
    const struct shaped *shaped = shape_with(s, c, tatweels);
    c->tatweels = shaped ? tatweels : 0;
    c->unit->shaped = shaped ? shaped : c->plain;
    c->unit->width = job_points(c->unit->run, c->unit->shaped->advance);
}

/* A second tatweel in the best places comes before the first in the poorest: few words are stretched, not all. */
static int cost_of(const struct candidate *c)
{
    enum { PER_TATWEEL = 3 };
    return c->places[c->place].priority + PER_TATWEEL * (int)c->tatweels;
}

/* The candidate that is to grow next; of equal ones, the one nearest to the line's end. */
static struct candidate *next_candidate(struct stretch *s)
{
    struct candidate *best = NULL;
    for (size_t i = s->candidate_count; i-- > 0;) {
        struct candidate *c = &s->candidates[i];
        if (c->place >= c->place_count || c->tatweels == TATWEELS)
            continue;
        if (!best || cost_of(c) < cost_of(best))
            best = c;
    }
    return best;
}

/* Fills `gap` points as far as whole tatweels do; the rest is returned. */
static double add_kashidas(struct stretch *s, double gap)
{
    for (struct candidate *c; gap > 0 && (c = next_candidate(s));) {
        double before = c->unit->width;
        unsigned wanted = c->tatweels + 1;
        set_tatweels(s, c, wanted);
        double grown = c->unit->width - before;
        if (c->tatweels != wanted) {
            c->place++; /* the face cannot do it there */
        } else if (grown > gap * 2) { /* nearer without it */
            set_tatweels(s, c, wanted - 1);
            break;
        }
        gap -= c->unit->width - before;
    }
    return gap;
}

/* --- spaces --- */

struct line_spaces {
    double width, most; /* natural; what can be added */
};

static void spread_spaces(struct unit *units, size_t count, double gap)
{
    double width = 0;
    for (size_t i = 0; i < count; i++)
        width += units[i].kind == UNIT_SPACE ? units[i].width : 0;
    for (size_t i = 0; i < count; i++)
        units[i].room = units[i].kind == UNIT_SPACE ? gap * units[i].width / width : 0;
}

/* --- kashidas above one another --- */

/* Where a candidate's kashida stands: the tatweels are at the left of their cluster. */
static struct kashida_spot spot_of(const struct candidate *c, double left)
{
    const struct shaped *shaped = c->unit->shaped;
    double x = left;
    for (uint32_t i = shaped->count; i-- > 0;) {
        uint32_t end = shaped->clusters[i].start + shaped->clusters[i].length;
        if (end == c->places[c->place].offset)
            break;
        x += job_points(c->unit->run, shaped->clusters[i].advance);
    }
    double width = job_points(c->unit->run, shaped->advance - c->plain->advance);
    return (struct kashida_spot){ x, x + width };
}

static bool is_below(const struct kashida_spots *above, struct kashida_spot spot)
{
    for (size_t i = 0; i < above->count; i++)
        if (spot.left < above->spots[i].right && spot.right > above->spots[i].left)
            return true;
    return false;
}

static struct candidate *candidate_of(struct stretch *s, const struct unit *unit)
{
    for (size_t i = 0; i < s->candidate_count; i++)
        if (s->candidates[i].unit == unit && s->candidates[i].tatweels)
            return &s->candidates[i];
    return NULL;
}

/* A line that stays short stands at the side where it begins. */
static double left_edge(const struct stretch *s)
{
    double width = 0;
    for (size_t i = 0; i < s->count; i++)
        width += s->units[i].width + s->units[i].room;
    return lang_dir(s->job->style->lang) == DIR_RTL ? (double)s->job->width - width : 0;
}

/* The spots of this line; or the first kashida that stands straight below one. */
static struct candidate *place_spots(struct stretch *s, const struct kashida_spots *above,
                                     struct kashida_spots *out)
{
    const struct unit **ordered = arena_array(s->job->scratch, s->count, sizeof(struct unit *));
    double x = left_edge(s);
    out->count = 0;
    units_order(s->units, s->count, ordered);
    for (size_t i = 0; i < s->count; i++) {
        struct candidate *c = candidate_of(s, ordered[i]);
        if (c) {
            out->spots[out->count] = spot_of(c, x);
            if (is_below(above, out->spots[out->count++]))
                return c;
        }
        x += ordered[i]->width + ordered[i]->room;
    }
    return NULL;
}

/* Kashidas, so that none stands below one of the line above, and spaces. */
static double stretch_arabic(struct stretch *s, double gap, struct line_spaces spaces, struct kashida_spots *above)
{
    struct kashida_spots here = { .count = 0 };
    double rest = gap, soft = spaces.width * SPACE_LIMIT;
    find_candidates(s);
    for (int try = 0; try <= TRIES; try++) {
        for (size_t i = 0; i < s->candidate_count; i++)
            set_tatweels(s, &s->candidates[i], 0);
        rest = try < TRIES && gap > soft ? add_kashidas(s, gap - soft) + soft : gap;
        spread_spaces(s->units, s->count, fmin(rest, spaces.most));
        struct candidate *spoiled = place_spots(s, above, &here);
        if (!spoiled)
            break;
        spoiled->place++;
    }
    *above = here;
    return rest;
}

/* What may be added to the line's spaces. */
static struct line_spaces spaces_of(const struct unit *units, size_t count)
{
    struct line_spaces spaces = { 0 };
    for (size_t i = 0; i < count; i++) {
        if (units[i].kind != UNIT_SPACE)
            continue;
        spaces.width += units[i].width;
        spaces.most += fmax(0, WIDEST_SPACE * (double)units[i].run->size - units[i].width);
    }
    return spaces;
}

bool justify_line(struct job *job, struct unit *units, size_t count, double natural, double width,
                  struct kashida_spots *above, struct justification *out)
{
    struct line_spaces spaces = spaces_of(units, count);
    double gap = width - natural, rest = gap;
    *out = (struct justification){ 0 };
    if (gap > 0 && job->style->kashida) {
        struct stretch *s = arena_alloc(job->scratch, sizeof *s);
        *s = (struct stretch){ .job = job, .units = units, .count = count };
        rest = stretch_arabic(s, gap, spaces, above);
        for (size_t i = 0; i < s->candidate_count; i++)
            out->kashidas += s->candidates[i].tatweels > 0;
    } else {
        above->count = 0;
        spread_spaces(units, count, fmin(gap, spaces.most));
    }
    out->spread = gap - rest + (spaces.width > 0 ? fmin(rest, spaces.most) : 0);
    return out->spread > gap - 0.001;
}
