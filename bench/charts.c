/*
 * Charts a second, by type, beside plain Cairo: the same paths, and the same labels by PangoLayout, drawn to a recording
 * surface. Each chart of the report in each frame (one language, both), laid out, measured and put into a scene.
 * Usage: charts REPORT, in the workspace.
 *
 * Plain Cairo is told where everything stands; deciding that is what the chart does beside it.
 */
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "chart/chart.h"
#include "pipeline/pipeline.h"
#include "report/definition.h"

enum { FRAMES = 3, ROUNDS_MOST = 2000 };
static const double ENOUGH = 0.15; /* CPU seconds of a measurement */
static const float WIDTH = 470;    /* points */

static double cpu_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct chart_style style_of(const struct style *s)
{
    return (struct chart_style){
        .ink = s->chart_ink, .muted = s->chart_muted, .faint = s->chart_faint, .accent = s->chart_accent,
        .accent_soft = s->chart_accent_soft, .size = s->chart_size, .arabic_scale = s->arabic_scale[FONT_DATA],
        .hairline = s->hairline, .patterns = s->patterns,
    };
}

static struct scene *draw(const struct chart_spec *spec, const struct chart_frame *frame,
                          const struct chart_context *context)
{
    struct scene *scene = scene_new();
    scene_page_add(scene, 595, 842);
    if (chart_height(spec, frame, context) > 0)
        chart_draw(spec, frame, context, scene, 0);
    return scene;
}

static void play_path(cairo_t *cairo, const struct scene_command *c)
{
    for (uint32_t i = 0; i < c->path.count; i++) {
        const struct path_step *s = &c->path.steps[i];
        if (s->op == PATH_MOVE)
            cairo_move_to(cairo, (double)s->x[0], (double)s->y[0]);
        else if (s->op == PATH_LINE)
            cairo_line_to(cairo, (double)s->x[0], (double)s->y[0]);
        else if (s->op == PATH_CURVE)
            cairo_curve_to(cairo, (double)s->x[0], (double)s->y[0], (double)s->x[1], (double)s->y[1], (double)s->x[2],
                           (double)s->y[2]);
        else
            cairo_close_path(cairo);
    }
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_set_line_width(cairo, (double)c->path.paint.width);
    if (c->path.paint.fill && c->path.paint.stroke)
        cairo_fill_preserve(cairo);
    else if (c->path.paint.fill)
        cairo_fill(cairo);
    if (c->path.paint.stroke)
        cairo_stroke(cairo);
}

static void play_text(cairo_t *cairo, PangoLayout *layout, PangoFontDescription *font, const struct scene_command *c)
{
    pango_font_description_set_family_static(font, c->text.line->lang == LANG_AR ? "Noto Sans Arabic" : "Noto Sans");
    pango_font_description_set_weight(font, c->text.line->weight == WEIGHT_BOLD ? PANGO_WEIGHT_BOLD
                                                                              : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, (double)c->text.line->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, c->text.line->text, (int)c->text.line->length);
    cairo_move_to(cairo, (double)c->text.x, (double)c->text.baseline);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout, 0));
}

static void play(const struct scene_page *page)
{
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *cairo = cairo_create(surface);
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    PangoFontDescription *font = pango_font_description_new();
    for (size_t i = 0; i < page->command_count; i++) {
        if (page->commands[i].kind == SCENE_PATH)
            play_path(cairo, &page->commands[i]);
        else if (page->commands[i].kind == SCENE_TEXT)
            play_text(cairo, layout, font, &page->commands[i]);
    }
    pango_font_description_free(font);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

/* CPU seconds of one chart: ours, then plain Cairo's. */
static void measure(const struct chart_spec *spec, const struct chart_frame *frame, const struct chart_context *context,
                    double seconds[2])
{
    struct scene *kept = draw(spec, frame, context); /* words are shaped and fonts open from here on */
    play(scene_page_at(kept, 0));
    for (int way = 0; way < 2; way++) {
        double start = cpu_now(), now = start;
        int rounds = 0;
        for (; rounds < ROUNDS_MOST && now - start < ENOUGH; rounds++, now = cpu_now()) {
            if (way == 0)
                scene_drop(draw(spec, frame, context));
            else
                play(scene_page_at(kept, 0));
        }
        seconds[way] = (now - start) / rounds;
    }
    scene_drop(kept);
}

static void measure_chart(const struct pipeline *p, const struct chart_spec *spec, struct diags *diags)
{
    static const bool shown[FRAMES][LANG_COUNT] = { { true, false }, { false, true }, { true, true } };
    static const char *const names[FRAMES] = { "en", "ar", "both" };
    const struct chart_style style = style_of(p->style);
    const struct chart_context context = { p->engine, p->doc->locale, &style, diags };
    for (int i = 0; i < FRAMES; i++) {
        struct chart_frame frame = { .width = WIDTH, .dir = i == 1 ? DIR_RTL : DIR_LTR };
        double seconds[2];
        memcpy(frame.show, shown[i], sizeof frame.show);
        measure(spec, &frame, &context, seconds);
        printf("%-10s %-13s %-5s %9.0f %12.0f %7.2f\n", chart_type_name(spec->type), spec->id, names[i], 1 / seconds[0],
               1 / seconds[1], seconds[0] / seconds[1]);
    }
}

int main(int argc, char **argv)
{
    struct diags *diags = diags_new();
    struct pipeline p = { 0 };
    if (argc != 2 || !pipeline_open(&p, ".", argv[1], NULL, NULL, diags)) {
        fprintf(stderr, "usage: charts REPORT\n");
        return 2;
    }
    puts("type       chart         words  charts/s  plain Cairo  times");
    for (const struct block *b = p.doc->blocks; b; b = b->next)
        if (b->chart)
            measure_chart(&p, b->chart, diags);
    if (diags_errors(diags))
        fprintf(stderr, "charts: %zu errors; see mujaz check\n", diags_errors(diags));
    pipeline_close(&p);
    diags_drop(diags);
    return 0;
}
