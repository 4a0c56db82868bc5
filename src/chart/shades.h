/*
 * Shades of series: six that are told apart by all eyes and in grey.
 *
 * The first is the layout's accent. For the shipped accents any two lines differ by SHADES_APART under each vision, any
 * two fills by FILLS_APART, the first three by FIRST_APART (CIEDE2000); in grey neighbours' fills part by
 * GREY_NEIGHBOURS of lightness, any two by GREY_APART. Okabe and Ito's and Tol's six have 11 and 12 for fills, and half
 * of theirs are too light for lines on paper.
 */
#ifndef MUJAZ_CHART_SHADES_H
#define MUJAZ_CHART_SHADES_H

#include <stdint.h>

enum { SERIES_MOST = 6 }; /* that can be told apart in grey */

#define SHADES_APART 11.0
#define FILLS_APART 17.0
#define FIRST_APART 26.0
#define GREY_APART 10.0
#define GREY_NEIGHBOURS 20.0

struct shade {
    uint32_t line; /* contrast 3 to the paper: lines, outlines, symbols */
    uint32_t fill; /* of areas; where it is lighter than the line, only inside an outline */
};

void shades_of(uint32_t accent, struct shade out[SERIES_MOST]);

#endif
