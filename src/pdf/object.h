/* Strings, references and trees as they stand in a PDF file. Private to src/pdf. */
#ifndef MUJAZ_PDF_OBJECT_H
#define MUJAZ_PDF_OBJECT_H

#include "pdf/file.h"

/* The object number of a new name or number tree. Its entries, in ascending order of their keys, are asked for as they
 * are written: each function adds the key or the value as it stands in the file. */
struct pdf_tree {
    const char *kind; /* "Names" or "Nums" */
    size_t count;
    void (*add_key)(const void *context, size_t index, struct buf *);
    void (*add_value)(const void *context, size_t index, struct buf *);
    const void *context;
};
unsigned pdf_tree_new(struct pdf_file *, const struct pdf_tree *);

/* Pieces of an entries text. */
void pdf_add_ref(struct buf *, unsigned number);     /* "12 0 R" */
void pdf_add_text(struct buf *, const char *utf8);   /* text string, ASCII or UTF-16BE in parentheses: with NUL in it */
void pdf_add_bytes(struct buf *, const char *bytes); /* "(...)" */
void pdf_add_hex(struct buf *, const void *bytes, size_t length);
void pdf_add_utf16(struct buf *, uint32_t code_point); /* hexadecimal digits only */

#endif
