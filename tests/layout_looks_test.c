/*
 * What a designer would mark, as rules: each on small documents built by hand, in the layout where it shows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/layout.h"
#include "support/blocks.h"
#include "support/chart_samples.h"
#include "support/chart_samples_bars.h"
#include "support/chart_samples_lines.h"

static struct blocks_setting set;

static int set_up(void **state)
{
    (void)state;
    bool opened = blocks_setting_open(&set);
    blocks_setting_sign(&set);
    return opened ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    blocks_setting_drop(&set);
    return 0;
}

static struct blocks new_blocks(void)
{
    return (struct blocks){ .arena = set.arena };
}

/* In a layout with no limit of pages. */
static struct scene *lay_out(const struct blocks *blocks, const char *layout, enum edition edition)
{
    const struct style *shipped = style_load(".", layout, set.arena, set.diags);
    assert_non_null(shipped);
    struct style *style = arena_copy(set.arena, shipped, sizeof *style);
    style->most_pages = 0;
    struct doc doc = set.doc;
    doc.blocks = blocks->first;
    struct scene *scene = layout_doc(&doc, style, edition, set.text, set.diags);
    assert_int_equal(diags_count(set.diags), 0);
    assert_non_null(scene);
    return scene;
}

static const struct scene_page *page_with(const struct scene *scene, const char *words)
{
    for (size_t p = 0; p < scene_pages(scene); p++)
        if (text_count(scene_page_at(scene, p), words))
            return scene_page_at(scene, p);
    fail_msg("no page has \"%s\"", words);
    return NULL;
}

static void add_list(struct blocks *blocks, const char *first, const char *second)
{
    struct blocks items = new_blocks(), one = new_blocks(), two = new_blocks();
    struct block *list = blocks_add(blocks, BLOCK_LIST, "", "");
    list->tight = true;
    list->first_child = blocks_add(&items, BLOCK_ITEM, "", "");
    items.last->first_child = blocks_add(&one, BLOCK_PARAGRAPH, first, first);
    blocks_add(&items, BLOCK_ITEM, "", "");
    items.last->first_child = blocks_add(&two, BLOCK_PARAGRAPH, second, second);
}

/* What a colon announces stands on its page; without one a page may end there. */
static void a_colon_stays_with_its_list(void **state)
{
    (void)state;
    size_t parted = 0;
    for (int colon = 0; colon < 2; colon++)
        for (size_t n = 60; n < 130; n++) {
            struct blocks blocks = new_blocks();
            for (size_t left = n; left > 0; left -= left < 9 ? left : 9)
                blocks_paragraph(&blocks, "Filler", left < 9 ? left : 9);
            const char *words = colon ? "Announced:" : "Announced.";
            blocks_add(&blocks, BLOCK_PARAGRAPH, words, words);
            add_list(&blocks, "Itemone", "Itemtwo");
            blocks_paragraph(&blocks, "Filler", 60);
            struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_EN);
            bool together = page_with(scene, "Announced") == page_with(scene, "Itemone");
            assert_true(together || !colon);
            parted += !together;
            scene_drop(scene);
        }
    assert_true(parted > 0);
}

/* Two titles beside each other have one line each; where one is longer, each has the whole column. Entries are drawn
 * behind all else on the page. */
static void contents_titles_are_not_broken_to_stand_beside_each_other(void **state)
{
    (void)state;
    for (int is_long = 0; is_long < 2; is_long++) {
        struct blocks blocks = new_blocks();
        blocks_add(&blocks, BLOCK_CONTENTS, "Contents", "Contents");
        for (size_t i = 0; i < 9; i++)
            blocks_heading(&blocks, 2, arena_printf(set.arena, "s%zu", i),
                           is_long && i == 4 ? "Namely the vote in the council" : arena_printf(set.arena, "Name%zu", i),
                           "Arabic");
        struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_PARALLEL);
        const struct scene_page *page = page_with(scene, "Contents");
        const struct scene_command *first = text_last(page, "Name0"), *last = text_last(page, "Name8");
        assert_true(is_long == (fabsf(first->text.x - last->text.x) < 0.01f));
        if (is_long)
            assert_non_null(text_last(page, "Namely the vote in the council"));
        scene_drop(scene);
    }
}

/* Four beside each other have no room for labels in large type: two are. */
static void key_figures_have_room_for_their_labels(void **state)
{
    (void)state;
    struct doc_key_figure figures[4] = { 0 };
    for (size_t i = 0; i < 4; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            figures[i].value[lang] = blocks_text("285");
            figures[i].label[lang] = blocks_text(arena_printf(set.arena, "Label%zu", i));
        }
    const struct doc_key_figures key = { .count = 4, .figures = figures };
    for (int large = 0; large < 2; large++) {
        struct blocks blocks = new_blocks();
        blocks_add(&blocks, BLOCK_KEY_FIGURES, "", "")->key_figures = &key;
        struct scene *scene = lay_out(&blocks, large ? "large-print" : "briefing-a4", EDITION_EN);
        const struct scene_page *page = scene_page_at(scene, 0);
        float row[4];
        for (size_t i = 0; i < 4; i++)
            row[i] = text_first(page, arena_printf(set.arena, "Label%zu", i))->text.baseline;
        assert_true(row[0] == row[1] && row[2] == row[3] && large == (row[0] < row[2]));
        scene_drop(scene);

        scene = lay_out(&blocks, large ? "large-print" : "briefing-a4", EDITION_PARALLEL);
        float width[LANG_COUNT] = { 0 }; /* the same number is equally large in both languages */
        page = scene_page_at(scene, 0);
        for (size_t i = 0; i < page->command_count; i++)
            if (page->commands[i].kind == SCENE_TEXT && line_holds(page->commands[i].text.line, "285"))
                width[page->commands[i].text.line->lang] = page->commands[i].text.line->width;
        assert_true(width[LANG_EN] > 20 && fabsf(width[LANG_EN] - width[LANG_AR]) < 0.5f);
        scene_drop(scene);
    }
}

/* Two narrow columns do not stand at the page's far sides, nor does space between columns stay small in large type. */
static void a_table_is_as_wide_as_its_text_asks(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    struct doc_table *weighed = (struct doc_table *)blocks_table(&blocks, "Brigade", 3)->table;
    for (int weights = 0; weights < 2; weights++) {
        struct doc_column *columns = (struct doc_column *)weighed->columns;
        columns[0].weight = columns[1].weight = weights;
        for (enum edition edition = EDITION_EN; edition <= EDITION_AR; edition++) {
            struct scene *scene = lay_out(&blocks, "briefing-a4", edition);
            const struct scene_page *page = scene_page_at(scene, 0);
            const struct scene_command *name = text_first(page, "Headname"), *count = text_first(page, "Headcount");
            float left = fminf(name->text.x, count->text.x);
            float right = fmaxf(name->text.x + name->text.line->width, count->text.x + count->text.line->width);
            assert_true((right - left > 400) == (weights == 1));
            assert_true(right - left > 195);
            scene_drop(scene);
        }
    }
}

/* However deep quotes are nested, their words stay in their language's column. */
static void what_is_nested_deeply_stays_in_its_column(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks(), *outer = &blocks, inner[15];
    for (size_t i = 0; i < 15; i++) {
        struct block *quote = blocks_add(outer, BLOCK_QUOTE, "", "");
        outer = &inner[i];
        *outer = new_blocks();
        quote->first_child = blocks_add(outer, BLOCK_PARAGRAPH, "Said in words", "Said in words");
    }
    struct scene *scene = lay_out(&blocks, "large-print", EDITION_PARALLEL);
    size_t lines = 0;
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            if (c->kind != SCENE_TEXT || !line_holds(c->text.line, "Said"))
                continue;
            lines++;
            assert_true(c->text.line->lang == LANG_EN ? c->text.x + c->text.line->width < page->width / 2
                                                      : c->text.x > page->width / 2);
        }
    }
    assert_int_equal(lines, 30);
    scene_drop(scene);
}

/* The bar of a quote in a full column, where its paragraphs are a line of the grid apart. */
static void a_bar_has_no_hole_in_columns(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks(), inner = new_blocks();
    struct block *quote = blocks_add(&blocks, BLOCK_QUOTE, "", "");
    quote->first_child = blocks_add(&inner, BLOCK_PARAGRAPH, "One said", "One said");
    blocks_add(&inner, BLOCK_PARAGRAPH, "and two said", "and two said");
    blocks_paragraph(&blocks, "Filler", 300);
    struct scene *scene = lay_out(&blocks, "one-pager", EDITION_EN);
    const struct scene_page *page = scene_page_at(scene, 0);
    float end = -1;
    size_t bars = 0;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind != SCENE_PATH || c->path.count != 2 || c->path.steps[0].x[0] != c->path.steps[1].x[0])
            continue;
        if (bars++)
            assert_true(c->path.steps[0].y[0] <= end + 0.01f);
        end = c->path.steps[1].y[0];
    }
    assert_int_equal(bars, 2);
    scene_drop(scene);
}

/* A title page names who issues it, above the issue; an empty subtitle leaves no line white in a title band. */
/* Who said it stands below the last words of however long a quote. */
static void an_attribution_is_never_alone(void **state)
{
    (void)state;
    struct chart_spec chart = sample_hemicycle;
    chart.title[LANG_EN] = chart.title[LANG_AR] = "Charttitle";
    for (size_t filler = 1; filler <= 60; filler++) {
        struct blocks blocks = new_blocks(), inner = new_blocks();
        blocks_paragraph(&blocks, "Filler", filler);
        struct block *quote = blocks_add(&blocks, BLOCK_QUOTE, "", "");
        quote->first_child = blocks_paragraph(&inner, "Quoted", 10);
        blocks_add(&inner, BLOCK_ATTRIBUTION, "Captain Witness", "النقيب شاهد");
        for (size_t charts = 0; charts < 3; charts++)
            blocks_chart(&blocks, &chart);
        struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_PARALLEL);
        const struct scene_page *page = page_with(scene, "Captain Witness");
        assert_non_null(page);
        assert_true(text_count(page, "Quoted") > 0);
        scene_drop(scene);
    }
}

static void titles_are_whole(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    blocks_paragraph(&blocks, "Filler", 3);
    struct scene *scene = lay_out(&blocks, "booklet-a5", EDITION_PARALLEL);
    const struct scene_page *page = scene_page_at(scene, 0);
    assert_int_equal(text_count(page, "Authorname"), LANG_COUNT);
    assert_true(text_first(page, "Authorname")->text.baseline < text_first(page, "Issueline")->text.baseline);
    scene_drop(scene);

    float gap[2];
    for (int filled = 0; filled < 2; filled++) {
        set.doc.subtitle[LANG_EN] = filled ? "Subtitle" : "";
        scene = lay_out(&blocks, "briefing-a4", EDITION_EN);
        page = scene_page_at(scene, 0);
        gap[filled] = text_first(page, "Issueline")->text.baseline - text_first(page, "A title")->text.baseline;
        scene_drop(scene);
    }
    set.doc.subtitle[LANG_EN] = "";
    assert_true(gap[1] - gap[0] > 10);
}

/* The rule above notes stands where a language has lines below it: as wide as the column where these go on from the
 * page before, else a quarter of it. */
static void notes_have_a_rule_where_they_stand(void **state)
{
    (void)state;
    struct doc_note *notes = arena_array(set.arena, 2, sizeof *notes);
    for (size_t i = 0; i < 2; i++) {
        notes[i] = (struct doc_note){ .id = i ? "b" : "a", .number = { "1", "1" } };
        for (int lang = 0; lang < LANG_COUNT; lang++)
            notes[i].text[lang] = blocks_text(blocks_repeat(set.arena, "Notewords stand here. ", lang == LANG_EN && !i ? 900 : 3));
    }
    set.doc.notes = notes;
    set.doc.note_count = 2;
    struct blocks blocks = new_blocks();
    blocks_refer(set.arena, blocks_paragraph(&blocks, "Filler", 3), notes, 0);
    blocks_refer(set.arena, blocks_paragraph(&blocks, "Filler", 3), notes, 1);
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_PARALLEL);
    size_t without = 0, going_on = 0;
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        size_t rules = 0, lines[LANG_COUNT] = { 0 };
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            if (c->kind == SCENE_TEXT)
                lines[c->text.line->lang] += line_holds(c->text.line, "Notewords") || line_holds(c->text.line, "stand here");
            if (c->kind != SCENE_PATH || c->path.count != 2 || c->path.paint.stroke_rgb != 0x55606A)
                continue;
            rules++;
            going_on += c->path.steps[1].x[0] - c->path.steps[0].x[0] > 200;
        }
        assert_int_equal(rules, (lines[LANG_EN] > 0) + (lines[LANG_AR] > 0));
        without += rules == 1;
    }
    assert_true(scene_pages(scene) >= 3 && without >= 2 && going_on == scene_pages(scene) - 1);
    scene_drop(scene);
    set.doc.note_count = 0;
}

/* Not even where the page begins with the figure. */
static void no_figure_stands_below_the_next_section(void **state)
{
    (void)state;
    struct chart_spec chart = sample_hemicycle;
    chart.title[LANG_EN] = chart.title[LANG_AR] = "Charttitle";
    for (size_t n = 2; n < 60; n++) {
        struct blocks blocks = new_blocks();
        blocks_paragraph(&blocks, "Filler", n);
        for (size_t i = 0; i < 3; i++)
            blocks_chart(&blocks, &chart);
        blocks_heading(&blocks, 2, "s", "Headword", "العنوان");
        blocks_paragraph(&blocks, "Short", 2);
        struct chart_spec next = chart;
        next.title[LANG_EN] = next.title[LANG_AR] = "Nextchart";
        blocks_chart(&blocks, &next);
        blocks_chart(&blocks, &next);
        struct scene *scene = lay_out(&blocks, "large-print", EDITION_EN);
        const struct scene_page *page = page_with(scene, "Headword");
        const struct scene_command *last = text_last(page, "Charttitle");
        assert_true(!last || last->text.baseline < text_first(page, "Headword")->text.baseline);
        scene_drop(scene);
    }
}

/* A heading and its line go overleaf with their figure, also where most of the page stays white for that: they would
 * stand above the white. */
static void a_heading_goes_overleaf_with_its_figure(void **state)
{
    (void)state;
    struct chart_spec chart = sample_hemicycle;
    chart.title[LANG_EN] = chart.title[LANG_AR] = "Charttitle";
    size_t overleaf = 0;
    for (size_t n = 2; n < 40; n++) {
        struct blocks blocks = new_blocks();
        blocks_paragraph(&blocks, "Filler", n);
        blocks_heading(&blocks, 2, "s", "Headword", "العنوان");
        blocks_paragraph(&blocks, "Short", 1);
        blocks_chart(&blocks, &chart);
        struct scene *scene = lay_out(&blocks, "large-print", EDITION_EN);
        const struct scene_page *page = page_with(scene, "Headword");
        assert_ptr_equal(page, page_with(scene, "Charttitle"));
        overleaf += page != scene_page_at(scene, 0);
        scene_drop(scene);
    }
    print_message("of 38: %zu overleaf\n", overleaf);
    assert_true(overleaf > 10 && overleaf < 30);
}

/* No line of a heading holds a last word alone when its lines may be of one length. */
static void headings_are_broken_evenly(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    blocks_heading(&blocks, 3, "s", "What the counts leave open", "عنوان");
    blocks_paragraph(&blocks, "Filler", 3);
    struct scene *scene = lay_out(&blocks, "large-print", EDITION_PARALLEL);
    const struct scene_page *page = scene_page_at(scene, 0);
    const struct text_line *first = text_first(page, "What the")->text.line, *last = text_first(page, "open")->text.line;
    assert_ptr_not_equal(first, last);
    assert_true(last->width > 0.6f * first->width);
    scene_drop(scene);
}

/* What is left white stands below it, not between both. */
static void a_figure_at_the_foot_follows_its_text(void **state)
{
    (void)state;
    size_t below = 0;
    struct chart_spec chart = sample_hemicycle;
    chart.title[LANG_EN] = chart.title[LANG_AR] = "Charttitle";
    for (size_t n = 12; n < 60; n++) {
        struct blocks blocks = new_blocks();
        blocks_paragraph(&blocks, "Filler", n);
        blocks_chart(&blocks, &chart);
        blocks_paragraph(&blocks, "Filler", 40);
        struct scene *scene = lay_out(&blocks, "large-print", EDITION_EN);
        for (size_t p = 0; p < scene_pages(scene); p++) {
            const struct scene_page *page = scene_page_at(scene, p);
            const struct scene_command *caption = text_first(page, "Charttitle");
            float above = -1;
            for (size_t i = 0; caption && i < page->command_count; i++) {
                const struct scene_command *c = &page->commands[i];
                if (c->kind == SCENE_TEXT && c->text.baseline < caption->text.baseline - 1)
                    above = fmaxf(above, c->text.baseline);
            }
            bool text = above > 100; /* not the page's header */
            assert_true(!text || caption->text.baseline - above < 49);
            below += text;
        }
        scene_drop(scene);
    }
    assert_true(below > 10);
}

/* Neither its first line nor its last. */
static void a_list_leaves_no_line_alone(void **state)
{
    (void)state;
    size_t parted = 0;
    for (int more = 0; more < 2; more++)
        for (size_t n = 60; n < 110; n++) {
            struct blocks blocks = new_blocks();
            for (size_t left = n; left > 0; left -= left < 9 ? left : 9)
                blocks_paragraph(&blocks, "Filler", left < 9 ? left : 9);
            add_list(&blocks, "Itemone", more ? "Itemtwo and more of it, so that it takes a second line of the column, "
                                                "and a third one, which stands below the second and above nothing, "
                                                "and is long enough for it, as it seems, in any case" : "Itemtwo");
            blocks_paragraph(&blocks, "Filler", 60);
            struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_EN);
            parted += page_with(scene, "Itemone") != page_with(scene, "Itemtwo");
            scene_drop(scene);
        }
    assert_int_equal(parted, 0);
}

/* Where a page goes on with a paragraph, it does so in both languages, of which one has two lines less. */
static void no_column_is_white_at_the_head(void **state)
{
    (void)state;
    size_t broken = 0;
    for (size_t n = 20; n < 60; n++) {
        struct blocks blocks = new_blocks();
        blocks_paragraph(&blocks, "Filler", n);
        for (size_t i = 0; i < 12; i++)
            blocks_add(&blocks, BLOCK_PARAGRAPH, blocks_repeat(set.arena, "Words of one size. ", 24),
                       blocks_repeat(set.arena, "Words of one size. ", 20));
        struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_PARALLEL);
        for (size_t p = 1; p < scene_pages(scene); p++) {
            const struct scene_page *page = scene_page_at(scene, p);
            float head[LANG_COUNT] = { INFINITY, INFINITY };
            for (size_t i = 0; i < page->command_count; i++) {
                const struct scene_command *c = &page->commands[i];
                if (c->kind == SCENE_TEXT && (line_holds(c->text.line, "size") || line_holds(c->text.line, "Words"))) {
                    enum lang lang = c->text.line->lang;
                    head[lang] = fminf(head[lang], c->text.baseline);
                }
            }
            broken += head[LANG_EN] < head[LANG_AR] - 20;
        }
        scene_drop(scene);
    }
    assert_int_equal(broken, 0);
}

/* Three lines in one language and two in the other become two. */
static void a_long_title_is_a_little_smaller(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    blocks_paragraph(&blocks, "Filler", 3);
    const char *en = set.doc.title[LANG_EN], *ar = set.doc.title[LANG_AR];
    set.doc.title[LANG_EN] = "Iraq: factions, councils, coalition";
    set.doc.title[LANG_AR] = "العراق: الفصائل والمجالس والتحالف";
    struct scene *scene = lay_out(&blocks, "brief-letter", EDITION_PARALLEL);
    const struct scene_page *page = scene_page_at(scene, 0);
    assert_non_null(text_first(page, "councils, coalition"));
    assert_non_null(text_first(page, "والمجالس والتحالف"));
    scene_drop(scene);
    set.doc.title[LANG_EN] = en;
    set.doc.title[LANG_AR] = ar;
}

/* A title that is a sentence is no wall of large type: it is smaller, and still larger than what stands below it. */
static void a_very_long_title_is_smaller(void **state)
{
    (void)state;
    static const char *const layouts[] = { "briefing-a4", "brief-letter", "booklet-a5", "large-print" };
    struct blocks blocks = new_blocks();
    const char *en = set.doc.title[LANG_EN], *ar = set.doc.title[LANG_AR];
    set.doc.title[LANG_EN] = "Titlewords: nine months of attacks in fourteen places, and whom the list of the Treasury "
                             "names: what counts can and cannot tell a minister";
    set.doc.title[LANG_AR] = "العنوان: تسعة أشهر من الهجمات في أربعة عشر موقعًا، ومن تسمّيهم قائمة وزارة الخزانة الأميركية: "
                             "ما تقوله الأعداد لصاحب القرار وما لا تقوله";
    blocks_paragraph(&blocks, "Filler", 3);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        const struct style *style = style_load(".", layouts[i], set.arena, set.diags);
        struct scene *scene = lay_out(&blocks, layouts[i], EDITION_PARALLEL);
        const struct scene_command *first = text_first(scene_page_at(scene, 0), "Titlewords");
        assert_true(first->text.line->size < style->size_title * 0.9f);
        assert_true(first->text.line->size > style->size_h2);
        scene_drop(scene);
    }
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_EN);
    assert_true(text_first(scene_page_at(scene, 0), "Titlewords")->text.line->size > 19);
    scene_drop(scene);
    set.doc.title[LANG_EN] = en;
    set.doc.title[LANG_AR] = ar;
}

/* A running header reminds of a long title by its first words, where the whole would fill the margin. */
static void a_running_title_takes_two_lines(void **state)
{
    (void)state;
    static const struct { const char *layout; size_t words; } cases[] = { { "briefing-a4", 60 }, { "brief-letter", 60 },
                                                                         { "large-print", 16 } };
    struct blocks blocks = new_blocks();
    const char *en = set.doc.title[LANG_EN], *ar = set.doc.title[LANG_AR];
    blocks_paragraph(&blocks, "Filler", 3);
    blocks_add(&blocks, BLOCK_BREAK, "", "")->break_at = BREAK_PAGE;
    blocks_paragraph(&blocks, "Filler", 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *more[] = { blocks_repeat(set.arena, "wholly ", cases[i].words),
                               blocks_repeat(set.arena, "بكاملها ", cases[i].words) };
        set.doc.title[LANG_EN] = arena_printf(set.arena, "Beginning, %sending", more[0]);
        set.doc.title[LANG_AR] = arena_printf(set.arena, "البداية، %sالنهاية", more[1]);
        for (enum edition edition = EDITION_PARALLEL; edition <= EDITION_AR; edition++) {
            struct scene *scene = lay_out(&blocks, cases[i].layout, edition);
            const struct scene_page *page = scene_page_at(scene, 1);
            size_t columns = edition == EDITION_PARALLEL ? 2 : 1;
            assert_int_equal(text_count(page, "Beginning") + text_count(page, "البداية"), columns);
            assert_int_equal(text_count(page, "…"), columns);
            assert_int_equal(text_count(page, "ending") + text_count(page, "النهاية"), 0);
            assert_true(text_count(page, "wholly") <= 2 && text_count(page, "بكاملها") <= 2);
            scene_drop(scene);
        }
    }
    set.doc.title[LANG_EN] = en;
    set.doc.title[LANG_AR] = ar;
}

/* A long title in the middle of a header leaves room for what stands at its sides. */
static void a_running_title_leaves_room_beside_it(void **state)
{
    (void)state;
    struct style style = *style_load(".", "briefing-a4", set.arena, set.diags);
    struct blocks blocks = new_blocks();
    struct doc doc = set.doc;
    blocks_paragraph(&blocks, "Filler", 3);
    doc.blocks = blocks.first;
    doc.title[LANG_EN] = doc.title[LANG_AR] = blocks_repeat(set.arena, "wholly ", 30);
    style.first_header = true;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        style.header.words[POSITION_START][lang] = "Starting words";
        style.header.words[POSITION_CENTRE][lang] = "{title}";
        style.header.words[POSITION_END][lang] = "";
    }
    struct scene *scene = layout_doc(&doc, &style, EDITION_PARALLEL, set.text, set.diags);
    const struct scene_page *page = scene_page_at(scene, 0);
    const struct scene_command *first = text_first(page, "Starting"), *last = text_last(page, "Starting");
    assert_int_equal(text_count(page, "Starting words"), 2);
    assert_true(last->text.x + last->text.line->width < page->width - 20);
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TEXT && c->text.baseline < style.margin_top && line_holds(c->text.line, "wholly"))
            assert_true(c->text.x > first->text.x + first->text.line->width
                        && c->text.x + c->text.line->width < last->text.x);
    }
    scene_drop(scene);
}

/* The width that is named is the widest that fits. */
static void a_tall_image_is_told_its_width(void **state)
{
    (void)state;
    static const uint8_t pixels[2 * 8 * 3];
    const struct image pixel = { .form = IMAGE_RGB, .width = 2, .height = 8, .bytes = pixels, .length = sizeof pixels };
    struct doc_image image = { .id = "photo", .pixels = &pixel, .alt = { "Alt", "Alt" } };
    image.title[LANG_EN] = image.title[LANG_AR] = blocks_text("Caption");
    struct blocks blocks = new_blocks();
    struct block *b = blocks_add(&blocks, BLOCK_IMAGE, "", "");
    b->image = &image;
    b->at[LANG_EN] = (struct place){ "reports/x/en.md", 7, 1 };
    struct doc doc = set.doc;
    doc.blocks = blocks.first;
    const struct style *style = style_load(".", "briefing-a4", set.arena, set.diags);
    struct diags *diags = diags_new();
    assert_null(layout_doc(&doc, style, EDITION_EN, set.text, diags));
    const struct diag *said = diags_get(diags, 0);
    assert_int_equal(said->id, DIAG_LAYOUT_TOO_TALL);
    assert_int_equal(said->at.line, 7);
    const char *most = strstr(said->message, "give it a width_mm of at most ");
    assert_non_null(most);
    float width = strtof(most + strlen("give it a width_mm of at most "), NULL);
    assert_true(width > 40);
    for (int wider = 0; wider < 2; wider++) {
        struct diags *again = diags_new();
        image.width = width + (float)wider;
        struct scene *scene = layout_doc(&doc, style, EDITION_EN, set.text, again);
        assert_true((scene == NULL) == wider);
        if (scene)
            scene_drop(scene);
        diags_drop(again);
    }
    diags_drop(diags);
}

/* A section begins on the page of its figure where only a line or two of text stand between; three may stay behind. */
static void a_heading_stays_with_its_figure(void **state)
{
    (void)state;
    struct chart_spec chart = sample_bars;
    chart.title[LANG_EN] = chart.title[LANG_AR] = "Charttitle";
    size_t parted[2] = { 0 };
    for (int more = 0; more < 2; more++)
        for (size_t n = 40; n < 80; n++) {
            struct blocks blocks = new_blocks();
            for (size_t left = n; left > 0; left -= left < 9 ? left : 9)
                blocks_paragraph(&blocks, "Filler", left < 9 ? left : 9);
            blocks_heading(&blocks, 2, "s", "Headword", "العنوان");
            blocks_paragraph(&blocks, "Short", more ? 6 : 1);
            blocks_chart(&blocks, &chart);
            blocks_heading(&blocks, 2, "t", "Nextword", "العنوان");
            blocks_paragraph(&blocks, "Filler", 90);
            struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_EN);
            parted[more] += page_with(scene, "Headword") != page_with(scene, "Charttitle");
            scene_drop(scene);
        }
    assert_int_equal(parted[0], 0);
    assert_true(parted[1] > 0);
}

/* The widest rule of the table's head. */
static struct path_step widest_rule(const struct scene_page *page, float *right, float above)
{
    struct path_step left = { 0 };
    *right = 0;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind != SCENE_PATH || c->path.count != 2 || c->path.steps[0].y[0] < above)
            continue;
        float x = c->path.steps[0].x[0], end = c->path.steps[1].x[0];
        if (fabsf(end - x) > *right - left.x[0]) {
            left.x[0] = fminf(x, end);
            *right = fmaxf(x, end);
        }
    }
    return left;
}

/* Of one that stands once for both languages the words are no half page from the numbers; its words end where it does,
 * and it stands in the middle of the page. */
static void a_small_table_of_both_languages_stands_close(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    struct doc_table *table = (struct doc_table *)blocks_table(&blocks, "Brigade", 3)->table;
    table->parallel = DOC_PARALLEL_ONE;
    table->title[LANG_EN] = table->title[LANG_AR] = blocks_text("Tabletitle");
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_PARALLEL);
    const struct scene_page *page = scene_page_at(scene, 0);
    const struct scene_command *en = text_first(page, "Tabletitle"), *ar = text_last(page, "Tabletitle");
    float right, left = widest_rule(page, &right, en->text.baseline).x[0];
    assert_true(right - left > 300 && right - left < 360);
    assert_true(fabsf(left + right - page->width) < 0.1f);
    assert_true(fabsf(en->text.x - left) < 0.1f);
    assert_true(fabsf(ar->text.x + ar->text.line->width - right) < 0.1f);
    scene_drop(scene);
}

/* Lowest baseline of lines that hold the word, left and right of a page's middle. */
static void lowest_lines(const struct scene_page *page, const char *word, float lowest[2])
{
    lowest[0] = lowest[1] = 0;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TEXT && line_holds(c->text.line, word)) {
            float *of = &lowest[c->text.x > page->width / 2];
            *of = fmaxf(*of, c->text.baseline);
        }
    }
}

/* Not only at the text's end, but also where an image across the page finds no room below them. */
static void columns_end_evenly_before_what_has_no_room(void **state)
{
    (void)state;
    static const uint8_t pixels[2 * 2 * 3];
    const struct image pixel = { .form = IMAGE_RGB, .width = 2, .height = 2, .bytes = pixels, .length = sizeof pixels };
    const struct doc_image image = { .id = "photo", .pixels = &pixel, .alt = { "Alt", "Alt" } };
    const struct doc_image narrow = { .id = "photo", .pixels = &pixel, .alt = { "Alt", "Alt" }, .width = 40 };
    for (size_t n = 30; n < 60; n += 3) {
        struct blocks blocks = new_blocks();
        blocks_paragraph(&blocks, "Filler", n);
        blocks_add(&blocks, BLOCK_IMAGE, "", "")->image = &image;
        blocks_heading(&blocks, 2, "t", "Nextword", "العنوان");
        blocks_add(&blocks, BLOCK_IMAGE, "", "")->image = &image;
        struct scene *scene = lay_out(&blocks, "one-pager", EDITION_EN);
        float lowest[2];
        lowest_lines(scene_page_at(scene, 0), "Filler", lowest);
        if (lowest[1] == 0 || fabsf(lowest[0] - lowest[1]) > 28)
            fail_msg("%zu sentences: the columns end at %g and %g", n, (double)lowest[0], (double)lowest[1]);
        scene_drop(scene);
    }

    struct blocks blocks = new_blocks(); /* a narrow one stands in its column, beside the text */
    blocks_paragraph(&blocks, "Filler", 12);
    blocks_add(&blocks, BLOCK_IMAGE, "", "")->image = &narrow;
    struct scene *scene = lay_out(&blocks, "one-pager", EDITION_AR);
    const struct scene_page *page = scene_page_at(scene, 0);
    const struct scene_command *picture = NULL;
    for (size_t i = 0; i < page->command_count; i++)
        if (page->commands[i].kind == SCENE_IMAGE)
            picture = &page->commands[i];
    assert_non_null(picture);
    assert_true(picture->image.x + picture->image.width < page->width / 2);
    scene_drop(scene);
}

/* Where the labels of one row are short, the next row does not stand as far below it as long ones would ask. */
static void rows_of_key_figures_are_as_high_as_theirs_ask(void **state)
{
    (void)state;
    struct doc_key_figure figures[6] = { 0 };
    for (size_t i = 0; i < 6; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            figures[i].value[lang] = blocks_text(arena_printf(set.arena, "%zu", 110 * (i + 1)));
            figures[i].label[lang] = blocks_text(i == 0 ? "A label of many words that takes three lines of the row "
                                                          "and perhaps a fourth one" : "Label");
        }
    const struct doc_key_figures key = { .count = 6, .figures = figures };
    struct blocks blocks = new_blocks();
    blocks_add(&blocks, BLOCK_KEY_FIGURES, "", "")->key_figures = &key;
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_PARALLEL);
    const struct scene_page *page = scene_page_at(scene, 0);
    float first = text_first(page, "110")->text.baseline, second = text_first(page, "330")->text.baseline;
    float third = text_first(page, "550")->text.baseline;
    assert_true(second - first > third - second + 15);
    scene_drop(scene);
}

/* A chart that is too tall is named, with the keys that help. */
static void a_tall_chart_is_named(void **state)
{
    (void)state;
    enum { CATEGORIES = 40 };
    static struct chart_row rows[CATEGORIES];
    for (size_t i = 0; i < CATEGORIES; i++) {
        for (int lang = 0; lang < LANG_COUNT; lang++)
            rows[i].label[lang] = arena_printf(set.arena, "Place%zu of a district whose name is too long "
                                                             "for one line of the chart", i);
        rows[i].value = num_from_int((int64_t)i + 5);
        rows[i].at.line = 1;
    }
    struct chart_spec chart = { .type = CHART_BAR, .title = { "Charttitle", "Charttitle" }, .subtitle = { "Where", "Where" },
                                .alt = { "Alt", "Alt" } };
    chart.id = "places";
    chart.rows = rows;
    chart.row_count = CATEGORIES;
    for (int panels = 0; panels < 2; panels++) {
        for (size_t i = 0; i < CATEGORIES && panels; i++)
            for (int lang = 0; lang < LANG_COUNT; lang++)
                rows[i].panel[lang] = i % 2 ? "One" : "Two";
        chart.look.columns = 1;
        struct blocks blocks = new_blocks();
        blocks_chart(&blocks, &chart);
        struct doc doc = set.doc;
        doc.blocks = blocks.first;
        const struct style *style = style_load(".", "booklet-a5", set.arena, set.diags);
        struct diags *diags = diags_new();
        assert_null(layout_doc(&doc, style, EDITION_EN, set.text, diags));
        const struct diag *said = diags_get(diags, 0);
        assert_int_equal(said->id, DIAG_LAYOUT_TOO_TALL);
        assert_non_null(strstr(said->message, "chart 'places' with its words is "));
        assert_non_null(strstr(said->message, panels ? "; write columns: for more panels" : "; write most: to show"));
        diags_drop(diags);
    }
}

/* What a key figure is compared with stands right below its label, however many lines its neighbour's has. */
static void a_change_stands_below_its_label(void **state)
{
    (void)state;
    struct doc_key_figure figures[2] = { 0 };
    for (size_t i = 0; i < 2; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            figures[i].value[lang] = blocks_text("285");
            figures[i].label[lang] = blocks_text(i == 0 ? "Label" : "A label of many words that takes three lines of the "
                                                                    "row and perhaps a fourth one");
            figures[i].change[lang] = blocks_text(i == 0 ? "Change" : "");
            figures[i].has_change = i == 0;
        }
    const struct doc_key_figures key = { .count = 2, .figures = figures };
    struct blocks blocks = new_blocks();
    blocks_add(&blocks, BLOCK_KEY_FIGURES, "", "")->key_figures = &key;
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_PARALLEL);
    const struct scene_page *page = scene_page_at(scene, 0);
    float label = text_first(page, "Label")->text.baseline, change = text_first(page, "Change")->text.baseline;
    assert_true(change > label && change - label < 14);
    scene_drop(scene);
}

/* Dots of the contents list's leaders stand below each other, whatever the numbers' widths. */
static void leaders_stand_below_each_other(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    blocks_add(&blocks, BLOCK_CONTENTS, "Contents", "Contents");
    for (size_t i = 0; i < 12; i++) {
        blocks_heading(&blocks, 2, arena_printf(set.arena, "s%zu", i), arena_printf(set.arena, "Name%zu", i), "Arabic");
        blocks_paragraph(&blocks, "Filler", 60);
    }
    for (enum edition edition = EDITION_EN; edition <= EDITION_AR; edition++) {
        struct scene *scene = lay_out(&blocks, "large-print", edition);
        const struct scene_page *page = scene_page_at(scene, 0);
        float first = 0, ends[2] = { 0 };
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            if (c->kind != SCENE_PATH || c->path.paint.dash <= 0)
                continue;
            const struct path_step *step = c->path.steps;
            bool second = step[0].x[0] > page->width / 2;
            first = ends[second] > 0 ? ends[second] : step[0].x[0];
            ends[second] = first;
            float period = c->path.paint.dash + c->path.paint.gap, apart = fabsf(step[0].x[0] - first) / period;
            assert_true(fabsf(apart - roundf(apart)) < 0.01f);
        }
        assert_true(first > 0);
        scene_drop(scene);
    }
}

/* It is not broken, which a warning would tell. */
static void a_page_number_of_four_digits_has_room_in_the_contents(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    blocks_add(&blocks, BLOCK_CONTENTS, "Contents", "Contents");
    for (size_t i = 0; i < 1000; i++) {
        blocks_paragraph(&blocks, "Filler", 1);
        blocks_add(&blocks, BLOCK_BREAK, "", "")->break_at = BREAK_PAGE;
    }
    blocks_heading(&blocks, 2, "last", "Last", "Last");
    blocks_paragraph(&blocks, "Filler", 1);
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_PARALLEL);
    assert_non_null(text_last(page_with(scene, "Contents"), "1001"));
    scene_drop(scene);
}

enum { FIGURES = 5 };

/* Unless it is there already, in the other language. */
static void add_place(float places[FIGURES], size_t *count, float y)
{
    if (*count > 0 && fabsf(y - places[*count - 1]) < 1)
        return;
    assert_true(*count < FIGURES);
    places[(*count)++] = y;
}

/* Points from title to source of each of the page's figures; the number of them. */
static size_t figure_heights(const struct scene_page *page, float height[FIGURES])
{
    size_t titles = 0, sources = 0;
    float title[FIGURES], source[FIGURES];
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TEXT && line_holds(c->text.line, "Charttitle"))
            add_place(title, &titles, c->text.baseline);
        if (c->kind == SCENE_TEXT && line_holds(c->text.line, "Chartsource"))
            add_place(source, &sources, c->text.baseline);
    }
    assert_int_equal(titles, sources);
    for (size_t i = 0; i < titles; i++) {
        assert_true(i == 0 || title[i] > source[i - 1] + 10); /* below what stands there, */
        assert_true(source[i] < page->height - 50);           /* above the page's number */
        height[i] = source[i] - title[i];
    }
    return titles;
}

struct flexed {
    size_t lower, higher; /* pages whose figures are */
};

/* Figures alone on the pages behind more and more text. */
static struct flexed flex(const struct chart_spec *of, const char *layout, enum edition edition)
{
    struct flexed all = { 0 };
    struct chart_spec chart = *of;
    chart.title[LANG_EN] = chart.title[LANG_AR] = "Charttitle";
    const struct rich_text source[LANG_COUNT] = { blocks_text("Chartsource"), blocks_text("Chartsource") };
    float usual = 0;
    for (size_t n = 0; n < 40; n++) {
        struct blocks blocks = new_blocks();
        if (n > 0)
            blocks_paragraph(&blocks, "Filler", n);
        for (size_t i = 0; i < (n > 0 ? FIGURES : 1); i++) /* nothing asks a lone one to give */
            blocks_chart(&blocks, &chart)->source = source;
        struct scene *scene = lay_out(&blocks, layout, edition);
        for (size_t p = 0; p < scene_pages(scene); p++) {
            float height[FIGURES] = { 0 };
            size_t count = figure_heights(scene_page_at(scene, p), height);
            usual = n == 0 ? height[0] : usual;
            for (size_t i = 1; i < count; i++)
                assert_true(fabsf(height[i] - height[0]) < 0.01f);
            assert_true(count == 0 || (height[0] > usual * 0.75f && height[0] < usual * 1.17f));
            all.lower += count > 0 && height[0] < usual - 1;
            all.higher += count > 0 && height[0] > usual + 1;
        }
        scene_drop(scene);
    }
    return all;
}

/* A figure that would nearly fit stands on the page, whose charts are lower, all alike; where nothing does, and little
 * is missing, they are higher. Seats and squares keep their shape: what gives is their size. */
static void charts_give_a_little_to_fill_the_page(void **state)
{
    static const char *const layouts[] = { "briefing-a4", "large-print" };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct flexed bars = flex(&sample_bars_standing, layouts[i], EDITION_EN);
        struct flexed lines = flex(&sample_line, layouts[i], EDITION_AR);
        struct flexed seats = flex(&sample_hemicycle, layouts[i], EDITION_EN);
        assert_true(bars.lower > 0 && lines.lower > 0);
        assert_true(bars.higher > 0 && lines.higher > 0);
        struct flexed events = flex(&sample_timeline, layouts[i], EDITION_EN);
        assert_true(seats.lower > 0);
        assert_true(events.lower == 0 && events.higher == 0);
    }
    assert_true(flex(&sample_scatter, "briefing-a4", EDITION_PARALLEL).lower > 0); /* not as low as words would touch */
}

/* Columns too: the lowest of the figures, from title to source, by its usual height. */
static void charts_in_columns_give_too(void **state)
{
    (void)state;
    struct chart_spec chart = sample_bars_standing;
    chart.title[LANG_EN] = "Charttitle";
    const struct rich_text source[LANG_COUNT] = { blocks_text("Chartsource"), blocks_text("") };
    float usual = 0, lowest = INFINITY;
    for (size_t n = 0; n < 20; n++) {
        struct blocks blocks = new_blocks();
        if (n > 0)
            blocks_paragraph(&blocks, "Filler", n * 4);
        for (size_t i = 0; i < (n > 0 ? 9 : 1); i++)
            blocks_chart(&blocks, &chart)->source = source;
        struct scene *scene = lay_out(&blocks, "one-pager", EDITION_EN);
        float title = 0;
        for (size_t p = 0; p < scene_pages(scene); p++)
            for (size_t i = 0; i < scene_page_at(scene, p)->command_count; i++) {
                const struct scene_command *c = &scene_page_at(scene, p)->commands[i];
                if (c->kind == SCENE_TEXT && line_holds(c->text.line, "Charttitle"))
                    title = c->text.baseline;
                if (c->kind == SCENE_TEXT && line_holds(c->text.line, "Chartsource"))
                    lowest = fminf(lowest, c->text.baseline - title);
            }
        usual = n == 0 ? lowest : usual;
        scene_drop(scene);
    }
    assert_true(lowest > usual * 0.75f && lowest < usual - 5);
}

/* A figure that stands once in each language rather has both on one page. */
static void twins_rather_stand_together(void **state)
{
    (void)state;
    struct chart_spec chart = sample_number;
    chart.title[LANG_EN] = "English";
    chart.title[LANG_AR] = "Arabic";
    size_t parted = 0;
    for (size_t n = 0; n < 60; n++) {
        struct blocks blocks = new_blocks();
        for (size_t left = n * 4; left > 0; left -= left < 9 ? left : 9)
            blocks_paragraph(&blocks, "Filler", left < 9 ? left : 9);
        blocks_chart(&blocks, &chart);
        blocks_paragraph(&blocks, "Filler", 300);
        struct scene *scene = lay_out(&blocks, "booklet-a5", EDITION_PARALLEL);
        parted += page_with(scene, "English") != page_with(scene, "Arabic");
        scene_drop(scene);
    }
    assert_true(parted > 0 && parted < 13); /* 16 where nothing keeps them together */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_colon_stays_with_its_list),
        cmocka_unit_test(contents_titles_are_not_broken_to_stand_beside_each_other),
        cmocka_unit_test(key_figures_have_room_for_their_labels),
        cmocka_unit_test(a_table_is_as_wide_as_its_text_asks),
        cmocka_unit_test(a_bar_has_no_hole_in_columns),
        cmocka_unit_test(what_is_nested_deeply_stays_in_its_column),
        cmocka_unit_test(an_attribution_is_never_alone),
        cmocka_unit_test(titles_are_whole),
        cmocka_unit_test(notes_have_a_rule_where_they_stand),
        cmocka_unit_test(no_figure_stands_below_the_next_section),
        cmocka_unit_test(a_heading_goes_overleaf_with_its_figure),
        cmocka_unit_test(headings_are_broken_evenly),
        cmocka_unit_test(a_figure_at_the_foot_follows_its_text),
        cmocka_unit_test(a_list_leaves_no_line_alone),
        cmocka_unit_test(no_column_is_white_at_the_head),
        cmocka_unit_test(a_long_title_is_a_little_smaller),
        cmocka_unit_test(a_very_long_title_is_smaller),
        cmocka_unit_test(a_running_title_takes_two_lines),
        cmocka_unit_test(a_running_title_leaves_room_beside_it),
        cmocka_unit_test(a_tall_image_is_told_its_width),
        cmocka_unit_test(a_heading_stays_with_its_figure),
        cmocka_unit_test(a_small_table_of_both_languages_stands_close),
        cmocka_unit_test(columns_end_evenly_before_what_has_no_room),
        cmocka_unit_test(rows_of_key_figures_are_as_high_as_theirs_ask),
        cmocka_unit_test(a_tall_chart_is_named),
        cmocka_unit_test(a_change_stands_below_its_label),
        cmocka_unit_test(leaders_stand_below_each_other),
        cmocka_unit_test(a_page_number_of_four_digits_has_room_in_the_contents),
        cmocka_unit_test(charts_give_a_little_to_fill_the_page),
        cmocka_unit_test(charts_in_columns_give_too),
        cmocka_unit_test(twins_rather_stand_together),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
