/*
 * The editions of a packet, one after the other; the English and the Arabic one at once, where there are two processors
 * and the document is short. They share hardly a word, so that no thread shapes what the other has shaped, as it would
 * of an edition with both languages; those have work for two threads inside (layout/later.c).
 *
 * The Arabic edition is made by a thread with a pipeline of its own: the same docs, fonts, style and attachments, which
 * are only read from here on; its own text engine, locales, arena and diagnostics. It says nothing: where there is
 * something to say, the edition is made again by the first thread, behind the one before it, so that all is said once
 * and in order.
 */
#include "pipeline/editions.h"

#include <string.h>

#include "base/arena.h"
#include "base/beside.h"
#include "locale/locale.h"
#include "text/text.h"

/* Bytes of text, in both languages, of a document whose editions are made two at a time: some 40 pages. Of longer ones
 * each takes tens of megabytes. */
enum { MOST_TEXT = 128 * 1024, FILES_MOST = PACKET_FILES_MOST / EDITION_COUNT };

/* --- how long a document is --- */

static size_t text_of_table(const struct doc_table *table)
{
    enum { A_CELL = 8 };
    return table ? table->row_count * table->column_count * A_CELL * LANG_COUNT : 0;
}

static size_t text_of(const struct block *first)
{
    size_t bytes = 0;
    for (const struct block *b = first; b; b = b->next)
        bytes += b->text[LANG_EN].length + b->text[LANG_AR].length + text_of_table(b->table) + text_of(b->first_child);
    return bytes;
}

static bool is_short(const struct pipeline *p)
{
    size_t bytes = 0;
    for (size_t i = 0; i < p->part_count; i++)
        bytes += text_of(p->parts[i].doc->blocks);
    return bytes <= MOST_TEXT;
}

/* --- one edition --- */

struct turn {
    const struct options *options;
    const struct pipeline *pipeline;
    enum edition edition;
    struct diags *diags;
    struct artifact made[FILES_MOST];
    size_t count;
};

static void make(void *context)
{
    struct turn *t = context;
    if (pipeline_artifacts(t->pipeline, t->edition, &t->options->sheets, t->made, &t->count, NULL, t->diags)) {
        pipeline_ledger(t->pipeline, t->edition, &t->made[0], &t->made[t->count]);
        t->count++;
    }
}

static void hand_over(const struct turn *t, struct artifact *made, size_t *count)
{
    memcpy(made + *count, t->made, t->count * sizeof *made);
    *count += t->count;
}

static void drop_made(struct turn *t)
{
    for (size_t i = 0; i < t->count; i++)
        buf_drop(&t->made[i].bytes);
    t->count = 0;
}

/* --- the second thread's pipeline --- */

/* False: there is none. */
static bool open_beside(const struct pipeline *p, struct pipeline *beside)
{
    struct text_engine *engine = text_engine_lend(p->engine);
    if (!engine)
        return false;
    *beside = *p;
    beside->engine = engine;
    beside->arena = arena_new();
    beside->parts = arena_copy(beside->arena, p->parts, p->part_count * sizeof *p->parts);
    for (size_t i = 0; i < p->part_count; i++) {
        struct doc *doc = arena_copy(beside->arena, p->parts[i].doc, sizeof *doc);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            doc->locale[lang] = locale_beside(doc->locale[lang]);
        beside->parts[i].doc = doc;
    }
    return true;
}

/* Names of files live as long as the packet. */
static void close_beside(const struct pipeline *p, struct pipeline *beside)
{
    for (size_t i = 0; i < beside->part_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            locale_drop(beside->parts[i].doc->locale[lang]);
    arena_hold(p->arena, beside->arena);
    arena_drop(beside->arena);
    text_engine_give_back(p->engine);
}

/* --- editions --- */

/* False: nothing was made. */
static bool make_two(const struct turn *first, enum edition second, struct artifact *made, size_t *count)
{
    struct pipeline own;
    struct beside beside;
    if (!beside_can() || !open_beside(first->pipeline, &own))
        return false;
    struct turn here = *first, there = *first;
    there.pipeline = &own;
    there.edition = second;
    there.diags = diags_new();
    bool begun = beside_begin(&beside, make, &there);
    make(&here);
    beside_end(&beside);
    if (!begun || diags_count(there.diags) > 0) {
        drop_made(&there);
        there.pipeline = first->pipeline;
        diags_drop(there.diags);
        there.diags = first->diags;
        make(&there);
    } else {
        diags_drop(there.diags);
    }
    hand_over(&here, made, count);
    hand_over(&there, made, count);
    close_beside(first->pipeline, &own);
    return true;
}

bool packet_editions(const struct options *o, const struct pipeline *p, struct artifact *made, size_t *count,
                     struct diags *diags)
{
    bool asked[EDITION_COUNT], made_beside = false;
    if (!pipeline_editions(p, o->workspace, o->editions, o->has_editions, asked, diags))
        return false;
    /* A night's workers are as many as processors; --verbose tells what each stage of each edition takes. */
    bool two = asked[EDITION_EN] && asked[EDITION_AR] && o->command != COMMAND_NIGHTLY && !o->verbose && is_short(p);
    for (int e = 0; e < EDITION_COUNT; e++) {
        struct turn turn = { .options = o, .pipeline = p, .edition = (enum edition)e, .diags = diags };
        if (!asked[e] || (made_beside && e == EDITION_AR))
            continue;
        if (two && e == EDITION_EN && (made_beside = make_two(&turn, EDITION_AR, made, count)))
            continue;
        make(&turn);
        hand_over(&turn, made, count);
    }
    return diags_errors(diags) == 0;
}
