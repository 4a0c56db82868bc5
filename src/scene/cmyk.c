/* Four inks, through lcms2. Knows nothing of pages and files. */
#include "scene/cmyk.h"

#include <lcms2.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "scene/grey.h"

enum { SHADES = 256, NEARLY_GREY = 24 /* the components differ by no more */ };

struct cmyk {
    cmsHTRANSFORM from_rgb, to_lab;
    double lightness[SHADES]; /* L* of so much black alone */
};

/* --- profiles --- */

/* What a profile says of itself may be any bytes. */
static const char *in_ascii(char *text)
{
    for (char *p = text; *p; p++)
        if (*p < ' ' || *p > '~')
            *p = ' ';
    return text;
}

const char *cmyk_fault(const void *profile, size_t length, struct arena *arena)
{
    enum { VERSION = 8, CLASS = 12, SPACE = 16, SIGNATURE = 36, HEADER = 128, HIGHEST = 0x42 /* 4.2 */ };
    const char *p = profile;
    if (length < HEADER || memcmp(p + SIGNATURE, "acsp", 4) != 0)
        return "it is no ICC profile";
    if (memcmp(p + CLASS, "prtr", 4) != 0)
        return in_ascii(arena_printf(arena, "it is an ICC profile of class '%.4s', not of a printer ('prtr')",
                                     p + CLASS));
    if (memcmp(p + SPACE, "CMYK", 4) != 0)
        return in_ascii(arena_printf(arena, "its colours are '%.4s', not 'CMYK'", p + SPACE));
    unsigned major = (uint8_t)p[VERSION], minor = (uint8_t)p[VERSION + 1] >> 4;
    if (major < 2 || (major << 4 | minor) > HIGHEST)
        return arena_printf(arena, "it is of ICC version %u.%u, and PDF 1.7 knows 2.0 to 4.2", major, minor);
    cmsHPROFILE opened = cmsOpenProfileFromMem(profile, (cmsUInt32Number)length);
    bool prints = opened && cmsIsIntentSupported(opened, INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_OUTPUT) &&
                  cmsIsIntentSupported(opened, INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_INPUT);
    if (opened)
        cmsCloseProfile(opened);
    if (!prints)
        return "it is damaged, or has no tables from colours to inks and back";
    struct cmyk *used = cmyk_new(profile, length);
    bool works = used->from_rgb && used->to_lab;
    cmyk_drop(used);
    return works ? NULL : "its tables cannot be used";
}

const char *cmyk_name(const void *profile, size_t length, struct arena *arena)
{
    char name[128] = "";
    cmsHPROFILE opened = cmsOpenProfileFromMem(profile, (cmsUInt32Number)length);
    if (opened) {
        cmsGetProfileInfoASCII(opened, cmsInfoDescription, "en", "US", name, sizeof name);
        cmsCloseProfile(opened);
    }
    return arena_string(arena, *name ? in_ascii(name) : "CMYK");
}

/* --- colours --- */

static cmsHTRANSFORM transform_new(cmsHPROFILE from, cmsUInt32Number from_format, cmsHPROFILE to,
                                   cmsUInt32Number to_format)
{
    if (!from || !to)
        return NULL;
    return cmsCreateTransform(from, from_format, to, to_format, INTENT_RELATIVE_COLORIMETRIC,
                              cmsFLAGS_BLACKPOINTCOMPENSATION);
}

struct cmyk *cmyk_new(const void *profile, size_t length)
{
    struct cmyk *c = xcalloc(1, sizeof *c);
    cmsHPROFILE press = cmsOpenProfileFromMem(profile, (cmsUInt32Number)length), screen = cmsCreate_sRGBProfile();
    cmsHPROFILE lab = cmsCreateLab4Profile(NULL);
    c->from_rgb = transform_new(screen, TYPE_RGB_8, press, TYPE_CMYK_8);
    c->to_lab = transform_new(press, TYPE_CMYK_8, lab, TYPE_Lab_DBL);
    cmsHPROFILE opened[] = { press, screen, lab };
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++)
        if (opened[i])
            cmsCloseProfile(opened[i]);
    for (unsigned black = 0; c->to_lab && black < SHADES; black++) {
        const uint8_t inks[CMYK_INKS] = { 0, 0, 0, (uint8_t)black };
        cmsCIELab of;
        cmsDoTransform(c->to_lab, inks, &of, 1);
        c->lightness[black] = of.L;
    }
    return c;
}

void cmyk_drop(struct cmyk *c)
{
    if (!c)
        return;
    if (c->from_rgb)
        cmsDeleteTransform(c->from_rgb);
    if (c->to_lab)
        cmsDeleteTransform(c->to_lab);
    free(c);
}

/* As light as all four inks would be. */
static uint8_t black_like(const struct cmyk *c, const uint8_t inks[CMYK_INKS])
{
    cmsCIELab wanted;
    unsigned best = 0;
    cmsDoTransform(c->to_lab, inks, &wanted, 1);
    for (unsigned black = 1; black < SHADES; black++)
        if (fabs(c->lightness[black] - wanted.L) < fabs(c->lightness[best] - wanted.L))
            best = black;
    return (uint8_t)best;
}

static int spread_of(const uint8_t parts[3])
{
    int least = parts[0], most = parts[0];
    for (int i = 1; i < 3; i++) {
        least = parts[i] < least ? parts[i] : least;
        most = parts[i] > most ? parts[i] : most;
    }
    return most - least;
}

void cmyk_of_ink(const struct cmyk *c, uint32_t rgb, uint8_t inks[CMYK_INKS])
{
    const uint8_t parts[3] = { (uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb };
    int spread = spread_of(parts);
    bool dark = grey_of_ink(rgb) == 0 && spread <= NEARLY_GREY, white = (rgb & 0xFFFFFF) == 0xFFFFFF;
    cmsDoTransform(c->from_rgb, parts, inks, 1);
    if (!dark && spread > 0)
        return;
    inks[3] = dark ? 255 : white ? 0 : black_like(c, inks);
    inks[0] = inks[1] = inks[2] = 0;
}

void cmyk_of_pixels(const struct cmyk *c, const uint8_t *rgb, size_t count, uint8_t *inks)
{
    cmsDoTransform(c->from_rgb, rgb, inks, (cmsUInt32Number)count);
}
