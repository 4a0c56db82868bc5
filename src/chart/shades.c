/* Choosing shades of series. Must not know what is drawn in them. */
#include "chart/shades.h"

#include <math.h>
#include <stddef.h>

#include "chart/vision.h"

/* Found by search: the greatest least difference under the five visions among muted colours, dark and light by turns.
 * Ochre, blue, two dark ones, violet, brick. Of these the accent takes the place of the one that it is most like. */
static const struct shade POOL[SERIES_MOST] = {
    {0x896E0A, 0xF0D6A8}, {0x7D8FCD, 0x7D8FCD}, {0x451D24, 0x451D24},
    {0x4E4D08, 0x4E4D08}, {0x61589A, 0xBEBBC9}, {0xB45E5A, 0xB45E5A},
};

static double likeness(uint32_t accent, uint32_t shade)
{
    double grey = vision_difference(vision_lab(VISION_GREY, accent), vision_lab(VISION_GREY, shade));

    return -fmin(grey, vision_least_difference(accent, shade));
}

void shades_of(uint32_t accent, struct shade out[SERIES_MOST])
{
    size_t most = 0, count = 0;
    double like = -HUGE_VAL;

    for (size_t i = 0; i < SERIES_MOST; i++) {
        double here = likeness(accent, POOL[i].fill);
        if (here > like) {
            like = here;
            most = i;
        }
    }
    out[count++] = (struct shade){accent, accent};
    for (size_t i = 0; i < SERIES_MOST; i++)
        if (i != most)
            out[count++] = POOL[i];
}
