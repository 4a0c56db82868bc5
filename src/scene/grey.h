/* Colours as one ink prints them: by their luminance, in shades with the tone curve of sRGB. 0 is black, 255 white. */
#ifndef MUJAZ_SCENE_GREY_H
#define MUJAZ_SCENE_GREY_H

#include <stdint.h>

/* Of what is drawn. What is nearly black becomes black: a letter of 88 % black would be printed as dots. */
uint8_t grey_of_ink(uint32_t rgb);

/* Of pixels, of which there are many: what is worked out once. */
enum { GREY_STEPS = 4096 };
struct grey_scale {
    float light[256];               /* of a component, 0 to 1 */
    uint8_t shade[GREY_STEPS + 1];  /* of a luminance */
};
void grey_scale_init(struct grey_scale *);
uint8_t grey_of_pixel(const struct grey_scale *, const uint8_t rgb[3]);

#endif
