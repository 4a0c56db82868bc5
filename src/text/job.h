/*
 * One call of text_layout: the string and what becomes of it. Private to src/text.
 *
 *   string ──runs.c──▶ runs ──itemise.c──▶ units ──units.c──▶ units cut where lines may break
 *          ──breaks.c──▶ places of breaks ──justify.c──▶ units with more or less room ──line.c──▶ lines of pieces
 *
 * text.c leads.
 */
#ifndef MUJAZ_TEXT_JOB_H
#define MUJAZ_TEXT_JOB_H

#include "text/breaks.h"
#include "text/engine.h"

/* A stretch of one font, size, direction, script and language. */
struct text_run {
    uint32_t start, end;
    struct shape_how how;
    float size;
    uint8_t level;
};

enum unit_kind {
    UNIT_WORD,
    UNIT_SPACE, /* U+0020 or U+00A0: justification changes its width */
    UNIT_BLANK, /* other white space; separators, which have no width and no clusters */
    UNIT_TAB,
};

/* What may stand behind a unit; in the order of preference. */
enum unit_break { UNIT_STAYS, UNIT_EMERGENCY, UNIT_HYPHEN, UNIT_TIED, UNIT_BREAKS, UNIT_ENDS };

/* A piece that no line parts: a word in one run, or a part of it, or one white space. */
struct unit {
    enum unit_kind kind;
    enum unit_break behind;
    bool trimmed; /* at a line's end it is no part of the line */
    bool is_line_separator; /* U+2028: no line comes behind it when nothing else does */
    const struct text_run *run;
    const struct shaped *shaped; /* of the whole word in its run; NULL: separator */
    struct shape_piece piece;    /* as it was shaped */
    uint32_t base;               /* where shaped begins in the string */
    uint32_t start, end;         /* in the string */
    uint32_t first, count;       /* clusters of shaped */
    double width;                /* points */
    double room;                 /* what justification adds */
};

struct job {
    struct text_engine *engine;
    const char *text;
    uint32_t length;
    const struct text_span *spans;
    size_t span_count;
    const struct text_style *style;
    float width;
    text_place_fn *at;
    const void *context;
    struct arena *arena;
    struct diags *diags;
    struct arena *scratch; /* the engine's */
    struct unit *units;
    size_t unit_count;
    struct text_look *looks; /* of all lines */
    size_t look_count;
    struct text_piece *pieces; /* of one line */
    bool spoke; /* there was something to say, which is to be said wherever the same string stands */
};

/* A unit is appended; it stays zeroed but for `start`. */
struct unit *job_add_unit(struct job *, uint32_t start);
double job_points(const struct text_run *, int32_t units); /* face units in points */

/* itemise.c: the string's units, by spaces and runs; only separators end lines so far. */
void itemise(struct job *);

/* units.c. Whether the column is as narrow as those of tables: what looks bad elsewhere has to pass there. */
bool job_is_narrow(const struct job *);
/* Cuts the units where a line may break. */
void units_cut(struct job *);
/* ties.c: whether a reader takes in at once what stands before and behind the space or slash that ends at
 * `offset`. */
enum tie { TIE_NONE, TIE_LOOSE /* better not parted */, TIE_FAST /* never */ };
enum tie tie_at(const struct job *, uint32_t offset);
/* The offset `count` visible characters before `end`. */
uint32_t job_back_from(const struct job *, uint32_t end, int count);

/* justify.c. A line's units [from, to), without the trimmed ones at its end. */
struct justification {
    double spread; /* points added to its natural width */
    unsigned kashidas;
};

/* Where kashidas stood on the line above, from the column's left edge. */
struct kashida_spot {
    double left, right;
};
enum { KASHIDA_SPOTS = 48 };
struct kashida_spots {
    struct kashida_spot spots[KASHIDA_SPOTS];
    size_t count;
};

/* Whether a word can be stretched by a kashida: how much a line may count on, in points. */
double justify_kashida_stretch(const struct job *, const struct unit *);
/* Changes the units' room and shapes so that the line gets `width` points wide. `above` are the spots of the line
 * above and become this line's. False: the line stays short, since its spaces would look torn. */
bool justify_line(struct job *, struct unit *, size_t count, double natural, double width,
                  struct kashida_spots *above, struct justification *);

/* line.c: fills a line, whose start is known, from its units; and, when all lines are, their looks. */
void line_fill(struct job *, struct text_line *, const struct unit *, size_t count);
const struct text_look *line_looks(const struct job *);
/* The hyphen at a line's end is no text: it is ink of the last letter before it. */
void line_add_hyphen(const struct job *, struct unit *);
double line_hyphen_width(const struct job *, const struct text_run *); /* points */

/* Visual order of a line's units, left to right (UAX #9, L2). */
void units_order(const struct unit *units, size_t count, const struct unit **ordered);

#endif
