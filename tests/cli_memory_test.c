/*
 * Memory: what a long table takes in the program. Its rows are printed on hundreds of pages, each of which is gone when
 * it is written; what a row leaves behind are its texts and a few numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <sys/resource.h>

#include "base/buf.h"
#include "support/program.h"

enum { FEW = 4000, MANY = 16000 };

/* A row in both languages took 7,100 bytes when all pages were kept until the last was drawn. Now it takes 3,700: half of
 * them are the finished file's, which is checked while its object streams are inflated, many of the rest in the cache of
 * shaped words, which has a limit that these rows do not reach. */
enum { MOST_BYTES_A_ROW = 4500 };

static void write_rows(const char *folder, unsigned rows)
{
    struct buf csv;
    char *path = text_join(folder, "/datasets/lists/council-lists.csv");
    buf_init(&csv);
    buf_add_string(&csv, "id,name_en,name_ar,seats,day\n");
    for (unsigned i = 0; i < rows; i++)
        buf_printf(&csv, "list%u,List no. %u,القائمة %u,%u,2024-04-03\n", i, i, i, i % 900);
    file_write(path, csv.data, csv.length);
    buf_drop(&csv);
    free(path);
}

/* Bytes resident at most, of this run or one before it that took more. */
static double build(const char *folder, unsigned rows)
{
    struct rusage used;
    char *out = text_join(folder, "/out");
    write_rows(folder, rows);
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-C", folder, "-o", out,
                                                          "--no-cache", "-e", "parallel", "mini", NULL }, NULL);
    if (o.code != 0)
        fail_msg("%s", o.err);
    outcome_drop(&o);
    free(out);
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &used), 0);
    return (double)used.ru_maxrss * 1024;
}

static void a_row_of_a_long_table_takes_little(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* it keeps what was freed */
#endif
    char *folder = workspace_new("tests/data/cli");
    double few = build(folder, FEW), a_row = (build(folder, MANY) - few) / (MANY - FEW);
    tree_remove(folder);
    if (a_row > MOST_BYTES_A_ROW)
        fail_msg("a row takes %.0f bytes, more than %d", a_row, MOST_BYTES_A_ROW);
    print_message("a row takes %.0f bytes\n", a_row);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_row_of_a_long_table_takes_little) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
