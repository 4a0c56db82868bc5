/* Loading cairo. Knows nothing of pictures. */
#include "image/cairo_calls.h"

#include <stdbool.h>

#define CALL(function) { #function, &late_cairo.function },

struct cairo_calls late_cairo;

const char *cairo_load(void)
{
    static const struct late_call calls[] = { CAIRO_CALLS(CALL) };
    static bool loaded;
    const char *wrong = loaded ? NULL : late_load("libcairo.so.2", calls, sizeof calls / sizeof *calls);
    loaded = !wrong;
    return wrong;
}
