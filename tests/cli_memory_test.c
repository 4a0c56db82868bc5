/*
 * Memory: what a long table and a long text take in the program. They are printed on hundreds of pages, each of which is
 * gone when it is written; what a row leaves behind are its texts and a few numbers, and what a paragraph does are its
 * words in the doc and its tags.
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
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "support/processors.h"
#include "support/program.h"

enum { FEW = 4000, MANY = 16000 };

/* A row in both languages took 7,100 bytes when all pages were kept until the last was drawn, and 3,700 with a finished
 * file held in memory and all cells shaped at once. It took 530 with what
 * it takes to find the texts of a file that is read, and takes 470 at most now. */
enum { MOST_BYTES_A_ROW = 600 };

/* Rows of which many are alike, so that what is known of a text does not count. One took 304 bytes when each of its
 * objects' places in the file was kept, and takes 139 now. */
enum { FEW_ALIKE = 10000, MANY_ALIKE = 50000, ALIKE = 200, MOST_BYTES_ALIKE = 200 };

/* `different`: so many of them, but for their ids, which are not printed. */
static void write_rows(const char *folder, unsigned rows, unsigned different)
{
    struct buf csv;
    char *path = text_join(folder, "/datasets/lists/council-lists.csv");
    buf_init(&csv);
    buf_add_string(&csv, "id,name_en,name_ar,seats,day\n");
    for (unsigned i = 0; i < rows; i++)
        buf_printf(&csv, "list%u,List no. %u,القائمة %u,%u,2024-04-03\n", i, i % different, i % different,
                   i % different % 900);
    file_write(path, csv.data, csv.length);
    buf_drop(&csv);
    free(path);
}

static struct outcome run_build(const char *folder, const char *out)
{
    return program_run((const char *const[]){ program_mujaz(), "build", "-C", folder, "-o", out, "--no-cache", "-e",
                                              "parallel", "mini", NULL }, NULL);
}

/* Bytes resident at most. In a process of its own, since of one's children only the largest is told. */
static double most_resident(const char *folder)
{
    struct rusage used = { 0 };
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        char *out = text_join(folder, "/out");
        struct outcome o = run_build(folder, out);
        fputs(o.code ? o.err : "", stderr);
        getrusage(RUSAGE_CHILDREN, &used);
        _exit(o.code != 0 || write(ends[1], &used, sizeof used) != (ssize_t)sizeof used);
    }
    close(ends[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(read(ends[0], &used, sizeof used), sizeof used);
    close(ends[0]);
    return (double)used.ru_maxrss * 1024;
}

/* Of three builds the least: how far one thread is ahead of the other is chance, and takes up to a megabyte. */
static double least_resident(const char *folder)
{
    double least = most_resident(folder);
    for (int again = 0; again < 2; again++) {
        double one = most_resident(folder);
        least = one < least ? one : least;
    }
    return least;
}

static double build(const char *folder, unsigned rows, unsigned different)
{
    write_rows(folder, rows, different);
    return least_resident(folder);
}

static void check_bytes(const char *what, double each, int most)
{
    if (each > most)
        fail_msg("%s takes %.0f bytes, more than %d", what, each, most);
    print_message("%s takes %.0f bytes\n", what, each);
}

static void a_row_of_a_long_table_takes_little(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* it keeps what was freed */
#endif
    char *folder = workspace_new("tests/data/cli");
    double few = build(folder, FEW, FEW), a_row = (build(folder, MANY, MANY) - few) / (MANY - FEW);
    tree_remove(folder);
    check_bytes("a row", a_row, MOST_BYTES_A_ROW);
}

static void a_row_like_others_takes_next_to_nothing(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    char *folder = workspace_new("tests/data/cli");
    double few = build(folder, FEW_ALIKE, ALIKE);
    double a_row = (build(folder, MANY_ALIKE, ALIKE) - few) / (MANY_ALIKE - FEW_ALIKE);
    tree_remove(folder);
    check_bytes("a row like others", a_row, MOST_BYTES_ALIKE);
}

/* A paragraph in both languages, of 950 bytes and three values, beside what the report says without them. */
enum { FEW_PARAGRAPHS = 600, MANY_PARAGRAPHS = 1500 };

/* It took 7,500 bytes and more when what texts are parsed into was kept as long as the doc, 5,700 when structure elements
 * were kept to the end, 4,500 when each element had room for what few have, and takes 3,800 now. */
enum { MOST_BYTES_A_PARAGRAPH = 4300 };

static void write_paragraphs(const char *folder, unsigned count)
{
    static const char *const files[] = { "/reports/mini/en.md", "/reports/mini/ar.md" };
    static const char *const begins[] = { "## Bottom line {#bluf}\n\n![Three lists share the seats](table:lists)\n\n",
                                          "## الخلاصة {#bluf}\n\n![ثلاث قوائم تتقاسم المقاعد](table:lists)\n\n" };
    static const char *const paragraphs[] = {
        "The three lists hold {seats} seats, and the largest of them holds {largest}, or {share, number, percent1}. A "
        "council names the governor and two deputies, passes the budget of the governorate, and watches over the "
        "offices that serve its districts. The vote was a test of what people still expect of it, young people above "
        "all.\n\n",
        "تملك القوائم الثلاث {seats} مقعدًا، وتملك كبراها {largest}، أي {share, number, percent1}. ويسمي المجلس المحافظ "
        "ونائبيه، ويقر موازنة المحافظة، ويشرف على الدوائر التي تخدم أقضيتها. وكان التصويت اختبارًا لما بقي الناس "
        "ينتظرونه منه، والشباب منهم قبل غيرهم.\n\n"
    };
    for (int i = 0; i < 2; i++) {
        struct buf text;
        char *path = text_join(folder, files[i]);
        buf_init(&text);
        buf_add_string(&text, begins[i]);
        for (unsigned k = 0; k < count; k++)
            buf_add_string(&text, paragraphs[i]);
        file_write(path, text.data, text.length);
        buf_drop(&text);
        free(path);
    }
}

static void a_paragraph_of_a_long_text_takes_little(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    char *folder = workspace_new("tests/data/cli");
    write_paragraphs(folder, FEW_PARAGRAPHS);
    double few = least_resident(folder);
    write_paragraphs(folder, MANY_PARAGRAPHS);
    double each = (least_resident(folder) - few) / (MANY_PARAGRAPHS - FEW_PARAGRAPHS);
    tree_remove(folder);
    check_bytes("a paragraph", each, MOST_BYTES_A_PARAGRAPH);
}

/* Figures, four in a line of text, each with its statement and the row behind it: of that the ledger says 1,600 bytes. */
enum { FEW_FIGURES = 3000, MANY_FIGURES = 9000, FIGURES_A_LINE = 4 };

/* It took 2,400 bytes when all that is said of it was kept as long as the doc, and takes 1,700, while the report is made. */
enum { MOST_BYTES_A_FIGURE = 2000 };

static void write_in(const char *folder, const char *name, const struct buf *text)
{
    char *path = text_join(folder, name);
    file_write(path, text->data, text->length);
    free(path);
}

static void write_figures(const char *folder, unsigned count, const char *attachments)
{
    static const char *const files[] = { "/reports/mini/en.md", "/reports/mini/ar.md" };
    static const char *const words[] = { "Seats:", "المقاعد:" };
    struct buf text;
    buf_init(&text);
    buf_printf(&text, "title: {en: Seats, ar: المقاعد}\nas_of: 2024-04-03\nlayout: briefing-a4\nattachments: %s\n"
                      "editions: [parallel]\ndatasets: [lists]\nfigures:\n", attachments);
    for (unsigned i = 0; i < count; i++)
        buf_printf(&text, "  f%u: SELECT seats + %u FROM council_lists WHERE id = 'north'\n", i, i);
    write_in(folder, "/reports/mini/report.yaml", &text);
    for (int i = 0; i < 2; i++) {
        buf_clear(&text);
        for (unsigned k = 0; k < count; k++)
            buf_printf(&text, "%s {f%u}%s", k % FIGURES_A_LINE ? "" : words[i], k,
                       k % FIGURES_A_LINE == FIGURES_A_LINE - 1 ? ".\n\n" : ",");
        write_in(folder, files[i], &text);
    }
    buf_drop(&text);
}

static void a_figure_of_a_long_report_takes_little(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    char *folder = workspace_new("tests/data/cli");
    write_figures(folder, FEW_FIGURES, "none");
    double few = least_resident(folder);
    write_figures(folder, MANY_FIGURES, "none");
    double each = (least_resident(folder) - few) / (MANY_FIGURES - FEW_FIGURES);
    tree_remove(folder);
    check_bytes("a figure", each, MOST_BYTES_A_FIGURE);
}

/* What is attached was copied from the disk; explain has it from memory. */
static void a_large_ledger_is_the_same_from_the_disk(void **state)
{
    (void)state;
    char *folder = workspace_new("tests/data/cli"), *out = text_join(folder, "/out");
    char *pdf = text_join(out, "/mini.pdf"), *attached = text_join(folder, "/ledger.json");
    write_figures(folder, FEW_FIGURES, "data");
    struct outcome built = run_build(folder, out);
    assert_int_equal(built.code, 0);
    struct outcome taken = program_run((const char *const[]){ "pdfdetach", "-savefile", "ledger.json", "-o", attached, pdf,
                                                              NULL }, NULL);
    assert_int_equal(taken.code, 0);
    struct outcome told = program_run((const char *const[]){ program_mujaz(), "explain", "-C", folder, "--format", "json", "--all",
                                                             "mini", NULL }, NULL);
    size_t length;
    char *ledger = file_content(attached, &length);
    assert_string_equal(ledger, told.out);
    free(ledger);
    outcome_drop(&built);
    outcome_drop(&taken);
    outcome_drop(&told);
    tree_remove(folder);
    free(attached);
    free(pdf);
    free(out);
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

static void check_refused(const char *folder, const char *out, rlim_t room, int processors, const char *want)
{
    processors_use(processors);
    struct outcome o = run_build_in(folder, out, room);
    processors_use_all();
    assert_int_equal(o.code, 3);
    assert_string_equal(o.err, want);
    assert_int_equal(access(out, F_OK), -1);
    outcome_drop(&o);
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
    write_rows(folder, ROWS, ROWS);
    check_refused(folder, out, ROOM, processors, want.data);
    tree_remove(folder);
    buf_drop(&want);
    free(out);
}

static void a_large_ledger_that_it_does_not_hold_is_too(void **state)
{
    (void)state;
    char *folder = workspace_new("tests/data/cli"), *out = text_join(folder, "/none/out");
    struct buf want;
    buf_init(&want);
    buf_printf(&want, "%s/mini.ledger.json: error: [file-write] cannot be written: File too large; "
                      "what was published before stays as it is\nmujaz: 1 error\n", out);
    write_figures(folder, FEW_FIGURES, "none");
    check_refused(folder, out, 100000, 2, want.data);
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
                                        cmocka_unit_test(a_row_like_others_takes_next_to_nothing),
                                        cmocka_unit_test(a_paragraph_of_a_long_text_takes_little),
                                        cmocka_unit_test(a_figure_of_a_long_report_takes_little),
                                        cmocka_unit_test(a_large_ledger_is_the_same_from_the_disk),
                                        cmocka_unit_test(what_the_disk_does_not_hold_is_an_error),
                                        cmocka_unit_test(it_is_so_on_two_processors),
                                        cmocka_unit_test(a_large_ledger_that_it_does_not_hold_is_too) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
