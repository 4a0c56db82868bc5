/* The line of progress. Knows terminals and time, not what the stages do. */
#include "cli/bar.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

enum { CELLS = 24, WIDTH_UNKNOWN = 80, STOPPING = 3, TEXT = 200 };
static const double PATIENCE = 0.5, EVERY = 0.1; /* seconds without a line; from one drawing to the next */
static const double LEAST_GUESSED = 0.5;         /* seconds of a stage before its end is guessed */
static const char CLEAR[] = "\r\033[K";
static const int stopping[STOPPING] = { SIGINT, SIGTERM, SIGHUP };

static const struct {
    const char *doing;
    bool counted; /* "12 of 40"; else a share */
} stages[PROGRESS_STAGES] = {
    [PROGRESS_DATA] = { "reading data", false },
    [PROGRESS_STATEMENTS] = { "statements", true },
    [PROGRESS_LEDGER] = { "rows behind statements", false },
    [PROGRESS_TEXT] = { "setting text", false },
    [PROGRESS_TABLE] = { "measuring a table", false },
    [PROGRESS_PAGES] = { "pages", true },
    [PROGRESS_FILE] = { "writing the file", false },
    [PROGRESS_CHECK] = { "checking", false },
    [PROGRESS_CHECK_PAGES] = { "checking pages", true },
};

struct bar {
    struct progress progress;
    struct diags *diags;
    const char *report;
    bool verbose, terminal;
    double began, took[PROGRESS_STAGES]; /* of the part that is in work */
    /* said by the stages, read by the thread */
    _Atomic int stage; /* PROGRESS_STAGES: none yet */
    _Atomic uint64_t done, of;
    _Atomic(const char *) part;
    _Atomic double stage_began;
    /* the thread's, and those that end it */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool ending;
    struct sigaction before[STOPPING];
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* --- what the stages say --- */

static const char *part_of(struct bar *b)
{
    const char *part = atomic_load(&b->part);
    return part ? part : "";
}

static void end_stage(struct bar *b)
{
    int stage = atomic_load(&b->stage);
    if (stage != PROGRESS_STAGES)
        b->took[stage] += now() - atomic_load(&b->stage_began);
}

/* What the stages of a part took; not while the line is drawn. */
static void tell_stages(struct bar *b)
{
    end_stage(b);
    if (b->terminal)
        pthread_mutex_lock(&b->lock);
    for (int i = 0; b->verbose && i < PROGRESS_STAGES; i++)
        if (b->took[i] > 0)
            fprintf(stderr, "%s%s%s%s: %s: %.2f s\n", b->terminal ? CLEAR : "", b->report, *part_of(b) ? ", " : "",
                    part_of(b), stages[i].doing, b->took[i]);
    if (b->terminal)
        pthread_mutex_unlock(&b->lock);
    memset(b->took, 0, sizeof b->took);
    atomic_store(&b->stage, PROGRESS_STAGES);
}

static void say(void *context, enum progress_stage stage, uint64_t done, uint64_t of)
{
    struct bar *b = context;
    if ((int)stage != atomic_load(&b->stage)) {
        end_stage(b);
        atomic_store(&b->stage_began, now());
        atomic_store(&b->stage, (int)stage);
    }
    atomic_store(&b->of, of);
    atomic_store(&b->done, done);
}

static void name(void *context, const char *part)
{
    struct bar *b = context;
    tell_stages(b);
    atomic_store(&b->part, part);
}

/* --- the line --- */

static void add_time(struct buf *line, double seconds)
{
    unsigned whole = seconds < 35999 ? (unsigned)(seconds + 0.999) : 35999;
    if (whole < 60)
        buf_printf(line, ", %u s left", whole);
    else
        buf_printf(line, ", %u:%02u min left", whole / 60, whole % 60);
}

static void add_measure(struct buf *line, double share)
{
    int full = (int)(share * CELLS);
    buf_add_string(line, " [");
    for (int i = 0; i < CELLS; i++)
        buf_add_char(line, i < full ? '=' : i == full ? '>' : ' ');
    buf_add_char(line, ']');
}

/* "iraq-briefing, en: pages [=====>      ] 12 of 40, 3 s left" */
static void write_line(struct bar *b, struct buf *line)
{
    int stage = atomic_load(&b->stage);
    uint64_t done = atomic_load(&b->done), of = atomic_load(&b->of);
    double took = now() - atomic_load(&b->stage_began);
    buf_printf(line, "%s%s%s", b->report, *part_of(b) ? ", " : "", part_of(b));
    if (stage == PROGRESS_STAGES)
        return;
    buf_printf(line, ": %s", stages[stage].doing);
    if (of <= 1 || done > of)
        return;
    double share = (double)done / (double)of;
    add_measure(line, share);
    if (stages[stage].counted)
        buf_printf(line, " %llu of %llu", (unsigned long long)done, (unsigned long long)of);
    else
        buf_printf(line, " %d%%", (int)(share * 100));
    if (done > 0 && took > LEAST_GUESSED)
        add_time(line, took * (1 - share) / share);
}

static void put(const char *text, size_t length)
{
    if (write(STDERR_FILENO, text, length) < 0)
        return; /* nobody can be told */
}

static void draw(struct bar *b)
{
    struct winsize size;
    struct buf line;
    size_t width = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : WIDTH_UNKNOWN;
    buf_init(&line);
    buf_add_char(&line, '\r');
    write_line(b, &line);
    size_t length = line.length < width ? line.length : width; /* the carriage return takes no cell */
    while (length < line.length && ((unsigned char)line.data[length] & 0xC0) == 0x80) /* of a file's name */
        length--;
    put(line.data, length);
    put("\033[K", 3);
    buf_drop(&line);
}

static void *run(void *context)
{
    struct bar *b = context;
    pthread_mutex_lock(&b->lock);
    for (double next = b->began + PATIENCE; !b->ending; next = now() + EVERY) {
        struct timespec until = { .tv_sec = (time_t)next, .tv_nsec = (long)((next - (double)(time_t)next) * 1e9) };
        while (!b->ending && pthread_cond_timedwait(&b->ended, &b->lock, &until) == 0)
            ;
        if (!b->ending)
            draw(b);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

/* --- signals --- */

/* The thread may be drawing: from here on it draws into nothing. Then the signal ends the program as it would have. */
static void stop(int signal)
{
    int terminal = dup(STDERR_FILENO), nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing >= 0)
        dup2(nothing, STDERR_FILENO);
    if (terminal >= 0 && write(terminal, CLEAR, sizeof CLEAR - 1) < 0)
        _exit(128 + signal);
    raise(signal); /* it is no longer handled, and comes when this returns */
}

static void handle_signals(struct bar *b)
{
    struct sigaction action = { .sa_handler = stop, .sa_flags = (int)(SA_RESETHAND | SA_RESTART) };
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < STOPPING; i++) {
        sigaction(stopping[i], NULL, &b->before[i]);
        if (b->before[i].sa_handler != SIG_IGN)
            sigaction(stopping[i], &action, NULL);
    }
}

/* The thread takes no signal: whoever holds some back must be sure that they wait. */
static bool start_thread(struct bar *b)
{
    pthread_condattr_t clock;
    sigset_t all, before;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&b->ended, &clock);
    pthread_condattr_destroy(&clock);
    pthread_mutex_init(&b->lock, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&b->thread, NULL, run, b) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* --- from begin to end --- */

static bool is_capable_terminal(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && term && *term && strcmp(term, "dumb") != 0;
}

struct bar *bar_begin(const struct options *o, const char *report, struct diags *diags)
{
    bool terminal = !o->quiet && is_capable_terminal();
    if (!terminal && !o->verbose)
        return NULL;
    struct bar *b = xcalloc(1, sizeof *b);
    b->progress = (struct progress){ say, name, b };
    b->diags = diags;
    b->report = report;
    b->verbose = o->verbose;
    b->began = now();
    atomic_store(&b->stage, PROGRESS_STAGES);
    b->terminal = terminal && start_thread(b);
    if (b->terminal)
        handle_signals(b);
    diags_follow(diags, &b->progress);
    return b;
}

void bar_end(struct bar *b)
{
    if (!b)
        return;
    diags_follow(b->diags, NULL);
    if (b->terminal) {
        pthread_mutex_lock(&b->lock);
        b->ending = true;
        pthread_cond_signal(&b->ended);
        pthread_mutex_unlock(&b->lock);
        pthread_join(b->thread, NULL);
        if (now() - b->began >= PATIENCE)
            put(CLEAR, sizeof CLEAR - 1);
        for (int i = 0; i < STOPPING; i++)
            sigaction(stopping[i], &b->before[i], NULL);
        b->terminal = false;
    }
    tell_stages(b);
    if (b->verbose)
        fprintf(stderr, "%s: %.2f s in all\n", b->report, now() - b->began);
    free(b);
}
