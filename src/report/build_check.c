/* What the definition and the texts say of each other: figures and objects, known and used. Asks no data. */
#include "report/builder.h"

#include "base/nearest.h"

#include <string.h>

static void check_phrases(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (size_t i = 0; i < definition->phrase_count; i++) {
        struct phrase *en = &definition->phrases[i]->in[LANG_EN], *ar = &definition->phrases[i]->in[LANG_AR];
        const struct phrase *const in[LANG_COUNT] = { en, ar };
        const struct place at[LANG_COUNT] = { rich_place(&en->text, 0), rich_place(&ar->text, 0) };

        phrase_check_figures(en, &builder->figures, builder->reading, builder->diags);
        if (en->message == ar->message)
            continue; /* one text for both */
        phrase_check_figures(ar, &builder->figures, builder->reading, builder->diags);
        phrases_compare(in, at, builder->reading, builder->diags);
    }
}

static void check_reference(struct builder *builder, const struct phrases *phrases)
{
    if (phrases->given && (!message_reference(phrases->in[LANG_EN].message)
                           || !message_reference(phrases->in[LANG_AR].message)))
        diag_add(builder->diags, DIAG_DEFINITION_VALUE, phrases->at,
                 "this is more than a figure; write \"{name}\" alone");
}

/* Where a chart's numbers and days are figures. */
static void check_chart_references(struct builder *builder)
{
    for (size_t i = 0; i < builder->definition->chart_count; i++) {
        const struct definition_chart *chart = &builder->definition->charts[i];

        check_reference(builder, &chart->total);
        for (size_t k = 0; k < chart->note_count; k++) {
            check_reference(builder, &chart->notes[k].value);
            check_reference(builder, &chart->notes[k].to);
            check_reference(builder, &chart->notes[k].day);
            check_reference(builder, &chart->notes[k].until);
        }
    }
}

/* The declared objects of a kind, one by one; NULL behind the last. */
static struct definition_object *object_at(struct definition *definition, enum block_kind kind, size_t index)
{
    if (kind == BLOCK_CHART)
        return index < definition->chart_count ? &definition->charts[index].object : NULL;
    if (kind == BLOCK_TABLE)
        return index < definition->table_count ? &definition->tables[index].object : NULL;
    if (kind == BLOCK_IMAGE)
        return index < definition->image_count ? &definition->images[index].object : NULL;
    return index < definition->group_count ? &definition->groups[index].object : NULL;
}

static void unknown_object(struct builder *builder, const struct md_block *block, const char *what)
{
    const char **ids = NULL;
    size_t count = 0;
    for (const struct definition_object *o; (o = object_at(builder->definition, block->kind, count));) {
        ids = arena_grow(builder->reading, ids, count, sizeof *ids);
        ids[count++] = o->id;
    }
    const char *near = nearest_known(block->object, ids, count);
    diag_add(builder->diags, DIAG_OBJECT_UNKNOWN, block->at, "unknown %s '%s'; %s%s%s", what, block->object,
             near ? "did you mean '" : "define it in report.yaml", near ? near : "", near ? "'?" : "");
}

static void use_object(struct builder *builder, const struct md_block *block)
{
    const char *what = block->kind == BLOCK_CHART   ? "chart"
                       : block->kind == BLOCK_TABLE ? "table"
                       : block->kind == BLOCK_IMAGE ? "image"
                                                    : "key figures";
    struct definition_object *object;
    struct definition_image *image =
        block->kind == BLOCK_IMAGE ? definition_find_image(builder->definition, block->object) : NULL;

    if (image) {
        image->object.used = true;
        return;
    }
    for (size_t i = 0; (object = object_at(builder->definition, block->kind, i)); i++) {
        if (strcmp(object->id, block->object) != 0)
            continue;
        object->used = true;
        return;
    }
    unknown_object(builder, block, what);
}

/* What stands once and has no name: the contents and the source list. `first`: the one before it, or NULL. */
static void check_list(struct builder *builder, const struct md_block *block, const struct md_block **first)
{
    const char *what = block->kind == BLOCK_CONTENTS ? "contents" : "source";

    if (*block->object)
        diag_add(builder->diags, DIAG_OBJECT_UNKNOWN, block->at, "the %s list has no name; write (%s:)", what,
                 block->kind == BLOCK_CONTENTS ? "contents" : "sources");
    if (*first)
        diag_add(builder->diags, DIAG_OBJECT_DUPLICATE, block->at,
                 "the %s list stands in line %u already; keep one", what, (*first)->at.line);
    else
        *first = block;
}

static void check_break(struct builder *builder, const struct md_block *block)
{
    if (strcmp(block->object, "page") != 0 && strcmp(block->object, "column") != 0)
        diag_add(builder->diags, DIAG_BREAK_KIND, block->at, "'%s' is no break; write (break:page) or (break:column)",
                 block->object);
    if (block->text.text.length > 0)
        diag_add(builder->diags, DIAG_OBJECT_CAPTION, block->at,
                 "a break prints nothing; leave the brackets empty");
}

static void check_objects(struct builder *builder, const struct md_block *block)
{
    const struct md_block *contents = NULL, *sources = NULL;

    for (; block; block = block->next) {
        if (!block->object)
            continue; /* objects stand at the top level only */
        if (block->kind == BLOCK_CONTENTS)
            check_list(builder, block, &contents);
        else if (block->kind == BLOCK_SOURCES)
            check_list(builder, block, &sources);
        else if (block->kind == BLOCK_BREAK)
            check_break(builder, block);
        else
            use_object(builder, block);
        if (block->kind == BLOCK_CHART && block->text.text.length == 0)
            diag_add(builder->diags, DIAG_OBJECT_CAPTION, block->at,
                     "the chart '%s' has no caption; write its finding between the brackets", block->object);
    }
}

static void warn_unused_objects(struct builder *builder, enum block_kind kind, const char *what,
                                const char *how)
{
    struct definition_object *object;

    for (size_t i = 0; (object = object_at(builder->definition, kind, i)); i++)
        if (!object->used)
            diag_add(builder->diags, DIAG_OBJECT_UNUSED, object->at,
                     "%s '%s' stands in no text; place it by ![](%s:%s), or take it out", what, object->id,
                     how, object->id);
}

/* The figure that a key figure shows, in its format; NULL when it shows none or several. */
static const struct message_part *shown_figure(const struct phrases *value)
{
    const struct message *message = value->in[LANG_EN].message;
    const struct message_part *shown = NULL;

    for (const struct message_part *part = message ? message->first : NULL; part; part = part->next) {
        if (part->kind == MESSAGE_TEXT)
            continue;
        if (shown || part->kind != MESSAGE_VALUE || past_of(part->figure) != PAST_NONE)
            return NULL;
        shown = part;
    }
    return shown;
}

/* `change: previous`: by the figure shown, in its format; a percentage changes by points. */
static bool find_change(struct builder *builder, struct definition_key_figure *key)
{
    static const enum value_format points[] = {
        [FORMAT_PERCENT] = FORMAT_POINTS, [FORMAT_PERCENT1] = FORMAT_POINTS1, [FORMAT_PERCENT2] = FORMAT_POINTS1
    };
    const struct message_part *shown = shown_figure(&key->value);

    if (!shown) {
        diag_add(builder->diags, DIAG_DEFINITION_VALUE, key->change.at,
                 "the value beside this shows not one figure, which could be compared; write {figure: NAME.change, "
                 "text: {en: ..., ar: ...}}");
        return false;
    }
    key->change.figure = arena_printf(builder->reading, "%s.%s", shown->figure, past_name(PAST_CHANGE));
    key->change.format = shown->format == FORMAT_DEFAULT ? FORMAT_NUMBER : shown->format;
    if (key->change.format >= FORMAT_PERCENT && key->change.format <= FORMAT_PERCENT2)
        key->change.format = points[key->change.format];
    return true;
}

static void check_change(struct builder *builder, struct definition_key_figure *key)
{
    struct definition_change *change = &key->change;
    struct figure *figure;
    const char *near;

    if (change->previous && !find_change(builder, key)) {
        change->given = false;
        return;
    }
    figure = figures_find(&builder->figures, change->figure);
    if (figure) {
        figure->used = true;
        if (figure->of)
            figures_find(&builder->figures, figure->of)->used = true;
        return;
    }
    near = figures_nearest(&builder->figures, change->figure, builder->reading);
    if (builder->burst && past_of(change->figure) != PAST_NONE)
        diag_add(builder->diags, DIAG_PREVIOUS_BURST, change->at,
                 "'%s': the packets of a burst do not know the issue before; leave it out", change->figure);
    else
        diag_add(builder->diags, DIAG_FIGURE_UNKNOWN, change->at, "unknown figure '%s'; %s%s%s", change->figure,
                 near ? "did you mean '" : "define it under figures in report.yaml", near ? near : "",
                 near ? "'?" : "");
}

/* The figures by which key figures changed are known. */
static void check_changes(struct builder *builder)
{
    for (size_t i = 0; i < builder->definition->group_count; i++)
        for (size_t k = 0; k < builder->definition->groups[i].count; k++)
            if (builder->definition->groups[i].figures[k].change.given)
                check_change(builder, &builder->definition->groups[i].figures[k]);
}

void builder_check_definition(struct builder *builder)
{
    check_phrases(builder);
    check_changes(builder);
    check_chart_references(builder);
}

void builder_check_text(struct builder *builder, enum lang lang)
{
    check_objects(builder, builder->text[lang]->blocks);
}

void builder_warn_unused(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (size_t i = 0; i < definition->figure_count; i++)
        if (!figures_find(&builder->figures, definition->figures[i].name)->used)
            diag_add(builder->diags, DIAG_FIGURE_UNUSED, definition->figures[i].at,
                     "figure '%s' is used nowhere; use it, or take it out", definition->figures[i].name);
    warn_unused_objects(builder, BLOCK_KEY_FIGURES, "the group of key figures", "figures");
    warn_unused_objects(builder, BLOCK_TABLE, "the table", "table");
    warn_unused_objects(builder, BLOCK_CHART, "the chart", "chart");
    warn_unused_objects(builder, BLOCK_IMAGE, "the image", "image");
}
