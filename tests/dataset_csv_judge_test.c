/*
 * Our CSV scanner against libcsv, which knows nothing of us, and against the answers of public suites.
 *
 * MUJAZ_CSV_SUITES names a folder that holds the suites csv-spectrum (folders csvs and json) and csv-test-data, as
 * rfc4180 (folders csv and json); without it only libcsv judges. Where we differ by choice:
 * - all-empty, empty-one-column: a blank line is no record of one empty field. Files end in blank lines by accident,
 *   and no file that Mujaz prints from means a row by one; between records it is warned of.
 * - location_coordinates: quotes in an unquoted field are refused unless the dialect allows them. The answer is no
 *   list, and has a number that the file has not: only that the file is refused is compared.
 * - bad-header-*: what a header should be says the schema (rows.c); here these are read.
 */
#include "dataset/csv.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csv.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/node.h"
#include "support/records.h"

static const struct csv_dialect plain = { .delimiter = ',', .quote = '"' };

/* --- libcsv ------------------------------------------------------------------------------------------------- */

struct judge {
    struct buf out;
    size_t fields, complete; /* of the record that is read; bytes of `out` that are whole records */
};

static void judge_field(void *text, size_t length, void *context)
{
    struct judge *j = context;
    buf_add_string(&j->out, j->fields++ ? " <" : "<");
    buf_add(&j->out, text, length);
    buf_add_char(&j->out, '>');
}

static void judge_record(int end, void *context)
{
    struct judge *j = context;
    (void)end;
    buf_add_char(&j->out, '\n');
    j->fields = 0;
    j->complete = j->out.length;
}

static int is_no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static bool judge_read(const char *bytes, size_t length, struct judge *j)
{
    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_space_func(&parser, is_no_space);
    bool fine = csv_parse(&parser, bytes, length, judge_field, judge_record, j) == length
             && csv_fini(&parser, judge_field, judge_record, j) == 0;
    csv_free(&parser);
    j->out.data[j->complete] = '\0'; /* a record that is refused has given some of its fields */
    return fine;
}

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static void make_bytes(struct buf *text, uint64_t *seed, bool well_formed)
{
    static const char *const letters[] = { "a", ",", "\"", "\n", "\r", " ", "é", ",", "\"", "a" },
                      *const fields[] = { "", "a", "é ", "\"\"", "\"a\"", "\"é\n\"", "\"\"\",\"", "\"\r\n,\"\"b\"" },
                      *const ends[] = { ",", "\n", "\r\n", "\r", ",", ",", ",é," };
    uint32_t count = next_random(seed) % (well_formed ? 60 : 24);
    buf_clear(text);
    for (uint32_t i = 0; i < count; i++) {
        if (well_formed) {
            buf_add_string(text, fields[next_random(seed) % 8]);
            buf_add_string(text, ends[next_random(seed) % 7]);
        } else {
            buf_add_string(text, letters[next_random(seed) % 10]);
        }
    }
}

/* All records of libcsv, or all before the one that both refuse. */
static bool agree(const struct buf *text, size_t block)
{
    struct judge judge = { .complete = 0 };
    struct buf out;
    struct diags *diags = diags_new();
    struct csv_source source = { records_file(text->data, text->length), NULL, 0, UINT64_MAX };

    buf_init(&judge.out);
    buf_init(&out);
    bool right = judge_read(text->data, text->length, &judge);
    bool fine = records_read(&source, &plain, block, false, &out, diags);
    assert_string_equal(out.data, judge.out.data);
    assert_int_equal(fine, right);
    assert_int_equal(fine, diags_errors(diags) == 0);
    diags_drop(diags);
    buf_drop(&judge.out);
    buf_drop(&out);
    return fine;
}

static void libcsv_gives_the_same(void **state)
{
    (void)state;
    uint64_t seed = 4180;
    size_t fine = 0;
    struct buf text;
    buf_init(&text);
    for (int i = 0; i < 6000; i++) {
        make_bytes(&text, &seed, i % 2);
        fine += agree(&text, i % 3 ? 1 + next_random(&seed) % 70 : CSV_BLOCK);
    }
    assert_in_range(fine, 3500, 5500); /* both kinds were there */
    buf_drop(&text);
}

/* --- two halves --------------------------------------------------------------------------------------------- */

static void two_halves_are_the_whole(void **state)
{
    (void)state;
    uint64_t seed = 2;
    size_t cut = 0;
    struct buf text, whole, halves;
    buf_init(&text);
    buf_init(&whole);
    buf_init(&halves);
    for (int i = 0; i < 3000; i++) {
        make_bytes(&text, &seed, i % 4);
        struct csv_source source = { records_file(text.data, text.length), NULL, 0, UINT64_MAX };
        uint64_t middle = csv_middle_blocks(&source, &plain, text.length, 1, 1 + next_random(&seed) % 70);
        struct diags *diags = diags_new();
        buf_clear(&whole);
        buf_clear(&halves);
        bool fine = records_read(&source, &plain, CSV_BLOCK, false, &whole, diags);
        size_t said = diags_count(diags);
        assert_true(middle < text.length || text.length == 0);
        if (middle) {
            struct csv_source first = source, second = source;
            first.to = second.from = middle;
            bool both = records_read(&first, &plain, CSV_BLOCK, false, &halves, diags)
                     && records_read(&second, &plain, CSV_BLOCK, false, &halves, diags);
            assert_int_equal(both, fine);
            if (fine) {
                assert_string_equal(halves.data, whole.data);
                assert_int_equal(diags_count(diags), 2 * said);
            }
            cut += both;
        }
        diags_drop(diags);
    }
    assert_in_range(cut, 1000, 3000);
    buf_drop(&text);
    buf_drop(&whole);
    buf_drop(&halves);
}

/* --- the suites --------------------------------------------------------------------------------------------- */

/* A list of lists is all records; a list of maps has the header in its keys, and is no help when it is empty. */
static void write_answer(const struct node *answer, struct buf *out)
{
    assert_int_equal(answer->kind, NODE_LIST);
    for (size_t i = 0; i < answer->count; i++) {
        const struct node *row = answer->items[i];
        for (size_t k = 0; i == 0 && row->kind == NODE_MAP && k < row->count; k++)
            buf_printf(out, "%s<%s>%s", k ? " " : "", row->keys[k], k + 1 == row->count ? "\n" : "");
        for (size_t k = 0; k < row->count; k++)
            buf_printf(out, "%s<%s>", k ? " " : "", row->items[k]->text);
        buf_add_char(out, '\n');
    }
}

enum expect { AS_ANSWERED, READ, REFUSED };

static enum expect expect_of(const char *name, const char **records)
{
    static const struct {
        const char *name;
        enum expect expect;
        const char *records; /* READ */
    } exceptions[] = {
        { "all-empty", READ, "" },
        { "empty-one-column", READ, "<foo>\n" },
        { "header-no-rows", READ, "<foo> <bar> <baz>\n" },
        { "location_coordinates", REFUSED, NULL },
        { "bad-header-less-fields", READ, "<foo> <bar> <baz>\n<1> <2>\n" },
        { "bad-header-more-fields", READ, "<foo> <bar> <baz>\n<1> <2> <3> <4>\n" },
        { "bad-header-no-header", READ, "" },
        { "bad-header-wrong-header", READ, "<qux> <quux> <quuz>\n" },
        { "bad-missing-quote", REFUSED, NULL },
        { "bad-quotes-with-unescaped-quote", REFUSED, NULL },
        { "bad-unescaped-quote", REFUSED, NULL },
    };
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (strcmp(exceptions[i].name, name) == 0) {
            *records = exceptions[i].records;
            return exceptions[i].expect;
        }
    return AS_ANSWERED;
}

static void check_case(const char *csvs, const char *answers, const char *name)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct csv_source source = { arena_printf(arena, "%s/%s.csv", csvs, name), NULL, 0, UINT64_MAX };
    const char *records = NULL;
    struct buf out, want;

    buf_init(&out);
    buf_init(&want);
    enum expect expect = expect_of(name, &records);
    bool fine = records_read(&source, &plain, CSV_BLOCK, false, &out, diags);
    assert_int_equal(fine, expect != REFUSED);
    if (expect == AS_ANSWERED) {
        struct diags *said = diags_new();
        const struct node *answer = node_load(arena_printf(arena, "%s/%s.json", answers, name), arena, said);
        assert_non_null(answer);
        write_answer(answer, &want);
        assert_string_equal(out.data, want.data);
        diags_drop(said);
    } else if (expect == READ) {
        assert_string_equal(out.data, records);
    } else {
        assert_int_equal(diags_get(diags, 0)->id, DIAG_CSV_QUOTE);
    }
    buf_drop(&out);
    buf_drop(&want);
    diags_drop(diags);
    arena_drop(arena);
}

static size_t check_suite(const char *csvs, const char *answers)
{
    DIR *folder = opendir(csvs);
    size_t count = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".csv") != 0)
            continue;
        *dot = '\0';
        check_case(csvs, answers, entry->d_name);
        count++;
    }
    closedir(folder);
    return count;
}

static void the_public_suites(void **state)
{
    (void)state;
    const char *suites = getenv("MUJAZ_CSV_SUITES");
    if (!suites)
        return;
    struct arena *arena = arena_new();
    assert_int_equal(check_suite(arena_printf(arena, "%s/csv-spectrum/csvs", suites),
                                 arena_printf(arena, "%s/csv-spectrum/json", suites)), 12);
    assert_int_equal(check_suite(arena_printf(arena, "%s/rfc4180/csv", suites),
                                 arena_printf(arena, "%s/rfc4180/json", suites)), 25);
    arena_drop(arena);
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
        cmocka_unit_test(libcsv_gives_the_same),
        cmocka_unit_test(two_halves_are_the_whole),
        cmocka_unit_test(the_public_suites),
    };
    return cmocka_run_group_tests(tests, NULL, remove_files);
}
