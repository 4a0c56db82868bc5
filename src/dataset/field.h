/* A field of a Table Schema, and how one cell is read and checked by it. */
#ifndef MUJAZ_DATASET_FIELD_H
#define MUJAZ_DATASET_FIELD_H

#include "dataset/table.h"

#include <regex.h>

struct arena;

enum field_type {
    FIELD_STRING,
    FIELD_INTEGER,
    FIELD_NUMBER,
    FIELD_BOOLEAN,
    FIELD_DATE,
    FIELD_YEAR,
    FIELD_ANY
};

struct text_list {
    const char *const *texts;
    size_t count;
};

struct field {
    const char *name, *title[LANG_COUNT];
    struct place at; /* in datapackage.json */
    enum field_type type;
    struct text_list missing, truths, falsehoods;
    bool required, unique;
    struct value minimum, maximum;  /* VALUE_NULL: none */
    size_t min_length, max_length;  /* code points; 0 and SIZE_MAX: none */
    const char *pattern;            /* as written; NULL: none */
    regex_t *matcher;               /* of the whole cell; freed by field_drop */
    const struct value *allowed;    /* enum */
    size_t allowed_count;
};

/* The longest cell that a message quotes, in bytes, and room for it. */
enum { FIELD_QUOTE = 60, FIELD_QUOTE_ROOM = FIELD_QUOTE + 8 };

/* A cell's text as a message may show it: cut, on one line. Returns `room`. */
const char *field_quote(char room[FIELD_QUOTE_ROOM], const char *text, size_t length);

/* Reads a lexical value, without constraints. False when it is none of the type. Text goes into the arena. */
bool field_parse(const struct field *, const char *text, size_t length, struct arena *, struct value *out);

bool field_is_day(const char *text); /* a valid day as 2024-01-31 */

/* What a value of the field's type looks like: "a whole number, as 1200". */
const char *field_wanted(const struct field *);
enum value_type field_value_type(const struct field *);
int field_compare(struct value, struct value); /* of one type, not null */

/* Reads one cell, missing values and constraints included; all diagnostics are placed at `at`. The text is
 * UTF-8 without refused characters. False when anything was wrong. */
bool field_read(const struct field *, const char *text, size_t length, struct place at, struct arena *,
                struct value *out, struct diags *);

void field_drop(struct field *); /* frees what is not in an arena */

#endif
