/*
 * What a run says while it works: lines on standard output, what is wrong on standard error, and on a terminal one line
 * of progress that is always the last. A reader that has gone stops no run.
 */
#ifndef MUJAZ_NIGHTLY_SAY_H
#define MUJAZ_NIGHTLY_SAY_H

#include <stdbool.h>

struct night_say {
    bool quiet;    /* only what is wrong */
    bool terminal; /* there is a line of progress */
    bool shown;    /* it stands there */
    int error;     /* errno of the first line that standard output did not take; 0: it took all */
};

void night_say_begin(struct night_say *, bool quiet);
void night_say_line(struct night_say *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void night_say_wrong(struct night_say *, const char *text); /* whole lines */
/* In place of the one before, cut at the terminal's width. */
void night_say_progress(struct night_say *, const char *text);
void night_say_clear(struct night_say *); /* takes the line of progress away */

#endif
