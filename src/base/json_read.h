/*
 * Reading JSON (RFC 8259) step by step, for files that are too large for a tree of nodes (base/node.h): who reads takes
 * what it knows and skips the rest. The first thing that is wrong gives one diagnostic with its place; from then on
 * each call gives false, NULL or nothing.
 */
#ifndef MUJAZ_BASE_JSON_READ_H
#define MUJAZ_BASE_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/num.h"

struct arena;

struct json_reader {
    const char *path, *text; /* valid UTF-8, NUL behind `length` */
    size_t length, at;
    unsigned depth;
    bool fresh, failed;      /* fresh: nothing of the open object or array was read */
    enum diag_id id;         /* of what is wrong */
    struct arena *arena;     /* of keys and strings */
    struct diags *diags;
};

void json_read_begin(struct json_reader *, const char *path, const char *text, size_t length, enum diag_id,
                     struct arena *, struct diags *);
bool json_read_end(struct json_reader *); /* nothing follows, and nothing was wrong */

bool json_read_object(struct json_reader *);     /* '{'; then each key with its value until there is none */
const char *json_read_key(struct json_reader *); /* NULL: the object has ended */
bool json_read_array(struct json_reader *);
bool json_read_item(struct json_reader *); /* false: the array has ended */
void json_skip(struct json_reader *);

enum json_kind { JSON_OBJECT, JSON_ARRAY, JSON_STRING, JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL, JSON_WRONG };
enum json_kind json_next(struct json_reader *); /* what comes, unread; WRONG, without a diagnostic: no value */
const char *json_read_string(struct json_reader *);
bool json_read_number(struct json_reader *, struct num *out);
/* What is read makes no sense to who reads it. */
void json_refuse(struct json_reader *, const char *why);

#endif
