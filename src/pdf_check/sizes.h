/*
 * What the bytes of a finished PDF are for. Reads any file that pdf_check can read, and knows nothing of how it was
 * made.
 */
#ifndef MUJAZ_PDF_CHECK_SIZES_H
#define MUJAZ_PDF_CHECK_SIZES_H

#include <stdbool.h>
#include <stddef.h>

enum size_kind {
    SIZE_CONTENT,     /* what pages show */
    SIZE_IMAGES,
    SIZE_FONTS,
    SIZE_STRUCTURE,   /* tags, and the tree that leads back to them */
    SIZE_NAVIGATION,  /* links, bookmarks, destinations */
    SIZE_ATTACHMENTS,
    SIZE_PAGES,       /* their dictionaries and tree */
    SIZE_METADATA,    /* XMP, output intent */
    SIZE_FILE,        /* cross-references, heads of object streams, header */
    SIZE_OTHER,
    SIZE_KINDS
};

/* Objects and bytes add up to those of the file. What is packed in an object stream has its share of that. */
struct pdf_sizes {
    struct {
        size_t objects, bytes;
    } of[SIZE_KINDS];
    size_t objects, bytes, pages;
};

const char *pdf_size_name(enum size_kind); /* "content" */
/* False when the file cannot be read. */
bool pdf_sizes(const char *bytes, size_t length, bool mapped, struct pdf_sizes *);

#endif
