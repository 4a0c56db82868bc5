/*
 * The scene: pages, each a flat list of drawing commands; tags travel in the same stream as the drawing, so
 * they cannot drift apart. pdf and preview play it; scene_dump prints it for golden tests.
 *
 * It is a stream of pages and what belongs to the whole document (tags, destinations, outline, meta). With a sink each
 * page goes there when it is finished, and its commands, links and tags are gone then; only its size stays. Without
 * one all pages are kept.
 *
 * Points; origin at the page's top left, y downwards. Names, lines and strings must live in the scene's arena
 * (or a font set that outlives it).
 */
#ifndef MUJAZ_SCENE_SCENE_H
#define MUJAZ_SCENE_SCENE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/lang.h"
#include "image/image.h"
#include "text/text.h"

/* Structure types of ISO 32000-1, 14.8.4, that a briefing uses. */
enum tag_role {
    TAG_DOCUMENT, TAG_H1, TAG_H2, TAG_H3, TAG_H4, TAG_H5, TAG_H6, TAG_P, TAG_BLOCK_QUOTE,
    TAG_LIST, TAG_LIST_ITEM, TAG_LABEL, TAG_LIST_BODY, TAG_TABLE, TAG_THEAD, TAG_TBODY, TAG_ROW,
    TAG_HEADER_CELL, TAG_DATA_CELL, TAG_FIGURE, TAG_CAPTION, TAG_NOTE, TAG_REFERENCE, TAG_LINK, TAG_TOC,
    TAG_TOC_ITEM, TAG_SPAN, TAG_SECT, TAG_DIV, TAG_ROLE_COUNT
};

/* What stands before the items of a list: a bullet of a known form, numbers, or something else, or nothing. */
enum tag_numbering { NUMBERING_NONE, NUMBERING_DISC, NUMBERING_CIRCLE, NUMBERING_SQUARE, NUMBERING_DECIMAL,
                     NUMBERING_COUNT };

/* What few elements have: of the others it is one and the same, all zero. */
struct scene_tag_more {
    const char *alt;          /* Figure */
    const char *chart;        /* Figure: id of the chart that it shows, so that its data can be found; or NULL */
    const char *name;         /* /ID of a Note, and of a TH that cells name: unique; else NULL */
    float bbox[4];            /* Figure: left, top, right, bottom, on the page of its content */
    uint32_t row_span, column_span; /* TH, TD: rows and columns that it stands across; 0 and 1: one */
    const char *const *headers;     /* TD: IDs of the TH that it is under and beside, where Scope says too little */
    uint32_t header_count;
};

/* A structure element. Its kids are, in order of creation, the elements made with it as their parent and the
 * content between scene_tag_begin and scene_tag_end. One that is made between scene_page_begin and scene_page_end
 * has all its content on that page, and lives as long as the page. */
struct scene_tag {
    uint32_t id;              /* 0 for the root; creation order, so also reading order among siblings */
    uint32_t index;           /* among the scene's tags, or among its page's */
    struct scene_tag *parent; /* NULL for the root */
    enum tag_role role : 8;   /* packed: a long document has many tags */
    enum lang lang : 8;
    bool has_lang : 1;        /* else inherited */
    bool of_page : 1;         /* it is its page's */
    bool has_bbox : 1;        /* Figure */
    enum tag_numbering numbering : 8; /* L */
    const char *text;         /* said and not drawn, as a cell of a chart's table; or NULL */
    const struct scene_tag_more *more; /* never NULL */
};

enum artifact_kind { ARTIFACT_LAYOUT, ARTIFACT_HEADER, ARTIFACT_FOOTER };

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };
struct path_step {
    enum path_op op;
    float x[3], y[3]; /* move and line: [0]; curve: two controls and the end */
};

struct paint {
    bool fill, stroke;
    uint32_t fill_rgb, stroke_rgb;
    float width;        /* of the stroke, points */
    float dash, gap;    /* 0: solid */
};

enum scene_command_kind {
    SCENE_TEXT, SCENE_PATH, SCENE_IMAGE, SCENE_TAG_BEGIN, SCENE_TAG_END, SCENE_ARTIFACT_BEGIN, SCENE_ARTIFACT_END
};

/* Bytes [start, end) of a line's text that belong to an element of their own, a kid of the one that is open. */
struct scene_span {
    uint32_t start, end;
    const struct scene_tag *tag;
};

struct scene_command {
    enum scene_command_kind kind;
    union {
        struct {
            const struct text_line *line;
            float x, baseline;
            const struct scene_span *spans; /* in the order of the text */
            uint32_t span_count;
        } text;
        struct { const struct path_step *steps; uint32_t count; struct paint paint; } path;
        struct { const struct image *pixels; const char *name; float x, y, width, height; } image;
        const struct scene_tag *tag;
        enum artifact_kind artifact;
    };
};

/* A rectangle that leads to a destination inside (dest) or to an address outside (url). */
struct scene_link {
    float left, top, right, bottom;
    const char *dest, *url;     /* one of them */
    const char *description;    /* what a screen reader says */
    const struct scene_tag *tag; /* a TAG_LINK (or TAG_REFERENCE's child) element that holds the annotation */
};

/* A rectangle and where in the input what is drawn in it comes from. Nothing is drawn or written for it. */
struct scene_source {
    float left, top, right, bottom;
    struct place at; /* the file's name must outlive the scene */
};

struct scene_page {
    float width, height;
    const struct scene_command *commands; /* in drawing order */
    size_t command_count;
    const struct scene_link *links;
    size_t link_count;
    const struct scene_source *sources; /* in drawing order */
    size_t source_count;
    struct scene_tag *const *tags; /* made on it, in order of creation */
    size_t tag_count;
    const struct scene_tag *const *closed; /* see scene_tag_close */
    size_t closed_count;
};

struct scene_dest {
    const char *name; /* unique */
    size_t page;
    float y;
};

struct scene_outline {
    int level; /* 1-based */
    const char *title;
    const char *dest;
    enum lang lang;
};

/* Outside the trimmed page, for who cuts it: nothing, where to cut, or also what shows whether the inks stand on one
 * another. */
enum scene_marks { MARKS_NONE, MARKS_CROP, MARKS_ALL };

/* What the file's colours are: all of sRGB, shades of one ink (scene/grey.h), or four inks of a press (scene/cmyk.h).
 * Commands say sRGB in any case. */
enum scene_colour { COLOUR_RGB, COLOUR_GREY, COLOUR_CMYK };

/* A press with four inks. */
struct scene_press {
    const char *profile; /* the bytes of its ICC profile, without fault (scene/cmyk.h) */
    size_t length;
    const char *name;    /* what the profile calls itself, ASCII */
    float ink_limit;     /* of all inks together, percent; 0: none */
    struct place ink_limit_at;
};

struct scene_meta {
    const char *title, *author, *subject; /* author and subject may be NULL */
    enum lang lang;                       /* of the document */
    bool has_lang[LANG_COUNT];            /* languages that occur */
    enum dir binding;                     /* RTL: pages turn from the right */
    const char *date;                     /* ISO day: the document's clock */
    float bleed;                          /* paper around the trimmed page, on all sides */
    enum scene_marks marks;
    enum scene_colour colour;
    const struct scene_press *press;      /* of COLOUR_CMYK; it must outlive the scene */
};

struct scene;

/* Who takes the pages, one after the other, each once. */
struct scene_sink {
    void (*take)(void *context, const struct scene *, size_t page);
    void *context;
};

struct scene *scene_new(void);
void scene_drop(struct scene *);
void scene_set_sink(struct scene *, const struct scene_sink *); /* before the first page; must outlive the scene */
/* Of the page that is open, for what lives as long as it; of the scene where none is. */
struct arena *scene_arena(struct scene *);

/* --- building --- */
size_t scene_page_add(struct scene *, float width, float height); /* index of the new page */
/* The same, and opens the page; its end hands it to the sink. */
size_t scene_page_begin(struct scene *, float width, float height);
void scene_page_end(struct scene *);
void scene_text(struct scene *, size_t page, const struct text_line *, float x, float baseline);
/* Of the line that was drawn last on the page, within a tag. */
void scene_text_spans(struct scene *, size_t page, const struct scene_span *, uint32_t count);
void scene_path(struct scene *, size_t page, const struct path_step *, uint32_t count, struct paint);
/* The image fills the rectangle; `x` and `y` are its top left. It must outlive the scene. `name` is for the dump. */
void scene_image(struct scene *, size_t page, const struct image *, const char *name, float x, float y, float width,
                 float height);
/* A tag's content may not nest in another's nor in an artifact: a wrong order aborts (a bug of ours). */
/* What blocks belong to: TAG_DOCUMENT; in a part, and in a section of that, its TAG_SECT. */
struct scene_tag *scene_tag_root(struct scene *);
void scene_section_begin(struct scene *); /* ends at the next one's begin, and with its part */
/* A part of its own from now on: scene_tag_root gives its element, and the names of destinations that are added or led
 * to are the part's own: "x" becomes "PREFIXx". Its number; a part that was begun is gone back to by it. */
size_t scene_part_begin(struct scene *, const char *prefix);
void scene_part_resume(struct scene *, size_t part);
struct scene_tag *scene_tag_new(struct scene *, struct scene_tag *parent, enum tag_role);
struct scene_tag_more *scene_tag_more(struct scene *, struct scene_tag *); /* its own, to be filled in */
void scene_tag_begin(struct scene *, size_t page, const struct scene_tag *);
void scene_tag_end(struct scene *, size_t page);
/* The page is the last with content of the tag, which is the scene's (NULL: of none), and of elements in it that are
 * their pages'. Not necessary, but what is written of a long document can then be forgotten. */
void scene_tag_close(struct scene *, size_t page, const struct scene_tag *);
void scene_artifact_begin(struct scene *, size_t page, enum artifact_kind);
void scene_artifact_end(struct scene *, size_t page);
void scene_link_add(struct scene *, size_t page, struct scene_link);
void scene_source_add(struct scene *, size_t page, struct scene_source);
void scene_dest_add(struct scene *, const char *name, size_t page, float y);
void scene_outline_add(struct scene *, struct scene_outline);
void scene_set_meta(struct scene *, struct scene_meta);

/* --- reading --- */
size_t scene_pages(const struct scene *);
const struct scene_page *scene_page_at(const struct scene *, size_t page);
size_t scene_tags(const struct scene *); /* that live as long as the scene; further ones are their pages' */
const struct scene_tag *scene_tag_at(const struct scene *, size_t index);
size_t scene_dests(const struct scene *);
const struct scene_dest *scene_dest_at(const struct scene *, size_t index);
size_t scene_outlines(const struct scene *);
const struct scene_outline *scene_outline_at(const struct scene *, size_t index);
const struct scene_meta *scene_meta_of(const struct scene *);
const char *tag_role_name(enum tag_role); /* the PDF name: "P", "H2", "LI", "TH" */
const char *tag_numbering_name(enum tag_numbering); /* likewise: "None", "Disc" */

/* SHA-256, as hex, of all that a picture of the page depends on: equal digests, equal pictures. Tags, links and places
 * in the input play no part. The page must not be gone. */
void scene_page_digest(const struct scene *, size_t page, char hex[HASH_HEX]);

/* The whole scene, whose pages are kept, as text: golden tests without pixels, `mujaz dump scene`. */
void scene_dump(const struct scene *, struct buf *out);

#endif
