/* datapackage.json: what a resource says of its files, their dialect and encoding; every wrong property with its
 * place. Nothing is read but the description. */
#include "dataset/package.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "support/program.h"
#include "support/said.h"

static char *folder;
static struct arena *arena;
static struct package package;

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
    package_drop(&package);
    memset(&package, 0, sizeof package);
    tree_remove(folder);
    arena_drop(arena);
    return 0;
}

static void put(const char *name, const char *text)
{
    file_write(arena_printf(arena, "%s/%s", folder, name), text, strlen(text));
}

/* Reads a package of this text; the messages are what was said of it. */
static void reads(const char *json, const char *messages)
{
    struct diags *diags = diags_new();
    put("datapackage.json", json);
    package_drop(&package);
    bool fine = package_read(folder, arena, &package, diags);
    assert_int_equal(fine, diags_errors(diags) == 0);
    assert_said(diags, folder, messages);
}

/* One resource with these properties from line 2 on; its schema has the field 'a'. */
static const struct resource *resource(const char *properties, const char *messages)
{
    reads(arena_printf(arena, "{\"resources\":[{\"name\":\"t\",\"schema\":{\"fields\":[{\"name\":\"a\"}]},\n%s}]}", properties),
          messages);
    return package.resources;
}

static const struct csv_dialect *dialect(const char *properties)
{
    return &resource(arena_printf(arena, "\"path\":\"t.csv\",\"dialect\":{%s}", properties), "")->dialect;
}

/* The dialect is on line 3. */
static void dialect_says(const char *properties, const char *messages)
{
    resource(arena_printf(arena, "\"path\":\"t.csv\",\"dialect\":\n{%s}", properties), messages);
}

/* A field 'a' with these properties, which are on line 2. */
static const struct field *field(const char *properties, const char *messages)
{
    reads(arena_printf(arena, "{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":{\"fields\":[{\"name\":\"a\",\n%s}]}}]}",
                       properties), messages);
    return package.resources->schema.fields;
}

static void what_is_not_said_has_its_default(void **state)
{
    (void)state;
    const struct resource *r = resource("\"path\":\"t.csv\"", "");
    assert_int_equal(r->path_count, 1);
    assert_string_equal(r->paths[0], arena_printf(arena, "%s/t.csv", folder));
    assert_null(r->encoding);
    assert_true(r->header);
    assert_int_equal(r->header_rows, 1);
    assert_string_equal(r->header_join, " ");
    assert_true(r->header_any_case);
    assert_int_equal(r->match, MATCH_EXACT);
    assert_int_equal(r->source_count + r->license_count, 0);
    const struct csv_dialect *d = &r->dialect;
    assert_int_equal(d->delimiter, ',');
    assert_int_equal(d->quote, '"');
    assert_int_equal(d->comment, 0);
    assert_false(d->skip_initial_space || d->literal_quotes);
    assert_null(d->line_end);
    assert_int_equal(d->skip_lines + d->comment_row_count, 0);
}

static void dialects(void **state)
{
    (void)state;
    const struct csv_dialect *d = dialect("\"delimiter\":\"\\t\",\"quoteChar\":\"'\",\"commentChar\":\"#\","
                                          "\"skipInitialSpace\":true,\"doubleQuote\":true,\"lineTerminator\":\"|\\n\","
                                          "\"bareQuotes\":\"literal\",\"caseSensitiveHeader\":true");
    assert_int_equal(d->delimiter, '\t');
    assert_int_equal(d->quote, '\'');
    assert_int_equal(d->comment, '#');
    assert_true(d->skip_initial_space && d->literal_quotes);
    assert_string_equal(d->line_end, "|\n");
    assert_false(package.resources->header_any_case);
    assert_null(dialect("\"lineTerminator\":\"\\r\\n\",\"bareQuotes\":\"error\"")->line_end);
    assert_int_equal(dialect("\"quoteChar\":\"\"")->quote, 0);
    assert_int_equal(dialect("\"quoteChar\":null")->quote, 0);
    assert_int_equal(resource("\"path\":\"t.tsv\",\"format\":\"tsv\"", "")->dialect.delimiter, '\t');
}

static void headers_of_several_rows(void **state)
{
    (void)state;
    const struct csv_dialect *d = dialect("\"headerRows\":[6]");
    assert_int_equal(d->skip_lines, 5);
    assert_int_equal(package.resources->header_rows, 1);

    d = dialect("\"headerRows\":[2,4,5],\"headerJoin\":\"-\",\"commentRows\":[1,3,7]");
    assert_int_equal(d->skip_lines, 1);
    assert_int_equal(package.resources->header_rows, 3);
    assert_string_equal(package.resources->header_join, "-");
    assert_int_equal(d->comment_row_count, 2);
    assert_int_equal(d->comment_rows[0], 3);
    assert_int_equal(d->comment_rows[1], 7);

    d = dialect("\"commentRows\":[1,2]");
    assert_int_equal(d->skip_lines, 0);
    assert_int_equal(d->comment_row_count, 2);
    dialect("\"header\":false");
    assert_false(package.resources->header);
    assert_int_equal(package.resources->header_rows, 0);
}

static void dialects_that_are_wrong(void **state)
{
    (void)state;
    dialect_says("\"delimiter\":\"ab\"",
                 "datapackage.json:3:15: error: [package-value] 'delimiter' is 'ab'; write one ASCII character\n");
    dialect_says("\"delimiter\":\"،\",\"quoteChar\":\"\\n\"",
                 "datapackage.json:3:15: error: [package-value] 'delimiter' is '،'; write one ASCII character\n"
                 "datapackage.json:3:31: error: [package-value] 'quoteChar' is '\n'; write one ASCII character\n");
    dialect_says("\"delimiter\":\";\",\"quoteChar\":\";\"",
                 "datapackage.json:3:1: error: [package-value] delimiter and quoteChar are one; use two characters\n");
    dialect_says("\"commentChar\":\",\"",
                 "datapackage.json:3:1: error: [package-value] commentChar and delimiter are one; use two characters\n");
    dialect_says("\"commentChar\":\"\\\"\"",
                 "datapackage.json:3:1: error: [package-value] commentChar and quoteChar are one; use two characters\n");
    dialect_says("\"lineTerminator\":\",\"",
                 "datapackage.json:3:20: error: [package-value] the lineTerminator holds the delimiter or the quote; use "
                 "other characters\n");
    dialect_says("\"lineTerminator\":\"\"",
                 "datapackage.json:3:20: error: [package-value] the lineTerminator is empty or not ASCII; write it as "
                 "\"\\r\\n\"\n");
    dialect_says("\"doubleQuote\":false",
                 "datapackage.json:3:16: error: [package-unsupported] a quote inside a quoted field is always written "
                 "twice; take doubleQuote out, and write the file so\n");
    dialect_says("\"bareQuotes\":\"lax\"",
                 "datapackage.json:3:16: error: [package-value] 'bareQuotes' is 'lax'; write error or literal\n");
    dialect_says("\"escapeChar\":\"\\\\\"",
                 "datapackage.json:3:2: error: [package-unsupported] the property 'escapeChar' of a dialect is not "
                 "supported and changes how cells are read; take it out\n");
    dialect_says("\"delimeter\":\";\"",
                 "datapackage.json:3:2: warning: [package-property] unknown property 'delimeter' of a dialect; did you "
                 "mean 'delimiter'?\n");
    resource("\"path\":\"t.csv\",\"dialect\":[]",
             "datapackage.json:2:26: error: [package-value] a dialect is no object; write {\"delimiter\": \";\"}, or the path "
             "of a JSON file that holds one\n");
}

static void header_rows_that_are_wrong(void **state)
{
    (void)state;
    dialect_says("\"headerRows\":1",
                 "datapackage.json:3:15: error: [package-value] 'headerRows' is no list of row numbers; write [1]\n");
    dialect_says("\"headerRows\":[0]",
                 "datapackage.json:3:16: error: [package-value] headerRows: this is no row number; write numbers from 1, "
                 "rising\n");
    dialect_says("\"commentRows\":[2,2]",
                 "datapackage.json:3:19: error: [package-value] commentRows: this is no row number above the one before; "
                 "write numbers from 1, rising\n");
    dialect_says("\"headerRows\":[]",
                 "datapackage.json:3:15: error: [package-value] headerRows is empty; name a row, or write \"header\": "
                 "false\n");
    dialect_says("\"header\":false,\"headerRows\":[2]",
                 "datapackage.json:3:30: error: [package-value] headerRows are given, and header is false; take one of them "
                 "out\n");
    dialect_says("\"headerRows\":[1,2],\"commentRows\":[2]",
                 "datapackage.json:3:18: error: [package-value] row 2 is in headerRows and in commentRows; take it out of "
                 "one\n");
    dialect_says("\"headerRows\":[1,5000]",
                 "datapackage.json:3:15: error: [package-value] the header is spread over more than 1000 rows; is a number "
                 "wrong?\n");
}

static void encodings(void **state)
{
    (void)state;
    static const char *const utf8[] = { "utf-8", "UTF8", "Utf_8", "utf-8-sig" };
    static const char *const known[] = { "windows-1256", "UTF-16", "ISO-8859-1", "iso-8859-6", "cp1252" };
    static const char *const unknown[] = { "", "windows-1256//IGNORE", "klingon", "utf-8 " };

    for (size_t i = 0; i < sizeof utf8 / sizeof *utf8; i++)
        assert_null(resource(arena_printf(arena, "\"path\":\"t.csv\",\"encoding\":\"%s\"", utf8[i]), "")->encoding);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(resource(arena_printf(arena, "\"path\":\"t.csv\",\"encoding\":\"%s\"", known[i]), "")->encoding,
                            known[i]);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        resource(arena_printf(arena, "\"path\":\"t.csv\",\"encoding\":\"%s\"", unknown[i]),
                 arena_printf(arena, "datapackage.json:2:28: error: [package-value] the encoding '%s' is not known; write a "
                              "name as utf-8, utf-16, windows-1256 or iso-8859-6\n", unknown[i]));
}

static void several_files(void **state)
{
    (void)state;
    const struct resource *r = resource("\"path\":[\"a.csv\",\"more/b.csv\"]", "");
    assert_int_equal(r->path_count, 2);
    assert_string_equal(r->paths[1], arena_printf(arena, "%s/more/b.csv", folder));
    resource("\"path\":[\"a.csv\",\"../b.csv\"]",
             "datapackage.json:2:18: error: [package-value] the path '../b.csv' leaves the dataset; name a file in its "
             "folder\n");
    resource("\"path\":[\"a.csv\",\"a.csv\"]",
             "datapackage.json:2:18: error: [package-value] the file 'a.csv' is named twice, so its rows would count twice; "
             "take one out\n");
    resource("\"path\":[{}]", "datapackage.json:2:9: error: [package-value] a path is no text; write \"FILE.csv\"\n");
    resource("\"path\":[]", "datapackage.json:2:8: error: [key-missing] the key 'path' is missing; name the CSV file\n");
    resource("\"title\":\"T\"",
             "datapackage.json:1:15: error: [key-missing] the key 'path' is missing; name the CSV file\n");
    resource("\"path\":\"https://example.org/a.csv\"",
             "datapackage.json:2:9: error: [package-value] the path 'https://example.org/a.csv' leaves the dataset; name a "
             "file in its folder\n");
    resource("\"path\":\"t.csv\",\"format\":\"xlsx\",\"compression\":\"gz\"",
             "datapackage.json:2:32: error: [package-unsupported] the property 'compression' of a resource is not supported "
             "and changes how cells are read; take it out\n"
             "datapackage.json:2:26: error: [package-unsupported] 'format' is 'xlsx'; only 'csv' is supported\n");
}

static void parts_in_files_of_their_own(void **state)
{
    (void)state;
    put("schema.json", "{\"fieldsMatch\":[\"subset\"],\n\"fields\":[{\"name\":\"b\",\"type\":\"integer\",\"colour\":1}]}");
    put("dialect.json", "{\"delimiter\":\";\"}");
    reads("{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":\"schema.json\",\"dialect\":\"dialect.json\"}]}",
          "schema.json:2:40: warning: [package-property] unknown property 'colour' of a field; it is not used\n");
    assert_string_equal(package.resources->schema.fields->name, "b");
    assert_int_equal(package.resources->dialect.delimiter, ';');
    assert_int_equal(package.resources->match, MATCH_SUBSET);
    reads("{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":\"none.json\",\"dialect\":\"../d.json\"}]}",
          "datapackage.json:1:74: error: [package-value] the path '../d.json' leaves the dataset; name a file in its "
          "folder\n"
          "none.json: error: [file-absent] there is no such file\n");
    put("schema.json", "[]");
    reads("{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":\"schema.json\"}]}",
          "schema.json:1:1: error: [package-value] a schema is no object; write {\"fields\": [...]}, or the path of a JSON "
          "file that holds one\n");
}

static void how_fields_match(void **state)
{
    (void)state;
    static const char *const names[] = { "exact", "equal", "subset", "superset", "partial" };
    for (int i = 0; i < 5; i++) {
        reads(arena_printf(arena, "{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":{\"fieldsMatch\":\"%s\","
                           "\"fields\":[{\"name\":\"a\"}]}}]}", names[i]), "");
        assert_int_equal(package.resources->match, i);
    }
    reads("{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":{\"fields\":[{\"name\":\"a\"}],\n\"fieldsMatch\":\"all\"}}]}",
          "datapackage.json:2:16: error: [package-value] 'fieldsMatch' is none that is known; write exact, equal, subset, "
          "superset or partial\n");
}

static void columns_without_names(void **state)
{
    (void)state;
    reads("{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"dialect\":{\"header\":false},\"schema\":{\"fields\":[{\"name\":\"a\"}],"
          "\n\"fieldsMatch\":\"equal\"}}]}",
          "datapackage.json:2:16: error: [package-value] without a header columns have no names to match by; take "
          "fieldsMatch out, or write it as exact\n");
}

static void sources_and_licences(void **state)
{
    (void)state;
    reads("{\"sources\":[{\"title\":\"S\",\"path\":\"https://s.org\",\"version\":\"2\",\"email\":\"a@s.org\"}],"
          "\"licenses\":[{\"name\":\"CC0-1.0\",\"title\":\"Zero\"}],\"resources\":["
          "{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":{\"fields\":[{\"name\":\"a\"}]}},"
          "{\"name\":\"u\",\"path\":\"u.csv\",\"schema\":{\"fields\":[{\"name\":\"a\"}]},\"sources\":[{\"title\":\"U\"}],"
          "\"licenses\":[{\"path\":\"LICENSE\"}]}]}", "");
    const struct resource *t = &package.resources[0], *u = &package.resources[1];
    assert_int_equal(t->source_count, 1);
    assert_string_equal(t->sources->version, "2");
    assert_string_equal(t->licenses->name, "CC0-1.0");
    assert_string_equal(package.licenses->title, "Zero");
    assert_int_equal(u->source_count, 1);
    assert_string_equal(u->sources->title, "U");
    assert_string_equal(u->licenses->path, "LICENSE");
    resource("\"path\":\"t.csv\",\"sources\":{},\"licenses\":[1]",
             "datapackage.json:2:26: error: [package-value] 'sources' is no list; write [{\"title\": ...}]\n"
             "datapackage.json:2:41: error: [package-value] this is no object; write {\"name\": \"CC-BY-4.0\"}\n");
    resource("\"path\":\"t.csv\",\"sources\":[{}],\"licenses\":[{\"title\":\"T\"}]",
             "datapackage.json:2:27: error: [key-missing] the key 'title' is missing; give it a text\n"
             "datapackage.json:2:43: error: [key-missing] the key 'name' is missing; give it a text\n");
}

static void formats_that_cannot_be_read(void **state)
{
    (void)state;
    static const struct {
        const char *type, *format, *fault;
    } rows[] = {
        { "date", "any", "it leaves open whether 03/04 is in March or in April, and Mujaz does not guess; write a pattern "
                         "as %d/%m/%Y" },
        { "date", "DD/MM/YYYY", "it is no pattern of strptime; write it as %d/%m/%Y" },
        { "date", "%d/%m", "it does not say the year; write %Y" },
        { "date", "%d %Y", "it does not say the month; write %m or %B" },
        { "date", "%m/%Y", "it does not say the day; write %d" },
        { "date", "%j %d %Y", "it has the day twice; write %j, or %m and %d" },
        { "date", "%m %b %d %Y", "it has '%b' for what it had before; write each part once" },
        { "date", "%F %H:%M", "it has a time, and the type is date; make the type datetime" },
        { "date", "%Y-%U", "it has '%U', which is not read; use %Y %y %m %d %e %j %b %B %a %A %H %I %p %M %S %f %z %F %T "
                           "%R" },
        { "date", "%Y-%ي", "it has '%ي', which is not read; use %Y %y %m %d %e %j %b %B %a %A %H %I %p %M %S %f %z %F %T "
                           "%R" },
        { "date", "%Y-%m-%d%", "it has '%', which is not read; use %Y %y %m %d %e %j %b %B %a %A %H %I %p %M %S %f %z %F "
                               "%T %R" },
        { "datetime", "%F", "it does not say the hour; write %H, or %I and %p" },
        { "datetime", "%F %I:%M", "it does not say the hour; write %H, or %I and %p" },
        { "datetime", "%F %H:%M %p", "it has the hour twice; write %H, or %I and %p" },
        { "datetime", "%F %H", "it does not say the minute; write %M" },
        { "time", "%F %T", "it has a day or a zone, and the type is time; make the type datetime" },
        { "time", "%M:%S", "it does not say the hour; write %H, or %I and %p" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        field(arena_printf(arena, "\"type\":\"%s\",\n\"format\":\"%s\"", rows[i].type, rows[i].format),
              arena_printf(arena, "datapackage.json:3:11: error: [package-unsupported] the format '%s' cannot be used: %s\n",
                           rows[i].format, rows[i].fault));
    field("\"type\":\"string\",\"format\":\"binary\"",
          "datapackage.json:2:27: error: [package-unsupported] the format 'binary' of a string is not read, since bytes "
          "cannot be printed; use default, email, uri or uuid\n");
    field("\"type\":\"string\",\"format\":\"e-mail\"",
          "datapackage.json:2:27: error: [package-unsupported] the format 'e-mail' of a string is not read; use default, "
          "email, uri or uuid\n");
    field("\"type\":\"geopoint\",\"format\":\"wkt\"",
          "datapackage.json:2:29: error: [package-unsupported] the format 'wkt' of a geopoint is not known; use default, "
          "array or object\n");
    field("\"type\":\"year\",\"format\":\"%Y\"",
          "datapackage.json:2:25: error: [package-unsupported] the format '%Y' is not known, this type has only one; take it "
          "out\n");
}

static void properties_of_a_type_that_are_wrong(void **state)
{
    (void)state;
    field("\"type\":\"string\",\"decimalChar\":\",\",\"partialDates\":true",
          "datapackage.json:2:17: warning: [package-property] 'decimalChar' suits the types number only, and is not used "
          "here; take it out\n"
          "datapackage.json:2:35: warning: [package-property] 'partialDates' suits the types date only, and is not used "
          "here; take it out\n");
    field("\"type\":\"date\",\"categories\":[\"a\"]",
          "datapackage.json:2:15: warning: [package-property] 'categories' suits the types string and integer only, and is "
          "not used here; take it out\n");
    field("\"type\":\"number\",\"groupChar\":\".\"",
          "datapackage.json:2:30: error: [package-value] groupChar and decimalChar are one, which is '.' unless it is given; "
          "use two characters\n");
    field("\"type\":\"number\",\"decimalChar\":\"ab\",\"groupChar\":\"\"",
          "datapackage.json:2:32: error: [package-value] 'decimalChar' is 'ab'; write one character that is no digit or "
          "sign\n"
          "datapackage.json:2:49: error: [package-value] 'groupChar' is ''; write one character that is no digit or sign\n");
    field("\"type\":\"number\",\"bareNumber\":\"no\"",
          "datapackage.json:2:31: error: [value-kind] 'bareNumber' is 'no'; write true or false\n");
    field("\"type\":\"boolean\",\"falseValues\":[\"1\"]",
          "datapackage.json:1:71: error: [package-value] field 'a': '1' is a true value and a false one; give trueValues and "
          "falseValues of its own\n");
    field("\"type\":\"list\",\"itemType\":\"integer\",\"delimiter\":\"--\"",
          "datapackage.json:2:49: error: [package-value] 'delimiter' is '--'; write one character that is no digit or sign\n"
          "datapackage.json:2:27: error: [package-unsupported] a list of 'integer' is not supported; its items are texts: "
          "write string\n");
    field("\"missingValues\":\"-\"",
          "datapackage.json:2:18: error: [package-value] 'missingValues' is no list; write [\"\", \"-\"]\n");
    field("\"missingValues\":[{\"lable\":\"x\"},[]]",
          "datapackage.json:2:19: warning: [package-property] unknown property 'lable' of a missing value; did you mean "
          "'label'?\n"
          "datapackage.json:2:18: error: [key-missing] the key 'value' is missing; give it a text\n"
          "datapackage.json:2:32: error: [package-value] missingValues: a text is needed here; write it in quotes\n");
    field("\"partialDate\":true",
          "datapackage.json:2:1: warning: [package-property] unknown property 'partialDate' of a field; did you mean "
          "'partialDates'?\n");
}

static void categories_that_are_wrong(void **state)
{
    (void)state;
    field("\"type\":\"string\",\"categories\":{}",
          "datapackage.json:2:30: error: [package-value] 'categories' is no list of values; write [\"a\", \"b\"] or "
          "[{\"value\": \"a\", \"label\": \"A\"}]\n");
    field("\"type\":\"integer\",\"categories\":[1,\n\"b\"]",
          "datapackage.json:3:2: error: [schema-constraint] field 'a': 'b' is not of the field's type; write a whole number "
          "of at most 18 digits, as 1200\n");
    field("\"type\":\"integer\",\"categories\":[1,\n\"01\",2]",
          "datapackage.json:3:2: error: [schema-constraint] field 'a': the category's value is there already, in line 2; "
          "give each its own\n");
    field("\"type\":\"string\",\"categories\":[{\"value\":\"a\",\"label\":\"A\"},\n{\"value\":\"b\",\"label\":\"A\"}]",
          "datapackage.json:3:1: error: [schema-constraint] field 'a': the category's label is there already, in line 2; "
          "give each its own\n");
    field("\"type\":\"string\",\"categories\":[{\"vlaue\":\"a\"}]",
          "datapackage.json:2:32: warning: [package-property] unknown property 'vlaue' of a category; did you mean "
          "'value'?\n"
          "datapackage.json:2:31: error: [key-missing] the key 'value' is missing; write what cells hold\n");
    field("\"type\":\"string\",\"categories\":[{\"value\":\"a\",\"labels\":{\"en\":\"A\"}}]",
          "datapackage.json:2:53: error: [key-missing] the key 'ar' is missing; give it a text\n");
    field("\"type\":\"string\",\"categories\":[\"a\"],\"constraints\":{\"enum\":[\"a\",\n\"b\"]}",
          "datapackage.json:3:2: error: [schema-constraint] field 'a': a value of enum is none of the categories; take it "
          "out, or add the category\n");
}

static void constraints_that_no_cell_could_meet(void **state)
{
    (void)state;
    field("\"type\":\"integer\",\"constraints\":{\"minimum\":3,\"maximum\":2}",
          "datapackage.json:2:43: error: [schema-constraint] field 'a': the minimum is above the maximum; no cell could be "
          "both\n");
    field("\"type\":\"string\",\"constraints\":{\"minLength\":3,\"maxLength\":2}",
          "datapackage.json:2:44: error: [schema-constraint] field 'a': minLength is above maxLength; no cell could be "
          "both\n");
    field("\"type\":\"duration\",\"constraints\":{\"minimum\":\"P1D\"}",
          "datapackage.json:2:45: error: [schema-constraint] field 'a': a month has no fixed length, so durations have no "
          "minimum or maximum\n");
    field("\"type\":\"date\",\"format\":\"%d/%m/%Y\",\"constraints\":{\"exclusiveMaximum\":\"2024-13-01\"}",
          "datapackage.json:2:70: error: [schema-constraint] field 'a': the exclusiveMaximum is not of its type; write a day "
          "as 31/01/2024, in the format %d/%m/%Y\n");
    field("\"type\":\"string\",\"constraints\":{\"pattern\":\"[ي-ء]\"}",
          "datapackage.json:2:43: error: [schema-constraint] field 'a': a range in the pattern runs backwards or is too "
          "long; write a shorter one\n");
    field("\"type\":\"string\",\"constraints\":{\"jsonSchema\":{}}",
          "datapackage.json:2:32: error: [package-unsupported] the property 'jsonSchema' of constraints is not supported "
          "and changes how cells are read; take it out\n");
}

static void keys_to_other_datasets(void **state)
{
    (void)state;
    reads("{\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":{\"fields\":[{\"name\":\"a\"}],\"foreignKeys\":["
          "{\"fields\":\"a\",\"reference\":{\"package\":\"sources\",\"resource\":\"list\",\"fields\":\"id\"}}]}}]}", "");
    const struct foreign_key *key = package.resources->schema.foreign;
    assert_int_equal(package.resources->schema.foreign_count, 1);
    assert_string_equal(key->package, "sources");
    assert_string_equal(key->resource, "list");
    assert_string_equal(key->targets[0], "id");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_not_said_has_its_default),
        TEST(dialects),
        TEST(headers_of_several_rows),
        TEST(dialects_that_are_wrong),
        TEST(header_rows_that_are_wrong),
        TEST(encodings),
        TEST(several_files),
        TEST(parts_in_files_of_their_own),
        TEST(how_fields_match),
        TEST(columns_without_names),
        TEST(sources_and_licences),
        TEST(formats_that_cannot_be_read),
        TEST(properties_of_a_type_that_are_wrong),
        TEST(categories_that_are_wrong),
        TEST(constraints_that_no_cell_could_meet),
        TEST(keys_to_other_datasets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
