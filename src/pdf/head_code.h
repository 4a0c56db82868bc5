/*
 * The head of an object stream (ISO 32000-1, 7.5.7), "number offset number offset ...", deflated (RFC 1951). Each pair
 * has most of its digits from the pair before; a general search prefers longer repetitions from further back, whose
 * distances cost more than they save, and needs a quarter more bytes. Private to src/pdf.
 */
#ifndef MUJAZ_PDF_HEAD_CODE_H
#define MUJAZ_PDF_HEAD_CODE_H

#include "base/buf.h"

/* The most bytes that a head is longer for it. */
enum { HEAD_CODE_ROOM = 32 };

/* Appends whole bytes of blocks that are not the last. The head has digits and spaces, one behind each number. */
void head_code_add(struct buf *, const char *head, size_t length);

#endif
