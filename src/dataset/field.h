/* A field of a Table Schema, and how one cell is read and checked by it. */
#ifndef MUJAZ_DATASET_FIELD_H
#define MUJAZ_DATASET_FIELD_H

#include "dataset/table.h"

#include <locale.h>
#include <regex.h>

struct arena;

enum field_type {
    FIELD_STRING,
    FIELD_INTEGER,
    FIELD_NUMBER,
    FIELD_BOOLEAN,
    FIELD_DATE,
    FIELD_DATETIME,
    FIELD_TIME,
    FIELD_YEAR,
    FIELD_YEARMONTH,
    FIELD_DURATION,
    FIELD_LIST,
    FIELD_GEOPOINT,
    FIELD_ANY
};

struct text_list {
    const char *const *texts;
    size_t count;
};

struct category {
    struct value value;
    struct place at; /* in datapackage.json */
    const char *label[LANG_COUNT]; /* NULL: not given */
};

struct field {
    const char *name, *title[LANG_COUNT];
    struct place at; /* in datapackage.json */
    enum field_type type;
    const char *format;      /* a strptime pattern, or "email", "uri", "uuid", "array", "object"; NULL: default */
    const char *wanted;      /* what a cell looks like, when the type alone does not say it; see field_wanted */
    bool partial;            /* dates: a day or month of 00 is left out, "1980-05", "1980"; the values are texts */
    uint32_t decimal;        /* code point of the decimal sign; U+066B is always one too */
    const char *group;       /* between groups of three digits, UTF-8; NULL: none. U+066C is always one too */
    bool bare;               /* false: what stands before and behind a number is taken off, "95%", "€ 12" */
    uint32_t list_delimiter; /* code point */
    struct text_list missing, truths, falsehoods;
    bool required, unique;
    struct value minimum, maximum;  /* VALUE_NULL: none */
    struct value exclusive_minimum, exclusive_maximum;
    size_t min_length, max_length;  /* code points, of a list items; 0 and SIZE_MAX: none */
    const char *pattern;            /* as written; NULL: none */
    regex_t *matcher;               /* of the whole cell; freed by field_drop */
    locale_t letters;               /* of the matcher: its characters are code points; freed by field_drop */
    const struct value *allowed;    /* enum */
    size_t allowed_count;
    const struct category *categories;
    size_t category_count;
    bool categories_ordered;
    bool constrained;     /* set by field_prepare: a value has to be checked after it was read */
    bool missing_numbers; /* the same: a missing value such as -99 looks like a number */
};

/* The longest cell that a message quotes, in bytes, and room for it. */
enum { FIELD_QUOTE = 60, FIELD_QUOTE_ROOM = FIELD_QUOTE + 8 };

/* A cell's text, valid UTF-8, as a message may show it: cut, on one line, what cannot be seen as <U+00A0>. Returns
 * `room`. */
const char *field_quote(char room[FIELD_QUOTE_ROOM], const char *text, size_t length);

/* Once a field is described, before cells are read by it. */
void field_prepare(struct field *);

/*
 * Reads a lexical value, without missing values and constraints. False when it is none of the type. Text goes
 * into the arena. What is text in a value: a datetime as 2024-01-31T12:00:00Z (without Z when the cell names no
 * zone), a time as 12:00:00, a yearmonth as 2024-01, a duration as written, a list as a JSON array ["a","b"], a
 * geopoint as 44.3661,33.3152 (longitude first).
 */
bool field_parse(const struct field *, const char *text, size_t length, struct arena *, struct value *out);

bool field_is_day(const char *text); /* a valid day as 2024-01-31 */

/* What a value of the field's type looks like: "a whole number, as 1200". */
const char *field_wanted(const struct field *);
enum value_type field_value_type(const struct field *);
int field_compare(struct value, struct value); /* of one type, not null */

/* Reads one cell, missing values and constraints included; all diagnostics are placed at `at`; without a list
 * for them (NULL) it only answers. The text is UTF-8 without refused characters. False when anything was wrong. */
bool field_read(const struct field *, const char *text, size_t length, struct place at, struct arena *,
                struct value *out, struct diags *);

void field_drop(struct field *); /* frees what is not in an arena */

#endif
