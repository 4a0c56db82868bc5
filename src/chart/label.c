/* Labels. Must not know what they label. */
#include "chart/label.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "chart/plot.h"

enum { LABEL_POINTS_LEAST = 7 };

/* Of a label's size: room for the letters of each script without the fonts' generous line gaps. */
static const double PITCH[LANG_COUNT] = {1.32, 1.45}, ASCENT[LANG_COUNT] = {0.98, 1.06};
static const float EVEN_SHARE = 0.2f; /* of a label's width: what its shortest line must have */
/* Half the height of a Latin capital: both scripts are centred on it, so that they share baselines. */
static const double CAPITAL_MIDDLE = 0.357;

static double label_size(const struct plot *plot, enum lang lang, struct label_look look)
{
    double size = fmax(plot->size * (look.scale > 0 ? look.scale : 1), LABEL_POINTS_LEAST);

    /* Latin letters in an Arabic label keep the least size too */
    return lang == LANG_AR ? fmax(size * plot->style->arabic_scale, LABEL_POINTS_LEAST) : size;
}

static struct place place_of_label(const void *context, uint32_t offset)
{
    (void)offset;
    return *(const struct place *)context;
}

static const struct text_block *set(const struct plot *plot, enum lang lang, const char *utf8,
                                    struct label_look look, double width, const struct place *at,
                                    struct diags *diags)
{
    double arabic = plot->style->arabic_scale;
    struct text_style style = {
        .role = FONT_DATA,
        .weight = look.weight,
        .size = (float)label_size(plot, lang, look),
        .other_scale = (float)(lang == LANG_AR ? 1 / arabic : arabic),
        .rgb = look.rgb,
        .lang = lang,
        .align = TEXT_START,
    };

    return text_layout(plot->text, utf8, (uint32_t)strlen(utf8), NULL, 0, &style, (float)width, place_of_label,
                       at, plot->arena, diags);
}

/* A line break behind the mark at `at`, or before one that begins with a space; in place of the space there. */
static const char *broken_at_mark(const struct plot *plot, const char *utf8, const char *at, const char *mark)
{
    const char *head_end = *mark == ' ' ? at : at + strcspn(mark, " ");

    return arena_printf(plot->arena, "%.*s\u2028%s", (int)(head_end - utf8), utf8, head_end + (*head_end == ' '));
}

/* Whether no line is a scrap beside the others. */
static bool is_even(const struct text_block *block)
{
    for (size_t i = 0; i < block->line_count; i++)
        if (block->lines[i].width < EVEN_SHARE * block->width)
            return false;
    return true;
}

/* Set with a break at one of the given marks, where that takes no more lines and leaves no scrap; the narrowest. Else
 * NULL. */
static const struct text_block *broken_at(const struct plot *plot, enum lang lang, const char *utf8,
                                          struct label_look look, const struct text_block *block, double width,
                                          const struct place *at, const char *mark)
{
    const struct text_block *best = NULL;

    for (const char *found = strstr(utf8, mark); found; found = strstr(found + 1, mark)) {
        struct diags *trial = diags_new();
        const char *broken = broken_at_mark(plot, utf8, found, mark);
        const struct text_block *set_so = set(plot, lang, broken, look, width, at, trial);
        if (found != utf8 && set_so->line_count <= block->line_count && is_even(set_so) && diags_count(trial) == 0 &&
            (!best || set_so->width < best->width))
            best = set_so;
        diags_drop(trial);
    }
    return best;
}

/* Where a reader would pause: after a comma, else within a span; so that no date is torn. */
static const struct text_block *broken_at_pause(const struct plot *plot, enum lang lang, const char *utf8,
                                                struct label_look look, const struct text_block *block,
                                                double width, const struct place *at)
{
    static const char *const marks[] = {", ", "، ", "–", " to ", " إلى "};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const struct text_block *found = broken_at(plot, lang, utf8, look, block, width, at, marks[i]);
        if (found)
            return found;
    }
    return NULL;
}

/* The narrowest of a few widths that needs no more lines: a last line of one word is a poor label. */
static const struct text_block *balanced(const struct plot *plot, enum lang lang, const char *utf8,
                                         struct label_look look, const struct text_block *block, double width,
                                         const struct place *at)
{
    static const double slack[] = {1.03, 1.1, 1.2, 1.35};
    struct diags *trial = diags_new();
    double sum = 0;

    for (size_t i = 0; i < block->line_count; i++)
        sum += block->lines[i].width;
    for (size_t i = 0; i < sizeof slack / sizeof *slack; i++) {
        double narrow = sum / (double)block->line_count * slack[i];
        const struct text_block *found;
        if (narrow >= width)
            break;
        found = set(plot, lang, utf8, look, narrow, at, trial);
        if (found->line_count == block->line_count && diags_count(trial) == 0) {
            block = found;
            break;
        }
    }
    diags_drop(trial);
    return block;
}

struct label label_make(const struct plot *plot, enum lang lang, const char *utf8, struct label_look look,
                        double width, const struct place *at)
{
    double size = label_size(plot, lang, look);
    const struct text_block *paused;
    struct label label = {0};

    if (!utf8 || !*utf8)
        return label;
    label.block = set(plot, lang, utf8, look, width, at, plot->diags);
    if (label.block->line_count > 1 && width > 0) {
        paused = broken_at_pause(plot, lang, utf8, look, label.block, width, at);
        label.block = paused ? paused : balanced(plot, lang, utf8, look, label.block, width, at);
    }
    label.width = label.block->width;
    label.pitch = size * PITCH[lang];
    label.ascent = size * ASCENT[lang];
    label.height = label.pitch * (double)label.block->line_count;
    label.middle = label.ascent + (double)(label.block->line_count - 1) * label.pitch / 2 -
                   plot->size * (look.scale > 0 ? look.scale : 1) * CAPITAL_MIDDLE;
    return label;
}

double labels_lowered(const struct label beside[LANG_COUNT], size_t nth)
{
    return fmax(beside[0].ascent, beside[1].ascent) - beside[nth].ascent;
}

double label_natural_width(const struct plot *plot, enum lang lang, const char *utf8, struct label_look look)
{
    struct diags *unused;
    double width;

    if (!utf8 || !*utf8)
        return 0;
    unused = diags_new(); /* what is wrong with a text is said where it is set */
    width = set(plot, lang, utf8, look, 0, &plot->spec->at, unused)->width;
    diags_drop(unused);
    return width;
}

struct label_pair label_pair_make(const struct plot *plot, const char *const words[LANG_COUNT], struct label_look look,
                                  double width, const struct place *at)
{
    struct label_pair pair = {0};
    const char *first = words[plot->langs[0]];

    for (size_t i = 0; i < plot->lang_count; i++) {
        const char *text = words[plot->langs[i]];
        if (i > 0 && text && first && words_print_same(text, first))
            break;
        pair.label[i] = label_make(plot, plot->langs[i], text, look, width, at);
        pair.width = fmax(pair.width, pair.label[i].width);
        pair.height += pair.label[i].height;
    }
    return pair;
}

double label_least_width(const struct plot *plot, enum lang lang, const char *utf8, struct label_look look)
{
    double widest = 0;

    for (size_t length; utf8 && *utf8; utf8 += length + (utf8[length] == ' ')) {
        length = strcspn(utf8, " ");
        if (length > 0)
            widest = fmax(widest, label_natural_width(plot, lang, arena_string_n(plot->arena, utf8, length), look));
    }
    return widest;
}

double label_pair_middle(const struct label_pair *pair)
{
    const struct label *above = &pair->label[0], *below = &pair->label[1];

    return below->block ? (above->middle + above->height + below->middle) / 2 : above->middle;
}
