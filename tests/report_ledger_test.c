/* The ledger of a report as report_build makes it: what is counted, kept, placed and noted. */
#include "report/ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "report/report.h"
#include "support/program.h"
#include "support/said.h"

#define YAML "reports/mini/report.yaml"
#define CSV "datasets/lists/council-lists.csv"

static int set_up(void **state)
{
    char *folder = workspace_new("tests/data/cli");
    *state = folder;
    return 0;
}

static int tear_down(void **state)
{
    tree_remove(*state);
    return 0;
}

static void change(const char *folder, const char *file, const char *old, const char *new)
{
    char *path = text_join(folder, file);
    file_replace(path, old, new);
    free(path);
}

static struct doc *build(const char *folder)
{
    struct diags *diags = diags_new();
    struct doc *doc = report_build(folder, "mini", NULL, NULL, diags);

    assert_said(diags, folder, "");
    assert_non_null(doc);
    assert_non_null(doc->ledger);
    return doc;
}

static const struct ledger_entry *find(const struct doc *doc, const char *name)
{
    struct diags *diags = diags_new();
    const struct ledger_entry *entry = ledger_find(doc->ledger, name, diags);

    assert_non_null(entry);
    assert_int_equal(diags_count(diags), 0);
    diags_drop(diags);
    return entry;
}

static void assert_place(const struct doc *doc, struct place at, const char *file, uint32_t line)
{
    assert_string_equal(ledger_path(doc->ledger, at.file), file);
    assert_int_equal(at.line, line);
}

static void an_entry_holds_its_rows(void **state)
{
    struct doc *doc = build(*state);
    const struct ledger_entry *seats = find(doc, "seats");

    assert_int_equal(doc->ledger->entry_count, 4);
    assert_int_equal(seats->kind, LEDGER_FIGURE);
    assert_string_equal(seats->sql, "SELECT sum(seats) FROM council_lists");
    assert_place(doc, seats->at, YAML, 10);
    assert_int_equal(seats->parameter_count, 0);
    assert_int_equal(seats->row_count, 3);
    assert_int_equal(seats->listed, 3);
    assert_int_equal(seats->share_count, 1);
    assert_int_equal(seats->shares[0].count, 3);
    assert_string_equal(seats->shares[0].table->name, "council_lists");
    assert_int_equal(seats->shares[0].table->source_count, 1);
    assert_string_equal(seats->shares[0].table->sources[0].title, "Made up for the tests");
    assert_int_equal(seats->shares[0].table->column_count, 5);
    assert_string_equal(seats->shares[0].table->columns[3], "seats");
    assert_place(doc, seats->rows[2]->at, CSV, 4);
    assert_int_equal(ledger_value(seats->rows[2], 3).num.coefficient, 23);
    assert_string_equal(ledger_value(seats->rows[2], 2).text, "الشرق");
    assert_int_equal(ledger_value(seats->rows[2], 4).type, VALUE_NULL);
    assert_ptr_equal(find(doc, "largest")->rows[0], seats->rows[0]); /* a row is held once */
    doc_drop(doc);
}

static void tables_and_datasets_are_in_it(void **state)
{
    struct doc *doc = build(*state);
    const struct ledger_entry *lists = find(doc, "table:lists");
    const struct ledger_dataset *set = &doc->ledger->datasets[0];

    assert_int_equal(lists->kind, LEDGER_TABLE);
    assert_int_equal(lists->result_rows, 3);
    assert_null(lists->figure);
    assert_int_equal(lists->use_count, 2);
    assert_place(doc, lists->uses[0].at, "reports/mini/en.md", 7);
    assert_int_equal(doc->ledger->dataset_count, 1);
    assert_string_equal(set->name, "lists");
    assert_string_equal(set->title[LANG_AR], "Lists and their seats");
    assert_int_equal(set->file_count, 2);
    assert_string_equal(ledger_path(doc->ledger, set->files[1].path), CSV);
    assert_string_equal(set->files[1].sha256, "77d12517e168bb824fb95168d561dc0ec7f61595180bef8694982c8c6fd6b967");
    assert_int_equal(set->license_count, 1);
    assert_string_equal(set->licenses[0].name, "CC0-1.0");
    doc_drop(doc);
}

static void so_many_rows_are_kept_and_all_are_counted(void **state)
{
    struct buf rows;
    struct doc *doc;
    const struct ledger_entry *seats;

    buf_init(&rows);
    buf_add_string(&rows, "id,name_en,name_ar,seats,day\n");
    for (int i = 0; i < LEDGER_ROWS + 5; i++)
        buf_printf(&rows, "list-%d,\"a\nb\",ل,1,\n", i);
    change(*state, CSV, "id,name_en,name_ar,seats,day\n", rows.data);
    buf_drop(&rows);
    doc = build(*state);
    seats = find(doc, "seats");
    assert_int_equal(seats->row_count, LEDGER_ROWS + 8);
    assert_int_equal(seats->listed, LEDGER_ROWS);
    assert_int_equal(seats->shares[0].count, LEDGER_ROWS + 8);
    assert_place(doc, seats->rows[0]->at, CSV, 2);
    assert_place(doc, seats->rows[1]->at, CSV, 4); /* where the record begins */
    assert_place(doc, seats->rows[LEDGER_ROWS - 1]->at, CSV, 2 * LEDGER_ROWS);
    assert_string_equal(seats->rows[LEDGER_ROWS - 1]->cells[0].text, "list-999");
    doc_drop(doc);
}

/* Only a parameter that the statement names; not one in a text, a name or a comment. */
static void parameters_are_those_that_are_named(void **state)
{
    static const struct {
        const char *statement;
        size_t named;
    } all[] = {
        { "SELECT sum(seats) FROM council_lists WHERE day <= :as_of OR day IS NULL", 1 },
        { "SELECT sum(seats) FROM council_lists WHERE id <> ':as_of'", 0 },
        { "SELECT sum(seats) FROM council_lists WHERE id <> 'it''s :as_of'", 0 },
        { "SELECT sum(seats) FROM council_lists AS \":as_of\"", 0 },
        { "SELECT sum(seats) /* :as_of */ FROM council_lists -- :as_of", 0 },
        { "SELECT sum(seats) /* - */ FROM council_lists -- x\\n WHERE :as_of", 1 },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const struct ledger_entry *seats;
        struct doc *doc;
        void *folder;
        char yaml[256];

        set_up(&folder);
        snprintf(yaml, sizeof yaml, "seats: \"%s\"\n", all[i].statement);
        for (char *quote = yaml + 8; (quote = strstr(quote, "\":as_of\""));) { /* inside a quoted scalar */
            memmove(quote + 10, quote + 8, strlen(quote + 8) + 1);
            memcpy(quote, "\\\":as_of\\\"", 10);
            quote += 10;
        }
        change(folder, YAML, "seats: SELECT sum(seats) FROM council_lists\n", yaml);
        doc = build(folder);
        seats = find(doc, "seats");
        assert_int_equal(seats->parameter_count, all[i].named);
        if (all[i].named) {
            assert_string_equal(seats->parameters[0].name, "as_of");
            assert_string_equal(seats->parameters[0].value.text, "2024-04-03");
        }
        doc_drop(doc);
        tear_down(&folder);
    }
    (void)state;
}

/* Each way in which it is printed, once; where, in order; and where it only chooses words. */
static void uses_are_noted(void **state)
{
    struct doc *doc;
    const struct ledger_entry *share, *seats;

    change(*state, "reports/mini/en.md", "First point",
           "{share, number, percent} {share, number, percent1} {seats, plural, one {list} other {lists}}");
    change(*state, "reports/mini/ar.md", "النقطة الأولى",
           "{share, number, percent} {share, number, percent1} "
           "{seats, plural, zero {قوائم} one {قوائم} two {قوائم} few {قوائم} many {قوائم} other {قوائم}}");
    doc = build(*state);
    share = find(doc, "share");
    assert_int_equal(share->printed_count[LANG_EN], 2);
    assert_string_equal(share->printed[LANG_EN][0], "42.6%");
    assert_string_equal(share->printed[LANG_EN][1], "43%");
    assert_int_equal(share->printed_count[LANG_AR], 2);
    assert_int_equal(share->use_count, 6);
    assert_place(doc, share->uses[0].at, "reports/mini/en.md", 5);
    assert_place(doc, share->uses[1].at, "reports/mini/en.md", 9);
    assert_int_equal(share->uses[1].at.col, 3);
    assert_string_equal(share->uses[1].printed, "43%");
    assert_int_equal(share->uses[2].at.col, 28);
    assert_int_equal(share->uses[3].lang, LANG_AR);
    seats = find(doc, "seats");
    assert_int_equal(seats->use_count, 4);
    assert_int_equal(seats->printed_count[LANG_EN], 1);
    assert_null(seats->uses[1].printed);
    doc_drop(doc);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_entry_holds_its_rows),
        TEST(tables_and_datasets_are_in_it),
        TEST(so_many_rows_are_kept_and_all_are_counted),
        cmocka_unit_test(parameters_are_those_that_are_named),
        TEST(uses_are_noted),
    };
    return cmocka_run_group_tests_name("report ledger", tests, NULL, NULL);
}
