/* Where a stage puts the bytes that it makes, one after the other; whoever gave it knows what becomes of them. */
#ifndef MUJAZ_BASE_SINK_H
#define MUJAZ_BASE_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct sink {
    /* False with a diagnostic when they cannot be kept: then all that was made is lost, and no more need come. */
    bool (*add)(void *context, const void *bytes, size_t length);
    void *context;
};

/* Appends to a buffer, which must outlive it. */
struct sink buf_sink(struct buf *);

#endif
