/* Which kind of file an image is. Knows neither format's inside. */
#include "image/image_inside.h"

#include "base/file.h"

#include <string.h>

const struct image *image_load(const char *path, struct place at, struct arena *arena, struct diags *diags)
{
    struct image *out = arena_alloc(arena, sizeof *out);
    size_t length;
    const char *fault = NULL;
    const uint8_t *bytes = (const uint8_t *)file_read(path, IMAGE_MOST_BYTES, arena, &length, diags);

    if (!bytes)
        return NULL;
    if (length >= 8 && memcmp(bytes, "\x89PNG", 4) == 0)
        fault = png_read(bytes, length, arena, out);
    else if (length >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0)
        fault = jpeg_read(bytes, length, arena, out);
    else
        fault = "it is neither PNG nor JPEG; save it as one of them";
    if (!fault)
        return out;
    diag_add(diags, DIAG_IMAGE_FORMAT, at, "the image '%s' cannot be used: %s", path, fault);
    return NULL;
}

const uint8_t *image_pixels(const struct image *image, struct arena *arena)
{
    return image->form == IMAGE_RGB ? image->bytes : jpeg_pixels(image->bytes, image->length, arena);
}
