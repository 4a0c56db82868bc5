/* First fit and total fit. Knows nothing of text. */
#include "text/breaks.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>

/* TeX's values, but that hyphens below one another and in the last line but one cost more: in columns of a report's
 * width, three in a row would come about. */
static const double LINE_PENALTY = 10, HYPHEN_PENALTY = 50, EMERGENCY_PENALTY = 1e5, JUMP_DEMERITS = 10000,
                    HYPHENS_DEMERITS = 100000, LAST_HYPHEN_DEMERITS = 50000;
/* As much as a line whose spaces are stretched by 1.7 of what they should. */
static const double TIED_DEMERITS = 250000;
/* Of a last line that looks lost: shorter than this share of the width; all of it below half of that share, less and
 * less above, so that no line before it is torn for a last line that is hardly too short. */
static const double LOST_DEMERITS = 400000, LOST_LAST = 0.15;
/* Ragged text: of each line, more than any but the most uneven lines cost; of a break at what is tied, more than
 * a line, and in a narrow column less. */
static const double RAGGED_LINE = 1e9, RAGGED_TIED = 1.5e9, NARROW_TIED = 1e8;
/* Ragged text: a last line shorter than this share of the width looks lost. */
static const double LEAST_LAST = 0.35;
/* As a share of the width: a line without spaces counts as one that has this, so that a fuller one is better. */
static const double LEAST_STRETCH = 0.05;
/* A line that overflows costs more than any loose one, which LEAST_STRETCH keeps below 1e12; more so the further it
 * does. */
static const double OVERFULL = 1e14;
/* Widths that were measured and are then given as a limit differ by rounding. */
static const double SLACK = 0.005;
/* Beyond this ratio a hyphen is better than the loose line that first fit would make. */
static const double LOOSE = 1;
/* First fit keeps together what is tied, unless a line would stay emptier than this share of the width. */
static const double TORN = 0.4;

enum fitness { TIGHT, DECENT, LOOSE_LINE, VERY_LOOSE, FITNESS_COUNT };

/* fmax of numbers; the library's is a call, which also sees to what is none. */
static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double width_between(const struct break_place *from, const struct break_place *to)
{
    return larger(0, to->before.width - from->after.width) + to->hyphen;
}

/* How far a line between two places is stretched (above 0) or shrunk: 1 is all of the stretch there is. */
static double ratio_of(const struct break_place *from, const struct break_place *to, const struct break_rule *rule)
{
    double gap = rule->width - width_between(from, to);
    bool last = to->kind == BREAK_FORCED; /* natural */
    if (last && gap >= -SLACK)
        return rule->justified ? 0 : larger(0, gap - rule->width * (1 - LEAST_LAST)) / larger(rule->rag, SLACK);
    double stretch = rule->justified ? to->before.stretch - from->after.stretch : rule->rag;
    double shrink = rule->justified && !last ? to->before.shrink - from->after.shrink : 0;
    if (gap >= 0)
        return gap / larger(stretch, rule->width * LEAST_STRETCH);
    return -gap <= SLACK ? 0 : shrink > 0 ? gap / shrink : -INFINITY;
}

static double badness_of(double ratio)
{
    double r = fabs(ratio);
    return 100 * r * r * r;
}

static enum fitness fitness_of(double ratio)
{
    return ratio < -0.5 ? TIGHT : ratio <= 0.5 ? DECENT : ratio <= 1 ? LOOSE_LINE : VERY_LOOSE;
}

static bool is_overfull(double ratio)
{
    return ratio < -1.0001;
}

/* Of one line: what does not depend on the line before it but for a hyphen there. */
static double line_demerits(const struct break_place *from, const struct break_place *to, double ratio,
                            const struct break_rule *rule, bool next_is_last)
{
    if (is_overfull(ratio))
        return OVERFULL * (1 + larger(0, width_between(from, to) - rule->width));
    double d = LINE_PENALTY + badness_of(ratio);
    d += to->kind == BREAK_HYPHEN ? HYPHEN_PENALTY : to->kind == BREAK_EMERGENCY ? EMERGENCY_PENALTY : 0;
    d *= d;
    if (!rule->justified)
        d += RAGGED_LINE;
    else if (to->kind == BREAK_FORCED && from->units > 0)
        d += LOST_DEMERITS * fmin(1, 2 * larger(0, 1 - width_between(from, to) / (rule->width * LOST_LAST)));
    if (to->kind == BREAK_TIED)
        d += rule->justified ? TIED_DEMERITS : rule->narrow ? NARROW_TIED : RAGGED_TIED;
    if (to->kind == BREAK_HYPHEN && from->kind == BREAK_HYPHEN)
        d += HYPHENS_DEMERITS;
    return to->kind == BREAK_HYPHEN && next_is_last ? d + LAST_HYPHEN_DEMERITS : d;
}

static double jump_demerits(enum fitness a, enum fitness b)
{
    return abs((int)a - (int)b) > 1 ? JUMP_DEMERITS : 0;
}

double breaks_demerits(const struct break_place *places, const struct break_rule *rule, const uint32_t *chosen,
                       size_t count)
{
    double sum = 0;
    enum fitness before = DECENT;
    uint32_t from = 0;
    for (size_t i = 0; i < count; i++) {
        const struct break_place *to = &places[chosen[i]];
        double ratio = ratio_of(&places[from], to, rule);
        bool next_is_last = i + 1 < count && places[chosen[i + 1]].kind == BREAK_FORCED;
        sum += line_demerits(&places[from], to, ratio, rule, next_is_last) +
               jump_demerits(before, fitness_of(ratio));
        before = to->kind == BREAK_FORCED ? DECENT : fitness_of(ratio);
        from = chosen[i];
    }
    return sum;
}

/* --- first fit --- */

static bool fits(const struct break_place *from, const struct break_place *to, const struct break_rule *rule)
{
    return width_between(from, to) <= rule->width + SLACK;
}

/* The place that ends the line from `from` on. */
static size_t first_fit_line(const struct break_place *places, size_t from, const struct break_rule *rule)
{
    size_t space = 0, tied = 0, hyphen = 0, emergency = 0, i = from + 1;
    for (; fits(&places[from], &places[i], rule); i++) {
        if (places[i].kind == BREAK_FORCED)
            return i;
        *(places[i].kind == BREAK_SPACE    ? &space
          : places[i].kind == BREAK_TIED   ? &tied
          : places[i].kind == BREAK_HYPHEN ? &hyphen
                                           : &emergency) = i;
    }
    if (tied > space && (!space || width_between(&places[from], &places[space]) < rule->width * (1 - TORN)))
        space = tied;
    bool loose = !space || ratio_of(&places[from], &places[space], rule) > LOOSE;
    if (hyphen > space && loose && places[from].kind != BREAK_HYPHEN)
        return hyphen;
    if (space || hyphen)
        return space ? space : hyphen;
    if (emergency)
        return emergency;
    return i; /* overfull: nothing fits */
}

size_t breaks_first_fit(const struct break_place *places, size_t count, const struct break_rule *rule,
                        uint32_t *chosen)
{
    size_t lines = 0;
    for (size_t at = 0; at + 1 < count;) {
        at = first_fit_line(places, at, rule);
        chosen[lines++] = (uint32_t)at;
    }
    return lines;
}

/* --- total fit --- */

/* The best way to a place whose last line is of a fitness. */
struct way {
    double demerits;
    uint32_t from; /* place */
    enum fitness fitness; /* of the line before */
};

struct fit {
    const struct break_place *places;
    const struct break_rule *rule;
    struct way (*ways)[FITNESS_COUNT];
};

/* Where the next forced place is, seen from each place: needed for the hyphen before a last line. */
static void try_line(const struct fit *f, size_t from, size_t to, double ratio)
{
    const struct break_place *a = &f->places[from], *b = &f->places[to];
    enum fitness fitness = fitness_of(ratio);
    double line = line_demerits(a, b, ratio, f->rule, false);
    if (b->kind == BREAK_FORCED && a->kind == BREAK_HYPHEN)
        line += LAST_HYPHEN_DEMERITS; /* of the line before this last one */
    for (int before = 0; before < FITNESS_COUNT; before++) {
        const struct way *way = &f->ways[from][before];
        if (way->demerits == INFINITY)
            continue; /* there is no such way */
        double demerits = way->demerits + line + jump_demerits((enum fitness)before, fitness);
        enum fitness class = b->kind == BREAK_FORCED ? DECENT : fitness;
        struct way *best = &f->ways[to][class];
        if (demerits < best->demerits)
            *best = (struct way){ demerits, (uint32_t)from, (enum fitness)before };
    }
}

static void find_ways(const struct fit *f, size_t count)
{
    for (size_t to = 0; to < count; to++)
        for (int k = 0; k < FITNESS_COUNT; k++)
            f->ways[to][k].demerits = to || k != DECENT ? INFINITY : 0;
    for (size_t to = 1; to < count; to++) {
        for (size_t from = to; from-- > 0;) {
            double ratio = ratio_of(&f->places[from], &f->places[to], f->rule);
            try_line(f, from, to, ratio);
            if (f->places[from].kind == BREAK_FORCED)
                break; /* no line goes across; the start is forced too */
            if (from + 1 < to && is_overfull(ratio))
                break; /* longer ones are too */
        }
    }
}

size_t breaks_total_fit(const struct break_place *places, size_t count, const struct break_rule *rule,
                        uint32_t *chosen)
{
    struct fit f = { places, rule, xcalloc(count, sizeof *f.ways) };
    find_ways(&f, count);
    size_t lines = 0, at = count - 1;
    enum fitness fitness = DECENT; /* the last place is forced */
    while (at > 0) {
        chosen[lines++] = (uint32_t)at;
        const struct way *way = &f.ways[at][fitness];
        at = way->from;
        fitness = way->fitness;
    }
    for (size_t i = 0, k = lines; i + 1 < k; i++) {
        uint32_t held = chosen[i];
        chosen[i] = chosen[--k];
        chosen[k] = held;
    }
    free(f.ways);
    return lines;
}
