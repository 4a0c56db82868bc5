/* Runs: a set of files is current whole, or not at all. */
#include "publish/runs.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/hash.h"
#include "support/program.h"
#include "support/said.h"

struct room {
    char *out;
    struct arena *arena;
    struct diags *diags;
};

static int set_up(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    r->out = tree_new();
    r->arena = arena_new();
    r->diags = diags_new();
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct room *r = *state;
    tree_remove(r->out);
    arena_drop(r->arena);
    diags_drop(r->diags);
    free(r);
    return 0;
}

static struct artifact make(const char *name, const char *text)
{
    struct artifact a = { .name = name, .media_type = "text/plain" };
    buf_init(&a.bytes);
    buf_add_string(&a.bytes, text);
    uint8_t digest[HASH_BYTES];
    hash_sha256(text, strlen(text), digest);
    hash_hex(digest, a.sha256);
    return a;
}

static void write_one(struct room *r, struct runs *runs, const char *name, const char *text)
{
    struct artifact a = make(name, text);
    assert_true(runs_write(runs, &a, r->diags));
    buf_drop(&a.bytes);
}

static struct runs *begin(struct room *r, const char *id)
{
    struct runs *runs;
    assert_int_equal(runs_begin(r->out, id, &runs, r->diags), RUNS_BEGUN);
    return runs;
}

static void publish(struct room *r, struct runs *runs)
{
    struct artifact manifest = make("manifest.json", "{}\n");
    assert_true(runs_publish(runs, &manifest, r->diags));
    buf_drop(&manifest.bytes);
}

static void publish_run(struct room *r, const char *id, const char *text)
{
    struct runs *runs = begin(r, id);
    write_one(r, runs, "a.txt", text);
    publish(r, runs);
    runs_end(runs);
}

static void assert_current(struct room *r, const char *text)
{
    size_t length;
    char *path = text_join(r->out, "current/a.txt"), *content = file_content(path, &length);
    assert_string_equal(content, text);
    free(content);
    free(path);
}

/* Without the two links that stand in runs/ from the first run on. */
static size_t entries(const struct room *r, const char *folder)
{
    char *path = text_join(r->out, folder);
    DIR *dir = opendir(path);
    size_t count = 0;
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0
              && (strcmp(folder, "runs") != 0 || (strcmp(e->d_name, "runs") != 0 && strcmp(e->d_name, "current") != 0));
    closedir(dir);
    free(path);
    return count;
}

static void a_run_becomes_current(void **state)
{
    struct room *r = *state;
    publish_run(r, "20240101T000000Z", "one");
    assert_current(r, "one");
    publish_run(r, "20240102T000000Z", "two");
    assert_current(r, "two");
    assert_int_equal(entries(r, "runs"), 2);
    assert_int_equal(diags_count(r->diags), 0);
}

static void an_unpublished_run_leaves_nothing(void **state)
{
    struct room *r = *state;
    publish_run(r, "20240101T000000Z", "one");
    struct runs *runs = begin(r, "20240102T000000Z");
    write_one(r, runs, "a.txt", "two");
    struct artifact again = make("a.txt", "three");
    assert_false(runs_write(runs, &again, r->diags));
    buf_drop(&again.bytes);
    assert_said(r->diags, r->out, "runs/.20240102T000000Z.stage/a.txt: error: [file-write] cannot be made: File exists; "
                                  "what was published before stays as it is\n");
    r->diags = diags_new();
    assert_current(r, "one");
    runs_end(runs);
    assert_current(r, "one");
    assert_int_equal(entries(r, "runs"), 1);
}

/* What was killed is found by the next run, and removed. */
/* Names come from workers, whose word is not believed. */
static void a_file_stays_in_its_run(void **state)
{
    struct room *r = *state;
    static const char *const names[] = { "../a.txt", "../../a.txt", "/tmp/a.txt", "..", "" };
    struct runs *runs = begin(r, "20240101T000000Z");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct artifact a = make(names[i], "out");
        assert_false(runs_write(runs, &a, r->diags));
        buf_drop(&a.bytes);
    }
    assert_int_equal(entries(r, "runs"), 1);
    runs_end(runs);
    assert_int_equal(diags_count(r->diags), sizeof names / sizeof *names);
}

static void a_dead_stage_is_removed(void **state)
{
    struct room *r = *state;
    char *stage = text_join(r->out, "runs/.20230101T000000Z.stage"), *file = text_join(stage, "a.txt"), *runs;
    runs = text_join(r->out, "runs");
    assert_int_equal(mkdir(runs, 0700), 0);
    assert_int_equal(mkdir(stage, 0700), 0);
    file_write(file, "half", 4);
    publish_run(r, "20240101T000000Z", "one");
    assert_int_equal(entries(r, "runs"), 1);
    free(stage);
    free(file);
    free(runs);
}

static void a_second_run_is_kept_out(void **state)
{
    struct room *r = *state;
    struct runs *first = begin(r, "20240101T000000Z"), *second;
    write_one(r, first, "a.txt", "one");
    assert_int_equal(runs_begin(r->out, "20240102T000000Z", &second, r->diags), RUNS_BUSY);
    assert_null(second);
    publish(r, first);
    runs_end(first);
    assert_current(r, "one");
    assert_int_equal(diags_count(r->diags), 0);
}

/* Kept files are the same inode, so that not a byte nor a time of them changes; others are made anew. */
static void a_kept_file_is_the_same_file(void **state)
{
    struct room *r = *state;
    struct artifact a = make("a.txt", "one");
    struct stat before, after;
    publish_run(r, "20240101T000000Z", "one");
    char *path = text_join(r->out, "current/a.txt");
    assert_int_equal(stat(path, &before), 0);
    struct runs *runs = begin(r, "20240102T000000Z");
    assert_string_equal(runs_current(runs), "20240101T000000Z");
    struct artifact other = make("a.txt", "two"), both[] = { a, make("b.txt", "one") };
    assert_false(runs_keep(runs, both, 2, r->diags)); /* none of them */
    assert_false(runs_keep(runs, &other, 1, r->diags));
    assert_true(runs_keep(runs, &a, 1, r->diags));
    publish(r, runs);
    runs_end(runs);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    assert_int_equal(after.st_nlink, 2);
    buf_drop(&a.bytes);
    buf_drop(&other.bytes);
    buf_drop(&both[1].bytes);
    free(path);
}

/* In one second. */
static void runs_of_one_moment_are_numbered(void **state)
{
    struct room *r = *state;
    static const char *const names[] = { "20240103T000000Z", "20240103T000000Z-000001", "20240103T000000Z-000002" };
    for (size_t i = 0; i < 3; i++) {
        struct runs *runs = begin(r, "20240103T000000Z");
        assert_string_equal(runs_id(runs), names[i]);
        write_one(r, runs, "a.txt", "two");
        publish(r, runs);
        runs_end(runs);
    }
}

/* One night the clock ran ahead: the nights behind it are called after their own time, and that one counts as old. */
static void a_run_from_the_future_counts_as_the_oldest(void **state)
{
    struct room *r = *state;
    publish_run(r, "20240101T000000Z", "one");
    publish_run(r, "20310101T000000Z", "two");
    publish_run(r, "20240103T000000Z", "three");
    assert_current(r, "three");
    struct runs *runs = begin(r, "20240104T000000Z");
    size_t count;
    assert_string_equal(runs_id(runs), "20240104T000000Z");
    write_one(r, runs, "a.txt", "four");
    const char **former = runs_former(runs, "a.txt", 0, NULL, &count, r->arena);
    assert_int_equal(count, 3);
    assert_string_equal(former[0], "20310101T000000Z");
    assert_string_equal(former[2], "20240103T000000Z");
    publish(r, runs);
    assert_int_equal(runs_retire(runs, 3, NULL, r->diags), 1);
    char *gone = text_join(r->out, "runs/20310101T000000Z");
    assert_false(file_is_there(gone));
    free(gone);
    runs_end(runs);
    assert_current(r, "four");
}

/* A run was tried by hand as root: the next night's user is told whose the folder is now, and what to do. */
static void whose_the_lock_is_is_told(void **state)
{
    enum { NOBODY = 65534 };
    struct room *r = *state;
    int status;
    if (geteuid() != 0)
        skip();
    publish_run(r, "20240101T000000Z", "one");
    assert_int_equal(chmod(r->out, 0755), 0);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        struct runs *runs;
        bool other = setgid(NOBODY) == 0 && setuid(NOBODY) == 0;
        if (!other || runs_begin(r->out, "20240102T000000Z", &runs, r->diags) != RUNS_FAILED)
            _exit(1);
        _exit(!strstr(diags_get(r->diags, 0)->message, "as it belongs to root; run as root, or give the folder to nobody"));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void old_runs_are_retired(void **state)
{
    struct room *r = *state;
    publish_run(r, "20240101T000000Z", "one");
    publish_run(r, "20240102T000000Z", "two");
    publish_run(r, "20240103T000000Z", "three");
    struct runs *runs = begin(r, "20240104T000000Z");
    write_one(r, runs, "a.txt", "four");
    publish(r, runs);
    assert_int_equal(runs_retire(runs, 2, NULL, r->diags), 2);
    runs_end(runs);
    assert_int_equal(entries(r, "runs"), 2);
    assert_current(r, "four");
}

/* By age too; the files that a newer run kept are links of their own. */
static void runs_retire_by_age(void **state)
{
    struct room *r = *state;
    publish_run(r, "20240101T000000Z", "one");
    publish_run(r, "20240102T000000Z", "two");
    struct runs *runs = begin(r, "20240103T000000Z");
    struct artifact a = make("a.txt", "two");
    assert_true(runs_keep(runs, &a, 1, r->diags));
    publish(r, runs);
    assert_int_equal(runs_retire(runs, 0, "20240101T000000Z", r->diags), 0); /* of that very moment: not before it */
    assert_int_equal(runs_retire(runs, 3, "20240102T000000Z", r->diags), 1);
    assert_int_equal(entries(r, "runs"), 2);
    assert_int_equal(runs_retire(runs, 0, "20250101T000000Z", r->diags), 1); /* all but the current one */
    runs_end(runs);
    assert_int_equal(entries(r, "runs"), 1);
    assert_current(r, "two");
    buf_drop(&a.bytes);
}

/* Readers look at OUT, not at where the folder was moved to. */
static void a_folder_that_was_moved_is_told(void **state)
{
    struct room *r = *state;
    char *away = text_join(r->out, "away"), *path = text_join(r->out, "out"), *kept = r->out;
    r->out = path;
    publish_run(r, "20240101T000000Z", "one");
    struct runs *runs = begin(r, "20240102T000000Z");
    assert_int_equal(rename(path, away), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    struct artifact manifest = make("manifest.json", "{}\n");
    assert_false(runs_publish(runs, &manifest, r->diags));
    assert_int_equal(diags_errors(r->diags), 1);
    assert_non_null(strstr(diags_get(r->diags, 0)->message, "was moved or replaced while the run worked"));
    runs_end(runs);
    r->out = away;
    assert_current(r, "one");
    assert_int_equal(entries(r, "runs"), 1);
    r->out = kept;
    buf_drop(&manifest.bytes);
    free(away);
    free(path);
}

static void who_looks_makes_nothing(void **state)
{
    struct room *r = *state;
    struct arena *arena = arena_new();
    enum runs_work work;
    assert_null(runs_look(r->out, &work, arena));
    assert_int_equal(work, RUNS_IDLE);
    assert_int_equal(entries(r, "."), 0);
    publish_run(r, "20240101T000000Z", "one");
    struct runs *runs = begin(r, "20240102T000000Z");
    assert_string_equal(runs_look(r->out, &work, arena), "20240101T000000Z");
    assert_int_equal(work, RUNS_WORKING);
    runs_end(runs);
    assert_string_equal(runs_look(r->out, &work, arena), "20240101T000000Z");
    assert_int_equal(work, RUNS_IDLE);
    char *stage = text_join(r->out, "runs/.20240102T000000Z.stage");
    assert_int_equal(mkdir(stage, 0700), 0); /* of one that was killed */
    assert_string_equal(runs_look(r->out, &work, arena), "20240101T000000Z");
    assert_int_equal(work, RUNS_KILLED);
    free(stage);
    arena_drop(arena);
}

/* A signal waits until the folder is tidy, and no run is published behind its back. */
static void a_signal_stops_the_run(void **state)
{
    struct room *r = *state;
    publish_run(r, "20240101T000000Z", "one");
    struct runs *runs = begin(r, "20240102T000000Z");
    struct artifact a = make("a.txt", "two");
    signal(SIGTERM, SIG_DFL);
    raise(SIGTERM);
    assert_false(runs_write(runs, &a, r->diags));
    assert_int_equal(diags_errors(r->diags), 1);
    assert_non_null(strstr(diags_get(r->diags, 0)->message, "stopped by a signal"));
    signal(SIGTERM, SIG_IGN); /* it would end the test now */
    runs_end(runs);
    signal(SIGTERM, SIG_DFL);
    assert_current(r, "one");
    assert_int_equal(entries(r, "runs"), 1);
    buf_drop(&a.bytes);
}

/* What is no run is not followed: files that were kept through it could come from anywhere. */
static void a_link_to_elsewhere_is_no_run(void **state)
{
    struct room *r = *state;
    char *link = text_join(r->out, "current");
    assert_int_equal(symlink("/etc", link), 0);
    struct runs *runs = begin(r, "20240101T000000Z");
    assert_null(runs_current(runs));
    write_one(r, runs, "a.txt", "one");
    publish(r, runs);
    runs_end(runs);
    assert_current(r, "one");
    free(link);
}

static void a_file_in_place_of_the_runs_is_told(void **state)
{
    struct room *r = *state;
    char *path = text_join(r->out, "runs");
    struct runs *runs;
    file_write(path, "x", 1);
    assert_int_equal(runs_begin(r->out, "20240101T000000Z", &runs, r->diags), RUNS_FAILED);
    assert_null(runs);
    assert_int_equal(diags_errors(r->diags), 1);
    assert_true(diags_have_system(r->diags));
    free(path);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

/* A page's way to another run holds in OUT/current/ and in OUT/runs/ID/. */
static void former_runs_are_found_from_both_places(void **state)
{
    struct room *r = *state;
    static const char *const ids[] = { "20240101T000000Z", "20240102T000000Z", "20240103T000000Z" };
    for (size_t i = 0; i < 3; i++) {
        struct runs *runs;
        struct artifact manifest = make("manifest.json", "{}\n");
        assert_int_equal(runs_begin(r->out, ids[i], &runs, r->diags), RUNS_BEGUN);
        if (i != 1)
            write_one(r, runs, "issue.html", "page");
        size_t count;
        const char **former = runs_former(runs, "issue.html", 0, NULL, &count, r->arena);
        assert_int_equal(count, i > 0);
        if (count)
            assert_string_equal(former[0], ids[0]);
        runs_former(runs, "issue.html", 2, NULL, &count, r->arena);
        assert_int_equal(count, i == 1); /* at the third the first is to go, and the second has no such file */
        assert_true(runs_publish(runs, &manifest, r->diags));
        buf_drop(&manifest.bytes);
        runs_end(runs);
    }
    static const char *const ways[] = { "runs/20240101T000000Z/issue.html", "runs/runs/20240101T000000Z/issue.html",
                                        "runs/current/issue.html" };
    for (size_t i = 0; i < 3; i++) {
        char *path = text_join(r->out, ways[i]);
        assert_true(file_is_there(path));
        free(path);
    }
    assert_int_equal(diags_count(r->diags), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_run_becomes_current),       TEST(an_unpublished_run_leaves_nothing), TEST(a_dead_stage_is_removed),
        TEST(a_file_stays_in_its_run),
        TEST(a_second_run_is_kept_out),    TEST(a_kept_file_is_the_same_file),      TEST(runs_of_one_moment_are_numbered),
        TEST(a_run_from_the_future_counts_as_the_oldest),
        TEST(whose_the_lock_is_is_told),
        TEST(old_runs_are_retired),        TEST(a_signal_stops_the_run),            TEST(a_link_to_elsewhere_is_no_run),
        TEST(a_file_in_place_of_the_runs_is_told),
        TEST(former_runs_are_found_from_both_places),
        TEST(runs_retire_by_age),          TEST(a_folder_that_was_moved_is_told),   TEST(who_looks_makes_nothing),
    };
    return cmocka_run_group_tests_name("publish runs", tests, NULL, NULL);
}
