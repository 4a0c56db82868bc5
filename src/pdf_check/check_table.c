/* A table of the structure: its parts, a grid without holes and crossings, headers. */
#include "pdf_check/checker.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

enum { COLUMNS = 512 };

/* A cell's ID, for those that name it in Headers. */
struct header {
    UT_hash_handle hh;
    char id[];
};

struct grid {
    struct checker *c;
    unsigned number;        /* of the table */
    size_t row, columns;    /* that is looked at; of the first row */
    size_t until[COLUMNS];  /* by column: the row before which a cell of above ends */
    size_t heads, feet, bodies;
    size_t scopeless;       /* TH without Scope */
    bool tied;              /* there are cells with Headers */
    unsigned untied;        /* object of a TD without Headers, or 0 */
    struct header *headers;
};

static bool is_element(struct checker *c, struct cos v, char role[ROLE_LENGTH])
{
    return v.kind == COS_DICT && structure_role(c, v, role);
}

/* Calls `take` for each kid that is an element; `number` is the element's. */
static void each_kid(struct grid *g, struct cos element, unsigned number,
                     void (*take)(struct grid *, struct cos, unsigned number, const char *role))
{
    const struct cos k = cos_get(element, "K"), list = reader_resolve(g->c->reader, k);
    struct cursor in = list.kind == COS_ARRAY ? cos_inside(list) : cursor_of(k.at, k.end);
    char role[ROLE_LENGTH];
    unsigned kids = cos_reference(k);
    reader_hold(g->c->reader, number);
    reader_hold(g->c->reader, kids);
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE; reader_trim(g->c->reader)) {
        const struct cos kid = reader_resolve(g->c->reader, v);
        if (is_element(g->c, kid, role))
            take(g, kid, cos_reference(v), role);
    }
    reader_release(g->c->reader, kids);
    reader_release(g->c->reader, number);
}

static size_t span(struct grid *g, struct cos cell, const char *key)
{
    int64_t v = cos_integer(structure_attribute(g->c, cell, "Table", key), 1);
    return v < 1 ? 1 : v > COLUMNS ? COLUMNS : (size_t)v;
}

static void place_cell(struct grid *g, struct cos cell, unsigned number)
{
    size_t width = span(g, cell, "ColSpan"), height = span(g, cell, "RowSpan"), column = 0;
    while (column < COLUMNS && g->until[column] > g->row)
        column++;
    for (size_t i = 0; i < width && column + i < COLUMNS; i++) {
        if (g->until[column + i] > g->row)
            fault_with(g->c, RULE_TABLE_CROSSING, number, "row %zu, column %zu", g->row + 1, column + i + 1);
        g->until[column + i] = g->row + height;
    }
}

static void add_header(struct grid *g, struct cos cell)
{
    struct buf id;
    struct header *known;
    buf_init(&id);
    cos_add_text(checker_get(g->c, cell, "ID"), &id);
    HASH_FIND_STR(g->headers, id.data, known);
    if (id.length && !known) {
        known = arena_alloc(g->c->arena, sizeof *known + id.length + 1);
        memcpy(known->id, id.data, id.length + 1);
        HASH_ADD_STR(g->headers, id, known);
    }
    buf_drop(&id);
}

static void take_cell(struct grid *g, struct cos cell, unsigned number, const char *role)
{
    bool head = strcmp(role, "TH") == 0;
    const struct cos scope = structure_attribute(g->c, cell, "Table", "Scope");
    bool good = cos_is_name(scope, "Row") || cos_is_name(scope, "Column") || cos_is_name(scope, "Both");
    if (!head && strcmp(role, "TD") != 0)
        return;
    place_cell(g, cell, number);
    bool tied = structure_attribute(g->c, cell, "Table", "Headers").kind != COS_NONE;
    g->tied |= tied;
    g->scopeless += head && !good;
    if (head)
        add_header(g, cell);
    else if (!tied)
        g->untied = number;
    if (head && scope.kind != COS_NONE && !good)
        fault(g->c, RULE_TABLE_SCOPE, number);
}

static void take_row(struct grid *g, struct cos row, unsigned number, const char *role)
{
    size_t columns = 0;
    if (strcmp(role, "TR") != 0)
        return;
    each_kid(g, row, number, take_cell);
    for (size_t i = 0; i < COLUMNS; i++)
        columns += g->until[i] > g->row;
    if (g->row > 0 && columns != g->columns)
        fault_with(g->c, RULE_TABLE_COLUMNS, number, "%zu in row %zu, %zu in the first", columns, g->row + 1,
                   g->columns);
    else
        g->columns = columns;
    g->row++;
}

static void take_part(struct grid *g, struct cos part, unsigned number, const char *role)
{
    g->heads += strcmp(role, "THead") == 0;
    g->feet += strcmp(role, "TFoot") == 0;
    g->bodies += strcmp(role, "TBody") == 0;
    if (strcmp(role, "TR") == 0)
        take_row(g, part, number, role);
    else if (role[0] == 'T' && strcmp(role, "Table") != 0)
        each_kid(g, part, number, take_row);
}

/* Headers must be known when all cells of the table are. */
static void check_headers(struct grid *g, struct cos cell, unsigned number, const char *role)
{
    struct cursor in = cos_inside(structure_attribute(g->c, cell, "Table", "Headers"));
    (void)role;
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE;) {
        struct buf id;
        struct header *known;
        buf_init(&id);
        cos_add_text(v, &id);
        HASH_FIND_STR(g->headers, id.data, known);
        if (!known)
            fault_with(g->c, RULE_TABLE_SCOPE, number, "no TH has the ID %.60s", id.data);
        buf_drop(&id);
    }
}

static void check_headers_of_row(struct grid *g, struct cos row, unsigned number, const char *role)
{
    if (strcmp(role, "TR") == 0)
        each_kid(g, row, number, check_headers);
}

static void check_headers_of_part(struct grid *g, struct cos part, unsigned number, const char *role)
{
    if (strcmp(role, "TR") == 0)
        check_headers_of_row(g, part, number, role);
    else
        each_kid(g, part, number, check_headers_of_row);
}

void check_table(struct checker *c, struct cos table, unsigned number)
{
    struct grid g = { .c = c, .number = number };
    each_kid(&g, table, number, take_part);
    if (g.heads > 1 || g.feet > 1 || ((g.heads || g.feet) && !g.bodies))
        fault(c, RULE_TABLE_PARTS, number);
    for (size_t i = 0; i < COLUMNS; i++) {
        if (g.until[i] <= g.row)
            continue;
        fault_with(c, RULE_TABLE_ROWS, number, "column %zu", i + 1);
        break;
    }
    if (g.scopeless && g.untied)
        fault_with(c, RULE_TABLE_SCOPE, number, "%zu TH without Scope", g.scopeless);
    if (g.tied)
        each_kid(&g, table, number, check_headers_of_part);
    HASH_CLEAR(hh, g.headers);
}
