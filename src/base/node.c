/*
 * YAML and JSON as a tree, through libyaml's events; and typed reading of maps.
 *
 * libyaml accepts duplicate keys, aliases and any depth: those are refused here, while the events come, so
 * that a hostile file costs no time. Nothing here knows what a file means; the readers of definitions do.
 */
#include "base/node.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h>

enum { SIZE_LIMIT = 1 << 20, DEPTH_LIMIT = 32 };

struct reader {
    yaml_parser_t parser;
    yaml_event_t event; /* the current one; freed when the next is asked for */
    bool has_event;
    const char *path, *text, *end;
    const char *const *lines; /* first byte of each line */
    size_t line_count;
    struct arena *arena, *passing; /* of the nodes; of what only the reader needs */
    struct diags *diags;
};

static struct place place_at(const struct reader *r, yaml_mark_t mark)
{
    return (struct place){ r->path, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1 };
}

/* The byte at a mark, whose column counts code points. */
static char byte_at(const struct reader *r, yaml_mark_t mark)
{
    const char *p = mark.line < r->line_count ? r->lines[mark.line] : r->end;

    for (size_t column = 0; p < r->end && *p != '\n' && column < mark.column; column++)
        utf8_next(&p);
    return p < r->end ? *p : '\0';
}

/* What would be right where libyaml stopped: it names its own states, the slip shows in the character there. */
static const char *mending(const struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    bool one_line = !p->context || p->context_mark.line == p->problem_mark.line; /* else a bracket stays open */

    switch (byte_at(r, p->problem_mark)) {
    case '\t':
        return "a tab stands here: indent with spaces";
    case ':':
        if (one_line)
            return "put a text that holds ':' into quotes, a comma (,) before the next key, or mend the indentation";
        break;
    case '@':
    case '`':
    case '%':
        return "put a text that begins so into quotes";
    default:
        break;
    }
    return "mend the indentation, quotes or commas";
}

static bool next_event(struct reader *r)
{
    if (r->has_event)
        yaml_event_delete(&r->event);
    r->has_event = yaml_parser_parse(&r->parser, &r->event);
    if (r->has_event)
        return true;
    const yaml_parser_t *p = &r->parser;
    diag_add(r->diags, DIAG_YAML_SYNTAX, place_at(r, p->problem_mark),
             "%s%s%s; %s", p->context ? p->context : "", p->context ? ", " : "",
             p->problem ? p->problem : "cannot be read", mending(r));
    return false;
}

static bool refuse(struct reader *r, const char *what)
{
    diag_add(r->diags, DIAG_YAML_REFUSED, place_at(r, r->event.start_mark), "%s", what);
    return false;
}

static bool check_event(struct reader *r)
{
    const yaml_event_t *e = &r->event;
    const yaml_char_t *anchor = NULL, *tag = NULL;

    if (e->type == YAML_ALIAS_EVENT)
        return refuse(r, "an alias (*name) is not read here; write the value out");
    if (e->type == YAML_SCALAR_EVENT)
        anchor = e->data.scalar.anchor, tag = e->data.scalar.tag;
    if (e->type == YAML_SEQUENCE_START_EVENT)
        anchor = e->data.sequence_start.anchor, tag = e->data.sequence_start.tag;
    if (e->type == YAML_MAPPING_START_EVENT)
        anchor = e->data.mapping_start.anchor, tag = e->data.mapping_start.tag;
    if (anchor)
        return refuse(r, "an anchor (&name) is not read here; take it out");
    if (tag)
        return refuse(r, "a tag (!name) is not read here; take it out");
    return true;
}

static size_t leading_spaces(const char *line, const char *end)
{
    size_t n = 0;
    while (line + n < end && line[n] == ' ')
        n++;
    return n;
}

/* The columns that libyaml took off each line of a block scalar: the spaces before its first line that is not
 * blank, in the file less in the text. Right for an indentation indicator (|2) too. */
static uint32_t block_indent(const struct reader *r, size_t line, const char *text, size_t length)
{
    const char *end = text + length;
    while (line < r->line_count && text < end) {
        size_t inside = leading_spaces(text, end);
        if (text + inside < end && text[inside] != '\n') {
            size_t outside = leading_spaces(r->lines[line], r->end);
            return outside > inside ? (uint32_t)(outside - inside) : 0;
        }
        text += inside + (text + inside < end);
        line++;
    }
    return 0;
}

/* Escapes can bring in what file_read_text refused. */
static bool check_scalar(struct reader *r, const char *text, size_t length)
{
    const char *p = text;
    while (p < text + length) {
        uint32_t c = utf8_next(&p);
        if (!utf8_is_refused(c))
            continue;
        diag_add(r->diags, DIAG_UTF8_BAD, place_at(r, r->event.start_mark),
                 "the character U+%04X may not stand in a text; take it out", (unsigned)c);
        return false;
    }
    return true;
}

static struct node *read_scalar(struct reader *r)
{
    const yaml_event_t *e = &r->event;
    const char *text = (const char *)e->data.scalar.value;
    size_t length = e->data.scalar.length;
    struct node *node = arena_alloc(r->arena, sizeof *node);

    if (!check_scalar(r, text, length))
        return NULL;
    node->kind = NODE_SCALAR;
    node->at = place_at(r, e->start_mark);
    node->text = arena_string_n(r->arena, text, length);
    switch (e->data.scalar.style) {
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        if (length == 0)
            break;
        node->indent = block_indent(r, e->start_mark.line + 1, text, length);
        node->at.line++;
        node->at.col = node->indent + 1;
        break;
    case YAML_PLAIN_SCALAR_STYLE:
        node->plain = true;
        break;
    default:
        node->at.col++;
    }
    return node;
}

static struct node *read_node(struct reader *r, int depth);

static bool too_deep(struct reader *r, int depth)
{
    if (depth < DEPTH_LIMIT)
        return false;
    diag_add(r->diags, DIAG_YAML_DEPTH, place_at(r, r->event.start_mark),
             "nested deeper than %d; make it flatter", DEPTH_LIMIT);
    return true;
}

static struct node *read_list(struct reader *r, int depth)
{
    struct node *node = arena_alloc(r->arena, sizeof *node);
    const struct node **items = NULL;

    node->kind = NODE_LIST;
    node->at = place_at(r, r->event.start_mark);
    for (;;) {
        if (!next_event(r))
            return NULL;
        if (r->event.type == YAML_SEQUENCE_END_EVENT)
            break;
        struct node *item = read_node(r, depth);
        if (!item)
            return NULL;
        items = arena_grow(r->arena, items, node->count, sizeof *items);
        items[node->count++] = item;
    }
    node->items = items;
    return node;
}

struct entry {
    const char *key;
    struct place at;
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    if (order)
        return order;
    if (left->at.line != right->at.line)
        return left->at.line < right->at.line ? -1 : 1;
    return (left->at.col > right->at.col) - (left->at.col < right->at.col);
}

static bool check_duplicates(struct reader *r, const struct node *map)
{
    struct entry *sorted = xcalloc(map->count, sizeof *sorted);
    bool fine = true;

    for (size_t i = 0; i < map->count; i++)
        sorted[i] = (struct entry){ map->keys[i], map->key_at[i] };
    qsort(sorted, map->count, sizeof *sorted, compare_entries);
    for (size_t i = 1; i < map->count; i++) {
        if (strcmp(sorted[i - 1].key, sorted[i].key) != 0)
            continue;
        diag_add(r->diags, DIAG_KEY_DUPLICATE, sorted[i].at,
                 "the key '%s' is given again, first in line %u; keep one", sorted[i].key,
                 (unsigned)sorted[i - 1].at.line);
        fine = false;
    }
    free(sorted);
    return fine;
}

/* The key that the current event is, copied; NULL with a diagnostic when it is no scalar. */
static const char *read_key(struct reader *r)
{
    if (!check_event(r))
        return NULL;
    if (r->event.type != YAML_SCALAR_EVENT) {
        diag_add(r->diags, DIAG_YAML_SYNTAX, place_at(r, r->event.start_mark),
                 "a key is a list or a map; a key is one word");
        return NULL;
    }
    const char *text = (const char *)r->event.data.scalar.value;
    size_t length = r->event.data.scalar.length;
    return check_scalar(r, text, length) ? arena_string_n(r->arena, text, length) : NULL;
}

static struct node *read_map(struct reader *r, int depth)
{
    struct node *node = arena_alloc(r->arena, sizeof *node);
    const struct node **items = NULL;
    const char **keys = NULL;
    struct place *places = NULL;

    node->kind = NODE_MAP;
    node->at = place_at(r, r->event.start_mark);
    for (;;) {
        if (!next_event(r))
            return NULL;
        if (r->event.type == YAML_MAPPING_END_EVENT)
            break;
        struct place at = place_at(r, r->event.start_mark);
        const char *key = read_key(r);
        if (!key || !next_event(r))
            return NULL;
        struct node *value = read_node(r, depth);
        if (!value)
            return NULL;
        items = arena_grow(r->arena, items, node->count, sizeof *items);
        keys = arena_grow(r->arena, keys, node->count, sizeof *keys);
        places = arena_grow(r->arena, places, node->count, sizeof *places);
        items[node->count] = value;
        keys[node->count] = key;
        places[node->count++] = at;
    }
    node->items = items;
    node->keys = keys;
    node->key_at = places;
    return check_duplicates(r, node) ? node : NULL;
}

/* The node that starts with the current event. */
static struct node *read_node(struct reader *r, int depth)
{
    if (!check_event(r))
        return NULL;
    if (r->event.type == YAML_SCALAR_EVENT)
        return read_scalar(r);
    if (too_deep(r, depth))
        return NULL;
    return r->event.type == YAML_SEQUENCE_START_EVENT ? read_list(r, depth + 1) : read_map(r, depth + 1);
}

static struct node *read_document(struct reader *r)
{
    if (!next_event(r) || !next_event(r)) /* stream start, document start */
        return NULL;
    if (r->event.type == YAML_STREAM_END_EVENT) {
        diag_add(r->diags, DIAG_YAML_SYNTAX, (struct place){ r->path, 1, 1 },
                 "the file is empty; a map is needed");
        return NULL;
    }
    if (!next_event(r))
        return NULL;
    struct node *root = read_node(r, 0);
    if (!root || !next_event(r) || !next_event(r)) /* document end, then stream end */
        return NULL;
    if (r->event.type != YAML_STREAM_END_EVENT) {
        refuse(r, "a second document starts here; a file holds one");
        return NULL;
    }
    return root;
}

static void index_lines(struct reader *r)
{
    const char **lines = NULL;
    for (const char *p = r->text; p; p = memchr(p, '\n', (size_t)(r->end - p))) {
        p += r->line_count > 0; /* behind the newline, but for the first line */
        lines = arena_grow(r->passing, lines, r->line_count, sizeof *lines);
        lines[r->line_count++] = p;
    }
    r->lines = lines;
}

const struct node *node_parse(const char *path, const char *text, size_t length, struct arena *arena,
                              struct diags *diags)
{
    struct reader r = { .path = path, .text = text, .end = text + length,
                        .arena = arena, .passing = arena_new(), .diags = diags };

    index_lines(&r);
    if (!yaml_parser_initialize(&r.parser)) {
        arena_drop(r.passing);
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = path },
                 "libyaml cannot start: out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, length);
    const struct node *root = read_document(&r);
    if (r.has_event)
        yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    arena_drop(r.passing);
    return root;
}

const struct node *node_load(const char *path, struct arena *arena, struct diags *diags)
{
    size_t length;
    struct arena *passing = arena_new();
    const char *text = file_read_text(path, SIZE_LIMIT, passing, &length, diags);
    const struct node *root = text ? node_parse(path, text, length, arena, diags) : NULL;
    arena_drop(passing);
    return root;
}

const struct node *node_get(const struct node *map, const char *key)
{
    if (map && map->kind == NODE_MAP)
        for (size_t i = 0; i < map->count; i++)
            if (strcmp(map->keys[i], key) == 0)
                return map->items[i];
    return NULL;
}

static bool is_known(const char *key, const char *const known[])
{
    for (; *known; known++)
        if (strcmp(*known, key) == 0)
            return true;
    return false;
}

static void add_unknown(const struct node *map, size_t i, const char *const known[], const char *what,
                        struct diags *diags)
{
    size_t count = 0;
    while (known[count])
        count++;
    const char *near = nearest_known(map->keys[i], known, count);
    if (near) {
        diag_add(diags, DIAG_KEY_UNKNOWN, map->key_at[i], "unknown key '%s' in %s; did you mean '%s'?",
                 map->keys[i], what, near);
        return;
    }
    struct buf list;
    buf_init(&list);
    for (size_t k = 0; k < count; k++)
        buf_printf(&list, "%s%s", k ? ", " : "", known[k]);
    diag_add(diags, DIAG_KEY_UNKNOWN, map->key_at[i], "unknown key '%s' in %s; known are %s", map->keys[i],
             what, list.data);
    buf_drop(&list);
}

void node_check_keys(const struct node *map, const char *const known[], const char *what, struct diags *diags)
{
    if (!map || map->kind != NODE_MAP)
        return;
    for (size_t i = 0; i < map->count; i++)
        if (!is_known(map->keys[i], known))
            add_unknown(map, i, known, what, diags);
}

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->plain
        && (!*node->text || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

/* The scalar under `key`; NULL when absent (a diagnostic if required) or of another kind (always one). */
static const struct node *get_scalar(const struct node *map, const char *key, bool required,
                                     const char *wanted, struct diags *diags)
{
    const struct node *node = node_get(map, key);
    if (!node) {
        if (required)
            diag_add(diags, DIAG_KEY_MISSING, map->at, "the key '%s' is missing; give it %s", key, wanted);
        return NULL;
    }
    if (node->kind != NODE_SCALAR) {
        diag_add(diags, DIAG_VALUE_KIND, node->at, "'%s' is a %s; give it %s", key,
                 node->kind == NODE_LIST ? "list" : "map", wanted);
        return NULL;
    }
    if (node_is_null(node)) {
        diag_add(diags, DIAG_VALUE_KIND, node->at, "'%s' has no value; give it %s", key, wanted);
        return NULL;
    }
    return node;
}

bool node_text(const struct node *map, const char *key, bool required, const char **out, struct diags *diags)
{
    const struct node *node = get_scalar(map, key, required, "a text", diags);
    if (node)
        *out = node->text;
    return node;
}

bool node_bool(const struct node *map, const char *key, bool required, bool *out, struct diags *diags)
{
    const struct node *node = get_scalar(map, key, required, "true or false", diags);
    if (!node)
        return false;
    bool yes = strcmp(node->text, "true") == 0;
    if (!node->plain || (!yes && strcmp(node->text, "false") != 0)) {
        diag_add(diags, DIAG_VALUE_KIND, node->at, "'%s' is '%s'; write true or false", key, node->text);
        return false;
    }
    *out = yes;
    return true;
}

bool node_int(const struct node *map, const char *key, bool required, int64_t *out, struct diags *diags)
{
    const struct node *node = get_scalar(map, key, required, "a whole number", diags);
    struct num n;
    if (!node)
        return false;
    if (!node->plain || !num_parse(node->text, strlen(node->text), &n) || n.scale != 0) {
        diag_add(diags, DIAG_VALUE_KIND, node->at, "'%s' is '%s'; write a whole number, without quotes", key,
                 node->text);
        return false;
    }
    *out = n.coefficient;
    return true;
}

bool node_num(const struct node *map, const char *key, bool required, struct num *out, struct diags *diags)
{
    const struct node *node = get_scalar(map, key, required, "a number", diags);
    if (!node)
        return false;
    if (!node->plain || !num_parse(node->text, strlen(node->text), out)) {
        diag_add(diags, DIAG_VALUE_KIND, node->at,
                 "'%s' is '%s'; write a number such as 12.5, without quotes", key, node->text);
        return false;
    }
    return true;
}
