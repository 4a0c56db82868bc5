/*
 * What codes the strings of a composite font are of, and for which CIDs they stand (ISO 32000-1, 9.7.5): Identity-H, or
 * a CMap in the file with codes of one and two bytes. Private to src/pdf_check.
 */
#ifndef MUJAZ_PDF_CHECK_CMAP_H
#define MUJAZ_PDF_CHECK_CMAP_H

#include "pdf_check/reader.h"

enum { CMAP_CODES = 65536 };

struct cmap {
    uint8_t lengths[256]; /* of the codes that begin with a byte; 0: none does */
    uint16_t *cids;       /* by code; owned. NULL: the CID is the code */
    int64_t mode;         /* WMode */
};

/* By a font's Encoding. False when that is neither, has other codes, or builds on another CMap: it is as Identity-H
 * then. */
bool cmap_read(struct reader *, struct cos encoding, struct cmap *);
void cmap_drop(struct cmap *);
/* The code at bytes[*at], which moves behind it; one that is cut off or is none is 0, which shows .notdef. */
unsigned cmap_next(const struct cmap *, const char *bytes, size_t length, size_t *at);
unsigned cmap_cid(const struct cmap *, unsigned code);

#endif
