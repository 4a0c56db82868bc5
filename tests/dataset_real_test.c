/*
 * Files as analysts get them: what a whole dataset gives to SQL, or what is said of its files, with every place. Each
 * case is a few lines of our own in the shape of a real file's trouble.
 */
#include "dataset/dataset.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/print_table.h"
#include "dataset/sql.h"
#include "support/program.h"
#include "support/said.h"

static char *folder;

static int set_up(void **state)
{
    (void)state;
    folder = tree_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    tree_remove(folder);
    return 0;
}

static void put_bytes(const char *name, const char *bytes, size_t length)
{
    char *path = text_join(folder, name);
    file_write(path, bytes, length);
    free(path);
}

static void put(const char *name, const char *text)
{
    put_bytes(name, text, strlen(text));
}

/* A package of one resource, `t`, read from a.csv; `rest`: its further properties. */
static void put_package(const char *rest)
{
    struct buf text;
    buf_init(&text);
    buf_printf(&text, "{\"resources\": [{\"name\": \"t\", \"path\": \"a.csv\", %s}]}", rest);
    put("datapackage.json", text.data);
    buf_drop(&text);
}

/* What the statement gives as CSV, empty when anything is wrong; and all that was said. */
static void gives_with(const struct dataset_options *options, const char *sql, const char *csv, const char *messages)
{
    struct diags *diags = diags_new();
    struct dataset *set = dataset_load(folder, options, diags);
    const struct dataset *const sets[] = { set };
    struct database *database = set ? database_new(sets, 1, diags) : NULL;
    struct place at = { .file = "SQL", .line = 1, .col = 1 };
    struct table *table = database ? database_query(database, sql, at, 0, NULL, 0, diags) : NULL;
    struct print_style style = { .format = PRINT_CSV };
    struct buf out;

    buf_init(&out);
    if (table)
        print_table(table, style, &out);
    assert_said(diags, folder, messages);
    assert_string_equal(out.data, csv);
    buf_drop(&out);
    table_drop(table);
    database_drop(database);
    dataset_drop(set);
}

static void gives(const char *sql, const char *csv, const char *messages)
{
    gives_with(NULL, sql, csv, messages);
}

/* --- the cache ---------------------------------------------------------------------------------------------- */

enum { CACHED_ROWS = 150000 }; /* more than two blocks of a column, the last one not full */

/* `id,kind,n`: every row's n is its id modulo 10. */
static void put_large(const char *name)
{
    struct buf csv;
    buf_init(&csv);
    buf_add_string(&csv, "id,kind,n\n");
    for (int i = 1; i <= CACHED_ROWS; i++)
        buf_printf(&csv, "%d,%s,%d\n", i, i % 3 ? "raid" : "strike", i % 10);
    put_bytes(name, csv.data, csv.length);
    buf_drop(&csv);
}

static size_t files_in(const char *path)
{
    DIR *dir = opendir(path);
    size_t count = 0;
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

static void what_was_checked_before_is_the_same(void **state)
{
    static const char sql[] = "SELECT kind, count(*) AS rows, sum(n) AS n, max(id) AS last FROM t GROUP BY kind";
    static const char csv[] = "kind,rows,n,last\nraid,100000,450000,149999\nstrike,50000,225000,150000\n";
    char *cache = text_join(folder, "cache");
    struct dataset_options options = { .cache = cache };

    (void)state;
    put_large("a.csv");
    put_package("\"schema\": {\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"kind\"}, "
                "{\"name\": \"n\", \"type\": \"integer\"}]}");
    gives_with(&options, sql, csv, "");
    assert_int_equal(files_in(cache), 1);
    gives_with(&options, sql, csv, ""); /* from the cache */
    gives_with(&options, sql, csv, "");
    assert_int_equal(files_in(cache), 1);
    free(cache);
}

/* The schema in a file of its own is as much a part of the key as datapackage.json. */
static void a_schema_that_changes_is_checked_anew(void **state)
{
    static const char fields[] = "{\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"kind\"}, "
                                 "{\"name\": \"n\", \"type\": \"integer\"}]}";
    char *cache = text_join(folder, "cache"), *schema = text_join(folder, "s.json");
    struct dataset_options options = { .cache = cache, .max_errors = 1 };

    (void)state;
    put_large("a.csv");
    put_package("\"schema\": \"s.json\"");
    put("s.json", fields);
    gives_with(&options, "SELECT count(*) AS rows FROM t", "rows\n150000\n", "");
    file_replace(schema, "\"kind\"", "\"kind\", \"constraints\": {\"enum\": [\"raid\"]}");
    gives_with(&options, "SELECT count(*) AS rows FROM t", "",
               "a.csv:4:3: error: [cell-enum] field 'kind': 'strike' is not allowed; write one of raid\n"
               "a.csv: error: [cells-more] 50000 errors in this file, of which the first 1 are listed; --max-errors "
               "lists more\n");
    free(cache);
    free(schema);
}

/* --- lists of names ----------------------------------------------------------------------------------------- */

static const char lists[] =
    "{\"resources\": ["
    "{\"name\": \"sdn\", \"path\": \"sdn.csv\", \"dialect\": {\"header\": false}, \"schema\": {"
    "\"missingValues\": [\"-0- \"], \"primaryKey\": \"id\", \"fields\": [{\"name\": \"id\", \"type\": \"integer\"},"
    " {\"name\": \"name\"}, {\"name\": \"kind\"}]}},\n"
    "{\"name\": \"alt\", \"path\": \"alt.csv\", \"dialect\": {\"header\": false}, \"schema\": {"
    "\"missingValues\": [\"-0- \"], \"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"alias\"}],"
    "\"foreignKeys\": [{\"fields\": \"id\", \"reference\": {\"resource\": \"sdn\", \"fields\": \"id\"}}]}}]}";

/* No header, a null that ends in a blank, DOS's end of file: as the lists of a treasury are. */
static void lists_without_header_join_once(void **state)
{
    (void)state;
    put("datapackage.json", lists);
    put("sdn.csv", "36,AERO LINES,-0- \r\n173,\"ANGLO CO., LTD.\",-0- \r\n306,BANCO,individual\r\n\x1A");
    put("alt.csv", "36,AERO,\r\n36,LINES,\r\n");
    gives("SELECT 1", "", "alt.csv:1:9: error: [csv-ragged] the record has 3 cells; 2 are needed\n"
                          "alt.csv:2:10: error: [csv-ragged] the record has 3 cells; 2 are needed\n");
    put("alt.csv", "36,AERO\r\n36,-0- \r\n");
    gives("SELECT id, name, kind, alias FROM sdn LEFT JOIN alt USING (id)",
          "id,name,kind,alias\n36,AERO LINES,,AERO\n36,AERO LINES,,\n173,\"ANGLO CO., "
          "LTD.\",,\n306,BANCO,individual,\n",
          "");
    put("alt.csv", "36,AERO\r\n9,LOST\r\n");
    gives("SELECT 1", "", "alt.csv:2:1: error: [cell-foreign] field 'id': '9' is in no row of 'sdn'; write a value "
                          "of its field 'id'\n");
    put("sdn.csv", "36,AERO LINES,-0- \r\n306,BANCO,-0- \r\n36,HAMMER,-0- \r\n");
    gives("SELECT 1", "", "sdn.csv:3:1: error: [cell-unique] primary key 'id': '36' is there twice, first in line 1; "
                          "keep one\n");
}

/* --- values ------------------------------------------------------------------------------------------------- */

static void a_point_is_two_columns(void **state)
{
    (void)state;
    put_package("\"schema\": {\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"at\", \"type\": "
                "\"geopoint\", \"constraints\": {\"unique\": true}}, {\"name\": \"kind\"}]}");
    put("a.csv", "id,at,kind\n1,\"44.36, 33.31\",raid\n2,\"44.36,33.5\",strike\n3,,raid\n4,\"٤٤٫٤, ٣٣٫٣١\",raid\n");
    gives("SELECT * FROM t",
          "id,at_lon,at_lat,kind\n1,44.36,33.31,raid\n2,44.36,33.5,strike\n3,,,raid\n4,44.4,33.31,raid\n", "");
    put("a.csv", "id,at,kind\n1,\"44.36, 33.31\",raid\n2,\"44.360,33.31\",raid\n3,\"33.31,144.36\",raid\n");
    gives("SELECT 1", "",
          "a.csv:4:3: error: [cell-type] field 'at': '33.31,144.36' cannot be read; write a longitude from -180 to 180 "
          "and a latitude from -90 to 90, as 44.36, 33.31\n"
          "a.csv:3:3: error: [cell-unique] unique field 'at': '44.36/33.31' is there twice, first in line 2; keep one\n");
}

static void columns_of_one_name(void **state)
{
    (void)state;
    put_package("\"schema\": {\"fields\": [{\"name\": \"at\", \"type\": \"geopoint\"},\n{\"name\": \"At_Lat\"}]}");
    gives("SELECT 1", "",
          "datapackage.json:2:11: error: [schema-field] the geopoint 'at' has a column 'At_Lat' too; give this field "
          "another name\n");
    put_package("\"schema\": {\"fields\": [{\"name\": \"day\", \"type\": \"date\"},\n{\"name\": \"Day_Year\"}]}");
    put("a.csv", "day,Day_Year\n2024-01-31,first\n");
    gives("SELECT day_year, day_month FROM t", "Day_Year,day_month\nfirst,2024-01\n", "");
}

static void a_list_is_opened_in_sql(void **state)
{
    (void)state;
    put_package("\"schema\": {\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"who\", "
                "\"type\": \"list\","
                " \"delimiter\": \"،\"}]}");
    put("a.csv", "id,who\n1,بغداد، كركوك\n2,كركوك\n");
    gives("SELECT value, count(*) AS rows FROM t, json_each(t.who) GROUP BY value ORDER BY value",
          "value,rows\nبغداد,1\nكركوك,2\n", "");
}

/* An index over numbers has nulls, keys that are there twice, and keys that are not there. */
static void numbers_are_joined(void **state)
{
    struct buf csv;

    (void)state;
    buf_init(&csv);
    buf_add_string(&csv, "id,up,cost\n");
    for (int i = 1; i <= 300; i++)
        if (i % 3)
            buf_printf(&csv, "%d,%d,%d.5\n", i, (i * 7) % 100 + 1, i % 50);
        else
            buf_printf(&csv, "%d,,\n", i);
    put_bytes("a.csv", csv.data, csv.length);
    buf_drop(&csv);
    put_package("\"schema\": {\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"up\", \"type\": "
                "\"integer\"}, {\"name\": \"cost\", \"type\": \"number\"}]}");
    gives("SELECT count(*) AS rows, count(b.id) AS found, sum(b.id) AS ids FROM t a LEFT JOIN t b ON b.up = a.id",
          "rows,found,ids\n400,200,30000\n", "");
    gives("SELECT count(*) AS rows, count(b.id) AS found FROM t a LEFT JOIN t b ON b.cost = a.id + 0.5",
          "rows,found\n447,196\n", "");
}

/* What cannot be seen in a cell can be seen in the message. */
static void blanks_of_other_kinds_are_shown(void **state)
{
    (void)state;
    put_package("\"schema\": {\"fields\": [{\"name\": \"n\", \"type\": \"integer\"}]}");
    put("a.csv", "n\n5\u00A0\n\u200F6\n\uFEFF7\n");
    gives("SELECT 1", "",
          "a.csv:2:1: error: [cell-type] field 'n': '5<U+00A0>' cannot be read; write a whole number of at most 18 "
          "digits, as 1200\n"
          "a.csv:3:1: error: [cell-type] field 'n': '<U+200F>6' cannot be read; write a whole number of at most 18 "
          "digits, as 1200\n"
          "a.csv:4:1: error: [cell-type] field 'n': '<U+FEFF>7' cannot be read; write a whole number of at most 18 "
          "digits, as 1200\n");
}

/* --- files that are not what the package says ---------------------------------------------------------------- */

#define TWO_FIELDS "\"schema\": {\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"name\"}]}"

static void a_header_in_another_line_is_found(void **state)
{
    (void)state;
    put_package(TWO_FIELDS);
    put("a.csv", "Last Updated,03/02/2022\nid,name\n1,a\n");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-header] this is not the header, which is in line 2; declare "
                          "\"dialect\": {\"headerRows\": [2]}\n");
    put("a.csv", "-,-\n,\n(x),(y \"z\")\n\nid,name\n1,a\n");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-header] this is not the header, which is in line 5; declare "
                          "\"dialect\": {\"headerRows\": [5]}\n");
    put_package("\"dialect\": {\"headerRows\": [5]}, " TWO_FIELDS);
    gives("SELECT * FROM t", "id,name\n1,a\n", "");
    put("a.csv", "id,name\n1,a\n2,b\n3,c\n4,d\n5,e\n");
    gives("SELECT 1", "", "a.csv:5:1: error: [csv-header] this is not the header, which is in line 1; declare "
                          "\"dialect\": {\"headerRows\": [1]}\n");
}

static void a_header_of_one_cell(void **state)
{
    (void)state;
    put_package(TWO_FIELDS);
    put("a.csv", "id;name\n1;a\n");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-header] the whole header is one cell; is the delimiter ';'? declare "
                          "\"dialect\": {\"delimiter\": \";\"}\n");
    put("a.csv", "id\tname\n1\ta\n");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-header] the whole header is one cell; is the delimiter '\\t'? declare "
                          "\"dialect\": {\"delimiter\": \"\\t\"}\n");
    put("a.csv", "\"id,name\"\n\"1,a\"\n");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-header] the whole header is one cell, with delimiters in it; take the "
                          "quotes around it away, 2 columns are needed\n");
}

/* Files of Windows that are said to be of ISO 8859 have control characters for quotation marks. */
static void windows_letters_in_another_encoding(void **state)
{
    (void)state;
    put("a.csv", "id,name\n1,Jos\xE9\n2,\x93Quote\x94\n");
    put_package(TWO_FIELDS);
    gives("SELECT 1", "",
          "a.csv:2:3: error: [csv-encoding] field 'name': byte 0xE9 is not valid UTF-8; save as UTF-8, or declare the "
          "encoding\n"
          "a.csv:3:3: error: [csv-encoding] field 'name': byte 0x93 is not valid UTF-8; save as UTF-8, or declare the "
          "encoding\n");
    put_package("\"encoding\": \"iso-8859-1\", " TWO_FIELDS);
    gives("SELECT 1", "", "a.csv:3:3: error: [csv-character] field 'name' holds the character U+0093; is the file's "
                          "encoding windows-1252, or another of Windows?\n");
    put_package("\"encoding\": \"cp1252\", " TWO_FIELDS);
    gives("SELECT name FROM t", "name\nJosé\n“Quote”\n", "");
}

/* Little but commas and line ends has a zero byte in Arabic UTF-16. */
static void arabic_utf16_without_a_mark(void **state)
{
    static const char bytes[] = "\x31\x06\x42\x06\x45\x06,\0\x27\x06\x33\x06\x45\x06\n\0"
                                "\x61\x06,\0\x28\x06\x3A\x06\x2F\x06\x27\x06\x2F\x06\n\0";
    (void)state;
    put_bytes("a.csv", bytes, sizeof bytes - 1);
    put_package("\"schema\": {\"fields\": [{\"name\": \"رقم\", \"type\": \"integer\"}, {\"name\": \"اسم\"}]}");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-encoding] the file is in UTF-16; save it as UTF-8, or declare "
                          "\"encoding\": \"utf-16le\"\n");
    put_package("\"encoding\": \"utf-16\", \"schema\": {\"fields\": [{\"name\": \"رقم\", \"type\": \"integer\"}, "
                "{\"name\": \"اسم\"}]}");
    gives("SELECT رقم, اسم FROM t", "رقم,اسم\n1,بغداد\n", "");
}

/* Each byte of UTF-8 is a letter in windows-1256, so that nothing but garbage would be printed. */
static void utf8_under_another_name(void **state)
{
    (void)state;
    put("a.csv", "id,name\n1,بغداد\n");
    put_package("\"encoding\": \"windows-1256\", " TWO_FIELDS);
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-encoding] the file is in UTF-8, and its encoding is declared as "
                          "windows-1256; declare utf-8\n");
    put_package("\"encoding\": \"utf-16\", " TWO_FIELDS);
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-encoding] the file is in UTF-8, and its encoding is declared as "
                          "utf-16; declare utf-8\n");
    put("a.csv", "id,name\n1,\xC8\xDB\xCF\xC7\xCF\n"); /* بغداد in windows-1256 */
    put_package("\"encoding\": \"windows-1256\", " TWO_FIELDS);
    gives("SELECT name FROM t", "name\nبغداد\n", "");
}

/* Composed and decomposed letters look the same: in a header, a cell, an enum, a statement. */
static void letters_are_compared_as_they_look(void **state)
{
    (void)state;
    put_package("\"schema\": {\"fields\": [{\"name\": \"\u0622\u0633\u0645\", \"constraints\": {\"enum\": "
                "[\"\u0622\u062B\u0631\"]}}]}");
    put("a.csv", "\u0627\u0653\u0633\u0645\n\u0627\u0653\u062B\u0631\n\u0622\u062B\u0631\n");
    gives("SELECT count(*) AS n, count(DISTINCT \u0627\u0653\u0633\u0645) AS d FROM t WHERE \u0622\u0633\u0645 = "
          "'\u0627\u0653\u062B\u0631'", "n,d\n2,1\n", "");
}

static void words_for_nothing_can_be_listed(void **state)
{
    (void)state;
    put_package("\"schema\": {\"fields\": [{\"name\": \"n\", \"type\": \"integer\"}]}");
    put("a.csv", "n\nN/A\n\\N\n5\n");
    gives("SELECT 1", "", "a.csv:2:1: error: [cell-type] field 'n': 'N/A' cannot be read; write a whole number of at "
                          "most 18 digits, as 1200, or list it in missingValues\n"
                          "a.csv:3:1: error: [cell-type] field 'n': '\\N' cannot be read; write a whole number of at "
                          "most 18 digits, as 1200, or list it in missingValues\n");
    put_package("\"schema\": {\"missingValues\": [\"N/A\", \"\\\\N\"], \"fields\": [{\"name\": \"n\", \"type\": "
                "\"integer\"}]}");
    gives("SELECT count(*) AS rows, count(n) AS given FROM t", "rows,given\n3,1\n", "");
}

static void a_text_is_no_column(void **state)
{
    (void)state;
    put_package(TWO_FIELDS);
    put("a.csv", "id,name\n1,a\n");
    gives("SELECT id FROM t WHERE name = \"2024-01-31\"", "",
          "SQL:1:31: error: [sql-error] no such column: 2024-01-31; in double quotes stands a column's name, in single "
          "ones a text\n");
}

/* --- what is no error and may make a number wrong ------------------------------------------------------------ */

static void texts_that_look_the_same(void **state)
{
    (void)state;
    put_package(TWO_FIELDS);
    put("a.csv", "id,name\n1,x\n2,Al Z\n3,Al\u00A0Z\n4,raid \n5,raid\n");
    gives("SELECT count(DISTINCT name) AS names FROM t", "names\n5\n",
          "a.csv:4:3: warning: [cell-alike] field 'name': 'Al<U+00A0>Z' is another text than 'Al Z' and looks the same, as "
          "others do; write them alike, or they are counted and joined apart\n");
    put("a.csv", "id,name\n1,\u200Fب\n2,ب\u200B\n");
    gives("SELECT count(DISTINCT name) AS names FROM t", "names\n2\n",
          "a.csv:3:3: warning: [cell-alike] field 'name': 'ب<U+200B>' is another text than '<U+200F>ب' and looks the same; "
          "write them alike, or they are counted and joined apart\n");
    put("a.csv", "id,name\n1,Al\u00A0Z\n2, b\n3,می\u200Cخواهم\n");
    gives("SELECT count(DISTINCT name) AS names FROM t", "names\n3\n", "");
}

static void rows_without_values(void **state)
{
    (void)state;
    put_package(TWO_FIELDS);
    put("a.csv", "id,name\n1,a\n,\n2,\n,\n");
    gives("SELECT count(*) AS rows FROM t", "rows\n4\n",
          "a.csv:3:1: warning: [csv-empty-row] 2 rows without any value, here the first, and counted as rows; take them "
          "out\n");
}

static void a_last_line_without_an_end(void **state)
{
    static const char cut[] = "i\0d\0,\0n\0a\0m\0e\0\n\0005\0,\0a\0";

    (void)state;
    put_package(TWO_FIELDS);
    put("a.csv", "id,name\n1,a\n2,Bagh");
    gives("SELECT name FROM t", "name\na\nBagh\n",
          "a.csv:3:3: warning: [csv-unfinished] the last line has no end, so this cell may be cut off; is the file whole? "
          "end it with a line end\n");
    put("a.csv", "id,name\n1,a\n2,Bagh\x1A");
    gives("SELECT name FROM t", "name\na\nBagh\n", "");
    put_package("\"encoding\": \"utf-16\", " TWO_FIELDS);
    put_bytes("a.csv", cut, sizeof cut - 1);
    gives("SELECT name FROM t", "name\na\n",
          "a.csv:2:3: warning: [csv-unfinished] the last line has no end, so this cell may be cut off; is the file whole? "
          "end it with a line end\n");
}

static void other_files_under_the_name(void **state)
{
    (void)state;
    put_package(TWO_FIELDS);
    put("a.csv", "<!doctype html>\n<html><body>Not found, sorry</body></html>\n");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-kind] this is no CSV but a web page; was it downloaded from the right "
                          "address?\n");
    put("a.csv", "PK\x03\x04,\n");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-kind] this is no CSV but a ZIP or Excel file; save the sheet as CSV\n");
    put("a.csv", "\x1F\x8B\x08,\n");
    gives("SELECT 1", "", "a.csv:1:1: error: [csv-kind] this is no CSV but a gzip file; unpack it\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_without_header_join_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_point_is_two_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_of_one_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_is_opened_in_sql, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_are_joined, set_up, tear_down),
        cmocka_unit_test_setup_teardown(blanks_of_other_kinds_are_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_header_in_another_line_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_header_of_one_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(windows_letters_in_another_encoding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(arabic_utf16_without_a_mark, set_up, tear_down),
        cmocka_unit_test_setup_teardown(utf8_under_another_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(letters_are_compared_as_they_look, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_for_nothing_can_be_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_is_no_column, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_that_look_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_without_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_last_line_without_an_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_files_under_the_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_checked_before_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_schema_that_changes_is_checked_anew, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("dataset real", tests, NULL, NULL);
}
