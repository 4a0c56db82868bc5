/* Makes the doc: walks both texts in step, formats each message, numbers the notes. Checks nothing more. */
#include "report/build_doc.h"

#include "report/builder.h"

#include <string.h>

/* ---- notes ---- */

/* The Arabic text's notes by the English one's, whose order is that of their first references. */
static void match_notes(struct builder *builder)
{
    const struct markdown *en = builder->text[LANG_EN], *ar = builder->text[LANG_AR];

    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        builder->notes[lang] = arena_array(builder->reading, en->note_count, sizeof **builder->notes);
    for (size_t i = 0; i < en->note_count; i++) {
        builder->notes[LANG_EN][i] = i;
        for (size_t j = 0; j < ar->note_count; j++)
            if (strcmp(en->notes[i].id, ar->notes[j].id) == 0)
                builder->notes[LANG_AR][j] = i;
    }
}

static bool same_words(const struct rich_text *a, const struct rich_text *b)
{
    if (a->span_count != b->span_count || strcmp(a->utf8, b->utf8) != 0)
        return false;
    for (size_t i = 0; i < a->span_count; i++) {
        const struct inline_span *x = &a->spans[i], *y = &b->spans[i];

        if (x->start != y->start || x->end != y->end || x->kind != y->kind ||
            (x->kind == INLINE_LINK && strcmp(x->url, y->url) != 0))
            return false;
    }
    return true;
}

/* The first note that says what note `i` says, in both languages: perhaps itself. */
static size_t first_alike(const struct doc_note *notes, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (same_words(&notes[k].text[LANG_EN], &notes[i].text[LANG_EN]) &&
            same_words(&notes[k].text[LANG_AR], &notes[i].text[LANG_AR]))
            return k;
    return i;
}

/* Notes that say the same are one note, to which all their references lead. Numbers go by the first reference in the
 * English text; the Arabic one refers to the same notes. */
static void merge_notes(struct builder *builder, struct doc *doc, const struct doc_note *all, size_t count)
{
    struct doc_note *kept = arena_array(builder->arena, count, sizeof *kept);
    size_t *index = arena_array(builder->reading, count, sizeof *index); /* in doc->notes */

    for (size_t i = 0; i < count; i++) {
        size_t first = first_alike(all, i);

        index[i] = first < i ? index[first] : doc->note_count;
        if (first == i)
            kept[doc->note_count++] = all[i];
    }
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        for (size_t i = 0; i < count; i++)
            builder->notes[lang][i] = index[builder->notes[lang][i]];
        for (size_t i = 0; i < doc->note_count; i++)
            kept[i].number[lang] = locale_integer(builder->locale[lang], (int64_t)i + 1, builder->arena);
    }
    doc->notes = kept;
}

static void make_notes(struct builder *builder, struct doc *doc)
{
    size_t count = builder->text[LANG_EN]->note_count;
    struct doc_note *notes = arena_array(builder->reading, count, sizeof *notes);

    match_notes(builder);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < builder->text[lang]->note_count; i++) {
            const struct md_note *from = &builder->text[lang]->notes[i];
            struct doc_note *note = &notes[builder->notes[lang][i]];

            note->id = arena_string(builder->arena, from->id);
            note->text[lang] = builder_format(builder, &from->text, lang);
            note->at[lang] = from->at;
        }
    merge_notes(builder, doc, notes, count);
    builder->doc_notes = doc->notes;
}

/* ---- blocks ---- */

static const struct doc_table *markdown_table(struct builder *builder,
                                              const struct md_table *const in[LANG_COUNT])
{
    struct doc_table *table = arena_alloc(builder->arena, sizeof *table);
    size_t columns = in[LANG_EN]->columns, cells = columns * in[LANG_EN]->rows;
    struct doc_column *out = arena_array(builder->arena, columns, sizeof *out);

    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_text *texts = arena_array(builder->arena, cells, sizeof *texts);

        for (size_t i = 0; i < columns; i++) {
            out[i].title[lang] = builder_format(builder, &in[lang]->titles[i], lang);
            out[i].align = in[LANG_EN]->align[i];
        }
        for (size_t i = 0; i < cells; i++)
            texts[i] = builder_format(builder, &in[lang]->cells[i], lang);
        table->cells[lang] = texts;
        table->title[lang] = table->note[lang] = table->source[lang] = (struct rich_text){ .utf8 = "" };
    }
    table->column_count = columns;
    table->row_count = in[LANG_EN]->rows;
    table->columns = out;
    return table;
}

/* The declared table or chart, with the caption of this place. */
static void place_table(struct builder *builder, const char *id, struct block *block)
{
    for (size_t i = 0; i < builder->definition->table_count; i++) {
        struct doc_table *table;

        if (strcmp(builder->definition->tables[i].object.id, id) != 0)
            continue;
        table = arena_copy(builder->arena, &builder->tables[i], sizeof *table);
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            table->title[lang] = block->text[lang];
            block->text[lang] = (struct rich_text){ .utf8 = "" };
        }
        block->table = table;
    }
}

static void place_chart(struct builder *builder, const char *id, struct block *block)
{
    for (size_t i = 0; i < builder->definition->chart_count; i++) {
        struct rich_text source[LANG_COUNT];
        struct chart_spec *chart;

        if (strcmp(builder->definition->charts[i].object.id, id) != 0)
            continue;
        chart = arena_copy(builder->arena, &builder->charts[i], sizeof *chart);
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            chart->title[lang] = block->text[lang].utf8;
            source[lang] = builder_format(builder, &builder->definition->charts[i].source.in[lang], lang);
        }
        block->chart = chart;
        block->source = arena_copy(builder->arena, source, sizeof source);
    }
}

static void place_image(struct builder *builder, const char *object, struct block *block)
{
    block->image = builder_place_image(builder, object, block->text);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        block->text[lang] = (struct rich_text){ .utf8 = "" };
}

/* "Key judgement", or with a title of its own "Key judgement: the halt holds". */
static void label_callout(struct builder *builder, struct block *block)
{
    static const char *const labels[][LANG_COUNT] = {
        [CALLOUT_JUDGEMENT] = { "Key judgement", "التقدير الرئيسي" },
        [CALLOUT_NOTE] = { "Note", "ملاحظة" },
        [CALLOUT_WARNING] = { "Warning", "تنبيه" },
    };

    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const struct rich_text title = block->text[lang];
        const char *label = labels[block->callout][lang];
        struct rich_builder rich;

        rich_begin(&rich, builder->arena);
        rich_at(&rich, block->at[lang]);
        rich_add_string(&rich, label);
        if (title.length > 0)
            rich_add(&rich, ": ", 2);
        rich_copy(&rich, &title, 0, title.length);
        block->text[lang] = rich_finish(&rich, &title);
    }
}

static void place_object(struct builder *builder, const char *id, struct block *block)
{
    if (block->kind == BLOCK_TABLE)
        place_table(builder, id, block);
    else if (block->kind == BLOCK_CHART)
        place_chart(builder, id, block);
    else if (block->kind == BLOCK_IMAGE)
        place_image(builder, id, block);
    else if (block->kind == BLOCK_SOURCES)
        block->sources = builder_list_sources(builder);
    else if (block->kind == BLOCK_BREAK)
        block->break_at = strcmp(id, "page") == 0 ? BREAK_PAGE : BREAK_COLUMN;
    for (size_t i = 0; block->kind == BLOCK_KEY_FIGURES && i < builder->definition->group_count; i++)
        if (strcmp(builder->definition->groups[i].object.id, id) == 0)
            block->key_figures = &builder->groups[i];
}

static const struct block *make_blocks(struct builder *builder, const struct md_block *en,
                                       const struct md_block *ar)
{
    const struct block *first = NULL, **next = &first;

    for (; en && ar; en = en->next, ar = ar->next) {
        const struct md_block *const in[LANG_COUNT] = { en, ar };
        struct block *block = arena_alloc(builder->arena, sizeof *block);

        block->kind = en->kind;
        block->id = arena_string(builder->arena, en->id);
        block->level = en->level;
        block->ordered = en->ordered;
        block->start = en->start;
        block->tight = en->tight;
        block->callout = en->callout;
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            block->at[lang] = in[lang]->at;
            block->text[lang] = builder_format(builder, &in[lang]->text, lang);
        }
        if (en->table) {
            const struct md_table *const tables[LANG_COUNT] = { en->table, ar->table };

            block->table = markdown_table(builder, tables);
        }
        if (en->kind == BLOCK_CHART)
            builder_check_title(builder, en->object, block);
        builder_number_block(builder, en, block);
        if (en->object)
            place_object(builder, en->object, block);
        if (en->kind == BLOCK_CALLOUT)
            label_callout(builder, block);
        block->first_child = make_blocks(builder, en->first_child, ar->first_child);
        *next = block;
        next = (const struct block **)&block->next;
    }
    return first;
}

/* ---- front matter ---- */

/* Its blanks are no-break ones: in a narrow column of a title page the year would stand on the next line. */
static void add_date(struct builder *builder, struct rich_builder *rich, struct date date, enum lang lang)
{
    const char *words = locale_date(builder->locale[lang], date, DATE_LONG, builder->arena);
    struct rich_builder joined;
    rich_begin(&joined, builder->arena);
    for (const char *p = words; *p; p++)
        rich_add(&joined, *p == ' ' ? "\xC2\xA0" : p, *p == ' ' ? 2 : 1);
    value_add(rich, rich_finish(&joined, NULL).utf8, lang);
}

/* "Issue 1 · As of 3 April 2024", and below it "Covers 27 December 2019 to 3 April 2024"; with a comma in Arabic, where
 * a dot beside a number would be read as its zero: ١ · is ten. */
static const char *issue_line(struct builder *builder, enum lang lang)
{
    static const struct {
        const char *part, *issue, *as_of, *from, *to;
    } words[LANG_COUNT] = {
        [LANG_EN] = { " · ", "Issue ", "As of ", "Covers ", " to " },
        [LANG_AR] = { "، ", "العدد ", "حتى ", "يغطي الفترة من ", " إلى " },
    };
    const struct definition *definition = builder->definition;
    struct rich_builder rich;

    rich_begin(&rich, builder->arena);
    if (definition->has_issue) {
        rich_add_string(&rich, words[lang].issue);
        value_add(&rich, locale_integer(builder->locale[lang], definition->issue, builder->arena), lang);
        rich_add_string(&rich, words[lang].part);
    }
    rich_add_string(&rich, words[lang].as_of);
    add_date(builder, &rich, definition->as_of, lang);
    if (definition->has_period) {
        rich_add_string(&rich, "\xE2\x80\xA8"); /* U+2028: on a line of its own */
        rich_add_string(&rich, words[lang].from);
        add_date(builder, &rich, definition->from, lang);
        rich_add_string(&rich, words[lang].to);
        add_date(builder, &rich, definition->to, lang);
    }
    return rich_finish(&rich, NULL).utf8;
}

static void take_following(struct builder *builder, struct doc *doc)
{
    const struct definition *definition = builder->definition;
    struct doc_following *following = arena_array(builder->arena, definition->packet_count, sizeof *following);

    for (size_t i = 0; i < definition->packet_count; i++)
        following[i] = (struct doc_following){ arena_string(builder->arena, definition->packet[i].text),
                                              definition->packet[i].at };
    doc->following = following;
    doc->following_count = definition->packet_count;
}

struct doc *build_doc(struct builder *builder, const char *name)
{
    struct doc *doc = arena_alloc(builder->arena, sizeof *doc);
    const struct definition *definition = builder->definition;

    doc->arena = builder->arena;
    doc->name = arena_string(builder->arena, name);
    doc->issue = definition->has_issue ? definition->issue : 0;
    doc->as_of = arena_string(builder->arena, definition->as_of_text);
    doc->layout = arena_string(builder->arena, definition->layout.text);
    doc->attach = definition->attach;
    take_following(builder, doc);
    memcpy(doc->editions, definition->editions, sizeof doc->editions);
    builder_format_strings(builder, &definition->title, doc->title, doc->title_at);
    builder_format_strings(builder, &definition->subtitle, doc->subtitle, doc->subtitle_at);
    builder_format_strings(builder, &definition->author, doc->author, doc->author_at);
    builder_number(builder);
    make_notes(builder, doc);
    doc->blocks = make_blocks(builder, builder->text[LANG_EN]->blocks, builder->text[LANG_AR]->blocks);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        doc->issue_line[lang] = issue_line(builder, lang);
        doc->locale[lang] = builder->locale[lang];
    }
    return doc;
}
