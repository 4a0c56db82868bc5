/*
 * Values as they stand in a PDF file (COS, as its object syntax is called): a span of its bytes, read anew each time
 * it is looked into, so that a file of any size takes no memory beside its own bytes. Where many values are looked into
 * more than once, in an object stream, a tape says where each begins and ends: then no byte is read twice. Private to
 * src/pdf_check.
 */
#ifndef MUJAZ_PDF_CHECK_COS_H
#define MUJAZ_PDF_CHECK_COS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum cos_kind {
    COS_NONE, /* there is none: nothing is left, or a dictionary has no such key */
    COS_BAD,  /* bytes that are no value */
    COS_NULL, COS_BOOL, COS_INTEGER, COS_REAL, COS_STRING, COS_HEX, COS_NAME, COS_ARRAY, COS_DICT,
    COS_REFERENCE,
    COS_WORD  /* an operator of a content stream, or a keyword */
};

/* A value on a tape: what stands in an array or dictionary follows it. */
struct token {
    uint32_t at;     /* its first byte, from where the tape begins */
    uint32_t length;
    uint32_t skip : 28, kind : 4; /* tokens to the one behind it */
};

struct cos {
    enum cos_kind kind;
    const char *at, *end;
    const struct token *token; /* NULL: on no tape */
};

enum { COS_DEPTH = 60 /* arrays and dictionaries in each other */ };

/* Where reading goes on. */
struct cursor {
    const char *at, *end;
    const struct token *token; /* the next; NULL: on no tape */
};

static inline struct cos cos_of(enum cos_kind kind, const char *at, const char *end)
{
    return (struct cos){ kind, at, end, NULL };
}

static inline struct cursor cursor_of(const char *at, const char *end)
{
    return (struct cursor){ at, end, NULL };
}

/* The value so many tokens on. */
static inline struct cos cos_at_token(struct cos v, size_t i)
{
    const struct token *t = v.token + i;
    const char *at = v.at + (t->at - v.token->at);
    return (struct cos){ (enum cos_kind)t->kind, at, at + t->length, t };
}

/* Values of one stretch of bytes, in the order of their places. Zeroed is empty. */
struct tape {
    struct token *tokens; /* owned */
    size_t count, room;
};
enum { TAPE_NONE = -1, TAPE_BYTES = 1 << 28 /* the stretch has fewer */ };

/* Adds the value at the cursor, which moves behind it; its index, or TAPE_NONE when it is no good value: then it must
 * be read from the bytes, which tells what is wrong. So every dictionary on a tape has keys and values in turn. */
int64_t tape_add(struct tape *, const char *begin, struct cursor *);
/* When all were added, before the first is read. */
void tape_end(struct tape *, size_t length);
struct cos tape_get(const struct tape *, const char *begin, size_t index);

/* The next value; with `references`, "12 0 R" is one value. At a stray bracket or a broken value COS_BAD, which ends
 * where it was noticed. */
struct cos cos_next(struct cursor *, bool references);

/* What stands in an array or a dictionary (keys and values in turn), or nothing. */
struct cursor cos_inside(struct cos);
/* A dictionary's value: COS_NONE when there is none, or no dictionary. */
struct cos cos_get(struct cos dict, const char *key);
/* The same by a key that is a name itself. */
struct cos cos_get_named(struct cos dict, struct cos name);
size_t cos_count(struct cos); /* of an array its items, of a dictionary keys and values */

bool cos_is_name(struct cos, const char *name); /* "DeviceRGB" */
bool cos_is_word(struct cos, const char *word);
/* Both kinds of number; otherwise `other`. */
double cos_number(struct cos, double other);
bool cos_is_number(struct cos);
/* An integer, cut to the range of int64_t; otherwise `other`. */
int64_t cos_integer(struct cos, int64_t other);
/* Object number of a reference, 0 for other values. */
unsigned cos_reference(struct cos);
bool cos_is_true(struct cos);

/* Appends the bytes of a name (without '/', #xx decoded), or of a string of either form. */
void cos_add_name(struct cos, struct buf *);
void cos_add_string(struct cos, struct buf *);
/* Appends a text string (ISO 32000-1, 7.9.2.2) as UTF-8. */
void cos_add_text(struct cos, struct buf *);
/* Appends UTF-16BE as UTF-8, half a pair as U+FFFD. */
void cos_add_utf16(const char *bytes, size_t length, struct buf *);
/* Has more than nothing in it. */
bool cos_has_text(struct cos);

#endif
