/*
 * CSV as records with places: what is read, and every way in which a file can be wrong. Cases follow RFC 4180 and the
 * public suites csv-spectrum and csv-test-data; see dataset_csv_judge_test.c for where we differ from them.
 *
 * Every case is read with blocks of many sizes, so that each of its bytes once is a block's last.
 */
#include "dataset/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "dataset/csv_inside.h"
#include "dataset/csv_masks.h"
#include "support/records.h"
#include "support/said.h"

#define BLANK "a blank line is skipped; take it out, or write \"\" when it is an empty cell\n"
#define INSIDE                                                                                                       \
    "a quote inside a field that is not quoted; quote the field and write this quote twice, or declare "              \
    "\"bareQuotes\": \"literal\"\n"
#define BEHIND "text follows a closing quote; inside a quoted field write a quote twice\n"
#define UNCLOSED "the quote that opens here is never closed; is the file cut off, or a quote missing?\n"
#define JOINED "the byte 0x1A, which ends DOS files, and the file goes on; were two files joined? take it out\n"

static const struct csv_dialect plain = { .delimiter = ',', .quote = '"' };

static void reads_from(const struct csv_source *source, const struct csv_dialect *dialect, const char *records,
                       size_t length, const char *messages)
{
    static const size_t blocks[] = { 1, 2, 3, 4, 5, 7, 11, 13, 64, 1000, CSV_BLOCK };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct buf out;
        struct diags *diags = diags_new();
        buf_init(&out);
        bool fine = records_read(source, dialect, blocks[i], true, &out, diags);
        assert_int_equal(fine, diags_errors(diags) == 0);
        if (strlen(out.data) == out.length)
            assert_string_equal(out.data, records);
        assert_int_equal(out.length, length);
        assert_memory_equal(out.data, records, length);
        assert_said(diags, records_folder(), messages);
        buf_drop(&out);
    }
}

static void reads_bytes(const char *bytes, size_t length, const char *encoding, const struct csv_dialect *dialect,
                        const char *records, const char *messages)
{
    struct csv_source source = { records_file(bytes, length), encoding, 0, UINT64_MAX };
    reads_from(&source, dialect, records, strlen(records), messages);
}

static void reads_as(struct csv_dialect dialect, const char *text, const char *records, const char *messages)
{
    reads_bytes(text, strlen(text), NULL, &dialect, records, messages);
}

static void reads(const char *text, const char *records, const char *messages)
{
    reads_as(plain, text, records, messages);
}

/* --- records ------------------------------------------------------------------------------------------------ */

static void records_and_places(void **state)
{
    (void)state;
    reads("a,b\n1,22,\n", "1:1<a> 1:3<b>\n2:1<1> 2:3<22> 2:6<>\n", "");
    reads("a,b\r\n1,2\r\n", "1:1<a> 1:3<b>\n2:1<1> 2:3<2>\n", "");
    reads("a\rb\r", "1:1<a>\n2:1<b>\n", "");
    reads("a,b\n1,2", "1:1<a> 1:3<b>\n2:1<1> 2:3<2>\n", "");
    reads("a,", "1:1<a> 1:3<>\n", "");
    reads(",\n", "1:1<> 1:2<>\n", "");
    reads("a\n1", "1:1<a>\n2:1<1>\n", "");
    reads("", "", "");
    reads("\n\n", "", "");
    reads("\r\n\r", "", "");
    reads("مجلس,b\n", "1:1<مجلس> 1:6<b>\n", "");
    reads("1,😎,3", "1:1<1> 1:3<😎> 1:5<3>\n", "");
    reads(" a , b\t\n", "1:1< a > 1:5< b\t>\n", "");
    reads("\xEF\xBB\xBF" "a,b\n", "1:1<a> 1:3<b>\n", "");
    reads("\xEF\xBB\xBF\"a\",b\n", "1:1<a> 1:5<b>\n", "");
    reads("\xEF\xBB\xBF", "", "");
}

static void quoted_fields(void **state)
{
    (void)state;
    reads("\"a,b\",c\n", "1:1<a,b> 1:7<c>\n", "");
    reads("\"ha \"\"ha\"\" ha\",x\n", "1:1<ha \"ha\" ha> 1:16<x>\n", "");
    reads("1,\"{\"\"k\"\": [1, 0.5]}\"\n", "1:1<1> 1:3<{\"k\": [1, 0.5]}>\n", "");
    reads("\"\",\"\"\"\",x\n", "1:1<> 1:4<\"> 1:9<x>\n", "");
    reads("\"\"\"a\",\"\"\"\"\"\",\"b\"\"\"\n", "1:1<\"a> 1:7<\"\"> 1:14<b\">\n", "");
    reads("\"two\nlines\",x\ny,z\n", "1:1<two\nlines> 2:8<x>\n3:1<y> 3:3<z>\n", "");
    reads("\"a\r\n\rb\",x\r\ny\r\n", "1:1<a\r\n\rb> 3:4<x>\n4:1<y>\n", "");
    reads("\"\r\",\"\n\"\nx", "1:1<\r> 2:3<\n>\n4:1<x>\n", "");
    reads("1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n", "1:1<1> 1:3<ha \n\"ha\" \nha>\n4:1<3> 4:3<4>\n", "");
    reads("\"\n\n\"\n", "1:1<\n\n>\n", "");
    reads("a,\"x\"", "1:1<a> 1:3<x>\n", "");
    reads("\"\"", "1:1<>\n", "");
    reads_as((struct csv_dialect){ .delimiter = ';', .quote = '\'' }, "'a;b';'it''s'\n", "1:1<a;b> 1:7<it's>\n", "");
}

static void what_a_field_tells_of_itself(void **state)
{
    (void)state;
    static const char text[] = "a ~,\"a\",\x7F,\xC3\xA9,\"\t\",\"x,\",\"\"\"\",\0,\"1\n2\"";
    struct csv_source source = { records_file(text, sizeof text - 1), NULL, 0, UINT64_MAX };
    static const bool are_plain[] = { true, true, false, false, false, true, true, false, false },
                      are_quoted[] = { false, true, false, false, true, true, true, false, true };
    for (size_t block = 1; block < 80; block++) {
        struct diags *diags = diags_new();
        struct csv *csv = csv_open_blocks(&source, &plain, block, diags);
        struct csv_record record;
        assert_int_equal(csv_next(csv, &record), CSV_RECORD);
        assert_int_equal(record.count, 9);
        for (size_t i = 0; i < 9; i++) {
            assert_int_equal(record.fields[i].plain, are_plain[i]);
            assert_int_equal(record.fields[i].quoted, are_quoted[i]);
        }
        assert_int_equal(record.fields[7].length, 1);
        struct place behind = csv_place(csv, 9);
        assert_int_equal(behind.line, 2);
        assert_int_equal(behind.col, 3);
        assert_int_equal(csv_next(csv, &record), CSV_END);
        assert_int_equal(csv_place(csv, 0).line, 3);
        assert_int_equal(csv_next(csv, &record), CSV_END);
        csv_close(csv);
        assert_said(diags, NULL, "");
    }
}

static void blank_lines_between_records_are_told(void **state)
{
    (void)state;
    reads("a\n\n\nb\n\n", "1:1<a>\n4:1<b>\n",
          "t.csv:2:1: warning: [csv-blank-line] " BLANK "t.csv:3:1: warning: [csv-blank-line] " BLANK);
    reads("\r\na\r\n", "2:1<a>\n", "t.csv:1:1: warning: [csv-blank-line] " BLANK);
    reads("a\n\r\nx\"\n", "1:1<a>\n",
          "t.csv:2:1: warning: [csv-blank-line] " BLANK "t.csv:3:2: error: [csv-quote] " INSIDE);

    struct buf text, want;
    buf_init(&text);
    buf_init(&want);
    buf_add_string(&text, "a\n");
    for (unsigned i = 2; i < 1000; i++) {
        buf_add_string(&text, i == 400 ? "b\n" : "\n");
        if (i < 102)
            buf_printf(&want, "t.csv:%u:1: warning: [csv-blank-line] " BLANK, i);
    }
    buf_add_string(&want, "t.csv:102:1: warning: [csv-blank-line] more blank lines are skipped, the others are not told "
                          "of; take them out\n");
    buf_add_string(&text, "c");
    reads(text.data, "1:1<a>\n400:1<b>\n1000:1<c>\n", want.data);
    buf_drop(&text);
    buf_drop(&want);
}

/* --- what is wrong ------------------------------------------------------------------------------------------ */

static void quotes_out_of_place(void **state)
{
    (void)state;
    reads("a,b\nKGB \"\"Alpha\"\" unit,2\n", "1:1<a> 1:3<b>\n", "t.csv:2:5: error: [csv-quote] " INSIDE);
    reads("a\nمجلس\"\n", "1:1<a>\n", "t.csv:2:5: error: [csv-quote] " INSIDE);
    reads("a,b\n1,\"x\ny\" z\n3,4\n", "1:1<a> 1:3<b>\n", "t.csv:3:3: error: [csv-quote] " BEHIND);
    reads("1,\"Hey \" it\",3", "", "t.csv:1:9: error: [csv-quote] " BEHIND);
    reads("a\n1\n\"2\n3\n", "1:1<a>\n2:1<1>\n", "t.csv:3:1: error: [csv-quote] " UNCLOSED);
    reads("a,\"", "", "t.csv:1:3: error: [csv-quote] " UNCLOSED);
    reads("\"a\"\"", "", "t.csv:1:1: error: [csv-quote] " UNCLOSED);
    reads("\"a\r", "", "t.csv:1:1: error: [csv-quote] " UNCLOSED);
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
    reads(text.data, "", "t.csv:1:1: error: [csv-field-size] a field of more than 65536 bytes; at most 65536 are read\n");
    buf_add_string(&text, "\x1A\"");
    reads(text.data, "", "t.csv:1:1: error: [csv-field-size] a field of more than 65536 bytes; at most 65536 are read\n");
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

/* 65,536 bytes are read, though they take twice as many in the file. */
static void a_field_of_quotes(void **state)
{
    (void)state;
    struct buf text, want;
    buf_init(&text);
    buf_init(&want);
    buf_add_string(&text, "a,\"");
    buf_add_string(&want, "1:1<a> 1:3<");
    for (int i = 0; i < CSV_FIELD_BYTES; i++) {
        buf_add_string(&text, "\"\"");
        buf_add_char(&want, '"');
    }
    buf_add_string(&text, "\",b\n");
    buf_add_string(&want, "> 1:131078<b>\n");
    reads(text.data, want.data, "");
    buf_drop(&text);
    buf_drop(&want);
}

static void the_dos_end_mark(void **state)
{
    (void)state;
    reads("a,b\n1,2\n\x1A", "1:1<a> 1:3<b>\n2:1<1> 2:3<2>\n", "");
    reads("a,b\r\n1,2\x1A", "1:1<a> 1:3<b>\n2:1<1> 2:3<2>\n", "");
    reads("\x1A", "", "");
    reads("a\n\n\x1A", "1:1<a>\n", "");
    reads("a,b\n\x1A" "a,b\n1,2\n", "1:1<a> 1:3<b>\n", "t.csv:2:1: error: [csv-joined] " JOINED);
    reads("a,b\n\x1A\n", "1:1<a> 1:3<b>\n", "t.csv:2:1: error: [csv-joined] " JOINED);
    reads("a\n\"é\",é\x1A" "a\n", "1:1<a>\n", "t.csv:2:6: error: [csv-joined] " JOINED);
    reads("\"a\"\x1A\"b\"\n", "", "t.csv:1:4: error: [csv-joined] " JOINED);
    reads("a\x1A\"b\"\n", "", "t.csv:1:2: error: [csv-joined] " JOINED);
    reads("a\x1A\x1A", "", "t.csv:1:2: error: [csv-joined] " JOINED);
    reads("\"a\x1A\"\n", "1:1<a\x1A>\n", "");
}

static void bytes_are_not_judged_here(void **state)
{
    (void)state;
    struct csv_source source = { records_file("a\0b,\xFF\n", 6), NULL, 0, UINT64_MAX };
    reads_from(&source, &plain, "1:1<a\0b> 1:5<\xFF>\n", 16, "");
    source.encoding = "utf-8";
    reads_from(&source, &plain, "1:1<a\0b> 1:5<\xFF>\n", 16, "");
    source.path = records_file("\0,x\0\n", 5);
    reads_from(&source, &(struct csv_dialect){ .delimiter = ',' }, "1:1<\0> 1:3<x\0>\n", 15, "");
}

static void a_file_that_is_cut_while_it_is_read(void **state)
{
    (void)state;
    struct csv_source source = { records_file("a\nb\nc\nd\n", 8), NULL, 0, UINT64_MAX };
    struct diags *diags = diags_new();
    struct csv *csv = csv_open_blocks(&source, &plain, 4, diags);
    struct csv_record record;
    assert_int_equal(csv_next(csv, &record), CSV_RECORD);
    assert_int_equal(truncate(source.path, 5), 0);
    while (csv_next(csv, &record) == CSV_RECORD)
        ;
    assert_int_equal(csv_next(csv, &record), CSV_FAILED);
    csv_close(csv);
    assert_said(diags, records_folder(), "t.csv: error: [file-read] became shorter while it was read; run again when it is "
                               "complete\n");
}

/* --- dialects ----------------------------------------------------------------------------------------------- */

static void quotes_that_are_letters(void **state)
{
    (void)state;
    struct csv_dialect literal = { .delimiter = ',', .quote = '"', .literal_quotes = true };
    reads_as(literal, "KGB \"\"Alpha\"\" unit,2\nx\"\n", "1:1<KGB \"\"Alpha\"\" unit> 1:20<2>\n2:1<x\">\n", "");
    reads_as(literal, "37°36'37.8\"N 121°2'17.9\"W,\"a\"\"b\"\n", "1:1<37°36'37.8\"N 121°2'17.9\"W> 1:27<a\"b>\n", "");
    reads_as(literal, "\"a\" b\n", "", "t.csv:1:4: error: [csv-quote] " BEHIND);
    reads_as(literal, "a\x1A\"\n", "", "t.csv:1:2: error: [csv-joined] " JOINED);
    reads_as((struct csv_dialect){ .delimiter = '\t' }, "\"a\tb\"\"\n", "1:1<\"a> 1:4<b\"\">\n", "");
}

static void blanks_behind_delimiters(void **state)
{
    (void)state;
    struct csv_dialect skip = { .delimiter = ',', .quote = '"', .skip_initial_space = true };
    reads_as(skip, " a, b ,\t \"c, d\",  \n1,\t2\n", "1:1< a> 1:5<b > 1:10<c, d> 1:19<>\n2:1<1> 2:4<2>\n", "");
    reads_as(skip, "a, \"b\" ,c\n", "", "t.csv:1:7: error: [csv-quote] " BEHIND);
    skip.delimiter = ' ';
    reads_as(skip, "a  b\n", "1:1<a> 1:3<> 1:4<b>\n", "");

    struct buf text;
    buf_init(&text);
    buf_add_string(&text, "a,");
    for (int i = 0; i < CSV_FIELD_BYTES + 1; i++)
        buf_add_char(&text, ' ');
    skip.delimiter = ',';
    reads_as(skip, text.data, "", "t.csv:1:3: error: [csv-field-size] a field of more than 65536 bytes; at most 65536 "
             "are read\n");
    buf_drop(&text);
}

static void line_ends_of_a_kind(void **state)
{
    (void)state;
    struct csv_dialect d = { .delimiter = ',', .quote = '"', .line_end = "\n" };
    reads_as(d, "a\rb\nc,d\r\n\n", "1:1<a\rb>\n3:1<c> 3:3<d\r>\n", "");
    d.line_end = "\r\n";
    reads_as(d, "a\nb,\"c\nd\"\r\ne\r,f\r\n", "1:1<a\nb> 2:3<c\nd>\n4:1<e\r> 5:2<f>\n", "");
    reads_as(d, "\"a\"\nb\r\n", "", "t.csv:1:4: error: [csv-quote] " BEHIND);
    reads_as(d, "a\r\n\r\nb", "1:1<a>\n3:1<b>\n", "t.csv:2:1: warning: [csv-blank-line] " BLANK);
    d.line_end = ";|";
    reads_as(d, "a;b,\"c;|\";|d|,;;|;e", "1:1<a;b> 1:5<c;|>\n2:1<d|> 2:4<;>\n3:1<;e>\n", "");
}

static void preambles_and_comments(void **state)
{
    (void)state;
    struct csv_dialect d = { .delimiter = ',', .quote = '"', .skip_lines = 2 };
    reads_as(d, "Extract \"as of\r\n\x1A\rid,n\n1,2\n", "3:1<id> 3:4<n>\n4:1<1> 4:3<2>\n", "");
    reads_as(d, "\n\n\na", "4:1<a>\n", "t.csv:3:1: warning: [csv-blank-line] " BLANK);
    reads_as(d, "one\ntwo", "", "");
    d = (struct csv_dialect){ .delimiter = ',', .quote = '"', .comment = '#' };
    reads_as(d, "# it's \"so\na,#b\n#\n\n# \x1A\n\"#c\",d\n#end", "2:1<a> 2:3<#b>\n6:1<#c> 6:6<d>\n",
             "t.csv:4:1: warning: [csv-blank-line] " BLANK);
    reads_as(d, "#x\n\n", "", "");
    static const uint32_t rows[] = { 2, 3, 5, 6, 9 };
    d.skip_lines = 1;
    d.comment_rows = rows;
    d.comment_row_count = 5;
    reads_as(d, "preamble\nid\n\"of\nunits\"\n#4th\nin \"row 5\"\n\nseventh\n\"8\"\n\"9", "8:1<seventh>\n9:1<8>\n", "");
}

/* --- encodings ---------------------------------------------------------------------------------------------- */

static void encodings(void **state)
{
    (void)state;
    reads_bytes("\xE3\xCC\xE1\xD3,\"\xE3\n\x22\x22\",b\n", 13, "windows-1256", &plain,
                "1:1<مجلس> 1:6<م\n\"> 2:5<b>\n", "");
    reads_bytes("\xE5\xCC\xE4\xD3,1\n", 7, "ISO-8859-6", &plain, "1:1<مجلس> 1:6<1>\n", "");
    reads_bytes("\x80,\xE9\n", 4, "windows-1252", &plain, "1:1<€> 1:3<é>\n", "");
    /* A decoder holds a letter back that a mark may follow. */
    reads_bytes("b,ba", 4, "windows-1258", &plain, "1:1<b> 1:3<ba>\n", "");
    reads_bytes("b,ba\xEC", 5, "windows-1258", &plain, "1:1<b> 1:3<bá>\n", "");
    reads_bytes("\xE9,\xE9\x1A", 4, "latin1", &plain, "1:1<é> 1:3<é>\n", "");
    reads_bytes("\xFF\xFE\x45\x06,\0\x3D\xD8\x0E\xDE\r\0\n\0", 14, "UTF-16", &plain, "1:1<م> 1:3<😎>\n", "");
    reads_bytes("\xFE\xFF\0a\0,\0b\0\n\0c", 12, "utf-16", &plain, "1:1<a> 1:3<b>\n2:1<c>\n", "");
    reads_bytes("\0a\0,\0b\0\n", 8, "UTF-16", &plain, "1:1<a> 1:3<b>\n", "");
    reads_bytes("a\0,\0b\0\n\0", 8, "UTF-16", &plain, "1:1<a> 1:3<b>\n", "");
    reads_bytes("\xFF\xFE" "a\0,\0b\0\x1A\0", 10, "UTF-16LE", &plain, "1:1<a> 1:3<b>\n", "");
    reads_bytes("\0a\0,\0b", 6, "UTF-16BE", &plain, "1:1<a> 1:3<b>\n", "");
}

static void encodings_that_are_wrong(void **state)
{
    (void)state;
    static const char in_utf16[] = "the file is in UTF-16; save it as UTF-8, or declare";
    struct buf want;
    buf_init(&want);
    buf_printf(&want, "t.csv:1:1: error: [csv-encoding] %s \"encoding\": \"utf-16\"\n", in_utf16);
    reads_bytes("\xFF\xFE" "a\0,\0b\0", 8, NULL, &plain, "", want.data);
    reads_bytes("\xFE\xFF\0a\0,\0b", 8, "UTF-8", &plain, "", want.data);
    buf_clear(&want);
    buf_printf(&want, "t.csv:1:1: error: [csv-encoding] %s \"encoding\": \"utf-16le\"\n", in_utf16);
    reads_bytes("a\0,\0b\0\n\0", 8, NULL, &plain, "", want.data);
    buf_drop(&want);

    reads_bytes("a\n", 2, "klingon", &plain, "", "t.csv:1:1: error: [csv-encoding] the encoding 'klingon' is not known; "
                "name one that iconv knows, as UTF-8, UTF-16 or windows-1256\n");
    reads_bytes("a\n", 2, "ascii//IGNORE", &plain, "", "t.csv:1:1: error: [csv-encoding] the encoding 'ascii//IGNORE' is "
                "not known; name one that iconv knows, as UTF-8, UTF-16 or windows-1256\n");
    reads_bytes("a\n\xE9,\"\n\xE9,\x81\n", 9, "windows-1252", &plain, "1:1<a>\n",
                "t.csv:3:3: error: [csv-encoding] byte 0x81 is not valid windows-1252; is the file in another "
                "encoding?\n");
    reads_bytes("a,b\xFF", 4, "ascii", &plain, "",
                "t.csv:1:4: error: [csv-encoding] byte 0xFF is not valid ascii; is the file in another encoding?\n");
    reads_bytes("a\0,\0b\0\n\0c", 9, "UTF-16LE", &plain, "",
                "t.csv:2:1: error: [csv-encoding] the file ends inside a character of UTF-16LE; is it cut off?\n");
    reads_bytes("ab\xE9" "cdefgh\x81\n1\n", 13, "windows-1252",
                &(struct csv_dialect){ .delimiter = ',', .quote = '"', .skip_lines = 1 }, "",
                "t.csv:1:10: error: [csv-encoding] byte 0x81 is not valid windows-1252; is the file in another "
                "encoding?\n");
}

/* --- inside ------------------------------------------------------------------------------------------------- */

static void both_ways_to_masks_are_one(void **state)
{
    (void)state;
    struct csv_needles n = csv_needles(',', '"', '\n', '\r');
    char bytes[CSV_STRIDE];
    for (int shift = 0; shift < 256; shift++) {
        for (int i = 0; i < CSV_STRIDE; i++)
            bytes[i] = (char)(i * 37 + shift);
        struct csv_masks fast = csv_masks(bytes, &n), slow = csv_masks_bytewise(bytes, &n);
        assert_int_equal(fast.special, slow.special);
        assert_int_equal(fast.odd, slow.odd);
        for (int i = 0; i < CSV_STRIDE; i++) {
            assert_int_equal(slow.special >> i & 1, bytes[i] && strchr(",\"\n\r", bytes[i]) ? 1 : 0);
            assert_int_equal(slow.odd >> i & 1, bytes[i] < 0x20 || bytes[i] == 0x7F); /* char is signed here */
        }
    }
}

static uint64_t middle(struct csv_dialect dialect, const char *encoding, const char *text)
{
    struct csv_source source = { records_file(text, strlen(text)), encoding, 0, UINT64_MAX };
    uint64_t first = csv_middle_blocks(&source, &dialect, strlen(text), 1, 1);
    for (size_t block = 2; block < 40; block++)
        assert_int_equal(csv_middle_blocks(&source, &dialect, strlen(text), 1, block), first);
    assert_int_equal(csv_middle(&source, &dialect, strlen(text)), 0); /* small */
    return first;
}

static void the_middle_of_a_file(void **state)
{
    (void)state;
    struct csv_dialect d = plain;
    assert_int_equal(middle(d, NULL, "aaaa\nbbbb\ncccc\ndddd\n"), 15);
    assert_int_equal(middle(d, "UTF-8", "aa\r\nbb\r\ncc\r\ndd\r\n"), 12);
    assert_int_equal(middle(d, NULL, "a\rb\rc\rd\r"), 6);
    assert_int_equal(middle(d, NULL, "a\nb\n\"\n\n\n\"\n\nc\nd"), 11);
    assert_int_equal(middle(d, NULL, "aaaaaaa\"\n\"\"\n\"\nbc"), 14);
    assert_int_equal(middle(d, NULL, "aaaaa\nbc"), 6);
    assert_int_equal(middle(d, NULL, "aaaaaaa\n"), 0);
    assert_int_equal(middle(d, NULL, "a\n\"aaaaaa\nb"), 0);
    assert_int_equal(middle(d, NULL, ""), 0);
    assert_int_equal(middle(d, "latin1", "aaaa\nbbbb\ncccc\ndddd\n"), 0);
    d.skip_lines = 1;
    assert_int_equal(middle(d, NULL, "\"\n\"1\n2\n\"\nb\nc\n"), 9);
    assert_int_equal(middle(d, NULL, "aaaaaaaaaa\nbb\n"), 0);
    d = plain;
    d.line_end = "\r\n";
    assert_int_equal(middle(d, NULL, "a\nb\nc\nd\ne\n\r\n\r\nf\ng"), 14);
    d.line_end = "\r";
    assert_int_equal(middle(d, NULL, "a\rb\r\nc"), 4);
    d.line_end = "||";
    assert_int_equal(middle(d, NULL, "a||b||c||d"), 0);
    d = plain;
    d.comment = '#';
    assert_int_equal(middle(d, NULL, "aaaa\nbbbb\ncccc\ndddd\n"), 0);
    d = plain;
    d.literal_quotes = true;
    assert_int_equal(middle(d, NULL, "aaaa\nbbbb\ncccc\ndddd\n"), 0);
    d.literal_quotes = false;
    d.quote = '\0';
    assert_int_equal(middle(d, NULL, "\"aaa\nbbbb\ncccc\ndddd\n"), 15);
}

static void a_range_of_a_file(void **state)
{
    (void)state;
    struct csv_dialect d = { .delimiter = ',', .quote = '"', .skip_lines = 1 };
    struct csv_source source = { records_file("pre\na\n\nb\nc\x1A", 10), NULL, 0, 7 };
    reads_from(&source, &d, "2:1<a>\n", 7, "t.csv:3:1: warning: [csv-blank-line] " BLANK);
    source = (struct csv_source){ source.path, NULL, 7, UINT64_MAX };
    reads_from(&source, &d, "1:1<b>\n2:1<c>\n", 14, "");
    source = (struct csv_source){ source.path, NULL, 100, UINT64_MAX };
    reads_from(&source, &d, "", 0, "");
}

static int remove_files(void **state)
{
    (void)state;
    records_folder_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_and_places),
        cmocka_unit_test(quoted_fields),
        cmocka_unit_test(what_a_field_tells_of_itself),
        cmocka_unit_test(blank_lines_between_records_are_told),
        cmocka_unit_test(quotes_out_of_place),
        cmocka_unit_test(long_fields_and_records),
        cmocka_unit_test(a_field_of_quotes),
        cmocka_unit_test(the_dos_end_mark),
        cmocka_unit_test(bytes_are_not_judged_here),
        cmocka_unit_test(a_file_that_is_cut_while_it_is_read),
        cmocka_unit_test(quotes_that_are_letters),
        cmocka_unit_test(blanks_behind_delimiters),
        cmocka_unit_test(line_ends_of_a_kind),
        cmocka_unit_test(preambles_and_comments),
        cmocka_unit_test(encodings),
        cmocka_unit_test(encodings_that_are_wrong),
        cmocka_unit_test(both_ways_to_masks_are_one),
        cmocka_unit_test(the_middle_of_a_file),
        cmocka_unit_test(a_range_of_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, remove_files);
}
