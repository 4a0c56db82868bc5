/*
 * Numbers that are not exact, and the one vocabulary of words that say so. Data gives a code in its column
 * `qualifier`; the words that readers see in either language are made here and nowhere else.
 *
 * Codes that mean the same stand side by side (about, around, some), so that a briefing can keep the wording
 * of the text that it quotes.
 */
#ifndef MUJAZ_REPORT_HEDGE_H
#define MUJAZ_REPORT_HEDGE_H

#include "base/lang.h"
#include "base/num.h"

struct arena;

struct hedge {
    struct num best, low, high;
    bool has_best, has_low, has_high;
    const char *words[LANG_COUNT]; /* before the number: "more than"; NULL: none */
    /* Not NULL where low and high are printed, and not best: what joins them, " to ", blanks and all. */
    const char *joint[LANG_COUNT];
};

/*
 * Gives a hedge, with its numbers in it, the words of a code; NULL and "" are no code. What a code implies is
 * filled in: "more than 100" has the low bound 100. Returns NULL, or what is wrong, as the end of a sentence
 * that begins with the name of what is hedged.
 */
const char *hedge_settle(struct hedge *, const char *code, struct arena *);

/* The words of a code alone, "" for an exact number. NULL when the code is not known. */
const char *hedge_words(const char *code, enum lang);

/* The number that nouns beside it agree with: the last one printed. */
struct num hedge_counted(const struct hedge *);

#endif
