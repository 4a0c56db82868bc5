/* Several reports as one file: pages numbered through, one contents list, names that do not clash, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "support/lines.h"
#include "support/workspace.h"

static const char yaml[] = "title: {en: All of it, ar: كل شيء}\n"
                           "as_of: 2024-04-03\n"
                           "layout: briefing-a4\n"
                           "editions: [parallel, en, ar]\n"
                           "packet: [sample, again]\n";
static const char en[] = "## Foreword {#foreword}\n\nTwo reports follow.\n\n![Contents](contents:)\n";
static const char ar[] = "## تمهيد {#foreword}\n\nيليه تقريران.\n\n![المحتويات](contents:)\n";

static void write_in(const char *folder, const char *name, const char *content)
{
    char *path = text_join(folder, name);
    file_write(path, content, strlen(content));
    free(path);
}

/* The same report twice, but for the title: every name in it comes twice. */
#define AGAIN "reports/again/report.yaml"

static int set_up(void **state)
{
    struct workspace *w = *state = workspace_open("tests/data/report/good");
    const char *packet = workspace_path(w, "reports/all");
    struct outcome o = program_run((const char *const[]){ "cp", "-R", workspace_path(w, "reports/sample"),
                                                          workspace_path(w, "reports/again"), NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    file_replace(workspace_path(w, AGAIN), "\"Councils", "\"Again councils");
    assert_int_equal(mkdir(packet, 0700), 0);
    write_in(packet, "report.yaml", yaml);
    write_in(packet, "en.md", en);
    write_in(packet, "ar.md", ar);
    return 0;
}

static struct outcome run(const struct workspace *w, const char *command)
{
    return program_run((const char *const[]){ program_mujaz(), command, "-C", w->folder, "-o", w->out, "all", NULL }, NULL);
}

static void build(const struct workspace *w)
{
    struct outcome o = run(w, "build");
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
}

static char *ask(const struct workspace *w, const char *program, const char *option, const char *file, const char *more)
{
    char *path = text_join(w->out, file);
    struct outcome o = program_run((const char *const[]){ program, option, path, more, NULL }, NULL);
    assert_int_equal(o.code, 0);
    free(o.err);
    free(path);
    return o.out;
}

static void assert_holds(const char *text, const char *piece)
{
    if (!strstr(text, piece))
        fail_msg("'%s' is not in '%s'", piece, text);
}

static size_t pages_of(const char *text)
{
    size_t pages = 0;
    for (const char *p = text; (p = strchr(p, '\f')); p++)
        pages++;
    return pages;
}

/* The first page that begins with the words: that of the part; pages count from 1. */
static size_t page_beginning(const char *text, size_t pages, const char *words)
{
    for (size_t i = 0; i < pages; i++) {
        char *page = lines_page(text, i);
        bool here = strncmp(page + strspn(page, " \n"), words, strlen(words)) == 0;
        free(page);
        if (here)
            return i + 1;
    }
    fail_msg("no page begins with '%s'", words);
    return 0;
}

static void pages_run_through_and_the_contents_have_them(void **state)
{
    struct workspace *w = *state;
    build(w);
    char *text = ask(w, "pdftotext", "-layout", "all.en.pdf", "-");
    size_t pages = pages_of(text);
    assert_true(pages >= 3);
    for (size_t i = 0; i < pages; i++) {
        char want[64], *page = lines_page(text, i);
        snprintf(want, sizeof want, "Page %zu of %zu", i + 1, pages);
        assert_holds(page, want);
        free(page);
    }
    char *first = lines_page(text, 0);
    const char *list = strstr(first, "Contents");
    assert_non_null(list);
    char *title = ask(w, "mutool", "show", "all.en.pdf", "outline");
    assert_holds(title, "\"All of it\"");
    assert_holds(title, "\"Again ");
    const char *entry = strstr(list, "\nAgain ");
    assert_non_null(entry);
    const char *number = entry + 1 + strcspn(entry + 1, "0123456789");
    size_t page = strtoul(number, NULL, 10);
    assert_int_equal(page, page_beginning(text, pages, "Again "));
    assert_true(page > 2);
    free(first);
    free(title);
    free(text);
}

static void names_of_two_reports_do_not_clash(void **state)
{
    struct workspace *w = *state;
    static const char *const files[] = { "all.pdf", "all.en.pdf", "all.ar.pdf" };
    build(w); /* which tests that IDs and destinations are unique, and that each link leads somewhere */
    for (size_t i = 0; i < 3; i++) {
        char *list = ask(w, "pdfdetach", "-list", files[i], NULL);
        assert_holds(list, "again.chart.seats.csv");
        assert_holds(list, "sample.chart.seats.csv");
        assert_holds(list, "sample.report.yaml");
        assert_holds(list, ": report.yaml");
        assert_holds(list, "facts.lists.csv");
        assert_null(strstr(list, "2.facts"));
        free(list);
        char *json = ask(w, "qpdf", "--json", files[i], NULL);
        assert_holds(json, "\"u:sample/title\"");
        assert_holds(json, "\"u:again/title\"");
        free(json);
        free(ask(w, "qpdf", "--check", files[i], NULL));
    }
    char *path = text_join(w->out, "all.en.ledger.json");
    size_t length;
    char *ledger = file_content(path, &length);
    assert_holds(ledger, "\"following\": [");
    assert_holds(ledger, "\"report\": \"again\"");
    free(ledger);
    free(path);
}

/* Elements that have a file of their own: figures with their charts' data. */
static size_t figures_with_data(const struct workspace *w, const char *file)
{
    char *json = ask(w, "qpdf", "--json", file, NULL);
    size_t count = 0;
    for (const char *p = json; (p = strstr(p, "\"/AF\":")); p++)
        count++;
    free(json);
    return count - 1; /* the catalogue's */
}

static void each_chart_has_its_own_data(void **state)
{
    struct workspace *w = *state;
    build(w);
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", w->out, "sample", NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    size_t alone = figures_with_data(w, "sample.en.pdf");
    assert_true(alone >= 3);
    assert_int_equal(figures_with_data(w, "all.en.pdf"), 2 * alone);
}

static const struct wrong {
    const char *file, *old, *new, *said;
} wrongs[] = {
    { "all", "sample, again", "sample, agian", "report.yaml:5:18: error: [packet-report] the report 'agian' cannot stand in "
                                               "this packet: there is no such folder" },
    { "all", "sample, again", "sample, all", "it is the packet itself" },
    { "all", "sample, again", "sample, sample", "the report 'sample' is named twice" },
    { "all", "editions: [parallel, en, ar]", "editions: [sequential]",
      "report.yaml:5:9: error: [packet-report] a packet of reports has no edition 'sequential'" },
    { "all", "packet:", "burst: {data: SELECT 'a' AS key, key: key}\npacket:", "leave out 'packet' or 'burst'" },
    { "all", "layout: briefing-a4", "layout: booklet-a5",
      "its layout 'briefing-a4' has pages of 210.0 by 297.0 mm, that of this report, 'booklet-a5', of 148.0 by 210.0 mm" },
    { "again", "datasets:", "packet: [sample]\ndatasets:", "the report 'again' cannot stand in this packet: it is a packet "
                                                           "itself" },
    { "again", "datasets:", "burst: {data: SELECT 'a' AS key, key: key, common: []}\ndatasets:", "[burst-common]" },
    { "again", "[parallel, en, ar]", "[parallel, en]", "it has no edition 'ar'" },
};

static void what_cannot_stand_together_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        void *own;
        set_up(&own);
        struct workspace *w = own;
        char *folder = text_join(w->folder, "reports"), *report = text_join(folder, wrongs[i].file);
        char *definition = text_join(report, "report.yaml");
        file_replace(definition, wrongs[i].old, wrongs[i].new);
        struct outcome o = run(w, "build");
        assert_int_equal(o.code, 1);
        assert_holds(o.err, wrongs[i].said);
        outcome_drop(&o);
        assert_false(file_is_there(w->out));
        free(definition);
        free(report);
        free(folder);
        workspace_close(&own);
    }
}

/* A packet is made again when a report in it changes. */
static void the_key_is_of_all_its_reports(void **state)
{
    struct workspace *w = *state;
    static const char *const lines[] = { "all: made, 9 files", "all: unchanged, 9 files", "all: made, 9 files" };
    for (size_t i = 0; i < 3; i++) {
        if (i == 2)
            file_replace(workspace_path(w, AGAIN), "Again ", "Anew, ");
        struct outcome o = run(w, "nightly");
        assert_int_equal(o.code, 0);
        assert_holds(o.out, lines[i]);
        outcome_drop(&o);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, workspace_close)
    const struct CMUnitTest tests[] = {
        TEST(pages_run_through_and_the_contents_have_them),
        TEST(names_of_two_reports_do_not_clash),
        TEST(each_chart_has_its_own_data),
        cmocka_unit_test(what_cannot_stand_together_is_refused),
        TEST(the_key_is_of_all_its_reports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
