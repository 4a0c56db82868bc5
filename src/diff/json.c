/* Differences as JSON. */
#include "diff/print.h"

#include <string.h>

#include "base/json.h"

static void add_page(struct json *j, const char *key, size_t page)
{
    json_key(j, key);
    if (page)
        json_number(j, num_from_int((int64_t)page));
    else
        json_null(j);
}

static void add_row(struct json *j, const struct diff_row *row)
{
    json_object_begin(j);
    json_put_text(j, "change", diff_change_name(row->change));
    json_put_text(j, "table", row->table);
    json_put_text(j, "file", row->file);
    json_put_text(j, "line", row->line);
    json_put_array(j, "cells");
    for (size_t i = 0; i < row->cell_count; i++) {
        json_object_begin(j);
        json_put_text(j, "column", row->cells[i].name);
        json_put_text(j, "old", row->cells[i].old);
        json_put_text(j, "new", row->cells[i].now);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static void add_printed(struct json *j, const char *key, const char *const printed[LANG_COUNT])
{
    json_put_object(j, key);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        json_put_text(j, lang_tag(lang), printed[lang]);
    json_object_end(j);
}

static void add_figure(struct json *j, const struct diff_figure *f)
{
    json_object_begin(j);
    json_put_text(j, "change", diff_change_name(f->change));
    json_put_text(j, "kind", f->kind);
    json_put_text(j, "name", f->name);
    json_put_text(j, "old", f->old);
    json_put_text(j, "new", f->now);
    json_put_text(j, "difference", f->difference);
    add_printed(j, "old_printed", f->old_printed);
    add_printed(j, "new_printed", f->printed);
    json_put_text(j, "at", f->at);
    json_put_bool(j, "statement_changed", f->statement);
    json_put_array(j, "rows");
    for (size_t i = 0; i < f->row_count; i++)
        add_row(j, &f->rows[i]);
    json_array_end(j);
    json_object_end(j);
}

static void add_block(struct json *j, const struct diff_text *t)
{
    static const char *const kinds[] = { "same", "old", "new" };
    json_object_begin(j);
    json_put_text(j, "change", diff_change_name(t->change));
    json_put_text(j, "language", t->language);
    json_put_text(j, "role", t->role);
    add_page(j, "old_page", t->old_page);
    add_page(j, "new_page", t->page);
    json_put_text(j, "row", t->row);
    json_put_array(j, "parts");
    for (size_t i = 0; i < t->part_count; i++) {
        json_object_begin(j);
        json_put_text(j, kinds[t->parts[i].kind], t->parts[i].text);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static void add_pages(struct json *j, const struct diff_document *d)
{
    json_put_object(j, "pages");
    json_put_count(j, "old", d->old_pages);
    json_put_count(j, "new", d->now_pages);
    json_put_count(j, "header_or_footer", d->margins);
    json_put_array(j, "differ");
    for (size_t i = 0; i < d->page_count; i++) {
        json_object_begin(j);
        json_put_text(j, "change", diff_change_name(d->pages[i].change));
        add_page(j, "old_page", d->pages[i].old_page);
        add_page(j, "new_page", d->pages[i].page);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static void add_document(struct json *j, const struct diff_document *d)
{
    json_object_begin(j);
    json_put_text(j, "old", d->old);
    json_put_text(j, "new", d->now);
    json_put_bool(j, "same", diff_is_same(d));
    json_key(j, "figures");
    if (d->figures_known)
        json_array_begin(j);
    else
        json_null(j);
    for (size_t i = 0; i < d->figure_count; i++)
        add_figure(j, &d->figures[i]);
    if (d->figures_known)
        json_array_end(j);
    json_put_array(j, "texts");
    for (size_t i = 0; i < d->text_count; i++)
        add_block(j, &d->texts[i]);
    json_array_end(j);
    add_pages(j, d);
    json_object_end(j);
}

void diff_json_document(const struct diff_document *d, struct buf *out)
{
    struct json j;
    json_begin(&j, out);
    add_document(&j, d);
    json_end(&j);
}

/* --- runs --- */

static void add_file(struct json *j, const struct diff_file *f)
{
    json_object_begin(j);
    json_put_text(j, "change", diff_change_name(f->change));
    json_put_text(j, "name", f->name);
    json_key(j, "document");
    if (f->document)
        add_document(j, f->document);
    else
        json_null(j);
    json_object_end(j);
}

static void add_report(struct json *j, const struct diff_report *r)
{
    json_object_begin(j);
    json_put_text(j, "change", diff_change_name(r->change));
    json_put_text(j, "name", r->name);
    json_put_text(j, "old_state", r->old ? manifest_state_name(r->old->state) : NULL);
    json_put_text(j, "new_state", r->now ? manifest_state_name(r->now->state) : NULL);
    json_put_array(j, "files");
    for (size_t i = 0; i < r->file_count; i++)
        add_file(j, &r->files[i]);
    json_array_end(j);
    json_object_end(j);
}

void diff_json_run(const struct diff_run *run, struct buf *out)
{
    struct json j;
    json_begin(&j, out);
    json_object_begin(&j);
    json_put_text(&j, "old", run->old_id);
    json_put_text(&j, "new", run->now_id);
    json_put_array(&j, "reports");
    for (size_t i = 0; i < run->report_count; i++)
        add_report(&j, &run->reports[i]);
    json_array_end(&j);
    json_object_end(&j);
    json_end(&j);
}
