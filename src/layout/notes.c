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
    const struct doc_note *note = &l->doc->notes[index];
    float indent = l->style->size_small * 2;
    size_t rows = 0;
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
        if (set_lines(&set->cell[i]) > rows)
            rows = set_lines(&set->cell[i]);
    }
    set->height = (float)rows * note_pitch(l) + l->style->size_small * 0.25f;
}

float notes_separator(const struct layouter *l)
{
    return l->style->grid;
}

static void draw_separator(struct layouter *l, size_t page, float y)
{
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        float length = column->width / 4;
        float x = layouter_left(l, page) + column->x
                + (lang_dir(column->lang) == DIR_RTL ? column->width - length : 0);
        struct path_step steps[] = { { PATH_MOVE, { x }, { y } }, { PATH_LINE, { x + length }, { y } } };
        scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->muted,
                                                             .width = l->style->hairline });
    }
    scene_artifact_end(l->scene, page);
}

float notes_draw(struct layouter *l, const size_t *notes, size_t count, size_t page, float y)
{
    if (count == 0)
        return y;
    draw_separator(l, page, y + notes_separator(l) * 0.5f);
    y += notes_separator(l);
    float pitch = note_pitch(l);
    for (size_t n = 0; n < count; n++) {
        const struct set_note *set = &l->notes[notes[n]];
        float baseline = y + pitch * 0.74f;
        scene_dest_add(l->scene, arena_printf(l->arena, "note.%s", l->doc->notes[notes[n]].id), page, y);
        for (size_t i = 0; i < l->columns; i++) {
            set_draw_tagged(l, &set->label[i], 0, 1, page, baseline, pitch);
            set_draw_tagged(l, &set->cell[i], 0, set_lines(&set->cell[i]), page, baseline, pitch);
        }
        y += set->height;
    }
    return y;
}
