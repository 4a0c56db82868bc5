/*
 * Workers. What goes over the pipe: records of a letter, a length of 8 bytes and as many bytes,
 *
 *   K key   F name   M media type   S digest   A what it is   B bytes, with which that file is whole
 *   D diagnostics   N errors, warnings   E end
 *
 * and nothing is believed that has no E behind it.
 */
#include "nightly/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/exit_code.h"
#include "cli/show.h"
#include "nightly/sandbox.h"
#include "pipeline/packets.h"
#include "pipeline/report_key.h"

enum { HEADER = 1 + 8, CHUNK = 64 * 1024 };

/* --- in the worker --- */

struct sender {
    int fd;
    const struct worker_task *task;
};

/* The parent may be gone: then there is nobody to work for. */
static void send_bytes(const struct sender *s, const void *bytes, size_t length)
{
    const char *p = bytes;
    while (length > 0) {
        ssize_t n = write(s->fd, p, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit(EXIT_SYSTEM);
        p += n;
        length -= (size_t)n;
    }
}

static void send_record(const struct sender *s, char letter, const void *bytes, size_t length)
{
    char header[HEADER] = { letter };
    for (int i = 0; i < 8; i++)
        header[1 + i] = (char)((uint64_t)length >> 8 * i);
    send_bytes(s, header, sizeof header);
    send_bytes(s, bytes, length);
}

static void send_text(const struct sender *s, char letter, const char *text)
{
    send_record(s, letter, text, strlen(text));
}

static void send_file(const struct sender *s, const struct artifact *a)
{
    send_text(s, 'F', a->name);
    send_text(s, 'M', a->media_type);
    send_text(s, 'S', a->sha256);
    if (a->about)
        send_text(s, 'A', a->about);
    send_record(s, 'B', a->bytes.data, a->bytes.length);
}

static void send_diags(const struct sender *s, const struct diags *diags)
{
    struct buf said;
    char counts[64];
    buf_init(&said);
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &said);
    send_record(s, 'D', said.data, said.length);
    snprintf(counts, sizeof counts, "%zu %zu", diags_errors(diags), diags_count(diags) - diags_errors(diags));
    send_text(s, 'N', counts);
    buf_drop(&said);
}

/* Every edition of a packet is made before the first is sent. */
static bool send_packet(void *context, const struct pipeline *p, struct diags *diags)
{
    const struct sender *s = context;
    struct artifact made[PACKET_FILES_MOST];
    size_t count = 0;
    bool good = packet_editions(s->task->options, p, made, &count, diags);
    for (size_t i = 0; i < count; i++) {
        if (good)
            send_file(s, &made[i]);
        artifact_drop(&made[i]);
    }
    return good;
}

/* Of the worker's end: "" while nothing was wrong. */
static const char *wrong(const struct diags *diags)
{
    return diags_have_system(diags) ? "failed" : diags_errors(diags) ? "refused" : "";
}

/* The key, the data, the ledger and what is attached are read one after the other: all must be of one version. */
static const char *work(struct sender *s, struct arena *arena, struct diags *diags)
{
    const struct options *o = s->task->options;
    char key[HASH_HEX];
    struct report_inputs inputs = { .count = 0 };
    if (report_key(o, s->task->report, key, &inputs, arena, diags)) {
        if (strcmp(key, s->task->key) == 0)
            return "unchanged";
        send_text(s, 'K', key);
        packets_each(o, s->task->report, send_packet, s, diags);
    }
    return !report_inputs_are_same(&inputs, diags) ? "changed" : diags_errors(diags) ? wrong(diags) : "made";
}

/* What is published is read before the worker is confined to its workspace, and looked at then. */
static const char *confine_and_work(struct sender *s, const struct worker_task *task, struct diags *diags)
{
    const struct sandbox_limits limits = { task->memory, task->seconds };
    struct arena *arena = arena_new(); /* until the process ends */
    struct worker_task *own = arena_copy(arena, task, sizeof *own);
    struct options *options = arena_copy(arena, task->options, sizeof *options);
    struct previous *previous = arena_alloc(arena, sizeof *previous);
    struct ledger_texts texts = { .count = 0 };
    if (!ledgers_read(&task->ledgers, &texts, arena, diags))
        return wrong(diags);
    if (!sandbox_enter(task->options->workspace, &limits)) {
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = task->report }, "the worker cannot be confined: %s",
                 strerror(errno));
        return "failed";
    }
    if (!ledgers_parse(&texts, previous, arena, diags))
        return wrong(diags);
    options->making.previous = previous;
    own->options = options;
    s->task = own;
    return work(s, arena, diags);
}

/* The parent's handlers are not this process's; what the caller of both ignores stays ignored. */
static void drop_handlers(void)
{
    static const int stopping[] = { SIGHUP, SIGINT, SIGTERM };
    struct sigaction now;
    for (size_t i = 0; i < sizeof stopping / sizeof *stopping; i++)
        if (sigaction(stopping[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            signal(stopping[i], SIG_DFL);
}

static void run(const struct worker_task *task, int fd)
{
    struct sender s = { fd, task };
    struct diags *diags = diags_new();
    drop_handlers();
    sandbox_keep_only(fd);
    sleep(task->tries); /* who writes a file should come to an end */
    const char *end = confine_and_work(&s, task, diags);
    send_diags(&s, diags);
    send_text(&s, 'E', end);
    _exit(0);
}

/* --- in the parent --- */

struct worker {
    const struct worker_task *task;
    pid_t pid;
    int fd;
    struct timespec began;
    struct buf got;  /* records, the last of them perhaps in part */
    size_t taken;    /* bytes of them that were read */
    const char *why; /* it was killed */
    struct artifact file; /* the one that comes; no name: none */
    struct worker_result result;
    bool ended;
};

struct worker *worker_start(const struct worker_task *task)
{
    int ends[2];
    if (pipe(ends) != 0)
        return NULL;
    fflush(NULL);
    pid_t pid;
    do
        pid = fork();
    while (pid < 0 && errno == EINTR);
    if (pid == 0) {
        close(ends[0]);
        run(task, ends[1]);
    }
    int error = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        errno = error;
        return NULL;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    struct worker *w = xcalloc(1, sizeof *w);
    w->task = task;
    w->pid = pid;
    w->fd = ends[0];
    w->result.end = WORKER_DIED;
    buf_init(&w->got);
    buf_init(&w->result.said);
    clock_gettime(CLOCK_MONOTONIC, &w->began);
    return w;
}

int worker_descriptor(const struct worker *w)
{
    return w->fd;
}

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

double worker_seconds_left(const struct worker *w)
{
    return (double)w->task->seconds - seconds_since(&w->began);
}

static char *text_of(const char *bytes, size_t length)
{
    char *text = xcalloc(length + 1, 1);
    memcpy(text, bytes, length);
    return text;
}

static void drop_file(struct artifact *a)
{
    free((char *)a->name);
    free((char *)a->media_type);
    free((char *)a->about);
    buf_drop(&a->bytes);
    *a = (struct artifact){ 0 };
}

static void begin_file(struct worker *w, const char *bytes, size_t length)
{
    drop_file(&w->file);
    w->file.name = text_of(bytes, length);
}

/* A file is handed on when it is whole, and freed: a burst has thousands. */
static void end_file(struct worker *w, const char *bytes, size_t length)
{
    buf_add(&w->file.bytes, bytes, length);
    w->task->take(w->task->context, &w->file);
    drop_file(&w->file);
}

static void end_with(struct worker *w, const char *word, size_t length)
{
    static const char *const words[] = { "made", "unchanged", "refused", "failed", "changed" };
    for (int i = 0; i < 5; i++)
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0) {
            w->result.end = (enum worker_end)i;
            w->ended = true;
        }
}

static void take_record(struct worker *w, char letter, const char *bytes, size_t length)
{
    struct worker_result *r = &w->result;
    struct artifact *file = w->file.name ? &w->file : NULL;
    if (letter == 'K' && length == HASH_HEX - 1)
        memcpy(r->key, bytes, length);
    else if (letter == 'F')
        begin_file(w, bytes, length);
    else if (letter == 'M' && file && !file->media_type)
        file->media_type = text_of(bytes, length);
    else if (letter == 'S' && file && length == HASH_HEX - 1)
        memcpy(file->sha256, bytes, length);
    else if (letter == 'A' && file && !file->about)
        file->about = text_of(bytes, length);
    else if (letter == 'B' && file && file->media_type)
        end_file(w, bytes, length);
    else if (letter == 'D')
        buf_add(&r->said, bytes, length);
    else if (letter == 'N')
        sscanf(bytes, "%zu %zu", &r->errors, &r->warnings);
    else if (letter == 'E')
        end_with(w, bytes, length);
}

static void take_records(struct worker *w)
{
    for (;;) {
        const unsigned char *p = (const unsigned char *)w->got.data + w->taken;
        size_t have = w->got.length - w->taken;
        uint64_t length = 0;
        if (have < HEADER)
            break;
        for (int i = 0; i < 8; i++)
            length |= (uint64_t)p[1 + i] << 8 * i;
        if (have - HEADER < length)
            break;
        take_record(w, (char)p[0], (const char *)p + HEADER, (size_t)length);
        w->taken += HEADER + (size_t)length;
    }
}

bool worker_read(struct worker *w)
{
    char chunk[CHUNK];
    ssize_t n = read(w->fd, chunk, sizeof chunk);
    if (n < 0)
        return errno != EINTR;
    if (n == 0)
        return true;
    if (w->taken == w->got.length) {
        buf_clear(&w->got);
        w->taken = 0;
    }
    buf_add(&w->got, chunk, (size_t)n);
    take_records(w);
    return w->ended; /* behind its last word there is nothing to wait for */
}

void worker_kill(struct worker *w, const char *why)
{
    w->why = why;
    kill(w->pid, SIGKILL);
}

static const char *why_it_died(int status)
{
    if (!WIFSIGNALED(status))
        return WEXITSTATUS(status) == EXIT_SYSTEM
                 ? "it ran out of memory or threads; 'memory_mb' of schedule.yaml is its limit"
                 : "it ended without a word";
    return WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL
             ? "it ran out of time or memory; 'seconds' and 'memory_mb' of schedule.yaml are its limits"
             : "it crashed";
}

struct worker_result worker_finish(struct worker *w)
{
    struct worker_result r = w->result;
    int status = 0;
    close(w->fd);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!w->ended || w->why || status != 0) {
        r.end = WORKER_DIED;
        r.why = w->why ? w->why : why_it_died(status);
    }
    r.seconds = seconds_since(&w->began);
    buf_drop(&w->got);
    drop_file(&w->file);
    free(w);
    return r;
}

void worker_result_drop(struct worker_result *r)
{
    buf_drop(&r->said);
}
