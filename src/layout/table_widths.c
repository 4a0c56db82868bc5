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

static float step_of(const struct table_need *need, int step)
{
    return step == 0 ? need->least : step == 1 ? need->enough : need->most;
}

static float sum_of(const struct table_need *needs, size_t count, int step)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += step_of(&needs[i], step);
    return sum;
}

/* Up to the last step that has room for all; what is over goes by how much more the next one would take, and behind
 * the last by content. */
static void share_by_content(const struct table_need *needs, size_t count, float room, float *out)
{
    int step = 0;
    while (step < 2 && sum_of(needs, count, step + 1) <= room)
        step++;
    float sum = sum_of(needs, count, step), over = room - sum;
    float more = step < 2 ? sum_of(needs, count, step + 1) - sum : sum;
    for (size_t i = 0; i < count; i++) {
        float have = step_of(&needs[i], step), want = step < 2 ? step_of(&needs[i], step + 1) - have : have;
        out[i] = have + (more > 0 ? over * want / more : over / (float)count);
    }
}

bool table_widths(const struct table_need *needs, size_t count, float room, float *out)
{
    bool weighed = true;
    if (count == 0)
        return true;
    for (size_t i = 0; i < count; i++)
        weighed &= needs[i].weight > 0;
    if (sum_of(needs, count, 0) > room)
        return share_least(needs, count, room, sum_of(needs, count, 0), out);
    if (weighed)
        share_by_weight(needs, count, room, out);
    else
        share_by_content(needs, count, room, out);
    settle(count, room, out);
    return true;
}
