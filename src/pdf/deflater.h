/*
 * Streams being deflated, in part by a second thread while this one makes the next. They come out in the order in which
 * they were put in, and with the same bytes whoever deflated them. Private to src/pdf.
 */
#ifndef MUJAZ_PDF_DEFLATER_H
#define MUJAZ_PDF_DEFLATER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Of the object that the stream is. */
struct stream {
    unsigned number;
    struct buf text;   /* owned; what stands before the stream's bytes, then they too */
    size_t object;     /* where in the text the object begins, */
    size_t length;     /* its length is to be written, */
    int digits;        /* with room for so many, */
    size_t data;       /* and its bytes begin */
    size_t head;       /* so many of them are the head of an object stream */
    bool plain;        /* they stay as they are */
    bool failed;       /* libdeflate did */
};

struct deflater;

struct deflater *deflater_new(void); /* NULL: no memory */
/* What was not taken is lost. NULL is fine. */
void deflater_drop(struct deflater *);
/* The most bytes that so many are deflated to. */
size_t deflater_bound(const struct deflater *, size_t length);

/* Takes over the stream, behind whose text the bytes will be. Every one that can then be taken must be, before the next
 * is put. */
void deflater_put(struct deflater *, const struct stream *, const void *bytes, size_t length);
/* The oldest, as soon as there are so many that no more shall wait; or, at the end, of `all`. False: none. */
bool deflater_take(struct deflater *, bool all, struct stream *out);

#endif
