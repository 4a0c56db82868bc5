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

/* The less, the more alike. In grey shades may be a little nearer: hatches and dashes part them there. */
static double distance(uint32_t accent, const struct shade *shade)
{
    double grey = fabs(vision_lab(VISION_GREY, accent).l - vision_lab(VISION_GREY, shade->fill).l);

    return fmin(0.7 * grey, fmin(vision_least_difference(accent, shade->line),
                                 vision_least_difference(accent, shade->fill)));
}

void shades_of(uint32_t accent, struct shade out[SERIES_MOST])
{
    size_t nearest = 0, count = 0;
    double least = HUGE_VAL;

    for (size_t i = 0; i < SERIES_MOST; i++) {
        double apart = distance(accent, &POOL[i]);
        if (apart < least) {
            least = apart;
            nearest = i;
        }
    }
    out[count++] = (struct shade){accent, accent};
    for (size_t i = 0; i < SERIES_MOST; i++)
        if (i != nearest)
            out[count++] = POOL[i];
}
