/*
 * Values as they stand in a PDF file: a span of its bytes, read anew each time it is looked into, so that a file of any
 * size takes no memory beside its own bytes. Private to src/pdf_check.
 */
#ifndef MUJAZ_PDF_CHECK_VALUE_H
#define MUJAZ_PDF_CHECK_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum value_kind {
    VALUE_NONE, /* there is none: nothing is left, or a dictionary has no such key */
    VALUE_BAD,  /* bytes that are no value */
    VALUE_NULL, VALUE_BOOL, VALUE_INTEGER, VALUE_REAL, VALUE_STRING, VALUE_HEX, VALUE_NAME, VALUE_ARRAY, VALUE_DICT,
    VALUE_REFERENCE,
    VALUE_WORD  /* an operator of a content stream, or a keyword */
};

struct value {
    enum value_kind kind;
    const char *at, *end;
};

enum { VALUE_DEPTH = 60 /* arrays and dictionaries in each other */ };

/* Where reading goes on. */
struct cursor {
    const char *at, *end;
};

/* The next value; with `references`, "12 0 R" is one value. At a stray bracket or a broken value VALUE_BAD, which ends
 * where it was noticed. */
struct value value_next(struct cursor *, bool references);
void cursor_skip_space(struct cursor *);

/* What stands in an array or a dictionary (keys and values in turn), or nothing. */
struct cursor value_inside(struct value);
/* A dictionary's value: VALUE_NONE when there is none, or no dictionary. */
struct value value_get(struct value dict, const char *key);
size_t value_count(struct value); /* of an array its items, of a dictionary keys and values */

bool value_is_name(struct value, const char *name); /* "DeviceRGB" */
bool value_is_word(struct value, const char *word);
/* Both kinds of number; otherwise `other`. */
double value_number(struct value, double other);
bool value_is_number(struct value);
/* An integer, cut to the range of int64_t; otherwise `other`. */
int64_t value_integer(struct value, int64_t other);
/* Object number of a reference, 0 for other values. */
unsigned value_reference(struct value);
bool value_is_true(struct value);

/* Appends the bytes of a name (without '/', #xx decoded), or of a string of either form. */
void value_add_name(struct value, struct buf *);
void value_add_string(struct value, struct buf *);
/* Appends a text string (ISO 32000-1, 7.9.2.2) as UTF-8. */
void value_add_text(struct value, struct buf *);
/* Has more than nothing in it. */
bool value_has_text(struct value);

#endif
