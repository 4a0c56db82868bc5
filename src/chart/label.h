/* Labels: short texts of a chart, set by the text room, measured, ready to be placed. */
#ifndef MUJAZ_CHART_LABEL_H
#define MUJAZ_CHART_LABEL_H

#include "base/diag.h"
#include "text/text.h"

struct plot;

struct label {
    const struct text_block *block; /* NULL: nothing to show */
    double width, height;  /* of the box around all lines */
    double pitch, ascent;  /* between baselines; from the box's top to the first baseline */
    double middle;         /* from the box's top to what the eye takes as its middle */
};

struct label_look {
    enum font_weight weight;
    uint32_t rgb;
    double scale; /* of the chart's label size; 0 means 1 */
};

/* The same in each language shown, one above the other; once where both print the same. */
struct label_pair {
    struct label label[LANG_COUNT]; /* by the order of plot->langs */
    double width, height;           /* of both */
};

/* `width` <= 0: one line. Diagnostics are placed at `at`. An empty or missing text gives an empty label. */
struct label label_make(const struct plot *, enum lang, const char *utf8, struct label_look, double width,
                        const struct place *at);
/* `words` by language. */
struct label_pair label_pair_make(const struct plot *, const char *const words[LANG_COUNT], struct label_look,
                                  double width, const struct place *at);
/* From a pair's top to what the eye takes as its middle. */
double label_pair_middle(const struct label_pair *);
/* How far the words of language `nth` are lowered below the top of both, so that words beside each other stand on one
 * baseline. */
double labels_lowered(const struct label beside[LANG_COUNT], size_t nth);
/* Width of the text on one line. */
double label_natural_width(const struct plot *, enum lang, const char *utf8, struct label_look);
/* Width of its widest word: what a column must have so that no word breaks. */
double label_least_width(const struct plot *, enum lang, const char *utf8, struct label_look);

#endif
