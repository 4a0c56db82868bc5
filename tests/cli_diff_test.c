/* mujaz diff: figures, texts and pages of two PDFs and of two runs. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "diff/print.h"
#include "support/program.h"

struct workspace {
    char *folder, *old, *now;
};

static int set_up(void **state)
{
    struct workspace *w = calloc(1, sizeof *w);
    w->folder = workspace_new("tests/data/cli");
    w->old = text_join(w->folder, "old");
    w->now = text_join(w->folder, "now");
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct workspace *w = *state;
    tree_remove(w->folder);
    free(w->old);
    free(w->now);
    free(w);
    return 0;
}

static void edit(const struct workspace *w, const char *name, const char *old, const char *new)
{
    char *path = text_join(w->folder, name);
    file_replace(path, old, new);
    free(path);
}

static void build_with(const struct workspace *w, const char *out, const char *option)
{
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", out, "mini",
                                                          option, NULL }, NULL);
    if (o.code != 0)
        fail_msg("%s", o.err);
    outcome_drop(&o);
}

static void build(const struct workspace *w, const char *out)
{
    build_with(w, out, NULL);
}

/* Of one file in both folders. */
static struct outcome diff(const struct workspace *w, const char *name, const char *option)
{
    char *old = text_join(w->old, name), *now = text_join(w->now, name);
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "diff", old, now, option, NULL }, NULL);
    free(old);
    free(now);
    return o;
}

static void assert_none(const char *text, const char *line)
{
    if (strstr(text, line))
        fail_msg("'%s' is in '%s'", line, text);
}

static void the_same_text_built_twice_is_the_same(void **state)
{
    struct workspace *w = *state;
    build(w, w->old);
    build_with(w, w->now, "--no-cache");
    struct outcome o = diff(w, "mini.pdf", NULL);
    assert_int_equal(o.code, 0);
    assert_line(o.out, "the same figures, texts and pages\n");
    outcome_drop(&o);
    o = diff(w, "mini.ar.pdf", "--format=json");
    assert_int_equal(o.code, 0);
    assert_line(o.out, "\"same\": true");
    outcome_drop(&o);
}

static void figures_are_told_with_the_rows_behind_them(void **state)
{
    struct workspace *w = *state;
    build(w, w->old);
    edit(w, "datasets/lists/council-lists.csv", "الشمال,43", "الشمال,44");
    edit(w, "reports/mini/report.yaml", "  largest: SELECT max(seats) FROM council_lists",
         "  largest: SELECT max(seats) FROM council_lists WHERE true");
    build(w, w->now);
    struct outcome o = diff(w, "mini.en.pdf", NULL);
    assert_int_equal(o.code, 1);
    assert_string_equal(o.err, "");
    assert_line(o.out, "figures: 4 changed\n");
    assert_line(o.out, "  seats: 101 -> 102 (+1); en 101 -> 102; ar 101 -> 102\n    reports/mini/report.yaml:10:10\n"
                       "    changed row of council_lists, north: seats 43 -> 44 (datasets/lists/council-lists.csv:2)\n");
    assert_line(o.out, "  largest: 43 -> 44 (+1); en 43 -> 44; ar 43 -> 44\n"
                       "    reports/mini/report.yaml:11:12, another statement\n");
    assert_line(o.out, "  share: 0.425742574 -> 0.431372549 (+0.005629975); en 42.6% -> 43.1%");
    assert_line(o.out, "  table:lists: 3 rows\n");
    outcome_drop(&o);
}

/* What a foreign ledger says of places is cleaned as its values are. */
static void no_control_characters_reach_the_terminal(void **state)
{
    (void)state;
    static const char hostile[] = "a\033[2Jb\342\200\256";
    struct diff_cell cell = { hostile, hostile, hostile };
    struct diff_row row = { .table = hostile, .file = hostile, .line = hostile, .head = hostile, .cells = &cell,
                            .cell_count = 1 };
    struct diff_figure figure = { .kind = "figure", .name = hostile, .old = hostile, .now = hostile, .at = hostile,
                                  .old_printed = { "", "" }, .printed = { hostile, hostile }, .rows = &row,
                                  .row_count = 1 };
    const struct diff_document d = { .old = "old", .now = "now", .figures_known = true, .figures = &figure,
                                     .figure_count = 1 };
    struct buf out;
    buf_init(&out);
    diff_print_document(&d, (struct diff_style){ .terminal = false }, &out);
    assert_null(strchr(out.data, '\033'));
    assert_null(strstr(out.data, "\342\200\256"));
    buf_drop(&out);
}

static void a_figure_can_be_new_or_gone_and_a_row_too(void **state)
{
    struct workspace *w = *state;
    build(w, w->old);
    edit(w, "reports/mini/report.yaml", "  largest: SELECT max(seats)", "  smallest: SELECT min(seats)");
    edit(w, "reports/mini/en.md", "{largest}", "{smallest}");
    edit(w, "reports/mini/ar.md", "{largest}", "{smallest}");
    edit(w, "datasets/lists/council-lists.csv", "south,South", "west,South");
    build(w, w->now);
    struct outcome o = diff(w, "mini.pdf", NULL);
    assert_int_equal(o.code, 1);
    assert_line(o.out, "figures: 1 changed, 1 new, 1 gone\n");
    assert_line(o.out, "  smallest (new): 23; en 23; ar 23\n");
    assert_line(o.out, "  largest (gone): 43; en 43 -> printed nowhere; ar 43 -> printed nowhere\n");
    assert_line(o.out, "    gone row of council_lists: id south, ");
    assert_line(o.out, "    new row of council_lists: id west, ");
    outcome_drop(&o);
}

static void words_are_marked_in_both_languages(void **state)
{
    struct workspace *w = *state;
    build(w, w->old);
    edit(w, "datasets/lists/council-lists.csv", "الشمال,43", "الشمال,44");
    edit(w, "reports/mini/en.md", "- Second point\n", "- Second point\n- A third one\n");
    edit(w, "reports/mini/ar.md", "- النقطة الثانية\n", "- النقطة الثانية\n- نقطة ثالثة\n");
    build(w, w->now);
    struct outcome o = diff(w, "mini.pdf", NULL);
    assert_int_equal(o.code, 1);
    assert_line(o.out, "  en, page 1, paragraph: The three lists hold [-101-]{+102+} seats.\n");
    assert_line(o.out, "  ar, page 1, paragraph: تملك القوائم الثلاث [-101-]{+102+} مقعدًا.\n");
    assert_line(o.out, "  en, page 1, item: {+• A third one+}\n");
    assert_line(o.out, "  ar, page 1, item: {+• نقطة ثالثة+}\n");
    assert_line(o.out, "  en, page 1, cell of North: [-43-]{+44+}\n");
    assert_none(o.out, "Second point");
    assert_none(o.out, "\u2067"); /* isolates are for terminals */
    assert_line(o.out, "pages: 1 before, 1 now; 1 look different: 1\n");
    outcome_drop(&o);
    o = diff(w, "mini.pdf", "--format=json");
    assert_int_equal(o.code, 1);
    assert_line(o.out, "\"old\": \"101\"");
    assert_line(o.out, "\"row\": \"North\"");
    outcome_drop(&o);
}

static void without_a_ledger_figures_are_not_compared(void **state)
{
    struct workspace *w = *state;
    build_with(w, w->old, "--no-attachments");
    edit(w, "datasets/lists/council-lists.csv", "الشمال,43", "الشمال,44");
    build_with(w, w->now, "--no-attachments");
    struct outcome o = diff(w, "mini.en.pdf", NULL);
    assert_int_equal(o.code, 1);
    assert_line(o.out, "figures: 4 changed\n"); /* from the files beside them */
    outcome_drop(&o);
    edit(w, "old/mini.en.ledger.json", "\"figures\": [", "\"figurines\": [");
    o = diff(w, "mini.en.pdf", NULL);
    assert_int_equal(o.code, 2);
    assert_line(o.err, "old/mini.en.ledger.json: error: [ledger] this is no ledger: it has no list 'figures'; ");
    outcome_drop(&o);
    char *ledger = text_join(w->old, "mini.en.ledger.json");
    assert_int_equal(unlink(ledger), 0);
    free(ledger);
    o = diff(w, "mini.en.pdf", NULL);
    assert_int_equal(o.code, 1);
    assert_line(o.out, "figures: not compared, since a ledger is missing\n");
    assert_line(o.out, "[-101-]{+102+}");
    outcome_drop(&o);
}

/* Lines, hyphens and pages are the layout's; the text is not, but for page numbers of the contents and the author, whom a
 * title page names. */
static void another_layout_has_the_same_text(void **state)
{
    struct workspace *w = *state;
    static const char *const layouts[] = { "briefing-a4", "booklet-a5", "large-print" };
    static const char *const editions[] = { "iraq-briefing.en.pdf", "iraq-briefing.ar.pdf", "iraq-briefing.sequential.pdf" };
    static const char *const author[] = { "Mujaz Briefings", "إحاطات موجز" };
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct contents *first[3];
    for (size_t i = 0; i < 3; i++) {
        char *out = text_join(w->folder, layouts[i]);
        struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-o", out, "-l", layouts[i],
                                                              "--no-check", "iraq-briefing", NULL }, NULL);
        assert_int_equal(o.code, 0);
        outcome_drop(&o);
        for (size_t e = 0; e < 3; e++) {
            size_t length, count;
            struct diff_text *texts;
            const char *path = file_join(arena, out, editions[e]);
            const char *bytes = file_read(path, 1 << 30, arena, &length, diags);
            struct contents *c = contents_read(path, bytes, length, arena, diags);
            assert_non_null(c);
            assert_true(c->block_count > 250);
            if (i == 0)
                first[e] = c;
            diff_texts(first[e], c, arena, &texts, &count);
            for (size_t k = 0; k < count; k++)
                if (strcmp(texts[k].role, "TOCI") != 0 && strcmp(texts[k].parts[0].text, author[0]) != 0 &&
                    strcmp(texts[k].parts[0].text, author[1]) != 0)
                    fail_msg("%s, %s: %s", layouts[i], editions[e], texts[k].parts[0].text);
            assert_true(i > 0 || count == 0);
        }
        free(out);
    }
    diags_drop(diags);
    arena_drop(arena);
}

static char *drawn(const char *pdf, const char *folder, size_t page)
{
    char number[24], *name = text_join(folder, "page"), *png = text_join(folder, "page.png");
    size_t length;
    snprintf(number, sizeof number, "%zu", page);
    struct outcome o = program_run((const char *const[]){ "/usr/bin/pdftoppm", "-png", "-r", "40", "-singlefile", "-f", number,
                                                          "-l", number, pdf, name, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    char *bytes = file_content(png, &length), *hex = calloc(1, HASH_HEX);
    uint8_t digest[HASH_BYTES];
    hash_sha256(bytes, length, digest);
    hash_hex(digest, hex);
    free(bytes);
    free(name);
    free(png);
    return hex;
}

/* Another word has other glyphs, and so other codes on each page behind it; poppler sees what we say. */
static void pages_that_look_different_are_those_that_are_drawn_differently(void **state)
{
    struct workspace *w = *state;
    tree_copy("reports", w->folder);
    tree_copy("datasets", w->folder);
    for (int i = 0; i < 2; i++) {
        struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-e", "ar", "-o",
                                                              i ? w->now : w->old, "iraq-briefing", NULL }, NULL);
        assert_int_equal(o.code, 0);
        outcome_drop(&o);
        if (i == 0)
            edit(w, "reports/iraq-briefing/ar.md", "أوقفت", "أبطأت");
    }
    char *old = text_join(w->old, "iraq-briefing.ar.pdf"), *now = text_join(w->now, "iraq-briefing.ar.pdf");
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct diff_document *d = diff_documents(old, now, arena, diags);
    assert_non_null(d);
    assert_int_equal(d->old_pages, d->now_pages);
    assert_int_equal(d->page_count, 1);
    assert_int_equal(d->text_count, 1);
    assert_int_equal(d->figure_count, 0);
    for (size_t page = 1; page <= d->now_pages; page++) {
        char *a = drawn(old, w->folder, page), *b = drawn(now, w->folder, page);
        assert_int_equal(strcmp(a, b) != 0, page == d->pages[0].page);
        free(a);
        free(b);
    }
    diags_drop(diags);
    arena_drop(arena);
    free(old);
    free(now);
}

/* A page put in: those behind it differ in their footers alone. */
static void a_page_put_in_is_new_and_the_others_are_not(void **state)
{
    struct workspace *w = *state;
    edit(w, "reports/mini/en.md", "- First point", "![](break:page)\n\n- First point");
    edit(w, "reports/mini/ar.md", "- النقطة الأولى", "![](break:page)\n\n- النقطة الأولى");
    build(w, w->old);
    edit(w, "reports/mini/en.md", "![](break:page)", "![](break:page)\n\nIn between.\n\n![](break:page)");
    edit(w, "reports/mini/ar.md", "![](break:page)", "![](break:page)\n\nفي الوسط.\n\n![](break:page)");
    build(w, w->now);
    struct outcome o = diff(w, "mini.en.pdf", NULL);
    assert_int_equal(o.code, 1);
    assert_line(o.out, "pages: 2 before, 3 now; 1 new: 2; on 2 only header or footer differ\n");
    assert_line(o.out, "  en, page 2, paragraph: {+In between.+}\n");
    outcome_drop(&o);
}

static void pictures_of_the_pages_are_written(void **state)
{
    struct workspace *w = *state;
    build(w, w->old);
    edit(w, "reports/mini/en.md", "First", "Other");
    build(w, w->now);
    char *old = text_join(w->old, "mini.en.pdf"), *now = text_join(w->now, "mini.en.pdf");
    char *folder = text_join(w->folder, "pictures"), *option = calloc(1, strlen(folder) + 20);
    sprintf(option, "--pictures=%s", folder);
    struct outcome o = diff(w, "mini.en.pdf", option);
    assert_int_equal(o.code, 1);
    assert_string_equal(o.err, "");
    outcome_drop(&o);
    static const char *const names[] = { "mini.en.001.old.png", "mini.en.001.new.png" };
    for (size_t i = 0; i < 2; i++) {
        size_t length;
        char *path = text_join(folder, names[i]), *bytes = file_content(path, &length);
        assert_true(length > 1000);
        assert_memory_equal(bytes, "\x89PNG", 4);
        free(bytes);
        free(path);
    }
    o = program_run((const char *const[]){ "/usr/bin/env", "PATH=/nowhere", program_mujaz(), "diff", option, old, now, NULL },
                    NULL);
    assert_int_equal(o.code, 2);
    assert_line(o.err, "error: [picture] its pages cannot be drawn: there is no pdftoppm; install poppler-utils");
    outcome_drop(&o);
    free(option);
    free(folder);
    free(old);
    free(now);
}

static void what_cannot_be_read_is_trouble(void **state)
{
    struct workspace *w = *state;
    build(w, w->old);
    assert_int_equal(mkdir(w->now, 0700), 0);
    char *broken = text_join(w->now, "mini.en.pdf");
    file_write(broken, "no PDF", 6);
    struct outcome o = diff(w, "mini.en.pdf", NULL);
    assert_int_equal(o.code, 2);
    assert_string_equal(o.out, "");
    assert_line(o.err, "now/mini.en.pdf: error: [pdf-unreadable] ");
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "diff", w->old, broken, NULL }, NULL);
    assert_int_equal(o.code, 2);
    assert_line(o.err, "a run cannot be compared with a file");
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "diff", broken, NULL }, NULL);
    assert_int_equal(o.code, 2);
    assert_line(o.err, "diff takes two PDFs");
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "diff", w->old, w->now, NULL }, NULL);
    assert_int_equal(o.code, 2); /* folders without a manifest */
    outcome_drop(&o);
    free(broken);
}

/* A damaged file is refused or read as far as it goes: nothing crashes. */
static void damaged_files_are_read_without_harm(void **state)
{
    struct workspace *w = *state;
    unsigned seed = 4711;
    build(w, w->old);
    char *path = text_join(w->old, "mini.pdf");
    size_t length, read = 0;
    char *bytes = file_content(path, &length);
    for (int round = 0; round < 400; round++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new();
        char *damaged = malloc(length);
        memcpy(damaged, bytes, length);
        for (int i = 0; i < 1 + round % 8; i++)
            damaged[(size_t)rand_r(&seed) % length] = (char)(rand_r(&seed) % 256);
        size_t cut = round % 5 == 0 ? (size_t)rand_r(&seed) % length : length;
        read += contents_read("damaged.pdf", damaged, cut, arena, diags) != NULL;
        free(damaged);
        diags_drop(diags);
        arena_drop(arena);
    }
    assert_true(read > 40);
    free(bytes);
    free(path);
}

/* --- runs --- */

static struct outcome nightly(const struct workspace *w)
{
    return program_run((const char *const[]){ program_mujaz(), "nightly", "-C", w->folder, "-o", w->now, "--jobs=1", NULL },
                       NULL);
}

static char *current(const struct workspace *w)
{
    char *link = text_join(w->now, "current"), target[256];
    ssize_t length = readlink(link, target, sizeof target - 1);
    assert_true(length > 0);
    target[length] = '\0';
    free(link);
    return text_join(w->now, target);
}

static void copy_report(const struct workspace *w, const char *name)
{
    char *folder = text_join(w->folder, name);
    assert_int_equal(mkdir(folder, 0700), 0);
    static const char *const files[] = { "report.yaml", "en.md", "ar.md" };
    for (size_t i = 0; i < 3; i++) {
        char *from = text_join("tests/data/cli/reports/mini", files[i]), *to = text_join(folder, files[i]);
        size_t length;
        char *content = file_content(from, &length);
        file_write(to, content, length);
        free(content);
        free(from);
        free(to);
    }
    free(folder);
}

static void runs_tell_what_is_new_gone_changed_and_stale(void **state)
{
    struct workspace *w = *state;
    copy_report(w, "reports/second");
    copy_report(w, "reports/third");
    struct outcome o = nightly(w);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    char *first = current(w), *link = text_join(w->now, "current"), *third = text_join(w->folder, "reports/third");
    o = program_run((const char *const[]){ program_mujaz(), "diff", first, link, NULL }, NULL);
    assert_int_equal(o.code, 0);
    assert_line(o.out, "the same reports\n");
    outcome_drop(&o);
    edit(w, "reports/mini/en.md", "First point", "Other point");
    edit(w, "reports/second/en.md", "{seats}", "{seatz}");
    tree_remove(third);
    copy_report(w, "reports/fourth");
    o = nightly(w);
    assert_int_equal(o.code, 1);
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "diff", first, link, NULL }, NULL);
    assert_int_equal(o.code, 1);
    assert_string_equal(o.err, "");
    assert_line(o.out, "report mini: changed\n");
    assert_line(o.out, "  en, page 1, item: • [-First-]{+Other+} point\n");
    assert_line(o.out, "report second: the same files, stale since ");
    assert_line(o.out, "report third: gone\n");
    assert_line(o.out, "report fourth: new\n");
    assert_null(strstr(strstr(o.out, "[-First-]") + 1, "[-First-]")); /* told once, not of each edition */
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "diff", "--format=json", first, link, NULL }, NULL);
    assert_line(o.out, "\"new_state\": \"stale\"");
    outcome_drop(&o);
    free(first);
    free(link);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_text_built_twice_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(figures_are_told_with_the_rows_behind_them, set_up, tear_down),
        cmocka_unit_test(no_control_characters_reach_the_terminal),
        cmocka_unit_test_setup_teardown(a_figure_can_be_new_or_gone_and_a_row_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_are_marked_in_both_languages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_ledger_figures_are_not_compared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_layout_has_the_same_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_that_look_different_are_those_that_are_drawn_differently, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_put_in_is_new_and_the_others_are_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pictures_of_the_pages_are_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_trouble, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_files_are_read_without_harm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(runs_tell_what_is_new_gone_changed_and_stale, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
