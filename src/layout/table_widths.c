/* Widths of a table's columns, by weights or by content. */
#include "layout/table_widths.h"

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
            if (out[i] > 0 || rest * needs[i].weight / weights >= needs[i].least)
                continue;
            out[i] = needs[i].least;
            again = true;
        }
        for (size_t i = 0; i < count && !again; i++)
            if (out[i] == 0)
                out[i] = (float)(rest * needs[i].weight / weights);
    }
}

/* Room for all on one line: what is over goes by content. Else each has its longest word, and what is over goes by
 * how much more it would take. */
static void share_by_content(const struct table_need *needs, size_t count, float room, float least, float most,
                             float *out)
{
    for (size_t i = 0; i < count; i++) {
        const struct table_need *need = &needs[i];
        if (most <= 0)
            out[i] = room / (float)count;
        else if (most <= room)
            out[i] = need->most * room / most;
        else
            out[i] = need->least + (room - least) * (need->most - need->least) / (most - least);
    }
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
    else
        share_by_content(needs, count, room, least, most, out);
    settle(count, room, out);
    return true;
}
