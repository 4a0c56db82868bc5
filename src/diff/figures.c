/* Two ledgers compared: values, how they are printed, statements, and the rows behind them. Knows a ledger's JSON. */
#include "diff/figures.h"

#include <string.h>

#include "base/align.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/node.h"
#include "base/num.h"

/* One side's entry; NULL: it has none. */
struct entries {
    const struct node *old, *now;
};

static const char *scalar(const struct node *map, const char *key)
{
    const struct node *v = node_get(map, key);
    return v && v->kind == NODE_SCALAR ? v->text : "";
}

static bool is_figure(const struct node *entry)
{
    return !node_get(entry, "result_rows");
}

/* "43%, 42.6%" */
static const char *list(const struct node *v, struct arena *arena)
{
    const char *all = "";
    for (size_t i = 0; v && v->kind == NODE_LIST && i < v->count; i++)
        if (v->items[i]->kind == NODE_SCALAR)
            all = arena_printf(arena, "%s%s%s", all, *all ? ", " : "", v->items[i]->text);
    return all;
}

static const char *value(const struct node *entry, struct arena *arena)
{
    if (!entry)
        return NULL;
    if (!is_figure(entry)) {
        const char *rows = scalar(entry, "result_rows");
        return arena_printf(arena, "%s row%s", rows, strcmp(rows, "1") == 0 ? "" : "s");
    }
    const struct node *v = node_get(entry, "value");
    const char *hedge = scalar(node_get(entry, "hedge"), "en");
    if (v && v->kind == NODE_MAP)
        return arena_printf(arena, "%s / %s", scalar(v, "en"), scalar(v, "ar"));
    return *hedge ? arena_printf(arena, "%s %s", hedge, scalar(entry, "value")) : scalar(entry, "value");
}

/* "+2.5"; NULL of what is no number. */
static const char *difference(const struct entries *e, struct arena *arena)
{
    const char *type = e->old && e->now ? scalar(e->now, "type") : "";
    const char *a = scalar(e->old, "value"), *b = scalar(e->now, "value");
    struct num x, y, by;
    if ((strcmp(type, "integer") != 0 && strcmp(type, "number") != 0) || !num_parse(a, strlen(a), &x)
        || !num_parse(b, strlen(b), &y) || !num_subtract(y, x, &by) || num_compare(by, num_from_int(0)) == 0)
        return NULL;
    struct buf text;
    buf_init(&text);
    num_format(by, &text);
    const char *shown = arena_printf(arena, "%s%s", num_compare(by, num_from_int(0)) > 0 ? "+" : "", text.data);
    buf_drop(&text);
    return shown;
}

/* --- rows --- */

static const struct node *rows_of(const struct node *entry)
{
    const struct node *rows = node_get(entry, "rows");
    return rows && rows->kind == NODE_LIST ? rows : NULL;
}

/* Table and cells: what makes a row the same, wherever it stands. `all`: else the table and its first cell. */
static uint32_t number_row(struct diff_names **names, const struct node *row, bool all)
{
    const struct node *cells = node_get(row, "cells");
    struct buf text;
    buf_init(&text);
    buf_add_string(&text, scalar(row, "table"));
    for (size_t i = 0; cells && cells->kind == NODE_MAP && i < cells->count && (all || i == 0); i++) {
        const char *cell = cells->items[i]->kind == NODE_SCALAR ? cells->items[i]->text : "";
        buf_add(&text, all ? "\0a" : "\0f", 2);
        buf_add_string(&text, cell);
    }
    uint32_t number = diff_number(names, text.data, text.length);
    buf_drop(&text);
    return number;
}

static uint32_t *number_rows(struct diff_names **names, const struct node *rows, bool all, struct arena *arena)
{
    uint32_t *out = arena_array(arena, rows->count + 1, sizeof *out);
    for (size_t i = 0; i < rows->count; i++)
        out[i] = number_row(names, rows->items[i], all);
    return out;
}

static void add_cell(struct diff_row *row, struct arena *arena, struct diff_cell cell)
{
    row->cells = arena_grow(arena, row->cells, row->cell_count, sizeof *row->cells);
    row->cells[row->cell_count++] = cell;
}

static const char *cell_text(const struct node *v)
{
    return v && v->kind == NODE_SCALAR ? v->text : "";
}

/* `old` and `now`: one may be NULL. */
static void add_row(struct diff_figure *f, const struct node *old, const struct node *now, struct arena *arena)
{
    const struct node *shown = now ? now : old, *cells = node_get(shown, "cells"), *before = node_get(old, "cells");
    struct diff_row row = { .change = !old ? DIFF_NEW : !now ? DIFF_GONE : DIFF_CHANGED, .head = "" };
    row.table = scalar(shown, "table");
    row.file = scalar(shown, "file");
    row.line = scalar(shown, "line");
    for (size_t i = 0; cells && cells->kind == NODE_MAP && i < cells->count; i++) {
        const char *text = cell_text(cells->items[i]), *was = cell_text(node_get(before, cells->keys[i]));
        if (i == 0)
            row.head = text;
        if (old && now && strcmp(text, was) != 0)
            add_cell(&row, arena, (struct diff_cell){ cells->keys[i], was, text });
        else if (!old || !now)
            add_cell(&row, arena, (struct diff_cell){ cells->keys[i], now ? NULL : text, now ? text : NULL });
    }
    f->rows = arena_grow(arena, f->rows, f->row_count, sizeof *f->rows);
    f->rows[f->row_count++] = row;
}

/* Between rows that stayed: those of one head are one row that changed. */
static void pair_rows(struct diff_figure *f, const struct node *old, const struct node *now, const uint32_t *heads[2],
                      const struct align_span *s, struct arena *arena)
{
    size_t *match = arena_array(arena, s->a_end - s->a + 1, sizeof *match);
    align(heads[0] + s->a, s->a_end - s->a, heads[1] + s->b, s->b_end - s->b, match);
    for (struct align_span t = { 0 }; align_next(match, s->a_end - s->a, s->b_end - s->b, &t);) {
        for (size_t i = t.a; i < t.a_end; i++)
            add_row(f, old->items[s->a + i], t.same ? now->items[s->b + t.b + (i - t.a)] : NULL, arena);
        for (size_t i = t.b; i < t.b_end && !t.same; i++)
            add_row(f, NULL, now->items[s->b + i], arena);
    }
}

static void compare_rows(struct diff_figure *f, const struct entries *e, struct arena *arena)
{
    const struct node *old = rows_of(e->old), *now = rows_of(e->now);
    struct diff_names *names = NULL;
    if (!old || !now)
        return;
    const uint32_t *a = number_rows(&names, old, true, arena), *b = number_rows(&names, now, true, arena);
    const uint32_t *heads[2] = { number_rows(&names, old, false, arena), number_rows(&names, now, false, arena) };
    size_t *match = arena_array(arena, old->count + 1, sizeof *match);
    align(a, old->count, b, now->count, match);
    for (struct align_span s = { 0 }; align_next(match, old->count, now->count, &s);)
        if (!s.same)
            pair_rows(f, old, now, heads, &s, arena);
    diff_names_drop(names);
}

/* --- entries --- */

static void compare_entry(const struct entries *e, struct arena *arena, struct diff_figure **out, size_t *count)
{
    const struct node *any = e->now ? e->now : e->old, *at = node_get(any, "at");
    struct diff_figure f = { .change = !e->old ? DIFF_NEW : !e->now ? DIFF_GONE : DIFF_CHANGED };
    bool differs = f.change != DIFF_CHANGED;
    f.kind = is_figure(any) ? "figure" : scalar(any, "kind");
    f.name = scalar(any, "name");
    f.old = value(e->old, arena);
    f.now = value(e->now, arena);
    f.difference = difference(e, arena);
    f.at = arena_printf(arena, "%s:%s:%s", scalar(at, "file"), scalar(at, "line"), scalar(at, "col"));
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        f.old_printed[lang] = list(node_get(node_get(e->old, "printed"), lang_tag(lang)), arena);
        f.printed[lang] = list(node_get(node_get(e->now, "printed"), lang_tag(lang)), arena);
        differs |= strcmp(f.old_printed[lang], f.printed[lang]) != 0;
    }
    if (e->old && e->now) {
        f.statement = strcmp(scalar(e->old, "statement"), scalar(e->now, "statement")) != 0;
        differs |= f.statement || strcmp(f.old, f.now) != 0;
    }
    if (!differs && is_figure(any)) /* its value holds, whatever rows gave it */
        return;
    compare_rows(&f, e, arena);
    if (!differs && !f.row_count)
        return;
    *out = arena_grow(arena, *out, *count, sizeof **out);
    (*out)[(*count)++] = f;
}

static const struct node *find(const struct node *entries, const char *name)
{
    for (size_t i = 0; i < entries->count; i++)
        if (strcmp(scalar(entries->items[i], "name"), name) == 0)
            return entries->items[i];
    return NULL;
}

static void compare_lists(const struct node *old, const struct node *now, struct arena *arena,
                          struct diff_figure **out, size_t *count)
{
    for (size_t i = 0; i < now->count; i++) {
        const struct node *entry = now->items[i];
        compare_entry(&(struct entries){ find(old, scalar(entry, "name")), entry }, arena, out, count);
    }
    for (size_t i = 0; i < old->count; i++)
        if (!find(now, scalar(old->items[i], "name")))
            compare_entry(&(struct entries){ old->items[i], NULL }, arena, out, count);
}

/* --- ledgers --- */

static const char *const lists[] = { "figures", "tables", "charts" };
enum { LISTS = sizeof lists / sizeof *lists };

/* A file's ledgers: its report's, and those of the reports that follow it in one document. */
struct ledgers {
    const struct node **all;
    size_t count;
};

static bool add_ledger(struct ledgers *l, const struct node *ledger, const char *file, struct arena *arena,
                       struct diags *diags)
{
    for (size_t i = 0; i < LISTS; i++) {
        const struct node *list = node_get(ledger, lists[i]);
        if (list && list->kind == NODE_LIST)
            continue;
        diag_add(diags, DIAG_LEDGER, (struct place){ .file = file },
                 "this is no ledger: it has no list '%s'; build the PDF anew", lists[i]);
        return false;
    }
    l->all = arena_grow(arena, l->all, l->count, sizeof *l->all);
    l->all[l->count++] = ledger;
    return true;
}

static bool load(const struct diff_ledger *ledger, struct ledgers *out, struct arena *arena, struct diags *diags)
{
    const struct node *root = node_parse(ledger->file, ledger->text, ledger->length, arena, diags);
    const struct node *more = node_get(root, "following");
    bool ok = root && add_ledger(out, root, ledger->file, arena, diags);
    for (size_t i = 0; ok && more && more->kind == NODE_LIST && i < more->count; i++)
        ok = add_ledger(out, more->items[i], ledger->file, arena, diags);
    return ok;
}

/* The first are the files' own; the others are told by their reports. */
static const struct node *find_ledger(const struct ledgers *l, const struct ledgers *like, size_t index)
{
    for (size_t i = 0; i < l->count; i++)
        if (index == 0 || (i > 0 && strcmp(scalar(l->all[i], "report"), scalar(like->all[index], "report")) == 0))
            return l->all[i];
    return NULL;
}

static void compare_ledgers(const struct ledgers *old, const struct ledgers *now, struct arena *arena,
                            struct diff_figure **out, size_t *count)
{
    static const struct node none = { .kind = NODE_LIST };
    for (size_t i = 0; i < now->count; i++) {
        const struct node *before = find_ledger(old, now, i);
        for (size_t k = 0; k < LISTS; k++)
            compare_lists(before ? node_get(before, lists[k]) : &none, node_get(now->all[i], lists[k]), arena, out,
                          count);
    }
    for (size_t i = 1; i < old->count; i++)
        for (size_t k = 0; k < LISTS && !find_ledger(now, old, i); k++)
            compare_lists(node_get(old->all[i], lists[k]), &none, arena, out, count);
}

bool diff_figures(const struct diff_ledger *old_ledger, const struct diff_ledger *now_ledger, struct arena *arena,
                  struct diff_figure **out, size_t *count, struct diags *diags)
{
    struct ledgers old = { .count = 0 }, now = { .count = 0 };
    *out = NULL;
    *count = 0;
    if (old_ledger->length == now_ledger->length
        && memcmp(old_ledger->text, now_ledger->text, old_ledger->length) == 0)
        return true;
    if (!load(old_ledger, &old, arena, diags) || !load(now_ledger, &now, arena, diags))
        return false;
    compare_ledgers(&old, &now, arena, out, count);
    return true;
}
