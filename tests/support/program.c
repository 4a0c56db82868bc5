/* See program.h. Uses cp and rm for trees: the tests run where a shell is. */
#include "support/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
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
#include "base/buf.h"

void program_need_terminals(void)
{
    int fd = posix_openpt(O_RDWR | O_NOCTTY), other = -1;
    if (fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0)
        other = open(ptsname(fd), O_RDWR | O_NOCTTY);
    bool there = other >= 0;
    if (fd >= 0)
        close(fd);
    if (there) {
        close(other);
        return;
    }
    print_message("left out: there are no pseudo-terminals\n");
    skip();
}

const char *program_mujaz(void)
{
    static char path[512];
    const char *build = getenv("BUILD");
    snprintf(path, sizeof path, "%s/mujaz", build ? build : "build");
    return path;
}

static void run_child(const char *const argv[], const char *out_path, int out, int err)
{
    int in = open("/dev/null", O_RDONLY);
    int target = out_path ? open(out_path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : out;
    if (in < 0 || target < 0 || dup2(in, 0) < 0 || dup2(target, 1) < 0 || dup2(err, 2) < 0)
        _exit(126);
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    execvp(argv[0], (char *const *)argv);
    _exit(127);
}

long program_start(const char *const argv[], const char *out_path, const char *err_path)
{
    int err = open(err_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    assert_true(err >= 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_child(argv, out_path, -1, err);
    close(err);
    return child;
}

int program_end(long process, int signal)
{
    int status;
    assert_int_equal(kill((pid_t)process, signal), 0);
    assert_int_equal(waitpid((pid_t)process, &status, 0), process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Reads both pipes to their ends, whichever has something. */
static void drain(int out, int err, struct buf *out_buf, struct buf *err_buf)
{
    struct pollfd fds[] = { { .fd = out, .events = POLLIN }, { .fd = err, .events = POLLIN } };
    struct buf *bufs[] = { out_buf, err_buf };
    static char chunk[65536];
    for (int open_count = 2; open_count > 0;) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            fail_msg("poll: %s", strerror(errno));
        for (int i = 0; i < 2; i++) {
            if (fds[i].fd < 0 || !fds[i].revents)
                continue;
            ssize_t n = read(fds[i].fd, chunk, sizeof chunk);
            if (n > 0) {
                buf_add(bufs[i], chunk, (size_t)n);
                continue;
            }
            fds[i].fd = -1;
            open_count--;
        }
    }
}

struct outcome program_run(const char *const argv[], const char *out_path)
{
    int out[2], err[2], status;
    struct buf out_buf, err_buf;
    assert_int_equal(pipe(out), 0);
    assert_int_equal(pipe(err), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_child(argv, out_path, out[1], err[1]);
    close(out[1]);
    close(err[1]);
    buf_init(&out_buf);
    buf_init(&err_buf);
    drain(out[0], err[0], &out_buf, &err_buf);
    close(out[0]);
    close(err[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return (struct outcome){
        .code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
        .out = out_buf.data,
        .err = err_buf.data,
        .out_length = out_buf.length,
    };
}

void outcome_drop(struct outcome *o)
{
    free(o->out);
    free(o->err);
    *o = (struct outcome){ 0 };
}

char *tree_new(void)
{
    const char *base = getenv("TMPDIR");
    char *folder = text_join(base ? base : "/tmp", "mujaz-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return folder;
}

void tree_remove(char *folder)
{
    struct outcome o = program_run((const char *const[]){ "rm", "-rf", "--", folder, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    free(folder);
}

void tree_copy(const char *from, const char *folder)
{
    struct outcome o = program_run((const char *const[]){ "cp", "-R", "--", from, folder, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
}

char *workspace_new(const char *data)
{
    char *folder = tree_new(), *datasets = text_join(data, "datasets"), *reports = text_join(data, "reports");
    tree_copy(datasets, folder);
    tree_copy(reports, folder);
    tree_copy("layouts", folder);
    tree_copy("fonts", folder);
    free(datasets);
    free(reports);
    return folder;
}

char *text_join(const char *a, const char *b)
{
    size_t length = strlen(a) + strlen(b) + 2;
    char *path = xcalloc(length, 1);
    snprintf(path, length, "%s/%s", a, b);
    return path;
}

char *file_content(const char *path, size_t *length)
{
    struct stat st;
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s: %s", path, strerror(errno));
    assert_int_equal(fstat(fileno(file), &st), 0);
    char *content = xcalloc((size_t)st.st_size + 1, 1);
    assert_int_equal(fread(content, 1, (size_t)st.st_size, file), st.st_size);
    fclose(file);
    if (length)
        *length = (size_t)st.st_size;
    return content;
}

bool file_is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

void file_write(const char *path, const char *content, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        fail_msg("%s: %s", path, strerror(errno));
    assert_int_equal(fwrite(content, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

void file_replace(const char *path, const char *old, const char *new)
{
    char *content = file_content(path, NULL);
    char *found = strstr(content, old);
    if (!found)
        fail_msg("%s does not hold \"%s\"", path, old);
    struct buf changed;
    buf_init(&changed);
    buf_add(&changed, content, (size_t)(found - content));
    buf_add_string(&changed, new);
    buf_add_string(&changed, found + strlen(old));
    file_write(path, changed.data, changed.length);
    buf_drop(&changed);
    free(content);
}

void file_find(const char *path, const char *text, unsigned *line, unsigned *col)
{
    char *content = file_content(path, NULL);
    const char *found = strstr(content, text);
    if (!found)
        fail_msg("%s does not hold \"%s\"", path, text);
    *line = *col = 1;
    for (const char *p = content; p < found; p++) {
        if (*p == '\n') {
            ++*line;
            *col = 1;
        } else if (((unsigned char)*p & 0xC0) != 0x80) {
            ++*col;
        }
    }
    free(content);
}

void assert_line(const char *text, const char *line)
{
    if (!strstr(text, line))
        fail_msg("'%s' is not in '%s'", line, text);
}
