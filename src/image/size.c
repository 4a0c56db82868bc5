/* How large an image may be. */
#include "image/image_inside.h"

#include "base/arena.h"

const char *image_size_fault(uint64_t width, uint64_t height, struct arena *arena)
{
    if (width == 0 || height == 0)
        return "it has no pixels; save it again";
    if (width <= IMAGE_MOST_PIXELS && height <= IMAGE_MOST_PIXELS && width * height <= IMAGE_MOST_PIXELS)
        return NULL;
    return arena_printf(arena, "it has %llu by %llu pixels; make it smaller, 16 megapixels (%d) are the most",
                        (unsigned long long)width, (unsigned long long)height, (int)IMAGE_MOST_PIXELS);
}
