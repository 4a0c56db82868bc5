/* Inks: how a colour is said in a content stream, and the output intent that gives it a meaning (PDF/A). */
#include "pdf/inks.h"

#include "pdf/icc.h"
#include "pdf/object.h"
#include "scene/grey.h"

const char *inks_device(enum scene_colour colour)
{
    return colour == COLOUR_GREY ? "DeviceGray" : "DeviceRGB";
}

static void add_share(struct buf *b, uint32_t of_255)
{
    buf_add_real(b, of_255 / 255.0, 3);
    buf_add_char(b, ' ');
}

void inks_add(struct buf *b, enum scene_colour colour, uint32_t rgb, bool stroke)
{
    if (colour == COLOUR_GREY) {
        add_share(b, grey_of_ink(rgb));
        buf_add_string(b, stroke ? "G\n" : "g\n");
        return;
    }
    for (int shift = 16; shift >= 0; shift -= 8)
        add_share(b, rgb >> shift & 255);
    buf_add_string(b, stroke ? "RG\n" : "rg\n");
}

unsigned inks_output_intent_new(struct pdf_file *f, enum scene_colour colour)
{
    bool grey = colour == COLOUR_GREY;
    struct buf b;
    buf_init(&b);
    if (grey)
        icc_add_grey(&b);
    else
        icc_add_srgb(&b);
    unsigned profile = pdf_stream_new(f, grey ? "/N 1" : "/N 3", b.data, b.length, false);
    unsigned intent = pdf_object_new(f);
    const char *name = grey ? "sRGB grey" : "sRGB";
    buf_clear(&b);
    buf_printf(&b, "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (%s) /Info (%s) /DestOutputProfile ",
               name, name);
    pdf_add_ref(&b, profile);
    buf_add_char(&b, '\n');
    pdf_dict_set(f, intent, &b);
    buf_drop(&b);
    return intent;
}
