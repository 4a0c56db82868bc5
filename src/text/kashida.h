/* Where an Arabic word may be stretched. Knows only letters. Private to src/text. */
#ifndef MUJAZ_TEXT_KASHIDA_H
#define MUJAZ_TEXT_KASHIDA_H

#include <stddef.h>
#include <stdint.h>

struct kashida_place {
    uint32_t offset; /* the kashida stands before this byte of the word */
    int priority;    /* 1 is best */
};

enum { KASHIDA_PLACES = 16 };

/* The places of a word, best first; their number. */
size_t kashida_places(const char *word, size_t length, struct kashida_place out[KASHIDA_PLACES]);

#endif
