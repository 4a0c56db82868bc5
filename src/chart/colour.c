/* Contrast and shades. Must not know what is drawn with them. */
#include "chart/colour.h"

#include <math.h>

static double channel(uint32_t rgb, int shift)
{
    return ((rgb >> shift) & 0xFF) / 255.0;
}

static double linear(double channel_value)
{
    return channel_value <= 0.04045 ? channel_value / 12.92 : pow((channel_value + 0.055) / 1.055, 2.4);
}

void colour_linear(uint32_t rgb, double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = linear(channel(rgb, 16 - 8 * i));
}

static double luminance(uint32_t rgb)
{
    double light[3];

    colour_linear(rgb, light);
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
}

double colour_contrast(uint32_t a, uint32_t b)
{
    double la = luminance(a), lb = luminance(b);

    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

uint32_t colour_mix(uint32_t from, uint32_t to, double amount)
{
    uint32_t mixed = 0;

    for (int shift = 16; shift >= 0; shift -= 8) {
        double value = channel(from, shift) * (1 - amount) + channel(to, shift) * amount;
        mixed |= (uint32_t)lround(value * 255) << shift;
    }
    return mixed;
}

uint32_t colour_visible(uint32_t rgb, double contrast)
{
    uint32_t shade = rgb;

    for (int i = 1; i <= 50 && colour_contrast(shade, COLOUR_PAPER) < contrast; i++)
        shade = colour_mix(rgb, 0, i * 0.02);
    return shade;
}

uint32_t colour_on(uint32_t ground, uint32_t ink)
{
    return colour_contrast(ground, ink) >= colour_contrast(ground, COLOUR_PAPER) ? ink : COLOUR_PAPER;
}
