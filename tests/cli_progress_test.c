/* How far a command is: on a terminal, in a pipe, and when Ctrl-C ends it. A pseudo-terminal shows what people see. */
#define _DEFAULT_SOURCE /* wait4 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/workspace.h"

/* 9 MB: more than half a second to read, and worth keeping. */
enum { ROWS = 300000, PAGES_ROWS = 12000, INTERRUPTS = 12 /* MUJAZ_INTERRUPTS=50: so many */ };

static void write_rows(const char *path, int rows)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("id,name,seats,day\n", file);
    for (int i = 0; i < rows; i++)
        fprintf(file, "row-%06d,Name of row %d,%d,2024-01-%02d\n", i, (int)(i * 7919L % rows), i % 1000, 1 + i % 28);
    assert_int_equal(fclose(file), 0);
}

static void write_text(const struct workspace *w, const char *name, const char *text)
{
    char *path = text_join(w->folder, name);
    file_write(path, text, strlen(text));
    free(path);
}

static void make_dataset(const struct workspace *w, const char *name, int rows)
{
    char folder[64], file[96], text[1024];
    snprintf(folder, sizeof folder, "datasets/%s", name);
    char *path = text_join(w->folder, folder);
    assert_int_equal(mkdir(path, 0700), 0);
    free(path);
    snprintf(file, sizeof file, "%s/rows.csv", folder);
    path = text_join(w->folder, file);
    write_rows(path, rows);
    free(path);
    snprintf(file, sizeof file, "%s/datapackage.json", folder);
    snprintf(text, sizeof text,
             "{\"name\": \"%s\", \"title\": \"Rows\", \"resources\": [{\"name\": \"%s_rows\", \"path\": \"rows.csv\","
             " \"schema\": {\"fields\": [{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"name\", \"type\": \"string\"},"
             " {\"name\": \"seats\", \"type\": \"integer\"}, {\"name\": \"day\", \"type\": \"date\"}]}}]}", name, name);
    write_text(w, file, text);
}

static void make_report(const struct workspace *w)
{
    char *path = text_join(w->folder, "reports/long");
    assert_int_equal(mkdir(path, 0700), 0);
    free(path);
    write_text(w, "reports/long/report.yaml",
               "title: {en: Long, ar: طويل}\nsubtitle: {en: A long one, ar: تقرير طويل}\nauthor: {en: The tests, ar: الاختبارات}\n"
               "issue: 1\nas_of: 2024-04-03\nlayout: briefing-a4\neditions: [en]\ndatasets: [pages]\n"
               "tables:\n  rows:\n    data: SELECT name, seats FROM pages_rows ORDER BY name\n    columns:\n"
               "      - {field: name, title: {en: Name, ar: اسم}}\n"
               "      - {field: seats, title: {en: Seats, ar: مقاعد}, align: end}\n"
               "    source: {en: \"Source: the tests\", ar: \"المصدر: الاختبارات\"}\n");
    write_text(w, "reports/long/en.md", "## Rows {#rows}\n\n![Many rows](table:rows)\n");
    write_text(w, "reports/long/ar.md", "## صفوف {#rows}\n\n![صفوف كثيرة](table:rows)\n");
}

#define CACHE "cache"

static int set_up(void **state)
{
    struct workspace *w = *state = workspace_open("tests/data/cli");
    make_dataset(w, "many", ROWS);
    make_dataset(w, "pages", PAGES_ROWS);
    make_report(w);
    assert_int_equal(setenv("XDG_CACHE_HOME", workspace_path(w, CACHE), 1), 0);
    return 0;
}

/* --- a terminal --- */

struct shown {
    int status;      /* of wait */
    bool typed;      /* Ctrl-C, before the end */
    double seconds;  /* from its start to its end */
    double worked;   /* of these, those that it and what it waited for had a processor */
    struct buf text; /* what the terminal was sent */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* False: nothing came in that time, or nobody has the terminal any more and all was read. */
static bool take(int terminal, struct buf *text, int milliseconds)
{
    char piece[4096];
    struct pollfd watched = { .fd = terminal, .events = POLLIN };
    if (poll(&watched, 1, milliseconds) <= 0)
        return false;
    ssize_t n = read(terminal, piece, sizeof piece);
    if (n > 0)
        buf_add(text, piece, (size_t)n);
    return n > 0;
}

static double seconds_in(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Runs the command on a terminal of 100 columns; after so many seconds somebody types Ctrl-C, unless it is negative. */
static struct shown run_on_terminal(const char *const argv[], const char *term, double interrupt_after)
{
    program_need_terminals();
    enum { MOST_WAIT = 10000 }; /* for the last words of a busy machine */
    struct shown shown = { .typed = false };
    struct rusage used;
    struct winsize size = { .ws_row = 24, .ws_col = 100 };
    struct termios plain;
    int terminal;
    memset(&plain, 0, sizeof plain);
    plain.c_lflag = ISIG | ICANON; /* without echo */
    plain.c_oflag = 0;
    plain.c_cc[VINTR] = 3;
    buf_init(&shown.text);
    pid_t child = forkpty(&terminal, NULL, &plain, &size);
    assert_true(child >= 0);
    if (child == 0) {
        setenv("TERM", term, 1);
        unsetenv("NO_COLOR");
        signal(SIGINT, SIG_DFL); /* ignored where the tests run in the background */
        execv(argv[0], (char *const *)argv);
        _exit(127);
    }
    double began = now(), until = began + interrupt_after;
    while (wait4(child, &shown.status, WNOHANG, &used) == 0) {
        if (interrupt_after >= 0 && !shown.typed && now() >= until) {
            assert_int_equal(write(terminal, "\3", 1), 1);
            shown.typed = true;
        }
        double left = until - now();
        take(terminal, &shown.text, interrupt_after < 0 || shown.typed || left > 0.05 ? 50 : left > 0 ? (int)(left * 1000) : 0);
    }
    shown.seconds = now() - began;
    shown.worked = seconds_in(used.ru_utime) + seconds_in(used.ru_stime);
    while (take(terminal, &shown.text, MOST_WAIT))
        continue;
    close(terminal);
    return shown;
}

/* What stands on the last row when all was written: a carriage return goes back, ESC [ K takes away what is behind. */
static void last_row(const struct buf *text, char row[512])
{
    size_t at = 0, end = 0;
    for (size_t i = 0; i < text->length; i++) {
        if (text->data[i] == '\n' || text->data[i] == '\r') {
            at = 0;
            end = text->data[i] == '\n' ? 0 : end;
        } else if (strncmp(text->data + i, "\033[K", 3) == 0) {
            end = at;
            i += 2;
        } else if (at < 511) {
            row[at++] = text->data[i];
            end = at > end ? at : end;
        }
    }
    row[end] = '\0';
}

static void assert_cleared(const struct shown *shown)
{
    char row[512];
    last_row(&shown->text, row);
    assert_string_equal(row, "");
}

static void a_long_query_has_a_line_that_goes(void **state)
{
    struct workspace *w = *state;
    const char *const argv[] = { program_mujaz(), "query", "-C", w->folder, "--no-cache", "many",
                                 "SELECT 4711 + 0 * count(DISTINCT a.name || b.seats) AS n FROM many_rows a "
                                 "JOIN many_rows b ON a.id = b.id", NULL };
    struct shown shown = run_on_terminal(argv, "xterm", -1);
    assert_int_equal(shown.status, 0);
    const char *line = strstr(shown.text.data, "\rmany: ");
    assert_non_null(line); /* it takes more than half a second */
    const char *last = line;
    for (const char *p = line; (p = strstr(p + 1, "\033[K"));)
        last = p;
    assert_non_null(strstr(last, "4711")); /* the result comes behind it */
    assert_null(strstr(last, "many: "));
    assert_cleared(&shown);
    buf_drop(&shown.text);
    shown = run_on_terminal(argv, "dumb", -1);
    assert_int_equal(shown.status, 0);
    assert_null(strchr(shown.text.data, '\r'));
    assert_null(strchr(shown.text.data, '\033'));
    buf_drop(&shown.text);
}

static void a_long_build_counts_its_pages(void **state)
{
    struct workspace *w = *state;
    const char *const argv[] = { program_mujaz(), "build", "-C", w->folder, "-o", w->out, "--no-cache", "long", NULL };
    struct shown shown = run_on_terminal(argv, "xterm", -1);
    assert_int_equal(shown.status, 0);
    if (shown.worked > 1.2 && !strstr(shown.text.data, "\rlong, en: "))
        fail_msg("%s", shown.text.data);
    assert_non_null(strstr(shown.text.data, "/out/long.en.pdf"));
    assert_cleared(&shown);
    for (const char *p = shown.text.data; (p = strchr(p, '\r')); p++)
        assert_true(strcspn(p + 1, "\r\033\n") <= 99);
    buf_drop(&shown.text);
}

static void what_is_short_has_no_line(void **state)
{
    struct workspace *w = *state;
    const char *const argv[] = { program_mujaz(), "query", "-C", w->folder, "lists", "SELECT 1 AS one", NULL };
    enum { TIMES = 20 }; /* on a busy machine it may take long */
    for (int i = 0; i < TIMES; i++) {
        struct shown shown = run_on_terminal(argv, "xterm", -1);
        bool is_short = shown.seconds < 0.5;
        assert_int_equal(shown.status, 0);
        if (is_short) {
            assert_null(strstr(shown.text.data, "\033[K"));
            assert_null(strchr(shown.text.data, '\r'));
        }
        buf_drop(&shown.text);
        if (is_short)
            return;
    }
    fail_msg("none of %d took less than half a second", TIMES);
}

static void quiet_is_silent_and_verbose_tells_stages(void **state)
{
    struct workspace *w = *state;
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-q", "-C", w->folder, "-o", w->out, "mini",
                                                          NULL }, NULL);
    assert_int_equal(o.code, 0);
    assert_string_equal(o.out, "");
    assert_string_equal(o.err, "");
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", w->out, "mini", NULL }, NULL);
    assert_string_equal(o.err, ""); /* nothing in a pipe */
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "build", "-v", "-C", w->folder, "-o", w->out, "mini", NULL }, NULL);
    assert_int_equal(o.code, 0);
    static const char *const lines[] = { "mini: reading data: 0.", "mini: statements: 0.", "mini, parallel: setting text: 0.",
                                         "mini, en: pages: 0.", "mini, ar: checking pages: 0.", " s in all\n" };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!strstr(o.err, lines[i]))
            fail_msg("'%s' is not in '%s'", lines[i], o.err);
    assert_null(strchr(o.err, '\033'));
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "check", "-q", "-C", w->folder, "mini", NULL }, NULL);
    assert_string_equal(o.out, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
}

static void colour_is_for_terminals_that_want_it(void **state)
{
    struct workspace *w = *state;
    char *text = text_join(w->folder, "reports/mini/en.md");
    file_replace(text, "{seats}", "{seatz}");
    free(text);
    const char *const argv[] = { program_mujaz(), "check", "-C", w->folder, "mini", NULL };
    const char *const without[] = { "/usr/bin/env", "NO_COLOR=1", program_mujaz(), "check", "-C", w->folder, "mini", NULL };
    struct shown shown = run_on_terminal(argv, "xterm", -1);
    assert_non_null(strstr(shown.text.data, "\033[1;31merror: "));
    buf_drop(&shown.text);
    shown = run_on_terminal(without, "xterm", -1);
    assert_non_null(strstr(shown.text.data, "error: "));
    assert_null(strstr(shown.text.data, "\033[1"));
    buf_drop(&shown.text);
    shown = run_on_terminal(argv, "dumb", -1);
    assert_null(strchr(shown.text.data, '\033'));
    buf_drop(&shown.text);
}

/* --- Ctrl-C --- */

static void assert_tidy(const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir) {
        assert_int_equal(errno, ENOENT);
        return;
    }
    for (struct dirent *e; (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        bool temporary = strstr(e->d_name, ".tmp") || strstr(e->d_name, ".stage");
        const char *dot = strrchr(e->d_name, '.'); /* mkstemp's end is six letters behind a dot */
        temporary |= dot && strlen(dot) == 7 && strcmp(dot, ".stage") != 0;
        if (temporary)
            fail_msg("%s/%s was left", folder, e->d_name);
        char *below = text_join(folder, e->d_name);
        struct stat st;
        if (lstat(below, &st) == 0 && S_ISDIR(st.st_mode))
            assert_tidy(below);
        free(below);
    }
    closedir(dir);
}

static void remove_if_there(const char *folder)
{
    struct stat st;
    if (lstat(folder, &st) == 0)
        tree_remove(strdup(folder));
}

/* At a random moment, often; `whole`: seconds that the command may take. How long it takes depends on what else the
 * machine does: one that was done before the key was pressed says how long it is now. */
static void interrupt_often(const struct workspace *w, const char *const argv[], double whole, unsigned *seed)
{
    const char *given = getenv("MUJAZ_INTERRUPTS");
    int stopped = 0, all = given ? (int)strtol(given, NULL, 10) : INTERRUPTS;
    for (int i = 0; i < all; i++) {
        remove_if_there(workspace_path(w, CACHE));
        remove_if_there(w->out);
        struct shown shown = run_on_terminal(argv, "xterm", whole * (double)rand_r(seed) / RAND_MAX);
        bool by_signal = WIFSIGNALED(shown.status) && WTERMSIG(shown.status) == SIGINT;
        bool done = WIFEXITED(shown.status) && WEXITSTATUS(shown.status) == 0;
        if (!by_signal && !done)
            fail_msg("%s ended with status %x: %s", argv[1], (unsigned)shown.status, shown.text.data);
        stopped += by_signal;
        if (!shown.typed)
            whole = shown.seconds;
        assert_cleared(&shown);
        assert_tidy(w->out);
        assert_tidy(workspace_path(w, CACHE));
        buf_drop(&shown.text);
    }
    assert_true(stopped > all / 4);
}

/* What it takes here and now. */
static double seconds_of(const struct workspace *w, const char *const argv[])
{
    double began = now();
    struct outcome o = program_run(argv, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    remove_if_there(workspace_path(w, CACHE));
    remove_if_there(w->out);
    return now() - began;
}

static void ctrl_c_leaves_nothing_of_a_query(void **state)
{
    struct workspace *w = *state;
    unsigned seed = 1;
    const char *const argv[] = { program_mujaz(), "query", "-C", w->folder, "many", "SELECT count(*) AS n FROM many_rows", NULL };
    interrupt_often(w, argv, seconds_of(w, argv), &seed);
}

static void ctrl_c_leaves_nothing_of_a_build(void **state)
{
    struct workspace *w = *state;
    unsigned seed = 2;
    const char *const argv[] = { program_mujaz(), "build", "-C", w->folder, "-o", w->out, "long", NULL };
    interrupt_often(w, argv, seconds_of(w, argv), &seed);
}

static void ctrl_c_leaves_nothing_of_a_preview(void **state)
{
    struct workspace *w = *state;
    unsigned seed = 3;
    const char *const argv[] = { program_mujaz(), "preview", "-C", w->folder, "-o", w->out, "--pages=1-20", "--dpi=50",
                                 "long", NULL };
    interrupt_often(w, argv, seconds_of(w, argv), &seed);
}

static void ctrl_c_leaves_nothing_of_a_night(void **state)
{
    struct workspace *w = *state;
    unsigned seed = 4;
    const char *const argv[] = { program_mujaz(), "nightly", "-C", w->folder, "-o", w->out, "mini", "long", NULL };
    interrupt_often(w, argv, seconds_of(w, argv), &seed);
}

/* As a shell's `trap '' INT`: of the workers too. */
static void ctrl_c_ends_no_night_that_ignores_it(void **state)
{
    struct workspace *w = *state;
    const char *const argv[] = { "/usr/bin/env", "--ignore-signal=INT", program_mujaz(), "nightly", "-C", w->folder, "-o", w->out,
                                 "long", NULL };
    double whole = seconds_of(w, argv);
    for (int i = 1; i < 4; i++) {
        remove_if_there(w->out);
        struct shown shown = run_on_terminal(argv, "xterm", whole * i / 4);
        if (shown.status != 0)
            fail_msg("it ended with status %x: %s", (unsigned)shown.status, shown.text.data);
        buf_drop(&shown.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_long_query_has_a_line_that_goes, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(a_long_build_counts_its_pages, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(what_is_short_has_no_line, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(quiet_is_silent_and_verbose_tells_stages, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(colour_is_for_terminals_that_want_it, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(ctrl_c_leaves_nothing_of_a_query, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(ctrl_c_leaves_nothing_of_a_build, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(ctrl_c_leaves_nothing_of_a_preview, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(ctrl_c_leaves_nothing_of_a_night, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(ctrl_c_ends_no_night_that_ignores_it, set_up, workspace_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
