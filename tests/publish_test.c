/* Publishing: whole files or none, whatever goes wrong. */
#include "publish/publish.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "publish/files.h"
#include "support/workspace.h"

struct room {
    char *folder, *first, *second; /* folder/a.pdf, folder/b.pdf */
    struct diags *diags;
    struct artifact artifacts[2];
};

static int set_up(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    r->folder = tree_new();
    r->first = text_join(r->folder, "a.pdf");
    r->second = text_join(r->folder, "b.pdf");
    r->diags = diags_new();
    for (int i = 0; i < 2; i++) {
        r->artifacts[i] = (struct artifact){ .name = i ? "b.pdf" : "a.pdf", .media_type = "application/pdf" };
        buf_init(&r->artifacts[i].bytes);
        buf_add(&r->artifacts[i].bytes, i ? "new\0b" : "new a", 5);
    }
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct room *r = *state;
    tree_remove(r->folder);
    free(r->first);
    free(r->second);
    buf_drop(&r->artifacts[0].bytes);
    buf_drop(&r->artifacts[1].bytes);
    diags_drop(r->diags);
    free(r);
    return 0;
}

static void assert_content(const char *path, const char *bytes, size_t length)
{
    size_t got;
    char *content = file_content(path, &got);
    assert_int_equal(got, length);
    assert_memory_equal(content, bytes, length);
    free(content);
}

static void assert_one_diag(const struct room *r, const char *path, const char *message)
{
    struct buf want, got;
    buf_init(&want);
    buf_init(&got);
    buf_printf(&want, "%s: error: [file-write] %s\n", path, message);
    assert_int_equal(diags_count(r->diags), 1);
    diag_format(diags_get(r->diags, 0), &got);
    assert_string_equal(got.data, want.data);
    assert_true(diags_have_system(r->diags));
    buf_drop(&want);
    buf_drop(&got);
}

/* The old files stand untouched and nothing else does. */
static void assert_old(const struct room *r)
{
    assert_content(r->first, "old a", 5);
    assert_content(r->second, "old b", 5);
    assert_int_equal(folder_entries(r->folder), 2);
}

static void write_old(const struct room *r)
{
    file_write(r->first, "old a", 5);
    file_write(r->second, "old b", 5);
}

static void new_files_hold_the_bytes_with_the_usual_mode(void **state)
{
    struct room *r = *state;
    struct stat st;
    mode_t before = umask(027);
    bool ok = publish_artifacts(r->folder, r->artifacts, 2, r->diags);
    umask(before);
    assert_true(ok);
    assert_int_equal(diags_count(r->diags), 0);
    assert_content(r->first, "new a", 5);
    assert_content(r->second, "new\0b", 5);
    assert_int_equal(folder_entries(r->folder), 2);
    assert_int_equal(stat(r->first, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
}

static void old_files_are_replaced(void **state)
{
    struct room *r = *state;
    write_old(r);
    assert_true(publish_artifacts(r->folder, r->artifacts, 2, r->diags));
    assert_content(r->first, "new a", 5);
    assert_content(r->second, "new\0b", 5);
    assert_int_equal(folder_entries(r->folder), 2);
}

static void missing_folders_are_made(void **state)
{
    struct room *r = *state;
    char *deep = text_join(r->folder, "x/y/");
    char *path = text_join(r->folder, "x/y/a.pdf");
    assert_true(publish_artifacts(deep, r->artifacts, 1, r->diags));
    assert_content(path, "new a", 5);
    free(deep);
    free(path);
}

static void large_files_come_back_whole(void **state)
{
    struct room *r = *state;
    for (int i = 0; i < 300000; i++)
        buf_printf(&r->artifacts[0].bytes, "%d ", i);
    assert_true(publish_artifacts(r->folder, r->artifacts, 1, r->diags));
    assert_content(r->first, r->artifacts[0].bytes.data, r->artifacts[0].bytes.length);
}

static void a_dead_temporary_file_is_no_hindrance(void **state)
{
    struct room *r = *state;
    char name[64];
    snprintf(name, sizeof name, ".a.pdf.%ld-0.tmp", (long)getpid());
    char *stale = text_join(r->folder, name);
    file_write(stale, "dead", 4);
    assert_true(publish_artifacts(r->folder, r->artifacts, 1, r->diags));
    assert_content(r->first, "new a", 5);
    assert_content(stale, "dead", 4);
    free(stale);
}

static void a_file_in_place_of_the_folder_is_refused(void **state)
{
    struct room *r = *state;
    write_old(r);
    assert_false(publish_artifacts(r->first, r->artifacts, 2, r->diags));
    assert_one_diag(r, r->first,
                    "the folder cannot be opened: Not a directory; what was published before stays as it is");
    assert_old(r);
}

static void a_folder_that_cannot_be_made_is_refused(void **state)
{
    struct room *r = *state;
    assert_false(publish_artifacts("/proc/mujaz/out", r->artifacts, 2, r->diags));
    assert_one_diag(r, "/proc/mujaz/out", "the folder cannot be made: No such file or directory; "
                                          "what was published before stays as it is");
}

static void a_folder_in_place_of_a_file_stops_the_whole_set(void **state)
{
    struct room *r = *state;
    file_write(r->first, "old a", 5);
    assert_int_equal(mkdir(r->second, 0777), 0);
    assert_false(publish_artifacts(r->folder, r->artifacts, 2, r->diags));
    assert_one_diag(r, r->second,
                    "is not a regular file: Is a directory; what was published before stays as it is");
    assert_content(r->first, "old a", 5);
    assert_int_equal(folder_entries(r->folder), 2);
}

static void a_link_in_place_of_a_file_is_not_followed(void **state)
{
    struct room *r = *state;
    file_write(r->second, "old b", 5);
    assert_int_equal(symlink("b.pdf", r->first), 0);
    assert_false(publish_artifacts(r->folder, r->artifacts, 1, r->diags));
    assert_one_diag(r, r->first, "is not a regular file: File exists; what was published before stays as it is");
    assert_content(r->second, "old b", 5);
}

static void a_file_too_large_leaves_the_old_set(void **state)
{
    struct room *r = *state;
    struct rlimit before, small = { .rlim_cur = 1000 };
    write_old(r);
    for (int i = 0; i < 1000; i++)
        buf_add_string(&r->artifacts[1].bytes, "0123456789");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool ok = publish_artifacts(r->folder, r->artifacts, 2, r->diags);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_false(ok);
    assert_one_diag(r, r->second,
                    "cannot be written: File too large; what was published before stays as it is");
    assert_old(r);
}

static void no_descriptors_left_leaves_the_old_set(void **state)
{
    struct room *r = *state;
    struct rlimit before, small;
    write_old(r);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    int next = dup(0); /* the lowest free descriptor: the folder gets it, a file does not */
    assert_true(next >= 0);
    close(next);
    small = (struct rlimit){ .rlim_cur = (rlim_t)next + 1, .rlim_max = before.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &small), 0);
    bool ok = publish_artifacts(r->folder, r->artifacts, 2, r->diags);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_false(ok);
    assert_one_diag(r, r->first,
                    "cannot be made: Too many open files; what was published before stays as it is");
    assert_old(r);
}

static void a_signal_stops_it_tidily(void **state)
{
    struct room *r = *state;
    sigset_t term, before;
    int got;
    write_old(r);
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    assert_int_equal(sigprocmask(SIG_BLOCK, &term, &before), 0);
    raise(SIGTERM);
    bool ok = publish_artifacts(r->folder, r->artifacts, 2, r->diags);
    assert_int_equal(sigwait(&term, &got), 0); /* it is still there for whoever waits for it */
    assert_int_equal(sigprocmask(SIG_SETMASK, &before, NULL), 0);
    assert_false(ok);
    assert_one_diag(r, r->folder,
                    "stopped by a signal: Interrupted system call; what was published before stays as it is");
    assert_old(r);
}

static void an_ignored_signal_stops_nothing(void **state)
{
    struct room *r = *state;
    void (*handler)(int) = signal(SIGHUP, SIG_IGN);
    raise(SIGHUP);
    bool ok = publish_artifacts(r->folder, r->artifacts, 2, r->diags);
    signal(SIGHUP, handler);
    assert_true(ok);
}

/* Of a full disk what is full, so that nobody looks for files to remove where the quota is. */
static void why_a_disk_is_full_is_told(void **state)
{
    const struct room *r = *state;
    char why[FILE_WHY];
    unsigned long free_kb;
    assert_string_equal(file_why(r->folder, EACCES, why), "Permission denied");
    assert_string_equal(file_why("/nowhere", ENOSPC, why), "No space left on device");
    assert_int_equal(sscanf(file_why(r->folder, ENOSPC, why), "No space left on device (%lu KB are free there)", &free_kb), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(new_files_hold_the_bytes_with_the_usual_mode),
        TEST(old_files_are_replaced),
        TEST(missing_folders_are_made),
        TEST(large_files_come_back_whole),
        TEST(a_dead_temporary_file_is_no_hindrance),
        TEST(a_file_in_place_of_the_folder_is_refused),
        TEST(a_folder_that_cannot_be_made_is_refused),
        TEST(a_folder_in_place_of_a_file_stops_the_whole_set),
        TEST(a_link_in_place_of_a_file_is_not_followed),
        TEST(a_file_too_large_leaves_the_old_set),
        TEST(no_descriptors_left_leaves_the_old_set),
        TEST(a_signal_stops_it_tidily),
        TEST(an_ignored_signal_stops_nothing),
        TEST(why_a_disk_is_full_is_told),
    };
    return cmocka_run_group_tests_name("publish", tests, NULL, NULL);
}
