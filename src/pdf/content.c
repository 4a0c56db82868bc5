/*
 * Content streams. A line is shown in visual order; tags become marked content around whole lines and paths, never
 * inside one. Points stay points; y turns upwards here.
 */
#include "pdf/content.h"

#include "base/utf8.h"
#include "pdf/atoms.h"
#include "pdf/inks.h"
#include "pdf/tagged.h"
#include "pdf/text_object.h"
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
    struct text_object text;
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

/* The pen on a line. */
struct pen {
    struct text_object *text;
    const struct pdf_font *font;
    double size, origin, x, baseline;
    bool after_mark, toggled;
    const struct places *places; /* NULL: PDFium reads the line as it is drawn */
    const struct atom *last;     /* is being shown at its place */
};

/* A text object (to PDFium: what one operator shows) begins and ends with a blank beside the page, which PDFium alone
 * heeds: it sorts text objects by where they begin, and puts a space between two where one does not begin where the
 * other ends. The blank is U+0098, a control character that PDFium takes out of the text, or a left-to-right mark. */
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
    tagged_init(&c->tagged, structure, &c->out, &c->text);
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

/* Places on the page are rounded to hundredths of a point, 3.5 µm. */
static void add_place(struct buf *b, double v)
{
    buf_add_real(b, v, 2);
    buf_add_char(b, ' ');
}

/* On the page, which y counts downwards from. */
struct origin {
    double x, y;
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
        add_place(out, s->x[i] - origin->x);
        add_place(out, origin->y - s->y[i]);
    }
    buf_add_string(out, forms[s->op].operator);
}

static bool is_line(const struct path_step *s, float x, float y)
{
    return s->op == PATH_LINE && s->x[0] == x && s->y[0] == y;
}

/* A rectangle that begins with a level side, as a bar or a cell. */
static bool is_rectangle(const struct scene_command *path)
{
    const struct path_step *s = path->path.steps;
    return path->path.count == 5 && s[0].op == PATH_MOVE && s[4].op == PATH_CLOSE &&
           is_line(&s[1], s[1].x[0], s[0].y[0]) && is_line(&s[2], s[1].x[0], s[2].y[0]) &&
           is_line(&s[3], s[0].x[0], s[2].y[0]);
}

/* Its sides are those between the rounded corners, so that neighbours meet. */
static void add_rectangle(struct content *c, const struct path_step *s)
{
    double left = round(s[0].x[0] * 100.0), right = round(s[2].x[0] * 100.0);
    double top = round((c->height - s[0].y[0]) * 100), bottom = round((c->height - s[2].y[0]) * 100);
    add_place(&c->out, left / 100);
    add_place(&c->out, top / 100);
    add_place(&c->out, (right - left) / 100);
    add_place(&c->out, (bottom - top) / 100);
    buf_add_string(&c->out, "re\n");
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
    add_place(&c->out, first->x[0]);
    add_place(&c->out, c->height - first->y[0]);
    buf_add_string(&c->out, "cm\n");
    *origin = (struct origin){ first->x[0], first->y[0] };
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
    struct origin origin = { 0, c->height };
    bool round = has_curves(command);
    if (round)
        move_to_start(c, &command->path.steps[0], &origin);
    bool rectangle = is_rectangle(command);
    if (rectangle)
        add_rectangle(c, command->path.steps);
    for (uint32_t i = 0; i < command->path.count && !rectangle; i++)
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

static void end_place(struct pen *p)
{
    const struct places *places = p->places;
    adjust(p, place_x(p, p->last->place + 1));
    text_object_add(p->text, p->last->mark_after ? places->mark : places->last_blank);
    p->last = NULL;
}

static void show(struct pen *p)
{
    if (p->last)
        end_place(p);
    text_object_show(p->text);
}

static void move(struct pen *p, long back)
{
    text_object_move(p->text, back);
    p->x -= (double)back * set_size(p) / 1000;
}

/* pdf.js forgets the adjustment behind a character beside the page, but not a second one. */
static void begin_place(struct pen *p, const struct atom *a)
{
    p->x = text_object_place(p->text, place_x(p, a->place), p->baseline);
    text_object_add(p->text, p->places->first_blank);
    if (a->mark_before)
        text_object_add(p->text, p->places->mark);
    p->x += p->places->width;
    move(p, 1);
}

static void set_font(struct pen *p)
{
    show(p);
    text_object_set_font(p->text, p->font, set_size(p));
}

/* Moves to the atom when that is a thousandth of an em away or more. */
static void adjust(struct pen *p, double x)
{
    double off = (p->x - x) * 1000 / set_size(p);
    if (fabs(off) >= 1)
        move(p, lround(off));
}

static void show_atom(struct pen *p, const struct atom *a)
{
    bool mark = bidi_is_control(a->code_point); /* shown alone */
    if (mark || p->after_mark)
        show(p);
    p->after_mark = mark;
    if (p->last && (a->place != p->last->place + 1 || a->apart || a->mark_before || p->last->mark_after))
        show(p);
    text_object_set_rise(p->text, a->rise);
    bool placed = p->places && !mark;
    if (placed && !p->last)
        begin_place(p, a);
    else if (p->places && mark)
        p->x = text_object_place(p->text, p->origin + a->x, p->baseline);
    if (placed)
        p->last = a;
    adjust(p, p->origin + a->x);
    text_object_add(p->text, a->cid);
    p->x += a->advance;
}

/* pdf.js reads a space after a word-final haraka; it does not while the text is squeezed. */
static void squeeze_at(struct pen *p, const struct atom *before, const struct atom *a)
{
    enum { HARAKA = 5 };
    if (a->squeeze ? p->text->squeezed != a->squeeze : before && before->squeeze) {
        show(p);
        p->x = text_object_squeeze(p->text, a->squeeze, p->x, p->baseline);
        return;
    }
    bool haraka = a->level & 1 && bidi_is_combining(a->code_point);
    bool begins = before && bidi_is_space(before->code_point) && haraka;
    if (!begins && !(p->text->squeezed && bidi_is_space(a->code_point)))
        return;
    show(p);
    p->x = text_object_squeeze(p->text, begins ? HARAKA : 0, p->x, p->baseline);
}

static void show_atoms(struct content *c, const struct atoms *atoms, struct pen *p, enum dir dir, bool parted)
{
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
            show(p);
            tagged_begin_part(&c->tagged, a->element);
        }
        squeeze_at(p, text_before, a);
        if (!bidi_is_control(a->code_point))
            text_before = a;
        bool over = inks_overprints(c->inks, a->rgb);
        if (c->graphics.fill != a->rgb || c->graphics.over != over) {
            show(p);
            set_over(c, over);
            set_fill(c, a->rgb);
        }
        show_atom(p, a);
    }
    show(p);
    if (parted)
        tagged_end_part(&c->tagged);
    text_object_set_rise(p->text, 0);
    if (p->text->squeezed)
        text_object_squeeze(p->text, 0, p->x, p->baseline);
}

/* The upright one: the font that is named after it serves the lines of its role and weight without italics too. */
static const struct font_face *first_face(const struct text_line *line)
{
    struct text_cluster c;
    for (struct text_walk walk = { .line = line }; text_walk_next(&walk, &c);)
        if (c.face)
            return c.face->upright ? c.face->upright : c.face;
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
 * the left. */
static bool are_side_by_side(const struct content *c, const struct text_line *line, double x, double y)
{
    if (!c->shown || fabs(y - c->shown_y) > (double)fmaxf(line->size, c->shown->size))
        return false;
    /* one direction, and onwards: one line for all readers */
    return c->rtl || x < c->shown_x || c->shown_placed || c->marked.placed;
}

/* A blank at another height parts the two. Its first character is U+0085, next line: white space for poppler and
 * mutool, and yet none that pdf.js would skip. Spaces follow, since PDFium gives no width to a single blank. `bare`:
 * no sequence is open, so that it is an artifact. */
static void part_lines(struct content *c, struct pen *p, struct pdf_font *font, const struct text_line *line, bool bare)
{
    struct glyph_recipe blank = { .code_point = 0x0085, .advance = (int32_t)(pdf_font_upem(font) / 8) };
    unsigned next_line = pdf_font_cid(font, &blank);
    blank.code_point = ' ';
    unsigned space = pdf_font_cid(font, &blank);
    double away = ceil(3 * (double)fmaxf(line->size, c->shown->size));
    away = p->baseline > c->height / 2 ? -away : away; /* on the page, or it would be skipped */
    buf_add_string(&c->out, bare ? "/Artifact BMC\n" : "");
    text_object_place(p->text, p->x, p->baseline + away);
    text_object_add(p->text, next_line);
    text_object_add(p->text, space);
    text_object_add(p->text, space);
    text_object_show(p->text);
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
    struct places p = { .first = ceil(c->width) + BESIDE, .step = ceil(line->size * 2.0), .width = line->size / 2.0 };
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
        atoms_mark_for_pdfjs(&c->marked, font, line->size);
    else if (line->any_rtl)
        atoms_mark_parts_for_pdfjs(&c->marked, font, line->size);
    atoms_give_places(&c->marked, c->binding == DIR_RTL);
    /* Text objects in another order than the line's cannot be parts of it too. */
    bool parted = !c->marked.placed && tagged_part(&c->tagged, command, &c->marked);
    count_letters(c, &c->marked);
    struct pen pen = { .text = &c->text, .font = font, .size = line->size, .origin = x };
    pen.baseline = c->height - command->text.baseline;
    tagged_begin_line(&c->tagged, command, parted);
    bool parting = are_side_by_side(c, line, x, pen.baseline);
    c->shown_x = x;
    c->shown_y = pen.baseline;
    c->shown_placed = c->marked.placed;
    part_marks(&c->marked, line->size);
    struct places places;
    if (c->marked.placed) {
        places = places_of(c, font, line);
        pen.places = &places;
    }
    set_font(&pen);
    pen.x = x + c->marked.items[0].x;
    if (parting)
        part_lines(c, &pen, font, line, parted); /* a parted line's sequences begin in its text */
    if (!pen.places)
        pen.x = text_object_place(&c->text, pen.x, pen.baseline);
    c->shown = line;
    show_atoms(c, &c->marked, &pen, line->dir, parted);
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
    buf_add_string(&c->out, ">>> BDC\n");
    text_object_set_font(&c->text, font, 4);
    text_object_place(&c->text, 10, 10);
    text_object_add(&c->text, pdf_font_cid(font, &blank));
    text_object_close(&c->text);
    buf_add_string(&c->out, "EMC\nEMC\n");
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

static bool is_drawing(const struct scene_command *command)
{
    return command->kind == SCENE_TEXT || command->kind == SCENE_PATH || command->kind == SCENE_IMAGE;
}

/* Whether what is drawn from there on, up to the next tag or the end of this one, is text alone. */
static bool is_text_alone(const struct scene_page *page, size_t from)
{
    for (size_t i = from; i < page->command_count && is_drawing(&page->commands[i]); i++)
        if (page->commands[i].kind != SCENE_TEXT)
            return false;
    return true;
}

static void show_command(struct content *c, const struct scene_page *page, size_t index)
{
    const struct scene_command *command = &page->commands[index];
    switch (command->kind) {
    case SCENE_TEXT:
        show_text(c, command);
        break;
    case SCENE_PATH:
        text_object_close(&c->text);
        tagged_draw(&c->tagged);
        show_path(c, command);
        break;
    case SCENE_IMAGE:
        text_object_close(&c->text);
        tagged_draw(&c->tagged);
        show_image(c, command);
        break;
    case SCENE_TAG_BEGIN:
        tagged_begin(&c->tagged, command->tag, is_text_alone(page, index + 1));
        break;
    case SCENE_ARTIFACT_BEGIN:
        tagged_begin_artifact(&c->tagged, command->artifact, is_text_alone(page, index + 1));
        break;
    case SCENE_TAG_END:
    case SCENE_ARTIFACT_END:
        tagged_end(&c->tagged);
        break;
    }
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
    text_object_begin_page(&c->text, &c->out);
    bool tagged = false, bare = false; /* bare: drawing that nobody tagged is an artifact */
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *command = &page->commands[i];
        if (bare != (is_drawing(command) && !tagged)) {
            bare = !bare;
            if (bare)
                tagged_begin_artifact(&c->tagged, ARTIFACT_LAYOUT, is_text_alone(page, i));
            else
                tagged_end(&c->tagged);
        }
        if (!is_drawing(command))
            tagged = command->kind == SCENE_TAG_BEGIN || command->kind == SCENE_ARTIFACT_BEGIN;
        show_command(c, page, i);
    }
    if (bare)
        tagged_end(&c->tagged);
    text_object_close(&c->text);
    tip_direction(c);
    return &c->out;
}
