/* Isotonic regression by pooling adjacent violators. Must not know what it moves. */
#include "chart/relax.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

/* Items that touch each other: each wants the run's first item at some place; the run takes the mean. */
struct run {
    size_t first;
    double sum, count;
};

static double mean(const struct run *run)
{
    return run->sum / run->count;
}

void relax(struct relax_item *items, size_t count)
{
    struct run *runs = xcalloc(count + 1, sizeof *runs);
    double stacked = 0;
    size_t run_count = 0;

    /* In coordinates from which the heights of all items before are taken off, "no overlap" is "ascending". */
    for (size_t i = 0; i < count; i++) {
        runs[run_count++] = (struct run){i, items[i].wanted - stacked, 1};
        stacked += items[i].height;
        while (run_count > 1 && mean(&runs[run_count - 2]) > mean(&runs[run_count - 1])) {
            runs[run_count - 2].sum += runs[run_count - 1].sum;
            runs[run_count - 2].count += runs[run_count - 1].count;
            run_count--;
        }
    }
    stacked = 0;
    for (size_t i = 0, run = 0; i < count; i++) {
        if (run + 1 < run_count && i == runs[run + 1].first)
            run++;
        items[i].top = fmax(mean(&runs[run]), 0) + stacked;
        stacked += items[i].height;
    }
    free(runs);
}
