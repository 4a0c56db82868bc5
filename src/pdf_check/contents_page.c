/*
 * A page's content stream: the text of its marked content, and a digest of what it shows. For the digest each code is
 * replaced by its outline, each image by its bytes; tags are left out.
 */
#include "pdf_check/contents_inside.h"

#include <math.h>
#include <string.h>

enum { OPERANDS = 40, MARKS = 64 };

struct showing {
    struct reader *reader;
    struct contents_fonts *fonts;
    struct cos resources;
    struct arena *arena;
    struct contents_marks *marks;
    struct contents_font *font;
    double size, baseline; /* of the font; of the line */
    double last_size, last_baseline; /* where text was shown last */
    bool begun;            /* the line has shown something */
    struct cos operands[OPERANDS];
    size_t operand_count;
    int64_t open[MARKS];   /* MCIDs of open marked content; -1: without one */
    bool margin[MARKS];    /* it is a header or footer */
    size_t depth, margins; /* margins: how many of these are open */
    struct buf text;       /* since the outermost MCID was opened */
    struct buf whole, body;
    struct buf piece;      /* of one operator */
};

static struct cos operand(const struct showing *s, size_t i)
{
    return i < s->operand_count ? s->operands[i] : cos_of(COS_NONE, NULL, NULL);
}

static struct cos resource(struct showing *s, const char *kind, struct cos name, unsigned *number)
{
    struct buf key;
    buf_init(&key);
    cos_add_name(name, &key);
    const struct cos all = reader_get(s->reader, s->resources, kind), v = cos_get(all, key.data);
    *number = cos_reference(v);
    buf_drop(&key);
    return reader_resolve(s->reader, v);
}

static void add_span(struct buf *out, struct cos v)
{
    buf_add(out, v.at, (size_t)(v.end - v.at));
    buf_add_char(out, ' ');
}

/* --- marked content --- */

static int64_t innermost(const struct showing *s)
{
    for (size_t i = s->depth; i-- > 0;)
        if (s->open[i] >= 0)
            return s->open[i];
    return -1;
}

static void begin_mark(struct showing *s)
{
    const struct cos with = operand(s, 1);
    unsigned number;
    const struct cos properties = with.kind == COS_NAME ? resource(s, "Properties", with, &number) : with;
    bool artifact = cos_is_name(operand(s, 0), "Artifact");
    if (s->depth == MARKS)
        return;
    s->open[s->depth] = artifact ? -1 : cos_integer(reader_get(s->reader, properties, "MCID"), -1);
    s->margin[s->depth] = artifact && cos_is_name(reader_get(s->reader, properties, "Type"), "Pagination");
    s->margins += s->margin[s->depth];
    if (s->open[s->depth] >= 0)
        buf_clear(&s->text);
    s->depth++;
}

static void end_mark(struct showing *s)
{
    enum { MCID_MOST = 1 << 16 };
    if (!s->depth)
        return;
    int64_t mcid = s->open[--s->depth];
    s->margins -= s->margin[s->depth];
    if (mcid < 0 || mcid > MCID_MOST)
        return;
    while (s->marks->count <= (size_t)mcid) {
        s->marks->text = arena_grow(s->arena, s->marks->text, s->marks->count, sizeof *s->marks->text);
        s->marks->text[s->marks->count++] = NULL;
    }
    s->marks->text[mcid] = arena_string_n(s->arena, s->text.data, s->text.length);
    buf_clear(&s->text);
}

/* --- what is shown --- */

/* A line ends with its blank, or inside a word; what stands beside it, or is of another size, is another line. */
static void part_lines(struct showing *s)
{
    bool beside = fabs(s->baseline - s->last_baseline) < 0.5, other = fabs(s->size - s->last_size) > 0.01;
    if (s->text.length && (beside || other))
        buf_add_char(&s->text, ' ');
    s->last_size = s->size;
    s->last_baseline = s->baseline;
}

static void show_string(struct showing *s, struct cos v)
{
    struct buf bytes;
    buf_init(&bytes);
    cos_add_string(v, &bytes);
    bool tagged = innermost(s) >= 0;
    if (tagged && !s->begun)
        part_lines(s);
    s->begun |= tagged;
    for (size_t i = 0; s->font && i < bytes.length;) {
        unsigned code = contents_font_next(s->font, bytes.data, bytes.length, &i);
        contents_font_look(s->font, code, &s->piece);
        if (tagged)
            contents_font_text(s->font, code, &s->text);
    }
    buf_drop(&bytes);
}

static void show_text(struct showing *s)
{
    const struct cos v = operand(s, 0);
    struct cursor in = cos_inside(v);
    show_string(s, v);
    for (struct cos part; v.kind == COS_ARRAY && (part = cos_next(&in, false)).kind != COS_NONE;) {
        if (part.kind == COS_BAD)
            return;
        if (cos_is_number(part))
            add_span(&s->piece, part);
        else
            show_string(s, part);
    }
}

static void add_digest(struct showing *s, struct cos stream)
{
    struct cursor bytes;
    uint8_t digest[HASH_BYTES];
    if (!reader_raw(s->reader, stream, &bytes))
        return;
    hash_sha256(bytes.at, (size_t)(bytes.end - bytes.at), digest);
    buf_add(&s->piece, digest, sizeof digest);
}

/* An image by its bytes and those of its mask, and what they are read with. */
static void show_object(struct showing *s)
{
    static const char *const keys[] = { "Subtype", "Width", "Height", "BitsPerComponent", "Decode" };
    unsigned number;
    const struct cos object = resource(s, "XObject", operand(s, 0), &number);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct cos v = reader_get(s->reader, object, keys[i]);
        if (v.kind != COS_NONE)
            add_span(&s->piece, v);
    }
    add_digest(s, object);
    add_digest(s, reader_get(s->reader, object, "SMask"));
}

static void set_font(struct showing *s)
{
    unsigned number;
    const struct cos font = resource(s, "Font", operand(s, 0), &number);
    s->font = font.kind == COS_DICT ? contents_font_get(s->fonts, font, number) : NULL;
    s->size = cos_number(operand(s, 1), 0);
    if (operand(s, 1).kind != COS_NONE)
        add_span(&s->piece, operand(s, 1));
}

static void set_state(struct showing *s)
{
    unsigned number;
    const struct cos state = resource(s, "ExtGState", operand(s, 0), &number);
    if (state.kind == COS_DICT)
        add_span(&s->piece, state);
}

static void add_operands(struct showing *s, struct cos word)
{
    if (cos_is_word(word, "Td")) {
        s->baseline += cos_number(operand(s, 1), 0);
        s->begun = false;
    }
    for (size_t i = 0; i < s->operand_count; i++)
        add_span(&s->piece, s->operands[i]);
}

/* The operator as the digest has it, in `piece`. */
static void do_operator(struct showing *s, struct cos word)
{
    static const char *const tags[] = { "BMC", "BDC", "EMC", "MP", "DP" };
    bool is_tag = false;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        is_tag |= cos_is_word(word, tags[i]);
    if (cos_is_word(word, "BDC") || cos_is_word(word, "BMC"))
        begin_mark(s);
    else if (cos_is_word(word, "EMC"))
        end_mark(s);
    if (is_tag)
        return;
    if (cos_is_word(word, "Tj") || cos_is_word(word, "TJ"))
        show_text(s);
    else if (cos_is_word(word, "Tf"))
        set_font(s);
    else if (cos_is_word(word, "Do"))
        show_object(s);
    else if (cos_is_word(word, "BT"))
        s->baseline = 0;
    else if (cos_is_word(word, "gs"))
        set_state(s);
    else
        add_operands(s, word);
    add_span(&s->piece, word);
}

static void run(struct showing *s, const struct buf *stream)
{
    struct cursor in = cursor_of(stream->data, stream->data + stream->length);
    for (struct cos v; (v = cos_next(&in, false)).kind != COS_NONE && v.kind != COS_BAD;) {
        if (v.kind != COS_WORD) {
            if (s->operand_count < OPERANDS)
                s->operands[s->operand_count++] = v;
            continue;
        }
        buf_clear(&s->piece);
        do_operator(s, v);
        s->operand_count = 0;
        buf_add(&s->whole, s->piece.data, s->piece.length);
        if (!s->margins)
            buf_add(&s->body, s->piece.data, s->piece.length);
    }
}

/* One stream or several, which count as one. */
static void read_streams(struct reader *reader, struct cos contents, struct buf *out)
{
    struct buf one;
    struct cursor in = cos_inside(contents);
    buf_init(&one);
    if (contents.kind == COS_DICT && reader_stream(reader, contents, &one))
        buf_add(out, one.data, one.length);
    for (struct cos v; contents.kind == COS_ARRAY && (v = cos_next(&in, true)).kind == COS_REFERENCE;) {
        if (reader_stream(reader, reader_resolve(reader, v), &one))
            buf_add(out, one.data, one.length);
        buf_add_char(out, '\n');
    }
    buf_drop(&one);
}

void contents_page_read(struct reader *reader, struct contents_fonts *fonts, struct cos page, struct cos resources,
                        struct cos box, struct arena *arena, struct contents_page *out, struct contents_marks *marks)
{
    struct showing s = { .reader = reader, .fonts = fonts, .resources = resources, .arena = arena, .marks = marks };
    struct buf stream;
    buf_init(&stream);
    buf_init(&s.text);
    buf_init(&s.whole);
    buf_init(&s.body);
    buf_init(&s.piece);
    if (box.kind == COS_ARRAY) {
        add_span(&s.whole, box);
        add_span(&s.body, box);
    }
    read_streams(reader, reader_get(reader, page, "Contents"), &stream);
    run(&s, &stream);
    hash_sha256(s.whole.data, s.whole.length, out->whole);
    hash_sha256(s.body.data, s.body.length, out->body);
    buf_drop(&stream);
    buf_drop(&s.text);
    buf_drop(&s.whole);
    buf_drop(&s.body);
    buf_drop(&s.piece);
}
