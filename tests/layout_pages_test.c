/*
 * The rules of good pages, tried on documents built by hand: what is promised holds on every page of every
 * edition, whatever the lengths of the texts.
 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "layout/layout.h"
#include "support/chart_samples.h"
#include "support/blocks.h"
#include "text/bidi.h"

enum { SECTIONS = 9 };

#define LRI "\xE2\x81\xA6"
#define PDI "\xE2\x81\xA9"

static struct blocks_setting set;
static const struct style *shipped;

static struct block *new_block(enum block_kind kind, const char *en, const char *ar)
{
    struct block *b = arena_alloc(set.arena, sizeof *b);
    b->kind = kind;
    b->text[LANG_EN] = blocks_text(en);
    b->text[LANG_AR] = blocks_text(ar);
    return b;
}

/* A paragraph whose first word of the last line refers to a note. */
static void refer(struct block *b, size_t note)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *text = &b->text[lang];
        struct inline_span *span = arena_alloc(set.arena, sizeof *span);
        const char *number = set.doc.notes[note].number[lang];
        char *joined = arena_printf(set.arena, "%s%s", text->utf8, number);
        *span = (struct inline_span){ text->length, (uint32_t)strlen(joined), INLINE_NOTE_REF, (uint32_t)note, NULL };
        *text = (struct rich_text){ .utf8 = joined, .length = span->end, .spans = span, .span_count = 1 };
    }
}

static struct doc_table *new_table(size_t rows)
{
    struct doc_table *t = arena_alloc(set.arena, sizeof *t);
    struct doc_column *columns = arena_array(set.arena, 2, sizeof *columns);
    t->column_count = 2;
    t->row_count = rows;
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *cells = arena_array(set.arena, rows * 2, sizeof *cells);
        columns[0].title[lang] = blocks_text(lang == LANG_AR ? "الاسم" : "Headname");
        columns[1].title[lang] = blocks_text(lang == LANG_AR ? "العدد" : "Headcount");
        for (size_t i = 0; i < rows * 2; i++)
            cells[i] = blocks_text(i % 2 ? arena_printf(set.arena, "%zu", i) : lang == LANG_AR ? "كتيبة" : "Brigade");
        t->cells[lang] = cells;
        t->title[lang] = blocks_text(lang == LANG_AR ? "عنوان الجدول" : "Caption of the table");
    }
    columns[1].align = ALIGN_END;
    t->columns = columns;
    return t;
}

/* Sections of growing length: heading, paragraphs, one of them with a note, and a table after the third. */
static void make_doc(void)
{
    struct doc_note *notes = arena_array(set.arena, SECTIONS, sizeof *notes);
    struct block *first = NULL, **tail = &first;
    set.doc.notes = notes;
    set.doc.note_count = SECTIONS;
    for (size_t i = 0; i < SECTIONS; i++) {
        notes[i].id = arena_printf(set.arena, "n%zu", i);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            notes[i].number[lang] = arena_printf(set.arena, "%zu", i + 1);
            notes[i].text[lang] = blocks_text(lang == LANG_AR ? "حاشية قصيرة عن المصدر." : "Shortnote about the source.");
        }
        struct block *heading = new_block(BLOCK_HEADING, "Heading of a section", "عنوان القسم");
        heading->level = 2;
        heading->id = arena_printf(set.arena, "s%zu", i);
        *tail = heading;
        tail = (struct block **)&heading->next;
        for (size_t k = 0; k < 4; k++) {
            struct block *p = new_block(BLOCK_PARAGRAPH, blocks_repeat(set.arena, "The council met again in the capital. ", 3 + i * k),
                                        blocks_repeat(set.arena, "اجتمع المجلس مرة أخرى في العاصمة. ", 4 + i * k));
            if (k == 2)
                refer(p, i);
            *tail = p;
            tail = (struct block **)&p->next;
        }
        if (i == 3) {
            struct block *t = new_block(BLOCK_TABLE, "", "");
            t->table = new_table(90);
            *tail = t;
            tail = (struct block **)&t->next;
        }
    }
    set.doc.blocks = first;
}

static int set_up(void **state)
{
    (void)state;
    bool opened = blocks_setting_open(&set);
    shipped = style_load(".", "briefing-a4", set.arena, set.diags);
    make_doc();
    return shipped && opened ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    blocks_setting_drop(&set);
    return 0;
}

static struct scene *lay_out(enum edition edition)
{
    struct scene *scene = layout_doc(&set.doc, shipped, edition, set.text, set.diags);
    assert_non_null(scene);
    assert_int_equal(diags_count(set.diags), 0);
    assert_true(scene_pages(scene) >= 3);
    return scene;
}

static bool holds(const struct text_line *line, const char *words)
{
    return memmem(line->text, line->length, words, strlen(words)) != NULL;
}

/* Count of text commands on a page that hold the words. */
static size_t count_text(const struct scene_page *page, const char *words)
{
    size_t count = 0;
    for (size_t i = 0; i < page->command_count; i++)
        count += page->commands[i].kind == SCENE_TEXT && holds(page->commands[i].text.line, words);
    return count;
}

static void everything_stays_in_the_frame(void **state)
{
    (void)state;
    for (int edition = 0; edition < EDITION_COUNT; edition++) {
        struct scene *scene = lay_out((enum edition)edition);
        for (size_t p = 0; p < scene_pages(scene); p++) {
            const struct scene_page *page = scene_page_at(scene, p);
            for (size_t i = 0; i < page->command_count; i++) {
                const struct scene_command *c = &page->commands[i];
                if (c->kind != SCENE_TEXT)
                    continue;
                assert_true(c->text.x >= shipped->margin_inner - 0.01f);
                assert_true(c->text.x + c->text.line->width
                            <= page->width - shipped->margin_outer + 0.01f);
                assert_true(c->text.baseline < page->height - 20);
            }
        }
        scene_drop(scene);
    }
}

static void headings_stay_with_their_text(void **state)
{
    (void)state;
    for (int edition = 0; edition < EDITION_COUNT; edition++) {
        struct scene *scene = lay_out((enum edition)edition);
        for (size_t p = 0; p < scene_pages(scene); p++) {
            const struct scene_page *page = scene_page_at(scene, p);
            float heading = 0, body = 0; /* lowest baselines */
            for (size_t i = 0; i < page->command_count; i++) {
                const struct scene_command *c = &page->commands[i];
                if (c->kind != SCENE_TEXT)
                    continue;
                if (holds(c->text.line, "Heading of") || holds(c->text.line, "عنوان القسم"))
                    heading = fmaxf(heading, c->text.baseline);
                else if (c->text.line->role == FONT_READING && c->text.line->size >= shipped->size_body - 0.01f)
                    body = fmaxf(body, c->text.baseline);
            }
            assert_true(heading == 0 || body > heading + shipped->grid * 1.5f);
        }
        scene_drop(scene);
    }
}

static void languages_share_their_baselines(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_PARALLEL);
    size_t shared = 0, english = 0;
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *a = &page->commands[i];
            if (a->kind != SCENE_TEXT || !holds(a->text.line, "council") || a->text.line->lang != LANG_EN)
                continue;
            english++;
            for (size_t k = 0; k < page->command_count; k++) {
                const struct scene_command *b = &page->commands[k];
                if (b->kind != SCENE_TEXT || b->text.line->lang != LANG_AR)
                    continue;
                if (fabsf(a->text.baseline - b->text.baseline) < 0.01f) {
                    shared++;
                    break;
                }
            }
        }
    }
    assert_true(english > 100);
    /* an English paragraph may be longer than its translation; most lines have a partner */
    assert_true(shared * 10 > english * 7);
    scene_drop(scene);
}

static void notes_stand_on_the_page_of_their_reference(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_EN);
    size_t notes = 0;
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        size_t here = count_text(page, "Shortnote"), links = 0;
        for (size_t i = 0; i < page->link_count; i++)
            links += page->links[i].dest && strncmp(page->links[i].dest, "note.", 5) == 0;
        assert_int_equal(here, links);
        notes += here;
    }
    assert_int_equal(notes, SECTIONS);
    scene_drop(scene);
}

static const struct scene_dest *dest_named(const struct scene *scene, const char *name)
{
    for (size_t i = 0; i < scene_dests(scene); i++)
        if (strcmp(scene_dest_at(scene, i)->name, name) == 0)
            return scene_dest_at(scene, i);
    fail_msg("nothing is called %s", name);
    return NULL;
}

static bool is_under(const struct scene_tag *tag, enum tag_role role)
{
    for (; tag; tag = tag->parent)
        if (tag->role == role)
            return true;
    return false;
}

/* Each reference is a link to its note, and the note's number a link to it, to the place in its own language. */
static void references_and_notes_lead_to_each_other(void **state)
{
    (void)state;
    for (enum edition edition = 0; edition < EDITION_COUNT; edition++) {
        struct scene *scene = lay_out(edition);
        size_t there = 0, back = 0;
        for (size_t p = 0; p < scene_pages(scene); p++) {
            const struct scene_page *page = scene_page_at(scene, p);
            for (size_t i = 0; i < page->link_count; i++) {
                const struct scene_link *link = &page->links[i];
                if (is_under(link->tag, TAG_NOTE)) {
                    const struct scene_dest *to = dest_named(scene, link->dest);
                    assert_non_null(strstr(link->dest, "ref."));
                    assert_int_equal(to->page, p); /* notes stand on their reference's page */
                    assert_true(to->y < link->top);
                    assert_int_equal(link->tag->parent->role, TAG_LABEL);
                    back++;
                } else if (is_under(link->tag, TAG_REFERENCE)) {
                    assert_non_null(strstr(link->dest, "note."));
                    assert_true(dest_named(scene, link->dest)->y > link->top);
                    there++;
                }
                assert_true(link->description && *link->description);
                assert_int_equal(link->tag->role, TAG_LINK);
            }
        }
        size_t languages = edition == EDITION_EN || edition == EDITION_AR ? 1 : 2;
        assert_int_equal(there, languages * SECTIONS);
        assert_int_equal(back, languages * SECTIONS);
        scene_drop(scene);
    }
}

/* A heading of a section is the first thing in a Sect, which holds what follows it; the title is in none. */
static void sections_are_elements(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_EN);
    size_t sections = 0;
    for (size_t i = 0; i < scene_tags(scene); i++) {
        const struct scene_tag *tag = scene_tag_at(scene, i);
        sections += tag->role == TAG_SECT;
        if (tag->role == TAG_H2) {
            assert_int_equal(tag->parent->role, TAG_SECT);
            assert_int_equal(tag->id, tag->parent->id + 1);
        }
        if (tag->role == TAG_NOTE || tag->role == TAG_TABLE || tag->role == TAG_H3)
            assert_true(is_under(tag, TAG_SECT));
        if (tag->role == TAG_H1)
            assert_false(is_under(tag, TAG_SECT));
    }
    assert_true(sections >= SECTIONS);
    scene_drop(scene);
}

static void tables_repeat_their_header(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_PARALLEL);
    size_t pages = 0;
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        size_t rows = count_text(page, "Brigade");
        assert_int_equal(count_text(page, "Headname"), rows ? 1 : 0);
        assert_int_equal(count_text(page, "كتيبة"), rows);
        assert_true(rows != 1);
        pages += rows > 0;
    }
    assert_true(pages >= 2);
    scene_drop(scene);
}

/* In a mirrored table the first column stands on the right. */
static void arabic_tables_are_mirrored(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_AR);
    float name = -1, count = -1;
    for (size_t p = 0; p < scene_pages(scene) && name < 0; p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            if (c->kind == SCENE_TEXT && holds(c->text.line, "الاسم"))
                name = c->text.x;
            if (c->kind == SCENE_TEXT && holds(c->text.line, "العدد"))
                count = c->text.x;
        }
    }
    assert_true(count >= 0 && name > count + 50);
    assert_int_equal(scene_meta_of(scene)->binding, DIR_RTL);
    scene_drop(scene);
}

static void pages_are_numbered_in_both_scripts(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_PARALLEL);
    char en[64], ar[64];
    for (size_t p = 0; p < scene_pages(scene); p++) {
        snprintf(en, sizeof en, "Page " LRI "%zu" PDI " of " LRI "%zu" PDI, p + 1, scene_pages(scene));
        snprintf(ar, sizeof ar, "صفحة " LRI "%zu" PDI " من " LRI "%zu" PDI, p + 1, scene_pages(scene));
        assert_int_equal(count_text(scene_page_at(scene, p), en), 1);
        assert_int_equal(count_text(scene_page_at(scene, p), ar), 1);
    }
    scene_drop(scene);
}

/* "3/12" is read from left to right in European digits, as {page} of {pages} is in words. */
static void page_and_pages_are_a_fraction(void **state)
{
    (void)state;
    struct style style = *shipped;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        style.footer.words[POSITION_CENTRE][lang] = "{page} / {pages}";
    struct scene *scene = layout_doc(&set.doc, &style, EDITION_AR, set.text, set.diags);
    assert_non_null(scene);
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const char *words = arena_printf(set.arena, LRI "%zu / %zu" PDI, p + 1, scene_pages(scene));
        assert_int_equal(count_text(scene_page_at(scene, p), words), 1);
    }
    scene_drop(scene);
}

/* Lays out a document of one block, which must be refused with just this message. */
static void assert_refused(const struct block *block, const char *expected)
{
    struct doc doc = set.doc;
    struct diags *diags = diags_new();
    struct buf said;
    doc.blocks = block;
    buf_init(&said);
    assert_null(layout_doc(&doc, shipped, EDITION_EN, set.text, diags));
    assert_int_equal(diags_count(diags), 1);
    diag_format(diags_get(diags, 0), &said);
    assert_string_equal(said.data, expected);
    buf_drop(&said);
    diags_drop(diags);
}

static void no_paragraph_leaves_a_line_behind(void **state)
{
    (void)state;
    size_t broken = 0;
    for (int edition = 0; edition < EDITION_COUNT; edition++) {
        struct scene *scene = lay_out((enum edition)edition);
        for (size_t t = 0; t < scene_tags(scene); t++) {
            const struct scene_tag *tag = scene_tag_at(scene, t);
            for (size_t p = 0; tag->role == TAG_P && p + 1 < scene_pages(scene); p++) {
                size_t here = tag_lines(scene_page_at(scene, p), tag);
                size_t there = tag_lines(scene_page_at(scene, p + 1), tag);
                if (here == 0 || there == 0)
                    continue;
                broken++;
                assert_true(here >= 2);
                assert_true(there >= 2);
            }
        }
        scene_drop(scene);
    }
    assert_true(broken > 0); /* a break costs something, so few are left */
}

static void a_chart_taller_than_the_page_is_refused(void **state)
{
    (void)state;
    enum { EVENTS = 78 }; /* the chart itself takes as many */
    struct chart_row *rows = arena_array(set.arena, EVENTS, sizeof *rows);
    struct chart_spec spec = sample_timeline;
    for (size_t i = 0; i < EVENTS; i++) {
        rows[i] = sample_timeline.rows[i % sample_timeline.row_count];
        rows[i].has_end = false;
        rows[i].start = (struct date){ (int16_t)(2010 + i / 12), (uint8_t)(1 + i % 12), 1 };
    }
    spec.rows = rows;
    spec.row_count = EVENTS;
    struct block *b = new_block(BLOCK_CHART, "", "");
    b->chart = &spec;
    struct doc doc = set.doc;
    doc.blocks = b;
    for (int edition = 0; edition < EDITION_COUNT; edition++) {
        struct diags *diags = diags_new();
        assert_null(layout_doc(&doc, shipped, (enum edition)edition, set.text, diags));
        bool said = false;
        for (size_t i = 0; i < diags_count(diags); i++)
            said |= diags_get(diags, i)->id == DIAG_LAYOUT_TOO_TALL;
        assert_true(said);
        diags_drop(diags);
    }
}

/* The text command that holds those words, on the first page. */
static const struct scene_command *command_of(const struct scene *scene, const char *words)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    for (size_t i = 0; i < page->command_count; i++)
        if (page->commands[i].kind == SCENE_TEXT && holds(page->commands[i].text.line, words))
            return &page->commands[i];
    fail_msg("no text with '%s'", words);
    return NULL;
}

static bool has_arabic(const char *utf8)
{
    while (*utf8)
        if (bidi_class_of(utf8_next(&utf8)) == BIDI_RIGHT)
            return true;
    return false;
}

/* A Figure for each language, told in that one alone: one Alt has one Lang. */
static void assert_figures_have_a_language(const struct scene *scene)
{
    size_t count = 0;
    for (size_t i = 0; i < scene_tags(scene); i++) {
        const struct scene_tag *tag = scene_tag_at(scene, i);
        if (tag->role == TAG_CAPTION)
            assert_true(tag->parent->role != TAG_FIGURE || tag->parent->lang == tag->lang);
        if (tag->role != TAG_FIGURE)
            continue;
        assert_true(tag->has_lang && tag->has_bbox && tag->lang == (count ? LANG_AR : LANG_EN));
        assert_true(has_arabic(tag->more->alt) == (tag->lang == LANG_AR) && !strchr(tag->more->alt, '\n'));
        count++;
    }
    assert_int_equal(count, LANG_COUNT);
}

/* Where a chart's words for its seats stand: together in the middle, below each other, each in its language's column.
 * The chart's own word goes before the layout's. */
static void languages_of_a_chart_stand_as_it_says(void **state)
{
    (void)state;
    static const struct {
        enum style_chart layout;
        enum chart_languages chart, wanted;
    } cases[] = {
        { CHART_TOGETHER, LANGUAGES_BY_LAYOUT, LANGUAGES_TOGETHER }, { CHART_APART, LANGUAGES_BY_LAYOUT, LANGUAGES_APART },
        { CHART_BESIDE, LANGUAGES_BY_LAYOUT, LANGUAGES_BESIDE },     { CHART_APART, LANGUAGES_TOGETHER, LANGUAGES_TOGETHER },
        { CHART_TOGETHER, LANGUAGES_APART, LANGUAGES_APART },        { CHART_TOGETHER, LANGUAGES_BESIDE, LANGUAGES_BESIDE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct chart_spec spec = sample_hemicycle;
        struct style style = *shipped;
        struct doc doc = set.doc;
        struct block *b = new_block(BLOCK_CHART, "", "");
        spec.look.languages = cases[i].chart;
        style.charts = cases[i].layout;
        b->chart = &spec;
        doc.blocks = b;
        struct scene *scene = layout_doc(&doc, &style, EDITION_PARALLEL, set.text, set.diags);
        assert_non_null(scene);
        const struct scene_command *en = command_of(scene, "285" PDI " seats"), *ar = command_of(scene, "من أصل");
        float middle = scene_page_at(scene, 0)->width / 2, across = ar->text.x - en->text.x;
        float down = ar->text.baseline - en->text.baseline;
        bool beside = en->text.x + en->text.line->width < middle && ar->text.x > middle;
        assert_true(beside == (cases[i].wanted == LANGUAGES_BESIDE));
        assert_true(cases[i].wanted == LANGUAGES_BESIDE || fabsf(across) < 30);
        assert_true(cases[i].wanted == LANGUAGES_APART ? down > 100 : fabsf(down) < 40);
        assert_figures_have_a_language(scene);
        scene_drop(scene);
    }
}

/* "1000" needs more room than "9" beside its item. */
static void list_numbers_are_whole(void **state)
{
    (void)state;
    struct block *list = new_block(BLOCK_LIST, "", "");
    struct block *item = new_block(BLOCK_ITEM, "", "");
    list->ordered = true;
    list->start = 1000;
    list->first_child = item;
    item->first_child = new_block(BLOCK_PARAGRAPH, "An item of the list.", "بند من القائمة.");
    struct doc doc = set.doc;
    doc.blocks = list;
    struct scene *scene = layout_doc(&doc, shipped, EDITION_PARALLEL, set.text, set.diags);
    assert_non_null(scene);
    assert_int_equal(count_text(scene_page_at(scene, 0), "1000"), 2);
    scene_drop(scene);
}

static void a_row_taller_than_the_page_is_refused(void **state)
{
    (void)state;
    struct block *b = new_block(BLOCK_TABLE, "", "");
    struct doc_table *t = new_table(2);
    ((struct rich_text *)t->cells[LANG_EN])[0] = blocks_text(blocks_repeat(set.arena, "The council met again in the capital. ", 200));
    b->table = t;
    b->at[LANG_EN] = (struct place){ "reports/x/en.md", 7, 1 };
    struct doc doc = set.doc;
    doc.blocks = b;
    struct diags *diags = diags_new();
    assert_null(layout_doc(&doc, shipped, EDITION_EN, set.text, diags));
    assert_int_equal(diags_get(diags, 0)->id, DIAG_LAYOUT_TOO_TALL);
    assert_int_equal(diags_get(diags, 0)->at.line, 7);
    diags_drop(diags);
}

/* In several columns a row may be higher than one of them and not than all together: it is refused, and what comes behind
 * it is never lost. */
static void a_row_taller_than_a_column_is_refused(void **state)
{
    (void)state;
    size_t refused = 0, laid_out = 0;
    for (int columns = 2; columns <= 3; columns++) {
        for (size_t words = 10; words <= 160; words += 10) {
            struct block *b = new_block(BLOCK_TABLE, "", "");
            struct doc_table *t = new_table(2);
            ((struct rich_text *)t->cells[LANG_EN])[0] = blocks_text(blocks_repeat(set.arena, "The council met again. ", words));
            b->table = t;
            b->next = new_block(BLOCK_PARAGRAPH, "Afterword.", "خاتمة.");
            struct doc doc = set.doc;
            doc.blocks = b;
            struct style style = *shipped;
            style.columns = columns;
            style.measure = style.page_width;
            struct diags *diags = diags_new();
            struct scene *scene = layout_doc(&doc, &style, EDITION_EN, set.text, diags);
            size_t found = 0;
            for (size_t page = 0; scene && page < scene_pages(scene); page++)
                found += count_text(scene_page_at(scene, page), "Afterword.");
            if (scene ? found != 1 : diags_get(diags, 0)->id != DIAG_LAYOUT_TOO_TALL)
                fail_msg("%d columns, %zu sentences: %zu of the paragraph behind the table", columns, words, found);
            laid_out += scene != NULL;
            refused += scene == NULL;
            scene_drop(scene);
            diags_drop(diags);
        }
    }
    assert_true(laid_out > 0 && refused > 0);
}

static void a_letter_without_glyph_is_named_at_its_place(void **state)
{
    (void)state;
    static const struct inline_place places[] = { { 0, { "reports/x/en.md", 3, 1 } },
                                                  { 4, { "reports/x/en.md", 3, 5 } } };
    struct block *b = new_block(BLOCK_PARAGRAPH, "The \xE1\x9A\xA0 rune", "");
    b->text[LANG_EN].places = places;
    b->text[LANG_EN].place_count = 2;
    assert_refused(b, "reports/x/en.md:3:5: error: [text-glyph-missing] no font has U+16A0 of '\xE1\x9A\xA0'; write it with "
                      "another character, or list a family that has it\n");
}

static void a_title_taller_than_the_page_is_named(void **state)
{
    (void)state;
    struct style style = *shipped;
    struct doc doc = set.doc;
    struct diags *diags = diags_new();
    style.size_title = 800;
    doc.title_at[LANG_EN] = (struct place){ "reports/x/report.yaml", 2, 9 };
    assert_null(layout_doc(&doc, &style, EDITION_EN, set.text, diags));
    const struct diag *said = diags_get(diags, diags_count(diags) - 1);
    assert_int_equal(said->id, DIAG_LAYOUT_TOO_TALL);
    assert_string_equal(said->at.file, "reports/x/report.yaml");
    assert_int_equal(said->at.line, 2);
    diags_drop(diags);
}

/* Words above or below the text that would be cut off at the page's edge, told once. */
static void a_header_taller_than_its_margin_is_refused(void **state)
{
    (void)state;
    for (int below = 0; below < 2; below++) {
        struct style style = *shipped;
        struct diags *diags = diags_new();
        struct style_furniture *f = below ? &style.footer : &style.header;
        for (size_t times = 8; times <= 80; times *= 10) {
            f->words[POSITION_START][LANG_EN] = blocks_repeat(set.arena, "Words of it ", times);
            f->at[POSITION_START][LANG_EN] = (struct place){ "layouts/x.yaml", 7, 10 };
            struct scene *scene = layout_doc(&set.doc, &style, EDITION_EN, set.text, diags);
            assert_true((scene == NULL) == (times == 80));
            scene_drop(scene);
        }
        struct buf said;
        buf_init(&said);
        assert_int_equal(diags_count(diags), 1);
        diag_format(diags_get(diags, 0), &said);
        assert_string_equal(said.data, below ? "layouts/x.yaml:7:10: error: [layout-too-tall] the footer is 20.5 mm taller "
                                               "than the page has room below the text; shorten it or widen margins_mm.bottom\n"
                                             : "layouts/x.yaml:7:10: error: [layout-too-tall] the header is 17.0 mm taller "
                                               "than the page has room above the text; shorten it or widen margins_mm.top\n");
        buf_drop(&said);
        diags_drop(diags);
    }
}

/* What of the words around the text no font has, in every place where it can be written. */
static void words_around_the_text_are_named_at_their_places(void **state)
{
    (void)state;
    static const struct place place = { "reports/x/report.yaml", 2, 9 }, in_layout = { "layouts/x.yaml", 7, 10 };
    const char *rune = "Of \xE1\x9A\xA0";
    for (int i = 0; i < 5; i++) {
        struct style style = *shipped;
        struct doc doc = set.doc;
        struct diags *diags = diags_new();
        struct buf said;
        const char **words = i == 0 ? &doc.title[LANG_EN] : i == 1 ? &doc.subtitle[LANG_EN]
                           : i == 2 ? &doc.author[LANG_EN] : i == 3 ? &style.footer.words[POSITION_CENTRE][LANG_EN]
                                                                    : &style.list_mark[0];
        struct block *list = new_block(BLOCK_LIST, "", ""), *item = new_block(BLOCK_ITEM, "", "");
        item->first_child = new_block(BLOCK_PARAGRAPH, "Item", "بند");
        list->first_child = item;
        doc.blocks = list;
        doc.title_at[LANG_EN] = doc.subtitle_at[LANG_EN] = doc.author_at[LANG_EN] = place;
        style.footer.at[POSITION_CENTRE][LANG_EN] = style.list_mark_at[0] = in_layout;
        style.header.words[POSITION_END][LANG_EN] = "{author}";
        style.first_header = true;
        *words = rune;
        assert_null(layout_doc(&doc, &style, EDITION_EN, set.text, diags));
        assert_int_equal(diags_count(diags), 1);
        buf_init(&said);
        diag_format(diags_get(diags, 0), &said);
        const char *start = i < 3 ? "reports/x/report.yaml:2:12: error: [text-glyph-missing] no font has U+16A0"
                                  : "layouts/x.yaml:7:13: error: [text-glyph-missing] no font has U+16A0";
        if (strncmp(said.data, start, strlen(start)) != 0)
            fail_msg("words %d: %s", i, said.data);
        buf_drop(&said);
        diags_drop(diags);
    }
}

/* Paragraphs of the same words, of which the first have their lines kept. */
static void late_texts_have_the_lines_of_early_ones(void **state)
{
    (void)state;
    enum { PARAGRAPHS = 260, MOST_LINES = 16384 };
    const struct doc whole = set.doc;
    const char *words = blocks_repeat(set.arena, "The council met again in the capital, in {curly} brackets. ", 30);
    const struct text_line **lines = arena_array(set.arena, MOST_LINES, sizeof *lines);
    struct doc_note *notes = arena_array(set.arena, PARAGRAPHS, sizeof *notes);
    struct block *first = NULL, **tail = &first;
    size_t count = 0, links = 0;
    assert_true(PARAGRAPHS * strlen(words) > 3 * LAYOUT_KEPT_TEXT / 2);
    set.doc.notes = notes;
    set.doc.note_count = PARAGRAPHS;
    for (size_t i = 0; i < PARAGRAPHS; i++, tail = (struct block **)&(*tail)->next) {
        notes[i] = whole.notes[0];
        notes[i].id = arena_printf(set.arena, "n%zu", i);
        notes[i].number[LANG_EN] = arena_printf(set.arena, "%zu", 100 + i); /* all of one width */
        *tail = new_block(BLOCK_PARAGRAPH, words, "");
        refer(*tail, i);
    }
    set.doc.blocks = first;
    struct scene *scene = lay_out(EDITION_EN);
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        links += page->link_count;
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            assert_true(count < MOST_LINES);
            if (c->kind == SCENE_TEXT && holds(c->text.line, "c") && c->text.line->size > shipped->size_small
                && c->text.line->role == FONT_READING)
                lines[count++] = c->text.line;
        }
    }
    assert_int_equal(links, 2 * PARAGRAPHS);
    assert_int_equal(count % PARAGRAPHS, 0);
    size_t each = count / PARAGRAPHS;
    assert_true(each > 10);
    for (size_t i = each; i < count; i++) {
        const struct text_line *line = lines[i], *early = lines[i % each];
        size_t number = i % each == each - 1 ? strlen("100") : 0;
        assert_int_equal(line->length, early->length);
        assert_memory_equal(line->text, early->text, line->length - number);
        assert_int_equal(line->piece_count, early->piece_count);
        assert_true(fabsf(line->width - early->width) < 0.5f);
        assert_true(number || (line->width == early->width && line->spread == early->spread));
    }
    scene_drop(scene);
    set.doc = whole;
}

/* It stands on many pages, and is not set again for each. */
static void one_long_paragraph_takes_no_longer_than_many(void **state)
{
    (void)state;
    enum { PARAGRAPHS = 300, TIMES = 3 };
    const struct doc whole = set.doc;
    const char *words = blocks_repeat(set.arena, "The council met again in the capital, in {curly} brackets. ", 30);
    struct block *first = NULL, **tail = &first;
    clock_t took[2];
    for (size_t i = 0; i < PARAGRAPHS; i++, tail = (struct block **)&(*tail)->next)
        *tail = new_block(BLOCK_PARAGRAPH, words, "");
    struct block *one = new_block(BLOCK_PARAGRAPH, blocks_repeat(set.arena, words, PARAGRAPHS), "");
    assert_true(one->text[LANG_EN].length > 2 * LAYOUT_KEPT_TEXT);
    for (int i = 0; i < 2; i++) {
        clock_t begin = clock();
        set.doc.blocks = i == 0 ? first : one;
        scene_drop(lay_out(EDITION_EN));
        took[i] = clock() - begin;
    }
    if (took[1] > TIMES * took[0])
        fail_msg("one paragraph takes %.1f times as long", (double)took[1] / (double)took[0]);
    set.doc = whole;
}

/* The number of the thousandth note stands beside it in one piece. */
static void numbers_of_many_notes_are_whole(void **state)
{
    (void)state;
    enum { NOTES = 1000 };
    static const enum edition editions[] = { EDITION_EN, EDITION_AR, EDITION_PARALLEL };
    const struct doc whole = set.doc;
    struct doc_note *notes = arena_array(set.arena, NOTES, sizeof *notes);
    notes[NOTES - 1] = whole.notes[0];
    notes[NOTES - 1].number[LANG_EN] = notes[NOTES - 1].number[LANG_AR] = "1000";
    set.doc.notes = notes;
    set.doc.note_count = NOTES;
    struct block *text = new_block(BLOCK_PARAGRAPH, blocks_repeat(set.arena, "The council met. ", 900),
                                   blocks_repeat(set.arena, "اجتمع المجلس. ", 900));
    refer(text, NOTES - 1);
    set.doc.blocks = text;
    for (size_t e = 0; e < sizeof editions / sizeof *editions; e++) {
        struct scene *scene = lay_out(editions[e]);
        size_t labels = 0;
        for (size_t p = 0; p < scene_pages(scene); p++)
            for (size_t i = 0; i < scene_page_at(scene, p)->command_count; i++) {
                const struct scene_command *c = &scene_page_at(scene, p)->commands[i];
                labels += c->kind == SCENE_TEXT && c->text.line->length == 4 && holds(c->text.line, "1000");
            }
        assert_int_equal(labels, editions[e] == EDITION_PARALLEL ? 2 : 1);
        scene_drop(scene);
    }
    set.doc = whole;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_stays_in_the_frame),
        cmocka_unit_test(headings_stay_with_their_text),
        cmocka_unit_test(languages_share_their_baselines),
        cmocka_unit_test(notes_stand_on_the_page_of_their_reference),
        cmocka_unit_test(references_and_notes_lead_to_each_other),
        cmocka_unit_test(sections_are_elements),
        cmocka_unit_test(tables_repeat_their_header),
        cmocka_unit_test(arabic_tables_are_mirrored),
        cmocka_unit_test(pages_are_numbered_in_both_scripts),
        cmocka_unit_test(page_and_pages_are_a_fraction),
        cmocka_unit_test(no_paragraph_leaves_a_line_behind),
        cmocka_unit_test(a_chart_taller_than_the_page_is_refused),
        cmocka_unit_test(languages_of_a_chart_stand_as_it_says),
        cmocka_unit_test(list_numbers_are_whole),
        cmocka_unit_test(a_row_taller_than_the_page_is_refused),
        cmocka_unit_test(a_row_taller_than_a_column_is_refused),
        cmocka_unit_test(a_letter_without_glyph_is_named_at_its_place),
        cmocka_unit_test(a_title_taller_than_the_page_is_named),
        cmocka_unit_test(a_header_taller_than_its_margin_is_refused),
        cmocka_unit_test(words_around_the_text_are_named_at_their_places),
        cmocka_unit_test(late_texts_have_the_lines_of_early_ones),
        cmocka_unit_test(one_long_paragraph_takes_no_longer_than_many),
        cmocka_unit_test(numbers_of_many_notes_are_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
