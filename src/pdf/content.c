/*
 * Content streams. A line is one text object in visual order; tags become marked content around whole lines
 * and paths, never inside one. Points stay points; y turns upwards here.
 */
#include "pdf/content.h"

#include "base/utf8.h"
#include "pdf/atoms.h"
#include "pdf/inks.h"
#include "pdf/tagged.h"
#include "text/bidi.h"

#include <math.h>
#include <stdlib.h>

enum { UNSET = 0xFFFFFFFF, ALM = 0x061C };

/* What was set last on the page, so that it is not set again. */
struct graphics {
    uint32_t fill, stroke;
    float width, dash, gap;
    bool over; /* what is below keeps its other inks */
};

struct content {
    struct pdf_fonts *fonts;
    struct pdf_pictures *pictures;
    struct inks *inks;
    enum dir binding;
    struct buf out;
    struct atoms plain, marked;
    struct tagged tagged;
    /* of the page */
    double width, height;
    bool rtl;
    long left, right;              /* letters, as poppler counts them */
    const struct text_line *shown; /* the line that was shown last, or NULL */
    double shown_x, shown_y;
    bool shown_placed;
    struct graphics graphics;
};

/* The pen inside a text object. */
struct pen {
    struct buf *out;
    const struct pdf_font *font;
    double size, origin, x, baseline, rise;
    bool in_array, in_string, after_mark, toggled, squeezed;
    const struct places *places; /* NULL: PDFium reads the line as it is drawn */
    const struct atom *last;     /* shown in the open array */
};

/* A text object begins and ends with a blank beside the page, which PDFium alone heeds: it sorts text objects by
 * where they begin, and puts a space between two where one does not begin at the other's end. The blank is U+0098,
 * a control character that PDFium takes out of the text, or a left-to-right mark. */
struct places {
    double first, step, width; /* points: where place 0 is; from place to place; of a blank */
    /* CIDs; the last two have no width, or PDFium would put a space before them, since there is a gap */
    unsigned first_blank, last_blank, mark;
};

struct content *content_new(struct pdf_fonts *fonts, struct pdf_pictures *pictures, struct structure *structure,
                            struct inks *inks, enum dir binding)
{
    struct content *c = xcalloc(1, sizeof *c);
    c->fonts = fonts;
    c->pictures = pictures;
    c->inks = inks;
    c->binding = binding;
    buf_init(&c->out);
    tagged_init(&c->tagged, structure, &c->out);
    return c;
}

void content_drop(struct content *c)
{
    if (!c)
        return;
    buf_drop(&c->out);
    tagged_drop(&c->tagged);
    atoms_drop(&c->plain);
    atoms_drop(&c->marked);
    free(c);
}

static void add_number(struct buf *b, double v)
{
    buf_add_real(b, v, 3);
    buf_add_char(b, ' ');
}

static void set_over(struct content *c, bool over)
{
    if (c->graphics.over != over)
        inks_add_overprint(&c->out, over);
    c->graphics.over = over;
}

static void set_fill(struct content *c, uint32_t rgb)
{
    if (c->graphics.fill != rgb)
        inks_add(c->inks, &c->out, rgb, false);
    c->graphics.fill = rgb;
}

/* --- paths --- */

static void set_stroke(struct content *c, const struct paint *p)
{
    struct graphics *g = &c->graphics;
    if (g->stroke != p->stroke_rgb)
        inks_add(c->inks, &c->out, p->stroke_rgb, true);
    if (g->width != p->width) {
        add_number(&c->out, p->width);
        buf_add_string(&c->out, "w\n");
    }
    if (g->dash != p->dash || g->gap != p->gap) {
        buf_add_char(&c->out, '[');
        if (p->dash > 0) {
            add_number(&c->out, p->dash);
            add_number(&c->out, p->gap);
        }
        buf_add_string(&c->out, "] 0 d\n");
    }
    *g = (struct graphics){ g->fill, p->stroke_rgb, p->width, p->dash, p->gap, g->over };
}

/* From a point of the page; y counts downwards. */
struct origin {
    double x, y;
    int decimals;
};

static void add_step(struct buf *out, const struct path_step *s, const struct origin *origin)
{
    static const struct {
        int points;
        const char *operator;
    } forms[] = {
        [PATH_MOVE] = { 1, "m\n" },
        [PATH_LINE] = { 1, "l\n" },
        [PATH_CURVE] = { 3, "c\n" },
        [PATH_CLOSE] = { 0, "h\n" },
    };
    for (int i = 0; i < forms[s->op].points; i++) {
        buf_add_real(out, s->x[i] - origin->x, origin->decimals);
        buf_add_char(out, ' ');
        buf_add_real(out, origin->y - s->y[i], origin->decimals);
        buf_add_char(out, ' ');
    }
    buf_add_string(out, forms[s->op].operator);
}

static bool has_curves(const struct scene_command *path)
{
    for (uint32_t i = 0; i < path->path.count; i++)
        if (path->path.steps[i].op == PATH_CURVE)
            return true;
    return false;
}

/* A round shape counts from where it begins, so that equal ones, as the seats of a chart, are the same bytes. */
static void move_to_start(struct content *c, const struct path_step *first, struct origin *origin)
{
    buf_add_string(&c->out, "q 1 0 0 1 ");
    add_number(&c->out, first->x[0]);
    add_number(&c->out, c->height - first->y[0]);
    buf_add_string(&c->out, "cm\n");
    *origin = (struct origin){ first->x[0], first->y[0], 2 };
}

static void show_path(struct content *c, const struct scene_command *command)
{
    const struct paint *p = &command->path.paint;
    if (!p->fill && !p->stroke)
        return;
    set_over(c, !p->fill && inks_overprints(c->inks, p->stroke_rgb)); /* lines do; areas cover what is below */
    if (p->fill)
        set_fill(c, p->fill_rgb);
    if (p->stroke)
        set_stroke(c, p);
    struct origin origin = { 0, c->height, 3 };
    bool round = has_curves(command);
    if (round)
        move_to_start(c, &command->path.steps[0], &origin);
    for (uint32_t i = 0; i < command->path.count; i++)
        add_step(&c->out, &command->path.steps[i], &origin);
    buf_add_string(&c->out, p->fill && p->stroke ? "B\n" : p->fill ? "f\n" : "S\n");
    if (round)
        buf_add_string(&c->out, "Q\n");
}

/* An image is a unit square, turned into the rectangle. */
static void show_image(struct content *c, const struct scene_command *command)
{
    set_over(c, false);
    buf_add_string(&c->out, "q\n");
    add_number(&c->out, command->image.width);
    buf_add_string(&c->out, "0 0 ");
    add_number(&c->out, command->image.height);
    add_number(&c->out, command->image.x);
    add_number(&c->out, c->height - command->image.y - command->image.height);
    buf_printf(&c->out, "cm\n/Im%zu Do\nQ\n", pdf_pictures_number(c->pictures, command->image.pixels));
}

/* --- text --- */

static void adjust(struct pen *p, double x);

static double set_size(const struct pen *p)
{
    return p->size + (p->toggled ? 0.001 : 0);
}

static double place_x(const struct pen *p, uint32_t place)
{
    return p->places->first + place * p->places->step;
}

static void add_string(struct pen *p, unsigned cid)
{
    buf_add_char(p->out, '<');
    pdf_add_hex16(p->out, cid);
    buf_add_char(p->out, '>');
}

static void end_place(struct pen *p)
{
    const struct places *places = p->places;
    adjust(p, place_x(p, p->last->place + 1));
    add_string(p, p->last->mark_after ? places->mark : places->last_blank);
    p->last = NULL;
}

static void close_array(struct pen *p)
{
    if (p->in_string)
        buf_add_char(p->out, '>');
    p->in_string = false;
    if (p->places && p->last)
        end_place(p);
    if (p->in_array)
        buf_add_string(p->out, "]TJ\n");
    p->in_array = false;
}

static void move_to(struct pen *p, double x)
{
    p->x = round(x * 1000) / 1000;
    buf_add_string(p->out, p->squeezed ? "5 0 0 1 " : "1 0 0 1 ");
    add_number(p->out, p->x);
    add_number(p->out, p->baseline);
    buf_add_string(p->out, "Tm\n");
}

/* pdf.js forgets the adjustment behind a character beside the page, but not a second one. */
static void begin_place(struct pen *p, const struct atom *a)
{
    move_to(p, place_x(p, a->place));
    buf_add_char(p->out, '[');
    add_string(p, p->places->first_blank);
    if (a->mark_before)
        add_string(p, p->places->mark);
    buf_add_string(p->out, "0.001 ");
    p->x += p->places->width;
    p->in_array = true;
}

static void set_font(struct pen *p)
{
    close_array(p);
    buf_add_char(p->out, '/');
    buf_add_string(p->out, pdf_font_name(p->font));
    buf_add_char(p->out, ' ');
    add_number(p->out, set_size(p));
    buf_add_string(p->out, "Tf\n");
}

/* The same glyphs through a narrower scale and a wider matrix. */
static void set_squeezed(struct pen *p, bool squeezed)
{
    close_array(p);
    buf_add_string(p->out, squeezed ? "20 Tz " : "100 Tz ");
    p->squeezed = squeezed;
    move_to(p, p->x);
}

/* Moves to the atom when that is a thousandth of an em away or more. */
static void adjust(struct pen *p, double x)
{
    double off = (p->x - x) * 1000 / set_size(p);
    if (fabs(off) < 1)
        return;
    if (p->in_string)
        buf_add_char(p->out, '>');
    p->in_string = false;
    int decimals = p->places ? 3 : 1;
    double unit = p->places ? 1000 : 10;
    off = round(off * unit) / unit;
    buf_add_real(p->out, off, decimals);
    p->x -= off * set_size(p) / 1000;
}

static void set_rise(struct pen *p, double rise)
{
    add_number(p->out, rise);
    buf_add_string(p->out, "Ts\n");
    p->rise = rise;
}

static void show_atom(struct pen *p, const struct atom *a)
{
    bool mark = bidi_is_control(a->code_point); /* a text object of its own */
    if (mark || p->after_mark)
        close_array(p);
    p->after_mark = mark;
    if (p->last && (a->place != p->last->place + 1 || a->apart || a->mark_before || p->last->mark_after))
        close_array(p);
    if (a->rise > 0 || p->rise > 0)
        set_rise(p, a->rise);
    bool text = p->places && !mark;
    if (!p->in_array && text)
        begin_place(p, a);
    else if (!p->in_array && p->places)
        move_to(p, p->origin + a->x);
    if (!p->in_array)
        buf_add_char(p->out, '[');
    p->in_array = true;
    if (text)
        p->last = a;
    adjust(p, p->origin + a->x);
    if (!p->in_string)
        buf_add_char(p->out, '<');
    p->in_string = true;
    pdf_add_hex16(p->out, a->cid);
    p->x += a->advance;
}

/* pdf.js reads a space after a word-final haraka; it does not while the text is squeezed. */
static void squeeze_at(struct pen *p, const struct atom *before, const struct atom *a)
{
    bool haraka = a->level & 1 && bidi_is_combining(a->code_point);
    if (before && bidi_is_space(before->code_point) && haraka)
        set_squeezed(p, true);
    else if (p->squeezed && bidi_is_space(a->code_point))
        set_squeezed(p, false);
}

static void show_atoms(struct content *c, const struct atoms *atoms, struct pen *p, enum dir dir, bool parted)
{
    set_font(p);
    add_number(p->out, p->x);
    add_number(p->out, p->baseline);
    buf_add_string(p->out, "Td\n");
    const struct atom *text_before = NULL;
    for (size_t i = 0; i < atoms->count; i++) {
        const struct atom *a = &atoms->items[i], *before = i ? a - 1 : NULL;
        /* pdf.js ends its items where the font's size changes; in left-to-right text, each direction wants
         * its own */
        if (dir == DIR_LTR && before && (before->level > 0) != (a->level > 0)) {
            p->toggled = !p->toggled;
            set_font(p);
        }
        if (parted && (!before || before->element != a->element)) {
            close_array(p);
            tagged_begin_part(&c->tagged, a->element);
        }
        squeeze_at(p, text_before, a);
        if (!bidi_is_control(a->code_point))
            text_before = a;
        bool over = inks_overprints(c->inks, a->rgb);
        if (c->graphics.fill != a->rgb || c->graphics.over != over) {
            close_array(p);
            set_over(c, over);
            set_fill(c, a->rgb);
        }
        show_atom(p, a);
    }
    close_array(p);
    if (parted)
        tagged_end_part(&c->tagged);
    if (p->squeezed)
        buf_add_string(p->out, "100 Tz\n");
}

static const struct font_face *first_face(const struct text_line *line)
{
    struct text_cluster c;
    for (struct text_walk walk = { .line = line }; text_walk_next(&walk, &c);)
        if (c.face)
            return c.face;
    return NULL;
}

/* As poppler does, which takes ALM, unknown to it, for a left-to-right letter. */
static void count_letters(struct content *c, const struct atoms *atoms)
{
    for (size_t i = 0; i < atoms->count; i++) {
        enum bidi_class class = bidi_class_of(atoms->items[i].code_point);
        if (class == BIDI_LEFT || atoms->items[i].code_point == ALM)
            c->left++;
        else if (class == BIDI_RIGHT)
            c->right++;
        c->left += atoms->items[i].marks.alm + atoms->items[i].marks.lrm;
    }
}

/* Two lines side by side on one baseline (a number and its note, the cells of a row) are one line for PDFium,
 * which then takes one direction for both, and pdf.js puts no space between them when the second stands to
 * the left. A blank at another height parts them. Its first character is U+0085, next line: white space for
 * poppler and mutool, and yet none that pdf.js would skip. Spaces follow, since PDFium gives no width to a
 * single blank. `bare`: no sequence is open, so that it is an artifact. */
static void part_lines(struct content *c, struct pdf_font *font, const struct text_line *line, double x,
                       double y, bool bare)
{
    if (!c->shown || fabs(y - c->shown_y) > fmaxf(line->size, c->shown->size))
        return;
    /* one direction, and onwards: one line for all readers */
    if (!c->rtl && x >= c->shown_x && !c->shown_placed && !c->marked.placed)
        return;
    struct glyph_recipe blank = { .code_point = 0x0085, .advance = (int32_t)pdf_font_upem(font) };
    unsigned next_line = pdf_font_cid(font, &blank);
    blank.code_point = ' ';
    unsigned space = pdf_font_cid(font, &blank);
    double away = 3 * (double)fmaxf(line->size, c->shown->size);
    buf_add_string(&c->out, bare ? "/Artifact BMC\n" : "");
    buf_add_string(&c->out, "BT\n/");
    buf_add_string(&c->out, pdf_font_name(font));
    buf_add_string(&c->out, " 1 Tf\n");
    add_number(&c->out, x);
    add_number(&c->out, y > c->height / 2 ? y - away : y + away); /* on the page, or it would be skipped */
    buf_add_string(&c->out, "Td\n<");
    pdf_add_hex16(&c->out, next_line);
    pdf_add_hex16(&c->out, space);
    pdf_add_hex16(&c->out, space);
    buf_add_string(&c->out, ">Tj\nET\n");
    buf_add_string(&c->out, bare ? "EMC\n" : "");
}

/* A blank at a line's end, so that who reads the element's content on does not join two words. Right-to-left
 * lines have their text on the element. */
static void end_word(struct content *c, struct pdf_font *font, const struct text_line *line)
{
    struct glyph_recipe blank = { .code_point = ' ', .advance = (int32_t)(pdf_font_upem(font) / 4) };
    const struct atom *last = &c->marked.items[c->marked.count - 1];
    if (line->continues && line->dir == DIR_LTR)
        atoms_add(&c->marked, (struct atom){ .code_point = ' ',
                                             .cid = pdf_font_cid(font, &blank),
                                             .x = last->x + last->advance,
                                             .advance = line->size / 4,
                                             .start = line->length,
                                             .rgb = last->rgb });
}

/* Two places are so far apart that PDFium does not take equal texts there for one that was printed twice. */
static struct places places_of(const struct content *c, struct pdf_font *font, const struct text_line *line)
{
    enum { CONTROL = 0x0098, LRM = 0x200E, BESIDE = 1000 };
    struct places p = { .first = c->width + BESIDE, .step = line->size * 2.0, .width = line->size / 2.0 };
    struct glyph_recipe blank = { .code_point = CONTROL }, mark = { .code_point = LRM };
    p.last_blank = pdf_font_cid(font, &blank);
    p.mark = pdf_font_cid(font, &mark);
    blank.advance = (int32_t)(pdf_font_upem(font) / 2);
    p.first_blank = pdf_font_cid(font, &blank);
    return p;
}

/* poppler makes a word of each mark and orders words by where they begin: a mark and the letter behind it begin in
 * one place, and the mark must come first, be it for the direction or on the letter. The step is too small to part
 * them. */
static void part_marks(struct atoms *atoms, double size)
{
    for (size_t i = 0; i < (atoms->placed ? atoms->count : 1); i++)
        if (bidi_is_control(atoms->items[i].code_point) || bidi_is_combining(atoms->items[i].code_point))
            atoms->items[i].x -= size / 500;
}

static void show_text(struct content *c, const struct scene_command *command)
{
    const struct text_line *line = command->text.line;
    const float x = command->text.x;
    const struct font_face *face = first_face(line);
    if (!face)
        return;
    struct pdf_font *font = pdf_fonts_get(c->fonts, line->role, line->weight, face);
    atoms_take_line(&c->plain, font, line);
    atoms_add_marks(&c->plain, &c->marked, font, line->size, line->dir, c->rtl);
    if (!c->marked.count)
        return;
    end_word(c, font, line);
    if (line->dir == DIR_RTL)
        atoms_mark_for_pdfjs(&c->marked, font);
    atoms_give_places(&c->marked, c->binding == DIR_RTL);
    /* Text objects in another order than the line's cannot be parts of it too. */
    bool parted = !c->marked.placed && tagged_part(&c->tagged, command, &c->marked);
    count_letters(c, &c->marked);
    struct pen pen = { .out = &c->out, .font = font, .size = line->size, .origin = x };
    pen.baseline = c->height - command->text.baseline;
    tagged_begin_line(&c->tagged, command, parted);
    part_lines(c, font, line, x, pen.baseline, parted); /* a parted line's sequences begin in its text object */
    c->shown = line;
    c->shown_x = x;
    c->shown_y = pen.baseline;
    part_marks(&c->marked, line->size);
    pen.x = round((x + c->marked.items[0].x) * 1000) / 1000;
    c->shown_placed = c->marked.placed;
    struct places places;
    if (c->marked.placed) {
        places = places_of(c, font, line);
        pen.places = &places;
    }
    buf_add_string(&c->out, "BT\n");
    show_atoms(c, &c->marked, &pen, line->dir, parted);
    buf_add_string(&c->out, "ET\n");
    tagged_end_line(&c->tagged, command, parted);
}

/* poppler takes the majority of a page's letters for its direction: where that is not the one that the marks
 * were set for, an invisible artifact of marks must tip it. */
static void tip_direction(struct content *c)
{
    enum { MARGIN = 8, LIMIT = 15000 /* a string holds 32767 bytes */ };
    long surplus = c->rtl ? c->left - c->right : c->right - c->left - 1;
    if (!c->shown || surplus < 0)
        return;
    struct pdf_font *font = pdf_fonts_get(c->fonts, c->shown->role, c->shown->weight, first_face(c->shown));
    struct glyph_recipe blank = { .code_point = c->rtl ? 0x200F : 0x200E };
    buf_add_string(&c->out, "/Artifact BMC\n/Span <</ActualText <FEFF");
    for (long i = 0; i < surplus + MARGIN && i < LIMIT; i++)
        pdf_add_utf16(&c->out, blank.code_point);
    buf_printf(&c->out, ">>> BDC\nBT /%s 4 Tf 10 10 Td <", pdf_font_name(font));
    pdf_add_hex16(&c->out, pdf_font_cid(font, &blank));
    buf_add_string(&c->out, "> Tj ET\nEMC\nEMC\n");
}

/* --- pages --- */

static bool has_others_than_arabic(const struct text_line *line)
{
    for (const char *p = line->text; p < line->text + line->length;) {
        enum bidi_class class = bidi_class_of(utf8_next(&p));
        if (class == BIDI_LEFT || class == BIDI_WEAK)
            return true;
    }
    return false;
}

/* The direction that poppler is to take for the page: a line of the other one comes back only where it has letters
 * of one kind. In doubt right-to-left, for lines side by side. */
static bool is_right_to_left(const struct scene_page *page)
{
    size_t right = 0, mixed_right = 0, mixed_left = 0;
    for (size_t i = 0; i < page->command_count; i++) {
        if (page->commands[i].kind != SCENE_TEXT)
            continue;
        const struct text_line *line = page->commands[i].text.line;
        right += line->dir == DIR_RTL;
        mixed_right += line->dir == DIR_RTL && has_others_than_arabic(line);
        mixed_left += line->dir == DIR_LTR && line->any_rtl;
    }
    return right && 2 * mixed_right >= mixed_left;
}

static void show_command(struct content *c, const struct scene_command *command)
{
    switch (command->kind) {
    case SCENE_TEXT:
        show_text(c, command);
        break;
    case SCENE_PATH:
        tagged_draw(&c->tagged);
        show_path(c, command);
        break;
    case SCENE_IMAGE:
        tagged_draw(&c->tagged);
        show_image(c, command);
        break;
    case SCENE_TAG_BEGIN:
        tagged_begin(&c->tagged, command->tag);
        break;
    case SCENE_ARTIFACT_BEGIN:
        tagged_begin_artifact(&c->tagged, command->artifact);
        break;
    case SCENE_TAG_END:
    case SCENE_ARTIFACT_END:
        tagged_end(&c->tagged);
        break;
    }
}

static bool is_drawing(const struct scene_command *command)
{
    return command->kind == SCENE_TEXT || command->kind == SCENE_PATH || command->kind == SCENE_IMAGE;
}

struct buf *content_page(struct content *c, const struct scene_page *page)
{
    buf_clear(&c->out);
    c->width = page->width;
    c->height = page->height;
    c->rtl = is_right_to_left(page);
    c->left = c->right = 0;
    c->shown = NULL;
    c->graphics = (struct graphics){ .fill = UNSET, .stroke = UNSET };
    bool tagged = false, bare = false; /* bare: drawing that nobody tagged is an artifact */
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *command = &page->commands[i];
        if (bare != (is_drawing(command) && !tagged)) {
            bare = !bare;
            if (bare)
                tagged_begin_artifact(&c->tagged, ARTIFACT_LAYOUT);
            else
                tagged_end(&c->tagged);
        }
        if (!is_drawing(command))
            tagged = command->kind == SCENE_TAG_BEGIN || command->kind == SCENE_ARTIFACT_BEGIN;
        show_command(c, command);
    }
    if (bare)
        tagged_end(&c->tagged);
    tip_direction(c);
    return &c->out;
}
