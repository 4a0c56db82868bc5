/* Colours as a reader sees them: contrast (WCAG 2.1) and shades that keep it. 0xRRGGBB, on white paper. */
#ifndef MUJAZ_CHART_COLOUR_H
#define MUJAZ_CHART_COLOUR_H

#include <stdint.h>

#define COLOUR_PAPER 0xFFFFFFu
#define CONTRAST_MARK 3.0 /* WCAG 1.4.11 */
#define CONTRAST_TEXT 4.5 /* WCAG 1.4.3 */

void colour_linear(uint32_t rgb, double linear[3]);             /* red, green, blue: light, from 0 to 1 */
double colour_contrast(uint32_t a, uint32_t b);                 /* 1 to 21 */
uint32_t colour_mix(uint32_t from, uint32_t to, double amount); /* amount 0: from, 1: to */
/* Ink or paper, whichever stands out more from the ground. */
uint32_t colour_on(uint32_t ground, uint32_t ink);
/* The colour, darkened as little as needed to stand out from the paper by `contrast`. */
uint32_t colour_visible(uint32_t rgb, double contrast);

#endif
