/* Bytes into a buffer. */
#include "base/sink.h"

static bool add_to_buf(void *context, const void *bytes, size_t length)
{
    buf_add(context, bytes, length);
    return true;
}

struct sink buf_sink(struct buf *b)
{
    return (struct sink){ add_to_buf, b };
}
