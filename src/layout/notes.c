/* Notes: footnotes set once, small, in the columns' widths, and drawn in pairs at the foot of a page. */
#include "layout/layouter.h"

static float note_pitch(const struct layouter *l)
{
    return l->style->size_small * 1.45f;
}

void flow_note(struct layouter *l, size_t index)
{
    struct set_note *set = &l->notes[index];
    if (set->made)
        return;
    set->made = true;
    struct wide wide = layouter_widen(l, true); /* notes run across the page's columns */
    const struct doc_note *note = &l->doc->notes[index];
    float indent = l->style->size_small * 2;
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        bool rtl = lang_dir(column->lang) == DIR_RTL;
        struct text_style style = layouter_style(l, column->lang, FONT_READING, WEIGHT_REGULAR,
                                                 l->style->size_small, TONE_MUTED);
        struct scene_tag *tag = tag_with_lang(l, scene_tag_root(l->scene), TAG_NOTE, column->lang);
        tag->note_id = arena_printf(l->arena, "note.%s.%s", note->id, lang_tag(column->lang));
        struct scene_tag *label = scene_tag_new(l->scene, tag, TAG_LABEL);
        struct scene_tag *text = scene_tag_new(l->scene, tag, TAG_P);
        set->label[i] = set_plain(l, note->number[column->lang], style,
                                  rtl ? column->x + column->width - indent : column->x, indent, label);
        set->cell[i] = set_rich(l, &note->text[column->lang], style, rtl ? column->x : column->x + indent,
                                column->width - indent, text);
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
    return l->style->grid;
}

/* A quarter of the column; all of it above a note that goes on from the page before. */
static void draw_separator(struct layouter *l, size_t page, float y, bool goes_on)
{
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        float length = goes_on ? column->width : column->width / 4;
        float x = layouter_left(l, page) + column->x
                + (lang_dir(column->lang) == DIR_RTL ? column->width - length : 0);
        struct path_step steps[] = { { PATH_MOVE, { x }, { y } }, { PATH_LINE, { x + length }, { y } } };
        scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->muted,
                                                             .width = l->style->hairline });
    }
    scene_artifact_end(l->scene, page);
}

void notes_draw(struct layouter *l, const struct page_note *notes, size_t count, size_t page, float y)
{
    if (count == 0)
        return;
    struct wide wide = layouter_widen(l, true);
    draw_separator(l, page, y + notes_separator(l) * 0.5f, notes[0].from > 0);
    y += notes_separator(l);
    float pitch = note_pitch(l);
    for (size_t n = 0; n < count; n++) {
        const struct page_note *note = &notes[n];
        const struct set_note *set = &l->notes[note->note];
        float baseline = y + pitch * 0.74f;
        if (note->from == 0)
            scene_dest_add(l->scene, arena_printf(l->arena, "note.%s", l->doc->notes[note->note].id), page, y);
        for (size_t i = 0; i < l->columns; i++) {
            if (note->from == 0)
                set_draw_tagged(l, &set->label[i], 0, 1, page, baseline, pitch);
            set_draw_tagged(l, &set->cell[i], note->from, note->to, page, baseline, pitch);
        }
        y += notes_height(l, note->note, note->from, note->to);
    }
    layouter_narrow(l, wide);
}
