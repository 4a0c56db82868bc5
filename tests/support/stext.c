/* See stext.h. Reads only the few elements that mutool writes, each on a line of its own. */
#include "support/stext.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* Of the font's size: wider than a word space of any of our fonts, narrower than what sets two texts apart. */
static const double widest_space = 0.6;

struct pen {
    double size;  /* of the font, points */
    double right; /* edge of the last letter */
    bool started; /* a letter of the line has been put */
};

/* The number behind NAME=" in the element. */
static double attribute(const char *element, const char *name)
{
    const char *found = strstr(element, name);
    return found ? strtod(found + strlen(name), NULL) : 0;
}

static void put_character(const char *c, struct buf *out)
{
    static const struct {
        const char *name, *text;
    } entities[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&apos;", "'" } };
    if (strncmp(c, "&#x", 3) == 0) {
        buf_add_utf8(out, (uint32_t)strtoul(c + 3, NULL, 16));
        return;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (strncmp(c, entities[i].name, strlen(entities[i].name)) == 0) {
            buf_add_string(out, entities[i].text);
            return;
        }
    }
    buf_add(out, c, strcspn(c, "\"&"));
}

/* <char quad="left top right top left bottom right bottom" ... c="x"/> */
static void take_letter(const char *element, struct pen *pen, struct buf *out)
{
    char *rest;
    const char *quad = strstr(element, "quad=\""), *c = strstr(element, " c=\"");
    if (!quad || !c)
        return;
    double left = strtod(quad + 6, &rest);
    strtod(rest, &rest);
    double right = strtod(rest, NULL), limit = widest_space * pen->size;
    bool is_wide_space = c[4] == ' ' && right - left > limit;
    if (pen->started && (is_wide_space || left - pen->right > limit || pen->right - left > limit))
        buf_add_char(out, '\n');
    if (!is_wide_space)
        put_character(c + 4, out);
    pen->started = true;
    pen->right = right;
}

static void take_element(const char *element, struct pen *pen, struct buf *out)
{
    if (strncmp(element, "<char ", 6) == 0) {
        take_letter(element, pen, out);
    } else if (strncmp(element, "<font ", 6) == 0) {
        pen->size = attribute(element, " size=\"");
    } else if (strncmp(element, "</line>", 7) == 0) {
        buf_add_char(out, '\n');
        pen->started = false;
    } else if (strncmp(element, "</page>", 7) == 0) {
        buf_add_char(out, '\f');
    }
}

char *stext_lines(const char *xml)
{
    struct buf out, element; /* a string of its own: the sanitizers measure what strstr is given to its end */
    struct pen pen = { 0 };
    buf_init(&out);
    buf_init(&element);
    for (const char *p = xml; *p; p += *p == '\n') {
        size_t length = strcspn(p, "\n");
        buf_clear(&element);
        buf_add(&element, p, length);
        take_element(element.data, &pen, &out);
        p += length;
    }
    buf_drop(&element);
    return out.data;
}
