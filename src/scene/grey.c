/* Grey: the luminance of sRGB colours (IEC 61966-2-1), and shades with the same curve. Knows nothing of pages. */
#include "scene/grey.h"

#include <math.h>

static const double RED = 0.2126, GREEN = 0.7152, BLUE = 0.0722; /* of the luminance */
enum { NEARLY_BLACK = 48 }; /* darker shades: a lightness (L*) below 20 of 100 */

static double light_of(unsigned component)
{
    double v = component / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static uint8_t shade_of(double light)
{
    double v = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055;
    return (uint8_t)lround(v * 255);
}

uint8_t grey_of_ink(uint32_t rgb)
{
    double light = RED * light_of(rgb >> 16 & 255) + GREEN * light_of(rgb >> 8 & 255) + BLUE * light_of(rgb & 255);
    uint8_t shade = shade_of(light);
    return shade < NEARLY_BLACK ? 0 : shade;
}

void grey_scale_init(struct grey_scale *g)
{
    for (unsigned i = 0; i < 256; i++)
        g->light[i] = (float)light_of(i);
    for (int i = 0; i <= GREY_STEPS; i++)
        g->shade[i] = shade_of(i / (double)GREY_STEPS);
}

uint8_t grey_of_pixel(const struct grey_scale *g, const uint8_t rgb[3])
{
    double light = RED * (double)g->light[rgb[0]] + GREEN * (double)g->light[rgb[1]] + BLUE * (double)g->light[rgb[2]];
    return g->shade[lround(light * GREY_STEPS)];
}
