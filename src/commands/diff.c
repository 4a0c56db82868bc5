/* mujaz diff: two finished PDFs, or two runs; and pictures of the pages that look different. */
#include "commands/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/show.h"
#include "diff/print.h"
#include "publish/publish.h"

enum { DIFF_IS_SAME = 0, DIFF_DIFFERS = 1, DIFF_TROUBLE = 2, NO_PROGRAM = 127 };

/* --- pictures --- */

struct pictures {
    const struct options *options;
    struct arena *arena;
    struct artifact *made;
    size_t count;
    struct diags *diags;
};

/* The child: pdftoppm of poppler writes a PNG to its standard output. */
static void draw(const char *file, size_t page, unsigned dpi, int out)
{
    char number[24], resolution[24];
    snprintf(number, sizeof number, "%zu", page);
    snprintf(resolution, sizeof resolution, "%u", dpi);
    dup2(out, STDOUT_FILENO);
    execlp("pdftoppm", "pdftoppm", "-png", "-r", resolution, "-f", number, "-l", number, "--", file, (char *)NULL);
    _exit(NO_PROGRAM);
}

/* False with errno, or with errno 0 and the program's exit code. */
static bool run_drawing(const char *file, size_t page, unsigned dpi, struct buf *bytes, int *code)
{
    int ends[2], status = 0;
    char piece[1 << 14];
    *code = 0;
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0)
        draw(file, page, dpi, ends[1]);
    close(ends[1]);
    for (ssize_t n; child > 0 && ((n = read(ends[0], piece, sizeof piece)) > 0 || (n < 0 && errno == EINTR));)
        buf_add(bytes, piece, n > 0 ? (size_t)n : 0);
    close(ends[0]);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (child < 0)
        return false;
    errno = 0;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return *code == 0 && bytes->length > 0;
}

/* "mini.en.003.old.png": of the page as it is now, or was. */
static bool add_picture(struct pictures *p, const char *file, size_t page, const char *name, const char *which)
{
    const char *slash = strrchr(name, '/'), *stem = slash ? slash + 1 : name;
    size_t length = strlen(stem), cut = length > 4 && strcmp(stem + length - 4, ".pdf") == 0 ? length - 4 : length;
    uint8_t digest[HASH_BYTES];
    int code;
    p->made = arena_grow(p->arena, p->made, p->count, sizeof *p->made);
    struct artifact *a = &p->made[p->count];
    a->name = arena_printf(p->arena, "%.*s.%03zu.%s.png", (int)cut, stem, page, which);
    a->media_type = "image/png";
    buf_init(&a->bytes);
    p->count++;
    if (run_drawing(file, page, p->options->dpi, &a->bytes, &code)) {
        hash_sha256(a->bytes.data, a->bytes.length, digest);
        hash_hex(digest, a->sha256);
        return true;
    }
    if (code == NO_PROGRAM)
        diag_add(p->diags, DIAG_PICTURE, (struct place){ .file = file },
                 "its pages cannot be drawn: there is no pdftoppm; install poppler-utils, or leave out --pictures");
    else
        diag_add(p->diags, DIAG_PICTURE, (struct place){ .file = file },
                 "pdftoppm could not draw page %zu: %s; leave out --pictures", page,
                 errno ? strerror(errno) : arena_printf(p->arena, "it ended with code %d", code));
    return false;
}

static bool draw_document(struct pictures *p, const struct diff_document *d)
{
    bool ok = true;
    for (size_t i = 0; ok && i < d->page_count; i++) {
        const struct diff_page *page = &d->pages[i];
        if (page->old_page)
            ok = add_picture(p, d->old, page->old_page, d->old, "old");
        if (ok && page->page)
            ok = add_picture(p, d->now, page->page, d->now, "new");
    }
    return ok;
}

static void write_pictures(const struct options *o, const struct diff_document *document, const struct diff_run *run,
                           struct arena *arena, struct diags *diags)
{
    struct pictures p = { .options = o, .arena = arena, .diags = diags };
    bool ok = !document || draw_document(&p, document);
    for (size_t i = 0; ok && run && i < run->report_count; i++)
        for (size_t k = 0; ok && k < run->reports[i].file_count; k++)
            if (run->reports[i].files[k].document)
                ok = draw_document(&p, run->reports[i].files[k].document);
    if (ok && p.count)
        publish_artifacts(o->pictures, p.made, p.count, diags);
    for (size_t i = 0; i < p.count; i++)
        buf_drop(&p.made[i].bytes);
}

/* --- the command --- */

static void print(const struct options *o, const struct diff_document *document, const struct diff_run *run)
{
    const struct show_style show = show_style_for(stdout);
    const struct diff_style style = { .terminal = show.source, .colour = show.colour };
    struct buf text;
    buf_init(&text);
    if (run && o->json)
        diff_json_run(run, &text);
    else if (run)
        diff_print_run(run, style, &text);
    else if (o->json)
        diff_json_document(document, &text);
    else
        diff_print_document(document, style, &text);
    fwrite(text.data, 1, text.length, stdout);
    buf_drop(&text);
}

enum exit_code cmd_diff(const struct options *o)
{
    const char *old = o->files[0], *now = o->files[1];
    bool runs = diff_is_run(old) && diff_is_run(now);
    if (!runs && (diff_is_run(old) || diff_is_run(now))) {
        fprintf(stderr, "mujaz: a run cannot be compared with a file; give two PDFs, or two folders of runs\n");
        return EXIT_USAGE;
    }
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const struct diff_run *run = runs ? diff_runs(old, now, arena, diags) : NULL;
    const struct diff_document *document = runs ? NULL : diff_documents(old, now, arena, diags);
    int code = DIFF_TROUBLE;
    if (run || document) {
        bool same = run ? run->same : diff_is_same(document);
        print(o, document, run);
        if (o->pictures)
            write_pictures(o, document, run, arena, diags);
        code = same ? DIFF_IS_SAME : DIFF_DIFFERS;
    }
    enum exit_code shown = exit_report(diags);
    if (shown != EXIT_DONE)
        code = shown == EXIT_SYSTEM ? (int)EXIT_SYSTEM : DIFF_TROUBLE;
    diags_drop(diags);
    arena_drop(arena);
    return (enum exit_code)code;
}
