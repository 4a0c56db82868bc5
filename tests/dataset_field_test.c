/* Cells by their field: every type with cells that can be read and cells that cannot, and what is said of them. */
#include "dataset/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/node.h"
#include "dataset/schema.h"
#include "support/said.h"

#define NBSP "\xC2\xA0"

static struct arena *arena;
static const struct place here = { "t.csv", 2, 1 };

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_drop(arena);
    return 0;
}

/* A field named 'a' with these properties. */
static struct field field_of(const char *properties)
{
    static const char *const empty[] = { "" };
    static const struct text_list missing = { empty, 1 };
    struct diags *diags = diags_new();
    const char *json = arena_printf(arena, "{\"name\":\"a\",%s}", properties);
    const struct node *node = node_parse("datapackage.json", json, strlen(json), arena, diags);
    struct field field;

    assert_non_null(node);
    assert_true(schema_read_field(node, &missing, arena, &field, diags));
    assert_said(diags, NULL, "");
    return field;
}

/* A value with its type: "I 12", "N 1.5", "B 1", "D 2024-01-31", "T text", "null"; "wrong" when it was refused. */
static const char *read_cell(const struct field *field, const char *cell)
{
    static const char letters[] = { [VALUE_TEXT] = 'T', [VALUE_INTEGER] = 'I', [VALUE_NUMBER] = 'N',
                                    [VALUE_BOOLEAN] = 'B', [VALUE_DATE] = 'D' };
    struct value value;
    struct buf out;

    if (!field_read(field, cell, strlen(cell), here, arena, &value, NULL))
        return "wrong";
    if (value.type == VALUE_NULL)
        return "null";
    assert_int_equal(value.type, field_value_type(field));
    buf_init(&out);
    buf_printf(&out, "%c ", letters[value.type]);
    if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
        buf_add_string(&out, value.text);
    else
        num_format(value.num, &out);
    const char *text = arena_string(arena, out.data);
    buf_drop(&out);
    return text;
}

struct row {
    const char *cell, *want;
};

static void check_rows(const char *properties, const struct row *rows)
{
    struct field field = field_of(properties);
    for (; rows->cell; rows++) {
        const char *got = read_cell(&field, rows->cell);
        if (strcmp(got, rows->want) != 0)
            fail_msg("{%s} '%s': '%s', not '%s'", properties, rows->cell, got, rows->want);
    }
    field_drop(&field);
}

#define ROWS(properties, ...) check_rows(properties, (const struct row[]){ __VA_ARGS__, { NULL, NULL } })

static void says(const char *properties, const char *cell, const char *message)
{
    struct field field = field_of(properties);
    struct diags *diags = diags_new();
    struct value value;
    bool fine = field_read(&field, cell, strlen(cell), here, arena, &value, diags);
    assert_int_equal(fine, *message == '\0');
    assert_said(diags, NULL, message);
    field_drop(&field);
}

static void strings_and_their_formats(void **state)
{
    (void)state;
    ROWS("\"type\":\"string\"", { "", "null" }, { " ", "T  " }, { "مجلس", "T مجلس" }, { "-0- ", "T -0- " });
    ROWS("\"format\":\"default\"", { "12", "T 12" });
    ROWS("\"type\":\"string\",\"format\":\"email\"", { "a.b+c@example.org", "T a.b+c@example.org" },
         { "بريد@مثال.org", "T بريد@مثال.org" }, { "a@localhost", "T a@localhost" }, { "a", "wrong" }, { "@b", "wrong" },
         { "a@", "wrong" }, { "a b@c", "wrong" }, { "a@b@c", "wrong" }, { ".a@b", "wrong" }, { "a.@b", "wrong" },
         { "a..b@c", "wrong" }, { "a@b.", "wrong" }, { "a@b_c", "wrong" }, { "a,b@c", "wrong" });
    ROWS("\"type\":\"string\",\"format\":\"uri\"", { "https://example.org/a?b=%20#c", "T https://example.org/a?b=%20#c" },
         { "urn:isbn:1", "T urn:isbn:1" }, { "https://example.org/بغداد", "T https://example.org/بغداد" },
         { "example.org", "wrong" }, { "http:", "wrong" }, { "1http:x", "wrong" }, { "http://a b", "wrong" },
         { "http://a%2", "wrong" }, { "http://a%zz", "wrong" }, { "http://<a>", "wrong" }, { ":a", "wrong" });
    ROWS("\"type\":\"string\",\"format\":\"uuid\"",
         { "123e4567-E89B-12d3-a456-426614174000", "T 123e4567-E89B-12d3-a456-426614174000" },
         { "123e4567-e89b-12d3-a456-42661417400", "wrong" }, { "123e4567ae89b-12d3-a456-426614174000", "wrong" },
         { "g23e4567-e89b-12d3-a456-426614174000", "wrong" });
}

static void whole_numbers(void **state)
{
    (void)state;
    ROWS("\"type\":\"integer\"", { "0", "I 0" }, { "-12", "I -12" }, { "+7", "I 7" }, { "007", "I 7" },
         { "999999999999999", "I 999999999999999" }, { "999999999999999999", "I 999999999999999999" },
         { "1000000000000000000", "wrong" }, { "٤٣", "I 43" }, { "۴۳", "I 43" }, { "−5", "I -5" }, { "1٬234", "I 1234" },
         { "1.0", "wrong" }, { "1e3", "wrong" }, { "-", "wrong" }, { "+", "wrong" }, { "--1", "wrong" }, { " 1", "wrong" },
         { "1,234", "wrong" }, { "1 ", "wrong" }, { "x", "wrong" }, { "", "null" }, { "1-2", "wrong" });
    ROWS("\"type\":\"integer\",\"groupChar\":\".\"", { "1.234.567", "I 1234567" }, { "1.5", "wrong" });
    ROWS("\"type\":\"integer\",\"groupChar\":\",\"", { "1,234,567", "I 1234567" }, { "-1,234", "I -1234" },
         { "12345", "I 12345" }, { "1,5", "wrong" }, { "1234,567", "wrong" }, { ",123", "wrong" }, { "1,,234", "wrong" },
         { "1,234,", "wrong" }, { "-,234", "wrong" }, { "1,2345", "wrong" });
    ROWS("\"type\":\"year\"", { "2024", "I 2024" }, { "٢٠٢٤", "I 2024" }, { "24", "wrong" }, { "-2024", "wrong" },
         { "-202", "wrong" }, { "20245", "wrong" }, { "20.4", "wrong" });
}

static void decimal_numbers(void **state)
{
    (void)state;
    ROWS("\"type\":\"number\"", { "12.50", "N 12.50" }, { "-12.3456", "N -12.3456" }, { "0.1", "N 0.1" },
         { ".5", "N 0.5" }, { "-.5", "N -0.5" }, { "+100000.00", "N 100000.00" }, { "5.", "wrong" }, { ".", "wrong" },
         { "-", "wrong" }, { "1.2.3", "wrong" }, { "1.5E3", "N 1500" }, { "1.5e-3", "N 0.0015" }, { "12E+2", "N 1200" },
         { "1E", "wrong" }, { "1E99", "wrong" }, { "1E-19", "wrong" }, { "E3", "wrong" }, { "1E1.5", "wrong" },
         { "NaN", "wrong" }, { "INF", "wrong" }, { "-INF", "wrong" }, { "0x1F", "wrong" }, { "1,5", "wrong" },
         { "1234567890.12345", "N 1234567890.12345" }, { "1234567890.123456", "wrong" },
         { "1234567890.1234500", "N 1234567890.1234500" }, { "0.30", "N 0.30" }, { "٠٫١٥", "N 0.15" },
         { "۱۲٬۳۴۵٫۶", "N 12345.6" }, { "٣٣٫٣٪", "wrong" }, { "1٬23", "wrong" }, { "1.234٬567", "wrong" });
    ROWS("\"type\":\"number\",\"decimalChar\":\",\"", { "12,5", "N 12.5" }, { "12.5", "wrong" }, { "12", "N 12" },
         { "1٫5", "N 1.5" });
    ROWS("\"type\":\"number\",\"decimalChar\":\",\",\"groupChar\":\".\"", { "1.234,5", "N 1234.5" }, { "1.234", "N 1234" },
         { "1.5", "wrong" }, { "1,234.5", "wrong" }, { "12.345.678,90", "N 12345678.90" });
    ROWS("\"type\":\"number\",\"groupChar\":\"\xC2\xA0\"", { "1" NBSP "234.5", "N 1234.5" },
         { "12" NBSP "34", "wrong" }, { "1 234", "wrong" });
    ROWS("\"type\":\"number\",\"decimalChar\":\"٫\",\"groupChar\":\"٬\"", { "١٬٢٣٤٫٥", "N 1234.5" }, { "1.5", "wrong" });
}

/* Every text of six letters and fewer, read as most cells are and as the rest are. */
static void the_short_way_reads_as_the_long_one(void **state)
{
    (void)state;
    static const char letters[] = "-.05+";
    static const char *const types[] = { "integer", "number", "year" };
    for (size_t t = 0; t < 3; t++) {
        struct field field = field_of(arena_printf(arena, "\"type\":\"%s\"", types[t]));
        for (unsigned code = 1; code < 15625; code++) {
            char cell[8];
            size_t n = 0;
            for (unsigned rest = code; rest; rest /= 5)
                cell[n++] = letters[rest % 5];
            struct value one = { 0 }, other = { 0 };
            bool fine = field_read(&field, cell, n, here, arena, &one, NULL);
            assert_int_equal(fine, field_parse(&field, cell, n, arena, &other));
            if (fine) {
                assert_int_equal(one.type, other.type);
                assert_int_equal(one.num.coefficient, other.num.coefficient);
                assert_int_equal(one.num.scale, other.num.scale);
            }
        }
        field_drop(&field);
    }
}

static void numbers_with_something_around_them(void **state)
{
    (void)state;
    ROWS("\"type\":\"number\",\"bareNumber\":false", { "95%", "N 95" }, { "€ 12", "N 12" }, { "EUR 95", "N 95" },
         { "Rs.500", "N 500" }, { "$.50", "N 50" }, { ".5%", "N 0.5" }, { "-12 %", "N -12" }, { "-€12", "N -12" },
         { "€-12", "N -12" }, { "€ −12", "N -12" }, { "12.5 مليون", "N 12.5" }, { "٣٣٫٣٪", "N 33.3" }, { "12", "N 12" },
         { "covid-19", "wrong" }, { "(12)", "wrong" }, { "12-", "wrong" }, { "5-12", "wrong" }, { "--12", "wrong" },
         { "Q1 2020", "wrong" }, { "x", "wrong" }, { "-", "wrong" }, { "12 euro", "N 12" }, { "12 (est.)", "N 12" });
    ROWS("\"type\":\"integer\",\"bareNumber\":false,\"groupChar\":\",\"", { "IQD 1,234,567", "I 1234567" },
         { "1,5 km", "wrong" }, { "1.5 km", "wrong" });
}

static void truths(void **state)
{
    (void)state;
    ROWS("\"type\":\"boolean\"", { "true", "B 1" }, { "True", "B 1" }, { "1", "B 1" }, { "FALSE", "B 0" }, { "0", "B 0" },
         { "tRue", "wrong" }, { "yes", "wrong" });
    ROWS("\"type\":\"boolean\",\"trueValues\":[\"نعم\"],\"falseValues\":[\"لا\",\"\"]", { "نعم", "B 1" }, { "لا", "B 0" },
         { "true", "wrong" }, { "", "null" });
}

static void days(void **state)
{
    (void)state;
    ROWS("\"type\":\"date\"", { "2024-02-29", "D 2024-02-29" }, { "٢٠٢٤-٠١-٣١", "D 2024-01-31" }, { "2023-02-29", "wrong" },
         { "1900-02-29", "wrong" }, { "2000-02-29", "D 2000-02-29" }, { "2024-1-31", "wrong" }, { "2024-13-01", "wrong" },
         { "0000-01-01", "wrong" }, { "2024-00-00", "wrong" }, { "2024-01-31 ", "wrong" }, { "2024-01", "wrong" });
    ROWS("\"type\":\"date\",\"format\":\"%d %B %Y\"", { "31 كانون الثاني 2024", "D 2024-01-31" },
         { "٢ تشرين الأول ٢٠٢٣", "D 2023-10-02" }, { "3 أغسطس 2024", "D 2024-08-03" }, { "30 شباط 2024", "wrong" },
         { "3 محرم 1445", "wrong" });
    ROWS("\"type\":\"date\",\"format\":\"%d-%B-%Y\"", { "01-January-2015", "D 2015-01-01" },
         { "1-jan-2015", "D 2015-01-01" }, { "30-February-2015", "wrong" }, { "01-كانون-2015", "wrong" },
         { "01-Janua-2015", "wrong" }, { "01-January-15", "wrong" }, { "٠١-May-٢٠١٥", "D 2015-05-01" });
    ROWS("\"type\":\"date\",\"format\":\"%d/%m/%Y\"", { "3/4/2024", "D 2024-04-03" }, { "31/12/2024", "D 2024-12-31" },
         { "12/31/2024", "wrong" }, { "003/4/2024", "wrong" }, { "3/4/2024x", "wrong" }, { "00/00/1980", "wrong" });
    ROWS("\"type\":\"date\",\"format\":\"fmt:%d %b %y\"", { "31 Dec 68", "D 2068-12-31" }, { "1 Jan 69", "D 1969-01-01" },
         { "1  Sep 00", "D 2000-09-01" }, { "1 Jan 5", "wrong" });
    ROWS("\"type\":\"date\",\"format\":\"%A, %e %h %Y\"", { "Wednesday, 31 Jan 2024", "D 2024-01-31" },
         { "Wed,  1 May 2024", "D 2024-05-01" }, { "Thu, 31 Jan 2024", "wrong" }, { "Wodansday, 31 Jan 2024", "wrong" });
    ROWS("\"type\":\"date\",\"format\":\"%Y%m%d\"", { "20240131", "D 2024-01-31" }, { "2024131", "wrong" });
    ROWS("\"type\":\"date\",\"format\":\"%Y.%j%%\"", { "2024.366%", "D 2024-12-31" }, { "2024.060%", "D 2024-02-29" },
         { "2023.366%", "wrong" }, { "2024.000%", "wrong" });
    ROWS("\"type\":\"date\",\"format\":\"%F\"", { "2024-01-31", "D 2024-01-31" });
    assert_true(field_is_day("2024-02-29"));
    assert_false(field_is_day("2023-02-29"));
    assert_false(field_is_day("2024-02-29x"));
}

static void dates_that_leave_something_out(void **state)
{
    (void)state;
    ROWS("\"type\":\"date\",\"format\":\"%d/%m/%Y\",\"partialDates\":true", { "00/00/1980", "T 1980" },
         { "00/05/1980", "T 1980-05" }, { "03/05/1980", "T 1980-05-03" }, { "03/00/1980", "wrong" },
         { "00/13/1980", "wrong" }, { "00/00/0000", "wrong" }, { "31/02/1980", "wrong" });
    ROWS("\"type\":\"date\",\"partialDates\":true", { "1980-00-00", "T 1980" }, { "1980-05-00", "T 1980-05" },
         { "1980-05", "wrong" });
    ROWS("\"type\":\"date\",\"partialDates\":true,\"constraints\":{\"minimum\":\"1980-05-02\",\"maximum\":\"1999-12-31\"}",
         { "1980-00-00", "T 1980" }, { "1980-05-00", "T 1980-05" }, { "1980-04-00", "wrong" }, { "2000-00-00", "wrong" },
         { "1980-05-01", "wrong" });
    says("\"type\":\"date\",\"format\":\"%d/%m/%Y\",\"partialDates\":true", "03/00/1980",
         "t.csv:2:1: error: [cell-type] field 'a': '03/00/1980' cannot be read; write a day as 31/01/2024, in the format "
         "%d/%m/%Y; 00 is a day or month that is not known\n");
}

static void times(void **state)
{
    (void)state;
    ROWS("\"type\":\"datetime\"", { "2024-01-31T12:00:00Z", "T 2024-01-31T12:00:00Z" },
         { "2024-01-31T12:00:00", "T 2024-01-31T12:00:00" }, { "2024-01-31T01:30:00+03:00", "T 2024-01-30T22:30:00Z" },
         { "2023-12-31T23:30:00-01:00", "T 2024-01-01T00:30:00Z" }, { "2024-03-01T00:00:00+00:01", "T 2024-02-29T23:59:00Z" },
         { "2024-01-26T15:00:00.300-05:00", "T 2024-01-26T20:00:00.3Z" },
         { "٢٠٢٤-٠١-٣١T١٢:٠٠:٠٠", "T 2024-01-31T12:00:00" },
         { "0001-01-01T00:00:00+03:00", "wrong" }, { "2024-01-31 12:00:00", "wrong" }, { "2024-01-31T12:00", "wrong" },
         { "2024-01-31T24:00:00", "wrong" }, { "2024-01-31T12:60:00", "wrong" }, { "2024-01-31T12:00:60", "wrong" },
         { "2024-01-31T12:00:00.", "wrong" }, { "2024-01-31T12:00:00+3", "wrong" }, { "2024-01-31T12:00:00+15:00", "wrong" },
         { "2024-02-30T12:00:00", "wrong" });
    ROWS("\"type\":\"datetime\",\"format\":\"%d/%m/%Y %I:%M %p\"", { "1/2/2024 12:05 AM", "T 2024-02-01T00:05:00" },
         { "1/2/2024 12:05 pm", "T 2024-02-01T12:05:00" }, { "1/2/2024 1:05 PM", "T 2024-02-01T13:05:00" },
         { "1/2/2024 13:05 PM", "wrong" }, { "1/2/2024 0:05 AM", "wrong" }, { "1/2/2024 1:05", "wrong" });
    ROWS("\"type\":\"datetime\",\"format\":\"%F %T.%f%z\"", { "2024-01-31 12:00:00.250+0300", "T 2024-01-31T09:00:00.25Z" });
    ROWS("\"type\":\"time\"", { "23:59:00", "T 23:59:00" }, { "23:59:00.500", "T 23:59:00.5" }, { "24:00:00", "wrong" },
         { "9:00:00", "wrong" }, { "09:00", "wrong" }, { "09:00:00Z", "wrong" });
    ROWS("\"type\":\"time\",\"format\":\"%I:%M:%S %p\"", { "9:05:07 PM", "T 21:05:07" });
    ROWS("\"type\":\"time\",\"format\":\"%R\"", { "9:05", "T 09:05:00" }, { "٠٩:٠٥", "T 09:05:00" });
    ROWS("\"type\":\"yearmonth\"", { "2024-01", "T 2024-01" }, { "٢٠٢٤-١٢", "T 2024-12" }, { "2024-13", "wrong" },
         { "2024-00", "wrong" }, { "0000-01", "wrong" }, { "2024-1", "wrong" }, { "2024-01-01", "wrong" });
    ROWS("\"type\":\"duration\"", { "P1Y2M3DT4H5M6.5S", "T P1Y2M3DT4H5M6.5S" }, { "-P2W", "T -P2W" }, { "PT5M", "T PT5M" },
         { "P٣D", "T P3D" }, { "P", "wrong" }, { "PT", "wrong" }, { "P1DT", "wrong" }, { "1D", "wrong" }, { "P1M1Y", "wrong" },
         { "P1H", "wrong" }, { "P1.5D", "wrong" }, { "P1D2D", "wrong" }, { "PT1S2", "wrong" }, { "PT1.S", "wrong" });
}

static void lists(void **state)
{
    (void)state;
    ROWS("\"type\":\"list\"", { "a,b", "T [\"a\",\"b\"]" }, { "a, b ", "T [\"a\",\"b\"]" }, { "a", "T [\"a\"]" },
         { ",", "T [\"\",\"\"]" }, { "say \"so\"\\", "T [\"say \\\"so\\\"\\\\\"]" }, { "a\tb", "T [\"a\\u0009b\"]" },
         { "", "null" });
    ROWS("\"type\":\"list\",\"missingValues\":[],\"itemType\":\"string\"", { "", "T []" });
    ROWS("\"type\":\"list\",\"delimiter\":\"،\"", { "بغداد، البصرة", "T [\"بغداد\",\"البصرة\"]" }, { "a,b", "T [\"a,b\"]" });
    ROWS("\"type\":\"list\",\"delimiter\":\";\",\"constraints\":{\"minLength\":2,\"maxLength\":3}", { "a;b", "T [\"a\",\"b\"]" },
         { "long one", "wrong" }, { "a;b;c;d", "wrong" });
    says("\"type\":\"list\",\"constraints\":{\"minLength\":2}", "abc",
         "t.csv:2:1: error: [cell-length] field 'a': 'abc' has 1 item; at least 2 are needed\n");
}

static void points(void **state)
{
    (void)state;
    ROWS("\"type\":\"geopoint\"", { "44.3661, 33.3152", "T 44.3661,33.3152" }, { "90.50,-45.50", "T 90.5,-45.5" },
         { "180,90", "T 180,90" }, { "-180.0,-90.0", "T -180,-90" }, { "٤٤٫٣٦, ٣٣٫٣١", "T 44.36,33.31" },
         { "180.1,0", "wrong" }, { "0,90.1", "wrong" }, { "33.3,144.4", "wrong" }, { "44.3", "wrong" }, { "1,2,3", "wrong" },
         { "a,b", "wrong" }, { "[1,2]", "wrong" }, { ",", "wrong" });
    ROWS("\"type\":\"geopoint\",\"format\":\"array\"", { "[44.36, 33.31]", "T 44.36,33.31" }, { "[ 1 , 2 ] ", "T 1,2" },
         { "[1,2", "wrong" }, { "[1,2,3]", "wrong" }, { "[1]", "wrong" }, { "1,2", "wrong" }, { "[\"1\",2]", "wrong" });
    ROWS("\"type\":\"geopoint\",\"format\":\"object\"", { "{\"lon\": 44.36, \"lat\": 33.31}", "T 44.36,33.31" },
         { "{\"lat\":33.31,\"lon\":44.36}", "T 44.36,33.31" }, { "{\"lon\":1}", "wrong" }, { "{\"lon\":1,\"lon\":2}", "wrong" },
         { "{\"lon\":1,\"lat\":2,\"alt\":3}", "wrong" }, { "{\"lon\":1,\"lat\":91}", "wrong" }, { "{}", "wrong" });
}

static void missing_values(void **state)
{
    (void)state;
    ROWS("\"type\":\"string\",\"missingValues\":[\"-0- \"]", { "-0- ", "null" }, { "-0-", "T -0-" }, { "", "T " });
    ROWS("\"type\":\"integer\",\"missingValues\":[\"\",\"-99\"]", { "-99", "null" }, { "-98", "I -98" }, { "", "null" },
         { "-99.0", "wrong" });
    ROWS("\"type\":\"number\",\"missingValues\":[{\"value\":\"-\",\"label\":\"none\"},{\"value\":\"9.9\"}]", { "-", "null" },
         { "9.9", "null" }, { "9.90", "N 9.90" }, { "", "wrong" });
    ROWS("\"type\":\"integer\",\"constraints\":{\"required\":true},\"missingValues\":[\"0\"]", { "0", "wrong" }, { "1", "I 1" });
    says("\"type\":\"integer\",\"constraints\":{\"required\":true},\"missingValues\":[\"0\"]", "0",
         "t.csv:2:1: error: [cell-required] field 'a' is empty; it is required: write a whole number of at most 18 digits, "
         "as 1200\n");
}

static void bounds(void **state)
{
    (void)state;
    ROWS("\"type\":\"number\",\"constraints\":{\"exclusiveMinimum\":0,\"exclusiveMaximum\":\"1.0\"}", { "0", "wrong" },
         { "0.00", "wrong" }, { "0.001", "N 0.001" }, { "1", "wrong" }, { "0.999", "N 0.999" });
    ROWS("\"type\":\"number\",\"decimalChar\":\",\",\"constraints\":{\"minimum\":0.5,\"maximum\":\"1,5\"}", { "0,4", "wrong" },
         { "0,5", "N 0.5" }, { "1,5", "N 1.5" }, { "1,6", "wrong" });
    ROWS("\"type\":\"date\",\"format\":\"%d/%m/%Y\",\"constraints\":{\"minimum\":\"2003-03-20\",\"maximum\":\"18/12/2011\"}",
         { "19/03/2003", "wrong" }, { "20/03/2003", "D 2003-03-20" }, { "18/12/2011", "D 2011-12-18" },
         { "19/12/2011", "wrong" });
    ROWS("\"type\":\"datetime\",\"constraints\":{\"maximum\":\"2024-01-31T12:00:00Z\"}",
         { "2024-01-31T12:00:00Z", "T 2024-01-31T12:00:00Z" }, { "2024-01-31T12:00:00.5Z", "wrong" },
         { "2024-01-31T14:59:00+03:00", "T 2024-01-31T11:59:00Z" });
    ROWS("\"type\":\"yearmonth\",\"constraints\":{\"minimum\":\"2024-02\"}", { "2024-01", "wrong" }, { "2024-02", "T 2024-02" });
    ROWS("\"type\":\"time\",\"constraints\":{\"exclusiveMaximum\":\"12:00:00\"}", { "12:00:00", "wrong" },
         { "11:59:59", "T 11:59:59" });
    says("\"type\":\"integer\",\"constraints\":{\"exclusiveMinimum\":5,\"minimum\":7}", "5",
         "t.csv:2:1: error: [cell-range] field 'a': '5' is below the minimum; write 7 or more\n"
         "t.csv:2:1: error: [cell-range] field 'a': '5' is not above the exclusive minimum; write more than 5\n");
    says("\"type\":\"integer\",\"constraints\":{\"exclusiveMaximum\":5,\"maximum\":4}", "9",
         "t.csv:2:1: error: [cell-range] field 'a': '9' is above the maximum; write 4 or less\n"
         "t.csv:2:1: error: [cell-range] field 'a': '9' is not below the exclusive maximum; write less than 5\n");
}

static void patterns_and_enums(void **state)
{
    (void)state;
    ROWS("\"type\":\"string\",\"constraints\":{\"pattern\":\"[ء-ي]{4}\"}", { "مجلس", "T مجلس" }, { "مجل", "wrong" },
         { "مجلس ", "wrong" }, { "abcd", "wrong" });
    ROWS("\"type\":\"string\",\"constraints\":{\"pattern\":\"[^٠-٩[:upper:]]-[]ا-ت-]\"}", { "x-ب", "T x-ب" },
         { "x-]", "T x-]" }, { "x--", "T x--" }, { "٣-ب", "wrong" }, { "X-ب", "wrong" }, { "x-و", "wrong" });
    ROWS("\"type\":\"string\",\"constraints\":{\"pattern\":\"..\\\\[é\"}", { "ab[é", "T ab[é" }, { "éé[é", "T éé[é" },
         { "é[é", "wrong" });
    ROWS("\"type\":\"string\",\"constraints\":{\"pattern\":\"a|b\"}", { "a", "T a" }, { "ab", "wrong" });
    ROWS("\"type\":\"string\",\"constraints\":{\"pattern\":\"^a.*$\"}", { "abc", "T abc" }, { "ba", "wrong" });
    ROWS("\"type\":\"number\",\"constraints\":{\"enum\":[0.5,\"1\"]}", { "0.50", "N 0.50" }, { "1.0", "N 1.0" },
         { "2", "wrong" });
    ROWS("\"type\":\"boolean\",\"trueValues\":[\"yes\"],\"constraints\":{\"enum\":[true]}", { "yes", "B 1" },
         { "false", "wrong" });
    ROWS("\"type\":\"list\",\"constraints\":{\"enum\":[\"a,b\"]}", { "a, b", "T [\"a\",\"b\"]" }, { "a", "wrong" });
}

static void categories(void **state)
{
    (void)state;
    const char *fruit = "\"type\":\"integer\",\"categoriesOrdered\":true,\"categories\":[{\"value\":0,\"label\":\"apple\","
                        "\"labels\":{\"en\":\"Apple\",\"ar\":\"تفاح\"}},{\"value\":1,\"label\":\"orange\"},{\"value\":2}]";
    struct field field = field_of(fruit);
    assert_int_equal(field.category_count, 3);
    assert_true(field.categories_ordered);
    assert_string_equal(field.categories[0].label[LANG_EN], "Apple");
    assert_string_equal(field.categories[0].label[LANG_AR], "تفاح");
    assert_string_equal(field.categories[1].label[LANG_AR], "orange");
    assert_null(field.categories[2].label[LANG_EN]);
    assert_int_equal(field.categories[2].value.num.coefficient, 2);
    field_drop(&field);
    ROWS(fruit, { "0", "I 0" }, { "٢", "I 2" }, { "3", "wrong" }, { "", "null" });
    says(fruit, "3", "t.csv:2:1: error: [cell-category] field 'a': '3' is none of its categories; write one of 0, 1, 2\n");
    says("\"type\":\"string\",\"categories\":[\"rocket\",\"drone\"]", "rokcet",
         "t.csv:2:1: error: [cell-category] field 'a': 'rokcet' is none of its categories; did you mean 'rocket'?\n");
    says("\"type\":\"string\",\"categories\":[\"rocket\",\"drone\"]", "drone", "");
    says("\"type\":\"string\",\"categories\":[\"r\",\"d\"]", "x",
         "t.csv:2:1: error: [cell-category] field 'a': 'x' is none of its categories; write one of r, d\n");
}

static void what_is_said_of_a_cell(void **state)
{
    (void)state;
    static const struct {
        const char *properties, *cell, *wanted;
    } rows[] = {
        { "\"type\":\"date\",\"format\":\"%d-%B-%Y\"", "2015-01-01", "a day as 31-January-2024, in the format %d-%B-%Y" },
        { "\"type\":\"datetime\"", "x",
          "a day and time as 2024-01-31T23:59:00, or with a zone as 2024-01-31T23:59:00+03:00" },
        { "\"type\":\"time\",\"format\":\"%I:%M %p\"", "x", "a time as 11:59 PM, in the format %I:%M %p" },
        { "\"type\":\"yearmonth\"", "x", "a month as 2024-01" },
        { "\"type\":\"duration\"", "x", "a duration as P1Y2M3DT4H5M6S" },
        { "\"type\":\"geopoint\"", "x",
          "a longitude from -180 to 180 and a latitude from -90 to 90, as 44.36, 33.31" },
        { "\"type\":\"number\",\"decimalChar\":\",\",\"groupChar\":\".\"", "1.5",
          "a number of at most 15 digits, as 1.200,5" },
        { "\"type\":\"integer\",\"groupChar\":\",\"", "1,5", "a whole number of at most 18 digits, as 1,200" },
        { "\"type\":\"string\",\"format\":\"email\"", "x", "an address as name@example.org" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        says(rows[i].properties, rows[i].cell,
             arena_printf(arena, "t.csv:2:1: error: [cell-type] field 'a': '%s' cannot be read; write %s\n", rows[i].cell,
                          rows[i].wanted));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(strings_and_their_formats),
        TEST(whole_numbers),
        TEST(decimal_numbers),
        TEST(the_short_way_reads_as_the_long_one),
        TEST(numbers_with_something_around_them),
        TEST(truths),
        TEST(days),
        TEST(dates_that_leave_something_out),
        TEST(times),
        TEST(lists),
        TEST(points),
        TEST(missing_values),
        TEST(bounds),
        TEST(patterns_and_enums),
        TEST(categories),
        TEST(what_is_said_of_a_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
