/*
 * Colours as a press with four inks prints them: sRGB through the press's ICC profile, relative to the white of its
 * paper, with blacks brought together (black point compensation). Inks are cyan, magenta, yellow, black; 0 is none,
 * 255 all.
 */
#ifndef MUJAZ_SCENE_CMYK_H
#define MUJAZ_SCENE_CMYK_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct cmyk;

enum { CMYK_INKS = 4 };

/* What keeps a file from being the profile of such a press, as a phrase ("it is ..."), or NULL. In the arena. */
const char *cmyk_fault(const void *profile, size_t length, struct arena *);
/* What the profile calls itself, in ASCII; in the arena. */
const char *cmyk_name(const void *profile, size_t length, struct arena *);

/* `profile` must have no fault. */
struct cmyk *cmyk_new(const void *profile, size_t length);
void cmyk_drop(struct cmyk *);

/* Of what is drawn. Greys are shades of black alone, and what is nearly black (scene/grey.h) and nearly grey is all of
 * it: four inks that do not meet exactly would blur small letters. White is bare paper. */
void cmyk_of_ink(const struct cmyk *, uint32_t rgb, uint8_t inks[CMYK_INKS]);
/* Of pixels, three bytes each; four each come out. */
void cmyk_of_pixels(const struct cmyk *, const uint8_t *rgb, size_t count, uint8_t *inks);

#endif
