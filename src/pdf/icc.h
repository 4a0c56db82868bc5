/* The profiles of output intents: sRGB, and grey with its tone curve. Private to src/pdf. */
#ifndef MUJAZ_PDF_ICC_H
#define MUJAZ_PDF_ICC_H

#include "base/buf.h"

void icc_add_srgb(struct buf *out);
void icc_add_grey(struct buf *out);

#endif
