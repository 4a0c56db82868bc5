#define _GNU_SOURCE /* memmem */
/* Documents built by hand, and what to ask of the pages that became of them. */
#include "support/blocks.h"

#include <string.h>

#include "base/buf.h"
#include "locale/locale.h"

bool blocks_setting_open(struct blocks_setting *s)
{
    *s = (struct blocks_setting){ .arena = arena_new(), .diags = diags_new() };
    s->fonts = font_set_load(".", "briefing", s->diags);
    s->text = s->fonts ? text_engine_new(s->fonts) : NULL;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        s->doc.locale[lang] = locale_new((enum lang)lang, DIGITS_LATN, MONTHS_IRAQI, s->diags);
    s->doc.title[LANG_EN] = "A title";
    s->doc.title[LANG_AR] = "عنوان";
    s->doc.as_of = "2024-04-03";
    return s->text;
}

void blocks_setting_sign(struct blocks_setting *s)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        s->doc.issue_line[lang] = "Issueline";
        s->doc.author[lang] = "Authorname";
        s->doc.subtitle[lang] = "";
    }
}

void blocks_setting_drop(struct blocks_setting *s)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        locale_drop(s->doc.locale[lang]);
    text_engine_drop(s->text);
    font_set_drop(s->fonts);
    diags_drop(s->diags);
    arena_drop(s->arena);
}

struct rich_text blocks_text(const char *utf8)
{
    return (struct rich_text){ .utf8 = utf8, .length = (uint32_t)strlen(utf8) };
}

const char *blocks_repeat(struct arena *arena, const char *words, size_t times)
{
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < times; i++)
        buf_add_string(&out, words);
    const char *copy = arena_string(arena, times ? out.data : "");
    buf_drop(&out);
    return copy;
}

struct block *blocks_add(struct blocks *list, enum block_kind kind, const char *en, const char *ar)
{
    struct block *b = arena_alloc(list->arena, sizeof *b);
    b->kind = kind;
    b->text[LANG_EN] = blocks_text(en);
    b->text[LANG_AR] = blocks_text(ar);
    if (list->last)
        list->last->next = b;
    else
        list->first = b;
    list->last = b;
    return b;
}

struct block *blocks_heading(struct blocks *list, int level, const char *id, const char *en, const char *ar)
{
    struct block *b = blocks_add(list, BLOCK_HEADING, en, ar);
    b->level = level;
    b->id = id;
    return b;
}

struct block *blocks_paragraph(struct blocks *list, const char *word, size_t sentences)
{
    const char *en = arena_printf(list->arena, "%s met again in the capital. ", word);
    return blocks_add(list, BLOCK_PARAGRAPH, blocks_repeat(list->arena, en, sentences),
                      blocks_repeat(list->arena, "كلمة أخرى في العاصمة. ", sentences));
}

struct block *blocks_chart(struct blocks *list, const struct chart_spec *spec)
{
    struct block *b = blocks_add(list, BLOCK_CHART, spec->title[LANG_EN] ? spec->title[LANG_EN] : "",
                                 spec->title[LANG_AR] ? spec->title[LANG_AR] : "");
    b->chart = spec;
    return b;
}

struct block *blocks_table(struct blocks *list, const char *word, size_t rows)
{
    struct block *b = blocks_add(list, BLOCK_TABLE, "", "");
    struct doc_table *t = arena_alloc(list->arena, sizeof *t);
    struct doc_column *columns = arena_array(list->arena, 2, sizeof *columns);
    t->column_count = 2;
    t->row_count = rows;
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *cells = arena_array(list->arena, rows * 2, sizeof *cells);
        columns[0].title[lang] = blocks_text("Headname");
        columns[1].title[lang] = blocks_text("Headcount");
        for (size_t i = 0; i < rows * 2; i++)
            cells[i] = blocks_text(i % 2 ? arena_printf(list->arena, "%zu", i) : word);
        t->cells[lang] = cells;
        t->title[lang] = blocks_text(arena_printf(list->arena, "Caption %s", word));
    }
    columns[1].align = ALIGN_END;
    t->columns = columns;
    b->table = t;
    return b;
}

void blocks_refer(struct arena *arena, struct block *b, const struct doc_note *notes, size_t note)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *text = &b->text[lang];
        struct inline_span *spans = arena_array(arena, text->span_count + 1, sizeof *spans);
        const char *joined = arena_printf(arena, "%s%s", text->utf8, notes[note].number[lang]);
        if (text->span_count)
            memcpy(spans, text->spans, text->span_count * sizeof *spans);
        spans[text->span_count] = (struct inline_span){ text->length, (uint32_t)strlen(joined), INLINE_NOTE_REF,
                                                        (uint32_t)note, NULL };
        *text = (struct rich_text){ .utf8 = joined, .length = (uint32_t)strlen(joined), .spans = spans,
                                    .span_count = text->span_count + 1 };
    }
}

bool line_holds(const struct text_line *line, const char *words)
{
    return memmem(line->text, line->length, words, strlen(words)) != NULL;
}

size_t text_count(const struct scene_page *page, const char *words)
{
    size_t count = 0;
    for (size_t i = 0; i < page->command_count; i++)
        count += page->commands[i].kind == SCENE_TEXT && line_holds(page->commands[i].text.line, words);
    return count;
}

const struct scene_command *text_first(const struct scene_page *page, const char *words)
{
    for (size_t i = 0; i < page->command_count; i++)
        if (page->commands[i].kind == SCENE_TEXT && line_holds(page->commands[i].text.line, words))
            return &page->commands[i];
    return NULL;
}

const struct scene_command *text_last(const struct scene_page *page, const char *words)
{
    for (size_t i = page->command_count; i-- > 0;)
        if (page->commands[i].kind == SCENE_TEXT && line_holds(page->commands[i].text.line, words))
            return &page->commands[i];
    return NULL;
}

size_t tag_lines(const struct scene_page *page, const struct scene_tag *tag)
{
    size_t lines = 0;
    bool inside = false;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TAG_BEGIN)
            inside = c->tag == tag;
        else if (c->kind == SCENE_TAG_END)
            inside = false;
        lines += inside && c->kind == SCENE_TEXT;
    }
    return lines;
}
