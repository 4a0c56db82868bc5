/*
 * The colours of the file: sRGB as they are, or as one ink or a press's four print them; black on a press overprints.
 * Private to src/pdf.
 */
#ifndef MUJAZ_PDF_INKS_H
#define MUJAZ_PDF_INKS_H

#include "pdf/file.h"
#include "scene/scene.h"

struct inks;

/* What the meta names must outlive it. */
struct inks *inks_new(struct pdf_file *, const struct scene_meta *);
void inks_drop(struct inks *);
/* Warns of colours that take more ink than the press allows; not of what was warned of before. */
void inks_report(const struct inks *, struct diags *);

/* "DeviceRGB", "DeviceGray" or "DeviceCMYK". */
const char *inks_device(enum scene_colour);
/* The operator that sets a colour, 0xRRGGBB, for filling or for strokes. */
void inks_add(struct inks *, struct buf *, uint32_t rgb, bool stroke);
/* Whether letters and lines of that colour are printed over what is below: it is black, and the only ink. */
bool inks_overprints(struct inks *, uint32_t rgb);
/* The operator that begins or ends that, and the graphics states that it needs, as an entry of the resources. */
void inks_add_overprint(struct buf *, bool over);
void inks_add_resources(const struct inks *, struct buf *);

/* An image's samples in the file's colours, one byte an ink; NULL: as the image has them. Heap. */
uint8_t *inks_pixels_new(struct inks *, const struct image *, size_t *length);
/* The colour space of such an image. */
const char *inks_image_device(const struct inks *, const struct image *);

/* The catalog's entry: what the device's colours mean (PDF/A), and the press that they are made for (PDF/X). */
void inks_add_intents(const struct inks *, struct buf *);

#endif
