/* Colour vision and colour difference. Must not know what the colours are for. */
#include "chart/vision.h"

#include <math.h>

#include "chart/colour.h"

/* On linear RGB, the deficiency complete. */
static const double MACHADO[][3][3] = {
    [VISION_USUAL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    [VISION_PROTANOPIA] = {{0.152286, 1.052583, -0.204868},
                           {0.114503, 0.786281, 0.099216},
                           {-0.003882, -0.048116, 1.051998}},
    [VISION_DEUTERANOPIA] = {{0.367322, 0.860646, -0.227968},
                             {0.280085, 0.672501, 0.047413},
                             {-0.011820, 0.042940, 0.968881}},
    [VISION_TRITANOPIA] = {{1.255528, -0.076749, -0.178779},
                           {-0.078411, 0.930809, 0.147602},
                           {0.004733, 0.691367, 0.303900}},
};

/* From linear sRGB, relative to the white of D65. */
static const double XYZ[3][3] = {{0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047},
                                 {0.2126729, 0.7151522, 0.0721750},
                                 {0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883}};

static void multiply(const double matrix[3][3], const double in[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = matrix[i][0] * in[0] + matrix[i][1] * in[1] + matrix[i][2] * in[2];
}

static double lightness_part(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

struct lab vision_lab(enum vision vision, uint32_t rgb)
{
    double linear[3], seen[3], xyz[3];

    colour_linear(rgb, linear);
    multiply(MACHADO[vision == VISION_GREY ? VISION_USUAL : vision], linear, seen);
    for (int i = 0; i < 3; i++)
        seen[i] = fmin(fmax(seen[i], 0), 1);
    multiply(XYZ, seen, xyz);
    for (int i = 0; i < 3; i++)
        xyz[i] = lightness_part(xyz[i]);
    if (vision == VISION_GREY)
        return (struct lab){.l = 116 * xyz[1] - 16};
    return (struct lab){116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])};
}

/* --- CIEDE2000; names as in Sharma, Wu & Dalal --- */

static const double DEGREE = 3.14159265358979323846 / 180;

static double power7(double x)
{
    double cube = x * x * x;

    return cube * cube * x;
}

/* Towards 1 for strong colours. */
static double strength(double chroma)
{
    return sqrt(power7(chroma) / (power7(chroma) + 6103515625.0)); /* 25^7 */
}

static double hue(double a, double b)
{
    double angle = a == 0 && b == 0 ? 0 : atan2(b, a) / DEGREE;

    return angle < 0 ? angle + 360 : angle;
}

static double mean_hue(double h1, double h2, bool grey)
{
    double sum = h1 + h2;

    if (grey || fabs(h1 - h2) <= 180)
        return grey ? sum : sum / 2;
    return (sum < 360 ? sum + 360 : sum - 360) / 2;
}

double vision_difference(struct lab one, struct lab two)
{
    double g = 1.5 - strength((hypot(one.a, one.b) + hypot(two.a, two.b)) / 2) / 2;
    double a1 = one.a * g, a2 = two.a * g, c1 = hypot(a1, one.b), c2 = hypot(a2, two.b);
    double h1 = hue(a1, one.b), h2 = hue(a2, two.b), turn = h2 - h1;
    double l = (one.l + two.l) / 2 - 50, c = (c1 + c2) / 2, h = mean_hue(h1, h2, c1 * c2 == 0);
    double t = 1 - 0.17 * cos((h - 30) * DEGREE) + 0.24 * cos(2 * h * DEGREE) + 0.32 * cos((3 * h + 6) * DEGREE) -
               0.20 * cos((4 * h - 63) * DEGREE);
    double lightness = (two.l - one.l) / (1 + 0.015 * l * l / sqrt(20 + l * l));
    double chroma = (c2 - c1) / (1 + 0.045 * c), hues;
    double blue = (h - 275) / 25;

    turn -= turn > 180 ? 360 : turn < -180 ? -360 : 0;
    hues = 2 * sqrt(c1 * c2) * sin(turn / 2 * DEGREE) / (1 + 0.015 * c * t);
    return sqrt(lightness * lightness + chroma * chroma + hues * hues -
                sin(60 * exp(-blue * blue) * DEGREE) * 2 * strength(c) * chroma * hues);
}

double vision_least_difference(uint32_t a, uint32_t b)
{
    double least = HUGE_VAL;

    for (enum vision vision = VISION_USUAL; vision < VISION_GREY; vision++)
        least = fmin(least, vision_difference(vision_lab(vision, a), vision_lab(vision, b)));
    return least;
}
