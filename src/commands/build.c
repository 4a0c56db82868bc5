/* mujaz build: all editions of a report, and all its packets, are staged before the first is put in place. */
#include "commands/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "cli/bar.h"
#include "pdf_check/sizes.h"
#include "pipeline/editions.h"
#include "pipeline/packets.h"

static void print_size(const char *name, size_t objects, size_t bytes, const struct pdf_sizes *all)
{
    printf("  %-12s %9zu %11zu %7.1f %% %11.0f\n", name, objects, bytes,
           100.0 * (double)bytes / (double)all->bytes, (double)bytes / (double)(all->pages ? all->pages : 1));
}

static void print_sizes(const struct pdf_sizes *s)
{
    printf("  %-12s %9s %11s %9s %11s\n", "", "objects", "bytes", "share", "bytes/page");
    for (int i = 0; i < SIZE_KINDS; i++)
        if (s->of[i].objects || s->of[i].bytes)
            print_size(pdf_size_name((enum size_kind)i), s->of[i].objects, s->of[i].bytes, s);
    print_size("all", s->objects, s->bytes, s);
    printf("  %zu %s\n", s->pages, s->pages == 1 ? "page" : "pages");
}

/* A report in the making: each packet is staged and freed before the next is made. */
struct build {
    const struct options *options;
    struct publication *publication; /* NULL: nothing is staged yet */
    struct arena *arena;
    struct pdf_sizes *sizes;         /* of each file that is staged, with --sizes; without pages: of none */
    size_t count;
};

static void measure(struct build *b, const struct artifact *made, size_t count)
{
    for (size_t i = 0; b->options->sizes && i < count; i++) {
        b->sizes = arena_grow(b->arena, b->sizes, b->count, sizeof *b->sizes);
        struct pdf_sizes *s = &b->sizes[b->count++];
        if (strcmp(made[i].media_type, ARTIFACT_PDF) != 0 || !pdf_sizes(made[i].bytes.data, made[i].bytes.length, s))
            s->pages = 0;
    }
}

static bool stage_packet(void *context, const struct pipeline *p, struct diags *diags)
{
    struct build *b = context;
    struct artifact made[PACKET_FILES_MOST];
    size_t count = 0;
    bool ok = packet_editions(b->options, p, made, &count, diags);
    if (ok && !b->publication)
        b->publication = publish_begin(b->options->out, diags);
    ok = ok && b->publication && publish_stage(b->publication, made, count, diags);
    if (ok)
        measure(b, made, count);
    for (size_t i = 0; i < count; i++)
        buf_drop(&made[i].bytes);
    return ok;
}

static bool is_pdf(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".pdf") == 0;
}

static void print_file(const struct build *b, size_t index, const char *name)
{
    printf("%s/%s\n", b->options->out, name);
    if (b->options->sizes && b->sizes[index].pages)
        print_sizes(&b->sizes[index]);
}

static enum exit_code build_report(const struct options *o, const char *report)
{
    struct build b = { .options = o, .arena = arena_new() };
    struct diags *diags = diags_new();
    struct bar *bar = bar_begin(o, report, diags);
    const char *name;
    bool written = packets_each(o, report, stage_packet, &b, diags) && publish_commit(b.publication, diags);
    bar_end(bar);
    enum exit_code code = exit_report(diags);
    for (size_t i = 0; written && !o->quiet && (name = publish_target(b.publication, i)); i++)
        if (is_pdf(name))
            print_file(&b, i, name);
    publish_end(b.publication);
    arena_drop(b.arena);
    diags_drop(diags);
    return code;
}

enum exit_code cmd_build(const struct options *o)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < o->report_count; i++)
        code = exit_worse(code, build_report(o, o->reports[i]));
    return code;
}
