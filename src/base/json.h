/*
 * Writing JSON (RFC 8259) step by step into a buffer: UTF-8, two blanks a level, numbers as they are written, never
 * through a double. What is not called in the order of a JSON text (a value without its key, an end too many) is a
 * mistake of the caller and ends the process.
 */
#ifndef MUJAZ_BASE_JSON_H
#define MUJAZ_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/num.h"

enum { JSON_DEPTH_MAX = 32 };

struct json {
    struct buf *out;
    unsigned depth;   /* open objects and arrays */
    uint32_t objects; /* bit n: the level n is an object */
    uint32_t filled;  /* bit n: the level n holds something */
    bool keyed;       /* a key waits for its value */
};

void json_begin(struct json *, struct buf *out); /* the buffer is not owned; what it holds stays */
void json_end(struct json *);                    /* the text's last line feed */

void json_object_begin(struct json *);
void json_object_end(struct json *);
void json_array_begin(struct json *);
void json_array_end(struct json *);
void json_key(struct json *, const char *);

void json_string(struct json *, const char *utf8); /* valid UTF-8; NULL is null */
void json_number(struct json *, struct num);       /* keeps its scale: 12.50 */
void json_bool(struct json *, bool);
void json_null(struct json *);

/* A key with its value; of an object and an array its beginning. */
void json_put_object(struct json *, const char *key);
void json_put_array(struct json *, const char *key);
void json_put_text(struct json *, const char *key, const char *utf8);
void json_put_count(struct json *, const char *key, uint64_t count);
void json_put_bool(struct json *, const char *key, bool);

#endif
