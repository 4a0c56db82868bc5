#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/clusters.h"

const struct clusters *clusters_of(const struct text_line *line, struct clusters *out)
{
    struct text_walk walk = { .line = line };
    struct text_cluster c;
    for (out->count = 0; text_walk_next(&walk, &c);) {
        assert_in_range(out->count, 0, CLUSTERS_MOST - 1);
        out->items[out->count++] = c;
    }
    return out;
}
