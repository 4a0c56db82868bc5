/* What the parts of reading a file's contents share. Private to src/pdf_check. */
#ifndef MUJAZ_PDF_CHECK_CONTENTS_INSIDE_H
#define MUJAZ_PDF_CHECK_CONTENTS_INSIDE_H

#include "base/arena.h"
#include "pdf_check/cff.h"
#include "pdf_check/contents.h"
#include "pdf_check/reader.h"

/* --- contents_font.c: what the codes of a font say and show --- */

enum { CONTENTS_LOOK = 16 }; /* bytes: a digest's first */

struct contents_fonts;
struct contents_font;
struct contents_fonts *contents_fonts_new(struct reader *);
void contents_fonts_drop(struct contents_fonts *);
/* A font's dictionary by its object number; what it has not got is empty. */
struct contents_font *contents_font_get(struct contents_fonts *, struct cos dict, unsigned number);
/* The code at bytes[*at], which moves behind it. */
unsigned contents_font_next(const struct contents_font *, const char *bytes, size_t length, size_t *at);
/* Appends the text of a code, without bidi controls and other characters that only guide readers; what is no text of
 * ours as U+FFFD. */
void contents_font_text(const struct contents_font *, unsigned code, struct buf *out);
/* Appends what tells the look of a code: its outline's digest and its width. */
void contents_font_look(struct contents_font *, unsigned code, struct buf *out);

/* Appends a text without characters that have no place in a line: controls, bidi controls; next line and line feed as a
 * blank. */
void contents_add_text(struct buf *out, const char *utf8, size_t length);

/* --- contents_cff.c --- */

/* Appends the outline of a CID's glyph; false when the program has not got it. Stops where `left`, which each byte read
 * makes less, is 0: subroutines that call each other may stand for any number of bytes. */
bool contents_cff_outline(const struct cff *, unsigned cid, size_t *left, struct buf *out);

/* --- contents_page.c: what a page says and shows --- */

/* The texts of a page's marked content, by MCID; NULL: none. In the arena. */
struct contents_marks {
    const char **text;
    size_t count;
};
void contents_page_read(struct reader *, struct contents_fonts *, struct cos page, struct cos resources, struct cos box,
                        struct arena *, struct contents_page *, struct contents_marks *);

/* --- contents_blocks.c: the structure tree --- */

struct contents_tree {
    struct reader *reader;
    struct cos catalog;
    const struct contents_marks *marks; /* by page */
    const uint32_t *page_of;            /* by object number: index of the page and 1; 0: none */
    struct arena *arena;
};
void contents_blocks_read(const struct contents_tree *, struct contents *);

#endif
