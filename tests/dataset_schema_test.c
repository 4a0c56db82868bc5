/* Datasets: datapackage.json, every kind of wrong cell with its place, headers, keys. */
#include "dataset/dataset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/program.h"
#include "support/said.h"

static char *folder;
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    folder = tree_new();
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    tree_remove(folder);
    arena_drop(arena);
    return 0;
}

static void put_bytes(const char *name, const char *text, size_t length)
{
    file_write(arena_printf(arena, "%s/%s", folder, name), text, length);
}

static void put(const char *name, const char *text)
{
    put_bytes(name, text, strlen(text));
}

/* A package of one resource 't' in t.csv with these fields, and more members of the schema ("" for none). */
static void put_package(const char *fields, const char *more)
{
    put("datapackage.json", arena_printf(arena, "{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":{\n"
                                         "\"fields\":[\n%s]%s}}]}", fields, more));
}

static void loads(const char *messages)
{
    struct diags *diags = diags_new();
    struct dataset *set = dataset_load(folder, NULL, diags);
    assert_int_equal(set != NULL, diags_errors(diags) == 0);
    dataset_drop(set);
    assert_said(diags, folder, messages);
}

/* Two text fields a and b, and this file. */
static void loads_csv(const char *csv, const char *messages)
{
    put_package("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}", "");
    put("t.csv", csv);
    loads(messages);
}

static void assert_cell(const struct relation *relation, size_t row, const char *column, enum value_type type,
                        const char *want)
{
    struct value value = relation_value(relation, row, relation_find(relation, column));
    struct buf text;
    buf_init(&text);
    assert_int_equal(value.type, type);
    if (type == VALUE_TEXT || type == VALUE_DATE)
        buf_add_string(&text, value.text);
    else if (type != VALUE_NULL)
        num_format(value.num, &text);
    assert_string_equal(text.data, want);
    buf_drop(&text);
}

static void a_good_dataset_is_read_with_types_and_places(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    struct dataset *set = dataset_load("tests/data/dataset/good", NULL, diags);
    assert_said(diags, NULL, "");
    assert_non_null(set);
    assert_string_equal(dataset_name(set), "good");
    assert_string_equal(dataset_title(set, LANG_AR), "المجالس");
    assert_int_equal(dataset_sources(set), 2);
    assert_string_equal(dataset_source(set, 0)->path, "https://example.org/lists");
    assert_null(dataset_source(set, 1)->path);
    assert_int_equal(dataset_relations(set), 2);

    const struct relation *lists = dataset_relation(set, 0);
    assert_string_equal(relation_name(lists), "council_lists");
    assert_int_equal(relation_rows(lists), 3);
    assert_int_equal(relation_columns(lists), 8 + 2); /* with day_month and day_year */
    assert_string_equal(relation_column(lists, 1)->title[LANG_AR], "الاسم");
    assert_string_equal(relation_column(lists, 2)->title[LANG_AR], "Seats");
    assert_null(relation_column(lists, 0)->title[LANG_EN]);
    assert_int_equal(relation_find(lists, "none"), SIZE_MAX);
    assert_cell(lists, 0, "name", VALUE_TEXT, "Badr, and\nothers");
    assert_cell(lists, 0, "seats", VALUE_INTEGER, "43");
    assert_cell(lists, 0, "share", VALUE_NUMBER, "0.15");
    assert_cell(lists, 0, "ours", VALUE_BOOLEAN, "1");
    assert_cell(lists, 1, "seats", VALUE_INTEGER, "35");
    assert_cell(lists, 1, "share", VALUE_NUMBER, "0.12");
    assert_cell(lists, 1, "day", VALUE_DATE, "2024-02-29");
    assert_cell(lists, 1, "year", VALUE_INTEGER, "2024");
    assert_cell(lists, 1, "rest", VALUE_NULL, "");
    assert_cell(lists, 2, "share", VALUE_NULL, "");
    assert_cell(lists, 2, "rest", VALUE_TEXT, "say \"so\"");
    assert_cell(lists, 1, "day_month", VALUE_TEXT, "2024-02");
    assert_cell(lists, 1, "day_year", VALUE_INTEGER, "2024");
    assert_false(relation_is_hidden(lists, 7));
    assert_true(relation_is_hidden(lists, 8));
    const struct relation_cell cell = { .row = 1, .column = 2 };
    struct place at;
    assert_true(relation_places(lists, &cell, 1, &at, diags));
    assert_string_equal(at.file, "tests/data/dataset/good/council-lists.csv");
    assert_int_equal(at.line, 4);
    assert_int_equal(at.col, 8);

    const struct relation *members = dataset_relation(set, 1);
    assert_int_equal(relation_rows(members), 3);
    assert_cell(members, 0, "person", VALUE_TEXT, "it's");
    dataset_drop(set);
}

static void every_wrong_cell_is_told(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    assert_null(dataset_load("tests/data/dataset/wrong", NULL, diags));
    assert_said(diags, "tests/data/dataset/wrong",
        "cells.csv:3:1: error: [cell-pattern] field 'id': 'B1' does not match; the pattern is [a-z]+\n"
        "cells.csv:3:4: error: [cell-range] field 'seats': '12' is above the maximum; write 9 or less\n"
        "cells.csv:3:7: error: [cell-enum] field 'share': '0.25' is not allowed; write one of 0.5, 1\n"
        "cells.csv:3:12: error: [cell-type] field 'ours': 'yes' cannot be read; write true or false, as the field's "
        "trueValues and falseValues write them\n"
        "cells.csv:3:16: error: [cell-type] field 'day': '2024-02-30' cannot be read; write a day as 2024-01-31\n"
        "cells.csv:3:27: error: [cell-length] field 'word': 'x' has 1 character; at least 2 are needed\n"
        "cells.csv:4:5: error: [cell-required] field 'seats' is empty; it is required: write a whole number of at most "
        "18 digits, as 1200\n"
        "cells.csv:4:12: error: [cell-type] field 'day': '31.01.2024' cannot be read; write a day as 2024-01-31\n"
        "cells.csv:4:23: error: [cell-length] field 'word': 'مجلس␊' has 5 characters; at most 3 are allowed\n"
        "cells.csv:6:3: error: [csv-ragged] the record has 2 cells; 6 are needed\n"
        "cells.csv:7:3: error: [cell-type] field 'seats': '1e3' cannot be read; write a whole number of at most 18 "
        "digits, as 1200\n"
        "cells.csv:7:7: error: [cell-type] field 'share': '1,5' cannot be read; write a number of at most 15 digits, "
        "as 12.5\n"
        "cells.csv:7:18: error: [cell-type] field 'day': '0000-01-01' cannot be read; write a day as 2024-01-31\n"
        "cells.csv:8:3: error: [cell-type] field 'seats': '1.5' cannot be read; write a whole number of at most 18 "
        "digits, as 1200\n"
        "cells.csv:8:18: error: [cell-type] field 'day': '2024-1-1' cannot be read; write a day as 2024-01-31\n"
        "cells.csv:4:1: error: [cell-unique] unique field 'id': 'a' is there twice, first in line 2; keep one\n"
        "cells.csv:8:1: error: [cell-unique] unique field 'id': 'd' is there twice, first in line 7; keep one\n");
}

static void required_and_long_cells(void **state)
{
    (void)state;
    put_package("{\"name\":\"a\",\"type\":\"string\",\"constraints\":{\"required\":true,\"maxLength\":3}},"
                "{\"name\":\"b\",\"type\":\"number\"}", "");
    put("t.csv", "a,b\n,1234567890.12345\n\"مجلس\n2\",1234567890.123456\n");
    loads("t.csv:2:1: error: [cell-required] field 'a' is empty; it is required: write a text\n"
          "t.csv:3:1: error: [cell-length] field 'a': 'مجلس␊2' has 6 characters; at most 3 are allowed\n"
          "t.csv:4:4: error: [cell-type] field 'b': '1234567890.123456' cannot be read; write a number of at most 15 "
          "digits, as 12.5\n");
}

static void headers_that_differ(void **state)
{
    (void)state;
    loads_csv("a,b\n1,2\n", "");
    loads_csv("a,B\n1,2\n", "");
    loads_csv("a,c\n1,2\n", "t.csv:1:3: error: [csv-header] column 2 is 'c'; the schema has 'b' here\n");
    loads_csv("b,a\n1,2\n", "t.csv:1:1: error: [csv-header] column 1 is 'b'; the schema has 'a' here: write "
                            "the columns in its order, or set fieldsMatch to \"equal\"\n"
                            "t.csv:1:3: error: [csv-header] column 2 is 'a'; the schema has 'b' here: write "
                            "the columns in its order, or set fieldsMatch to \"equal\"\n");
    loads_csv("a\n1\n", "t.csv:1:1: error: [csv-header] the column 'b' is missing; the schema has it as field 2\n");
    loads_csv("a,b,a,c\n1,2,3,4\n",
              "t.csv:1:5: error: [csv-duplicate] the column 'a' is there twice; give each its own name\n"
              "t.csv:1:7: error: [csv-header] the column 'c' is not in the schema, which has 2 fields; describe it or "
              "take it out\n");
}

static void files_that_hold_nothing(void **state)
{
    (void)state;
    loads_csv("", "t.csv:1:1: error: [csv-empty] the file is empty; a header and rows are needed\n");
    loads_csv("\n\n", "t.csv:1:1: error: [csv-empty] the file is empty; a header and rows are needed\n");
    loads_csv("a,b\n", "t.csv:1:1: error: [csv-no-rows] the file has a header and no rows; is it the whole file?\n");
    put_package("{\"name\":\"a\"}", "");
    remove(arena_printf(arena, "%s/t.csv", folder));
    loads("t.csv: error: [file-absent] there is no such file\n");
}

static void records_that_are_ragged(void **state)
{
    (void)state;
    loads_csv("a,b\n1\n1,2,3\n\"1,2\"\n",
              "t.csv:2:1: error: [csv-ragged] the record has 1 cell; 2 are needed\n"
              "t.csv:3:5: error: [csv-ragged] the record has 3 cells; 2 are needed\n"
              "t.csv:4:1: error: [csv-ragged] the whole record is one cell, with delimiters in it; take the quotes "
              "around it away, 2 cells are needed\n");
    loads_csv("a,b\n1,2\n1,\"2\n",
              "t.csv:3:3: error: [csv-quote] the quote that opens here is never closed; is the file cut off, or a "
              "quote missing?\n");
}

static void bytes_that_no_text_may_hold(void **state)
{
    (void)state;
    loads_csv("a,b\n1,\xE9t\xE9\n\xE2\x80\xAEx,\"\x1A\"\n\xC2\x85,2\n",
              "t.csv:2:3: error: [csv-encoding] field 'b': byte 0xE9 is not valid UTF-8; save as UTF-8, or declare the encoding\n"
              "t.csv:3:1: error: [csv-character] field 'a' holds the character U+202E; take it out\n"
              "t.csv:3:4: error: [csv-character] field 'b' holds the character U+001A; take it out\n"
              "t.csv:4:1: error: [csv-character] field 'a' holds the character U+0085; take it out\n");
    put_bytes("t.csv", "a,b\n1,x\0y\n", 10);
    loads("t.csv:2:3: error: [csv-nul] field 'b' holds a NUL byte; save the file as UTF-8 text\n");
    put_bytes("t.csv", "\xFF\xFE" "a\0,\0b\0", 8);
    loads("t.csv:1:1: error: [csv-encoding] the file is in UTF-16; save it as UTF-8, or declare "
          "\"encoding\": \"utf-16\"\n");
}

static void wrong_cells_are_listed_to_a_limit_and_counted(void **state)
{
    (void)state;
    struct buf csv;
    buf_init(&csv);
    buf_add_string(&csv, "a\n");
    for (int i = 0; i < 1200; i++)
        buf_add_string(&csv, "x\n");
    put_package("{\"name\":\"a\",\"type\":\"integer\"}", "");
    put("t.csv", csv.data);
    buf_drop(&csv);
    struct diags *diags = diags_new();
    assert_null(dataset_load(folder, NULL, diags));
    assert_int_equal(diags_count(diags), 1001);
    const struct diag *last = diags_get(diags, 1000);
    assert_int_equal(last->id, DIAG_CELLS_MORE);
    assert_string_equal(last->message,
                        "1200 errors in this file, of which the first 1000 are listed; --max-errors lists more");
    diags_drop(diags);
    diags = diags_new();
    assert_null(dataset_load(folder, &(struct dataset_options){ .max_errors = 3 }, diags));
    assert_int_equal(diags_count(diags), 4);
    assert_int_equal(diags_get(diags, 2)->at.line, 4);
    diags_drop(diags);
}

static void keys_within_a_package(void **state)
{
    (void)state;
    put("datapackage.json",
        "{\"resources\":[\n"
        "{\"name\":\"events\",\"path\":\"e.csv\",\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"number\"},"
        "{\"name\":\"kind\",\"type\":\"string\"}],\"primaryKey\":[\"id\",\"kind\"]}},\n"
        "{\"name\":\"counts\",\"path\":\"c.csv\",\"schema\":{\"fields\":[{\"name\":\"event\",\"type\":\"number\"},"
        "{\"name\":\"kind\",\"type\":\"string\"}],\n"
        "\"foreignKeys\":[{\"fields\":[\"event\",\"kind\"],\"reference\":{\"resource\":\"events\","
        "\"fields\":[\"id\",\"kind\"]}}]}}]}");
    put("e.csv", "id,kind\n1,a\n1,b\n1.0,a\n");
    put("c.csv", "event,kind\n1.00,b\n2,b\n,b\n");
    loads("e.csv:4:1: error: [cell-unique] primary key from 'id': '1/a' is there twice, first in line 2; keep one\n");
    put("e.csv", "id,kind\n1,a\n1,b\n");
    loads("c.csv:3:1: error: [cell-foreign] field 'event': '2/b' is in no row of 'events'; write a value of its field "
          "'id'\n");
    put("e.csv", "id,kind\n1,a\n,b\n");
    loads("e.csv:3:1: error: [cell-required] field 'id' is empty; it is required: write a number of at most 15 digits, "
          "as 12.5\n");
}

static void keys_that_name_what_is_not_there(void **state)
{
    (void)state;
    put("t.csv", "a\n1\n");
    put_package("{\"name\":\"a\"}", ",\n\"primaryKey\":[\"b\"]");
    loads("datapackage.json:4:16: error: [schema-field] primaryKey: there is no field 'b'; name one of the schema's\n");
    put_package(
        "{\"name\":\"a\"}",
        ",\n\"foreignKeys\":[{\"fields\":\"a\",\"reference\":{\"resource\":\"x\",\"fields\":\"a\"}}]");
    loads("datapackage.json:4:55: error: [package-value] there is no resource 'x'; name one of this package\n");
    put_package("{\"name\":\"a\"}", ",\n\"foreignKeys\":[{\"fields\":\"a\",\"reference\":{\"fields\":\"b\"}}]");
    loads("datapackage.json:4:53: error: [schema-field] there is no field 'b' in 't'; name one of its schema's\n");
    put_package("{\"name\":\"a\"}", ",\n\"foreignKeys\":[{\"fields\":\"a\",\"reference\":{\"fields\":[\"a\",\"a\"]}}]");
    loads("datapackage.json:4:52: error: [package-value] 1 fields refer to 2; name as many\n");
    put_package("{\"name\":\"a\"}", ",\n\"uniqueKeys\":[[\"a\",\"b\"]]");
    loads("datapackage.json:4:21: error: [schema-field] uniqueKeys: there is no field 'b'; name one of the schema's\n");
    put_package("{\"name\":\"a\"}", ",\n\"uniqueKeys\":[]");
    loads("datapackage.json:4:14: error: [package-value] 'uniqueKeys' is no list of keys; write [[\"a\", \"b\"], "
          "[\"c\"]]\n");
    put_package("{\"name\":\"a\"}", ",\n\"foreignKeys\":[{\"fields\":\"a\",\"reference\":{\"package\":\"https://x.org\","
                "\"resource\":\"r\",\"fields\":\"a\"}}]");
    loads("datapackage.json:4:54: error: [package-value] 'https://x.org' cannot name a dataset; write the name of a "
          "folder in datasets/\n");
    put_package("{\"name\":\"a\"}", ",\n\"foreignKeys\":[{\"fields\":\"a\",\"reference\":{\"package\":\"sources\",\"fields\":\"a\"}}]");
    loads("datapackage.json:4:42: error: [key-missing] the key 'resource' is missing; name a resource of the dataset "
          "'sources'\n");
}

static void keys_that_are_unique(void **state)
{
    (void)state;
    put_package("{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}", ",\n\"uniqueKeys\":[[\"a\",\"b\"],[\"c\"]]");
    put("t.csv", "a,b,c\n1,1,\n1,2,\n1,1,x\n,1,x\n,1,y\n");
    loads("t.csv:4:1: error: [cell-unique] unique key from 'a': '1/1' is there twice, first in line 2; keep one\n"
          "t.csv:5:4: error: [cell-unique] unique key 'c': 'x' is there twice, first in line 4; keep one\n");
}

static void fields_that_are_wrong(void **state)
{
    (void)state;
    put("t.csv", "a\n1\n");
    put_package("{\"name\":\"a\",\"type\":\"strnig\"}", "");
    loads("datapackage.json:3:21: error: [package-value] the type 'strnig' is not read; did you mean 'string'?\n");
    put_package("{\"name\":\"a\",\"type\":\"geojson\"}", "");
    loads("datapackage.json:3:21: error: [package-value] the type 'geojson' is not read, since JSON in a cell cannot be "
          "counted or printed; give each value a column, or use string\n");
    put_package("{\"name\":\"a\",\"type\":\"blob\"}", "");
    loads("datapackage.json:3:21: error: [package-value] the type 'blob' is not read; use string, integer, number, "
          "boolean, date, datetime, time, year, yearmonth, duration, list, geopoint or any\n");
    put_package("{\"name\":\"a\"},\n{\"name\":\"A\"}", "");
    loads("datapackage.json:4:10: error: [schema-field] the field 'A' is described again, first in line 3; give each a "
          "name of its own\n");
    put_package("{\"name\":\"\"}", "");
    loads("datapackage.json:3:10: error: [schema-field] a field's name is empty; write the column's name\n");
    put_package("{\"name\":\"a\",\"labels\":{\"en\":\"A\"}}", "");
    loads("datapackage.json:3:22: error: [key-missing] the key 'ar' is missing; give it a text\n");
}

static void constraints_that_are_wrong(void **state)
{
    (void)state;
    put("t.csv", "a\n1\n");
    put_package("{\"name\":\"a\",\"type\":\"integer\",\"constraints\":{\n\"minimum\":\"x\",\n\"maxLength\":3,\n"
                "\"enum\":[1,\"b\"]}}", "");
    loads("datapackage.json:4:12: error: [schema-constraint] field 'a': the minimum is not of its type; write a whole "
          "number of at most 18 digits, as 1200\n"
          "datapackage.json:5:13: error: [schema-constraint] field 'a': minLength and maxLength suit strings and lists only\n"
          "datapackage.json:6:12: error: [schema-constraint] field 'a': 'b' is not of the field's type; write a whole "
          "number of at most 18 digits, as 1200\n");
    put_package("{\"name\":\"a\",\"type\":\"string\",\"constraints\":{\n\"minimum\":1,\n\"pattern\":\"\\\\d+\"}}", "");
    loads("datapackage.json:4:11: error: [schema-constraint] field 'a': minimum and maximum suit numbers, "
          "dates, times and years only\n"
          "datapackage.json:5:12: error: [schema-constraint] field 'a': escapes such as \\d are not known in "
          "a pattern; "
          "write [0-9] (POSIX extended)\n");
    put_package("{\"name\":\"a\",\"type\":\"string\",\"constraints\":{\"minLength\":-1,\n\"pattern\":\"[a\",\n"
                "\"required\":\"yes\"}}", "");
    loads("datapackage.json:5:13: error: [value-kind] 'required' is 'yes'; write true or false\n"
          "datapackage.json:3:56: error: [schema-constraint] field 'a': a length cannot be below 0\n"
          "datapackage.json:4:12: error: [schema-constraint] field 'a': the pattern is no POSIX extended regular "
          "expression: Unmatched [, [^, [:, [., or [=\n");
}

static void properties_that_are_not_known_are_warned_of(void **state)
{
    (void)state;
    put("t.csv", "a\n1\n");
    put("datapackage.json",
        "{\"nmae\":\"x\",\n\"titel\":\"y\",\n\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\n"
        "\"schema\":{\"fields\":[{\"name\":\"a\",\n\"colour\":1,\"description\":\"d\"}]}}]}");
    loads("datapackage.json:1:2: warning: [package-property] unknown property 'nmae' of a package; did you mean "
          "'name'?\n"
          "datapackage.json:2:1: warning: [package-property] unknown property 'titel' of a package; did you mean "
          "'title'?\n"
          "datapackage.json:5:1: warning: [package-property] unknown property 'colour' of a field; it is not used\n");
}

static void resources_that_are_wrong(void **state)
{
    (void)state;
    static const char schema[] = "\"schema\":{\"fields\":[{\"name\":\"a\"}]}";
    put("t.csv", "a\n1\n");
    put("datapackage.json", "{\"name\":\"x\"}");
    loads("datapackage.json:1:1: error: [package-value] a package needs its resources; write \"resources\": "
          "[{\"name\": "
          "..., \"path\": ...}]\n");
    put("datapackage.json",
        arena_printf(arena, "{\"resources\":[{\"name\":\"Tables!\",\"path\":\"../t.csv\",%s}]}", schema));
    loads("datapackage.json:1:24: error: [package-value] 'Tables!' cannot name a table; use small letters, digits, '-' "
          "and '_', a letter first\n"
          "datapackage.json:1:41: error: [package-value] the path '../t.csv' leaves the dataset; name a file in its "
          "folder\n");
    put("datapackage.json", arena_printf(arena,
                                         "{\"resources\":[{\"name\":\"a-b\",\"path\":\"t.csv\",%s},\n{"
                                         "\"name\":\"a_b\",\"path\":\"t.csv\",%s}]}",
                                         schema, schema));
    loads("datapackage.json:2:10: error: [table-duplicate] the table 'a_b' is there already, see line 1; give it "
          "another name\n");
    put("datapackage.json", "{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\"}]}");
    loads("datapackage.json:1:15: error: [key-missing] the key 'schema' is missing; describe the table's fields\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_good_dataset_is_read_with_types_and_places),
        TEST(every_wrong_cell_is_told),
        TEST(required_and_long_cells),
        TEST(headers_that_differ),
        TEST(files_that_hold_nothing),
        TEST(records_that_are_ragged),
        TEST(bytes_that_no_text_may_hold),
        TEST(wrong_cells_are_listed_to_a_limit_and_counted),
        TEST(keys_within_a_package),
        TEST(keys_that_name_what_is_not_there),
        TEST(keys_that_are_unique),
        TEST(fields_that_are_wrong),
        TEST(constraints_that_are_wrong),
        TEST(properties_that_are_not_known_are_warned_of),
        TEST(resources_that_are_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
