/*
 * Notes: lines and bands across a plot, with words that stand outside of it, so that no data lie under them. For any
 * type whose values or days stand along an axis.
 *
 *   lying axis: words above the plot, in rows       standing axis: words behind the plot
 *        election                                     ┌──────────────┐
 *        │   new budget                               │╌╌╌╌╌╌╌╌╌╌╌╌╌╌│ limit
 *     ┌──│───│────┐                                   └──────────────┘
 *
 *   struct chart_notes *notes = chart_notes_of_values(plot, &axis, false);
 *   top += chart_notes_room(notes, 0, plot->width);      height of the words above, or width of those behind
 *   chart_notes_draw_bands(notes, picture, top, bottom); before the data
 *   chart_notes_draw(notes, picture, top, bottom);       after the data; standing: left and right of the plot
 */
#ifndef MUJAZ_CHART_NOTES_H
#define MUJAZ_CHART_NOTES_H

#include "chart/axis.h"
#include "chart/ends.h"

struct chart_notes;

/* VALUE and VALUES on an axis of numbers; DAY and DAYS on an axis of days. `standing`: the axis runs upwards. */
struct chart_notes *chart_notes_of_values(const struct plot *, const struct axis *, bool standing);
struct chart_notes *chart_notes_of_days(const struct plot *, const struct axis *);
size_t chart_notes_count(const struct chart_notes *);

/* Sets the words and returns the room that they take with the gap to the plot, 0 when there are none. Lying axis:
 * within `least` to `most`, a height. Standing axis: at most `most` wide, a width. */
double chart_notes_room(struct chart_notes *, double least, double most);
void chart_notes_draw_bands(const struct chart_notes *, struct picture *, double from, double to);
void chart_notes_draw(const struct chart_notes *, struct picture *, double from, double to);

/* Standing axis, for types that have other words behind the plot, which ends at x: instead of chart_notes_draw. `out`
 * has room for chart_notes_count. */
void chart_notes_ends(const struct chart_notes *, double x, struct end_label *out);
void chart_notes_draw_lines(const struct chart_notes *, struct picture *, double from, double to);

/* check.c asks once for all panels: a diagnostic for each note that the chart has no place for. */
void chart_notes_check(const struct plot *);

/* The note at the category with that English label; NULL: none. */
const struct chart_note *chart_notes_of_category(const struct plot *, const char *category);
/* The words of one, to be placed by the type. */
struct label_pair chart_notes_words(const struct plot *, const struct chart_note *, double width);

#endif
