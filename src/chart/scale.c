/* Scales: pure arithmetic. Must not know languages, text or the scene. */
#include "chart/scale.h"

#include <math.h>

#include "base/arena.h"

enum {
    BREAKS_MOST = 4,
    BREAK_DAYS_LEAST = 60, /* a shorter stretch is worth its room */
};
static const double BREAK_SHARE = 0.3;
/* A stretch that is longer than any other by so much leaves a hole with a smaller share already. */
static const double HOLE_SHARE = 0.2, HOLE_LEAD = 1.2;

struct num scale_step(double max, int most, bool whole)
{
    static const int64_t round[] = {1, 2, 5};
    int exponent = (int)fmax(floor(log10(max / most)), -18); /* no number has more decimals */
    struct num step = {0};
    size_t i = 0;

    if (whole && exponent < 0)
        return num_from_int(1);
    while (i < 3 && (double)round[i] * pow(10, exponent) * most < max * (1 - 1e-12))
        i++;
    if (i == 3) {
        exponent++;
        i = 0;
    }
    step.coefficient = round[i];
    for (int k = 0; k < exponent; k++)
        step.coefficient *= 10;
    step.scale = exponent < 0 ? (uint8_t)-exponent : 0;
    return step;
}

/* --- days --- */

/* What is drawn of the days in [first, day]. */
static int32_t days_shown(const struct date_scale *scale, int32_t day, size_t *breaks_passed)
{
    int32_t shown = day - scale->first;

    *breaks_passed = 0;
    for (size_t i = 0; i < scale->break_count; i++) {
        if (day >= scale->breaks[i].to) {
            shown -= scale->breaks[i].to - scale->breaks[i].from;
            ++*breaks_passed;
        }
    }
    return shown;
}

static bool is_broken(const struct date_scale *scale, int32_t from)
{
    for (size_t i = 0; i < scale->break_count; i++)
        if (scale->breaks[i].from == from)
            return true;
    return false;
}

/* Index of the day after which the longest unbroken stretch lies; the days of the next longest. */
static size_t longest_stretch(const struct date_scale *scale, const int32_t *days, size_t count, int32_t *next)
{
    size_t longest = 0;
    int32_t length = -1;

    *next = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        int32_t stretch = days[i + 1] - days[i];
        if (is_broken(scale, days[i]))
            continue;
        if (stretch > length) {
            *next = length > 0 ? length : 0;
            length = stretch;
            longest = i;
        } else if (stretch > *next) {
            *next = stretch;
        }
    }
    return longest;
}

static void sort_breaks(struct date_scale *scale)
{
    for (size_t i = 1; i < scale->break_count; i++) {
        struct date_break moving = scale->breaks[i];
        size_t k = i;
        for (; k > 0 && scale->breaks[k - 1].from > moving.from; k--)
            scale->breaks[k] = scale->breaks[k - 1];
        scale->breaks[k] = moving;
    }
}

struct date_scale date_scale_make(const int32_t *days, size_t count, double length, double break_length,
                                  struct arena *arena)
{
    struct date_scale scale = {.first = days[0], .last = days[count - 1], .break_length = break_length};
    int32_t shown = scale.last - scale.first;

    scale.breaks = arena_array(arena, BREAKS_MOST, sizeof *scale.breaks);
    while (count > 2 && scale.break_count < BREAKS_MOST) {
        int32_t next;
        size_t at = longest_stretch(&scale, days, count, &next);
        int32_t stretch = days[at + 1] - days[at];
        bool hole = stretch >= HOLE_SHARE * shown && stretch >= HOLE_LEAD * next;
        if (is_broken(&scale, days[at]) || stretch < BREAK_DAYS_LEAST || (stretch < BREAK_SHARE * shown && !hole))
            break;
        scale.breaks[scale.break_count++] = (struct date_break){days[at], days[at + 1]};
        shown -= stretch;
    }
    sort_breaks(&scale);
    scale.per_day = fmax(length - (double)scale.break_count * break_length, 0) / (shown > 0 ? shown : 1);
    return scale;
}

double date_scale_at(const struct date_scale *scale, int32_t day)
{
    size_t breaks;
    int32_t shown = days_shown(scale, day, &breaks);

    return shown * scale->per_day + (double)breaks * scale->break_length;
}

double date_scale_length(const struct date_scale *scale)
{
    return date_scale_at(scale, scale->last);
}

bool date_scale_shows(const struct date_scale *scale, int32_t day)
{
    if (day < scale->first || day > scale->last)
        return false;
    for (size_t i = 0; i < scale->break_count; i++)
        if (day > scale->breaks[i].from && day < scale->breaks[i].to)
            return false;
    return true;
}
