/*
 * mujaz preview --watch and --serve: one loop that waits for changed files, for a browser's requests, and for the
 * signal that ends it.
 */
#include "commands/cmd.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/show.h"
#include "live/site.h"

/* The pictures of an edition that were written. */
struct written {
    char (*digests)[HASH_HEX]; /* heap; of a page that was not: "" */
    size_t count;
};

struct watching {
    const struct options *options;
    struct watch *watch;
    int signals; /* readable when the program is to end */
    sigset_t before;
    unsigned parts; /* that changed since the last build */
    struct live live;
    struct written written[EDITION_COUNT];
};

/* --- signals --- */

/* Blocked until the end, so that nothing is left half done; then they do what they do. */
static void hold_signals(struct watching *w)
{
    static const int ending[] = { SIGHUP, SIGINT, SIGTERM };
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        struct sigaction now;
        if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&held, ending[i]);
    }
    sigprocmask(SIG_BLOCK, &held, &w->before);
    w->signals = signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool is_ending(const struct watching *w)
{
    struct pollfd ready = { .fd = w->signals, .events = POLLIN };
    return poll(&ready, 1, 0) > 0;
}

/* Whether there is something better to do than to go on drawing. */
static bool is_outdated(struct watching *w)
{
    w->parts |= watch_take(w->watch);
    return w->parts || is_ending(w);
}

/* --- what is said --- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void show(const struct diags *diags)
{
    show_diags(diags, show_style_for(stderr), stderr);
    fflush(stderr);
}

/* --- pages into files --- */

/* Draws a page, and puts it in the place of the older one. */
static bool write_page(struct watching *w, size_t page, struct diags *diags)
{
    const struct options *o = w->options;
    const struct live *l = &w->live;
    bool png = o->picture == PREVIEW_PNG;
    struct artifact made = { .media_type = png ? "image/png" : "image/svg+xml" };
    struct arena *arena = arena_new();
    made.name = cmd_picture_name(l->pipeline.doc->name, l->edition, page, o->picture, arena);
    buf_init(&made.bytes);
    bool ok = preview_page(l->preview, l->scene, page, o->picture, o->dpi, &made.bytes, diags)
           && publish_artifacts(o->out, &made, 1, diags);
    if (ok) {
        printf("%s/%s\n", o->out, made.name);
        fflush(stdout);
    }
    buf_drop(&made.bytes);
    arena_drop(arena);
    return ok;
}

/* Pictures of pages that the edition no longer has, or never had since it was first shown. */
static void remove_pages(const struct watching *w, size_t count, struct diags *diags)
{
    const struct options *o = w->options;
    struct arena *arena = arena_new();
    const char *name;
    do {
        name = cmd_picture_name(w->live.pipeline.doc->name, w->live.edition, count++, o->picture, arena);
    } while (publish_remove(o->out, name, diags));
    arena_drop(arena);
}

/* The pages of the edition that is laid out which look different from before; how many. A further change or a signal
 * ends it early: what is left comes with the next. */
static size_t write_edition(struct watching *w, struct diags *diags)
{
    const struct options *o = w->options;
    struct written *written = &w->written[w->live.edition];
    size_t count = scene_pages(w->live.scene), news = 0;
    written->digests = xrealloc(written->digests, count + 1, sizeof *written->digests);
    for (size_t i = written->count; i < count; i++)
        written->digests[i][0] = '\0';
    written->count = count;
    for (size_t i = 0; i < count && !is_outdated(w); i++) {
        char digest[HASH_HEX];
        if (i + 1 < o->first_page || (o->last_page && i >= o->last_page))
            continue;
        scene_page_digest(w->live.scene, i, digest);
        if (strcmp(digest, written->digests[i]) == 0)
            continue;
        if (!write_page(w, i, diags))
            break;
        memcpy(written->digests[i], digest, sizeof digest);
        news++;
    }
    remove_pages(w, count, diags);
    return news;
}

/* The edition that is laid out first is the first one. */
static void write_all(struct watching *w)
{
    struct live *l = &w->live;
    unsigned parts = w->parts;
    struct diags *diags = diags_new();
    double begin = seconds();
    size_t news = 0;
    w->parts = 0;
    bool good = live_build(l, parts, w->options->layout, EDITION_PARALLEL, diags);
    if (good) {
        enum edition first = l->edition;
        news += write_edition(w, diags);
        for (int e = 0; e < EDITION_COUNT; e++)
            if (l->editions[e] && (enum edition)e != first && live_turn(l, (enum edition)e, diags))
                news += write_edition(w, diags);
    }
    if (!is_ending(w)) {
        show(diags);
        fprintf(stderr, good ? "mujaz: %zu new pages, %.2f s\n" : "mujaz: the pages are the last good ones\n", news,
                seconds() - begin);
        fflush(stderr);
    }
    diags_drop(diags);
}

/* --- the loops --- */

static void watch_loop(struct watching *w)
{
    struct pollfd ready[] = { { .fd = w->signals, .events = POLLIN }, { .fd = watch_fd(w->watch), .events = POLLIN } };
    w->parts = WATCH_ALL;
    while (!is_ending(w)) {
        if (w->parts)
            write_all(w);
        else if (poll(ready, 2, -1) < 0)
            return;
        w->parts |= watch_take(w->watch);
    }
}

static void serve_loop(struct watching *w, struct serve *serve, struct live_site *site)
{
    struct pollfd ready[] = { { .fd = w->signals, .events = POLLIN }, { .fd = watch_fd(w->watch), .events = POLLIN },
                              { .fd = serve_fd(serve), .events = POLLIN } };
    while (!is_ending(w) && poll(ready, 3, serve_timeout(serve)) >= 0 && !ready[0].revents) {
        unsigned parts = ready[1].revents ? watch_take(w->watch) : 0;
        serve_run(serve);
        if (!parts && !site->chosen)
            continue;
        live_site_build(site, parts);
        show(site->diags);
        serve_changed(serve);
    }
}

static enum exit_code serve_pages(struct watching *w, struct diags *diags)
{
    struct live_site site;
    live_site_open(&site, &w->live);
    live_site_build(&site, WATCH_ALL);
    struct serve_site served = live_site_served(&site);
    struct serve *serve = serve_start(w->options->port, &served, diags);
    if (serve) {
        show(site.diags);
        printf("%s\n", serve_address(serve));
        fflush(stdout);
        serve_loop(w, serve, &site);
    }
    serve_stop(serve);
    live_site_close(&site);
    return serve ? EXIT_DONE : EXIT_SYSTEM;
}

enum exit_code cmd_watch(const struct options *o)
{
    struct watching w = { .options = o };
    struct diags *diags = diags_new();
    enum exit_code code = EXIT_SYSTEM;
    hold_signals(&w);
    w.watch = watch_new(o->workspace, o->reports[0], diags);
    live_open(&w.live, o);
    if (w.watch && o->serve) {
        code = serve_pages(&w, diags);
    } else if (w.watch) {
        watch_loop(&w);
        code = EXIT_DONE;
    }
    show(diags);
    live_close(&w.live);
    watch_drop(w.watch);
    for (int e = 0; e < EDITION_COUNT; e++)
        free(w.written[e].digests);
    diags_drop(diags);
    close(w.signals);
    sigprocmask(SIG_SETMASK, &w.before, NULL); /* what ended the loop ends the program */
    return code;
}
