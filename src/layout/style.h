/*
 * A layout file (layouts/NAME.yaml) as typed settings. Lengths are points.
 *
 * A file gives every setting, or extends one that does and gives what differs. One table (style_settings) says
 * what there is: the reader walks it, and whoever describes the format.
 */
#ifndef MUJAZ_LAYOUT_STYLE_H
#define MUJAZ_LAYOUT_STYLE_H

#include <stddef.h>

#include "base/diag.h"
#include "chart/chart.h"
#include "text/text.h"

enum style_page { PAGE_A4, PAGE_A5, PAGE_LETTER, PAGE_OWN };
enum style_orientation { ORIENTATION_PORTRAIT, ORIENTATION_LANDSCAPE };
enum style_title { TITLE_BAND, TITLE_PAGE };
enum style_chart { CHART_TOGETHER, CHART_APART, CHART_BESIDE };
enum style_place { CHART_ACROSS, CHART_IN_COLUMN };
enum style_part { PART_NEXT_PAGE, PART_ODD_PAGE };
enum style_table { TABLE_RULES, TABLE_ZEBRA }; /* what parts the rows of a table */

/* Where a running header or footer has words: at the language's start side, in the middle, at its end side. */
enum style_position { POSITION_START, POSITION_CENTRE, POSITION_END, POSITION_COUNT };

/* Text with {field}s in it. */
enum style_field {
    FIELD_TITLE, FIELD_SUBTITLE, FIELD_AUTHOR, FIELD_SECTION, FIELD_ISSUE, FIELD_AS_OF, FIELD_PAGE, FIELD_PAGES,
    FIELD_EDITION, FIELD_COUNT
};
extern const char *const style_field_names[FIELD_COUNT + 1]; /* ended by NULL */

struct style_furniture {
    const char *words[POSITION_COUNT][LANG_COUNT]; /* "": nothing there */
    struct place at[POSITION_COUNT][LANG_COUNT];
    bool rule;
};

enum { LIST_MARKS = 3 };

struct style {
    const char *name, *fonts;        /* fonts: name of the set in fonts/ */
    enum style_page page_size;
    enum style_orientation orientation;
    float page_width, page_height, bleed;
    enum scene_marks marks;
    enum scene_colour colour;
    const char *profile;             /* path of the press's ICC profile; NULL: none */
    struct scene_press press;        /* of COLOUR_CMYK */
    float margin_top, margin_bottom, margin_inner, margin_outer; /* inner: the binding's side */
    int columns;                     /* of an edition in one language */
    bool notes_by_page;              /* notes are numbered anew on each page */
    float gutter;                    /* between columns, and between the languages of the parallel edition */
    float measure;                   /* widest frame of an edition in one language: lines stay readable */
    float grid;                      /* line pitch of the body: both columns share its baselines */
    float size_title, size_h2, size_h3, size_body, size_small, size_figure; /* Latin sizes */
    float size_table_least;          /* to which the type of a table shrinks before its page is turned */
    float arabic_scale[FONT_ROLE_COUNT]; /* Arabic relative to Latin, so that both look equally large */
    enum font_weight weight_title, weight_heading, weight_caption, weight_table_head, weight_figure;
    uint32_t ink, muted, faint, accent, accent_soft, warning; /* 0xRRGGBB */
    uint32_t shade;                  /* of every other row of a table, or group of rows */
    float hairline;
    float space_paragraph, space_item, space_section, space_subsection, space_below_heading, space_figure; /* in
                                                                                          lines of the grid */
    enum style_title title;
    float title_bar;
    bool contents;                   /* false: a text's contents list is left out */
    int contents_levels;             /* of headings that it lists; 1: sections alone */
    const char *list_mark[LIST_MARKS]; /* by depth */
    struct place list_mark_at[LIST_MARKS];
    enum style_table table_look;
    uint32_t chart_ink, chart_muted, chart_faint, chart_accent, chart_accent_soft;
    float chart_size;
    enum style_chart charts;         /* in the parallel edition */
    enum style_place chart_place;    /* in several columns of one language; of key figures too */
    enum chart_patterns patterns;
    struct style_furniture header, footer;
    bool first_header, first_footer; /* whether a part's first page has them */
    int most_pages;                  /* 0: any number */
    struct place most_pages_at;
    int pages_multiple;              /* blank pages fill up the last sheet; 1: none */
    enum style_part part_begins;     /* the second part of the sequential edition */
    unsigned digits_ar, months;      /* defaults that the report reads itself, before anything is laid out */
    bool justify[LANG_COUNT];  /* body paragraphs; English is hyphenated then, Arabic gets kashidas */
    enum text_breaks breaks;
    float justify_from;        /* ems: in narrower columns paragraphs stay ragged */
};

enum { STYLE_CONTENTS_LEVELS = 3 /* the most */ };

enum setting_kind {
    SETTING_NAME,   /* of a file beside this one */
    SETTING_PATH,   /* of a file in the workspace, or absolute */
    SETTING_POINTS, SETTING_MM, SETTING_RATIO,
    SETTING_COUNT,  /* whole number, int */
    SETTING_SWITCH, /* bool */
    SETTING_CHOICE, /* an enum: index in choices */
    SETTING_COLOUR, /* "#RRGGBB", or the key of one in `colours` */
    SETTING_MARK,   /* one to three characters */
    SETTING_WORDS,  /* [LANG_COUNT]: one text or {en, ar}, with {field}s */
};

struct style_setting {
    const char *group, *key; /* group NULL: at the top level */
    enum setting_kind kind;
    size_t offset;           /* of the member in struct style */
    double least, most;      /* of numbers, in the unit of the file */
    const char *const *choices; /* ended by NULL */
    const char *meaning;     /* one line for people */
    bool optional;
};

/* In the order of the reference layout; settings of a group stand together. */
const struct style_setting *style_settings(size_t *count);

struct arena;
const struct style *style_load(const char *workspace, const char *name, struct arena *, struct diags *);

#endif
