/*
 * Furniture: running headers and footers, each with words at the start side, in the middle and at the end side of
 * every language's column, as the style says. Drawn last on each page.
 */
#include "layout/layouter.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

#define LRI "\xE2\x81\xA6" /* U+2066 */
#define RLI "\xE2\x81\xA7"
#define PDI "\xE2\x81\xA9"

/* The section that a page is about: the first that begins on it, else the one that goes on. NULL before the first. */
static const struct block *section_of(const struct layouter *l, size_t page)
{
    const struct block *section = NULL;
    for (size_t i = 0; i < l->heading_count && l->headings[i].page <= page; i++) {
        if (l->headings[i].block->level != 2)
            continue;
        section = l->headings[i].block;
        if (l->headings[i].page == page)
            break;
    }
    return section;
}

static const char *as_of(struct layouter *l, enum lang lang)
{
    struct date date;
    if (!l->doc->as_of || !date_parse(l->doc->as_of, &date))
        return NULL;
    return locale_date(l->doc->locale[lang], date, DATE_LONG, l->arena);
}

/* Running words remind of a title, they do not repeat it: of one that takes more lines, the first words. */
enum { MOST_LINES = 2 };

/* The first words of a value, no more than `most` bytes of them. */
static const char *first_words(struct layouter *l, const char *value, size_t most)
{
    static const char *const parting[] = { ",", ";", ":", ".", "\xE2\x80\x93", "\xE2\x80\x94", "،", "؛", " ", NULL };
    struct buf out;
    int open = 0;
    size_t length = strlen(value), cut = most < length ? most : length;
    if (cut == length)
        return value;
    while (cut > 0 && value[cut] != ' ')
        cut--;
    for (size_t i = 0; parting[i];) {
        size_t n = strlen(parting[i]);
        bool ends = cut >= n && memcmp(value + cut - n, parting[i], n) == 0;
        cut -= ends ? n : 0;
        i = ends ? 0 : i + 1;
    }
    for (const char *p = value; p < value + cut;) {
        uint32_t c = utf8_next(&p);
        open += (c >= 0x2066 && c <= 0x2068) - (c == 0x2069);
    }
    buf_init(&out);
    buf_add(&out, value, cut);
    for (; open > 0; open--)
        buf_add_string(&out, PDI);
    buf_add_string(&out, "…");
    const char *words = arena_string(l->arena, out.data);
    buf_drop(&out);
    return words;
}

/* What a field says; NULL or empty: nothing, as the number of an issue that has none. */
static const char *field_text(struct layouter *l, enum style_field field, enum lang lang, size_t page)
{
    static const char *const languages[LANG_COUNT] = { "English", "العربية" };
    const struct locale *locale = l->doc->locale[lang];
    const struct block *section;
    switch (field) {
    case FIELD_TITLE:
        return l->doc->title[lang];
    case FIELD_SUBTITLE:
        return l->doc->subtitle[lang];
    case FIELD_AUTHOR:
        return l->doc->author[lang];
    case FIELD_SECTION:
        section = section_of(l, page);
        return section ? section->text[lang].utf8 : NULL;
    case FIELD_ISSUE:
        return l->doc->issue ? locale_integer(locale, l->doc->issue, l->arena) : NULL;
    case FIELD_AS_OF:
        return as_of(l, lang);
    case FIELD_PAGE:
        return locale_integer(locale, (int64_t)page + 1, l->arena);
    case FIELD_PAGES:
        return locale_integer(locale, (int64_t)l->all_pages, l->arena);
    case FIELD_EDITION:
        return languages[lang];
    case FIELD_COUNT:
        break;
    }
    return NULL;
}

static bool is_number(enum style_field field)
{
    return field == FIELD_ISSUE || field == FIELD_PAGE || field == FIELD_PAGES;
}

/* A value beside other words stands in isolates, so that these keep their order: numbers in European digits left to
 * right, all else in the language's direction. */
static void add_value(struct buf *out, const struct layouter *l, enum style_field field, enum lang lang,
                      const char *value)
{
    bool rtl = lang_dir(lang) == DIR_RTL
            && !(is_number(field) && locale_digits_of(l->doc->locale[lang]) == DIGITS_LATN);
    buf_printf(out, "%s%s" PDI, rtl ? RLI : LRI, value);
}

static enum style_field field_named(const char *name, size_t length)
{
    int field = 0;
    while (field < FIELD_COUNT
           && (strlen(style_field_names[field]) != length || memcmp(style_field_names[field], name, length) != 0))
        field++;
    return (enum style_field)field;
}

/* "{page}/{pages}": numbers and what parts them, which in European digits run from left to right as one. */
static bool is_fraction(const struct layouter *l, const char *words, enum lang lang)
{
    size_t numbers = 0;
    while (*words == '{') {
        size_t name = strcspn(++words, "}");
        numbers += is_number(field_named(words, name)) ? 1 : 3;
        words += name + 1;
        words += strspn(words, " /-:");
    }
    return numbers == 2 && !*words && locale_digits_of(l->doc->locale[lang]) == DIGITS_LATN;
}

/* The words with their fields filled in; "" when a field has nothing to say, since the rest would be left hanging. Of
 * fields in words, `most` bytes each. */
static const char *fill(struct layouter *l, const char *words, enum lang lang, size_t page, size_t most)
{
    struct buf out;
    bool fraction = is_fraction(l, words, lang);
    bool alone = fraction || (*words == '{' && strcspn(words, "}") + 1 == strlen(words));
    buf_init(&out);
    buf_add_string(&out, fraction ? LRI : "");
    while (*words) {
        size_t plain = strcspn(words, "{"), name = 0;
        buf_add(&out, words, plain);
        words += plain;
        if (!*words)
            break;
        name = strcspn(++words, "}");
        enum style_field field = field_named(words, name);
        const char *value = field_text(l, field, lang, page);
        if (!value || !*value) {
            buf_clear(&out);
            break;
        }
        if (field <= FIELD_SECTION)
            value = first_words(l, value, most);
        if (alone)
            buf_add_string(&out, value);
        else
            add_value(&out, l, field, lang, value);
        words += name + 1;
    }
    buf_add_string(&out, fraction && out.length ? PDI : "");
    const char *filled = arena_string(l->arena, out.data ? out.data : "");
    buf_drop(&out);
    return filled;
}

/* The three texts of one language, in its column: the middle one as wide as it is, or as what the others need leaves,
 * a third at least; the others in what it leaves, or all of the column when they stand alone. */
struct line {
    struct set_text text[POSITION_COUNT];
    size_t lines; /* of the tallest */
};

static struct text_style furniture_style(const struct layouter *l, enum lang lang)
{
    return layouter_style(l, lang, FONT_DATA, WEIGHT_REGULAR, l->style->size_small, TONE_MUTED);
}

/* Where words stand: what takes several lines ends on the baseline, upwards into the margin, or begins there. */
struct stand {
    float baseline, pitch;
    bool up;
};

/* How far they reach over the edge of the page; negative: not at all. */
static float over_edge(struct layouter *l, const struct set_text *text, struct stand stand)
{
    const struct text_block *block = set_block(l, text);
    float lines = stand.pitch * (float)(block->line_count - 1);
    return stand.up ? lines + block->lines[0].ascent - stand.baseline
                    : stand.baseline + lines + block->lines[block->line_count - 1].descent - l->style->page_height;
}

static bool is_short(struct layouter *l, const struct set_text *text, struct stand stand)
{
    return set_lines(text) == 1 || (set_lines(text) <= MOST_LINES && over_edge(l, text, stand) <= 0);
}

/* Words at one position, with fields as long as fit on MOST_LINES and on the page. */
static struct set_text set_short(struct layouter *l, const struct style_furniture *f, int position, size_t page,
                                 struct stand stand, struct text_style style, float x, float width)
{
    const char *pattern = f->words[position][style.lang];
    struct place at = f->at[position][style.lang];
    struct set_text set;
    const char *words = fill(l, pattern, style.lang, page, SIZE_MAX);
    size_t most = strlen(words), least = 0;
    set = set_plain(l, words, at, style, x, width, NULL);
    if (is_short(l, &set, stand) || !strchr(pattern, '{'))
        return set;
    while (most > least + 1) {
        size_t middle = (least + most) / 2;
        struct set_text cut = set_plain(l, fill(l, pattern, style.lang, page, middle), at, style, x, width, NULL);
        if (is_short(l, &cut, stand)) {
            set = cut;
            least = middle;
        } else {
            most = middle;
        }
    }
    return set;
}

/* `shared`: the position whose words stand between the languages, for both; POSITION_COUNT: none. */
static struct line set_line(struct layouter *l, const struct style_furniture *f, const struct column *c, size_t page,
                            int shared, struct stand stand)
{
    const float gap = l->style->size_small * 1.5f;
    struct text_style style = furniture_style(l, c->lang);
    const char *words[POSITION_COUNT];
    float natural[POSITION_COUNT] = { 0 };
    struct line line = { .lines = 1 };
    for (int i = 0; i < POSITION_COUNT; i++) {
        words[i] = i == shared ? "" : fill(l, f->words[i][c->lang], c->lang, page, SIZE_MAX);
        if (*words[i])
            natural[i] = plain_width(l, words[i], f->at[i][c->lang], style) + 0.5f;
    }
    float beside = fmaxf(natural[POSITION_START], natural[POSITION_END]), side = c->width;
    float most = beside > 0 ? fmaxf(c->width / 3, c->width - 2 * (beside + gap)) : c->width;
    float middle = fminf(natural[POSITION_CENTRE], most);
    if (middle > 0)
        side = (c->width - middle) / 2 - gap;
    for (int i = 0; i < POSITION_COUNT; i++) {
        if (!*words[i])
            continue;
        int other = i == POSITION_START ? POSITION_END : POSITION_START;
        float width = i == POSITION_CENTRE ? middle : side;
        /* without a middle, the end takes what it needs, at most half, and the start what remains */
        if (middle == 0 && natural[other] > 0)
            width = i == POSITION_END ? fminf(natural[i], fmaxf(c->width / 2, c->width - natural[other] - gap))
                                      : c->width - fminf(natural[other], c->width / 2) - gap;
        bool right = (i == POSITION_END) == (lang_dir(c->lang) == DIR_LTR);
        float x = i == POSITION_CENTRE ? c->x + (c->width - width) / 2 : right ? c->x + c->width - width : c->x;
        style.align = i == POSITION_START ? TEXT_START : i == POSITION_CENTRE ? TEXT_CENTRE : TEXT_END;
        line.text[i] = set_short(l, f, i, page, stand, style, x, width);
        size_t n = set_lines(&line.text[i]);
        line.lines = n > line.lines ? n : line.lines;
    }
    return line;
}

/* A page number is not printed twice beside itself: what both languages say alike in the middle or at the inner end,
 * and has room between the columns, stands there once. Returns its position. */
static int set_shared(struct layouter *l, const struct style_furniture *f, size_t page, struct set_text *shared)
{
    const struct column *c = l->column;
    float left = c[0].x + c[0].width, gutter = l->columns > 1 ? c[1].x - left : 0;
    for (int i = POSITION_CENTRE; l->columns > 1 && i < POSITION_COUNT; i++) {
        const char *words = fill(l, f->words[i][c[0].lang], c[0].lang, page, SIZE_MAX);
        struct text_style style = furniture_style(l, c[0].lang);
        style.align = TEXT_CENTRE;
        if (!*words || strcmp(words, fill(l, f->words[i][c[1].lang], c[1].lang, page, SIZE_MAX)) != 0
            || plain_width(l, words, f->at[i][c[0].lang], style) > gutter)
            continue;
        *shared = set_plain(l, words, f->at[i][c[0].lang], style, left, gutter, NULL);
        return i;
    }
    return POSITION_COUNT;
}

static void draw_rule(struct layouter *l, size_t page, float y)
{
    float left = layouter_left(l, page);
    struct path_step steps[] = { { PATH_MOVE, { left }, { y } }, { PATH_LINE, { left + l->width }, { y } } };
    scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->faint,
                                                         .width = l->style->hairline });
}

/* Where words would be cut off at the edge of the page: what and by how much, of the first page where it happens. */
static void check_edge(struct layouter *l, const struct style_furniture *f, const struct set_text *text, int position,
                       struct stand stand)
{
    const float mm = 72 / 25.4f;
    float over = over_edge(l, text, stand);
    if (over <= 0 || l->furniture_told)
        return;
    l->furniture_told = true;
    diag_add(l->diags, DIAG_LAYOUT_TOO_TALL, f->at[position][text->lang],
             "the %s is %.1f mm taller than the page has room %s the text; shorten it or widen margins_mm.%s",
             stand.up ? "header" : "footer", (double)(over / mm), stand.up ? "above" : "below",
             stand.up ? "top" : "bottom");
}

static void draw(struct layouter *l, const struct style_furniture *f, size_t page, float baseline, bool up)
{
    const struct stand stand = { baseline, l->style->size_small * 1.4f, up };
    struct set_text alike;
    int shared = set_shared(l, f, page, &alike);
    scene_artifact_begin(l->scene, page, up ? ARTIFACT_HEADER : ARTIFACT_FOOTER);
    if (shared < POSITION_COUNT)
        set_draw(l, &alike, 0, 1, page, baseline, stand.pitch);
    for (size_t i = 0; i < l->columns; i++) {
        struct line line = set_line(l, f, &l->column[i], page, shared, stand);
        for (int k = 0; k < POSITION_COUNT; k++) {
            size_t lines = set_lines(&line.text[k]);
            float y = up && lines > 1 ? baseline - stand.pitch * (float)(lines - 1) : baseline;
            if (lines > 0)
                check_edge(l, f, &line.text[k], k, stand);
            set_draw(l, &line.text[k], 0, lines, page, y, stand.pitch);
        }
    }
    if (f->rule)
        draw_rule(l, page, baseline + l->style->size_small * (up ? 0.8f : -1.6f));
    scene_artifact_end(l->scene, page);
}

/* The words of one position, and what its fields print, each with the place where it is written. */
static void set_words(struct layouter *l, const struct style_furniture *f, int position, enum lang lang,
                      struct arena *passing)
{
    const struct doc *doc = l->doc;
    const char *words = f->words[position][lang];
    const struct { const char *field, *value; struct place at; } values[] = {
        { "", words, f->at[position][lang] },
        { "{title}", doc->title[lang], doc->title_at[lang] },
        { "{subtitle}", doc->subtitle[lang], doc->subtitle_at[lang] },
        { "{author}", doc->author[lang], doc->author_at[lang] },
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct rich_text text = text_of_words(l, values[i].value, values[i].at);
        if (strstr(words, values[i].field))
            set_passing(l, &text, furniture_style(l, lang), 0, passing);
    }
    for (size_t i = 0; i < l->heading_count && strstr(words, "{section}"); i++)
        set_passing(l, &l->headings[i].block->text[lang], furniture_style(l, lang), 0, passing);
}

static void set_all(struct layouter *l)
{
    struct arena *passing = arena_new();
    for (int i = 0; i < POSITION_COUNT; i++) {
        for (size_t c = 0; c < l->columns; c++) {
            set_words(l, &l->style->header, i, l->column[c].lang, passing);
            set_words(l, &l->style->footer, i, l->column[c].lang, passing);
        }
    }
    arena_drop(passing);
}

void furniture_check(struct layouter *l)
{
    struct diags *diags = l->diags;
    l->diags = diags_new();
    set_all(l);
    l->furniture_fails = diags_errors(l->diags) > 0;
    diags_drop(l->diags);
    l->diags = diags;
    if (l->furniture_fails)
        set_all(l);
}

void furniture_draw(struct layouter *l, size_t page)
{
    const struct style *style = l->style;
    if (l->furniture_fails)
        return;
    struct wide wide = layouter_widen(l, true);
    if (page > l->first_page || style->first_header)
        draw(l, &style->header, page, l->frame_top - style->grid * 1.6f, true);
    if (page > l->first_page || style->first_footer)
        draw(l, &style->footer, page, l->frame_bottom + style->grid * 1.9f, false);
    layouter_narrow(l, wide);
}
