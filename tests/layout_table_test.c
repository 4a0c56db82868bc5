/*
 * Tables by the numbers: widths of columns, numbers on their points in both languages' digits, and a table of
 * thousands of rows, each of which stands on a page once and is gone when its page is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "layout/layout.h"
#include "layout/table_set.h"
#include "pdf/pdf.h"

static struct fixture {
    struct arena *arena;
    struct diags *diags;
    const struct style *style;
    struct font_set *fonts;
    struct text_engine *text;
    struct locale *locale[LANG_COUNT];
} fix;

static int set_up(void **state)
{
    (void)state;
    fix.arena = arena_new();
    fix.diags = diags_new();
    fix.style = style_load(".", "briefing-a4", fix.arena, fix.diags);
    fix.fonts = font_set_load(".", "briefing", fix.diags);
    fix.text = fix.fonts ? text_engine_new(fix.fonts) : NULL;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        fix.locale[lang] = locale_new((enum lang)lang, DIGITS_LATN, MONTHS_IRAQI, fix.diags);
    return fix.style && fix.text ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        locale_drop(fix.locale[lang]);
    text_engine_drop(fix.text);
    font_set_drop(fix.fonts);
    diags_drop(fix.diags);
    arena_drop(fix.arena);
    return 0;
}

/* ---- widths ---- */

struct width_column {
    float least, most;
    double weight;
    float cells[4]; /* others are as wide as `least` */
};

struct width_case {
    const char *what;
    struct width_column columns[3];
    float room;
    bool fits;
    float widths[3];
};

static const struct width_case width_cases[] = {
    { "by weights", { { 10, 100, 1, { 0 } }, { 10, 20, 2, { 0 } }, { 10, 10, 1, { 0 } } }, 200, true, { 50, 100, 50 } },
    { "a longest word above its share", { { 80, 100, 1, { 0 } }, { 10, 20, 2, { 0 } }, { 10, 10, 1, { 0 } } }, 200, true,
      { 80, 80, 40 } },
    { "and the share of the others above theirs then",
      { { 80, 100, 1, { 0 } }, { 10, 20, 2, { 0 } }, { 45, 50, 1, { 0 } } }, 200, true, { 80, 75, 45 } },
    { "one without a weight: all by content", { { 10, 50, 1, { 50 } }, { 10, 30, 0, { 30 } }, { 10, 20, 9, { 20 } } },
      200, true, { 100, 60, 40 } },
    { "room for all on one line and no more", { { 10, 50, 0, { 50 } }, { 10, 30, 0, { 30 } }, { 10, 20, 0, { 20 } } },
      100, true, { 50, 30, 20 } },
    { "one long cell beside a column of middling ones",
      { { 10, 400, 0, { 400 } }, { 10, 60, 0, { 60, 60, 60, 60 } }, { 20, 20, 0, { 20 } } }, 200, true,
      { 120, 60, 20 } },
    { "no line is saved: by what is missing", { { 10, 110, 0, { 0 } }, { 20, 20, 0, { 0 } }, { 10, 60, 0, { 0 } } }, 70,
      true, { 30, 20, 20 } },
    { "wider than the room", { { 60, 90, 0, { 0 } }, { 30, 50, 0, { 0 } }, { 30, 30, 0, { 0 } } }, 60, false,
      { 30, 15, 15 } },
    { "one empty, the others as wide as the room but for rounding",
      { { 256, 256, 1, { 0 } }, { 1e-5f, 1e-5f, 1, { 0 } }, { 0, 0, 1, { 0 } } }, 256, true, { 256, 0, 0 } },
    { "nothing in it", { { 0, 0, 0, { 0 } }, { 0, 0, 0, { 0 } }, { 0, 0, 0, { 0 } } }, 60, true, { 20, 20, 20 } },
};

static void widths_fill_the_room(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof width_cases / sizeof *width_cases; i++) {
        const struct width_case *one = &width_cases[i];
        struct table_need needs[3] = { 0 };
        float widths[3], sum = 0;
        for (size_t k = 0; k < 3; k++) {
            needs[k].least = one->columns[k].least;
            needs[k].most = one->columns[k].most;
            needs[k].weight = one->columns[k].weight;
            for (size_t c = 0; c < 4; c++)
                table_need_cell(&needs[k], fmaxf(one->columns[k].cells[c], one->columns[k].least));
        }
        bool fits = table_widths(needs, 3, one->room, widths);
        for (size_t k = 0; k < 3; k++) {
            if (fabsf(widths[k] - one->widths[k]) > 0.001f)
                fail_msg("%s: column %zu is %g wide, not %g", one->what, k, (double)widths[k],
                         (double)one->widths[k]);
            sum += widths[k];
        }
        assert_int_equal(fits, one->fits);
        assert_true(sum == one->room);
    }
}

/* ---- numbers ---- */

struct anchor_case {
    enum lang lang;
    const char *text, *whole; /* what ends where the anchor is, drawn alone; NULL: there is no number */
};

/* The anchor is `before` from the text's left edge: the width of what is drawn to the left of it. */
static const struct anchor_case anchor_cases[] = {
    { LANG_EN, "101", "101" },
    { LANG_EN, "35.4%", "35" },
    { LANG_EN, "1,234.56", "1,234" },
    { LANG_EN, "-12.5", "-12" },
    { LANG_EN, "more than 100", "more than 100" },
    { LANG_EN, "41\xE2\x80\x93""45.5", "41\xE2\x80\x93""45" },
    { LANG_EN, "\xE2\x80\x93", "\xE2\x80\x93" },
    { LANG_EN, "none", NULL },
    { LANG_EN, "n/a \xE2\x80\x93", NULL },
    { LANG_EN, "", NULL },
    { LANG_AR, "\xE2\x81\xA7""١٬٢٣٤٫٥\xE2\x81\xA9", "١٬٢٣٤" },
    { LANG_AR, "\xE2\x81\xA7""٣٥٫٤٪\xE2\x81\xA9", "٪٣٥" },
    { LANG_AR, "أكثر من \xE2\x81\xA7""١٠٠\xE2\x81\xA9", "١٠٠" },
    { LANG_AR, "\xE2\x81\xA6""35.4%\xE2\x81\xA9", "35" },
};

static const struct text_line *set_line(const char *text, enum lang lang)
{
    struct text_style style = { .role = FONT_DATA, .size = 10, .other_scale = 1, .lang = lang };
    return text_layout(fix.text, text, (uint32_t)strlen(text), NULL, 0, &style, 0, NULL, NULL, fix.arena, fix.diags)
        ->lines;
}

static void numbers_have_anchors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof anchor_cases / sizeof *anchor_cases; i++) {
        const struct anchor_case *one = &anchor_cases[i];
        struct rich_text rich = { .utf8 = one->text, .length = (uint32_t)strlen(one->text) };
        float got = table_anchor(&rich, set_line(one->text, one->lang));
        float want = one->whole ? set_line(one->whole, one->lang)->width : -1;
        if (fabsf(got - want) > 0.05f)
            fail_msg("%s: the anchor is at %g, not %g", one->text, (double)got, (double)want);
    }
}

/* A number of a note that the cell refers to is none of the cell's. */
static void a_note_is_no_number(void **state)
{
    (void)state;
    static const struct inline_span note = { 3, 4, INLINE_NOTE_REF, 0, NULL };
    struct rich_text rich = { .utf8 = "1012", .length = 4, .spans = &note, .span_count = 1 };
    float got = table_anchor(&rich, set_line("1012", LANG_EN));
    assert_true(fabsf(got - set_line("101", LANG_EN)->width) < 0.01f);
}

/* ---- many rows ---- */

enum { ROWS = 5000 };

static struct rich_text plain(const char *utf8)
{
    return (struct rich_text){ .utf8 = utf8, .length = (uint32_t)strlen(utf8) };
}

/* A name of six, a number of its own. */
static struct doc_table *make_table(void)
{
    static const char *const names[LANG_COUNT][6] = {
        { "Baghdad", "Basra", "Nineveh", "Anbar", "Diyala", "Kirkuk" },
        { "بغداد", "البصرة", "نينوى", "الأنبار", "ديالى", "كركوك" }
    };
    struct doc_table *t = arena_alloc(fix.arena, sizeof *t);
    struct doc_column *columns = arena_array(fix.arena, 2, sizeof *columns);
    t->column_count = 2;
    t->row_count = ROWS;
    t->columns = columns;
    columns[1].align = ALIGN_END;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *texts = arena_array(fix.arena, 6 + ROWS, sizeof *texts);
        uint32_t *index = arena_array(fix.arena, 2 * ROWS, sizeof *index);
        for (size_t i = 0; i < 6; i++)
            texts[i] = plain(names[lang][i]);
        for (size_t i = 0; i < ROWS; i++) {
            texts[6 + i] = plain(arena_printf(fix.arena, "%zu", 10000 + i));
            index[2 * i] = i % 6;
            index[2 * i + 1] = (uint32_t)(6 + i);
        }
        t->cells[lang] = texts;
        t->text_count[lang] = 6 + ROWS;
        t->index[lang] = index;
        t->title[lang] = plain(lang == LANG_AR ? "السجل" : "The roll");
        for (size_t c = 0; c < 2; c++)
            columns[c].title[lang] = plain(lang == LANG_AR ? "عمود" : "Column");
    }
    return t;
}

static struct scene *lay_out_for(struct doc_table *table, enum edition edition, const struct scene_sink *sink)
{
    struct block *block = arena_alloc(fix.arena, sizeof *block);
    struct doc doc = { .title = { "A title", "عنوان" }, .as_of = "2024-04-03", .blocks = block };
    block->kind = BLOCK_TABLE;
    block->table = table;
    memcpy(doc.locale, fix.locale, sizeof doc.locale);
    return layout_pages(&doc, fix.style, edition, fix.text, sink, fix.diags);
}

static struct scene *lay_out(struct doc_table *table, enum edition edition)
{
    return lay_out_for(table, edition, NULL);
}

struct seen {
    size_t numbers, captions; /* on the page; numbers count as content, captions as artifacts */
    float right;              /* edge of the numbers */
};

static struct seen look_at(const struct scene_page *page, bool *found)
{
    struct seen seen = { 0 };
    bool content = false;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TAG_BEGIN || c->kind == SCENE_ARTIFACT_BEGIN)
            content = c->kind == SCENE_TAG_BEGIN;
        if (c->kind != SCENE_TEXT)
            continue;
        unsigned long number = strtoul(c->text.line->text, NULL, 10);
        seen.captions += !content && strncmp(c->text.line->text, "The roll (continued)", 20) == 0;
        if (!content || number < 10000)
            continue;
        assert_false(found[number - 10000]);
        found[number - 10000] = true;
        seen.right = c->text.x + c->text.line->width;
        seen.numbers++;
    }
    return seen;
}

static void every_row_stands_once(void **state)
{
    (void)state;
    struct scene *scene = lay_out(make_table(), EDITION_EN);
    bool *found = xcalloc(ROWS, sizeof *found);
    float right = 0;
    assert_non_null(scene);
    for (size_t i = 0; i < scene_pages(scene); i++) {
        struct seen seen = look_at(scene_page_at(scene, i), found);
        assert_true(seen.numbers >= 2);
        assert_int_equal(seen.captions, i > 0);
        if (i < 2) /* the title takes room on the first; all others are full, but for the last */
            right = seen.right;
        assert_true(fabsf(seen.right - right) < 0.01f);
    }
    for (size_t i = 0; i < ROWS; i++)
        assert_true(found[i]);
    assert_int_equal(diags_count(fix.diags), 0);
    free(found);
    scene_drop(scene);
}

/* Texts from data, more than a page keeps: on each row the two stand in one place of those kept, in turn, twice. */
static void texts_of_one_place_give_way(void **state)
{
    (void)state;
    enum { APART = 256, TEXTS = 2 * APART, TWICE = 2 * (APART - 1) };
    struct doc_table *t = make_table();
    char *texts = arena_alloc(fix.arena, (size_t)LANG_COUNT * TEXTS * sizeof "n1000");
    uint32_t text = 0;
    size_t seen = 0;
    t->plain_text = texts;
    t->row_count = TWICE;
    t->rich_count = 1;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        uint32_t *begins = arena_array(fix.arena, TEXTS, sizeof *begins);
        uint32_t *index = arena_array(fix.arena, 2 * TWICE, sizeof *index);
        for (uint32_t i = 1; i < TEXTS; i++) {
            begins[i - 1] = text;
            text += (uint32_t)sprintf(texts + text, "%s%u", i < APART ? "n" : "", 1000 + i) + 1;
        }
        for (uint32_t row = 0; row < TWICE; row++) {
            index[2 * row] = 1 + row / 2;
            index[2 * row + 1] = 1 + row / 2 + APART;
        }
        t->plain[lang] = begins;
        t->text_count[lang] = TEXTS;
        t->index[lang] = index;
    }
    struct scene *scene = lay_out(t, EDITION_EN);
    assert_non_null(scene);
    for (uint32_t row = 0, page = 0; row < TWICE; page += row < TWICE) {
        assert_true(page < scene_pages(scene));
        const struct scene_page *at = scene_page_at(scene, page);
        for (size_t i = 0; i < at->command_count; i++) {
            const struct scene_command *c = &at->commands[i];
            unsigned long name = c->kind == SCENE_TEXT && c->text.line->text[0] == 'n'
                               ? strtoul(c->text.line->text + 1, NULL, 10) : 0;
            unsigned long number = c->kind == SCENE_TEXT ? strtoul(c->text.line->text, NULL, 10) : 0;
            if (name) {
                assert_int_equal(name, 1001 + seen / 2);
            } else if (number > 1000) {
                assert_int_equal(number, 1001 + seen / 2 + APART);
                seen++;
                row++;
            }
        }
    }
    assert_int_equal(seen, TWICE);
    scene_drop(scene);
}

/* Three rows at least on a table's first page, two on its last; a sum stays with its rows and counts for none. */
static void rows_that_stay_with_the_one_before(void **state)
{
    (void)state;
    enum { BODY = 8, COUNT = BODY + 1 };
    static const bool stays[COUNT] = { true, true, true, false, false, false, false, true, true };
    struct doc_table *t = make_table();
    uint8_t *kinds = arena_array(fix.arena, COUNT, sizeof *kinds);
    struct table_set set = { .doc = t };
    struct flow_item item = { .rows = COUNT, .content = &set };
    kinds[BODY] = DOC_ROW_TOTAL;
    t->row_count = COUNT;
    t->kinds = kinds;
    for (size_t row = 0; row < COUNT; row++)
        assert_int_equal(table_flow_rows.row_stays(NULL, &item, row, 0), stays[row]);
}

/* A table that stands twice, in both languages beside each other, breaks over pages with the same rows. */
static void rows_stay_in_step(void **state)
{
    (void)state;
    struct doc_table *table = make_table();
    table->parallel = DOC_PARALLEL_TWICE;
    struct scene *scene = lay_out(table, EDITION_PARALLEL);
    assert_non_null(scene);
    for (size_t i = 0; i < scene_pages(scene); i++) {
        const struct scene_page *page = scene_page_at(scene, i);
        size_t count[LANG_COUNT] = { 0 };
        float last[LANG_COUNT] = { 0 };
        for (size_t k = 0; k < page->command_count; k++) {
            const struct scene_command *c = &page->commands[k];
            if (c->kind != SCENE_TEXT || strtoul(c->text.line->text, NULL, 10) < 10000)
                continue;
            count[c->text.line->lang]++;
            last[c->text.line->lang] = c->text.baseline;
        }
        assert_int_equal(count[LANG_EN], count[LANG_AR]);
        assert_true(last[LANG_EN] == last[LANG_AR]);
    }
    scene_drop(scene);
}

/* ---- page by page ---- */

/* Pages that are handed on, beside the same ones kept. */
struct taken {
    const struct scene *kept;
    size_t pages;
};

static void take(void *context, const struct scene *scene, size_t page)
{
    struct taken *taken = context;
    const struct scene_page *got = scene_page_at(scene, page), *want = scene_page_at(taken->kept, page);
    assert_int_equal(page, taken->pages++);
    assert_int_equal(scene_pages(scene), taken->pages); /* none is begun before this one is finished */
    assert_int_equal(got->command_count, want->command_count);
    assert_int_equal(got->tag_count, want->tag_count);
    for (size_t i = 0; i < got->command_count; i++)
        assert_int_equal(got->commands[i].kind, want->commands[i].kind);
    for (size_t i = 0; i < page; i++) {
        const struct scene_page *gone = scene_page_at(scene, i);
        assert_true(gone->height > 0);
        assert_int_equal(gone->command_count + gone->link_count + gone->tag_count, 0);
    }
}

static void pages_are_handed_on_one_by_one(void **state)
{
    (void)state;
    struct doc_table *table = make_table();
    struct scene *kept = lay_out(table, EDITION_PARALLEL);
    struct taken taken = { .kept = kept };
    struct scene_sink sink = { take, &taken };
    struct scene *scene = lay_out_for(table, EDITION_PARALLEL, &sink);
    assert_non_null(scene);
    assert_int_equal(taken.pages, scene_pages(kept));
    assert_int_equal(scene_tags(scene), scene_tags(kept));
    assert_true(scene_tags(scene) < 50); /* none of them for a row or a cell */
    scene_drop(scene);
    scene_drop(kept);
}

/* A file that is written page by page is the one that is written from all pages. */
static void the_file_is_the_same_either_way(void **state)
{
    (void)state;
    struct doc_table *table = make_table();
    struct buf all, by_page;
    buf_init(&all);
    buf_init(&by_page);
    struct scene *kept = lay_out(table, EDITION_PARALLEL);
    assert_true(pdf_write(kept, fix.fonts, &all, fix.diags));
    struct pdf *pdf = pdf_new(fix.fonts, buf_sink(&by_page), fix.diags);
    struct scene_sink sink = pdf_sink(pdf);
    struct scene *scene = lay_out_for(table, EDITION_PARALLEL, &sink);
    assert_true(pdf_finish(pdf, scene));
    pdf_drop(pdf);
    assert_int_equal(all.length, by_page.length);
    assert_memory_equal(all.data, by_page.data, all.length);
    scene_drop(scene);
    scene_drop(kept);
    buf_drop(&all);
    buf_drop(&by_page);
}

/* ---- both languages in one ---- */

/* Cells of a column in both languages, one row each; the digits' column is shared. */
static struct doc_table *make_words(size_t columns, size_t rows, const char *const cells[][LANG_COUNT])
{
    struct doc_table *t = arena_alloc(fix.arena, sizeof *t);
    struct doc_column *made = arena_array(fix.arena, columns, sizeof *made);
    t->column_count = columns;
    t->row_count = rows;
    t->columns = made;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *texts = arena_array(fix.arena, columns * rows, sizeof *texts);
        for (size_t i = 0; i < columns * rows; i++)
            texts[i] = plain(cells[i % columns][lang]);
        for (size_t c = 0; c < columns; c++)
            made[c].title[lang] = plain(lang == LANG_AR ? "ع" : "C");
        t->cells[lang] = texts;
    }
    return t;
}

struct both_case {
    const char *what;
    size_t count;
    const char *cells[5][LANG_COUNT];
    enum doc_parallel parallel;
    size_t tables;
};

#define LONG_EN "Withdrawal of all forces within a year of the agreement"
#define LONG_AR "انسحاب جميع القوات في غضون سنة من الاتفاق"
static const struct both_case both_cases[] = {
    { "words and a number", 2, { { "Baghdad", "بغداد" }, { "101", "101" } }, DOC_PARALLEL_CHOSEN, 1 },
    { "isolates are no difference", 2,
      { { "Baghdad", "بغداد" }, { "35.4%", "\xE2\x81\xA6" "35.4%" "\xE2\x81\xA9" } }, DOC_PARALLEL_CHOSEN, 1 },
    { "as asked for", 2, { { "Baghdad", "بغداد" }, { "101", "101" } }, DOC_PARALLEL_TWICE, 2 },
    { "digits of two kinds: nothing is shared", 2, { { "Baghdad", "بغداد" }, { "101", "١٠١" } }, DOC_PARALLEL_CHOSEN, 2 },
    { "nothing is shared, as asked for", 2, { { "Baghdad", "بغداد" }, { "101", "١٠١" } }, DOC_PARALLEL_ONE, 1 },
    { "numbers alone", 3, { { "1", "1" }, { "2", "2" }, { "3", "3" } }, DOC_PARALLEL_CHOSEN, 1 },
    { "sentences", 5,
      { { LONG_EN, LONG_AR }, { LONG_EN, LONG_AR }, { LONG_EN, LONG_AR }, { LONG_EN, LONG_AR }, { "3", "3" } },
      DOC_PARALLEL_CHOSEN, 2 },
};

static size_t count_tags(const struct scene *scene, enum tag_role role)
{
    size_t count = 0;
    for (size_t i = 0; i < scene_tags(scene); i++)
        count += scene_tag_at(scene, i)->role == role;
    return count;
}

static void a_table_stands_once_where_that_reads_well(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof both_cases / sizeof *both_cases; i++) {
        const struct both_case *one = &both_cases[i];
        struct doc_table *table = make_words(one->count, 3, one->cells);
        table->parallel = one->parallel;
        struct scene *scene = lay_out(table, EDITION_PARALLEL);
        assert_non_null(scene);
        if (count_tags(scene, TAG_TABLE) != one->tables)
            fail_msg("%s: %zu tables, not %zu", one->what, count_tags(scene, TAG_TABLE), one->tables);
        scene_drop(scene);
    }
}

/* The kids of a row in order: English, shared, Arabic; both edges head the row; what is Arabic says so. */
static void a_row_is_tagged_from_the_left(void **state)
{
    (void)state;
    static const char *const cells[][LANG_COUNT] = { { "Baghdad", "بغداد" }, { "List", "قائمة" }, { "101", "101" } };
    static const struct { enum tag_role role; bool has_lang; enum lang lang; } wanted[] = {
        { TAG_HEADER_CELL, true, LANG_EN }, { TAG_DATA_CELL, true, LANG_EN }, { TAG_DATA_CELL, false, LANG_EN },
        { TAG_DATA_CELL, true, LANG_AR }, { TAG_HEADER_CELL, true, LANG_AR },
    };
    struct scene *scene = lay_out(make_words(3, 2, cells), EDITION_PARALLEL);
    const struct scene_tag *row = NULL;
    size_t kids = 0, titles = 0;
    assert_non_null(scene);
    for (size_t i = 0; i < scene_tags(scene); i++)
        titles += scene_tag_at(scene, i)->role == TAG_P && scene_tag_at(scene, i)->parent->role == TAG_HEADER_CELL;
    for (size_t i = 0; i < scene_page_at(scene, 0)->tag_count; i++) {
        const struct scene_tag *tag = scene_page_at(scene, 0)->tags[i];
        if (!tag->parent || tag->parent->role != TAG_ROW || tag->parent->parent->role != TAG_TBODY)
            continue;
        kids = tag->parent == row ? kids : 0;
        row = tag->parent;
        assert_true(kids < sizeof wanted / sizeof *wanted);
        assert_int_equal(tag->role, wanted[kids].role);
        assert_int_equal(tag->has_lang, wanted[kids].has_lang);
        if (tag->has_lang)
            assert_int_equal(tag->lang, wanted[kids].lang);
        kids++;
    }
    assert_int_equal(kids, sizeof wanted / sizeof *wanted);
    assert_int_equal(titles, 2); /* of the shared column */
    scene_drop(scene);
}

/* No page ends below the first row of a group that goes on. */
static void a_group_begins_with_two_rows(void **state)
{
    (void)state;
    static const char groups[] = "AAAABBBCDDDD", stays[] = "yyynnynnnyny";
    enum { COUNT = sizeof groups - 1 };
    struct doc_table *t = make_words(1, COUNT, (const char *const[][LANG_COUNT]){ { "A", "A" } });
    struct doc_column *column = arena_copy(fix.arena, t->columns, sizeof *column);
    struct table_set set = { .doc = t };
    struct flow_item item = { .rows = COUNT, .content = &set };
    column->group = true;
    t->columns = column;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *texts = arena_array(fix.arena, COUNT, sizeof *texts);
        for (size_t row = 0; row < COUNT; row++)
            texts[row] = plain(arena_printf(fix.arena, "%c", groups[row]));
        t->cells[lang] = texts;
    }
    for (size_t row = 0; row < COUNT; row++)
        assert_int_equal(table_flow_rows.row_stays(NULL, &item, row, 0), stays[row] == 'y');
}

/* Rows in which every column repeats the value above have no line between them, not even a piece beside the table. */
static void rows_that_are_alike_have_no_rule_between(void **state)
{
    (void)state;
    struct doc_table *t = make_words(2, 3, (const char *const[][LANG_COUNT]){ { "A", "A" }, { "B", "B" } });
    struct doc_column *columns = arena_copy(fix.arena, t->columns, 2 * sizeof *columns);
    columns[0].group = columns[1].group = true;
    t->columns = columns;
    for (enum edition edition = EDITION_EN; edition <= EDITION_AR; edition++) {
        struct scene *scene = lay_out(t, edition);
        const struct scene_page *page = scene_page_at(scene, 0);
        size_t rules = 0;
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            for (size_t k = 0; c->kind == SCENE_PATH && k + 1 < c->path.count; k += 2, rules++)
                assert_true(c->path.steps[k].x[0] < c->path.steps[k + 1].x[0]);
        }
        assert_true(rules >= 3);
        scene_drop(scene);
    }
}

/* ---- too wide ---- */

/* Words are never broken: type shrinks, then the page turns. */
static void a_wide_table_shrinks_before_it_turns(void **state)
{
    (void)state;
    static const char *words[12][LANG_COUNT];
    bool shrunk = false, turned = false;
    for (size_t i = 0; i < 12; i++)
        words[i][LANG_EN] = words[i][LANG_AR] = "Reconstruction";
    for (size_t columns = 1; columns <= 12; columns++) {
        struct scene *scene = lay_out(make_words(columns, 3, words), EDITION_EN);
        float size = 0, small = fix.style->size_small;
        bool wide = false;
        assert_non_null(scene);
        for (size_t p = 0; p < scene_pages(scene); p++)
            for (size_t i = 0; i < scene_page_at(scene, p)->command_count; i++) {
                const struct scene_command *c = &scene_page_at(scene, p)->commands[i];
                if (c->kind != SCENE_TEXT || strncmp(c->text.line->text, "Recon", 5) != 0)
                    continue;
                assert_int_equal(c->text.line->length, strlen("Reconstruction"));
                size = c->text.line->size;
                wide = scene_page_at(scene, p)->width > fix.style->page_width;
            }
        assert_true(size <= small && size >= fix.style->size_table_least);
        assert_false(turned && !wide); /* more columns never lie narrower */
        assert_false(shrunk && !wide && size == small);
        shrunk |= size < small && !wide;
        turned |= wide;
        scene_drop(scene);
    }
    assert_true(shrunk && turned);
    assert_int_equal(diags_count(fix.diags), 0);
}

/* An address is no word: it is broken at its marks, and no page turns for it. */
static void no_page_turns_for_an_address(void **state)
{
    (void)state;
    static const char *words[2][LANG_COUNT];
    words[0][LANG_EN] = words[0][LANG_AR] = "Term";
    words[1][LANG_EN] = words[1][LANG_AR] =
        "https://example.org/policy-issues/sanctions/specially-designated-nationals-and-blocked-persons-list-sdn/lists/"
        "human_readable_lists_of_all_programmes.html?year=2022&page=14#names";
    for (enum edition edition = EDITION_EN; edition <= EDITION_AR; edition++) {
        struct scene *scene = lay_out(make_words(2, 3, words), edition);
        assert_non_null(scene);
        assert_int_equal(scene_pages(scene), 1);
        assert_true(scene_page_at(scene, 0)->width == fix.style->page_width);
        scene_drop(scene);
    }
    assert_int_equal(diags_count(fix.diags), 0);
}

static void a_table_too_wide_says_by_how_much(void **state)
{
    (void)state;
    enum { WIDE = 40 };
    struct doc_table *t = arena_alloc(fix.arena, sizeof *t);
    struct doc_column *columns = arena_array(fix.arena, WIDE, sizeof *columns);
    struct buf said;
    t->column_count = WIDE;
    t->row_count = 1;
    t->columns = columns;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *cells = arena_array(fix.arena, WIDE, sizeof *cells);
        for (size_t i = 0; i < WIDE; i++)
            cells[i] = columns[i].title[lang] = plain("Reconstruction");
        t->cells[lang] = cells;
    }
    assert_null(lay_out(t, EDITION_EN));
    assert_true(diags_count(fix.diags) > 0);
    buf_init(&said);
    diag_format(diags_get(fix.diags, 0), &said);
    assert_non_null(strstr(said.data, "error: [layout-too-wide] the table's longest words need "));
    assert_non_null(strstr(said.data, " pt and a page turned sideways has 717, so it is "));
    buf_drop(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_fill_the_room),
        cmocka_unit_test_setup_teardown(numbers_have_anchors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_note_is_no_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_row_stands_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_of_one_place_give_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_stay_with_the_one_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_group_begins_with_two_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_are_alike_have_no_rule_between, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_table_stands_once_where_that_reads_well, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_row_is_tagged_from_the_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wide_table_shrinks_before_it_turns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_stay_in_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_are_handed_on_one_by_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_file_is_the_same_either_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_page_turns_for_an_address, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_table_too_wide_says_by_how_much, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
