/*
 * The document of generate_peers by Cairo and Pango alone: paragraphs of PangoLayout, rows, bars and dots put where
 * they go, onto cairo's PDF surface with its tags, outline and links. It knows beforehand how many pages a section
 * has, since nothing here can lay out before it draws.
 *
 * Usage: cairo_pango PEERS.tsv OUT.pdf
 */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>

#define MM (72 / 25.4)

enum { COLUMNS = 8, SECTION_PAGES = 4, ROWS_ON_FIRST = 40, TOC_LINES = 48 };
static const double page_width = 210 * MM, page_height = 297 * MM, left = 22 * MM, width = 166 * MM, top = 24 * MM,
                    bottom = 272 * MM, gutter = 9 * MM; /* points */

enum lang { EN, AR };
enum font { BODY, HEADING, SUBHEADING, TITLE, DATA, DATA_BOLD, SMALL, FONT_COUNT };

static const char *const font_names[FONT_COUNT][2] = {
    [BODY] = { "Noto Serif 9.4", "Noto Naskh Arabic 11.4" },
    [HEADING] = { "Noto Sans Bold 14", "Noto Sans Arabic Bold 15.4" },
    [SUBHEADING] = { "Noto Sans Bold 10.5", "Noto Sans Arabic Bold 11.5" },
    [TITLE] = { "Noto Sans Bold 23", "Noto Sans Arabic Bold 25" },
    [DATA] = { "Noto Sans 8", "Noto Sans Arabic 8.6" },
    [DATA_BOLD] = { "Noto Sans Bold 8", "Noto Sans Arabic Bold 8.6" },
    [SMALL] = { "Noto Sans 7.6", "Noto Sans Arabic 8.2" },
};

struct record {
    const char *field[COLUMNS];
};

struct maker {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *fonts[FONT_COUNT][2];
    PangoLanguage *languages[2];
    const struct record *title;
    int page, pages;
    double y;
};

static void set_colour(struct maker *m, const char *hex)
{
    unsigned long rgb = strtoul(hex + 1, NULL, 16);
    cairo_set_source_rgb(m->cairo, (double)(rgb >> 16 & 255) / 255, (double)(rgb >> 8 & 255) / 255,
                         (double)(rgb & 255) / 255);
}

/* Text in a box; its height. LEFT is where a line of that language starts. `tag` may be NULL. */
static double text(struct maker *m, enum font font, enum lang lang, const char *words, double x, double y, double box,
                   PangoAlignment align, const char *tag)
{
    PangoContext *context = pango_layout_get_context(m->layout);
    int height;
    pango_context_set_base_dir(context, lang == AR ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(context, m->languages[lang]);
    pango_layout_context_changed(m->layout);
    pango_layout_set_font_description(m->layout, m->fonts[font][lang]);
    if (lang == AR && align != PANGO_ALIGN_CENTER)
        align = align == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
    pango_layout_set_alignment(m->layout, align);
    pango_layout_set_line_spacing(m->layout, lang == AR ? 0.8f : 1.0f); /* or its lines stand too far apart */
    pango_layout_set_width(m->layout, (int)(box * PANGO_SCALE));
    pango_layout_set_text(m->layout, words, -1);
    if (tag)
        cairo_tag_begin(m->cairo, tag, NULL);
    cairo_move_to(m->cairo, x, y);
    pango_cairo_show_layout(m->cairo, m->layout);
    if (tag)
        cairo_tag_end(m->cairo, tag);
    pango_layout_get_size(m->layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

static void line(struct maker *m, double y, double long_, double thick)
{
    set_colour(m, "#C6CCD1");
    cairo_set_line_width(m->cairo, thick);
    cairo_move_to(m->cairo, left, y);
    cairo_line_to(m->cairo, left + long_, y);
    cairo_stroke(m->cairo);
    set_colour(m, "#1C2126");
}

static void arabic_number(char *to, int number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    for (const char *d = digits; *d; d++) {
        *to++ = (char)0xD9;
        *to++ = (char)(0xA0 + (*d - '0'));
    }
    *to = '\0';
}

static void furniture(struct maker *m)
{
    char en[64], ar[96], page[32], pages[32];
    set_colour(m, "#55606A");
    if (m->page > 1) {
        text(m, SMALL, EN, m->title->field[1], left, 12 * MM, width / 2, PANGO_ALIGN_LEFT, NULL);
        text(m, SMALL, AR, m->title->field[2], left + width / 2, 12 * MM, width / 2, PANGO_ALIGN_LEFT, NULL);
        line(m, 17 * MM, width, 0.4);
        set_colour(m, "#55606A");
    }
    arabic_number(page, m->page);
    arabic_number(pages, m->pages);
    snprintf(en, sizeof en, "Page %d of %d", m->page, m->pages);
    snprintf(ar, sizeof ar, "صفحة %s من %s", page, pages);
    text(m, SMALL, EN, en, left, 282 * MM, width / 2, PANGO_ALIGN_LEFT, NULL);
    text(m, SMALL, AR, ar, left + width / 2, 282 * MM, width / 2, PANGO_ALIGN_LEFT, NULL);
    set_colour(m, "#1C2126");
    m->y = top;
}

static void next_page(struct maker *m)
{
    cairo_show_page(m->cairo);
    m->page++;
    furniture(m);
}

/* Both languages side by side. */
static void pair(struct maker *m, enum font font, const char *en, const char *ar, const char *tag)
{
    double half = (width - gutter) / 2;
    double a = text(m, font, EN, en, left, m->y, half, PANGO_ALIGN_LEFT, tag);
    double b = text(m, font, AR, ar, left + half + gutter, m->y, half, PANGO_ALIGN_LEFT, tag);
    m->y += fmax(a, b) + 6;
}

static void heading(struct maker *m, enum font font, const struct record *r, const char *dest)
{
    char attributes[64];
    snprintf(attributes, sizeof attributes, "name='%s'", dest);
    cairo_tag_begin(m->cairo, CAIRO_TAG_DEST, attributes);
    set_colour(m, "#0B5563");
    pair(m, font, r->field[1], r->field[2], font == HEADING ? "H1" : "H2");
    set_colour(m, "#1C2126");
    cairo_tag_end(m->cairo, CAIRO_TAG_DEST);
}

static void paragraph(struct maker *m, const struct record *r)
{
    char attributes[256];
    if (*r->field[3]) {
        snprintf(attributes, sizeof attributes, "uri='%s'", r->field[3]);
        cairo_tag_begin(m->cairo, CAIRO_TAG_LINK, attributes);
    }
    pair(m, BODY, r->field[1], r->field[2], "P");
    if (*r->field[3])
        cairo_tag_end(m->cairo, CAIRO_TAG_LINK);
}

/* On the section's first page. */
static void note(struct maker *m, const struct record *r)
{
    char words[512], attributes[256];
    double y = bottom - 26;
    line(m, y - 4, 30 * MM, 0.4);
    snprintf(attributes, sizeof attributes, "uri='%s'", r->field[3]);
    cairo_tag_begin(m->cairo, CAIRO_TAG_LINK, attributes);
    snprintf(words, sizeof words, "1 %s", r->field[1]);
    text(m, SMALL, EN, words, left, y, width / 2 - gutter, PANGO_ALIGN_LEFT, "Note");
    snprintf(words, sizeof words, "1 %s", r->field[2]);
    text(m, SMALL, AR, words, left + width / 2, y, width / 2, PANGO_ALIGN_LEFT, "Note");
    cairo_tag_end(m->cairo, CAIRO_TAG_LINK);
}

static void bars(struct maker *m, const struct record *lists, int count)
{
    double most = atoi(lists[0].field[3]), side = 36 * MM, longest = width - 2 * side - 24 * MM;
    cairo_tag_begin(m->cairo, "Figure", NULL);
    for (int i = 0; i < count; i++, m->y += 20) {
        double bar = longest * atoi(lists[i].field[3]) / most;
        set_colour(m, lists[i].field[6]);
        cairo_rectangle(m->cairo, left + side, m->y + 1, bar, 10);
        cairo_fill(m->cairo);
        set_colour(m, "#1C2126");
        text(m, DATA, EN, lists[i].field[1], left, m->y, side, PANGO_ALIGN_LEFT, NULL);
        text(m, DATA, AR, lists[i].field[2], left + width - side, m->y, side, PANGO_ALIGN_LEFT, NULL);
        text(m, DATA_BOLD, EN, lists[i].field[4], left + side + bar + 3, m->y, 24 * MM, PANGO_ALIGN_LEFT, NULL);
    }
    cairo_tag_end(m->cairo, "Figure");
    m->y += 8;
}

struct dot {
    double angle, radius;
};

static int by_angle(const void *a, const void *b)
{
    const struct dot *x = a, *y = b;
    return x->angle < y->angle ? 1 : x->angle > y->angle ? -1 : 0;
}

static void hemicycle(struct maker *m, const struct record *lists, int count)
{
    enum { MOST = 512, RINGS = 4 };
    struct dot dots[MOST];
    int seats = 0, placed = 0;
    for (int i = 0; i < count; i++)
        seats += atoi(lists[i].field[5]);
    for (int ring = 0; ring < RINGS; ring++) {
        double radius = (24 + 8 * ring) * MM;
        int here = ring == RINGS - 1 ? seats - placed : seats * (24 + 8 * ring) / (4 * 24 + 6 * 8);
        for (int k = 0; k < here && placed < MOST; k++)
            dots[placed++] = (struct dot){ here > 1 ? G_PI * k / (here - 1) : G_PI / 2, radius };
    }
    qsort(dots, (size_t)placed, sizeof *dots, by_angle);
    double middle = left + width / 2, base = m->y + 52 * MM;
    cairo_tag_begin(m->cairo, "Figure", NULL);
    for (int i = 0, at = 0; i < count; i++) {
        set_colour(m, lists[i].field[6]);
        for (int k = atoi(lists[i].field[5]); k > 0 && at < placed; k--, at++) {
            cairo_new_sub_path(m->cairo);
            cairo_arc(m->cairo, middle + dots[at].radius * cos(dots[at].angle),
                      base - dots[at].radius * sin(dots[at].angle), 2.6 * MM, 0, 2 * G_PI);
            cairo_fill(m->cairo);
        }
    }
    char digits[32];
    set_colour(m, "#1C2126");
    arabic_number(digits, seats);
    text(m, HEADING, AR, digits, middle - 40, base - 20, 80, PANGO_ALIGN_CENTER, NULL);
    for (int i = 0; i < count; i++) {
        char words[128];
        double x = left + width - (i % 4 + 1) * width / 4, y = base + 12 + i / 4 * 14;
        set_colour(m, lists[i].field[6]);
        cairo_rectangle(m->cairo, x + width / 4 - 8, y + 4, 6, 6);
        cairo_fill(m->cairo);
        set_colour(m, "#1C2126");
        snprintf(words, sizeof words, "%s (%s)", lists[i].field[2], lists[i].field[5]);
        text(m, DATA, AR, words, x, y, width / 4 - 12, PANGO_ALIGN_LEFT, NULL);
    }
    cairo_tag_end(m->cairo, "Figure");
    m->y = base + 44;
}

static void caption(struct maker *m, const struct record *r)
{
    pair(m, DATA_BOLD, r->field[1], r->field[2], "Caption");
}

static const struct {
    double width; /* of 100 */
    enum lang lang;
    int field;
    PangoAlignment align;
    const char *title;
} columns[] = {
    { 6, EN, 1, PANGO_ALIGN_RIGHT, "No." },      { 17, EN, 2, PANGO_ALIGN_LEFT, "District" },
    { 18, AR, 3, PANGO_ALIGN_LEFT, "القضاء" },    { 18, EN, 4, PANGO_ALIGN_LEFT, "Leading list" },
    { 20, AR, 5, PANGO_ALIGN_LEFT, "القائمة المتقدمة" }, { 10, EN, 6, PANGO_ALIGN_RIGHT, "Votes" },
    { 11, AR, 7, PANGO_ALIGN_LEFT, "المشاركة" },
};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

static void row(struct maker *m, const struct record *r)
{
    double x = left;
    cairo_tag_begin(m->cairo, "TR", NULL);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        double box = columns[i].width * width / 100;
        text(m, r ? DATA : DATA_BOLD, columns[i].lang, r ? r->field[columns[i].field] : columns[i].title, x + 2, m->y + 2,
             box - 4, columns[i].align, r ? "TD" : "TH");
        x += box;
    }
    cairo_tag_end(m->cairo, "TR");
    m->y += 15.6;
    line(m, m->y, width, 0.4);
}

static void table(struct maker *m, const struct record *rows, int count)
{
    cairo_tag_begin(m->cairo, "Table", NULL);
    row(m, NULL);
    for (int i = 0; i < count; i++) {
        if (i == ROWS_ON_FIRST) {
            next_page(m);
            row(m, NULL);
        }
        row(m, &rows[i]);
    }
    cairo_tag_end(m->cairo, "Table");
}

/* --- the document --------------------------------------------------------------------------------------------- */

/* Where a heading leads: "s3", or "s3-2" for the section's second one. */
static void name_dest(char dest[32], char kind, int *section, int *part)
{
    if (kind == 'S') {
        snprintf(dest, 32, "s%d", ++*section);
        *part = 0;
    } else {
        snprintf(dest, 32, "s%d-%d", *section, ++*part);
    }
}

static void contents(struct maker *m, const struct record *records, int count, int first)
{
    int section = 0, part = 0, lines = 0, parent = 0;
    for (int i = 0; i < count; i++) {
        const struct record *r = &records[i];
        char dest[32], attributes[64], number[16], both[512];
        if (*r->field[0] != 'S' && *r->field[0] != 'H')
            continue;
        if (lines && lines % TOC_LINES == 0)
            next_page(m);
        lines++;
        name_dest(dest, *r->field[0], &section, &part);
        snprintf(attributes, sizeof attributes, "dest='%s'", dest);
        snprintf(number, sizeof number, "%d", first + (section - 1) * SECTION_PAGES + (part > 0 ? part - 1 : 0));
        snprintf(both, sizeof both, "%s · %s", r->field[1], r->field[2]);
        int item = cairo_pdf_surface_add_outline(m->surface, part ? parent : CAIRO_PDF_OUTLINE_ROOT, both, attributes, 0);
        parent = part ? parent : item;
        cairo_tag_begin(m->cairo, "TOCI", NULL);
        cairo_tag_begin(m->cairo, CAIRO_TAG_LINK, attributes);
        text(m, DATA, EN, r->field[1], left + (part ? 10 : 0), m->y, width / 2, PANGO_ALIGN_LEFT, NULL);
        text(m, DATA, AR, r->field[2], left + width / 3, m->y, width * 2 / 3 - 30, PANGO_ALIGN_LEFT, NULL);
        text(m, DATA, EN, number, left + width - 28, m->y, 28, PANGO_ALIGN_RIGHT, NULL);
        cairo_tag_end(m->cairo, CAIRO_TAG_LINK);
        cairo_tag_end(m->cairo, "TOCI");
        m->y += 14.4;
    }
}

/* What belongs to the record: the lists or rows behind it. */
static int owned(const struct record *records, int count, int at)
{
    int n = 0;
    while (at + 1 + n < count && (*records[at + 1 + n].field[0] == 'L' || *records[at + 1 + n].field[0] == 'R'))
        n++;
    return n;
}

static const struct record *note_of(const struct record *records, int count, int at)
{
    while (at < count && *records[at].field[0] != 'N')
        at++;
    return at < count ? &records[at] : NULL;
}

static void body(struct maker *m, const struct record *records, int count)
{
    int section = 0, part = 0;
    for (int i = 1; i < count; i++) {
        const struct record *r = &records[i];
        char kind = *r->field[0], dest[32];
        int own = owned(records, count, i);
        if (kind == 'S' || kind == 'H')
            name_dest(dest, kind, &section, &part);
        if (kind == 'S' || (kind == 'H' && part > 1))
            next_page(m);
        if (kind == 'S' || kind == 'H')
            heading(m, kind == 'S' ? HEADING : SUBHEADING, r, dest);
        if (kind == 'S' && note_of(records, count, i)) {
            double y = m->y;
            note(m, note_of(records, count, i));
            m->y = y;
        }
        if (kind == 'P')
            paragraph(m, r);
        if (kind == 'V' || kind == 'Z' || kind == 'D')
            caption(m, r);
        if (kind == 'V')
            bars(m, r + 1, own);
        if (kind == 'Z')
            hemicycle(m, r + 1, own);
        if (kind == 'D')
            table(m, r + 1, own);
        i += own;
    }
}

static struct record *read_records(const char *path, int *count)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(1);
    }
    size_t length = (size_t)ftell(file);
    char *bytes = calloc(length + 1, 1);
    rewind(file);
    if (fread(bytes, 1, length, file) != length)
        exit(1);
    fclose(file);
    struct record *records = calloc(length / COLUMNS + 1, sizeof *records);
    *count = 0;
    for (char *line_at = bytes; *line_at;) {
        char *end = strchr(line_at, '\n');
        *end = '\0';
        for (int k = 0; k < COLUMNS; k++) {
            records[*count].field[k] = line_at;
            line_at += strcspn(line_at, "\t");
            if (*line_at)
                *line_at++ = '\0';
        }
        line_at = end + 1;
        ++*count;
    }
    return records; /* the first field of the first is where the bytes begin */
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: cairo_pango PEERS.tsv OUT.pdf\n", stderr);
        return 2;
    }
    int count, sections = 0, lines = 0;
    struct record *records = read_records(argv[1], &count);
    for (int i = 0; i < count; i++) {
        sections += *records[i].field[0] == 'S';
        lines += *records[i].field[0] == 'S' || *records[i].field[0] == 'H';
    }
    int toc = (lines + TOC_LINES - 1) / TOC_LINES;
    struct maker m = { .title = &records[0], .page = 1, .pages = (toc ? 1 + toc : 1) + sections * SECTION_PAGES };
    m.surface = cairo_pdf_surface_create(argv[2], page_width, page_height);
    m.cairo = cairo_create(m.surface);
    m.layout = pango_cairo_create_layout(m.cairo);
    pango_cairo_context_set_resolution(pango_layout_get_context(m.layout), 72);
    m.languages[EN] = pango_language_from_string("en");
    m.languages[AR] = pango_language_from_string("ar");
    for (int f = 0; f < FONT_COUNT; f++)
        for (int l = 0; l < 2; l++)
            m.fonts[f][l] = pango_font_description_from_string(font_names[f][l]);
    pango_layout_set_auto_dir(m.layout, FALSE);
    cairo_pdf_surface_set_metadata(m.surface, CAIRO_PDF_METADATA_TITLE, records[0].field[1]);
    furniture(&m);
    cairo_tag_begin(m.cairo, "Document", NULL);
    pair(&m, TITLE, records[0].field[1], records[0].field[2], "H1");
    if (toc) {
        next_page(&m);
        contents(&m, records, count, toc + 2);
    }
    body(&m, records, count);
    cairo_tag_end(m.cairo, "Document");
    cairo_show_page(m.cairo);
    cairo_destroy(m.cairo);
    cairo_surface_finish(m.surface);
    cairo_status_t status = cairo_surface_status(m.surface);
    cairo_surface_destroy(m.surface);
    g_object_unref(m.layout);
    for (int f = 0; f < FONT_COUNT; f++)
        for (int l = 0; l < 2; l++)
            pango_font_description_free(m.fonts[f][l]);
    free((void *)records[0].field[0]);
    free(records);
    if (status || m.page != m.pages) {
        fprintf(stderr, "cairo_pango: %s; %d pages of %d\n", cairo_status_to_string(status), m.page, m.pages);
        return 1;
    }
    return 0;
}
