/*
 * A file's rows as a relation: which columns are read, what headers may be, how texts are spelt, columns that no file
 * has; and a large file, which two threads read, against the same read by one.
 */
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
#include "dataset/csv.h"
#include "dataset/package.h"
#include "dataset/relation_inside.h"
#include "dataset/rows.h"
#include "support/made.h"
#include "support/program.h"
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

/* The table's cells, a line each row; what is said of it. */
static void reads(const char *schema, const char *csv, const char *cells, const char *said_of_it)
{
    made_table(&made, "t", schema, csv);
    struct dataset *set = made_load(&made, NULL, said_of_it);
    assert_int_equal(set == NULL, cells == NULL);
    if (set) {
        char *text = made_cells(dataset_relation(set, 0));
        assert_string_equal(text, cells);
        free(text);
    }
    dataset_drop(set);
}

/* What a statement over the dataset gives, its cells as texts. */
static void asked(const struct dataset *set, const char *sql, const char *want)
{
    struct diags *diags = diags_new();
    struct database *db = database_new(&set, 1, diags);
    struct table *table = database_query(db, sql, (struct place){ 0 }, 0, NULL, 0, diags);
    struct buf b;
    buf_init(&b);
    assert_said(diags, NULL, "");
    for (size_t row = 0; row < table_rows(table); row++)
        for (size_t i = 0; i < table_columns(table); i++) {
            struct value value = table_value(table, row, i);
            if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
                buf_add_string(&b, value.text);
            else if (value.type != VALUE_NULL)
                num_format(value.num, &b);
            buf_add_char(&b, i + 1 < table_columns(table) ? '|' : '\n');
        }
    assert_string_equal(b.data, want);
    buf_drop(&b);
    table_drop(table);
    database_drop(db);
}

/* --- headers -------------------------------------------------------------------------------------------------- */

#define FIELDS "\"fields\": [{\"name\": \"a\"}, {\"name\": \"b\", \"type\": \"integer\"}, {\"name\": \"c\"}]"

static void exact_headers(void **state)
{
    (void)state;
    static const char schema[] = "{" FIELDS "}";
    reads(schema, "a,b,c\nx,1,y\n", "x|1|y\n", "");
    reads(schema, "A,B,C\nx,1,y\n", "x|1|y\n", "");
    reads(schema, "a,c,b\nx,y,1\n", NULL,
          "t.csv:1:3: error: [csv-header] column 2 is 'c'; the schema has 'b' here: write the columns in its order, or set "
          "fieldsMatch to \"equal\"\n"
          "t.csv:1:5: error: [csv-header] column 3 is 'b'; the schema has 'c' here: write the columns in its order, or set "
          "fieldsMatch to \"equal\"\n");
    reads(schema, "a,b\nx,1\n", NULL, "t.csv:1:3: error: [csv-header] the column 'c' is missing; the schema has it as field 3\n");
    reads(schema, "a,b,c,d\nx,1,y,z\n", NULL,
          "t.csv:1:7: error: [csv-header] the column 'd' is not in the schema, which has 3 fields; describe it or take it out\n");
    reads(schema, "a,b,a\nx,1,y\n", NULL, "t.csv:1:5: error: [csv-duplicate] the column 'a' is there twice; give each its own name\n");
}

static void headers_by_name(void **state)
{
    (void)state;
    static const char equal[] = "{\"fieldsMatch\": \"equal\"," FIELDS "}", subset[] = "{\"fieldsMatch\": [\"subset\"]," FIELDS "}",
                      superset[] = "{\"fieldsMatch\": \"superset\"," FIELDS "}", partial[] = "{\"fieldsMatch\": \"partial\"," FIELDS "}";
    reads(equal, "c,a,b\ny,x,1\n", "x|1|y\n", "");
    reads(equal, "c,a,d\ny,x,1\n", NULL,
          "t.csv:1:5: error: [csv-header] the column 'd' is not in the schema, which has 3 fields; describe it or take it out\n"
          "t.csv:1:5: error: [csv-header] the column 'b' is missing; the schema has it as field 2\n");
    reads(subset, "d,c,a,b\nz,y,x,1\n", "x|1|y\n",
          "t.csv:1:1: warning: [csv-unread] the column 'd' is not in the schema and is not read; describe it to use it\n");
    reads(subset, "d,c,b\nz,y,1\n", NULL,
          "t.csv:1:1: warning: [csv-unread] the column 'd' is not in the schema and is not read; describe it to use it\n"
          "t.csv:1:5: error: [csv-header] the column 'a' is missing; the schema has it as field 1\n");
    reads(superset, "c,b\ny,1\nz,\n", "-|1|y\n-|-|z\n", "");
    reads(superset, "c,d\ny,1\n", NULL,
          "t.csv:1:3: error: [csv-header] the column 'd' is not in the schema, which has 3 fields; describe it or take it out\n");
    reads(partial, "d,c\nz,y\n", "-|-|y\n",
          "t.csv:1:1: warning: [csv-unread] the column 'd' is not in the schema and is not read; describe it to use it\n");
    reads(partial, "d,e\nz,y\n", NULL,
          "t.csv:1:1: warning: [csv-unread] the column 'd' is not in the schema and is not read; describe it to use it\n"
          "t.csv:1:3: warning: [csv-unread] the column 'e' is not in the schema and is not read; describe it to use it\n"
          "t.csv:1:1: error: [csv-header] no column is one of the schema's fields\n");
    reads("{\"fieldsMatch\": \"partial\", \"primaryKey\": \"a\"," FIELDS "}", "b,c\n1,y\n", NULL,
          "t.csv:1:3: error: [csv-header] the column 'a' is missing; the schema has it as field 1, and it is required\n");
    /* a cell's place is the column's where it stands; rows have the header's width */
    reads(superset, "c,b\ny,x\n", NULL,
          "t.csv:2:3: error: [cell-type] field 'b': 'x' cannot be read; write a whole number of at most 18 digits, as 1200\n");
    reads(superset, "c,b\ny,1,2\n", NULL, "t.csv:2:5: error: [csv-ragged] the record has 3 cells; 2 are needed\n");
}

static void header_rows_are_joined(void **state)
{
    (void)state;
    made_put(&made, "datapackage.json",
             "{\"resources\": [{\"name\": \"t\", \"path\": [\"t.csv\", \"u.csv\"], \"dialect\": {\"headerRows\": [2, 3], \"headerJoin\": "
             "\"/\"}, \"schema\": {\"fieldsMatch\": \"equal\", \"fields\": [{\"name\": \"killed/men\"}, {\"name\": \"killed/women\"}, "
             "{\"name\": \"id\"}]}}]}");
    made_put(&made, "t.csv", "a preamble \" of one line\nkilled,killed,\nmen,women,id\n1,2,x\n");
    made_put(&made, "u.csv", "again\n,killed,killed\nid,women,men\ny,4,3\n");
    struct dataset *set = made_load(&made, NULL, "");
    char *cells = made_cells(dataset_relation(set, 0));
    assert_string_equal(cells, "1|2|x\n3|4|y\n");
    struct relation_cell wanted[] = { { 1, 2 }, { 0, 0 }, { 1, 0 } };
    struct place places[3];
    struct diags *diags = diags_new();
    assert_true(relation_places(dataset_relation(set, 0), wanted, 3, places, diags));
    assert_said(diags, NULL, "");
    assert_int_equal(places[0].line, 4);
    assert_int_equal(places[0].col, 1);
    assert_string_equal(strrchr(places[0].file, '/'), "/u.csv");
    assert_int_equal(places[1].line, 4);
    assert_string_equal(strrchr(places[1].file, '/'), "/t.csv");
    assert_int_equal(places[2].col, 5);
    free(cells);
    dataset_drop(set);
}

/* --- columns that no file has --------------------------------------------------------------------------------- */

static void points_are_two_columns(void **state)
{
    (void)state;
    static const char fields[] = "{\"fields\": [{\"name\": \"id\"}, {\"name\": \"p\", \"type\": \"geopoint\"}, {\"name\": \"n\"}]}";
    reads(fields, "id,p,n\na,\"44.3661, 33.3152\",x\nb,,y\nc,\"-7,٣٣٫٥\",z\n", "a|44.3661|33.3152|x\nb|-|-|y\nc|-7|33.5|z\n", "");
    reads(fields, "id,p,n\na,\"44.3661, 99\",x\n", NULL,
          "t.csv:2:3: error: [cell-type] field 'p': '44.3661, 99' cannot be read; write a longitude from -180 to 180 and a "
          "latitude from -90 to 90, as 44.36, 33.31\n");
    reads("{\"fields\": [{\"name\": \"p\", \"type\": \"geopoint\"},\n{\"name\": \"P_LAT\"}]}", "p,P_LAT\n\"1,2\",3\n", NULL,
          "datapackage.json:3:11: error: [schema-field] the geopoint 'p' has a column 'P_LAT' too; give this field another "
          "name\n");
}

static void days_have_months_and_years(void **state)
{
    (void)state;
    reads("{\"fields\": [{\"name\": \"day\", \"type\": \"date\"}, {\"name\": \"x\"}]}", "day,x\n2024-02-29,a\n,b\n0001-12-01,c\n",
          "2024-02-29|a|2024-02|2024\n-|b|-|-\n0001-12-01|c|0001-12|1\n", "");
    /* a field of that name, whatever its case, is the file's */
    made_table(&made, "t", "{\"fields\": [{\"name\": \"day\", \"type\": \"date\"}, {\"name\": \"DAY_month\"}]}",
               "day,DAY_month\n2024-02-29,a\n");
    struct dataset *set = made_load(&made, NULL, "");
    asked(set, "SELECT day_month, day_year FROM t", "a|2024\n");
    asked(set, "SELECT * FROM t", "2024-02-29|a\n");
    dataset_drop(set);
}

static void categories_have_tables_of_labels(void **state)
{
    (void)state;
    made_table(&made, "my-attacks",
               "{\"fields\": [{\"name\": \"kind\", \"type\": \"string\", \"categories\": [\n"
               "{\"value\": \"ied\", \"labels\": {\"en\": \"Bomb\", \"ar\": \"عبوة\"}},\n"
               "  {\"value\": \"e\xCC\x81\", \"label\": \"E\"}, \"saf\"]},\n"
               "{\"name\": \"grade\", \"type\": \"integer\", \"categories\": [{\"value\": 2, "
               "\"labels\": {\"en\": \"Two\", \"ar\": \"اثنان\"}},\n"
               "{\"value\": 1, \"labels\": {\"en\": \"One\", \"ar\": \"واحد\"}}]},\n"
               "{\"name\": \"plain\", \"type\": \"string\", \"categories\": [\"x\"]}]}",
               "kind,grade,plain\nsaf,2,x\nied,1,x\n\xC3\xA9,2,x\nied,,\n");
    struct dataset *set = made_load(&made, NULL, "");
    assert_int_equal(dataset_relations(set), 3);
    asked(set, "SELECT * FROM my_attacks_kind_labels", "ied|Bomb|عبوة\n\xC3\xA9|E|E\nsaf||\n");
    asked(set, "SELECT ar, count(*) AS n FROM my_attacks LEFT JOIN my_attacks_grade_labels ON value = grade GROUP BY value "
          "ORDER BY value", "|1\nواحد|1\nاثنان|2\n");
    asked(set, "SELECT l.en, count(*) AS n FROM my_attacks JOIN my_attacks_kind_labels AS l ON l.value = kind GROUP BY 1 ORDER BY 1",
          "|1\nBomb|2\nE|1\n");
    const struct relation *labels = dataset_relation(set, 1);
    struct relation_cell wanted[] = { { 2, 0 }, { 0, 1 }, { 1, 2 } };
    struct place places[3];
    struct diags *diags = diags_new();
    assert_string_equal(relation_name(labels), "my_attacks_kind_labels");
    assert_true(relation_places(labels, wanted, 3, places, diags));
    assert_said(diags, NULL, "");
    assert_string_equal(strrchr(places[0].file, '/'), "/datapackage.json");
    assert_int_equal(places[0].line, 4);
    assert_int_equal(places[0].col, 34); /* of the text in NFC */
    assert_int_equal(places[1].line, 3);
    assert_int_equal(places[1].col, 1);
    assert_int_equal(places[2].line, 4);
    assert_int_equal(places[2].col, 3);
    assert_string_equal(relation_file(labels, 0), places[0].file);
    struct arena *arena = arena_new();
    assert_string_equal(dataset_column_rules(set, 1, 0, arena), "key, a category of my_attacks.kind");
    assert_null(dataset_column_rules(set, 1, 1, arena));
    assert_string_equal(dataset_column_rules(set, 0, 1, arena), "→ my_attacks_grade_labels.value");
    assert_null(dataset_column_rules(set, 0, 2, arena));
    arena_drop(arena);
    dataset_drop(set);
}

static void a_table_of_labels_gives_way(void **state)
{
    (void)state;
    made_put(&made, "datapackage.json",
             "{\"resources\": [{\"name\": \"t\", \"path\": \"t.csv\", \"schema\": {\"fields\": [{\"name\": \"K\", \"type\": \"string\", "
             "\"categories\": [{\"value\": \"a\", \"label\": \"A\"}]}]}},"
             "{\"name\": \"t-k-labels\", \"path\": \"l.csv\", \"schema\": {\"fields\": [{\"name\": \"value\"}, {\"name\": \"en\"}]}}]}");
    made_put(&made, "t.csv", "k\na\n");
    made_put(&made, "l.csv", "value,en\na,own\n");
    struct dataset *set = made_load(&made, NULL, "");
    assert_int_equal(dataset_relations(set), 2);
    asked(set, "SELECT en FROM t_k_labels", "own\n");
    dataset_drop(set);
}

/* A table of two files: the rows of both count, and the file that goes over is named. */
static void rows_that_cannot_be_numbered(void **state)
{
    (void)state;
    made_put(&made, "datapackage.json",
             "{\"resources\": [{\"name\": \"t\", \"path\": [\"a.csv\", \"b.csv\", \"c.csv\"], \"schema\": {\"fields\": ["
             "{\"name\": \"n\", \"type\": \"integer\"}]}}]}");
    made_put(&made, "a.csv", "n\n1\n2\n");
    made_put(&made, "b.csv", "n\n3\n");
    made_put(&made, "c.csv", "n\n4\n");
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct package package;
    assert_true(package_read(made.folder, arena, &package, diags));
    struct relation *relation = rows_read_most(&package.resources[0], SIZE_MAX, 4, diags);
    assert_said(diags, made.folder, "");
    assert_int_equal(relation_rows(relation), 4);
    relation_drop(relation);
    diags = diags_new();
    assert_null(rows_read_most(&package.resources[0], SIZE_MAX, 2, diags));
    assert_said(diags, made.folder, "b.csv:1:1: error: [table-rows] the table has more than 2 rows; split it\n");
    package_drop(&package);
    arena_drop(arena);
}

/* --- two threads ---------------------------------------------------------------------------------------------- */

enum { LARGE_BYTES = 9 << 20 };

static const char *const large_fields =
    "\"fields\": [{\"name\": \"id\", \"type\": \"integer\", \"constraints\": {\"required\": true}}, {\"name\": \"place\"},"
    "{\"name\": \"day\", \"type\": \"date\"}, {\"name\": \"x\", \"type\": \"number\"}, {\"name\": \"yes\", \"type\": \"boolean\"},"
    "{\"name\": \"at\", \"type\": \"geopoint\"}, {\"name\": \"note\"}, {\"name\": \"code\"}]";

/* Notes of every kind; codes of which there are more than are looked up. */
static void add_large_row(struct chance *c, size_t row, struct buf *b)
{
    static const char *const places[] = { "Anbar", "بغداد", "e\xCC\x81t\xC3\xA9", "", "\"a, b\"", "Ninawa" };
    static const char *const notes[] = { "", "plain", "\"First, \"\"second\"\"\"", "\"two\nlines\"", "\"\r\n\r\n\"",
                                         "\"سطر\nوسطر، آخر\"", "\"9,Anbar,2024-01-01,1.5,true,,,\n10,Basra,\"" };
    static const char *const yes[] = { "true", "false", "" };
    buf_printf(b, "%zu,%s,", row, places[chance_below(c, 6)]);
    buf_printf(b, "20%02u-%02u-%02u,", chance_below(c, 25), 1 + chance_below(c, 12), 1 + chance_below(c, 28));
    buf_printf(b, "%d.%0*u,", (int)chance_below(c, 2000) - 1000, 1 + (int)chance_below(c, 5), chance_below(c, 10));
    buf_printf(b, "%s,\"%u.5,%u\",", yes[chance_below(c, 3)], chance_below(c, 90), chance_below(c, 80));
    buf_printf(b, "%s,c%zx\n", notes[chance_below(c, 7)], row * 2654435761u % 1000003);
}

static void make_large(struct buf *b)
{
    struct chance c = { 5 };
    buf_init(b);
    buf_add_string(b, "id,place,day,x,yes,at,note,code\n");
    for (size_t row = 0; b->length < LARGE_BYTES; row++)
        add_large_row(&c, row, b);
}

/* `match`: "exact" is read by two threads, "equal" by one. */
static void put_large(const char *match, const char *csv)
{
    struct buf json;
    buf_init(&json);
    buf_printf(&json, "{\"resources\": [{\"name\": \"t\", \"path\": [\"s.csv\", \"t.csv\"], \"schema\": {\"fieldsMatch\": \"%s\", %s}}]}",
               match, large_fields);
    made_put(&made, "datapackage.json", json.data);
    made_put(&made, "s.csv", "id,place,day,x,yes,at,note,code\n-1,first,2001-01-01,1,true,,,\n");
    made_put(&made, "t.csv", csv);
    buf_drop(&json);
}

static struct dataset *load_large(const char *match, const char *csv, const char *want)
{
    put_large(match, csv);
    return made_load(&made, NULL, want);
}

static void same_by_two_as_by_one(const struct buf *csv)
{
    put_large("exact", csv->data);
    char *path = text_join(made.folder, "t.csv");
    struct csv_source source = { .path = path, .to = UINT64_MAX };
    struct csv_dialect dialect = { .delimiter = ',', .quote = '"' };
    assert_true(csv_middle(&source, &dialect, csv->length) > 0);
    free(path);
    struct dataset *two = made_load(&made, NULL, ""), *one = load_large("equal", csv->data, "");
    char *a = made_cells(dataset_relation(two, 0)), *b = made_cells(dataset_relation(one, 0));
    assert_int_equal(strlen(a), strlen(b));
    assert_memory_equal(a, b, strlen(a));
    free(a);
    free(b);
    dataset_drop(two);
    dataset_drop(one);
}

static void two_threads_read_as_one(void **state)
{
    (void)state;
    struct buf csv;
    make_large(&csv);
    same_by_two_as_by_one(&csv);
    buf_drop(&csv);
}

/* The middle lies in a quoted field of 60,000 bytes whose lines look like rows. */
static void a_middle_in_quotes(void **state)
{
    (void)state;
    struct chance c = { 6 };
    struct buf csv;
    buf_init(&csv);
    buf_add_string(&csv, "id,place,day,x,yes,at,note,code\n");
    for (size_t row = 0; csv.length < LARGE_BYTES; row++) {
        bool trap = csv.length < LARGE_BYTES / 2 && csv.length + 30000 > LARGE_BYTES / 2;
        if (!trap) {
            add_large_row(&c, row, &csv);
            continue;
        }
        size_t from = csv.length;
        buf_add_string(&csv, "7,\"");
        while (csv.length < from + 60000)
            buf_add_string(&csv, "8,a,2024-01-01,1,true,,,\n");
        buf_add_string(&csv, "\",2024-01-01,1,true,,,\n");
        while (csv.length < from + 60200)
            add_large_row(&c, row, &csv);
    }
    same_by_two_as_by_one(&csv);
    buf_drop(&csv);
}

static size_t count_lines(const char *text, const char *end)
{
    size_t lines = 1;
    for (; text < end; text++)
        lines += *text == '\n';
    return lines;
}

/* A wrong cell is said with its line in the file, whichever half it is in; also when only a warning is to be said. */
static void what_is_wrong_has_its_line(void **state)
{
    (void)state;
    static const double parts[] = { 0.2, 0.7, 0.99 };
    struct buf csv;
    char want[300];
    make_large(&csv);
    for (size_t i = 0; i < 3; i++) {
        char *row = strstr(csv.data + (size_t)((double)csv.length * parts[i]), ",true,\""), *cell = row + 1;
        memcpy(cell, "trua", 4);
        const char *line = row;
        size_t col = 2; /* code points of the line before the cell, and one */
        while (line > csv.data && line[-1] != '\n')
            line--;
        for (const char *p = line; p < row; p++)
            col += ((unsigned char)*p & 0xC0) != 0x80;
        snprintf(want, sizeof want,
                 "t.csv:%zu:%zu: error: [cell-type] field 'yes': 'trua' cannot be read; write true or false, as the field's "
                 "trueValues and falseValues write them\n", count_lines(csv.data, line), col);
        assert_null(load_large("exact", csv.data, want));
        memcpy(cell, "true", 4);
    }
    struct buf more;
    buf_init(&more);
    char *middle = strstr(csv.data + csv.length * 3 / 4, ",true,\""), *end = strstr(middle, ",c");
    end = strchr(end, '\n') + 1;
    buf_add(&more, csv.data, (size_t)(end - csv.data));
    buf_add_string(&more, "\n");
    buf_add_string(&more, end);
    put_large("exact", more.data);
    snprintf(want, sizeof want, "t.csv:%zu:1: warning: [csv-blank-line] ", count_lines(csv.data, end));
    struct diags *diags = diags_new();
    struct dataset *set = dataset_load(made.folder, NULL, diags);
    char *text = said(diags, made.folder);
    assert_memory_equal(text, want, strlen(want));
    assert_int_equal(diags_count(diags), 1);
    free(text);
    diags_drop(diags);
    dataset_drop(set);
    buf_drop(&more);
    buf_drop(&csv);
}

/* The parity of quotes before the middle says nothing when one is not closed. */
static void quotes_that_are_wrong(void **state)
{
    (void)state;
    struct buf csv;
    make_large(&csv);
    char *at = strstr(csv.data + csv.length / 3, ",plain,");
    size_t col = 1;
    memcpy(at, ",pl\"in,", 7);
    for (const char *p = at; p > csv.data && *p != '\n'; p--)
        col += ((unsigned char)*p & 0xC0) != 0x80;
    char want[100];
    snprintf(want, sizeof want, "t.csv:%zu:%zu: error: [csv-quote] ", count_lines(csv.data, at), col + 2);
    put_large("exact", csv.data);
    struct diags *diags = diags_new();
    assert_null(dataset_load(made.folder, NULL, diags));
    char *text = said(diags, made.folder);
    assert_memory_equal(text, want, strlen(want));
    free(text);
    diags_drop(diags);
    buf_drop(&csv);
}

/* A file of another kind is wrong in each cell: the halves end at the first, and the list at its limit. */
static void wrong_everywhere(void **state)
{
    (void)state;
    struct buf csv;
    buf_init(&csv);
    buf_add_string(&csv, "id,place,day,x,yes,at,note,code\n");
    size_t rows = 0;
    for (; csv.length < LARGE_BYTES; rows++)
        buf_add_string(&csv, "a,b,c,d,e,f,g,hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh\n");
    put_large("exact", csv.data);
    struct diags *diags = diags_new();
    assert_null(dataset_load(made.folder, &(struct dataset_options){ .max_errors = 3 }, diags));
    char *text = said(diags, made.folder), *last = strstr(text, "t.csv: ");
    char want[200];
    snprintf(want, sizeof want,
             "t.csv: error: [cells-more] %zu errors in this file, of which the first 3 are listed; --max-errors lists more\n",
             rows * 5);
    assert_non_null(last);
    assert_string_equal(last, want);
    assert_int_equal(diags_count(diags), 4);
    free(text);
    diags_drop(diags);
    buf_drop(&csv);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(exact_headers),
        TEST(headers_by_name),
        TEST(header_rows_are_joined),
        TEST(points_are_two_columns),
        TEST(days_have_months_and_years),
        TEST(categories_have_tables_of_labels),
        TEST(a_table_of_labels_gives_way),
        TEST(rows_that_cannot_be_numbered),
        TEST(two_threads_read_as_one),
        TEST(a_middle_in_quotes),
        TEST(what_is_wrong_has_its_line),
        TEST(quotes_that_are_wrong),
        TEST(wrong_everywhere),
    };
    return cmocka_run_group_tests_name("dataset rows", tests, NULL, NULL);
}
