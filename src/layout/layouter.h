/*
 * Inside layout/: the state of one layout_doc call, the pieces that blocks become, and who makes them.
 *
 *   doc ──block.c, table.c, figure.c, front.c──▶ flow items ──paginate.c──▶ pages ──furniture.c──▶ scene
 *            └──── paragraphs, notes ───later.c────┘
 *
 * All page breaks are chosen before the first page is drawn; then each page is finished before the next one begins.
 *
 * An x in here counts from the left edge of the text frame, which moves from page to page with the binding;
 * layouter_left gives that edge. A y counts from the page's top.
 *
 *      ┌────────────── page ──────────────┐
 *      │   running header                 │
 *      │   ┌──────── frame ───────────┐ ◀── frame_top
 *      │   │ column 0 │gutter│ column 1│  │      English left, Arabic right; one column in en and ar
 *      │   │          │      │         │  │
 *      │   │ notes    │      │ notes   │  │
 *      │   └──────────────────────────┘ ◀── frame_bottom
 *      │   page n of N                    │
 *      └──────────────────────────────────┘
 */
#ifndef MUJAZ_LAYOUT_LAYOUTER_H
#define MUJAZ_LAYOUT_LAYOUTER_H

#include "layout/layout.h"

struct column {
    enum lang lang;
    float x, width;
};

/* Rich or plain text, broken into lines for one column, with the element that its content belongs to. Of a long
 * document's later texts the number of lines is kept, and they are set again when they are drawn. */
struct set_text {
    const struct text_block *block; /* NULL: not kept, or nothing set (yet: later.c); set_block has it */
    const struct rich_text *rich;
    uint32_t lines;
    enum lang lang : 8; /* packed: a long document has many */
    bool numbered : 1; /* has notes numbered by the page, and is set anew there; its lines are kept too */
    float x, width;
    struct scene_tag *tag;
    const struct text_style *style; /* to set it again with; NULL: its lines are kept */
    const char *dest; /* where the first line stands is what links of this name lead to; NULL: none do */
};

enum flow_kind {
    FLOW_LINES, /* rows of text, one line per column in each, on common baselines; may break between rows */
    FLOW_SOLID, /* a block of a known height that draws itself; never breaks */
    FLOW_ROWS,  /* rows that draw themselves; may break between rows, with a head above each page's */
};

/* A note that a row refers to: it is set at the foot of the page that the row stands on. */
struct note_use {
    size_t row, note;
};

/* Lines [from, to) of a note at a page's foot: all of them but where it goes on overleaf. */
struct page_note {
    size_t note, from, to;
};

struct layouter;
struct flow_item;
typedef void flow_draw_fn(struct layouter *, const struct flow_item *, size_t page, float y);

/* How rows are asked for. `first`: the row that the page begins with, or would; 0: the item's first. */
struct flow_rows {
    float (*row_height)(struct layouter *, const struct flow_item *, size_t row, size_t first);
    float (*head_height)(const struct flow_item *, size_t first);
    /* whether `row` must stand on the page of the row before it */
    bool (*row_stays)(struct layouter *, const struct flow_item *, size_t row, size_t first);
    /* rows [from, to) and above them the head, from y on; called once for each row, in order */
    void (*draw)(struct layouter *, const struct flow_item *, size_t page, float y, size_t from, size_t to);
};

struct flow_item { /* packed: a long document has many */
    enum flow_kind kind : 8;
    enum break_kind break_before : 8; /* it begins a column or a page */
    float before, after; /* space; the larger of two neighbours' counts, none at the top of a page */
    bool keep_next;      /* stays on the page of what follows */
    bool keep_last;      /* stays on the page of the last line before it */
    bool whole;          /* lines: no page ends between them */
    bool twin;           /* begins a figure or table that stands above it in the page's other language */
    bool begins_page;    /* nothing stands above it on its page */
    bool across;         /* runs over all columns of the page */
    bool inside;         /* of a list or quote, and not its first: no figure comes before it */
    bool divides;        /* a rule: left out at a page's head, and at no page's foot */
    bool clears;         /* figures that wait come before it */
    bool flexible;       /* solid: a chart that may be set lower or higher; height: the usual one */
    bool turned;         /* stands on a page turned sideways */
    bool later;          /* lines: cells are set by later.c, and rows are counted then */
    bool bar;            /* lines: a bar at the start side (quotes, call-outs) */
    bool bar_joins;      /* with that of the item before it */
    uint32_t floats;     /* first item of a figure: how many items stay together and may move on to another place,
                            so that the text after them fills the page; else 0 */
    struct place at;

    struct set_text *cell;             /* lines: one per column of the page; else NULL */
    struct set_text *label;            /* lines: list marks beside the first row, one per column; NULL: none */
    float pitch, baseline;             /* lines: row height; baseline below the row's top */
    size_t rows;
    float bar_indent, bar_width;       /* from the column's start side */
    uint32_t bar_rgb;

    float height;                      /* solid; rows that stay on one page: of all of them with the head, else 0 */
    flow_draw_fn *draw;
    const struct flow_rows *of_rows;
    void *content;                     /* of draw and of_rows */

    struct note_use *notes; /* by row */
    uint32_t note_count;
    uint32_t heading;       /* index in layouter.headings plus 1; 0: none */
};

struct heading {
    const struct block *block;
    size_t page; /* known once the breaks are chosen */
};

/* A note set in small type at the columns' widths; made on its first reference. */
struct set_note {
    bool made, printed;
    size_t referred[LANG_COUNT]; /* number of the page where a reference is that its number leads back to; 0: none */
    struct set_text cell[LANG_COUNT], label[LANG_COUNT];
};

/* An entry of the contents list. */
struct contents_entry {
    size_t heading; /* index in headings */
    const struct layouter *part; /* in place of a heading: a following part, by its title */
    const struct block *block;   /* title and destination */
    struct set_text title[LANG_COUNT];
    float x[LANG_COUNT], width; /* of its part of the column */
    float y;                    /* of its first line's top, from its item's; once placed, on its page */
    bool placed;
    size_t page;                /* where it stands, once placed */
};

enum { STYLES_KEPT = 16 };

struct layouter {
    const struct doc *doc;
    const struct style *style;
    struct text_engine *text;
    struct diags *diags;
    struct scene *scene;
    struct arena *arena; /* the scene's; while a page is drawn the page's */
    struct arena *planning; /* while a table is planned: what no page needs; else NULL */
    const struct text_style *again[STYLES_KEPT]; /* that texts to be set again were set with last; NULL: none */
    size_t again_count;  /* styles in all */
    size_t room;         /* bytes of text whose lines will yet be kept; of what is set for a page: all */

    enum edition edition;
    enum dir binding;
    size_t first_page, end_page; /* of the edition, or of this part of the document; known before drawing */
    size_t all_pages;            /* of the document */
    size_t part;                 /* the scene's number of it */
    const char *prefix;          /* of names that are unique in the document; NULL: none */
    const struct layouter *following; /* of a packet's first part: those behind it */
    size_t following_count;
    struct column column[LANG_COUNT];
    size_t columns;      /* of the text: one for each language */
    size_t page_columns; /* that one language runs through; 1 in the parallel edition */
    size_t column_at;    /* the one that is drawn into */
    int flex;            /* of the figure that is drawn */
    float width, frame_top, frame_bottom;
    const struct style *turned; /* the style of pages turned sideways */

    struct later *later; /* sets texts while the doc is made into items; NULL: nothing does */
    bool alone;          /* nothing may */
    size_t blocks_set, blocks; /* so far, and in all; for who follows the work */
    struct flow_item **items;
    size_t item_count;
    enum break_kind break_next; /* of the item that comes next */
    struct heading *headings;
    size_t heading_count;
    struct set_note *notes; /* one per note of the doc */
    size_t *page_number;    /* of the notes of the page that is drawn, from 1; by note; numbered by the page only */
    struct contents_entry *contents;
    size_t contents_count;
    float end_y; /* where the last page's text ends */
    bool furniture_fails, furniture_told; /* that it does not fit */
};

enum { NARROW_COLUMNS = 3 }; /* the most columns of a table that fit into a column of the page */

/* --- layouter.c: what is the edition's own --- */

/* A name that is unique in the document, where other parts have the same. */
const char *layouter_name(const struct layouter *, const char *);
struct scene_tag *tag_with_lang(struct layouter *, struct scene_tag *parent, enum tag_role, enum lang);

/* The columns that the edition and its style ask for. */
void layouter_set_columns(struct layouter *);

/* Left edge of the text frame on a page; in several columns, of the one that is drawn into. */
float layouter_left(const struct layouter *, size_t page);
/* Between these two, when `across`, the column is as wide as the page and the items that are added run across. */
struct wide {
    struct column column;
    size_t first;
    bool across;
};
struct wide layouter_widen(struct layouter *, bool across);
void layouter_narrow(struct layouter *, struct wide);
/* The same on pages turned sideways: the short side of the sheet is their height. Upright text, so that it is read on
 * a screen and heard as any other; a printer turns the sheet. */
struct layouter layouter_turned(const struct layouter *);

/* --- inline.c: text into lines --- */
enum text_tone { TONE_INK, TONE_MUTED, TONE_ACCENT, TONE_WARNING };
struct text_style layouter_style(const struct layouter *, enum lang, enum font_role, enum font_weight,
                                 float latin_size, enum text_tone);
struct text_style layouter_body_style(const struct layouter *, enum lang, float width); /* of paragraphs */
struct set_text set_rich(struct layouter *, const struct rich_text *, struct text_style, float x, float width,
                         struct scene_tag *);
/* The two halves of that: all but the lines, and the lines, which no other thread's layouter shares anything with. */
struct set_text set_open(struct layouter *, const struct rich_text *, struct text_style, float x, float width,
                         struct scene_tag *);
void set_fill(struct layouter *, struct set_text *, const struct text_style *);
/* Words without spans; NULL: an empty text. Of them set_rich can say where they stand. */
struct rich_text text_of_words(struct layouter *, const char *words, struct place);
/* In as few lines as set_rich makes, of about one length: for titles and short labels. */
struct set_text set_even(struct layouter *, const struct rich_text *, struct text_style, float x, float width,
                         struct scene_tag *);
struct set_text set_plain(struct layouter *, const char *utf8, struct place, struct text_style, float x, float width,
                          struct scene_tag *);
/* Its lines, if need be set again in the layouter's arena; NULL: nothing is set. */
const struct text_block *set_block(struct layouter *, const struct set_text *);
/* Only to be measured: lines in `passing`, which is as new before. */
const struct text_block *set_passing(struct layouter *, const struct rich_text *, struct text_style, float width,
                                     struct arena *passing);
float set_width(struct layouter *, const struct rich_text *, struct text_style); /* on one line */
float plain_width(struct layouter *, const char *utf8, struct place, struct text_style);
/* Lines [from, to) from the baseline `y` on, `pitch` apart; links become annotations. Within an open tag or
 * artifact. */
void set_draw(struct layouter *, const struct set_text *, size_t from, size_t to, size_t page, float y,
              float pitch);
/* The same between the begin and end of the text's own element; nothing when there are no such lines. */
void set_draw_tagged(struct layouter *, const struct set_text *, size_t from, size_t to, size_t page, float y,
                     float pitch);
size_t set_lines(const struct set_text *);
/* Tells the scene where these lines come from, which stand from `top` on; where the text does not say, from `at`. */
void set_source(struct layouter *, const struct set_text *, size_t from, size_t to, size_t page, float top,
                float pitch, struct place at);
/* Whether a page may end before line `to` of texts beside each other that it took up at line `from`: no language
 * leaves a line alone on either side. */
bool lines_may_part(const struct set_text cell[], size_t columns, size_t from, size_t to);
/* The text without its isolates (U+2066..U+2069), for what is read and not drawn: titles, descriptions. */
const char *plain_text(struct layouter *, const char *utf8, size_t length);

/* --- flow.c: the list of items --- */
struct flow_item *flow_add(struct layouter *, enum flow_kind, struct place at);
/* Rows, pitch and notes of a lines item whose cells are set, or will be: then flow_count_rows comes when they are. */
void flow_finish_lines(struct layouter *, struct flow_item *, float pitch);
void flow_count_rows(struct layouter *, struct flow_item *);
/* Notes referred to in a text belong to `row` of the item (for a lines item: to the row of the line). */
void flow_use_notes(struct layouter *, struct flow_item *, const struct set_text *, bool by_line);
void flow_use_notes_in(struct layouter *, struct flow_item *, const struct rich_text *, size_t row);

/* --- later.c: paragraphs and notes, set by two threads while the doc is made into items --- */
/* Between these two set_later keeps texts for both threads, where there are two processors; it sets them at once
 * elsewhere. False: something was said of a text, and in an order that depends on threads: all is to be done again,
 * alone. */
void later_begin(struct layouter *);
bool later_end(struct layouter *);
/* As set_rich; neither `set` nor the number of the item's lines may be asked for before the end. The item: whose rows
 * they make; or NULL. */
void set_later(struct layouter *, struct flow_item *, struct set_text *set, const struct rich_text *,
               struct text_style, float x, float width, struct scene_tag *);
void later_add_item(struct layouter *, struct flow_item *);

/* --- blocks into items --- */
void flow_title(struct layouter *);                                  /* front.c */
void flow_contents(struct layouter *, const struct block *);         /* front.c */
void flow_contents_draw(struct layouter *, size_t page);             /* front.c: the entries placed on it */
void flow_blocks(struct layouter *, const struct block *first);      /* block.c */
void flow_table(struct layouter *, const struct block *);            /* table.c */
void flow_chart(struct layouter *, const struct block *);            /* figure.c */
/* Charts may give so that a page is full: all of a page are set at one step, FLEX_STEP of their height each,
 * lower (negative) or higher. A chart whose words do not bear it goes as far as they do. */
enum { FLEX_LOWEST = -6, FLEX_HIGHEST = 4, FLEX_NONE = FLEX_LOWEST - 1 };
#define FLEX_STEP 0.04f
/* Height of a flexible item at a step, measured when it is first asked for; of any other its own. */
float flow_height(const struct flow_item *, int flex);
/* Of an item that is a chart; else NULL. */
const struct chart_spec *flow_chart_spec(const struct flow_item *);
void flow_image(struct layouter *, const struct block *);            /* image.c */
/* In points, of an item that is an image; else 0. */
float flow_image_width(const struct flow_item *);
float flow_image_wish(const struct doc_image *); /* points that it asks for; 0: as wide as the text */
void flow_sources(struct layouter *, const struct block *);          /* source_list.c */
/* A Figure for each language, in the order of the columns, so that each description is said in its own: one Alt has one
 * Lang. What is drawn once, with the words of both languages in it, is the first one's; the second has the caption. */
struct figure_tags {
    struct scene_tag *tag[LANG_COUNT];
    size_t count;
};
struct figure_tags figure_tags(struct layouter *, const char *const alt[LANG_COUNT]); /* by column */
/* The i-th is opened, for what is drawn in the box: left, top, right, bottom, on the page. */
void figure_begin(struct layouter *, const struct figure_tags *, size_t i, size_t page, const float box[4]);
/* Words above or below a figure, a column of them in each language; they belong to its tags, or, NULL, to none of them.
 * Not when no language shown has any: NULL. */
struct flow_item *flow_words(struct layouter *, struct place, const struct rich_text words[LANG_COUNT],
                             const struct text_style style[LANG_COUNT], float pitch, const struct figure_tags *,
                             enum tag_role);
/* The styles of such words, by language. */
void make_styles(const struct layouter *, struct text_style style[LANG_COUNT], enum font_role, enum font_weight,
                 float size, enum text_tone);
void flow_list_heading(struct layouter *, const struct block *);     /* front.c: of contents and sources */
void flow_key_figures(struct layouter *, const struct block *);      /* figure.c */
void flow_note(struct layouter *, size_t note);                      /* notes.c: sets it when first used */
/* --- note_numbers.c --- */
/* A note's number as printed on the page that is drawn; where links to it on that page lead, and those back; a text
 * with such numbers (the same text when its numbers stand already), and its lines; and the count, before a page is
 * drawn. */
const char *note_number(struct layouter *, size_t note, enum lang);
const char *note_dest(struct layouter *, size_t note, size_t page);
/* A reference to it is drawn: the document's first, or the page's when notes are numbered by the page, is what the
 * note's number leads back to. NULL: there is none. */
void note_referred(struct layouter *, size_t note, enum lang, size_t page, float y);
const char *note_reference(struct layouter *, size_t note, enum lang, size_t page);
const struct rich_text *notes_number(struct layouter *, const struct rich_text *, enum lang);
struct set_text notes_set_again(struct layouter *, const struct set_text *);
void notes_count(struct layouter *, const struct page_note *, size_t count);

/* --- notes.c --- */
size_t notes_rows(const struct layouter *, size_t note);
float notes_height(const struct layouter *, size_t note, size_t from, size_t to);
/* Where a note may part that goes on from line `from`: the last place within the room, 0 when there is none; and
 * the first such place, or its end. */
size_t notes_break(const struct layouter *, size_t note, size_t from, float room);
size_t notes_least_rows(const struct layouter *, size_t note, size_t from);
float notes_separator(const struct layouter *); /* room above the first note */
void notes_draw(struct layouter *, const struct page_note *, size_t count, size_t page, float y);

/* --- paginate.c: items into pages --- */
struct pagination;
/* Chooses the pages, the first of which is l->first_page, and tells l and its headings; l must outlive it. */
struct pagination *paginate(struct layouter *l);
/* It waits for other parts of its document: what can be made again from l's items is let go until it is drawn. */
void pagination_rest(struct pagination *);
void pagination_draw(struct pagination *);  /* all of them, each whole; l->all_pages must be set */
void pagination_drop(struct pagination *);

/* --- furniture.c: running header and page number --- */
/* Whether the fonts have all that headers and footers say, once and with its place: the pages would say it again and
 * again. Else none are drawn. */
void furniture_check(struct layouter *);
void furniture_draw(struct layouter *, size_t page);

#endif
