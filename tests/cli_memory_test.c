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
#include <string.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "support/processors.h"
#include "support/program.h"

enum { FEW = 4000, MANY = 16000 };

/* A row in both languages took 7,100 bytes when all pages were kept until the last was drawn, and 3,700 with a finished
 * file held in memory and all cells shaped at once. Now it takes 1,300, many of them in the cache of shaped words, which
 * has a limit that these rows do not reach. */
enum { MOST_BYTES_A_ROW = 2000 };

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

static struct outcome run_build(const char *folder, const char *out)
{
    return program_run((const char *const[]){ program_mujaz(), "build", "-C", folder, "-o", out, "--no-cache", "-e",
                                              "parallel", "mini", NULL }, NULL);
}

/* Bytes resident at most, of this run or one before it that took more. */
static double build(const char *folder, unsigned rows)
{
    struct rusage used;
    char *out = text_join(folder, "/out");
    write_rows(folder, rows);
    struct outcome o = run_build(folder, out);
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

/* On a disk that takes files of so many bytes. */
static struct outcome run_build_in(const char *folder, const char *out, rlim_t room)
{
    struct rlimit before, small = { .rlim_cur = room };
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct outcome o = run_build(folder, out);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    return o;
}

/* The disk is full before the PDF is whole: nothing is made, not even the folder; and the program ends, though a second
 * thread still deflates what comes later. */
static void check_full_disk(int processors)
{
    enum { ROWS = 6000, ROOM = 100000 };
    char *folder = workspace_new("tests/data/cli"), *out = text_join(folder, "/none/out");
    struct buf want;
    buf_init(&want);
    buf_printf(&want, "%s/mini.pdf: error: [file-write] cannot be written: File too large; "
                      "what was published before stays as it is\nmujaz: 1 error\n", out);
    write_rows(folder, ROWS);
    processors_use(processors);
    struct outcome o = run_build_in(folder, out, ROOM);
    processors_use_all();
    assert_int_equal(o.code, 3);
    assert_string_equal(o.err, want.data);
    assert_int_equal(access(out, F_OK), -1);
    outcome_drop(&o);
    tree_remove(folder);
    buf_drop(&want);
    free(out);
}

static void what_the_disk_does_not_hold_is_an_error(void **state)
{
    (void)state;
    check_full_disk(1);
}

static void it_is_so_on_two_processors(void **state)
{
    (void)state;
    check_full_disk(2);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_row_of_a_long_table_takes_little),
                                        cmocka_unit_test(what_the_disk_does_not_hold_is_an_error),
                                        cmocka_unit_test(it_is_so_on_two_processors) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
