/*
 * What a map of a YAML file may say, as a table of keys: its loader walks it, and so does whoever describes the format
 * (JSON Schemas, manual pages). A table ends with a key that has no name.
 */
#ifndef MUJAZ_BASE_KEY_H
#define MUJAZ_BASE_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/node.h"

enum key_kind {
    KEY_TEXT,      /* any text */
    KEY_BOTH,      /* a text in both languages: {en: ..., ar: ...} */
    KEY_SAME,      /* one text for both languages, or {en: ..., ar: ...} */
    KEY_COLUMN,    /* a column of a statement, or {en: COLUMN, ar: COLUMN} */
    KEY_STATEMENT, /* a SELECT */
    KEY_NAME,      /* of a folder or file: small letters, digits and '-' */
    KEY_DATE,      /* 2024-04-03 */
    KEY_WHOLE,     /* a whole number */
    KEY_NUMBER,
    KEY_SWITCH,    /* true or false */
    KEY_CHOICE,    /* one of `choices` */
    KEY_FLAG,      /* the same: two, the second of which is true */
    KEY_CHOICES,   /* a list of them */
    KEY_MAP,       /* a map of the keys `of`; or one of `choices` in its place, which its loader reads itself */
    KEY_LIST,      /* a list; `of`: as below */
    KEY_NAMED,     /* a map of names that the writer chooses; `of` is the table of the one map or, when its only key has
                      the name "", the one value that each of them is */
};

/* What the names of a KEY_NAMED may be. */
enum key_names {
    NAMES_ANY,
    NAMES_FIGURE,    /* letters, digits and '_', a letter or '_' first */
    NAMES_OBJECT,    /* the same and '-' */
    NAMES_PARAMETER, /* small letters, digits and '_', a letter first */
};

struct key {
    const char *name;
    enum key_kind kind;
    bool required;
    size_t member;              /* where the loader keeps it, in a struct that belongs to the table */
    const char *meaning;        /* one line for people */
    const char *write;          /* lists and maps: what is right, for messages */
    const char *const *choices; /* ended by NULL */
    const unsigned *values;     /* what each choice is kept as; NULL: its index */
    double least, most;         /* of numbers; `most` 0: any */
    bool above;                 /* `least` itself is too little */
    bool some;                  /* lists: must not be empty */
    const struct key *of;
    enum key_names names;
    bool marks; /* texts: of emphasis, links and code; else they are plain */
};

/* A diagnostic for each key of the map that the table does not have. `what`: "a table". */
void keys_check(const struct node *map, const struct key keys[], const char *what, struct diags *);

/* The table's key; it must have it. */
const struct key *keys_find(const struct key keys[], const char *name);

#endif
