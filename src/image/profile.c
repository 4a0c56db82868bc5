/*
 * ICC profiles: whether one means the colours of sRGB, by its primaries (ICC.1, tags rXYZ, gXYZ and bXYZ). Must not
 * know what kind of file it came in.
 */
#include "image/image_inside.h"

#include <math.h>
#include <string.h>

enum { HEAD = 128, TAG = 12, COLOUR_SPACE = 16 };

static uint32_t word(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The tag's X, Y and Z; false when it has none. */
static bool find_xyz(const uint8_t *profile, size_t length, const char *tag, double xyz[3])
{
    size_t count = word(profile + HEAD);
    for (size_t i = 0; i < count && HEAD + 4 + TAG * (i + 1) <= length; i++) {
        const uint8_t *entry = profile + HEAD + 4 + TAG * i;
        size_t at = word(entry + 4);
        if (memcmp(entry, tag, 4) != 0)
            continue;
        if (at > length || length - at < 20 || memcmp(profile + at, "XYZ ", 4) != 0)
            return false;
        for (int c = 0; c < 3; c++)
            xyz[c] = (int32_t)word(profile + at + 8 + 4 * c) / 65536.0;
        return true;
    }
    return false;
}

const char *image_profile_fault(const uint8_t *profile, size_t length)
{
    static const struct {
        const char *tag;
        double xyz[3]; /* of sRGB, adapted to D50 */
    } primaries[] = {
        { "rXYZ", { 0.4361, 0.2225, 0.0139 } },
        { "gXYZ", { 0.3851, 0.7169, 0.0971 } },
        { "bXYZ", { 0.1431, 0.0606, 0.7141 } },
    };
    enum { COUNT = sizeof primaries / sizeof *primaries };
    const double near = 0.02;
    double xyz[3];
    if (length >= HEAD + 4 && memcmp(profile + COLOUR_SPACE, "GRAY", 4) == 0)
        return NULL;
    for (int i = 0; i < COUNT; i++) {
        if (length < HEAD + 4 || !find_xyz(profile, length, primaries[i].tag, xyz))
            return "its colour profile cannot be read; save it in sRGB";
        for (int c = 0; c < 3; c++)
            if (fabs(xyz[c] - primaries[i].xyz[c]) > near)
                return "its colours are of another space than sRGB (it has a colour profile); save it in sRGB";
    }
    return NULL;
}
