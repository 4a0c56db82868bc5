/*
 * Documents built by hand, for the tests of layout/: blocks in both languages, chained, without a report. They live
 * in the arena that is given.
 */
#ifndef MUJAZ_TESTS_BLOCKS_H
#define MUJAZ_TESTS_BLOCKS_H

#include "report/doc.h"
#include "scene/scene.h"
#include "text/text.h"

/* What they are set with: the shipped fonts; a doc that has titles, a date and locales, and no blocks yet. */
struct blocks_setting {
    struct arena *arena;
    struct diags *diags;
    struct font_set *fonts;
    struct text_engine *text;
    struct doc doc;
};
bool blocks_setting_open(struct blocks_setting *); /* false: there are no fonts */
/* "Issueline" and "Authorname" to its title, and no subtitle. */
void blocks_setting_sign(struct blocks_setting *);
void blocks_setting_drop(struct blocks_setting *);

struct rich_text blocks_text(const char *utf8);
const char *blocks_repeat(struct arena *, const char *words, size_t times);

/* A list of blocks that grows at its end. */
struct blocks {
    struct arena *arena;
    struct block *first, *last;
};
struct block *blocks_add(struct blocks *, enum block_kind, const char *en, const char *ar);
struct block *blocks_heading(struct blocks *, int level, const char *id, const char *en, const char *ar);
/* A paragraph of as many sentences, which begin with `word` in English and كلمة in Arabic. */
struct block *blocks_paragraph(struct blocks *, const char *word, size_t sentences);
struct block *blocks_chart(struct blocks *, const struct chart_spec *);
/* Two columns; cells of the first hold `word` in both languages. */
struct block *blocks_table(struct blocks *, const char *word, size_t rows);
/* The paragraph's last word refers to a note. */
void blocks_refer(struct arena *, struct block *, const struct doc_note *notes, size_t note);

bool line_holds(const struct text_line *, const char *words);
/* Number of text commands on a page whose line holds the words; where the first and the last of them stand. */
size_t text_count(const struct scene_page *, const char *words);
const struct scene_command *text_first(const struct scene_page *, const char *words);
const struct scene_command *text_last(const struct scene_page *, const char *words);
/* Lines of a tag's content on a page. */
size_t tag_lines(const struct scene_page *, const struct scene_tag *);

#endif
