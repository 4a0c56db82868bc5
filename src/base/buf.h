/* A growing byte buffer, always NUL-terminated behind its length. */
#ifndef MUJAZ_BASE_BUF_H
#define MUJAZ_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
    char *data; /* owned; never NULL after buf_init */
    size_t length, capacity;
};

void buf_init(struct buf *);
void buf_drop(struct buf *); /* safe on a zeroed buf */
void buf_clear(struct buf *);
/* Room for `length` bytes behind the end; who writes there moves `length` and puts the NUL. */
char *buf_reserve(struct buf *, size_t length);
void buf_add(struct buf *, const void *bytes, size_t length);

/* In the header: of a constant string the compiler knows the length, and numbers and signs come by the million. */
static inline void buf_add_string(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

static inline void buf_add_char(struct buf *b, char c)
{
    if (b->capacity < b->length + 2)
        buf_reserve(b, 1);
    b->data[b->length++] = c;
    b->data[b->length] = '\0';
}

void buf_add_utf8(struct buf *, uint32_t code_point);
void buf_add_unsigned(struct buf *, size_t);
void buf_printf(struct buf *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A real number as PDF and dumps want it: at most `decimals` (0 to 6) digits, no trailing zeros, never an
 * exponent, never "-0", whatever the locale. */
void buf_add_real(struct buf *, double value, int decimals);

#endif
