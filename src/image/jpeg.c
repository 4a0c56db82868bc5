/*
 * JPEG: a file goes into the PDF as it is, so its segments are read here and all its pixels are decoded once, to
 * know that they are there. What a camera adds (Exif with the place, thumbnails, comments) is left out: a briefing
 * must not tell where its photographer stood. Must not know where an image stands.
 */
#include "image/image_inside.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

enum { MOST_SCANS = 100 /* a progressive file needs about ten; thousands of empty ones take hours to decode */ };

/* ---- segments ---- */

struct frame {
    unsigned kind, precision, components; /* kind: of SOF, 0xC0 baseline to 0xC2 progressive */
    unsigned width, height;
    size_t scans;
    const char *fault; /* of the other segments; NULL: none */
};

static unsigned word(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static bool is_frame(unsigned marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* JFIF's and Adobe's say how colours are meant; the other application segments and comments are not the picture. */
static bool is_kept(unsigned marker, const uint8_t *body, size_t length)
{
    if (marker == 0xE0 || marker == 0xEE)
        return length >= 5 && memcmp(body, marker == 0xE0 ? "JFIF" : "Adobe", 5) == 0;
    return !((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE);
}

/* Exif's orientation (TIFF tag 0x0112, in the first directory), 1 to 8; 1 when it says none. */
static unsigned orientation_of(const uint8_t *exif, size_t length)
{
    enum { ORIENTATION = 0x0112, HEAD = 6 /* "Exif", NUL, NUL */, ENTRY = 12 };
    const uint8_t *tiff = exif + HEAD;
    if (length < HEAD + 8 || memcmp(exif, "Exif\0", HEAD) != 0)
        return 1;
    bool little = tiff[0] == 'I';
    length -= HEAD;
    size_t at = little ? (size_t)(tiff[4] | tiff[5] << 8) : word(tiff + 6); /* a directory lies in the first 64 KB */
    size_t count = at + 2 > length ? 0 : little ? (size_t)(tiff[at] | tiff[at + 1] << 8) : word(tiff + at);
    for (size_t i = 0; i < count && at + 2 + ENTRY * (i + 1) <= length; i++) {
        const uint8_t *entry = tiff + at + 2 + ENTRY * i;
        if ((little ? (unsigned)(entry[0] | entry[1] << 8) : word(entry)) == ORIENTATION)
            return little ? entry[8] : entry[9];
    }
    return 1;
}

/* What the segments that are left out would change of the picture. */
static const char *segment_fault(unsigned marker, const uint8_t *body, size_t length)
{
    enum { ICC = 14 /* "ICC_PROFILE", NUL, which part, of how many */ };
    unsigned orientation = marker == 0xE1 ? orientation_of(body, length) : 1;
    if (orientation > 1 && orientation <= 8)
        return "its camera says that it is to be turned (Exif orientation); turn it in an image program and save it";
    if (marker == 0xE2 && length > ICC && memcmp(body, "ICC_PROFILE", 12) == 0 && body[12] == 1)
        return image_profile_fault(body + ICC, length - ICC);
    return NULL;
}

static const char *frame_fault(const struct frame *frame, struct arena *arena)
{
    if (frame->kind == 0)
        return "it does not say its size; save it again";
    if (frame->kind > 0xC2 || frame->precision != 8)
        return "it is of a rare kind; save it as a baseline or progressive JPEG of 8 bits";
    if (frame->components != 1 && frame->components != 3)
        return "its colours are for print (CMYK); save it in RGB";
    const char *fault = image_size_fault(frame->width, frame->height, arena);
    return fault ? fault : frame->fault;
}

static void take_segment(struct frame *frame, unsigned marker, const uint8_t *body, size_t length)
{
    if (is_frame(marker) && length >= 6) {
        frame->kind = marker;
        frame->precision = body[0];
        frame->height = word(body + 1);
        frame->width = word(body + 3);
        frame->components = body[5];
    }
    frame->scans += marker == 0xDA;
    if (!frame->fault)
        frame->fault = segment_fault(marker, body, length);
}

/* Where the coded pixels of a scan end: at a marker that is neither a restart nor a byte of them. */
static size_t scan_end(const uint8_t *bytes, size_t at, size_t length)
{
    while (at + 1 < length && (bytes[at] != 0xFF || bytes[at + 1] == 0 || (bytes[at + 1] & 0xF8) == 0xD0))
        at++;
    return at;
}

/* Copies what is the picture, up to its end marker: behind it, too, cameras put other pictures with Exif of their own.
 * False: no end comes. */
static bool copy_picture(const uint8_t *bytes, size_t length, uint8_t *out, size_t *kept, struct frame *frame)
{
    memcpy(out, bytes, 2);
    *kept = 2;
    for (size_t at = 2, end; length - at >= 2; at = end) {
        unsigned marker = bytes[at + 1], size = length - at >= 4 ? word(bytes + at + 2) : 0;

        end = at + 1;
        if (bytes[at] != 0xFF)
            return false;
        if (marker == 0xFF) /* filling */
            continue;
        if (marker == 0xD9) {
            memcpy(out + *kept, bytes + at, 2);
            *kept += 2;
            return frame->scans > 0;
        }
        if (size < 2 || size > length - at - 2)
            return false;
        end = at + 2 + size;
        take_segment(frame, marker, bytes + at + 4, size - 2);
        if (marker == 0xDA)
            end = scan_end(bytes, end, length);
        if (is_kept(marker, bytes + at + 4, size - 2)) {
            memcpy(out + *kept, bytes + at, end - at);
            *kept += end - at;
        }
    }
    return false;
}

/* ---- pixels ---- */

struct decoder {
    struct jpeg_error_mgr errors; /* first, so that a pointer to it is one to the decoder */
    jmp_buf back;
};

static void give_up(j_common_ptr info)
{
    longjmp(((struct decoder *)info->err)->back, 1);
}

static void say_nothing(j_common_ptr info)
{
    (void)info;
}

static void read_rows(struct jpeg_decompress_struct *info, uint8_t *pixels)
{
    while (info->output_scanline < info->output_height) {
        JSAMPROW row = pixels + (size_t)info->output_scanline * info->output_width * 3;

        jpeg_read_scanlines(info, &row, 1);
    }
}

const uint8_t *jpeg_pixels(const uint8_t *bytes, size_t length, struct arena *arena)
{
    struct jpeg_decompress_struct info;
    struct decoder decoder;
    uint8_t *volatile pixels = NULL;
    volatile bool whole = false;

    info.err = jpeg_std_error(&decoder.errors);
    decoder.errors.error_exit = give_up;
    decoder.errors.output_message = say_nothing;
    jpeg_create_decompress(&info);
    if (setjmp(decoder.back) == 0) {
        jpeg_mem_src(&info, bytes, (unsigned long)length);
        jpeg_read_header(&info, TRUE);
        info.out_color_space = JCS_RGB;
        jpeg_start_decompress(&info);
        pixels = arena_array(arena, (size_t)info.output_width * 3, info.output_height);
        read_rows(&info, pixels);
        jpeg_finish_decompress(&info);
        whole = decoder.errors.num_warnings == 0; /* a warning: data were lost and made up */
    }
    jpeg_destroy_decompress(&info);
    return whole ? pixels : NULL;
}

const char *jpeg_read(const uint8_t *bytes, size_t length, struct arena *arena, struct image *out)
{
    uint8_t *copy = arena_alloc(arena, length);
    struct frame frame = { 0 };
    size_t kept;
    const char *fault;
    struct arena *scratch;

    if (!copy_picture(bytes, length, copy, &kept, &frame))
        return "it ends too early; copy it again, or save it again";
    fault = frame_fault(&frame, arena);
    if (fault)
        return fault;
    if (frame.scans > MOST_SCANS)
        return "it is put together from too many scans; save it again";
    *out = (struct image){ .form = IMAGE_JPEG, .width = frame.width, .height = frame.height,
                           .grey = frame.components == 1, .bytes = copy, .length = kept };
    scratch = arena_new();
    if (!jpeg_pixels(out->bytes, out->length, scratch))
        fault = "its pixels cannot be read; save it again";
    arena_drop(scratch);
    return fault;
}
