/* mujaz nightly: one wrong report does not stop the others, nothing unchanged is touched, workers cannot do harm. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/sandbox.h"
#include "cli/worker.h"
#include "support/program.h"

struct workspace {
    char *folder, *out;
};

static int set_up(void **state)
{
    struct workspace *w = calloc(1, sizeof *w);
    w->folder = tree_new();
    w->out = text_join(w->folder, "out");
    tree_copy("tests/data/cli/reports", w->folder);
    tree_copy("tests/data/cli/datasets", w->folder);
    tree_copy("layouts", w->folder);
    tree_copy("fonts", w->folder);
    char *mini = text_join(w->folder, "reports/mini"), *second = text_join(w->folder, "reports/second");
    assert_int_equal(mkdir(second, 0700), 0);
    static const char *const files[] = { "report.yaml", "en.md", "ar.md" };
    for (size_t i = 0; i < 3; i++) {
        char *from = text_join(mini, files[i]), *to = text_join(second, files[i]);
        size_t length;
        char *content = file_content(from, &length);
        file_write(to, content, length);
        free(content);
        free(from);
        free(to);
    }
    free(mini);
    free(second);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct workspace *w = *state;
    tree_remove(w->folder);
    free(w->out);
    free(w);
    return 0;
}

static struct outcome nightly(const struct workspace *w)
{
    return program_run(
        (const char *const[]){ program_mujaz(), "nightly", "-C", w->folder, "-o", w->out, "--jobs=1", NULL }, NULL);
}

static void assert_line(const char *text, const char *line)
{
    if (!strstr(text, line))
        fail_msg("'%s' is not in '%s'", line, text);
}

static struct stat stat_of(const struct workspace *w, const char *name)
{
    struct stat st;
    char *path = text_join(w->out, name);
    assert_int_equal(stat(path, &st), 0);
    free(path);
    return st;
}

static char *content_of(const struct workspace *w, const char *name)
{
    size_t length;
    char *path = text_join(w->out, name), *content = file_content(path, &length);
    free(path);
    return content;
}

static void break_report(const struct workspace *w, const char *name)
{
    char *folder = text_join(w->folder, "reports"), *report = text_join(folder, name), *text = text_join(report, "en.md");
    file_write(text, "## Only {#in-english}\n\nA {figure} that there is not.\n", 51);
    free(folder);
    free(report);
    free(text);
}

static void unchanged_files_are_not_touched(void **state)
{
    struct workspace *w = *state;
    struct outcome o = nightly(w);
    assert_int_equal(o.code, 0);
    assert_line(o.out, "mini: made, ");
    assert_line(o.out, "second: made, ");
    outcome_drop(&o);
    struct stat before = stat_of(w, "current/mini.en.pdf");
    o = nightly(w);
    assert_int_equal(o.code, 0);
    assert_line(o.out, "mini: unchanged, ");
    outcome_drop(&o);
    struct stat after = stat_of(w, "current/mini.en.pdf");
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void a_wrong_report_is_stale_and_the_others_go_on(void **state)
{
    struct workspace *w = *state;
    struct outcome o = nightly(w);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    struct stat before = stat_of(w, "current/second.en.pdf");
    break_report(w, "second");
    char *mini = text_join(w->folder, "reports/mini/report.yaml");
    file_replace(mini, "issue: ", "issue: 1");
    o = nightly(w);
    assert_int_equal(o.code, EXIT_REFUSED);
    assert_line(o.out, "mini: made, ");
    assert_line(o.out, "second: stale since 2");
    assert_line(o.err, "reports/second/en.md:");
    outcome_drop(&o);
    assert_int_equal(stat_of(w, "current/second.en.pdf").st_ino, before.st_ino);
    char *manifest = content_of(w, "current/manifest.json");
    assert_line(manifest, "\"state\": \"stale\"");
    free(manifest);
    free(mini);
}

static void a_report_that_never_was_good_is_absent(void **state)
{
    struct workspace *w = *state;
    break_report(w, "second");
    struct outcome o = nightly(w);
    assert_int_equal(o.code, EXIT_REFUSED);
    assert_line(o.out, "mini: made, ");
    assert_line(o.out, "second: absent, 0 files");
    outcome_drop(&o);
}

/* A file of the published run was lost or changed: it is made again, though nothing else has changed. */
static void a_damaged_file_is_made_again(void **state)
{
    struct workspace *w = *state;
    struct outcome o = nightly(w);
    outcome_drop(&o);
    char *path = text_join(w->out, "current/mini.en.pdf");
    file_write(path, "broken", 6);
    o = nightly(w);
    assert_int_equal(o.code, 0);
    assert_line(o.out, "mini: made, ");
    assert_line(o.out, "second: unchanged, ");
    outcome_drop(&o);
    free(path);
}

static void a_damaged_manifest_makes_everything_anew(void **state)
{
    struct workspace *w = *state;
    struct outcome o = nightly(w);
    outcome_drop(&o);
    char *path = text_join(w->out, "current/manifest.json");
    file_write(path, "{\"run\": \"x\"}\n", 13);
    o = nightly(w);
    assert_int_equal(o.code, 0);
    assert_line(o.err, "warning: [manifest] this is no manifest; everything is made anew");
    assert_line(o.out, "mini: made, ");
    outcome_drop(&o);
    free(path);
}

static void a_second_run_does_nothing(void **state)
{
    struct workspace *w = *state;
    assert_int_equal(mkdir(w->out, 0700), 0);
    char *lock = text_join(w->out, ".lock");
    int fd = open(lock, O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    struct outcome o = nightly(w);
    assert_int_equal(o.code, EXIT_BUSY);
    assert_string_equal(o.out, "");
    assert_line(o.err, "another run works in ");
    outcome_drop(&o);
    close(fd);
    free(lock);
}

/* --- workers --- */

static void count_file(void *context, const struct artifact *file)
{
    (void)file;
    ++*(size_t *)context;
}

static struct worker_result work(const struct worker_task *task)
{
    struct worker *worker = worker_start(task);
    assert_non_null(worker);
    while (!worker_read(worker))
        continue;
    return worker_finish(worker);
}

static void a_worker_without_memory_dies_alone(void **state)
{
    struct workspace *w = *state;
    struct options options = { .workspace = w->folder };
    size_t files = 0;
    struct worker_task task = { .options = &options, .report = "mini", .seconds = 60, .memory = 1 << 20,
                                .take = count_file, .context = &files };
    struct worker_result r = work(&task);
    assert_true(r.end == WORKER_DIED || r.end == WORKER_FAILED); /* it dies, or cannot even be confined */
    assert_int_equal(files, 0);
    worker_result_drop(&r);
}

static void what_a_killed_worker_sent_is_not_believed(void **state)
{
    struct workspace *w = *state;
    struct options options = { .workspace = w->folder };
    size_t files = 0;
    struct worker_task task = { .options = &options, .report = "mini", .seconds = 60, .memory = (size_t)1 << 32,
                                .take = count_file, .context = &files };
    struct worker *worker = worker_start(&task);
    assert_non_null(worker);
    assert_true(worker_seconds_left(worker) > 50);
    worker_kill(worker, "it ran out of time");
    while (!worker_read(worker))
        continue;
    struct worker_result r = worker_finish(worker);
    assert_int_equal(r.end, WORKER_DIED);
    assert_string_equal(r.why, "it ran out of time");
    worker_result_drop(&r);
}

/* A child in the sandbox tries each; its exit code says which one it could do. */
static int try_harm(const char *workspace, const char *outside)
{
    const struct sandbox_limits limits = { (size_t)1 << 32, 60 };
    char *inside = text_join(workspace, "layouts/briefing-a4.yaml"), *made = text_join(workspace, "made");
    if (!sandbox_enter(workspace, &limits))
        return 1;
    if (open(inside, O_RDONLY) < 0)
        return 2;
    if (open(made, O_WRONLY | O_CREAT, 0600) >= 0)
        return 3;
    if (open(inside, O_WRONLY) >= 0)
        return 4;
    if (open(outside, O_RDONLY) >= 0)
        return 5;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM)
        return 6;
    execl("/bin/true", "true", (char *)NULL);
    if (errno != EPERM && errno != EACCES)
        return 7;
    return malloc((size_t)1 << 33) ? 8 : 0;
}

static void a_worker_reads_its_workspace_and_no_more(void **state)
{
    struct workspace *w = *state;
    char *elsewhere = tree_new(), *outside = text_join(elsewhere, "secret");
    int status;
    file_write(outside, "x", 1);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        _exit(try_harm(w->folder, outside));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    tree_remove(elsewhere);
    free(outside);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(unchanged_files_are_not_touched),
        TEST(a_wrong_report_is_stale_and_the_others_go_on),
        TEST(a_report_that_never_was_good_is_absent),
        TEST(a_damaged_file_is_made_again),
        TEST(a_damaged_manifest_makes_everything_anew),
        TEST(a_second_run_does_nothing),
        TEST(a_worker_without_memory_dies_alone),
        TEST(what_a_killed_worker_sent_is_not_believed),
        TEST(a_worker_reads_its_workspace_and_no_more),
    };
    return cmocka_run_group_tests_name("cli nightly", tests, NULL, NULL);
}
