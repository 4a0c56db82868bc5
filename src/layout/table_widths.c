/* Widths of a table's columns, by weights or by content. */
#include "layout/table_widths.h"

#include <math.h>

static const float CLASS_WIDTH = 10, RAGGED = 1.125f;
enum { MOST_LINES = 4 }; /* into which a cell is broken on purpose */

void table_need_cell(struct table_need *need, float width)
{
    size_t class = (size_t)(width / CLASS_WIDTH);
    struct table_class *of = &need->classes[class < TABLE_CLASSES ? class : TABLE_CLASSES - 1];
    of->cells++;
    of->widest = fmaxf(of->widest, width);
}

/* What rounding has left over goes to the last column, so that the sum is the room. */
static void settle(size_t count, float room, float *out)
{
    float sum = 0;
    for (size_t i = 0; i + 1 < count; i++)
        sum += out[i];
    out[count - 1] = room - sum;
}

static bool share_least(const struct table_need *needs, size_t count, float room, float least, float *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = needs[i].least * room / least;
    settle(count, room, out);
    return false;
}

/* A column whose share is below its longest word gets that; the others share what is left, and so on. */
static void share_by_weight(const struct table_need *needs, size_t count, float room, float *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = 0;
    for (bool again = true; again;) {
        double weights = 0, rest = room;
        again = false;
        for (size_t i = 0; i < count; i++) {
            rest -= out[i];
            weights += out[i] > 0 ? 0 : needs[i].weight;
        }
        for (size_t i = 0; i < count && !again; i++) {
            if (out[i] > 0 || needs[i].least <= 0 || rest * needs[i].weight / weights >= needs[i].least)
                continue;
            out[i] = needs[i].least;
            again = true;
        }
        for (size_t i = 0; i < count && !again; i++)
            if (out[i] == 0)
                out[i] = (float)(rest * needs[i].weight / weights);
    }
}

/* Lines that cells of a column take beyond their first, at a width. Broken lines are ragged: an eighth is lost. */
static double lines_over(const struct table_need *need, float width)
{
    double over = 0;
    for (size_t i = 0; i < TABLE_CLASSES; i++)
        if (need->classes[i].cells && need->classes[i].widest > width + 0.01f)
            over += need->classes[i].cells * fmax(1, ceil(need->classes[i].widest * RAGGED / width) - 1);
    return over;
}

/* The next width of a column, at most `free` more, that saves the most lines a point; 0: none saves any. */
static float next_width(const struct table_need *need, float width, float free, double *best)
{
    double over = lines_over(need, width);
    float found = 0;
    for (size_t i = 0; i < TABLE_CLASSES; i++)
        for (int lines = 1; need->classes[i].cells && lines <= MOST_LINES; lines++) {
            float wider = need->classes[i].widest * (lines > 1 ? RAGGED / (float)lines : 1);
            if (wider <= width + 0.01f || wider - width > free)
                continue;
            double saved = (over - lines_over(need, wider)) / (wider - width);
            if (saved > *best) {
                *best = saved;
                found = wider;
            }
        }
    return found;
}

/* All on one line: what is over goes by content. */
static void share_rest(const struct table_need *needs, size_t count, float room, float most, float *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = most > 0 ? needs[i].most * room / most : room / (float)count;
}

static void share_by_lines(const struct table_need *needs, size_t count, float room, float *out)
{
    float free = room, missing = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = needs[i].least;
        free -= out[i];
    }
    for (size_t at = 0; at < count;) {
        double best = 0;
        float width = 0;
        at = count;
        for (size_t i = 0; i < count; i++) {
            float wider = next_width(&needs[i], out[i], free, &best);
            if (wider > 0) {
                at = i;
                width = wider;
            }
        }
        if (at < count) {
            free -= width - out[at];
            out[at] = width;
        }
    }
    for (size_t i = 0; i < count; i++)
        missing += needs[i].most - out[i];
    for (size_t i = 0; i < count; i++)
        out[i] += missing > 0 ? free * (needs[i].most - out[i]) / missing : free / (float)count;
}

bool table_widths(const struct table_need *needs, size_t count, float room, float *out)
{
    float least = 0, most = 0;
    bool weighed = true;
    if (count == 0)
        return true;
    for (size_t i = 0; i < count; i++) {
        least += needs[i].least;
        most += needs[i].most;
        weighed &= needs[i].weight > 0;
    }
    if (least > room)
        return share_least(needs, count, room, least, out);
    if (weighed)
        share_by_weight(needs, count, room, out);
    else if (most <= room)
        share_rest(needs, count, room, most, out);
    else
        share_by_lines(needs, count, room, out);
    settle(count, room, out);
    return true;
}
