/* The sRGB profile of the output intent. Private to src/pdf. */
#ifndef MUJAZ_PDF_ICC_H
#define MUJAZ_PDF_ICC_H

#include "base/buf.h"

void icc_add_srgb(struct buf *out);

#endif
