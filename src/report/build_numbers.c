/*
 * Numbers that the program gives: of notes, sections, figures and tables, where they stand and where a text refers to
 * them. Must not know how a number looks on the page.
 */
#include "report/builder.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "report/letters.h"
#include "report/punctuation.h"

#include <string.h>

#define NBSP "\xC2\xA0"
#define REFERENCE_MARK "\xEF\xBF\xBC" /* U+FFFC, see markdown.h */

/* A heading, chart, table or image that links lead to. */
struct target {
    const struct md_block *block[LANG_COUNT];
    const char *url, *dest;         /* as texts write it: "#seats", "chart:seats"; as the PDF names it */
    const char *number[LANG_COUNT]; /* NULL: it has none */
};

/* "chart:"; NULL for what no link leads to. */
static const char *scheme_of(const struct md_block *block)
{
    if (block->kind == BLOCK_HEADING)
        return "#";
    if (!block->object)
        return NULL;
    return block->kind == BLOCK_CHART   ? "chart:"
           : block->kind == BLOCK_TABLE ? "table:"
           : block->kind == BLOCK_IMAGE ? "image:"
                                        : NULL;
}

static bool is_numbered(const struct builder *builder, const struct md_block *block)
{
    const struct definition_numbering *numbering = &builder->definition->numbering;

    return block->kind == BLOCK_HEADING ? numbering->headings
           : block->kind == BLOCK_TABLE ? numbering->tables
                                        : numbering->figures;
}

/* What a text calls a block that links lead to: a heading's id, an object's name. */
static const char *name_of(const struct builder *builder, const struct md_block *block)
{
    const struct definition_image *image;

    if (block->kind == BLOCK_HEADING)
        return block->id;
    image = block->kind == BLOCK_IMAGE ? definition_find_image(builder->definition, block->object) : NULL;
    return image ? image->object.id : block->object;
}

/* ---- links in one text ---- */

static bool is_object_link(const struct inline_span *span)
{
    return span->kind == INLINE_LINK && (strncmp(span->url, "chart:", 6) == 0 || strncmp(span->url, "table:", 6) == 0 ||
                                         strncmp(span->url, "image:", 6) == 0);
}

static bool is_empty(const struct rich_text *text, const struct inline_span *span)
{
    return span->end - span->start == strlen(REFERENCE_MARK) &&
           memcmp(text->utf8 + span->start, REFERENCE_MARK, strlen(REFERENCE_MARK)) == 0;
}

static void refuse_target(struct builder *builder, const char *url, struct place at, const struct md_block *first)
{
    const char **names = NULL, *name = strchr(url, ':') + 1, *near;
    size_t count = 0, scheme = (size_t)(name - url);

    for (const struct md_block *block = first; block; block = block->next)
        if (scheme_of(block) && strncmp(scheme_of(block), url, scheme) == 0) {
            names = arena_grow(builder->arena, names, count, sizeof *names);
            names[count++] = name_of(builder, block);
        }
    near = nearest_known(name, names, count);
    diag_add(builder->diags, DIAG_LINK_TARGET, at, "no %.*s '%s' stands in this text; %s%s%s", (int)scheme - 1, url,
             name, near ? "did you mean '" : "link to one that does", near ? near : "", near ? "'?" : "");
}

static void check_text_links(struct builder *builder, struct phrase *phrase, const struct md_block *first)
{
    const struct rich_text *text = &phrase->text;

    for (size_t i = 0; i < text->span_count; i++) {
        const struct inline_span *span = &text->spans[i];
        const struct md_block *block = first;

        if (!is_object_link(span))
            continue;
        while (block && !(scheme_of(block) && strncmp(span->url, scheme_of(block), strlen(scheme_of(block))) == 0 &&
                          strcmp(span->url + strlen(scheme_of(block)), name_of(builder, block)) == 0))
            block = block->next;
        phrase->misled |= !block;
        if (!block)
            refuse_target(builder, span->url, rich_place(text, span->start), first);
        else if (is_empty(text, span) && !is_numbered(builder, block))
            diag_add(builder->diags, DIAG_LINK_TEXT, rich_place(text, span->start),
                     "this link has no text, and what it leads to has no number; write a text, or 'numbering: "
                     "{%s: true}' in report.yaml",
                     block->kind == BLOCK_TABLE ? "tables" : "figures");
    }
}

static void check_block_links(struct builder *builder, struct md_block *block, const struct md_block *first)
{
    for (; block; block = block->next) {
        check_text_links(builder, &block->text, first);
        for (size_t i = 0; block->table && i < block->table->columns; i++)
            check_text_links(builder, &block->table->titles[i], first);
        for (size_t i = 0; block->table && i < block->table->columns * block->table->rows; i++)
            check_text_links(builder, &block->table->cells[i], first);
        check_block_links(builder, block->first_child, first);
    }
}

void builder_check_links(struct builder *builder, enum lang lang)
{
    const struct markdown *text = builder->text[lang];

    check_block_links(builder, text->blocks, text->blocks);
    for (size_t i = 0; i < text->note_count; i++)
        check_text_links(builder, &text->notes[i].text, text->blocks);
}

/* ---- giving numbers ---- */

/* "1.2" of the counts of each level down to a heading's; "." between Arabic-Indic digits keeps their order. */
static const char *section_number(struct builder *builder, const int counts[], int level, enum lang lang)
{
    const char *number = "";

    for (int i = 2; i <= level; i++)
        number = arena_printf(builder->arena, "%s%s%s", number, i > 2 ? "." : "",
                              locale_integer(builder->locale[lang], counts[i], builder->arena));
    return number;
}

static void add_target(struct builder *builder, const struct md_block *en, const struct md_block *ar)
{
    struct target *target;
    const char *name = name_of(builder, en);

    builder->targets =
        arena_grow(builder->reading, builder->targets, builder->target_count, sizeof *builder->targets);
    target = &builder->targets[builder->target_count++];
    target->block[LANG_EN] = en;
    target->block[LANG_AR] = ar;
    target->url = arena_printf(builder->reading, "%s%s", scheme_of(en), name);
    target->dest = en->kind == BLOCK_HEADING
                       ? arena_string(builder->arena, name)
                       : arena_printf(builder->arena, "%.5s.%s", scheme_of(en), name); /* an id has no '.' */
}

void builder_number(struct builder *builder)
{
    enum { LEVELS = 7 };
    int sections[LEVELS] = { 0 }, figures = 0, tables = 0;
    const struct md_block *ar = builder->text[LANG_AR]->blocks;

    for (const struct md_block *en = builder->text[LANG_EN]->blocks; en && ar; en = en->next, ar = ar->next) {
        struct target *target;
        int count = 0;

        if (!scheme_of(en))
            continue;
        add_target(builder, en, ar);
        target = &builder->targets[builder->target_count - 1];
        if (en->kind == BLOCK_HEADING) {
            sections[en->level]++;
            for (int i = en->level + 1; i < LEVELS; i++)
                sections[i] = 0;
        } else {
            count = en->kind == BLOCK_TABLE ? ++tables : ++figures;
        }
        for (enum lang lang = 0; is_numbered(builder, en) && lang < LANG_COUNT; lang++)
            target->number[lang] = en->kind == BLOCK_HEADING
                                       ? section_number(builder, sections, en->level, lang)
                                       : locale_integer(builder->locale[lang], count, builder->arena);
    }
}

/* ---- where numbers stand ---- */

/* Where the letter begins that stands before `end`, with or without harakat; NULL: another does. */
static const char *letter_before(const char *start, const char *end, const char *letter)
{
    const char first_haraka[] = "\u064B", last_haraka[] = "\u0652";

    while (end - start >= 2 && memcmp(end - 2, first_haraka, 2) >= 0 && memcmp(end - 2, last_haraka, 2) <= 0)
        end -= 2;
    return end - start >= 2 && memcmp(end - 2, letter, 2) == 0 ? end - 2 : NULL;
}

/* Whether a text ends in the Arabic "to", which is written together with the next word: alone, or behind "and" or
 * "so", which are one letter too. */
static bool ends_in_lam(const struct buf *text)
{
    const char *start = text->data, *end = letter_before(start, start + text->length, "ل"), *prefix;

    if (!end)
        return false;
    prefix = letter_before(start, end, "و");
    prefix = prefix ? prefix : letter_before(start, end, "ف");
    end = prefix ? prefix : end;
    if (end == start)
        return true;
    do
        end--;
    while (end > start && ((unsigned char)*end & 0xC0) == 0x80);
    return letters_script(utf8_next(&end)) == LETTERS_NONE;
}

/* "Figure 2", "section 1.2". Behind "to" the Arabic article has no alef: "للجدول". */
static void add_label(struct rich_builder *rich, const struct target *target, enum lang lang)
{
    enum block_kind kind = target->block[lang]->kind;
    const char *word = kind == BLOCK_HEADING ? lang == LANG_AR ? "القسم" NBSP : "section" NBSP
                       : kind == BLOCK_TABLE ? lang == LANG_AR ? "الجدول" NBSP : "Table" NBSP
                       : lang == LANG_AR     ? "الشكل" NBSP
                                             : "Figure" NBSP;

    rich_add_string(rich, word + (lang == LANG_AR && ends_in_lam(&rich->text) ? strlen("ا") : 0));
    value_add(rich, target->number[lang], lang);
}

const char *builder_label(struct builder *builder, const struct md_block *en, enum lang lang)
{
    for (size_t i = 0; i < builder->target_count; i++)
        if (builder->targets[i].block[LANG_EN] == en && builder->targets[i].number[lang]) {
            struct rich_builder rich;

            rich_begin(&rich, builder->arena);
            add_label(&rich, &builder->targets[i], lang);
            return rich_finish(&rich, NULL).utf8;
        }
    return NULL;
}

/* A heading or caption with its number before it. */
static struct rich_text with_number(struct builder *builder, const struct target *target, const struct rich_text *text,
                                    enum lang lang)
{
    struct rich_builder rich;

    rich_begin(&rich, builder->arena);
    rich_at(&rich, target->block[lang]->at);
    if (target->block[lang]->kind == BLOCK_HEADING)
        value_add(&rich, target->number[lang], lang);
    else
        add_label(&rich, target, lang);
    if (text->length > 0)
        rich_add_string(&rich, target->block[lang]->kind == BLOCK_HEADING ? " " : ". ");
    rich_copy(&rich, text, 0, text->length);
    return rich_finish(&rich, text);
}

void builder_number_block(struct builder *builder, const struct md_block *en, struct block *block)
{
    const struct target *target = NULL;

    /* blocks come in the order in which they were numbered */
    if (builder->target_next < builder->target_count &&
        builder->targets[builder->target_next].block[LANG_EN] == en)
        target = &builder->targets[builder->target_next++];
    if (!target)
        return;
    for (enum lang lang = 0; target->number[lang] && lang < LANG_COUNT; lang++)
        block->text[lang] = with_number(builder, target, &block->text[lang], lang);
    block->dest = target->dest;
    for (const struct target *t = builder->targets; t < target; t++)
        if (strcmp(t->dest, target->dest) == 0)
            block->dest = NULL; /* the same chart again: links lead to the first */
}

/* ---- where numbers are referred to ---- */

/* Whether the text before `end` closes with a number, a full stop or comma behind it or not. Isolates do not count. */
static bool ends_in_number(const char *utf8, uint32_t end)
{
    static const char pdi[] = "\xE2\x81\xA9", arabic_comma[] = "\xD8\x8C";
    bool stopped = false;
    while (end > 0) {
        const unsigned char *p = (const unsigned char *)utf8 + end;
        if (end >= 3 && memcmp(p - 3, pdi, 3) == 0)
            end -= 3;
        else if (!stopped && end >= 2 && memcmp(p - 2, arabic_comma, 2) == 0)
            stopped = true, end -= 2;
        else if (!stopped && (p[-1] == '.' || p[-1] == ',' || p[-1] == ':'))
            stopped = true, end -= 1;
        else /* a digit, European or Arabic-Indic, or a percent sign, Latin or Arabic */
            return (p[-1] >= '0' && p[-1] <= '9') || p[-1] == '%'
                || (end >= 2 && p[-2] == 0xD9 && p[-1] >= 0xA0 && p[-1] <= 0xAA);
    }
    return false;
}

static const struct target *find_target(const struct builder *builder, const char *url)
{
    for (size_t i = 0; i < builder->target_count; i++)
        if (strcmp(builder->targets[i].url, url) == 0)
            return &builder->targets[i];
    return NULL;
}

/* A heading without a number is called by its title. */
static void add_title(struct builder *builder, struct rich_builder *rich, const struct target *target, enum lang lang)
{
    struct rich_text title = { .utf8 = "" };

    message_format(target->block[lang]->text.message, &builder->figures, builder->locale[lang], rich->arena, &title,
                   builder->diags);
    title = punctuation_set(&title, lang, rich->arena);
    rich_add_string(rich, lang == LANG_AR ? "«" : "“");
    rich_add(rich, title.utf8, title.length);
    rich_add_string(rich, lang == LANG_AR ? "»" : "”");
}

/* A note's number stands in isolates. A blank parts it from another note's and from a number in the text, since a
 * copied or spoken "120.4" would be a number that nobody counted. */
static void add_note_number(struct builder *builder, struct rich_builder *rich, const struct inline_span *span,
                            bool after_note, enum lang lang)
{
    const char *number = builder->doc_notes[builder->notes[lang][span->note]].number[lang];

    if (after_note || ends_in_number(rich->text.data, (uint32_t)rich->text.length))
        rich_add_string(rich, NBSP);
    value_open(rich, number, lang);
    rich_replace_begin(rich, span->start, span->end);
    rich_add_string(rich, number);
    rich_replace_end(rich);
    value_close(rich);
}

static void add_reference(struct builder *builder, struct rich_builder *rich, const struct inline_span *span,
                          enum lang lang)
{
    const struct target *target = find_target(builder, span->url);

    rich_replace_begin(rich, span->start, span->end);
    if (target && target->number[lang])
        add_label(rich, target, lang);
    else if (target)
        add_title(builder, rich, target, lang);
    rich_replace_end(rich);
}

static bool is_reference(const struct rich_text *text, const struct inline_span *span)
{
    return span->kind == INLINE_NOTE_REF || (span->kind == INLINE_LINK && is_empty(text, span));
}

/* Links name places of the document, and notes are those of the doc. */
static void resolve_spans(const struct builder *builder, struct rich_text *text, enum lang lang, struct arena *arena)
{
    struct inline_span *spans = arena_copy(arena, text->spans, text->span_count * sizeof *spans);

    for (size_t i = 0; i < text->span_count; i++) {
        const struct target *target = is_object_link(&spans[i]) ? find_target(builder, spans[i].url) : NULL;

        if (spans[i].kind == INLINE_NOTE_REF)
            spans[i].note = (uint32_t)builder->notes[lang][spans[i].note];
        else if (target)
            spans[i].url = arena_printf(arena, "#%s", target->dest);
    }
    text->spans = spans;
}

struct rich_text builder_fill_references(struct builder *builder, const struct rich_text *text, enum lang lang,
                                         struct arena *arena)
{
    struct rich_builder rich;
    struct rich_text filled;
    uint32_t done = 0;
    bool any = false, after_note = false;

    for (size_t i = 0; i < text->span_count; i++)
        any |= is_reference(text, &text->spans[i]) || is_object_link(&text->spans[i]);
    if (!any)
        return *text;
    rich_begin(&rich, arena);
    for (size_t i = 0; i < text->span_count; i++) {
        const struct inline_span *span = &text->spans[i];

        if (!is_reference(text, span))
            continue;
        after_note &= done > 0 && done == span->start;
        rich_copy(&rich, text, done, span->start);
        rich_at(&rich, rich_place(text, span->start));
        if (span->kind == INLINE_NOTE_REF)
            add_note_number(builder, &rich, span, after_note, lang);
        else
            add_reference(builder, &rich, span, lang);
        after_note = span->kind == INLINE_NOTE_REF;
        done = span->end;
    }
    rich_copy(&rich, text, done, text->length);
    filled = rich_finish(&rich, text);
    resolve_spans(builder, &filled, lang, arena);
    return filled;
}
