/*
 * What a finished PDF of ours says and shows, read back from its bytes, so that two can be compared: its blocks in the
 * order of the structure tree, with their text in logical order; what each page looks like, as a digest; the ledger
 * that is attached.
 *
 * The text of an element is its ActualText, or what its marked content says through the fonts' ToUnicode. A file of
 * sheets, or another program's, may have no structure: it has no blocks then.
 */
#ifndef MUJAZ_PDF_CHECK_CONTENTS_H
#define MUJAZ_PDF_CHECK_CONTENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/hash.h"

struct arena;

/* A paragraph, heading, item of a list, cell, caption, note; a figure by its description. */
struct contents_block {
    const char *role;     /* of the element: "P", "H2", "TD" */
    const char *language; /* "en", "ar"; "" when nothing says it */
    const char *text;     /* one line, white space collapsed, without bidi controls; never empty */
    size_t page;          /* where it begins, from 1; 0: on none */
    size_t row;           /* of a cell: the number of its row in the file, from 1; 0: no cell */
};

/* Two pages that have one digest look the same: operators, outlines of glyphs and bytes of images are, whatever their
 * numbers in the file. `body` leaves header and footer out. */
struct contents_page {
    uint8_t whole[HASH_BYTES], body[HASH_BYTES];
};

struct contents {
    struct contents_block *blocks;
    size_t block_count;
    struct contents_page *pages;
    size_t page_count;
    const char *ledger; /* the bytes of ledger.json; NULL: it is not attached */
    size_t ledger_length;
};

/* All of it in the arena. NULL with a diagnostic when the file is no PDF that can be read. */
struct contents *contents_read(const char *file, const char *bytes, size_t length, struct arena *, struct diags *);

#endif
