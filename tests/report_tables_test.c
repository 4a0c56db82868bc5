/*
 * Tables of a definition: groups and sums from the values behind what is printed; and one thing wrong at a time, with
 * exactly what is said of it.
 */
#include "report/report.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program.h"

#define YAML "reports/roll/report.yaml"

/* ---- sums ---- */

static const struct doc_table *table_of(const struct doc *doc, const char *id)
{
    for (const struct block *b = doc->blocks; b; b = b->next)
        if (b->table && b->table->id && strcmp(b->table->id, id) == 0)
            return b->table;
    return NULL;
}

/* The text of a cell without its isolates. */
static const char *cell(const struct doc_table *table, enum lang lang, size_t row, size_t column)
{
    static char text[64];
    const struct rich_text rich = doc_table_cell(table, lang, row, column);
    size_t n = 0;

    for (uint32_t i = 0; i < rich.length && n + 1 < sizeof text; i++) {
        if ((unsigned char)rich.utf8[i] == 0xE2 && (unsigned char)rich.utf8[i + 1] == 0x81) {
            i += 2;
            continue;
        }
        text[n++] = rich.utf8[i];
    }
    text[n] = '\0';
    return text;
}

struct sum_case {
    size_t row;
    enum doc_row_kind kind;
    const char *label, *seats, *cost;
};

/* Twelve rows of Baghdad, three of Basra, 22 of Nineveh, one of Anbar, which needs no sum of its own. */
static void test_sums(void **state)
{
    static const struct sum_case sums[] = {
        { 12, DOC_ROW_SUBTOTAL, "Subtotal", "1,150", "2,986.25" },
        { 16, DOC_ROW_SUBTOTAL, "Subtotal", "192", "307.25" },
        { 39, DOC_ROW_SUBTOTAL, "Subtotal", "2,005", "5,672.5" },
        { 41, DOC_ROW_TOTAL, "All provinces", "3,487", "8,966" },
    };
    struct diags *diags = diags_new();
    struct doc *doc = report_build("tests/data/report/tables", "roll", NULL, NULL, diags);
    const struct doc_table *table;

    (void)state;
    assert_non_null(doc);
    table = table_of(doc, "roll");
    assert_int_equal(table->row_count, 42);
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        const struct sum_case *sum = &sums[i];

        assert_int_equal(doc_table_kind(table, sum->row), sum->kind);
        assert_string_equal(cell(table, LANG_EN, sum->row, 0), sum->label);
        assert_string_equal(cell(table, LANG_EN, sum->row, 1), "");
        assert_string_equal(cell(table, LANG_EN, sum->row, 2), sum->seats);
        assert_string_equal(cell(table, LANG_EN, sum->row, 3), sum->cost);
        assert_string_equal(cell(table, LANG_EN, sum->row, 4), "");
    }
    assert_string_equal(cell(table, LANG_AR, 12, 0), "المجموع الفرعي");
    assert_string_equal(cell(table, LANG_AR, 12, 2), "١٬١٥٠");
    assert_int_equal(table->label_columns[DOC_ROW_SUBTOTAL], 2);
    doc_drop(doc);
    diags_drop(diags);
}

/* Rows of a group are those that print the same in both languages, sums never among them. */
static void test_groups(void **state)
{
    struct diags *diags = diags_new();
    struct doc *doc = report_build("tests/data/report/tables", "roll", NULL, NULL, diags);
    const struct doc_table *table = table_of(doc, "roll");

    (void)state;
    assert_true(doc_table_same_group(table, 0, 11, 0));
    assert_false(doc_table_same_group(table, 11, 12, 0));
    assert_false(doc_table_same_group(table, 11, 13, 0));
    assert_false(doc_table_same_group(table, 0, 1, 1)); /* no column that groups */
    doc_drop(doc);
    diags_drop(diags);
}

/* ---- what is wrong ---- */

struct broken {
    const char *file, *old, *new;
    const char *expected; /* without the workspace's folder */
};

#define TOTAL "columns: [seats, cost]\n    note"
static const struct broken broken[] = {
    { YAML, TOTAL, "columns: [seats, cots]\n    note",
      YAML ":23:24: error: [column-unknown] the table has no column 'cots'; did you mean 'cost'?\n" },
    { YAML, TOTAL, "columns: [seats, said_en]\n    note",
      YAML ":23:24: error: [column-type] column 'said_en' cannot be added up: row 1 holds a text; sum columns of "
           "numbers\n" },
    { YAML, TOTAL, "columns: [seats, share]\n    note",
      YAML ":23:24: error: [definition-value] column 'share' is a share, and shares are not added up; sum what they "
           "are shares of\n" },
    { YAML, TOTAL, "columns: [province_en]\n    note",
      YAML ":23:17: error: [definition-value] the first column is summed, where the row's label stands; put another "
           "column first\n"
      YAML ":23:17: error: [column-type] column 'province_en' cannot be added up: row 1 holds a text; sum columns of "
           "numbers\n" },
    { YAML, TOTAL, "columns: []\n    note",
      YAML ":23:16: error: [definition-value] 'columns' is empty; write a list of the table's fields\n" },
    { YAML, TOTAL, "column: [seats]\n    note",
      YAML ":22:7: error: [key-missing] 'columns' is missing; write a list of the table's fields\n"
      YAML ":23:7: error: [key-unknown] unknown key 'column' in total; did you mean 'columns'?\n" },
    { YAML, "ar: المحافظة}, group: true}\n      - {field: {en: list_en, ar: list_ar}, title: {en: List, ar: القائمة}}",
      "ar: المحافظة}}\n      - {field: {en: list_en, ar: list_ar}, title: {en: List, ar: القائمة}, group: true}",
      YAML ":13:22: error: [definition-value] column 'list_en' groups rows behind one that does not; put the columns "
           "with group first\n" },
    { YAML, "ar: المحافظة}, group: true}", "ar: المحافظة}}",
      YAML ":19:7: error: [definition-value] a subtotal needs groups; write group: true on the first column, or total "
           "for one row of sums\n" },
    { YAML, "en: province_en, ar: province_ar}, title", "en: province, ar: province_ar}, title",
      YAML ":12:22: error: [column-unknown] the statement gives no column 'province'; select it, or name one that it "
           "gives: id, province_en, province_ar, list_en, list_ar, seats, cost, share, said_en, said_ar\n" },
    { YAML, "group: true}", "group: perhaps}",
      YAML ":12:97: error: [value-kind] 'group' is 'perhaps'; write true or false\n"
      YAML ":19:7: error: [definition-value] a subtotal needs groups; write group: true on the first column, or total "
           "for one row of sums\n" },
    { YAML, "group: true, width: 1}", "group: true, width: 0}",
      YAML ":29:110: error: [definition-value] 0 is no value of 'width'; write a number above 0, or leave it out\n" },
    { YAML, "  narrow:\n", "  narrow:\n    parallel: once\n",
      YAML ":27:15: error: [definition-value] 'once' is no value of 'parallel'; did you mean 'one'?\n" },
    { YAML, "SELECT * FROM roll ORDER BY id", "SELECT * FROM roll ORDER BY list_en, id",
      YAML ":12:22: warning: [group-split] row 7 takes up a group that has its subtotal already; ORDER BY "
           "'province_en' first\n" },
    { YAML, "SELECT * FROM roll ORDER BY id",
      "SELECT province_en, province_ar, list_en, list_ar, 900000000000000000 AS seats, cost, share, said_en, said_ar "
      "FROM roll ORDER BY id",
      YAML ":20:17: error: [column-type] the sum of column 'seats' needs more than 18 digits at row 2; leave it out\n" },
};

static char *said_of(const struct broken *one)
{
    char *folder = tree_new(), *path, *prefix, *found;
    struct diags *diags = diags_new();
    struct doc *doc;
    struct buf out;

    tree_copy("tests/data/report/tables/datasets", folder);
    tree_copy("tests/data/report/tables/layouts", folder);
    tree_copy("tests/data/report/tables/reports", folder);
    path = text_join(folder, one->file);
    file_replace(path, one->old, one->new);
    doc = report_build(folder, "roll", NULL, NULL, diags);
    assert_int_equal(doc != NULL, diags_errors(diags) == 0);
    doc_drop(doc);
    buf_init(&out);
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &out);
    prefix = text_join(folder, "");
    while ((found = strstr(out.data, prefix)))
        memmove(found, found + strlen(prefix), strlen(found + strlen(prefix)) + 1);
    tree_remove(folder);
    diags_drop(diags);
    free(prefix);
    free(path);
    return out.data;
}

static void test_broken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        char *said = said_of(&broken[i]);

        assert_string_equal(said, broken[i].expected);
        free(said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_broken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
