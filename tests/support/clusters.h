/* A line's clusters side by side. */
#ifndef MUJAZ_TESTS_CLUSTERS_H
#define MUJAZ_TESTS_CLUSTERS_H

#include "text/text.h"

enum { CLUSTERS_MOST = 2048 };
struct clusters {
    struct text_cluster items[CLUSTERS_MOST];
    uint32_t count;
};

/* Fails the test when there are more. */
const struct clusters *clusters_of(const struct text_line *, struct clusters *);

#endif
