/*
 * How good the justified paragraphs of a report look, in figures, with each way of breaking lines.
 * Usage: justification REPORT, in the workspace.
 *
 *   badness  sum over lines of 100 |r|^3, at most 10000 a line, where r is how far a line's spaces are from their
 *            natural width, in units of what they should stretch (a half) or shrink (a third)
 *   loose    lines whose spaces are more than twice as wide as natural ones; short: lines that stay short of the column
 *   rivers   spaces that lie below one another over three lines, each overlapping the next by half of the narrower
 */
#include <hb.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/pipeline.h"

enum { SPACES = 200 };

struct gap {
    double left, right;
    int depth; /* lines that the river through it has come */
};

struct gaps {
    struct gap items[SPACES];
    size_t count;
};

struct figures {
    size_t paragraphs, lines, hyphens, kashidas, loose, short_lines, rivers;
    double badness;
};

static double natural_space(const struct text_cluster *c)
{
    hb_font_t *font = hb_font_create(c->face->hb);
    hb_codepoint_t glyph;
    hb_font_get_nominal_glyph(font, ' ', &glyph);
    double width = (double)hb_font_get_glyph_h_advance(font, glyph) * (double)c->size / c->face->upem;
    hb_font_destroy(font);
    return width;
}

/* The line's spaces and their mean width in terms of the natural one; 0: none. */
static double take_gaps(const struct text_line *line, double x, struct gaps *out)
{
    double natural = 0, wide = 0;
    out->count = 0;
    struct text_cluster c;
    for (struct text_walk walk = { .line = line }; out->count < SPACES && text_walk_next(&walk, &c);) {
        if (line->text[c.start] != ' ' || !c.face)
            continue;
        out->items[out->count++] = (struct gap){ x + (double)c.x, x + (double)(c.x + c.advance), 1 };
        natural += natural_space(&c);
        wide += (double)c.advance;
    }
    return natural > 0 ? wide / natural : 0;
}

static size_t rivers_through(const struct gaps *above, struct gaps *here)
{
    size_t rivers = 0;
    for (size_t i = 0; i < here->count; i++) {
        struct gap *g = &here->items[i];
        for (size_t k = 0; k < above->count; k++) {
            const struct gap *a = &above->items[k];
            double common = fmin(a->right, g->right) - fmax(a->left, g->left);
            if (common >= fmin(a->right - a->left, g->right - g->left) / 2 && a->depth + 1 > g->depth)
                g->depth = a->depth + 1;
        }
        rivers += g->depth == 3;
    }
    return rivers;
}

static void count_line(struct figures *f, const struct text_line *line, double x, bool last, struct gaps *above)
{
    struct gaps here;
    double share = take_gaps(line, x, &here);
    f->lines++;
    f->hyphens += line->hyphenated;
    f->kashidas += line->kashidas;
    f->rivers += rivers_through(above, &here);
    *above = here;
    if (last)
        return;
    double r = share == 0 ? 10 : share > 1 ? (share - 1) * 2 : (share - 1) * 3;
    f->badness += fmin(100 * fabs(r * r * r), 10000);
    f->loose += share > 2;
    f->short_lines += !line->justified;
}

/* The lines of one language's body paragraphs: those between a P's begin and end. */
static void count_page(struct figures *f, const struct scene_page *page, enum lang lang, float size)
{
    struct gaps above = { .count = 0 };
    bool inside = false;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TAG_BEGIN) {
            inside = c->tag->role == TAG_P;
            above.count = 0;
        } else if (c->kind == SCENE_TEXT && inside && c->text.line->lang == lang &&
                   c->text.line->role == FONT_READING && fabsf(c->text.line->size - size) < 0.01f) {
            const struct scene_command *next = i + 1 < page->command_count ? c + 1 : NULL;
            bool last = !next || next->kind != SCENE_TEXT; /* also where a page ends the paragraph */
            f->paragraphs += last;
            count_line(f, c->text.line, c->text.x, last, &above);
        }
    }
}

static void print_figures(const struct pipeline *p, enum edition edition, enum lang lang, enum text_breaks breaks,
                          bool justify)
{
    struct style style = *p->style;
    struct layout_part part = *p->parts;
    struct pipeline other = *p;
    struct diags *diags = diags_new();
    struct figures f = { 0 };
    style.breaks = breaks;
    style.justify[LANG_EN] = style.justify[LANG_AR] = justify;
    style.justify_from = 0;
    part.style = other.style = &style;
    other.parts = &part;
    float size = style.size_body * (lang == LANG_AR ? style.arabic_scale[FONT_READING] : 1);
    struct scene *scene = pipeline_scene(&other, edition, NULL, diags);
    for (size_t i = 0; scene && i < scene_pages(scene); i++)
        count_page(&f, scene_page_at(scene, i), lang, size);
    printf("%-9s %s %-9s %5zu %5zu %8.0f %6zu %6zu %7zu %7zu %8zu\n", edition_name(edition), lang_tag(lang),
           !justify ? "ragged" : breaks == TEXT_TOTAL_FIT ? "total fit" : "first fit", f.paragraphs, f.lines,
           f.badness, f.loose, justify ? f.short_lines : 0, f.rivers, f.hyphens, f.kashidas);
    scene_drop(scene);
    diags_drop(diags);
}

int main(int argc, char **argv)
{
    static const struct {
        enum edition edition;
        enum lang lang;
    } rows[] = { { EDITION_PARALLEL, LANG_EN }, { EDITION_PARALLEL, LANG_AR }, { EDITION_EN, LANG_EN },
                 { EDITION_AR, LANG_AR } };
    struct diags *diags = diags_new();
    struct pipeline p = { 0 };
    if (argc != 2 || !pipeline_open(&p, ".", argv[1], NULL, NULL, diags)) {
        fprintf(stderr, "usage: justification REPORT\n");
        return 2;
    }
    puts("edition   la breaks    parts lines  badness  loose  short  rivers hyphens kashidas");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_figures(&p, rows[i].edition, rows[i].lang, TEXT_FIRST_FIT, false);
        print_figures(&p, rows[i].edition, rows[i].lang, TEXT_FIRST_FIT, true);
        print_figures(&p, rows[i].edition, rows[i].lang, TEXT_TOTAL_FIT, true);
    }
    pipeline_close(&p);
    diags_drop(diags);
    return 0;
}
