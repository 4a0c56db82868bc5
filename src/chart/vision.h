/*
 * Colours as different eyes see them, and how far apart two of them look.
 *
 * Eyes that lack a kind of cone after Machado, Oliveira & Fernandes, "A Physiologically-based Model for Simulation of
 * Color Vision Deficiency", IEEE TVCG 15 (2009); differences by CIEDE2000 after Sharma, Wu & Dalal, Color Research and
 * Application 30 (2005).
 */
#ifndef MUJAZ_CHART_VISION_H
#define MUJAZ_CHART_VISION_H

#include <stdbool.h>
#include <stdint.h>

enum vision {
    VISION_USUAL,
    VISION_PROTANOPIA, VISION_DEUTERANOPIA, VISION_TRITANOPIA,
    VISION_GREY, /* a print in black */
    VISION_COUNT
};

/* CIELAB under D65; lightness from 0 to 100. */
struct lab {
    double l, a, b;
};

struct lab vision_lab(enum vision, uint32_t rgb);
double vision_difference(struct lab, struct lab); /* CIEDE2000: 1 is hardly seen, 10 at a glance */
/* The least for any kind of eyes; of grey prints, see VISION_GREY. */
double vision_least_difference(uint32_t a, uint32_t b);

#endif
