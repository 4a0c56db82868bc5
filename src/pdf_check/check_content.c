/*
 * What pages show: operators, marked content, colours, images. Takes a content stream as a row of operators with their
 * operands; the codes of its texts go to check_fonts.
 */
#include "pdf_check/checker.h"

#include <string.h>

#include "base/progress.h"

enum { OPERANDS = 40, MARKS = 64, FORMS = 8, Q_MOST = 28 };

enum mark { MARK_PLAIN, MARK_TAGGED, MARK_ARTIFACT };

/* Of the graphics state, what q keeps. The first of two is of filling, the second of strokes. */
struct graphics {
    struct font_use *font;     /* NULL: none */
    bool over[2], mixed[2];    /* overprints; in a colour space of an ICC profile of four inks */
    bool mode;                 /* overprint mode is 1 */
};
struct known_word;

/* What goes on through a page and the forms that it draws. */
struct run {
    struct checker *c;
    struct page *page;
    struct cos resources;
    unsigned number;             /* object of the page or form */
    struct cos operands[OPERANDS];
    size_t operand_count;
    enum mark marks[MARKS];
    size_t mark_count, tagged, artifacts;
    struct graphics now, kept[Q_MOST]; /* at each open q */
    struct buf text;           /* what is shown */
    size_t q, forms;
    size_t text_marks;         /* mark_count where the text object began */
    bool in_text, broken;
    const struct known_word *places; /* list_operators */
};

static void run_stream(struct run *, const struct buf *);

static struct cos operand(const struct run *r, size_t i)
{
    return i < r->operand_count ? r->operands[i] : cos_of(COS_NONE, NULL, NULL);
}

static struct cos resource(struct run *r, const char *kind, struct cos name, unsigned *number)
{
    const struct cos found = cos_get_named(checker_get(r->c, r->resources, kind), name);
    const struct cos v = reader_resolve(r->c->reader, found);
    if (v.kind == COS_NONE || v.kind == COS_BAD) {
        int length = name.kind == COS_NAME ? (int)(name.end - name.at - 1 < 60 ? name.end - name.at - 1 : 60) : 0;
        fault_with(r->c, RULE_RESOURCE, r->number, "%s %.*s", kind, length, length ? name.at + 1 : "");
    }
    *number = found.kind == COS_REFERENCE ? cos_reference(found) : r->number;
    return v;
}

/* --- colours --- */

enum { SPACE_DEPTH = 6 };

static void check_colours(struct run *r, enum output_colours used, unsigned number)
{
    enum output_colours output = r->c->output;
    if (used == OUTPUT_RGB && output != OUTPUT_RGB)
        fault(r->c, RULE_COLOUR_RGB, number);
    if (used == OUTPUT_CMYK && output != OUTPUT_CMYK)
        fault(r->c, RULE_COLOUR_CMYK, number);
    if (used == OUTPUT_GREY && output == OUTPUT_NONE)
        fault(r->c, RULE_COLOUR_GREY, number);
}

static void check_space(struct run *r, struct cos space, unsigned number, int depth)
{
    static const struct {
        const char *name;
        enum output_colours colours;
    } device[] = { { "DeviceRGB", OUTPUT_RGB }, { "DeviceCMYK", OUTPUT_CMYK }, { "DeviceGray", OUTPUT_GREY } };
    space = reader_resolve(r->c->reader, space);
    for (size_t i = 0; i < sizeof device / sizeof *device; i++)
        if (cos_is_name(space, device[i].name))
            check_colours(r, device[i].colours, number);
    if (space.kind != COS_ARRAY || depth > SPACE_DEPTH)
        return;
    struct cursor in = cos_inside(space);
    const struct cos kind = cos_next(&in, true), second = cos_next(&in, true), third = cos_next(&in, true);
    if (cos_is_name(kind, "Indexed") || cos_is_name(kind, "Pattern"))
        check_space(r, second, number, depth + 1);
    else if (cos_is_name(kind, "Separation") || cos_is_name(kind, "DeviceN"))
        check_space(r, third, number, depth + 1);
    else if (cos_is_name(kind, "ICCBased") &&
             checker_profile(r->c, reader_resolve(r->c->reader, second)) == OUTPUT_NONE)
        fault(r->c, RULE_COLOUR_ICC, cos_reference(second));
    else
        check_space(r, kind, number, depth + 1);
}

/* Of an array, or of the name of one in the resources, which were looked up. */
static bool is_mixed(struct run *r, struct cos space)
{
    struct cursor in = cos_inside(reader_resolve(r->c->reader, space));
    return cos_is_name(cos_next(&in, true), "ICCBased") &&
           checker_profile(r->c, reader_resolve(r->c->reader, cos_next(&in, true))) == OUTPUT_CMYK;
}

static void set_space(struct run *r, bool stroke)
{
    static const char *const own[] = { "DeviceRGB", "DeviceCMYK", "DeviceGray", "Pattern" };
    const struct cos name = operand(r, 0);
    unsigned number;
    r->now.mixed[stroke] = false;
    check_space(r, name, r->number, 0);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (cos_is_name(name, own[i]))
            return;
    const struct cos space = resource(r, "ColorSpace", name, &number);
    check_space(r, space, number, 0);
    r->now.mixed[stroke] = is_mixed(r, space);
}

static void set_shading(struct run *r)
{
    unsigned number;
    const struct cos shading = resource(r, "Shading", operand(r, 0), &number);
    check_space(r, cos_get(shading, "ColorSpace"), number, 0);
}

/* The colours in which a page or form is put together. */
static void check_group(struct run *r, struct cos of, unsigned number)
{
    check_space(r, cos_get(checker_get(r->c, of, "Group"), "CS"), number, 0);
}

/* --- graphics states, images, forms --- */

static void check_intent_name(struct run *r, struct cos name, unsigned number)
{
    static const char *const known[] = { "RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation" };
    bool good = name.kind == COS_NONE;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        good |= cos_is_name(name, known[i]);
    if (!good)
        fault(r->c, RULE_INTENT_NAME, number);
}

static void check_blend(struct run *r, struct cos mode, unsigned number)
{
    static const char *const known[] = { "Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten",
                                         "ColorDodge", "ColorBurn", "HardLight", "SoftLight", "Difference",
                                         "Exclusion", "Hue", "Saturation", "Color", "Luminosity" };
    bool good = mode.kind == COS_NONE;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        good |= cos_is_name(mode, known[i]);
    if (!good)
        fault(r->c, RULE_BLEND, number);
}

/* OP is of both where there is no op. */
static void set_overprint(struct run *r, struct cos state)
{
    const struct cos both = checker_get(r->c, state, "OP"), fill = checker_get(r->c, state, "op");
    const struct cos mode = checker_get(r->c, state, "OPM");
    if (both.kind != COS_NONE)
        r->now.over[0] = r->now.over[1] = cos_is_true(both);
    if (fill.kind != COS_NONE)
        r->now.over[0] = cos_is_true(fill);
    if (mode.kind != COS_NONE)
        r->now.mode = cos_integer(mode, 0) == 1;
}

static void set_state(struct run *r)
{
    unsigned number;
    const struct cos state = resource(r, "ExtGState", operand(r, 0), &number);
    const struct cos other = checker_get(r->c, state, "TR2");
    if (cos_get(state, "TR").kind != COS_NONE || cos_get(state, "HTP").kind != COS_NONE ||
        (other.kind != COS_NONE && !cos_is_name(other, "Default")))
        fault(r->c, RULE_GRAPHICS_STATE, number);
    set_overprint(r, state);
    check_blend(r, checker_get(r->c, state, "BM"), number);
    check_intent_name(r, checker_get(r->c, state, "RI"), number);
}

static void check_image(struct run *r, struct cos image, unsigned number)
{
    const struct cos bits = checker_get(r->c, image, "BitsPerComponent"), mask = cos_get(image, "SMask");
    bool is_mask = cos_is_true(checker_get(r->c, image, "ImageMask"));
    int64_t n = cos_integer(bits, is_mask ? 1 : 8);
    if (cos_get(image, "Alternates").kind != COS_NONE || cos_get(image, "OPI").kind != COS_NONE ||
        cos_is_true(checker_get(r->c, image, "Interpolate")))
        fault(r->c, RULE_IMAGE, number);
    if ((is_mask && n != 1) || (n != 1 && n != 2 && n != 4 && n != 8 && n != 16))
        fault_with(r->c, RULE_IMAGE_BITS, number, "%d", (int)n);
    check_intent_name(r, checker_get(r->c, image, "Intent"), number);
    check_space(r, cos_get(image, "ColorSpace"), number, 0);
    if (mask.kind == COS_REFERENCE && cos_reference(mask) != number &&
        cos_get(reader_resolve(r->c->reader, mask), "SMask").kind == COS_NONE)
        check_image(r, reader_resolve(r->c->reader, mask), cos_reference(mask));
}

static void draw_form(struct run *r, struct cos form, unsigned number)
{
    const struct cos own = checker_get(r->c, form, "Resources"), before = r->resources;
    unsigned outer = r->number;
    struct buf stream;
    if (cos_get(form, "Ref").kind != COS_NONE || cos_get(form, "PS").kind != COS_NONE ||
        cos_get(form, "OPI").kind != COS_NONE || cos_get(form, "Subtype2").kind != COS_NONE)
        fault(r->c, RULE_XOBJECT, number);
    check_group(r, form, number);
    buf_init(&stream);
    if (r->forms == FORMS || !reader_stream(r->c->reader, form, &stream)) {
        fault_with(r->c, RULE_CONTENT_FORM, number, "its bytes cannot be had");
    } else {
        r->forms++;
        r->resources = own;
        r->number = number;
        run_stream(r, &stream);
        r->resources = before;
        r->number = outer;
        r->forms--;
    }
    buf_drop(&stream);
}

static void draw_object(struct run *r)
{
    unsigned number;
    const struct cos object = resource(r, "XObject", operand(r, 0), &number);
    const struct cos kind = checker_get(r->c, object, "Subtype");
    if (cos_is_name(kind, "Image"))
        check_image(r, object, number);
    else if (cos_is_name(kind, "Form"))
        draw_form(r, object, number);
    else if (object.kind == COS_DICT)
        fault(r->c, RULE_XOBJECT, number);
}

/* --- marked content --- */

static void take_mcid(struct run *r, int64_t mcid)
{
    struct checker *c = r->c;
    struct page *p = r->page;
    if (mcid < 0 || mcid > INT16_MAX) {
        fault_with(c, RULE_MCID, r->number, "%d", (int)mcid);
        return;
    }
    for (; p->marked <= (size_t)mcid; p->marked++) {
        if (c->owner_count == c->owner_room) {
            c->owner_room += c->owner_room / 8 + 1024; /* of a long table's half a million */
            c->owners = xrealloc(c->owners, c->owner_room, sizeof *c->owners);
        }
        c->owners[c->owner_count++] = OWNER_ABSENT;
    }
    uint32_t *owner = &c->owners[p->first + (size_t)mcid];
    if (*owner != OWNER_ABSENT)
        fault_with(c, RULE_MCID, r->number, "%d", (int)mcid);
    *owner = OWNER_NONE;
}

static void begin_mark(struct run *r, bool with_properties)
{
    struct cos properties = with_properties ? operand(r, 1) : cos_of(COS_NONE, NULL, NULL);
    unsigned number;
    if (properties.kind == COS_NAME)
        properties = resource(r, "Properties", properties, &number);
    const struct cos mcid = checker_get(r->c, properties, "MCID"), lang = checker_get(r->c, properties, "Lang");
    bool artifact = cos_is_name(operand(r, 0), "Artifact"), tagged = mcid.kind != COS_NONE && !artifact;
    if (artifact && r->tagged)
        fault(r->c, RULE_ARTIFACT_INSIDE, r->number);
    if (tagged && (r->artifacts || r->tagged))
        fault(r->c, RULE_TAGGED_INSIDE, r->number);
    if (lang.kind != COS_NONE && !checker_is_language(lang))
        fault(r->c, RULE_CONTENT_LANG, r->number);
    if (tagged)
        take_mcid(r, cos_integer(mcid, -1));
    if (r->mark_count == MARKS) {
        r->broken = true;
        return;
    }
    r->marks[r->mark_count++] = artifact ? MARK_ARTIFACT : tagged ? MARK_TAGGED : MARK_PLAIN;
    r->tagged += tagged;
    r->artifacts += artifact;
}

static void end_mark(struct run *r)
{
    if (r->mark_count <= (r->in_text ? r->text_marks : 0)) { /* a text object and marked content hold one another */
        r->broken = true;
        return;
    }
    enum mark mark = r->marks[--r->mark_count];
    r->tagged -= mark == MARK_TAGGED;
    r->artifacts -= mark == MARK_ARTIFACT;
}

/* --- operators --- */

static void set_font(struct run *r)
{
    unsigned number;
    resource(r, "Font", operand(r, 0), &number);
    r->now.font = fonts_use(r->c, number);
}

static void show(struct run *r, struct cos v)
{
    if (v.kind != COS_STRING && v.kind != COS_HEX)
        return;
    buf_clear(&r->text);
    cos_add_string(v, &r->text);
    if (r->text.length && !r->now.font)
        r->broken = true;
    else if (r->text.length)
        fonts_show(r->now.font, r->text.data, r->text.length);
}

static void show_text(struct run *r)
{
    const struct cos v = operand(r, r->operand_count - 1);
    struct cursor in = cos_inside(v);
    r->broken |= !r->in_text || !r->operand_count;
    show(r, v);
    for (struct cos part; (part = cos_next(&in, false)).kind != COS_NONE;)
        show(r, part);
}

static void open_q(struct run *r)
{
    if (r->q >= Q_MOST)
        fault(r->c, RULE_Q_NESTED, r->number);
    else
        r->kept[r->q] = r->now;
    r->q++;
}

static void close_q(struct run *r)
{
    r->broken |= r->q == 0;
    r->q -= r->q > 0;
    if (r->q < Q_MOST)
        r->now = r->kept[r->q];
}

/* What an operator does; DRAWS must be marked. */
enum deed { NOTHING, DRAWS, TEXT, BEGIN_TEXT, END_TEXT, FONT, OPEN, CLOSE, MARK, MARK_WITH, END_MARK, GREY, RGB, CMYK,
            SPACE, STATE, OBJECT, INTENT, SHADING };

static const struct operator {
    const char *word;
    enum deed deed;
    int operands; /* -1: any number */
} operators[] = {
    { "Tj", TEXT, 1 }, { "TJ", TEXT, 1 }, { "'", TEXT, 1 }, { "\"", TEXT, 3 }, { "BT", BEGIN_TEXT, 0 },
    { "ET", END_TEXT, 0 }, { "Tf", FONT, 2 }, { "Tm", NOTHING, 6 }, { "Td", NOTHING, 2 }, { "TD", NOTHING, 2 },
    { "T*", NOTHING, 0 }, { "Tc", NOTHING, 1 }, { "Tw", NOTHING, 1 }, { "Tz", NOTHING, 1 }, { "TL", NOTHING, 1 },
    { "Ts", NOTHING, 1 }, { "Tr", NOTHING, 1 }, { "m", NOTHING, 2 }, { "l", NOTHING, 2 }, { "c", NOTHING, 6 },
    { "v", NOTHING, 4 }, { "y", NOTHING, 4 }, { "h", NOTHING, 0 }, { "re", NOTHING, 4 }, { "n", NOTHING, 0 },
    { "f", DRAWS, 0 }, { "S", DRAWS, 0 }, { "s", DRAWS, 0 }, { "F", DRAWS, 0 }, { "f*", DRAWS, 0 },
    { "B", DRAWS, 0 }, { "B*", DRAWS, 0 }, { "b", DRAWS, 0 }, { "b*", DRAWS, 0 }, { "W", NOTHING, 0 },
    { "W*", NOTHING, 0 }, { "w", NOTHING, 1 }, { "J", NOTHING, 1 }, { "j", NOTHING, 1 }, { "M", NOTHING, 1 },
    { "d", NOTHING, 2 }, { "i", NOTHING, 1 }, { "q", OPEN, 0 }, { "Q", CLOSE, 0 }, { "cm", NOTHING, 6 },
    { "rg", RGB, 3 }, { "RG", RGB, 3 }, { "g", GREY, 1 }, { "G", GREY, 1 }, { "k", CMYK, 4 }, { "K", CMYK, 4 },
    { "cs", SPACE, 1 }, { "CS", SPACE, 1 }, { "sc", NOTHING, -1 }, { "SC", NOTHING, -1 }, { "scn", NOTHING, -1 },
    { "SCN", NOTHING, -1 }, { "gs", STATE, 1 }, { "ri", INTENT, 1 }, { "Do", OBJECT, 1 }, { "sh", SHADING, 1 },
    { "BMC", MARK, 1 }, { "BDC", MARK_WITH, 2 }, { "EMC", END_MARK, 0 }, { "MP", NOTHING, 1 }, { "DP", NOTHING, 2 },
    { "d0", NOTHING, 2 }, { "d1", NOTHING, 6 },
};

static void do_text(struct run *r, enum deed deed)
{
    if (deed == FONT)
        set_font(r);
    else if (deed == TEXT)
        show_text(r);
    else
        r->broken |= r->in_text == (deed == BEGIN_TEXT) || (r->in_text && r->mark_count != r->text_marks);
    if (deed == BEGIN_TEXT)
        r->text_marks = r->mark_count;
    if (deed == BEGIN_TEXT || deed == END_TEXT)
        r->in_text = deed == BEGIN_TEXT;
}

static void set_device(struct run *r, enum deed deed, bool stroke)
{
    r->now.mixed[stroke] = false;
    check_colours(r, deed == GREY ? OUTPUT_GREY : deed == RGB ? OUTPUT_RGB : OUTPUT_CMYK, r->number);
}

static void do_state(struct run *r, enum deed deed, bool stroke)
{
    if (deed == OPEN)
        open_q(r);
    else if (deed == CLOSE)
        close_q(r);
    else if (deed == SPACE)
        set_space(r, stroke);
    else if (deed == STATE)
        set_state(r);
    else if (deed == INTENT)
        check_intent_name(r, operand(r, 0), r->number);
    else if (deed == SHADING)
        set_shading(r);
    else if (deed == GREY || deed == RGB || deed == CMYK)
        set_device(r, deed, stroke);
}

static void do_operator(struct run *r, const struct operator *o)
{
    bool draws = o->deed == DRAWS || o->deed == TEXT || o->deed == SHADING || o->deed == OBJECT;
    r->broken |= o->operands >= 0 && r->operand_count != (size_t)o->operands;
    if (draws && !r->tagged && !r->artifacts)
        fault_with(r->c, RULE_UNMARKED, r->number, "operator %s", o->word);
    if (draws && r->now.mode && ((r->now.over[0] && r->now.mixed[0]) || (r->now.over[1] && r->now.mixed[1])))
        fault(r->c, RULE_OVERPRINT, r->number);
    if (o->deed >= TEXT && o->deed <= FONT)
        do_text(r, o->deed);
    else if (o->deed == MARK || o->deed == MARK_WITH)
        begin_mark(r, o->deed == MARK_WITH);
    else if (o->deed == END_MARK)
        end_mark(r);
    else if (o->deed == OBJECT)
        draw_object(r);
    else
        do_state(r, o->deed, o->word[0] < 'a'); /* capitals are of strokes */
}

/* A word of three bytes at most as a number; 0: another. */
static uint32_t code_of_word(const char *word, size_t length)
{
    uint32_t code = 0;
    for (size_t i = 0; i < length && length <= 3; i++)
        code = code << 8 | (unsigned char)word[i];
    return code;
}

/* By what is left of the word's code: each has a place of its own, or the next. */
enum { PLACES = 256 };
struct known_word {
    uint32_t code; /* 0: the place is free */
    const struct operator *is;
};

static void list_operators(struct known_word places[PLACES])
{
    memset(places, 0, PLACES * sizeof *places);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        uint32_t code = code_of_word(operators[i].word, strlen(operators[i].word));
        size_t at = code % (PLACES - 1);
        while (places[at].code)
            at = (at + 1) % PLACES;
        places[at] = (struct known_word){ code, &operators[i] };
    }
}

static void take_operator(struct run *r, struct cos word)
{
    uint32_t code = code_of_word(word.at, (size_t)(word.end - word.at));
    for (size_t at = code % (PLACES - 1); code && r->places[at].code; at = (at + 1) % PLACES) {
        if (r->places[at].code != code)
            continue;
        do_operator(r, r->places[at].is);
        return;
    }
    fault_at(r->c, RULE_OPERATOR, r->number, word);
}

/* Stops at what is no syntax, such as an inline image, which our files do not have. */
static void run_stream(struct run *r, const struct buf *stream)
{
    struct cursor in = cursor_of(stream->data, stream->data + stream->length);
    size_t q = r->q, marks = r->mark_count;
    bool text = r->in_text;
    r->in_text = false;
    r->operand_count = 0; /* a form's Do has one */
    for (struct cos v; !r->broken && (v = cos_next(&in, false)).kind != COS_NONE;) {
        if (v.kind == COS_WORD) {
            take_operator(r, v);
            r->operand_count = 0;
        } else if (v.kind == COS_BAD || r->operand_count == OPERANDS) {
            r->broken = true;
        } else {
            r->operands[r->operand_count++] = v;
        }
        if (r->broken)
            fault_with(r->c, RULE_CONTENT_FORM, r->number, "at byte %td", v.at - stream->data);
    }
    if (!r->broken && (r->in_text || r->q != q || r->mark_count != marks || r->operand_count))
        fault_with(r->c, RULE_CONTENT_FORM, r->number, "at its end");
    r->in_text = text;
    r->operand_count = 0;
}

/* --- pages --- */

static void add_part(struct checker *c, struct cos v, unsigned number, struct buf *all)
{
    struct buf part;
    buf_init(&part);
    if (!reader_stream(c->reader, reader_resolve(c->reader, v), &part))
        fault_with(c, RULE_CONTENT_FORM, number, "its bytes cannot be had");
    buf_add(all, part.data, part.length);
    buf_add_char(all, '\n');
    buf_drop(&part);
}

void check_content(struct checker *c)
{
    struct known_word places[PLACES];
    struct buf all, text;
    buf_init(&all);
    buf_init(&text);
    list_operators(places);
    for (size_t i = 0; i < c->page_count; i++) {
        struct page *page = &c->pages[i];
        progress_say(c->diags, PROGRESS_CHECK_PAGES, i, c->page_count);
        struct run run = { .c = c, .page = page, .number = page->object, .text = text, .places = places };
        const struct cos list = checker_get(c, reader_object(c->reader, page->object), "Contents");
        struct cursor in = cos_inside(list);
        run.resources = checker_get(c, reader_object(c->reader, page->resources), "Resources");
        check_group(&run, reader_object(c->reader, page->object), page->object);
        page->first = c->owner_count;
        buf_clear(&all);
        if (list.kind == COS_DICT)
            add_part(c, list, page->object, &all);
        for (struct cos v; list.kind == COS_ARRAY && (v = cos_next(&in, true)).kind != COS_NONE;)
            add_part(c, v, page->object, &all);
        run_stream(&run, &all);
        text = run.text;
        reader_trim(c->reader);
    }
    buf_drop(&all);
    buf_drop(&text);
}
