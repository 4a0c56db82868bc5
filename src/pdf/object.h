/* Strings, references and trees as they stand in a PDF file. Private to src/pdf. */
#ifndef MUJAZ_PDF_OBJECT_H
#define MUJAZ_PDF_OBJECT_H

#include "pdf/file.h"

/* The object number of a new name or number tree; entries in ascending order of their keys. */
struct pdf_tree_entry {
    const char *key, *value; /* as they stand in the file */
};
unsigned pdf_tree_new(struct pdf_file *, const char *kind, const struct pdf_tree_entry *, size_t count);

/* Pieces of an entries text. */
void pdf_add_ref(struct buf *, unsigned number);     /* "12 0 R" */
void pdf_add_text(struct buf *, const char *utf8);   /* text string, UTF-16BE in hexadecimal */
void pdf_add_bytes(struct buf *, const char *ascii); /* "(...)" */
void pdf_add_hex(struct buf *, const void *bytes, size_t length);
void pdf_add_utf16(struct buf *, uint32_t code_point); /* hexadecimal digits only */
void pdf_add_hex16(struct buf *, unsigned value);      /* four hexadecimal digits */

#endif
