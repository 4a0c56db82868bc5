/*
 * Marked content of the page that is being written: which sequences of operators belong to which structure element,
 * and what they say. Private to src/pdf.
 *
 * An element's lines are one sequence, with these exceptions:
 *  - a right-to-left line is a sequence of its own, with its text beside it in logical order;
 *  - a left-to-right line is parted where a link begins or ends, whose text belongs to the link's element. Readers
 *    take no notice: pdf.js ends an item of text at each part, which in such lines is where it does already, or does
 *    no harm. Not so a line with right-to-left words, whose text objects content.c puts into PDFium's order;
 *  - a Figure with an alternative description is one sequence, whatever is in it.
 *  - a line that cannot be parted, with words of another language or a link's: a part in a right-to-left line would be
 *    a bidi paragraph of its own to pdf.js, which would put its words in reverse order. Such a line is told: it is
 *    drawn in one sequence, empty ones stand before and behind it, and each has the text of a part as its ActualText,
 *    in logical order, with its language, in its own element. Who reads no ActualText finds all words in the first.
 */
#ifndef MUJAZ_PDF_TAGGED_H
#define MUJAZ_PDF_TAGGED_H

#include "pdf/atoms.h"
#include "pdf/structure.h"
#include "pdf/text_object.h"

struct tagged {
    struct structure *structure; /* NULL: nothing is marked */
    struct buf *out;             /* of the page */
    struct text_object *object;  /* of the page: a sequence lies inside of it, or it inside of the sequence */
    const struct scene_tag *tag; /* whose content it is; NULL: an artifact, or nothing */
    bool text_alone;             /* nothing but text is drawn in it, so that its sequences lie inside text objects */
    bool open;                   /* a sequence of it is */
    struct buf text;             /* of that sequence, in logical order */
    bool text_rtl;               /* some of it is drawn in another order */
    bool text_open;              /* ends inside a word that the next line goes on with */
    bool told;                   /* the line that is being written has its text beside the drawing, in parts */
    struct line_part *parts;     /* of that line */
    size_t part_count, part_room;
};

void tagged_init(struct tagged *, struct structure *, struct buf *out, struct text_object *);
void tagged_drop(struct tagged *);

void tagged_begin(struct tagged *, const struct scene_tag *, bool text_alone);
void tagged_begin_artifact(struct tagged *, enum artifact_kind, bool text_alone);
void tagged_end(struct tagged *);

void tagged_draw(struct tagged *); /* something to be drawn comes */
/* Whether the line is in parts: its atoms are told theirs. */
bool tagged_part(struct tagged *, const struct scene_command *text, struct atoms *);
/* Around what shows the line; in there each part begins where the one before it ends. */
void tagged_begin_line(struct tagged *, const struct scene_command *text, bool parted);
void tagged_begin_part(struct tagged *, unsigned part);
void tagged_end_part(struct tagged *);
void tagged_end_line(struct tagged *, const struct scene_command *text, bool parted);

#endif
