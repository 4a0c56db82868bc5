/* Notes: footnotes set once, small, in the columns' widths, and drawn in pairs at the foot of a page. */
#include "layout/layouter.h"

static float note_pitch(const struct layouter *l)
{
    return l->style->size_small * 1.45f;
}

static struct text_style note_style(const struct layouter *l, enum lang lang)
{
    return layouter_style(l, lang, FONT_READING, WEIGHT_REGULAR, l->style->size_small, TONE_MUTED);
}

/* Room for a number and the gap behind it; the fourth digit would not stand in that of the first three. */
static float label_room(const struct layouter *l)
{
    bool three = l->style->notes_by_page || l->doc->note_count < 1000;
    return l->style->size_small * (three ? 2 : 2.75f);
}

static struct set_text set_label(struct layouter *l, size_t note, const struct column *column, struct scene_tag *tag)
{
    float indent = label_room(l);
    bool rtl = lang_dir(column->lang) == DIR_RTL;
    return set_plain(l, note_number(l, note, column->lang), l->doc->notes[note].at[column->lang],
                     note_style(l, column->lang), rtl ? column->x + column->width - indent : column->x, indent, tag);
}

void flow_note(struct layouter *l, size_t index)
{
    struct set_note *set = &l->notes[index];
    if (set->made)
        return;
    set->made = true;
    struct wide wide = layouter_widen(l, true); /* notes run across the page's columns */
    const struct doc_note *note = &l->doc->notes[index];
    float indent = label_room(l);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        bool rtl = lang_dir(column->lang) == DIR_RTL;
        struct scene_tag *tag = tag_with_lang(l, scene_tag_root(l->scene), TAG_NOTE, column->lang);
        const char *name = arena_printf(l->arena, "note.%s.%s", note->id, lang_tag(column->lang));
        scene_tag_more(l->scene, tag)->name = layouter_name(l, name);
        struct scene_tag *label = scene_tag_new(l->scene, tag, TAG_LABEL);
        struct scene_tag *text = scene_tag_new(l->scene, tag, TAG_P);
        set->label[i] = set_label(l, index, column, label);
        set_later(l, NULL, &set->cell[i], &note->text[column->lang], note_style(l, column->lang),
                  rtl ? column->x : column->x + indent, column->width - indent, text);
    }
    layouter_narrow(l, wide);
}

size_t notes_rows(const struct layouter *l, size_t note)
{
    size_t rows = 0;
    for (size_t i = 0; i < l->columns; i++) {
        size_t lines = set_lines(&l->notes[note].cell[i]);
        rows = lines > rows ? lines : rows;
    }
    return rows;
}

float notes_height(const struct layouter *l, size_t note, size_t from, size_t to)
{
    (void)note;
    return (float)(to - from) * note_pitch(l) + l->style->size_small * 0.25f;
}

size_t notes_break(const struct layouter *l, size_t note, size_t from, float room)
{
    size_t to = from, rows = notes_rows(l, note);
    while (to + 1 < rows && notes_height(l, note, from, to + 1) <= room + 0.01f)
        to++;
    while (to > from && !lines_may_part(l->notes[note].cell, l->columns, from, to))
        to--;
    return to > from ? to : 0;
}

size_t notes_least_rows(const struct layouter *l, size_t note, size_t from)
{
    size_t to = from + 1, rows = notes_rows(l, note);
    while (to < rows && !lines_may_part(l->notes[note].cell, l->columns, from, to))
        to++;
    return to < rows ? to : rows;
}

float notes_separator(const struct layouter *l)
{
    return l->style->grid * 1.25f;
}

/* The first note that has lines on the page in the column's language; NULL: none has. */
static const struct page_note *first_in(const struct layouter *l, size_t column, const struct page_note *notes,
                                        size_t count)
{
    for (size_t n = 0; n < count; n++)
        if (set_lines(&l->notes[notes[n].note].cell[column]) > notes[n].from)
            return &notes[n];
    return NULL;
}

/* A quarter of the column; all of it above a note that goes on from the page before. */
static void draw_separator(struct layouter *l, const struct page_note *notes, size_t count, size_t page, float y)
{
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        const struct page_note *first = first_in(l, i, notes, count);
        if (!first)
            continue; /* it ended on a page before, and the other language's goes on */
        float length = first->from > 0 ? column->width : column->width / 4;
        float x = layouter_left(l, page) + column->x
                + (lang_dir(column->lang) == DIR_RTL ? column->width - length : 0);
        struct path_step steps[] = { { PATH_MOVE, { x }, { y } }, { PATH_LINE, { x + length }, { y } } };
        scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->muted,
                                                             .width = l->style->hairline });
    }
    scene_artifact_end(l->scene, page);
}

/* The note's number, which leads back to its reference. */
static void draw_label(struct layouter *l, size_t note, struct set_text *label, size_t page, float baseline)
{
    const char *number = note_number(l, note, label->lang);
    const char *dest = note_reference(l, note, label->lang, page);
    if (dest && set_lines(label) > 0) {
        const struct text_line *line = &set_block(l, label)->lines[0];
        float left = layouter_left(l, page) + label->x + line->x;
        label->tag = scene_tag_new(l->scene, label->tag, TAG_LINK);
        scene_link_add(l->scene, page, (struct scene_link){
            .left = left, .right = left + line->width, .top = baseline - line->ascent,
            .bottom = baseline + line->descent, .dest = dest, .tag = label->tag,
            .description = arena_printf(l->arena, label->lang == LANG_AR ? "عودة إلى موضع الحاشية %s"
                                                                         : "Back to reference %s", number) });
    }
    set_draw_tagged(l, label, 0, 1, page, baseline, note_pitch(l));
}

/* Lines of a note. Printed once more on a later page (numbered by the page), it is no content but furniture. */
static void draw_note(struct layouter *l, const struct page_note *note, size_t page, float baseline)
{
    struct set_note *set = &l->notes[note->note];
    bool again = set->printed && note->from == 0;
    if (again)
        scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        struct set_text label = set->label[i], text = set->cell[i];
        /* On a turned page: it was set for an upright one, whose right edge is elsewhere. */
        float step = lang_dir(column->lang) == DIR_RTL ? column->x + column->width - label.width - label.x : 0;
        label.x += step;
        text.x += step;
        if (l->style->notes_by_page)
            label = set_label(l, note->note, &l->column[i], label.tag);
        if (again) {
            label.tag = text.tag = NULL;
            set_draw(l, &label, 0, 1, page, baseline, note_pitch(l));
            set_draw(l, &text, note->from, note->to, page, baseline, note_pitch(l));
            continue;
        }
        if (note->from == 0) {
            draw_label(l, note->note, &label, page, baseline);
            scene_tag_close(l->scene, page, set->label[i].tag);
        }
        set_draw_tagged(l, &text, note->from, note->to, page, baseline, note_pitch(l));
        set_source(l, &text, note->from, note->to, page, baseline - note_pitch(l) * 0.74f, note_pitch(l),
                   l->doc->notes[note->note].at[column->lang]);
        if (note->to == notes_rows(l, note->note))
            scene_tag_close(l->scene, page, text.tag);
    }
    if (again)
        scene_artifact_end(l->scene, page);
    set->printed = true;
}

void notes_draw(struct layouter *l, const struct page_note *notes, size_t count, size_t page, float y)
{
    if (count == 0)
        return;
    struct wide wide = layouter_widen(l, true);
    draw_separator(l, notes, count, page, y + notes_separator(l) * 0.56f);
    y += notes_separator(l);
    for (size_t n = 0; n < count; n++) {
        const struct page_note *note = &notes[n];
        if (note->from == 0)
            scene_dest_add(l->scene, note_dest(l, note->note, page), page, y);
        draw_note(l, note, page, y + note_pitch(l) * 0.74f);
        y += notes_height(l, note->note, note->from, note->to);
    }
    layouter_narrow(l, wide);
}
