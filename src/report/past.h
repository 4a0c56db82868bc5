/*
 * What a text may name of a figure's past: {attacks.previous}, {attacks.change} and so on. The names alone; values come
 * from build_past.c.
 */
#ifndef MUJAZ_REPORT_PAST_H
#define MUJAZ_REPORT_PAST_H

#include <stdbool.h>

enum past {
    PAST_NONE,           /* the figure itself */
    PAST_PREVIOUS,       /* its value in the issue before, as today's data have it */
    PAST_PUBLISHED,      /* the same as it was printed then */
    PAST_CHANGE,         /* with its sign */
    PAST_BY,             /* how much it rose or fell, without a sign */
    PAST_CHANGE_PERCENT, /* of the value before, as a ratio */
    PAST_BY_PERCENT,
    PAST_DIRECTION,      /* up, down, same, none: for a select */
    PAST_REVISED,        /* yes, no: for a select */
    PAST_COUNT
};

/* Of the issue before as a whole; PAST_NONE to past_of. */
#define PAST_ISSUE "previous.issue"
#define PAST_AS_OF "previous.as_of"

const char *past_name(enum past);           /* "change"; "" of NONE */
enum past past_of(const char *figure);      /* by what stands behind its dot */
bool past_chooses(enum past);               /* it has no words of its own: for a select */
/* Whether any text of a file could name a past: false is sure. */
bool past_is_named(const char *text);

#endif
