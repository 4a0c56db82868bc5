/* Marked content: sequences by element, line and part of a line. Knows nothing of fonts or of how a line is drawn. */
#include "pdf/tagged.h"

#include "base/utf8.h"
#include "text/bidi.h"

#include <stdlib.h>
#include <string.h>

/* Neighbours of one element and direction, or language. */
struct line_part {
    const struct scene_tag *tag;
    bool rtl;
    bool foreign; /* in another language than the line */
    uint32_t start, end; /* of the line's text */
    const struct text_line *line;
};

void tagged_init(struct tagged *t, struct structure *structure, struct buf *out, struct text_object *object)
{
    *t = (struct tagged){ .structure = structure, .out = out, .object = object };
    buf_init(&t->text);
}

void tagged_drop(struct tagged *t)
{
    buf_drop(&t->text);
    free(t->parts);
}

/* --- sequences --- */

/* Its role is the element's, in the structure tree: here all have one name, and one form, which deflates best. */
static void begin_sequence(struct tagged *t, const struct scene_tag *tag)
{
    buf_add_string(t->out, "/P<</MCID ");
    buf_add_unsigned(t->out, structure_add_content(t->structure, tag));
    buf_add_string(t->out, ">>BDC\n");
}

/* A sequence and a text object either hold one another or are apart. */
static void open_or_close_object(struct tagged *t)
{
    if (t->text_alone)
        text_object_open(t->object);
    else
        text_object_close(t->object);
}

static void end_sequence(struct tagged *t)
{
    if (!t->open)
        return;
    open_or_close_object(t);
    buf_add_string(t->out, "EMC\n");
    if (t->text_rtl)
        structure_set_text(t->structure, t->tag, t->text.data);
    t->open = false;
}

void tagged_begin(struct tagged *t, const struct scene_tag *tag, bool text_alone)
{
    t->text_alone = text_alone;
    t->tag = t->structure ? tag : NULL;
}

/* A header or footer has text objects of its own: where the page's text is placed does not depend on what it says. */
void tagged_begin_artifact(struct tagged *t, enum artifact_kind kind, bool text_alone)
{
    static const char *const forms[] = {
        [ARTIFACT_LAYOUT] = "/Artifact <</Type /Layout>> BDC\n",
        [ARTIFACT_HEADER] = "/Artifact <</Type /Pagination /Subtype /Header>> BDC\n",
        [ARTIFACT_FOOTER] = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n",
    };
    t->text_alone = text_alone && kind == ARTIFACT_LAYOUT;
    t->tag = NULL;
    if (!t->structure)
        return;
    open_or_close_object(t);
    buf_add_string(t->out, forms[kind]);
}

void tagged_end(struct tagged *t)
{
    if (t->tag && (t->tag->text || t->tag->more->alt) && !t->open) { /* said, not drawn: it has a place on the page */
        begin_sequence(t, t->tag);
        if (t->tag->text)
            structure_set_text(t->structure, t->tag, t->tag->text);
        buf_add_string(t->out, "EMC\n");
    } else if (t->tag)
        end_sequence(t);
    else if (t->structure) {
        open_or_close_object(t);
        buf_add_string(t->out, "EMC\n");
    }
    t->tag = NULL;
}

void tagged_draw(struct tagged *t)
{
    if (!t->tag || t->open)
        return;
    open_or_close_object(t);
    begin_sequence(t, t->tag);
    buf_clear(&t->text);
    t->text_rtl = t->text_open = false;
    t->open = true;
}

/* --- texts --- */

/* Without bidi controls. */
static void add_text(struct buf *to, const char *text, uint32_t length)
{
    const char *plain = text, *end = text + length;
    for (const char *p = text, *next; p < end; p = next) {
        next = p;
        if (!bidi_is_control(utf8_next(&next)))
            continue;
        buf_add(to, plain, (size_t)(p - plain));
        plain = next;
    }
    buf_add(to, plain, (size_t)(end - plain));
}

static void note_line(struct tagged *t, const struct text_line *line)
{
    if (t->text.length && !t->text_open)
        buf_add_char(&t->text, ' ');
    t->text_open = line->hyphenated;
    add_text(&t->text, line->text, line->length);
    t->text_rtl |= !t->tag->more->alt && (line->dir == DIR_RTL || line->any_rtl);
}

/* --- lines in parts --- */

static const struct scene_tag *owner_of(const struct scene_command *text, uint32_t start)
{
    for (uint32_t i = 0; i < text->text.span_count; i++)
        if (start >= text->text.spans[i].start && start < text->text.spans[i].end)
            return text->text.spans[i].tag;
    return NULL;
}

static void add_part(struct tagged *t, struct line_part part)
{
    if (t->part_count == t->part_room) {
        t->part_room = t->part_room * 2 + 8;
        t->parts = xrealloc(t->parts, t->part_room, sizeof *t->parts);
    }
    t->parts[t->part_count++] = part;
}

/* Atoms of one direction, whose text is not parted by others. Where right-to-left words are partly a link's, they are
 * all the line's own: what stands left is read last. */
static const struct scene_tag *stretch_owner(const struct scene_command *text, const struct atoms *atoms, size_t from,
                                             size_t to)
{
    const struct scene_tag *owner = NULL;
    bool first = true;
    for (size_t i = from; i < to; i++) {
        if (bidi_is_control(atoms->items[i].code_point))
            continue;
        const struct scene_tag *of = owner_of(text, atoms->items[i].start);
        if (!first && of != owner)
            return NULL;
        owner = of;
        first = false;
    }
    return owner;
}

/* One past the last atom of the stretch; in left-to-right text it ends where its owner does. Direction marks have no
 * place in the text: they go with what is before them. */
static size_t stretch_end(const struct scene_command *text, const struct atoms *atoms, size_t from)
{
    const struct atom *first = &atoms->items[from];
    while (first + 1 < atoms->items + atoms->count && bidi_is_control(first->code_point))
        first++;
    size_t i = (size_t)(first - atoms->items);
    for (; i < atoms->count; i++) {
        const struct atom *a = &atoms->items[i];
        if ((a->level > 0) != (first->level > 0))
            break;
        bool has_owner = a->level == 0 && !bidi_is_control(a->code_point);
        if (has_owner && owner_of(text, a->start) != owner_of(text, first->start))
            break;
    }
    return i;
}

static void set_range(struct line_part *part, const struct atoms *atoms, size_t from, size_t to)
{
    uint32_t last = 0;
    part->start = part->end = part->line->length;
    for (size_t i = from; i < to; i++) {
        const struct atom *a = &atoms->items[i];
        if (bidi_is_control(a->code_point))
            continue;
        part->start = a->start < part->start ? a->start : part->start;
        last = a->start > last ? a->start : last;
    }
    for (size_t i = 0; i < atoms->count; i++) /* the first letter behind it */
        if (!bidi_is_control(atoms->items[i].code_point) && atoms->items[i].start > last &&
            atoms->items[i].start < part->end)
            part->end = atoms->items[i].start;
}

/* A letter of the other language. */
static bool is_foreign(const struct text_line *line, uint32_t code_point)
{
    return bidi_class_of(code_point) == (line->dir == DIR_RTL ? BIDI_LEFT : BIDI_RIGHT);
}

static bool has_own_letters(const struct text_line *line)
{
    enum bidi_class own = line->dir == DIR_RTL ? BIDI_RIGHT : BIDI_LEFT;
    for (const char *p = line->text; p < line->text + line->length;)
        if (bidi_class_of(utf8_next(&p)) == own)
            return true;
    return false;
}

/* Digits go with the word that they end, as in COP30 and F-16. */
static uint32_t number_end(const struct text_line *line, uint32_t from)
{
    static const char digits[] = "0123456789";
    const char *p = line->text + from, *end = line->text + line->length;
    while (p < end) {
        if (strchr(digits, *p))
            p++;
        else if (end - p > 1 && strchr("-./", *p) && strchr(digits, p[1]))
            p += 2;
        else
            break;
    }
    return (uint32_t)(p - line->text);
}

/* End of the words of the other language that begin at or behind spaces and signs from here on; `from`: there are none.
 */
static uint32_t foreign_end(const struct text_line *line, uint32_t from)
{
    enum bidi_class own = line->dir == DIR_RTL ? BIDI_RIGHT : BIDI_LEFT;
    uint32_t end = from;
    for (const char *p = line->text + from; p < line->text + line->length;) {
        uint32_t code_point = utf8_next(&p);
        if (bidi_class_of(code_point) == own)
            break;
        if (is_foreign(line, code_point))
            end = number_end(line, (uint32_t)(p - line->text));
    }
    return end;
}

/* All of a right-to-left line may be a link's. */
static bool part_whole(struct tagged *t, const struct scene_command *text, struct atoms *atoms)
{
    const struct text_line *line = text->text.line;
    const struct scene_span *span = text->text.spans;
    if (text->text.span_count != 1 || span->start > 0 || span->end < line->length)
        return false;
    bool foreign = foreign_end(line, 0) > 0 && !has_own_letters(line);
    add_part(t, (struct line_part){ .tag = span->tag, .rtl = true, .foreign = foreign, .end = line->length,
                                    .line = line });
    for (size_t i = 0; i < atoms->count; i++)
        atoms->items[i].element = 0;
    return true;
}

bool tagged_part(struct tagged *t, const struct scene_command *text, struct atoms *atoms)
{
    const struct text_line *line = text->text.line;
    t->part_count = 0;
    if (!t->tag || t->tag->more->alt || (!line->any_rtl && !text->text.span_count))
        return false;
    if (line->dir == DIR_RTL)
        return part_whole(t, text, atoms);
    for (size_t from = 0, to; from < atoms->count; from = to) {
        to = stretch_end(text, atoms, from);
        struct line_part part = { .tag = stretch_owner(text, atoms, from, to), .line = line };
        part.tag = part.tag ? part.tag : t->tag;
        part.rtl = part.foreign = atoms->items[to - 1].level > 0;
        set_range(&part, atoms, from, to);
        for (size_t i = from; i < to; i++)
            atoms->items[i].element = (uint16_t)t->part_count;
        add_part(t, part);
    }
    return true;
}

/* What the sequence that has begun says. */
static void set_part(struct tagged *t, const struct line_part *part)
{
    structure_set_text(t->structure, part->tag, t->text.data);
    if (part->foreign)
        structure_set_lang(t->structure, part->tag, part->line->dir == DIR_LTR ? LANG_AR : LANG_EN);
}

/* --- lines that are told --- */

/* Parts in logical order, of which one will hold the drawing. Whether there are several, or one in another language. */
static bool tell(struct tagged *t, const struct scene_command *text)
{
    const struct text_line *line = text->text.line;
    uint32_t foreign_to = 0;
    t->part_count = 0;
    if (!t->tag || t->tag->more->alt || (line->dir == DIR_LTR && !line->any_rtl))
        return false;
    for (const char *p = line->text; p < line->text + line->length;) {
        uint32_t start = (uint32_t)(p - line->text);
        uint32_t code_point = utf8_next(&p);
        if (start >= foreign_to && is_foreign(line, code_point))
            foreign_to = foreign_end(line, start);
        struct line_part part = { .tag = owner_of(text, start), .foreign = start < foreign_to, .start = start,
                                  .line = line };
        part.tag = part.tag ? part.tag : t->tag;
        struct line_part *last = t->part_count ? &t->parts[t->part_count - 1] : NULL;
        if (bidi_is_control(code_point))
            continue;
        if (!last || last->tag != part.tag || last->foreign != part.foreign)
            add_part(t, part);
        t->parts[t->part_count - 1].end = (uint32_t)(p - line->text);
    }
    return t->part_count > 1 || (t->part_count == 1 && t->parts[0].foreign);
}

static void begin_told(struct tagged *t, size_t index)
{
    const struct line_part *part = &t->parts[index];
    begin_sequence(t, part->tag);
    buf_clear(&t->text);
    add_text(&t->text, part->line->text + part->start, part->end - part->start);
    if (index + 1 == t->part_count && part->line->continues && !part->line->hyphenated)
        buf_add_char(&t->text, ' ');
    set_part(t, part);
}

/* The drawing is in the first part that is the line's own. */
static size_t drawn_part(const struct tagged *t)
{
    for (size_t i = 0; i < t->part_count; i++)
        if (t->parts[i].tag == t->tag && !t->parts[i].foreign)
            return i;
    return 0;
}

static void begin_telling(struct tagged *t)
{
    for (size_t i = 0; i < drawn_part(t); i++) {
        begin_told(t, i);
        tagged_end_part(t);
    }
    begin_told(t, drawn_part(t));
}

static void end_telling(struct tagged *t)
{
    tagged_end_part(t);
    for (size_t i = drawn_part(t) + 1; i < t->part_count; i++) {
        begin_told(t, i);
        tagged_end_part(t);
    }
}

void tagged_begin_line(struct tagged *t, const struct scene_command *text, bool parted)
{
    if (!t->tag)
        return;
    t->told = !parted && tell(t, text);
    if (t->told || parted) {
        end_sequence(t);
        text_object_open(t->object);
    }
    if (t->told)
        begin_telling(t);
    else if (!parted)
        tagged_draw(t);
}

void tagged_begin_part(struct tagged *t, unsigned index)
{
    const struct line_part *part = &t->parts[index];
    if (index > 0)
        tagged_end_part(t);
    begin_sequence(t, part->tag);
    if (!part->rtl)
        return;
    buf_clear(&t->text);
    add_text(&t->text, part->line->text + part->start, part->end - part->start);
    set_part(t, part);
}

void tagged_end_part(struct tagged *t)
{
    buf_add_string(t->out, "EMC\n");
}

void tagged_end_line(struct tagged *t, const struct scene_command *text, bool parted)
{
    const struct text_line *line = text->text.line;
    if (!t->tag)
        return;
    if (t->told) {
        end_telling(t);
    } else if (!parted) {
        note_line(t, line);
        if (line->dir == DIR_RTL && !t->tag->more->alt) {
            if (line->continues) /* the next line's words are another Span's */
                buf_add_char(&t->text, ' ');
            end_sequence(t);
        }
    }
    for (uint32_t i = 0; i < text->text.span_count; i++)
        structure_place(t->structure, text->text.spans[i].tag);
}
