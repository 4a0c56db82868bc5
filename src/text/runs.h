/*
 * A paragraph's runs: stretches of one font, direction, script and language. Private to src/text.
 *
 * Pango finds them in any text. Most texts need less: letters of our two scripts, digits and common punctuation, each
 * in the first font of its look. Their runs are found here, the same ones, for a tenth of the work.
 */
#ifndef MUJAZ_TEXT_RUNS_H
#define MUJAZ_TEXT_RUNS_H

#include "text/job.h"

struct text_runs {
    struct text_run *runs; /* in the job's scratch arena */
    size_t count;
};

/* Of bytes [start, end), in which no separator of paragraphs stands. */
struct text_runs runs_by_pango(struct job *, uint32_t start, uint32_t end);
/* False: it is not such a text. */
bool runs_of_plain(const struct job *, uint32_t start, uint32_t end, struct text_runs *out);
/* Gives what is slanted to the italics of its faces, a whole word at a time: one with a character that the italic lacks
 * stays upright, as does what runs right to left. */
void runs_slant(const struct job *, struct text_runs *);

#endif
