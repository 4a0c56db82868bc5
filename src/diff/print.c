/* Differences as lines. Knows terminals, not how anything was compared. */
#include "diff/print.h"

#include <string.h>

#include "base/utf8.h"

enum { AROUND = 5, ROWS_MOST = 10 }; /* words shown on either side of a change; rows of a figure */

struct printing {
    struct diff_style style;
    struct buf *out;
    struct diff_names *told; /* texts that were told, of a run's other editions too */
    uint32_t told_count;
    bool figures_told;
};

/* --- texts in a line --- */

/* Foreign text: control characters and direction marks never reach a terminal. */
static void add_clean(struct buf *out, const char *text)
{
    for (const char *p = text; *p;) {
        uint32_t c = utf8_next(&p);
        bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
        if (!(c >= 0x2066 && c <= 0x2069) && !(c >= 0x202A && c <= 0x202E))
            buf_add_utf8(out, control ? ' ' : c);
    }
}

/* In an isolate whose direction is that of its first strong letter (Unicode, UAX 9). */
static void add_isolated(struct printing *p, const char *text)
{
    buf_add_string(p->out, p->style.terminal ? "\u2068" : "");
    add_clean(p->out, text);
    buf_add_string(p->out, p->style.terminal ? "\u2069" : "");
}

static void add_coloured(struct printing *p, const char *colour, const char *before, const char *text,
                         const char *after)
{
    buf_printf(p->out, "%s%s", p->style.colour ? colour : "", before);
    add_isolated(p, text);
    buf_printf(p->out, "%s%s", after, p->style.colour ? "\033[0m" : "");
}

/* Behind so many words and the blank that follows; NULL: there are no more. */
static const char *behind_words(const char *text, size_t words)
{
    for (; words > 0 && text; words--) {
        text = strchr(text, ' ');
        text += text != NULL;
    }
    return text;
}

static const char *last_words(const char *text, size_t words)
{
    const char *p = text + strlen(text);
    while (p > text && words > 0)
        words -= *--p == ' ';
    return p > text ? p + 1 : text;
}

/* What stayed, cut down to the words beside the changes. */
static void add_same(struct printing *p, const char *text, bool first, bool last)
{
    size_t before = first ? 0 : AROUND, after = last ? 0 : AROUND;
    if (!behind_words(text, before + after + 2)) {
        buf_add_string(p->out, text);
        return;
    }
    buf_add(p->out, text, (size_t)(behind_words(text, before) - text));
    buf_add_string(p->out, "\u2026");
    if (!last)
        buf_printf(p->out, " %s", last_words(text, after));
}

static void add_parts(struct printing *p, const struct diff_text *t)
{
    bool right = strcmp(t->language, lang_tag(LANG_AR)) == 0;
    buf_add_string(p->out, !p->style.terminal ? "" : right ? "\u2067" : "\u2066");
    for (size_t i = 0; i < t->part_count; i++) {
        const struct diff_part *part = &t->parts[i];
        bool replaced = part->kind == DIFF_PART_NEW && i > 0 && part[-1].kind == DIFF_PART_OLD;
        buf_add_string(p->out, i && !replaced ? " " : "");
        if (part->kind == DIFF_PART_SAME)
            add_same(p, part->text, i == 0, i + 1 == t->part_count);
        else if (part->kind == DIFF_PART_OLD)
            add_coloured(p, "\033[31m", "[-", part->text, "-]");
        else
            add_coloured(p, "\033[32m", "{+", part->text, "+}");
    }
    buf_add_string(p->out, p->style.terminal ? "\u2069\n" : "\n");
}

/* --- figures --- */

static void add_counts(struct printing *p, const char *title, const size_t counts[3])
{
    const char *between = " ";
    buf_add_string(p->out, title);
    for (int i = 0; i < 3; i++) {
        if (!counts[i])
            continue;
        buf_printf(p->out, "%s%zu %s", between, counts[i], diff_change_name((enum diff_change)i));
        between = ", ";
    }
    buf_add_char(p->out, '\n');
}

static void add_values(struct printing *p, const char *old, const char *now)
{
    if (old)
        add_coloured(p, "\033[31m", "", old, "");
    buf_add_string(p->out, old && now ? " -> " : "");
    if (now)
        add_coloured(p, "\033[32m", "", now, "");
}

static void add_row(struct printing *p, const struct diff_row *row)
{
    buf_printf(p->out, "    %s row of ", diff_change_name(row->change));
    add_clean(p->out, row->table);
    if (row->change == DIFF_CHANGED) {
        buf_add_string(p->out, ", ");
        add_isolated(p, row->head);
    }
    const char *between = ": ";
    for (size_t i = 0; i < row->cell_count; i++) {
        const char *any = row->cells[i].now ? row->cells[i].now : row->cells[i].old;
        if (!*any && row->change != DIFF_CHANGED) /* no value */
            continue;
        buf_add_string(p->out, between);
        add_clean(p->out, row->cells[i].name);
        buf_add_char(p->out, ' ');
        add_values(p, row->cells[i].old, row->cells[i].now);
        between = ", ";
    }
    buf_add_string(p->out, " (");
    add_clean(p->out, row->file);
    buf_add_char(p->out, ':');
    add_clean(p->out, row->line);
    buf_add_string(p->out, ")\n");
}

static void add_figure(struct printing *p, const struct diff_figure *f)
{
    bool same = f->old && f->now && strcmp(f->old, f->now) == 0;
    buf_add_string(p->out, strcmp(f->kind, "figure") == 0 ? "  " : strcmp(f->kind, "table") == 0 ? "  table:"
                                                                                                   : "  chart:");
    add_clean(p->out, f->name);
    buf_add_string(p->out, f->change == DIFF_NEW ? " (new): " : f->change == DIFF_GONE ? " (gone): " : ": ");
    add_values(p, same ? NULL : f->old, f->now);
    if (f->difference)
        buf_printf(p->out, " (%s)", f->difference);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char *old = f->old_printed[lang], *now = f->printed[lang];
        if (strcmp(old, now) == 0)
            continue;
        buf_printf(p->out, "; %s ", lang_tag(lang));
        add_values(p, *old ? old : NULL, *now ? now : "printed nowhere");
    }
    buf_add_string(p->out, "\n    ");
    add_clean(p->out, f->at);
    buf_add_string(p->out, f->statement ? ", another statement\n" : "\n");
    for (size_t i = 0; i < f->row_count && i < ROWS_MOST; i++)
        add_row(p, &f->rows[i]);
    if (f->row_count > ROWS_MOST)
        buf_printf(p->out, "    and %zu rows more\n", f->row_count - ROWS_MOST);
}

static void add_figures(struct printing *p, const struct diff_document *d)
{
    size_t counts[3] = { 0 };
    if (p->figures_told)
        return;
    if (!d->figures_known)
        buf_add_string(p->out, "figures: not compared, since a ledger is missing\n");
    for (size_t i = 0; i < d->figure_count; i++)
        counts[d->figures[i].change]++;
    if (d->figure_count)
        add_counts(p, "figures:", counts);
    for (size_t i = 0; i < d->figure_count; i++)
        add_figure(p, &d->figures[i]);
}

/* --- texts and pages --- */

static const char *role_name(const char *role)
{
    static const char *const names[][2] = { { "P", "paragraph" }, { "LI", "item" }, { "TH", "cell" }, { "TD", "cell" },
                                            { "TR", "row" }, { "Caption", "caption" }, { "Note", "note" },
                                            { "TOCI", "contents" }, { "Figure", "description" } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(role, names[i][0]) == 0)
            return names[i][1];
    return role[0] == 'H' ? "heading" : role;
}

/* Whether another edition has told it before. */
static bool was_told(struct printing *p, const struct diff_text *t)
{
    struct buf key;
    buf_init(&key);
    buf_printf(&key, "%d %s", (int)t->change, t->language);
    for (size_t i = 0; i < t->part_count; i++)
        buf_printf(&key, "\1%d%s", (int)t->parts[i].kind, t->parts[i].text);
    uint32_t number = diff_number(&p->told, key.data, key.length);
    bool told = number <= p->told_count;
    p->told_count = told ? p->told_count : number;
    buf_drop(&key);
    return told;
}

static void add_text(struct printing *p, const struct diff_text *t)
{
    size_t page = t->page ? t->page : t->old_page;
    buf_printf(p->out, "  %s, %spage %zu, %s", *t->language ? t->language : "no language",
               t->change == DIFF_GONE ? "old " : "", page, role_name(t->role));
    if (t->row) {
        buf_add_string(p->out, " of ");
        add_isolated(p, t->row);
    }
    buf_add_string(p->out, ": ");
    add_parts(p, t);
}

static void add_page_list(struct printing *p, const struct diff_document *d, enum diff_change change)
{
    const char *between = " ";
    for (size_t i = 0; i < d->page_count; i++) {
        const struct diff_page *page = &d->pages[i];
        if (page->change != change)
            continue;
        if (change == DIFF_CHANGED && page->old_page != page->page)
            buf_printf(p->out, "%s%zu -> %zu", between, page->old_page, page->page);
        else
            buf_printf(p->out, "%s%zu", between, change == DIFF_GONE ? page->old_page : page->page);
        between = ", ";
    }
}

static void add_pages(struct printing *p, const struct diff_document *d)
{
    static const char *const words[] = { "look different:", "new:", "gone:" };
    size_t counts[3] = { 0 };
    for (size_t i = 0; i < d->page_count; i++)
        counts[d->pages[i].change]++;
    if (!d->page_count && !d->margins)
        return;
    buf_printf(p->out, "pages: %zu before, %zu now", d->old_pages, d->now_pages);
    for (int i = 0; i < 3; i++) {
        if (!counts[i])
            continue;
        buf_printf(p->out, "; %zu %s", counts[i], words[i]);
        add_page_list(p, d, (enum diff_change)i);
    }
    if (d->margins)
        buf_printf(p->out, "; on %zu only header or footer differ", d->margins);
    buf_add_char(p->out, '\n');
}

static void add_texts(struct printing *p, const struct diff_document *d)
{
    struct buf *out = p->out, lines;
    size_t counts[3] = { 0 };
    buf_init(&lines);
    p->out = &lines;
    for (size_t i = 0; i < d->text_count; i++) {
        if (was_told(p, &d->texts[i]))
            continue;
        counts[d->texts[i].change]++;
        add_text(p, &d->texts[i]);
    }
    p->out = out;
    if (lines.length)
        add_counts(p, "texts:", counts);
    buf_add(out, lines.data, lines.length);
    buf_drop(&lines);
}

static void add_document(struct printing *p, const struct diff_document *d)
{
    buf_printf(p->out, "--- %s\n+++ %s\n", d->old, d->now);
    add_figures(p, d);
    add_texts(p, d);
    add_pages(p, d);
    if (diff_is_same(d))
        buf_add_string(p->out, "the same figures, texts and pages\n");
}

void diff_print_document(const struct diff_document *d, struct diff_style style, struct buf *out)
{
    struct printing p = { .style = style, .out = out };
    add_document(&p, d);
    diff_names_drop(p.told);
}

/* --- runs --- */

static void add_state(struct printing *p, const struct diff_report *r)
{
    const struct manifest_report *old = r->old, *now = r->now;
    buf_printf(p->out, "report %s: %s", r->name,
               r->change == DIFF_CHANGED && !r->file_count ? "the same files" : diff_change_name(r->change));
    if (now && now->state == STATE_STALE)
        buf_printf(p->out, ", stale since %s", now->made_in);
    else if (now && now->state == STATE_ABSENT)
        buf_add_string(p->out, ", could not be made");
    else if (now && old && (old->state == STATE_STALE || old->state == STATE_ABSENT))
        buf_printf(p->out, ", was %s", manifest_state_name(old->state));
    buf_add_char(p->out, '\n');
}

/* Files that are no PDFs follow from these, and are named when they are new or gone. */
static void add_report(struct printing *p, const struct diff_report *r)
{
    add_state(p, r);
    for (size_t i = 0; i < r->file_count; i++) {
        const struct diff_file *f = &r->files[i];
        if (f->change != DIFF_CHANGED)
            buf_printf(p->out, "%s file: %s\n", diff_change_name(f->change), f->name);
        if (!f->document)
            continue;
        add_document(p, f->document);
        p->figures_told |= f->document->figures_known;
    }
}

void diff_print_run(const struct diff_run *run, struct diff_style style, struct buf *out)
{
    buf_printf(out, "run %s -> %s\n", run->old_id, run->now_id);
    for (size_t i = 0; i < run->report_count; i++) {
        struct printing p = { .style = style, .out = out };
        add_report(&p, &run->reports[i]);
        diff_names_drop(p.told);
    }
    if (!run->report_count)
        buf_add_string(out, "the same reports\n");
}
