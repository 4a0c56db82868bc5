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
          "id,name,kind,alias\n36,AERO LINES,,AERO\n36,AERO LINES,,\n173,\"ANGLO CO., LTD.\",,\n306,BANCO,individual,\n",
          "");
    put("alt.csv", "36,AERO\r\n9,LOST\r\n");
    gives("SELECT 1", "", "alt.csv:2:1: error: [cell-foreign] field 'id': '9' is in no row of 'sdn'; write a value "
                          "of its field 'id'\n");
    put("sdn.csv", "36,AERO LINES,-0- \r\n306,BANCO,-0- \r\n36,HAMMER,-0- \r\n");
    gives("SELECT 1", "", "sdn.csv:3:1: error: [cell-unique] primary key 'id': '36' is there twice, first in line 1; "
                          "keep one\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_without_header_join_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_checked_before_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_schema_that_changes_is_checked_anew, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("dataset real", tests, NULL, NULL);
}
