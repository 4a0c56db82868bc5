/* mujaz nightly: one wrong report does not stop the others, nothing unchanged is touched, workers cannot do harm. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
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

#include "base/arena.h"
#include "base/file.h"
#include "cli/exit_code.h"
#include "nightly/manifest.h"
#include "nightly/sandbox.h"
#include "nightly/worker.h"
#include "support/workspace.h"

static int set_up(void **state)
{
    struct workspace *w = *state = workspace_open("tests/data/cli");
    struct outcome o = program_run((const char *const[]){ "cp", "-R", workspace_path(w, "reports/mini"),
                                                          workspace_path(w, "reports/second"), NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    return 0;
}

static struct outcome nightly(const struct workspace *w)
{
    return program_run(
        (const char *const[]){ program_mujaz(), "nightly", "-C", w->folder, "-o", w->out, "--jobs=1", NULL }, NULL);
}

static struct outcome night_with(const struct workspace *w, const char *option, const char *more)
{
    return program_run((const char *const[]){ program_mujaz(), "nightly", "-C", w->folder, "-o", w->out, option, more, NULL },
                       NULL);
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

/* The page says what is stale though its files are of a run before; the manifest knows what they are. */
static void the_page_shows_what_is_there(void **state)
{
    struct workspace *w = *state;
    struct outcome o = nightly(w);
    outcome_drop(&o);
    char *page = content_of(w, "current/index.html"), *manifest = content_of(w, "current/manifest.json");
    assert_line(page, "<title>The tests · الاختبارات</title>");
    assert_line(page, "href=\"second.en.pdf\" hreflang=\"en\"");
    assert_line(page, "src=\"second.ar.page1.png\" width=\"160\" height=\"227\"");
    assert_line(page, ">3 April 2024</time>");
    assert_null(strstr(page, "class=\"stale\""));
    assert_line(page, "No earlier briefings are kept yet.");
    assert_line(manifest, "\"picture\": \"second.ar.page1.png\"");
    assert_line(manifest, "\"name\": \"issue.html\"");
    free(page);
    free(manifest);
    struct stat before = stat_of(w, "current/second.en.page1.png");
    break_report(w, "second");
    o = nightly(w);
    outcome_drop(&o);
    page = content_of(w, "current/index.html");
    manifest = content_of(w, "current/manifest.json");
    assert_line(page, "<p class=\"stale\">Not updated: 1</p>");
    assert_line(page, "<strong>Not updated.</strong> This edition was published on <time");
    assert_line(page, "href=\"second.en.pdf\" hreflang=\"en\"");
    assert_line(page, "<a href=\"../runs/2");
    assert_line(manifest, "\"picture\": \"second.ar.page1.png\"");
    assert_int_equal(stat_of(w, "current/second.en.page1.png").st_ino, before.st_ino);
    free(page);
    free(manifest);
}

/* A worker's word is not believed: a manifest says nothing of what it cannot read. */
static void what_a_file_is_must_make_sense(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const char good[] = "{\"edition\": \"ar\", \"pages\": 3, \"as_of\": \"2024-04-03\", \"title\": {\"en\": \"a\", \"ar\": \"b\"}, "
                               "\"subtitle\": {\"en\": \"\", \"ar\": \"\"}, \"author\": {\"en\": \"\", \"ar\": \"\"}, "
                               "\"picture\": \"a.png\", \"width\": 320, \"height\": 453, \"shown\": "
                               "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}";
    static const char *const wrong[][2] = {
        { "\"ar\", \"p", "\"xx\", \"p" }, { ": 3,", ": 0,"}, { ": 3,", ": -1,"}, { ": 3,", ": 99999999999,"}, { "04-03", "04-31" },
        { "{\"en\": \"a\"", "{\"xx\": \"a\"" }, { "\"a.png\"", "\"../a.png\"" }, { "320", "{}" }, { "453", "10001" }, { "}", "" },
        { "cdef\"", "cde\"" }, { "\"0", "\"A" },
    };
    const struct about *about = manifest_about(good, arena);
    assert_non_null(about);
    assert_int_equal(about->edition, EDITION_AR);
    assert_int_equal(about->pages, 3);
    assert_string_equal(about->title[LANG_AR], "b");
    assert_int_equal(about->height, 453);
    assert_null(manifest_about(NULL, arena));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *at = strstr(good, wrong[i][0]);
        assert_non_null(at);
        const char *text = arena_printf(arena, "%.*s%s%s", (int)(at - good), good, wrong[i][1], at + strlen(wrong[i][0]));
        assert_null(manifest_about(text, arena));
    }
    arena_drop(arena);
}

/* The workspace's disk is not mounted: nothing is made below the empty folder where it would be. */
static void a_workspace_that_is_not_there_gets_no_runs(void **state)
{
    struct workspace *w = *state;
    char *nowhere = text_join(w->folder, "nowhere"), *out = text_join(w->folder, "nowhere/out");
    assert_int_equal(mkdir(nowhere, 0700), 0);
    struct outcome o =
        program_run((const char *const[]){ program_mujaz(), "nightly", "-C", nowhere, "-o", out, NULL }, NULL);
    assert_int_equal(o.code, EXIT_REFUSED);
    assert_line(o.err, "nowhere/reports: error: [file-absent] there is no report; it takes a folder with a report.yaml");
    assert_false(file_is_there(out));
    outcome_drop(&o);
    free(nowhere);
    free(out);
}

/* A report that is gone, and a folder whose name is none of a report's, are told. */
static void what_is_left_out_is_told(void **state)
{
    struct workspace *w = *state;
    struct outcome o = nightly(w);
    assert_null(strstr(o.out, "left out"));
    outcome_drop(&o);
    assert_int_equal(rename(workspace_path(w, "reports/second"), workspace_path(w, "reports/The\nSecond")), 0);
    o = nightly(w);
    assert_int_equal(o.code, 0);
    assert_line(o.out, "reports/The Second: left out; a report's name is made of small letters, digits and '-'");
    assert_line(o.out, "second: no longer a report of the set; its files are those of run 2");
    outcome_drop(&o);
}

/* The data are a link to another disk: check and build read them, a worker does not, and says why. */
static void a_link_out_of_the_workspace_is_told(void **state)
{
    struct workspace *w = *state;
    char *elsewhere = tree_new();
    const char *moved = file_join(w->arena, elsewhere, "datasets");
    struct outcome o = program_run((const char *const[]){ "mv", workspace_path(w, "datasets"), moved, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    assert_int_equal(symlink(moved, workspace_path(w, "datasets")), 0);
    o = nightly(w);
    assert_int_equal(o.code, EXIT_SYSTEM);
    assert_line(o.err, "datasets/lists/datapackage.json: error: [file-read] a link leads out of the workspace, where "
                       "'mujaz nightly' reads nothing; copy what it leads to into the workspace, or mount it there");
    outcome_drop(&o);
    assert_int_equal(unlink(workspace_path(w, "datasets")), 0);
    assert_int_equal(symlink("datasets", workspace_path(w, "datasets")), 0); /* it cannot be told what is in it */
    o = nightly(w);
    assert_int_equal(o.code, EXIT_SYSTEM);
    assert_line(o.err, "datasets/lists: error: [file-read] cannot be looked at: Too many levels of symbolic links");
    outcome_drop(&o);
    tree_remove(elsewhere);
}

/* A file of the published run was lost or changed: it is made again, though nothing else has changed. */
/* No empty set takes the place of a good one: another folder was named, or the disk is not mounted. */
static void a_workspace_without_reports_is_refused(void **state)
{
    struct workspace *w = *state;
    struct outcome o = nightly(w);
    outcome_drop(&o);
    char *reports = text_join(w->folder, "reports"), *away = text_join(w->folder, "away");
    for (int i = 0; i < 2; i++) { /* no folder, an empty folder */
        assert_int_equal(i ? mkdir(reports, 0700) : rename(reports, away), 0);
        o = nightly(w);
        assert_int_equal(o.code, EXIT_REFUSED);
        assert_line(o.err, "reports: error: [file-absent] there is no report; it takes a folder with a report.yaml");
        outcome_drop(&o);
        assert_true(stat_of(w, "current/mini.en.pdf").st_size > 0);
    }
    free(reports);
    free(away);
}

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
    file_write(path, "", 0);
    o = night_with(w, "mini", NULL); /* what else the set had cannot be told */
    assert_line(o.out, "second: made, ");
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

static void each_damaged_byte_of_a_manifest_is_seen(void **state)
{
    struct workspace *w = *state;
    struct diags *diags = diags_new();
    struct arena *arena = arena_new();
    struct outcome o = nightly(w);
    outcome_drop(&o);
    char *path = text_join(w->out, "current/manifest.json");
    size_t length;
    char *content = file_content(path, &length);
    assert_non_null(manifest_read(path, arena, diags));
    assert_int_equal(diags_count(diags), 0);
    for (size_t i = 0; i < length; i++) {
        content[i] = (char)(content[i] ^ 1 << i % 8);
        file_write(path, content, length);
        content[i] = (char)(content[i] ^ 1 << i % 8);
        assert_null(manifest_read(path, arena, diags));
    }
    for (size_t cut = 0; cut < length; cut += 97) {
        file_write(path, content, cut);
        assert_null(manifest_read(path, arena, diags));
    }
    diags_drop(diags);
    arena_drop(arena);
    free(content);
    free(path);
}

/* Of a burst of thousands: larger than any file that people write may be. */
static void a_large_manifest_is_read_back(void **state)
{
    enum { FILES = 6000 };
    struct workspace *w = *state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct manifest_file *files = arena_array(arena, FILES, sizeof *files);
    struct buf text;
    for (size_t i = 0; i < FILES; i++) {
        files[i] = (struct manifest_file){ .name = arena_printf(arena, "brief-district-%zu.pdf", i), .bytes = i,
                                           .media_type = "application/pdf" };
        memset(files[i].sha256, '0' + (int)(i % 10), HASH_HEX - 1);
    }
    struct manifest_report brief = { .name = "brief", .state = STATE_STALE, .made_in = "20240403T020000Z",
                                     .said = "", .files = files, .file_count = FILES };
    memset(brief.key, 'a', HASH_HEX - 1);
    const struct manifest all = { .run = "20240404T020000Z", .version = "1", .reports = &brief, .report_count = 1 };
    buf_init(&text);
    manifest_write(&all, &text);
    assert_true(text.length > 1 << 20);
    char *path = text_join(w->folder, "manifest.json");
    file_write(path, text.data, text.length);
    const struct manifest_report *read = manifest_find(manifest_read(path, arena, diags), "brief");
    assert_int_equal(diags_count(diags), 0);
    assert_int_equal(read->state, STATE_STALE);
    assert_int_equal(read->file_count, FILES);
    assert_string_equal(read->files[FILES - 1].name, "brief-district-5999.pdf");
    assert_int_equal(read->files[FILES - 1].bytes, FILES - 1);
    buf_drop(&text);
    free(path);
    diags_drop(diags);
    arena_drop(arena);
}

/* What is named is made; what else readers have stays theirs, and stale where it was. */
static void named_reports_leave_the_others_in_the_set(void **state)
{
    struct workspace *w = *state;
    struct outcome o = nightly(w);
    outcome_drop(&o);
    struct stat before = stat_of(w, "current/second.en.pdf");
    break_report(w, "second");
    o = nightly(w);
    outcome_drop(&o);
    o = night_with(w, "mini", "mini"); /* twice is once */
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    assert_line(o.out, "mini: unchanged, ");
    assert_line(o.out, "second: not named, 9 files kept");
    outcome_drop(&o);
    assert_int_equal(stat_of(w, "current/second.en.pdf").st_ino, before.st_ino);
    char *page = content_of(w, "current/index.html"), *manifest = content_of(w, "current/manifest.json");
    assert_line(page, "<p class=\"stale\">Not updated: 1</p>");
    assert_line(manifest, "\"state\": \"stale\"");
    assert_line(manifest, "reports/second/en.md:");
    free(page);
    free(manifest);
    o = night_with(w, "--status", NULL);
    assert_int_equal(o.code, 1);
    assert_line(o.out, "second  stale since 2");
    outcome_drop(&o);
}

static void a_quiet_run_says_what_is_wrong(void **state)
{
    struct workspace *w = *state;
    struct outcome o = night_with(w, "-q", NULL);
    assert_int_equal(o.code, 0);
    assert_string_equal(o.out, "");
    assert_string_equal(o.err, ""); /* and no progress, where it is no terminal */
    outcome_drop(&o);
    break_report(w, "second");
    o = night_with(w, "-q", NULL);
    assert_int_equal(o.code, EXIT_REFUSED);
    assert_string_equal(o.out, "");
    assert_line(o.err, "reports/second/en.md:");
    outcome_drop(&o);
}

/* What reads the lines may end before the run does. */
static void a_reader_that_has_gone_stops_nothing(void **state)
{
    struct workspace *w = *state;
    char command[2048];
    snprintf(command, sizeof command, "{ %s nightly -C %s -o %s; echo $? >%s/code; } | true", program_mujaz(), w->folder,
             w->out, w->folder);
    struct outcome o = program_run((const char *const[]){ "sh", "-c", command, NULL }, NULL);
    char *path = text_join(w->folder, "code"), *code = file_content(path, NULL), *manifest;
    assert_line(code, "3");
    assert_line(o.err, "mujaz: standard output: Broken pipe");
    manifest = content_of(w, "current/manifest.json");
    assert_line(manifest, "\"state\": \"made\"");
    outcome_drop(&o);
    free(manifest);
    free(code);
    free(path);
}

/* `script` asks util-linux for a terminal. */
static void a_terminal_shows_progress(void **state)
{
    program_need_terminals();
    struct workspace *w = *state;
    char command[2048];
    snprintf(command, sizeof command, "TERM=xterm %s nightly -C %s -o %s -j 1", program_mujaz(), w->folder, w->out);
    struct outcome o = program_run((const char *const[]){ "script", "-qec", command, "/dev/null", NULL }, NULL);
    assert_int_equal(o.code, 0);
    assert_line(o.out, "\r[0/2] mini  0 s\033[K");
    assert_line(o.out, "\r[1/2] second  ");
    assert_line(o.out, "\r\033[Kmini: made, "); /* it goes before a line comes */
    outcome_drop(&o);
}

static void assert_status(const struct workspace *w, const char *option, int code, const char *const lines[])
{
    struct outcome o = night_with(w, "--status", option);
    assert_int_equal(o.code, code);
    for (size_t i = 0; lines[i]; i++)
        assert_line(o.out, lines[i]);
    outcome_drop(&o);
}

static void the_status_says_what_is_current(void **state)
{
    struct workspace *w = *state;
    assert_status(w, NULL, 1, (const char *const[]){ "out: nothing is published there\n", "  mini    absent; it is not", NULL });
    assert_false(file_is_there(w->out)); /* it makes nothing */
    struct outcome o = nightly(w);
    outcome_drop(&o);
    assert_status(w, NULL, 0, (const char *const[]){ "  mini    current, made 2", " UTC, 9 files\n",
                                                     "no run works there now\n", NULL });
    assert_int_equal(mkdir(file_join(w->arena, w->out, "runs/.20990101T000000Z.stage"), 0700), 0);
    assert_status(w, NULL, 1, (const char *const[]){ "  mini    current, made 2",
                                                     "no run works there now; the last one was killed and published nothing\n", NULL });
    break_report(w, "second");
    o = nightly(w);
    outcome_drop(&o);
    assert_status(w, NULL, 1, (const char *const[]){ "  mini    current, made 2", "  second  stale since 2", " UTC, 9 files; ",
                                                     "reports/second/en.md:", "error: [", NULL });
    assert_status(w, "mini", 0, (const char *const[]){ "  mini  current, made 2", NULL });
    assert_status(w, "--format=json", 1,
                  (const char *const[]){ "\"lock\": \"idle\"", "\"fresh\": false", "\"state\": \"stale\"", NULL });
    char *path = text_join(w->out, "current/mini.en.pdf"), *lock = text_join(w->out, ".lock");
    file_write(path, "broken", 6);
    int fd = open(lock, O_RDWR);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_status(w, NULL, 1, (const char *const[]){ "  mini    damaged", "; mini.en.pdf is not as it was published\n",
                                                     "a run works there now\n", NULL });
    close(fd);
    free(path);
    free(lock);
}

static void old_runs_go_by_schedule_and_option(void **state)
{
    struct workspace *w = *state;
    char *schedule = text_join(w->folder, "schedule.yaml"), *old = text_join(w->out, "runs/20200101T000000Z");
    struct outcome o = nightly(w);
    outcome_drop(&o);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(mkdir(old, 0700), 0);
        if (i == 0)
            file_write(schedule, "keep_days: 365\n", 15);
        o = night_with(w, i == 0 ? "-q" : "--keep-days=36500", NULL); /* the second one keeps it */
        assert_int_equal(o.code, 0);
        outcome_drop(&o);
        assert_int_equal(file_is_there(old), i == 1);
    }
    o = night_with(w, "--keep=1", NULL);
    outcome_drop(&o);
    assert_false(file_is_there(old));
    free(schedule);
    free(old);
}

/* A clock that runs ahead one night takes no run along, and the next night is called after its own time. */
static void a_clock_that_ran_ahead_does_no_harm(void **state)
{
    static const char *const nights[] = { "1700000000", "1924992000", "1700200000" };
    static const char *const ids[] = { "20231114T221320Z", "20310101T000000Z", "20231117T054640Z" };
    struct workspace *w = *state;
    for (size_t i = 0; i < 3; i++) {
        setenv("SOURCE_DATE_EPOCH", nights[i], 1);
        struct outcome o = night_with(w, "--keep-days=30", NULL);
        unsetenv("SOURCE_DATE_EPOCH");
        assert_int_equal(o.code, 0);
        assert_non_null(strstr(o.out, ids[i]));
        outcome_drop(&o);
        for (size_t k = 0; k <= i; k++) {
            char *run = text_join(w->out, file_join(w->arena, "runs", ids[k]));
            assert_true(file_is_there(run));
            free(run);
        }
    }
}

/* --- workers --- */

/* A run that is killed leaves no worker behind, which would hold the lock. */
static void workers_end_with_their_run(void **state)
{
    int ends[2], pid_of_worker = 0, status;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t run = fork();
    if (run == 0) {
        pid_t worker = fork();
        if (worker == 0) {
            sandbox_keep_only(ends[1]);
            pid_of_worker = (int)getpid();
            if (write(ends[1], &pid_of_worker, sizeof pid_of_worker) < 0)
                _exit(1);
            pause();
        }
        pause();
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &pid_of_worker, sizeof pid_of_worker), sizeof pid_of_worker);
    kill(run, SIGKILL);
    assert_int_equal(waitpid(run, &status, 0), run);
    char byte;
    assert_int_equal(read(ends[0], &byte, 1), 0); /* its end of the pipe is closed: it is gone */
    close(ends[0]);
}

static int count_descriptors(int keep)
{
    int count = 0;
    sandbox_keep_only(keep);
    for (int fd = 3; fd < 64; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count == 1 && fcntl(keep, F_GETFD) >= 0 ? 0 : 1;
}

static void a_worker_inherits_one_descriptor(void **state)
{
    (void)state;
    for (int which = 0; which < 3; which++) { /* the first, one between, the last */
        int fds[3], status;
        for (int i = 0; i < 3; i++)
            fds[i] = open("/dev/null", O_RDONLY);
        fflush(NULL);
        pid_t pid = fork();
        if (pid == 0)
            _exit(count_descriptors(fds[which]));
        for (int i = 0; i < 3; i++)
            close(fds[i]);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(WEXITSTATUS(status), 0);
    }
}

static void count_file(void *context, const struct artifact *file)
{
    (void)file;
    ++*(size_t *)context;
}

static struct worker_result work(const struct worker_task *task)
{
    enum { LEAST = 4096 }; /* so that the worker has most of its files before it when the first is here */
    struct worker *worker = worker_start(task);
    assert_non_null(worker);
    assert_true(fcntl(worker_descriptor(worker), F_SETPIPE_SZ, LEAST) >= LEAST);
    while (!worker_read(worker))
        continue;
    return worker_finish(worker);
}

static void a_worker_without_memory_fails_alone(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip(); /* which maps terabytes, so that the sandbox sets no limit */
#endif
    struct workspace *w = *state;
    struct options options = { .workspace = w->folder };
    size_t files = 0;
    struct worker_task task = { .options = &options, .report = "mini", .seconds = 60, .memory = 1 << 20,
                                .take = count_file, .context = &files };
    struct worker_result r = work(&task);
    /* It dies, or cannot even be confined; or, with what this process left free, finds that a font does not load. */
    assert_true(r.end == WORKER_DIED || r.end == WORKER_FAILED || r.end == WORKER_REFUSED);
    assert_int_equal(files, 0);
    worker_result_drop(&r);
}

/* Standard error is a log file here, as cron's `2>>` has it, and no worker may write into a file. */
static void a_report_out_of_memory_names_the_limit(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    const struct workspace *w = *state;
    char *log = text_join(w->folder, "log");
    size_t length;
    file_write(workspace_path(w, "schedule.yaml"), "memory_mb: 16\n", 14);
    const char *command = "\"$0\" nightly -C \"$1\" -o \"$1/out\" --jobs=1 2>\"$1/log\"";
    struct outcome o =
        program_run((const char *const[]){ "sh", "-c", command, program_mujaz(), w->folder, NULL }, NULL);
    char *said = file_content(log, &length);
    assert_int_equal(o.code, EXIT_INTERNAL);
    assert_line(said, "mujaz: report 'mini': it ran out of memory or threads; 'memory_mb' of schedule.yaml is its limit");
    outcome_drop(&o);
    free(said);
    free(log);
}

/* Another file in the place of the data, as soon as the first file is here; the worker cannot be done then, since its pipe
 * does not hold the others. */
static void replace_data(void *context, const struct artifact *a)
{
    const char *const *paths = context;
    (void)a;
    rename(paths[0], paths[1]);
}

static const char *copy_of_data(const struct workspace *w, const char *data)
{
    const char *copy = workspace_path(w, "copy");
    struct outcome o = program_run((const char *const[]){ "cp", data, copy, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    return copy;
}

/* Else numbers of one version might stand beside the digest and the attached file of another. */
static void data_that_change_meanwhile_are_no_report(void **state)
{
    struct workspace *w = *state;
    struct options options = { .workspace = w->folder };
    const char *data = workspace_path(w, "datasets/lists/council-lists.csv"), *paths[] = { copy_of_data(w, data), data };
    struct worker_task task = { .options = &options, .report = "mini", .seconds = 60, .memory = (size_t)1 << 32,
                                .take = replace_data, .context = paths };
    struct worker_result r = work(&task);
    assert_int_equal(r.end, WORKER_CHANGED);
    assert_line(r.said.data, "council-lists.csv: error: [file-read] has changed while the report was made; run again");
    worker_result_drop(&r);
    task.key[0] = '\0';
    r = work(&task); /* the copy is in its place now */
    assert_int_equal(r.end, WORKER_MADE);
    worker_result_drop(&r);
}

/* It is asked for again, until it holds still. */
static void a_night_waits_for_data_that_come_in(void **state)
{
    struct workspace *w = *state;
    const char *command = "cd \"$1\" && (for i in 1 2 3 4 5 6 7 8; do sed \"s/43/4$i/\" data >new; "
                          "mv new datasets/lists/council-lists.csv; sleep 0.1; done) & "
                          "\"$0\" nightly -C \"$1\" -o \"$1/out\" --jobs=2; code=$?; wait; exit $code";
    const char *data = workspace_path(w, "datasets/lists/council-lists.csv");
    assert_int_equal(rename(copy_of_data(w, data), workspace_path(w, "data")), 0);
    struct outcome o =
        program_run((const char *const[]){ "sh", "-c", command, program_mujaz(), w->folder, NULL }, NULL);
    assert_int_equal(o.code, 0);
    assert_line(o.out, "mini: made, 9 files");
    assert_line(o.out, "second: made, 9 files");
    outcome_drop(&o);
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
#ifndef __SANITIZE_ADDRESS__ /* it has no limit of memory */
    if (malloc((size_t)1 << 33))
        return 8;
#endif
    return 0;
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

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, workspace_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(unchanged_files_are_not_touched),
        TEST(a_wrong_report_is_stale_and_the_others_go_on),
        TEST(a_report_that_never_was_good_is_absent),
        TEST(a_workspace_without_reports_is_refused),
        TEST(a_damaged_file_is_made_again),
        TEST(a_damaged_manifest_makes_everything_anew),
        TEST(a_second_run_does_nothing),
        TEST(each_damaged_byte_of_a_manifest_is_seen),
        TEST(a_large_manifest_is_read_back),
        TEST(named_reports_leave_the_others_in_the_set),
        TEST(a_quiet_run_says_what_is_wrong),
        TEST(a_reader_that_has_gone_stops_nothing),
        TEST(a_terminal_shows_progress),
        TEST(the_status_says_what_is_current),
        TEST(old_runs_go_by_schedule_and_option),
        TEST(workers_end_with_their_run),
        TEST(a_worker_inherits_one_descriptor),
        TEST(a_workspace_that_is_not_there_gets_no_runs),
        TEST(what_is_left_out_is_told),
        TEST(a_link_out_of_the_workspace_is_told),
        TEST(a_clock_that_ran_ahead_does_no_harm),
        TEST(a_worker_without_memory_fails_alone),
        TEST(a_report_out_of_memory_names_the_limit),
        TEST(data_that_change_meanwhile_are_no_report),
        TEST(a_night_waits_for_data_that_come_in),
        TEST(what_a_killed_worker_sent_is_not_believed),
        TEST(a_worker_reads_its_workspace_and_no_more),
        TEST(the_page_shows_what_is_there),
        TEST(what_a_file_is_must_make_sense),
    };
    return cmocka_run_group_tests_name("cli nightly", tests, NULL, NULL);
}
