/*
 * PDF objects on libharu's object layer. Private to src/pdf.
 *
 * Dictionaries carry their entries as text that we wrote ourselves: a structure tree of many thousand
 * elements then costs little, and numbers and strings are printed by our rules and not by libharu's.
 */
#ifndef MUJAZ_PDF_OBJECT_H
#define MUJAZ_PDF_OBJECT_H

#include <hpdf.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

struct pdf_file {
    HPDF_Doc doc;
    struct arena *arena;    /* of the dictionaries' entries */
    struct buf fingerprint; /* digests of all streams, in order: what /ID is made from */
    HPDF_STATUS error;      /* libharu's first, 0: none */
    HPDF_STATUS detail;
};

bool pdf_file_open(struct pdf_file *, struct diags *);
void pdf_file_close(struct pdf_file *);
/* Saves to memory and appends the bytes. False with a diagnostic if anything failed since pdf_file_open. */
bool pdf_file_save(struct pdf_file *, struct buf *out, struct diags *);

/* A new indirect dictionary, empty. */
HPDF_Dict pdf_dict_new(struct pdf_file *);
/* Sets the entries that a dictionary (also one of libharu's own) writes behind those that libharu put in. */
void pdf_dict_set(struct pdf_file *, HPDF_Dict, const struct buf *entries);
/* A new stream object, deflated unless `plain`. `entries` may be NULL. */
HPDF_Dict pdf_stream_new(struct pdf_file *, const char *entries, const void *bytes, size_t length,
                         bool plain);
/* Deflates bytes into a stream object that libharu made. */
void pdf_stream_fill(struct pdf_file *, HPDF_Dict, const void *bytes, size_t length);

/* A name or number tree; entries in ascending order of their keys. */
struct pdf_tree_entry {
    const char *key, *value; /* as they stand in the file */
};
HPDF_Dict pdf_tree_new(struct pdf_file *, const char *kind, const struct pdf_tree_entry *, size_t count);

/* Pieces of an entries text. */
void pdf_add_ref(struct buf *, const void *object);  /* "12 0 R" */
void pdf_add_text(struct buf *, const char *utf8);   /* text string, UTF-16BE in hexadecimal */
void pdf_add_bytes(struct buf *, const char *ascii); /* "(...)" */
void pdf_add_hex(struct buf *, const void *bytes, size_t length);
void pdf_add_utf16(struct buf *, uint32_t code_point); /* hexadecimal digits only */
void pdf_add_hex16(struct buf *, unsigned value);      /* four hexadecimal digits */

#endif
