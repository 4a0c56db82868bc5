/*
 * What the manifest says of a PDF besides its bytes, for who shows it to readers: titles, date, pages, the picture of
 * its first page. A worker sends it, the manifest keeps it: as JSON in both places.
 */
#ifndef MUJAZ_PIPELINE_ABOUT_H
#define MUJAZ_PIPELINE_ABOUT_H

#include "base/lang.h"
#include "base/node.h"
#include "report/doc.h"

struct json;

struct about {
    enum edition edition;
    size_t pages;
    const char *as_of;    /* "2024-04-03" */
    const char *title[LANG_COUNT], *subtitle[LANG_COUNT], *author[LANG_COUNT]; /* the last two: "" for none */
    const char *picture;  /* the file's name, a PNG beside the PDF; NULL: none */
    size_t width, height; /* of the picture, in its dots */
    const char *shown;    /* SHA-256, as hex, of what readers see: the drawing of its pages, and where their links lead;
                             nothing of what is attached. NULL: not known */
};

void about_write(const struct about *, struct json *); /* an object */
/* False, without a diagnostic, where anything is missing or not as about_write has it. The texts are the node's. */
bool about_read(const struct node *, struct about *);

#endif
