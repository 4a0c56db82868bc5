/* The TrueType program of a PDF font: subsets of its faces, joined, with composite glyphs behind them. */
#ifndef MUJAZ_PDF_FONT_PROGRAM_H
#define MUJAZ_PDF_FONT_PROGRAM_H

#include "pdf/font.h"

/* Appends the program to `out` and sets the entries' gid. The program's em is `own`'s, and that face is in
 * it even when no recipe uses it. False when a face cannot be
 * made a subset of; *bad is then its index. Entry 0 is .notdef. */
bool font_program_make(const struct font_set *, const struct font_face *own, struct glyph_entry *entries,
                       size_t count, struct buf *out, unsigned *bad);

#endif
