/*
 * What the system does not give: threads, memory, files. Always one message and the exit code of a system error, or all of
 * the work; never a signal, never a part of the files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "support/program.h"
#include "support/workspace.h"

enum { DONE = 0, SYSTEM = 3, NOBODY = 65534, NOT_STARTED = 126 };

static int count_of(const char *text, const char *what)
{
    int count = 0;
    for (const char *p = text; (p = strstr(p, what)); p++)
        count++;
    return count;
}

/* What `run` does in a process of its own. */
static struct outcome in_a_child(void (*run)(const void *context), const void *context)
{
    struct outcome o = { 0 };
    int fds[2], status;
    size_t room = 65536, length = 0;
    ssize_t n;
    assert_int_equal(pipe(fds), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (dup2(fds[1], STDOUT_FILENO) < 0 || dup2(fds[1], STDERR_FILENO) < 0)
            _exit(NOT_STARTED);
        close(fds[0]);
        close(fds[1]);
        run(context);
        _exit(NOT_STARTED);
    }
    close(fds[1]);
    o.err = xcalloc(room, 1);
    while ((n = read(fds[0], o.err + length, room - 1 - length)) > 0)
        length += (size_t)n;
    close(fds[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    o.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return o;
}

/* --- memory --- */

static void ask_for_too_much(const void *context)
{
    (void)context;
    arena_alloc(arena_new(), SIZE_MAX / 4);
}

static void no_memory_is_a_system_error(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* it ends the program itself */
#endif
    struct outcome o = in_a_child(ask_for_too_much, NULL);
    assert_int_equal(o.code, SYSTEM);
    assert_ptr_equal(strstr(o.err, "mujaz: error: out of memory"), o.err);
    assert_int_equal(count_of(o.err, "\n"), 1);
    outcome_drop(&o);
}

/* From where the loader finds room to where the program does: libraries that look at no answer for memory crash between. */
static void little_memory_is_a_system_error(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* it maps terabytes */
#else
    enum { LEAST = 64, MOST = 160, STEP = 4, LOADER = 127 };
    char *folder = workspace_new("tests/data/cli"), *out = text_join(folder, "out");
    const char *const argv[] = { program_mujaz(), "build", "-C", folder, "-o", out, "mini", NULL };
    const char *const clear[] = { "rm", "-rf", out, NULL };
    struct rlimit before, little;
    int refused = 0;
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    for (rlim_t megabytes = LEAST; megabytes <= MOST; megabytes += STEP) {
        little = (struct rlimit){ .rlim_cur = megabytes << 20, .rlim_max = before.rlim_max };
        assert_int_equal(setrlimit(RLIMIT_AS, &little), 0);
        struct outcome o = program_run(argv, NULL);
        assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
        bool written = file_is_there(out) && folder_entries(out) > 0;
        if (o.code == SYSTEM && (!strstr(o.err, "mujaz: error: out of memory") || written))
            fail_msg("%lu MiB: %s", (unsigned long)megabytes, o.err);
        refused += o.code == SYSTEM;
        if (o.code != DONE && o.code != SYSTEM && o.code != LOADER)
            fail_msg("%lu MiB: exit code %d: %s", (unsigned long)megabytes, o.code, o.err);
        outcome_drop(&o);
        o = program_run(clear, NULL);
        outcome_drop(&o);
    }
    assert_true(refused > 0);
    tree_remove(folder);
    free(out);
#endif
}

/* --- threads --- */

struct few {
    const char *folder;
    rlim_t threads;
};

/* As a user who may have so many processes and threads in all; root may have any number. */
static void check_with_few(const void *context)
{
    const struct few *few = context;
    const struct rlimit limit = { .rlim_cur = few->threads, .rlim_max = few->threads };
    const char *const argv[] = { program_mujaz(), "check", "-C", few->folder, "mini", NULL };
    if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
        _exit(NOT_STARTED);
    if (setrlimit(RLIMIT_NPROC, &limit) == 0)
        execv(argv[0], (char *const *)argv);
}

static void no_thread_is_a_system_error(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* its own thread */
#endif
    char *folder = workspace_new("tests/data/cli");
    const char *const open_up[] = { "chmod", "-R", "a+rX", folder, NULL };
    struct outcome o = program_run(open_up, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    int refused = 0;
    for (rlim_t threads = 1; threads <= 8; threads++) {
        const struct few few = { folder, threads };
        o = in_a_child(check_with_few, &few);
        if (o.code == NOT_STARTED) {
            outcome_drop(&o);
            tree_remove(folder);
            print_message("left out: the program is where only its owner may run it\n");
            skip();
        }
        if (o.code == SYSTEM) {
            if (strncmp(o.err, "mujaz: error: out of memory or threads (", 40) != 0 || count_of(o.err, "\n") != 1)
                fail_msg("%lu threads: %s", (unsigned long)threads, o.err);
            refused++;
        } else if (o.code != DONE) {
            fail_msg("%lu threads: exit code %d: %s", (unsigned long)threads, o.code, o.err);
        }
        outcome_drop(&o);
    }
    assert_true(refused > 0);
    tree_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_memory_is_a_system_error),
        cmocka_unit_test(little_memory_is_a_system_error),
        cmocka_unit_test(no_thread_is_a_system_error),
    };
    return cmocka_run_group_tests_name("cli limits", tests, NULL, NULL);
}
