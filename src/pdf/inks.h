/* The colours of the file: sRGB as they are, or as one ink prints them. Private to src/pdf. */
#ifndef MUJAZ_PDF_INKS_H
#define MUJAZ_PDF_INKS_H

#include "pdf/file.h"
#include "scene/scene.h"

/* "DeviceRGB" or "DeviceGray". */
const char *inks_device(enum scene_colour);
/* The operator that sets a colour, 0xRRGGBB, for filling or for strokes. */
void inks_add(struct buf *, enum scene_colour, uint32_t rgb, bool stroke);
/* Object number of the output intent: what the device's colours mean. */
unsigned inks_output_intent_new(struct pdf_file *, enum scene_colour);

#endif
