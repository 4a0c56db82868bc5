/*
 * A YAML or JSON file as a tree of nodes, each with its place. JSON is read as the YAML that it is.
 * Refused, each with a diagnostic: deeper than 32, aliases and anchors, tags, duplicate keys, several documents, keys
 * that are not scalars; and by node_load over 1 MiB.
 */
#ifndef MUJAZ_BASE_NODE_H
#define MUJAZ_BASE_NODE_H

#include "base/diag.h"
#include "base/num.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct place at;    /* of the value's first character: of a quoted scalar the one behind the quote, of a
                           block scalar (| or >) the first of its first text line */
    const char *text;   /* scalar: its text, quotes and escapes resolved; else NULL */
    bool plain;         /* scalar: written without quotes, so that it may be a number, true or null */
    uint32_t indent;    /* block scalar: columns taken off each line, so that a place inside it can be told */
    size_t count;       /* list: items; map: entries */
    const struct node *const *items; /* list: the items; map: the values */
    const char *const *keys;         /* map: the keys, in the file's order */
    const struct place *key_at;      /* map: where each key stands */
};

struct arena;

/* `path` is only named in places, and must live as long as they do; `text` is the file's content, already checked UTF-8
 * and not longer than its reader allows. NULL on error. */
const struct node *node_parse(const char *path, const char *text, size_t length, struct arena *,
                              struct diags *);
const struct node *node_load(const char *path, struct arena *, struct diags *);

/* The value under `key` of a map, or NULL when absent (or when the node is no map). No diagnostic. */
const struct node *node_get(const struct node *map, const char *key);

/* A scalar without quotes that is empty, ~ or null: nothing. */
bool node_is_null(const struct node *);

/* A diagnostic for each key that `known` (ended by NULL) does not have; names the nearest known one. */
void node_check_keys(const struct node *map, const char *const known[], const char *what, struct diags *);

/* Typed reading: each returns false, with a diagnostic placed at the node (or at `map` when it is absent and
 * required), and leaves *out alone. */
bool node_text(const struct node *map, const char *key, bool required, const char **out, struct diags *);
bool node_bool(const struct node *map, const char *key, bool required, bool *out, struct diags *);
bool node_int(const struct node *map, const char *key, bool required, int64_t *out, struct diags *);
bool node_num(const struct node *map, const char *key, bool required, struct num *out, struct diags *);

#endif
