/* CSV as records with places: what is read, and every way in which a file can be wrong. Cases follow
 * RFC 4180 and the public suites csv-spectrum and csv-test-data. */
#include "dataset/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/said.h"

/* A record as "line:col<text> line:col<text>\n". */
static bool write_record(void *context, const struct csv_field *fields, size_t count)
{
    struct buf *out = context;
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, "%s%u:%u<", i ? " " : "", fields[i].at.line, fields[i].at.col);
        buf_add(out, fields[i].text, fields[i].length);
        buf_add_char(out, '>');
    }
    buf_add_char(out, '\n');
    return true;
}

static void read_bytes(const char *bytes, size_t length, struct csv_format format, const char *records,
                       const char *messages)
{
    struct buf out;
    struct diags *diags = diags_new();
    buf_init(&out);
    struct csv_reader reader = { .record = write_record, .context = &out };
    bool fine = csv_read("t.csv", bytes, length, format, reader, diags);
    assert_int_equal(fine, diags_errors(diags) == 0);
    assert_string_equal(out.data, records);
    assert_said(diags, NULL, messages);
    buf_drop(&out);
}

static void reads(const char *text, const char *records, const char *messages)
{
    read_bytes(text, strlen(text), (struct csv_format){ ',', '"' }, records, messages);
}

static void records_and_places(void **state)
{
    (void)state;
    reads("a,b\n1,22,\n", "1:1<a> 1:3<b>\n2:1<1> 2:3<22> 2:6<>\n", "");
    reads("a,b\r\n1,2\r\n", "1:1<a> 1:3<b>\n2:1<1> 2:3<2>\n", "");
    reads("a\rb\r", "1:1<a>\n2:1<b>\n", "");
    reads("a,b\n1,2", "1:1<a> 1:3<b>\n2:1<1> 2:3<2>\n", "");
    reads("a,", "1:1<a> 1:3<>\n", "");
    reads("", "", "");
    reads("\n\n", "", "");
    reads("مجلس,b\n", "1:1<مجلس> 1:6<b>\n", "");
    reads(" a , b\t\n", "1:1< a > 1:5< b\t>\n", "");
}

static void quoted_fields(void **state)
{
    (void)state;
    reads("\"a,b\",c\n", "1:1<a,b> 1:7<c>\n", "");
    reads("\"ha \"\"ha\"\" ha\",x\n", "1:1<ha \"ha\" ha> 1:16<x>\n", "");
    reads("\"\",\"\"\"\",x\n", "1:1<> 1:4<\"> 1:9<x>\n", "");
    reads("\"two\nlines\",x\ny,z\n", "1:1<two\nlines> 2:8<x>\n3:1<y> 3:3<z>\n", "");
    reads("\"a\r\n\rb\",x\r\ny\r\n", "1:1<a\r\n\rb> 3:4<x>\n4:1<y>\n", "");
    reads("a,\"x\"", "1:1<a> 1:3<x>\n", "");
    read_bytes("'a;b';'it''s'\n", 14, (struct csv_format){ ';', '\'' }, "1:1<a;b> 1:7<it's>\n", "");
}

static void blank_lines_between_records_are_told(void **state)
{
    (void)state;
    reads("a\n\n\nb\n\n", "1:1<a>\n4:1<b>\n",
          "t.csv:2:1: warning: [csv-blank-line] a blank line is skipped; take it out, or write \"\" when it is an "
          "empty cell\n"
          "t.csv:3:1: warning: [csv-blank-line] a blank line is skipped; take it out, or write \"\" when it is an "
          "empty cell\n");
    reads("\r\na\r\n", "2:1<a>\n",
          "t.csv:1:1: warning: [csv-blank-line] a blank line is skipped; take it out, or write \"\" when it is an "
          "empty cell\n");
}

static void quotes_out_of_place(void **state)
{
    (void)state;
    reads("a,b\nKGB \"\"Alpha\"\" unit,2\n", "1:1<a> 1:3<b>\n",
          "t.csv:2:5: error: [csv-quote] a quote inside a field that is not quoted; quote the field and write this "
          "quote twice\n");
    reads("a\nمجلس\"\n", "1:1<a>\n",
          "t.csv:2:5: error: [csv-quote] a quote inside a field that is not quoted; quote the field and write this "
          "quote twice\n");
    reads("a,b\n1,\"x\ny\" z\n3,4\n", "1:1<a> 1:3<b>\n",
          "t.csv:3:3: error: [csv-quote] text follows a closing quote; inside a quoted field write a quote twice\n");
    reads("a\n1\n\"2\n3\n", "1:1<a>\n2:1<1>\n",
          "t.csv:3:1: error: [csv-quote] the quote that opens here is never closed; is the file cut off, or a quote "
          "missing?\n");
    reads("a,\"", "", "t.csv:1:3: error: [csv-quote] the quote that opens here is never closed; is the file cut off, "
          "or a quote missing?\n");
}

static void long_fields_and_records(void **state)
{
    (void)state;
    struct buf text, want;
    buf_init(&text);
    buf_init(&want);
    for (int i = 0; i < CSV_FIELD_BYTES; i++)
        buf_add_char(&text, 'x');
    buf_printf(&want, "1:1<%s>\n", text.data);
    reads(text.data, want.data, "");
    buf_add_char(&text, 'x');
    reads(text.data, "", "t.csv:1:1: error: [csv-field-size] a field of 65537 bytes; at most 65536 are read\n");
    buf_clear(&text);
    buf_add_string(&text, "a\n\"");
    for (int i = 0; i < 2 * CSV_FIELD_BYTES; i++)
        buf_add_char(&text, 'x');
    reads(text.data, "1:1<a>\n", "t.csv:2:1: error: [csv-field-size] a field of more than 65536 bytes; is its "
          "closing quote missing?\n");
    buf_clear(&text);
    for (int i = 0; i < CSV_FIELDS; i++)
        buf_add_char(&text, ',');
    reads(text.data, "", "t.csv:1:513: error: [csv-columns] a record of more than 512 fields; at most 512 are read\n");
    buf_drop(&text);
    buf_drop(&want);
}

static void bytes_are_not_judged_here(void **state)
{
    (void)state;
    struct csv_format format = { ',', '"' };
    struct buf out;
    struct diags *diags = diags_new();
    buf_init(&out);
    struct csv_reader reader = { .record = write_record, .context = &out };
    assert_true(csv_read("t.csv", "a\0b,\xFF\n", 6, format, reader, diags));
    assert_int_equal(out.length, 16);
    assert_memory_equal(out.data, "1:1<a\0b> 1:5<\xFF>\n", 16);
    assert_said(diags, NULL, "");
    buf_drop(&out);
}

static bool stop_at_once(void *context, const struct csv_field *fields, size_t count)
{
    (void)fields;
    (void)count;
    ++*(int *)context;
    return false;
}

static void a_reader_can_stop(void **state)
{
    (void)state;
    int records = 0;
    struct diags *diags = diags_new();
    struct csv_reader reader = { .record = stop_at_once, .context = &records };
    assert_false(csv_read("t.csv", "a\nb\nc", 5, (struct csv_format){ ',', '"' }, reader, diags));
    assert_int_equal(records, 1);
    assert_said(diags, NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_and_places),
        cmocka_unit_test(quoted_fields),
        cmocka_unit_test(blank_lines_between_records_are_told),
        cmocka_unit_test(quotes_out_of_place),
        cmocka_unit_test(long_fields_and_records),
        cmocka_unit_test(bytes_are_not_judged_here),
        cmocka_unit_test(a_reader_can_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
