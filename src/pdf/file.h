/*
 * The PDF file while it is made: PDF 1.7 with object streams. Private to src/pdf.
 *
 * libharu keeps the catalog, Info and the root of the page tree; all other objects are only a number until they are
 * set, and then go to the sink: a stream as soon as it is deflated, a dictionary packed among others. So few bytes of
 * the file are kept here, and of objects that are written one after the other sixteen bytes stay: their places.
 */
#ifndef MUJAZ_PDF_FILE_H
#define MUJAZ_PDF_FILE_H

#include <hpdf.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/sink.h"

struct pdf_places;
struct deflater;

/* Like stands with like, where that makes the file smaller. */
enum pdf_kind { PDF_OTHER, PDF_CELL, PDF_ROW, PDF_ELEMENT, PDF_KINDS };

/* An object stream that is being filled. */
struct pdf_packed {
    struct buf bodies, head; /* "number offset" of each */
    unsigned count;
    unsigned number; /* of the stream */
};

struct pdf_file {
    HPDF_Doc doc;
    struct arena *arena; /* for whatever lives as long as the file */
    struct sink sink;
    size_t length;       /* of what it was given */
    struct hash *hash;   /* of the same; owned */
    bool begun;          /* the first stream is on its way */
    bool older;          /* says of itself that it is PDF 1.6 */
    bool full;           /* the sink took no more, and has said so */
    struct pdf_places *places; /* in the order that they were written in; owned */
    size_t place_count, place_room;
    unsigned *pages; /* object numbers of those made so far; owned */
    size_t page_count;
    unsigned node;          /* of the page tree, that the latest are in */
    struct buf nodes;       /* references to those before it */
    struct buf waiting;     /* entries of the pages in it, a NUL behind each */
    struct deflater *deflater; /* owned; what is set, and the sink is not given yet */
    struct pdf_packed packed[PDF_KINDS];
    HPDF_STATUS error; /* libharu's first, 0: none */
    HPDF_STATUS detail;
};

bool pdf_file_open(struct pdf_file *, struct sink, struct diags *);
/* Writes what is left. False with a diagnostic if anything failed since pdf_file_open. */
bool pdf_file_save(struct pdf_file *, struct diags *);
/* Says of itself that it is PDF 1.6, for programs that take no later one. Before the first object is set. */
void pdf_file_set_older(struct pdf_file *);
void pdf_file_close(struct pdf_file *);

/* The number of a new object, which must then be set once. */
unsigned pdf_object_new(struct pdf_file *);
/* Makes it what the value says, which begins and ends with a delimiter. */
void pdf_object_set(struct pdf_file *, enum pdf_kind, unsigned number, const struct buf *value);
/* Makes it a dictionary: of another kind, or of that one. */
void pdf_dict_set(struct pdf_file *, unsigned number, const struct buf *entries);
void pdf_dict_set_of(struct pdf_file *, enum pdf_kind, unsigned number, const struct buf *entries);
/* The number of a new stream, deflated unless `plain`. `entries` may be NULL. */
unsigned pdf_stream_new(struct pdf_file *, const char *entries, const void *bytes, size_t length, bool plain);

/* Takes note of the next page. */
void pdf_page_made(struct pdf_file *, unsigned number);

/* --- libharu's own objects --- */

unsigned pdf_number_of(const void *object);
/* Entries behind those that libharu puts in. */
void pdf_dict_extend(struct pdf_file *, HPDF_Dict, const struct buf *entries);

#endif
