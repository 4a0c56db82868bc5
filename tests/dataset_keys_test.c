/* Keys: unique, primary and foreign ones, against a check that compares every row with every other. */
#include "dataset/dataset.h"
#include "dataset/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/made.h"
#include "support/said.h"

static struct made made;

static int set_up(void **state)
{
    (void)state;
    made_new(&made, "set");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    made_drop(&made);
    return 0;
}

static void loads(const char *want)
{
    dataset_drop(made_load(&made, NULL, want));
}

/* --- by hand -------------------------------------------------------------------------------------------------- */

static void unique_fields(void **state)
{
    (void)state;
    static const char schema[] = "{\"fields\": [{\"name\": \"n\", \"type\": \"number\", \"constraints\": {\"unique\": true}},"
                                 "{\"name\": \"note\"}]}";
    made_table(&made, "t", schema, "n,note\n1,a\n2,\"b\nb\n\"\n,c\n,c\n1.00,d\n2.5,e\n1,f\n");
    loads("t.csv:8:1: error: [cell-unique] unique field 'n': '1' is there twice, first in line 2; keep one\n"
          "t.csv:10:1: error: [cell-unique] unique field 'n': '1' is there twice, first in line 2; keep one\n");
    made_table(&made, "t", schema, "n,note\n1,a\n2,b\n3,b\n"); /* only rises */
    loads("");
}

static void composite_keys(void **state)
{
    (void)state;
    made_table(&made, "t",
               "{\"fields\": [{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\", \"type\": \"integer\"}],"
               "\"primaryKey\": [\"b\", \"c\"], \"uniqueKeys\": [[\"a\", \"c\"]]}",
               "a,b,c\nx,p,1\ny,p,2\nx,q,1\n,p,1\n,q,2\n,r,2\n");
    loads("t.csv:5:2: error: [cell-unique] primary key from 'b': 'p/1' is there twice, first in line 2; keep one\n"
          "t.csv:4:1: error: [cell-unique] unique key from 'a': 'x/1' is there twice, first in line 2; keep one\n");
    made_table(&made, "t", "{\"fields\": [{\"name\": \"a\"}, {\"name\": \"b\"}], \"primaryKey\": [\"a\", \"b\"]}",
               "a,b\nx,yz\nxy,z\n"); /* side by side they look the same */
    loads("");
}

static void a_primary_key_has_no_empty_cell(void **state)
{
    (void)state;
    made_table(&made, "t", "{\"fields\": [{\"name\": \"a\"}], \"primaryKey\": \"a\"}", "a\nx\n\"\"\nx\n");
    loads("t.csv:3:1: error: [cell-required] field 'a' is empty; it is required: write a text\n"
          "t.csv:4:1: error: [cell-unique] primary key 'a': 'x' is there twice, first in line 2; keep one\n");
}

/* A geopoint is two columns, and both are its value. */
static void points_are_unique_in_both_coordinates(void **state)
{
    (void)state;
    made_table(&made, "t", "{\"fields\": [{\"name\": \"p\", \"type\": \"geopoint\", \"constraints\": {\"unique\": true}}]}",
               "p\n\"44.5, 33.1\"\n\"44.5, 33.2\"\n\"43, 33.1\"\n\"44.50,33.10\"\n");
    loads("t.csv:5:1: error: [cell-unique] unique field 'p': '44.5/33.1' is there twice, first in line 2; keep one\n");
}

static void several_files(void **state)
{
    (void)state;
    made_put(&made, "datapackage.json",
             "{\"resources\": [{\"name\": \"t\", \"path\": [\"one.csv\", \"two.csv\"], \"schema\": {\"fields\": ["
             "{\"name\": \"note\"}, {\"name\": \"id\"}], \"primaryKey\": \"id\"}}]}");
    made_put(&made, "one.csv", "note,id\n\"a\n\nb\",x\n,y\n");
    made_put(&made, "two.csv", "note,id\n\"\n\",y\nشارع,z\n,z\n");
    struct diags *diags = diags_new();
    assert_null(dataset_load(made.folder, NULL, diags));
    struct buf want;
    buf_init(&want);
    buf_printf(&want, "two.csv:3:3: error: [cell-unique] primary key 'id': 'y' is there twice, first in line 5 of "
                      "%s/one.csv; keep one\n"
                      "two.csv:5:2: error: [cell-unique] primary key 'id': 'z' is there twice, first in line 4; keep "
                      "one\n", made.folder);
    char *text = said(diags, NULL); /* only the place's folder is taken out below */
    struct buf got;
    buf_init(&got);
    for (char *line = text, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        assert_memory_equal(line, made.folder, strlen(made.folder));
        buf_add(&got, line + strlen(made.folder) + 1, (size_t)(end - line) - strlen(made.folder));
    }
    assert_string_equal(got.data, want.data);
    buf_drop(&got);
    buf_drop(&want);
    free(text);
    diags_drop(diags);
}

static void foreign_keys(void **state)
{
    (void)state;
    made_put(&made, "datapackage.json",
             "{\"resources\": [{\"name\": \"t\", \"path\": \"t.csv\", \"schema\": {\"fields\": ["
             "{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"place\"}, {\"name\": \"part\", \"type\": \"integer\"},"
             "{\"name\": \"of\", \"type\": \"integer\"}], \"foreignKeys\": ["
             "{\"fields\": [\"place\", \"part\"], \"reference\": {\"resource\": \"u\", \"fields\": [\"name\", \"number\"]}},"
             "{\"fields\": \"of\", \"reference\": {\"fields\": \"id\"}}]}},"
             "{\"name\": \"u\", \"path\": \"u.csv\", \"schema\": {\"fields\": ["
             "{\"name\": \"number\", \"type\": \"number\"}, {\"name\": \"name\"}]}}]}");
    made_put(&made, "u.csv", "number,name\n1.0,a\n2,a\n1,b\n1,a\n,c\n");
    made_put(&made, "t.csv", "id,place,part,of\n1,a,2,\n2,b,1,1\n3,b,2,7\n4,c,,4\n5,,9,5\n6,a,1,7\n7,c,1,6\n");
    loads("t.csv:4:3: error: [cell-foreign] field 'place': 'b/2' is in no row of 'u'; write a value of its field 'name'\n"
          "t.csv:8:3: error: [cell-foreign] field 'place': 'c/1' is in no row of 'u'; write a value of its field 'name'\n");
    made_put(&made, "t.csv", "id,place,part,of\n1,a,2,\n2,b,1,1\n3,b,1,8\n");
    loads("t.csv:4:7: error: [cell-foreign] field 'of': '8' is in no row of 't'; write a value of its field 'id'\n");
}

static void keys_between_packages(void **state)
{
    (void)state;
    struct made other;
    made_beside(&made, "labels", &other);
    made_table(&other, "places", "{\"fields\": [{\"name\": \"name\"}]}", "name\nAnbar\nبغداد\n");
    made_table(&made, "t",
               "{\"fields\": [{\"name\": \"place\"}], \"foreignKeys\": [{\"fields\": \"place\", \"reference\":\n"
               "{\"package\": \"labels\", \"resource\": \"places\", \"fields\": \"name\"}}]}",
               "place\nبغداد\nBasra\nAnbar\nBasra\n");
    loads("t.csv:3:1: error: [cell-foreign] field 'place': 'Basra' is in no row of 'places'; write a value of its field "
          "'name'\n"
          "t.csv:5:1: error: [cell-foreign] field 'place': 'Basra' is in no row of 'places'; write a value of its field "
          "'name'\n");
    made_put(&made, "t.csv", "place\nAnbar\n");
    loads("");
    made_table(&made, "t",
               "{\"fields\": [{\"name\": \"place\"}], \"foreignKeys\": [{\"fields\": \"place\", \"reference\":\n"
               "{\"package\": \"nowhere\", \"resource\": \"places\", \"fields\": \"name\"}}]}", "place\nAnbar\n");
    loads("datapackage.json:3:14: error: [package-value] there is no dataset 'nowhere' beside this one; name another\n");
    made_table(&made, "t",
               "{\"fields\": [{\"name\": \"place\"}], \"foreignKeys\": [{\"fields\": \"place\", \"reference\":\n"
               "{\"package\": \"labels\", \"resource\": \"towns\", \"fields\": \"name\"}}]}", "place\nAnbar\n");
    loads("datapackage.json:3:36: error: [package-value] there is no resource 'towns'; name one of that package\n");
    made_table(&made, "t",
               "{\"fields\": [{\"name\": \"place\"}], \"foreignKeys\": [{\"fields\": \"place\", \"reference\":\n"
               "{\"package\": \"labels\", \"resource\": \"places\", \"fields\": \"nam\"}}]}", "place\nAnbar\n");
    loads("datapackage.json:3:56: error: [schema-field] there is no field 'nam' in 'places'; did you mean 'name'?\n");
}

/* é as one letter and as e with an accent: the same key, in both spellings of the file and of its description. */
static void two_spellings_of_a_key_are_one(void **state)
{
    (void)state;
    made_put(&made, "datapackage.json",
             "{\"resources\": [{\"name\": \"t\", \"path\": \"t.csv\", \"schema\": {\"missingValues\": [\"ne\xCC\x81""ant\"], "
             "\"fields\": [{\"name\": \"k\"}], \"primaryKey\": \"k\"}},"
             "{\"name\": \"u\", \"path\": \"u.csv\", \"schema\": {\"fields\": [{\"name\": \"k\", "
             "\"type\": \"string\", \"constraints\": {\"enum\": "
             "[\"\xC3\xA9""a\"]}, \"categories\": [{\"value\": \"e\xCC\x81""a\", \"label\": \"E\"}]}], \"foreignKeys\": ["
             "{\"fields\": \"k\", \"reference\": {\"resource\": \"t\", \"fields\": \"k\"}}]}}]}");
    made_put(&made, "t.csv", "k\n\xC3\xA9""a\nb\n");
    made_put(&made, "u.csv", "k\n\xC3\xA9""a\ne\xCC\x81""a\n");
    struct dataset *set = made_load(&made, NULL, "");
    static const struct sql_parameter parameters[] = { { "k", { .type = VALUE_TEXT, .text = "e\xCC\x81""a" } } };
    static const char *const statements[] = { "SELECT t.k FROM u JOIN t ON t.k = u.k WHERE u.k = 'e\xCC\x81""a'",
                                              "SELECT k FROM u WHERE k = :k" };
    for (size_t i = 0; i < 2; i++) {
        struct diags *diags = diags_new();
        struct database *db = database_new((const struct dataset *const[]){ set }, 1, diags);
        struct table *table = database_query(db, statements[i], (struct place){ 0 }, 0, parameters, i, diags);
        assert_said(diags, NULL, "");
        assert_int_equal(table_rows(table), 2);
        table_drop(table);
        database_drop(db);
    }
    dataset_drop(set);
    made_put(&made, "t.csv", "k\n\xC3\xA9""a\nb\ne\xCC\x81""a\nn\xC3\xA9""ant\n");
    loads("t.csv:5:1: error: [cell-required] field 'k' is empty; it is required: write a text\n"
          "t.csv:4:1: error: [cell-unique] primary key 'k': '\xC3\xA9""a' is there twice, first in line 2; keep one\n");
}

/* --- by chance ------------------------------------------------------------------------------------------------ */

enum { TABLES = 40, ROWS_MAX = 60, KEY = 2 };

/* A row's key as the message shows it, or NULL in a part; and where its first cell is. */
struct key_row {
    const char *text[KEY];
    unsigned line, col;
};

static const char *const words[] = { "a", "b", "ab", "ش", "a,b", "say \"\"so\"\"", "1", "01" };
static const char *const shown[] = { "a", "b", "ab", "ش", "a,b", "say \"so\"", "1", "01" };
static const char *const numbers[] = { "1", "2", "-3", "10", "100" };

static const char *word(struct chance *c, size_t *index)
{
    *index = chance_below(c, sizeof words / sizeof *words);
    return words[*index];
}

/* note,x,y: the note moves what follows to other lines and columns. */
static size_t write_rows(struct chance *c, size_t count, struct key_row *rows, struct buf *csv)
{
    static const char *const notes[] = { "", "n", "\"a,b\"", "\"two\nlines\"", "\"\n\n\"", "\"سطر\nآخر\"" };
    unsigned line = 2;
    buf_clear(csv);
    buf_add_string(csv, "note,x,y\n");
    for (size_t i = 0; i < count; i++) {
        const char *note = notes[chance_below(c, 6)];
        size_t index;
        rows[i].col = 1;
        for (const char *p = note; *p; p++) {
            bool end = *p == '\n';
            line += end;
            rows[i].col = end ? 1 : rows[i].col + (((unsigned char)*p & 0xC0) != 0x80);
        }
        rows[i].col++;
        rows[i].line = line;
        const char *x = word(c, &index);
        rows[i].text[0] = chance_below(c, 12) ? shown[index] : NULL;
        rows[i].text[1] = chance_below(c, 12) ? numbers[chance_below(c, 5)] : NULL;
        buf_printf(csv, rows[i].text[0] ? "%s,\"%s\"," : "%s,%.0s,", note, x);
        buf_printf(csv, "%s\n", rows[i].text[1] ? rows[i].text[1] : "");
        line++;
    }
    return count;
}

static bool has_null(const struct key_row *row)
{
    return !row->text[0] || !row->text[1];
}

static bool same_key(const struct key_row *a, const struct key_row *b)
{
    return strcmp(a->text[0], b->text[0]) == 0 && strcmp(a->text[1], b->text[1]) == 0;
}

/* The first row of the same key; `count` when there is none. */
static size_t find_key(const struct key_row *rows, size_t count, const struct key_row *key)
{
    size_t i = 0;
    while (i < count && (has_null(&rows[i]) || !same_key(&rows[i], key)))
        i++;
    return i;
}

static void composite_keys_by_chance(void **state)
{
    (void)state;
    struct chance c = { 99 };
    struct key_row t[ROWS_MAX], u[ROWS_MAX];
    struct buf csv, want;
    buf_init(&csv);
    buf_init(&want);
    made_put(&made, "datapackage.json",
             "{\"resources\": [{\"name\": \"t\", \"path\": \"t.csv\", \"schema\": {\"fields\": [{\"name\": \"note\"}, "
             "{\"name\": \"x\"}, {\"name\": \"y\", \"type\": \"integer\"}], \"uniqueKeys\": [[\"x\", \"y\"]]}},"
             "{\"name\": \"u\", \"path\": \"u.csv\", \"schema\": {\"fields\": [{\"name\": \"note\"}, {\"name\": \"x\"}, "
             "{\"name\": \"y\", \"type\": \"integer\"}], \"foreignKeys\": [{\"fields\": [\"x\", \"y\"], \"reference\": "
             "{\"resource\": \"t\", \"fields\": [\"x\", \"y\"]}}]}}]}");
    for (int i = 0; i < TABLES; i++) {
        size_t t_count = write_rows(&c, 1 + chance_below(&c, i % 2 ? 4 : ROWS_MAX), t, &csv);
        made_put(&made, "t.csv", csv.data);
        size_t u_count = write_rows(&c, 1 + chance_below(&c, ROWS_MAX), u, &csv);
        made_put(&made, "u.csv", csv.data);
        buf_clear(&want);
        for (size_t row = 0; row < t_count; row++) {
            size_t first = has_null(&t[row]) ? row : find_key(t, row, &t[row]);
            if (first < row)
                buf_printf(&want, "t.csv:%u:%u: error: [cell-unique] unique key from 'x': '%s/%s' is there twice, first "
                           "in line %u; keep one\n", t[row].line, t[row].col, t[row].text[0], t[row].text[1], t[first].line);
        }
        for (size_t row = 0; row < u_count && !want.length; row++) /* foreign keys wait until tables are right */
            if (!has_null(&u[row]) && find_key(t, t_count, &u[row]) == t_count) {
                for (size_t k = row; k < u_count; k++)
                    if (!has_null(&u[k]) && find_key(t, t_count, &u[k]) == t_count)
                        buf_printf(&want, "u.csv:%u:%u: error: [cell-foreign] field 'x': '%s/%s' is in no row of 't'; write a "
                                   "value of its field 'x'\n", u[k].line, u[k].col, u[k].text[0], u[k].text[1]);
                break;
            }
        loads(want.data);
    }
    buf_drop(&csv);
    buf_drop(&want);
}

static void keys_are_listed_to_a_limit(void **state)
{
    (void)state;
    static const char wrong[] =
        "t.csv:3:1: error: [cell-unique] unique field 'a': 'x' is there twice, first in line 2; keep one\n"
        "t.csv:4:1: error: [cell-unique] unique field 'a': 'x' is there twice, first in line 2; keep one\n"
        "t.csv: error: [cells-more] 4 errors of keys in this table, of which the first 2 are listed; --max-errors lists more\n",
                      foreign[] =
        "t.csv:2:1: error: [cell-foreign] field 'a': 'x' is in no row of 't'; write a value of its field 'b'\n"
        "t.csv: error: [cells-more] 2 errors of keys in this table, of which the first 1 are listed; --max-errors lists more\n";
    made_table(&made, "t", "{\"fields\": [{\"name\": \"a\", \"constraints\": {\"unique\": true}}]}", "a\nx\nx\nx\nx\nx\n");
    assert_null(made_load(&made, &(struct dataset_options){ .max_errors = 2 }, wrong));
    made_table(&made, "t",
               "{\"fields\": [{\"name\": \"a\"}, {\"name\": \"b\"}], \"foreignKeys\": [{\"fields\": \"a\", \"reference\": "
               "{\"fields\": \"b\"}}]}", "a,b\nx,y\nx,y\n");
    assert_null(made_load(&made, &(struct dataset_options){ .max_errors = 1 }, foreign));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(unique_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(composite_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_primary_key_has_no_empty_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(points_are_unique_in_both_coordinates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(foreign_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_between_packages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_spellings_of_a_key_are_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(composite_keys_by_chance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_are_listed_to_a_limit, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("dataset keys", tests, NULL, NULL);
}
