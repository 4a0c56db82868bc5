/*
 * Charts: from a declaration to a picture to the scene. Must not know what the types look like.
 *
 * What is wrong with a chart is said by chart_height, which the layout asks first; chart_draw repeats the same
 * work and keeps silent.
 */
#include "chart/chart.h"

#include "base/arena.h"
#include "chart/arrange.h"
#include "chart/plot.h"

static const struct chart_kind *const kinds[CHART_TYPE_COUNT] = {
    [CHART_BAR] = &bar_kind,
    [CHART_DOT] = &dot_kind,
    [CHART_RANGE_BARS] = &range_bars_kind,
    [CHART_PYRAMID] = &pyramid_kind,
    [CHART_LINE] = &line_kind,
    [CHART_SLOPE] = &slope_kind,
    [CHART_SCATTER] = &scatter_kind,
    [CHART_HEMICYCLE] = &hemicycle_kind,
    [CHART_COUNCILS] = &councils_kind,
    [CHART_WAFFLE] = &waffle_kind,
    [CHART_NUMBER] = &number_kind,
    [CHART_TIMELINE] = &timeline_kind,
    [CHART_CALENDAR] = &calendar_kind,
    [CHART_MATRIX] = &matrix_kind,
    [CHART_TILE_MAP] = &tile_map_kind,
};

static struct palette palette_of(const struct chart_style *style)
{
    struct palette palette = {
        .ink = colour_visible(style->ink, CONTRAST_TEXT),
        .muted = colour_visible(style->muted, CONTRAST_TEXT),
        .accent = colour_visible(style->accent, CONTRAST_TEXT),
        .accent_mid = colour_visible(colour_mix(style->accent, style->accent_soft, 0.8), CONTRAST_MARK),
        .accent_dim = colour_mix(style->accent_soft, COLOUR_PAPER, 0.55),
        .grey = colour_visible(colour_mix(style->muted, style->faint, 0.5), CONTRAST_MARK),
        .grey_dim = colour_mix(style->faint, COLOUR_PAPER, 0.4),
        .hairline = style->faint,
    };

    shades_of(palette.accent, palette.series);
    return palette;
}

static struct plot plot_of(const struct chart_spec *spec, const struct chart_frame *frame,
                           const struct chart_context *context, struct diags *diags, struct arena *arena)
{
    struct plot plot = {
        .kind = kinds[spec->type],
        .spec = spec,
        .style = context->style,
        .locale = context->locale,
        .text = context->text,
        .diags = diags,
        .arena = arena,
        .palette = palette_of(context->style),
        .width = frame->width,
        .share = frame->share > 0 ? frame->share : 1,
        .size = context->style->size < 7 ? 7 : context->style->size,
    };

    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (frame->show[lang])
            plot.langs[plot.lang_count++] = (enum lang)lang;
    plot.mirrored = plot.lang_count == 1 && frame->dir == DIR_RTL;
    return plot;
}

/* NULL when the data cannot be drawn, or not in this frame. */
static struct picture *lay(const struct plot *of)
{
    size_t before = diags_errors(of->diags);
    struct plot plot = *of;
    struct picture *picture = NULL;

    plot.spec = arrange(of);
    if (diags_errors(of->diags) == before && plot_check(&plot))
        picture = plot_has_panels(&plot) ? panels_lay(&plot) : plot.kind->lay(&plot);
    return diags_errors(of->diags) > before ? NULL : picture;
}

/* No type may let its words be cut off or run into one another unseen: NULL, with a diagnostic. */
static struct picture *with_clear_labels(const struct plot *plot, struct picture *picture)
{
    static const char help[] = "shorten the words, show less, or give the chart a wider frame or smaller words";
    struct picture_fault fault;

    if (!picture || !picture_find_fault(picture, &fault))
        return picture;
    if (fault.other)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the labels '%s' and '%s' of chart '%s' overlap by %.1f points; %s", fault.label, fault.other,
                 plot->spec->id, fault.points, help);
    else
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the label '%s' of chart '%s' runs %.1f points out of the frame; %s", fault.label, plot->spec->id,
                 fault.points, help);
    return NULL;
}

bool chart_is_flexible(const struct chart_spec *spec)
{
    return kinds[spec->type]->flexible;
}

float chart_height(const struct chart_spec *spec, const struct chart_frame *frame,
                   const struct chart_context *context)
{
    struct arena *arena = arena_new();
    struct plot plot = plot_of(spec, frame, context, context->diags, arena);
    struct picture *picture = with_clear_labels(&plot, lay(&plot));
    float height = picture ? (float)picture_height(picture) : 0;

    arena_drop(arena);
    return height;
}

void chart_draw(const struct chart_spec *spec, const struct chart_frame *frame,
                const struct chart_context *context, struct scene *scene, size_t page)
{
    struct diags *repeated = diags_new();
    struct plot plot = plot_of(spec, frame, context, repeated, scene_arena(scene));
    struct picture *picture = with_clear_labels(&plot, lay(&plot));

    if (picture) {
        struct canvas *canvas = canvas_new(scene, page, frame->x, frame->y);
        picture_play(picture, canvas);
        canvas_drop(canvas);
    }
    diags_drop(repeated);
}
