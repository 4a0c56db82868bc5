/* The table of what a layout file may say. Must not know how it is read. */
#include "layout/style.h"

const char *const style_field_names[] = { "title", "subtitle", "author",  "section", "issue",
                                          "as_of", "page",     "pages",   "edition", NULL };

static const char *const page_sizes[] = { "A4", "A5", "Letter", "own", NULL };
static const char *const orientations[] = { "portrait", "landscape", NULL };
static const char *const marks[] = { "none", "crop", "all", NULL };
static const char *const colours[] = { "rgb", "grey", "cmyk", NULL };
static const char *const weights[] = { "regular", "bold", NULL };
static const char *const title_forms[] = { "band", "page", NULL };
static const char *const chart_forms[] = { "together", "apart", "beside", NULL };
static const char *const chart_places[] = { "across", "column", NULL };
static const char *const patterns[] = { "auto", "always", "never", NULL };
static const char *const table_looks[] = { "rules", "zebra", NULL };
static const char *const part_starts[] = { "next_page", "odd_page", NULL };
static const char *const digits[] = { "latn", "arab", NULL };
static const char *const months[] = { "iraqi", "egyptian", "both", NULL };

#define AT(member) offsetof(struct style, member)
#define NUMBER(group, key, kind, member, least, most, meaning) \
    { group, key, SETTING_##kind, AT(member), least, most, NULL, meaning, false }
#define CHOICE(group, key, choices, member, meaning) \
    { group, key, SETTING_CHOICE, AT(member), 0, 0, choices, meaning, false }
#define PLAIN(group, key, kind, member, meaning) \
    { group, key, SETTING_##kind, AT(member), 0, 0, NULL, meaning, false }

static const struct style_setting settings[] = {
    PLAIN(NULL, "fonts", NAME, fonts, "the set of families in fonts/"),
    CHOICE("page", "size", page_sizes, page_size, "the trimmed page; own: of width_mm and height_mm"),
    CHOICE("page", "orientation", orientations, orientation, "landscape turns the size on its side"),
    NUMBER("page", "bleed_mm", MM, bleed, 0, 10, "paper around the trimmed page"),
    CHOICE("page", "marks", marks, marks, "outside the bleed: where to cut, and with all where inks must meet"),
    { "page", "width_mm", SETTING_MM, AT(page_width), 70, 1000, NULL, "of a page of its own size", true },
    { "page", "height_mm", SETTING_MM, AT(page_height), 70, 1000, NULL, "of a page of its own size", true },
    NUMBER("margins_mm", "top", MM, margin_top, 5, 100, "page edge to text; the header stands in it"),
    NUMBER("margins_mm", "bottom", MM, margin_bottom, 5, 100, "text to page edge; the footer stands in it"),
    NUMBER("margins_mm", "inner", MM, margin_inner, 5, 100, "the side of the binding: changes from page to page"),
    NUMBER("margins_mm", "outer", MM, margin_outer, 5, 100, "the other side"),
    NUMBER(NULL, "columns", COUNT, columns, 1, 3, "of text in an edition of one language"),
    NUMBER(NULL, "gutter_mm", MM, gutter, 2, 40, "between columns, and between the parallel edition's languages"),
    NUMBER(NULL, "measure_mm", MM, measure, 40, 1000, "the widest that a column runs in an edition of one language"),
    NUMBER(NULL, "grid_pt", POINTS, grid, 6, 72, "line pitch of the body, of both scripts"),
    NUMBER("sizes_pt", "title", POINTS, size_title, 6, 144, "the report's title"),
    NUMBER("sizes_pt", "h2", POINTS, size_h2, 6, 96, "headings of sections"),
    NUMBER("sizes_pt", "h3", POINTS, size_h3, 6, 96, "headings below them, and the subtitle"),
    NUMBER("sizes_pt", "body", POINTS, size_body, 6, 72, "running text"),
    NUMBER("sizes_pt", "small", POINTS, size_small, 6, 72, "tables, notes, sources, header and footer"),
    NUMBER("sizes_pt", "table_least", POINTS, size_table_least, 7, 72,
           "a table too wide for its page, before that is turned"),
    NUMBER("sizes_pt", "figure", POINTS, size_figure, 6, 144, "the numbers of key figures"),
    NUMBER("arabic_scale", "reading", RATIO, arabic_scale[FONT_READING], 0.8, 1.6, "Arabic to Latin, running text"),
    NUMBER("arabic_scale", "heading", RATIO, arabic_scale[FONT_HEADING], 0.8, 1.6, "Arabic to Latin, headings"),
    NUMBER("arabic_scale", "data", RATIO, arabic_scale[FONT_DATA], 0.8, 1.6, "Arabic to Latin, tables and charts"),
    CHOICE("weights", "title", weights, weight_title, "of the report's title"),
    CHOICE("weights", "heading", weights, weight_heading, "of headings"),
    CHOICE("weights", "caption", weights, weight_caption, "of captions of charts and tables"),
    CHOICE("weights", "table_head", weights, weight_table_head, "of a table's header"),
    CHOICE("weights", "figure", weights, weight_figure, "of the numbers of key figures"),
    CHOICE(NULL, "colour", colours, colour,
           "grey: every colour, of images too, as a shade of black; cmyk: as the inks of profile"),
    { NULL, "profile", SETTING_PATH, AT(profile), 0, 0, NULL, "the press's ICC profile, for cmyk", true },
    { NULL, "ink_limit", SETTING_RATIO, AT(press.ink_limit), 100, 400, NULL, "of all inks together, percent", true },
    PLAIN("colours", "ink", COLOUR, ink, "text"),
    PLAIN("colours", "muted", COLOUR, muted, "text that steps back: sources, notes, header and footer"),
    PLAIN("colours", "faint", COLOUR, faint, "hairlines"),
    PLAIN("colours", "accent", COLOUR, accent, "headings, links, key figures"),
    PLAIN("colours", "accent_soft", COLOUR, accent_soft, "bars beside quotes; never text"),
    PLAIN("colours", "warning", COLOUR, warning, "the label and bar of a warning"),
    PLAIN("colours", "shade", COLOUR, shade, "every other row of a table; never text"),
    NUMBER(NULL, "hairline_pt", POINTS, hairline, 0.1, 3, "the thinnest rule"),
    NUMBER("spacing_lines", "paragraph", RATIO, space_paragraph, 0, 4, "below a paragraph, in lines of the grid"),
    NUMBER("spacing_lines", "item", RATIO, space_item, 0, 4, "between the items of a list"),
    NUMBER("spacing_lines", "section", RATIO, space_section, 0, 8, "above a section's heading"),
    NUMBER("spacing_lines", "subsection", RATIO, space_subsection, 0, 8, "above other headings"),
    NUMBER("spacing_lines", "below_heading", RATIO, space_below_heading, 0, 4, "below a section's heading"),
    NUMBER("spacing_lines", "figure", RATIO, space_figure, 0, 8, "above and below charts and key figures"),
    PLAIN("justify", "en", SWITCH, justify[LANG_EN], "English body text as wide as its column, hyphenated"),
    PLAIN("justify", "ar", SWITCH, justify[LANG_AR], "Arabic body text as wide as its column, with kashidas"),
    NUMBER("justify", "from_ems", RATIO, justify_from, 10, 100, "in narrower columns body text stays ragged"),
    PLAIN(NULL, "notes_by_page", SWITCH, notes_by_page, "whether notes are numbered anew on each page"),
    CHOICE("title", "form", title_forms, title, "a band above the text, or a page of its own"),
    NUMBER("title", "bar_pt", POINTS, title_bar, 0, 24, "the bar above the title"),
    PLAIN(NULL, "contents", SWITCH, contents, "whether a text's contents list is printed"),
    NUMBER(NULL, "contents_levels", COUNT, contents_levels, 1, STYLE_CONTENTS_LEVELS,
           "of headings in it: 1 lists ##, 2 also ###"),
    PLAIN("list_marks", "first", MARK, list_mark[0], "of a list without numbers"),
    PLAIN("list_marks", "second", MARK, list_mark[1], "of a list in a list"),
    PLAIN("list_marks", "third", MARK, list_mark[2], "of a list deeper than that"),
    CHOICE("tables", "look", table_looks, table_look, "what parts the rows of a table: rules, or a shade"),
    PLAIN("charts", "ink", COLOUR, chart_ink, "words in charts"),
    PLAIN("charts", "muted", COLOUR, chart_muted, "words that step back"),
    PLAIN("charts", "faint", COLOUR, chart_faint, "grid lines"),
    PLAIN("charts", "accent", COLOUR, chart_accent, "the finding"),
    PLAIN("charts", "accent_soft", COLOUR, chart_accent_soft, "its lighter companion"),
    NUMBER("charts", "size_pt", POINTS, chart_size, 7, 72, "words in charts"),
    CHOICE("charts", "parallel", chart_forms, charts, "one chart in both languages, or one for each"),
    CHOICE("charts", "place", chart_places, chart_place, "in several columns: over all of them or in one"),
    CHOICE("charts", "patterns", patterns, patterns, "where things are hatched and dashed, for grey prints"),
    PLAIN("header", "start", WORDS, header.words[POSITION_START], "at the language's start side"),
    PLAIN("header", "centre", WORDS, header.words[POSITION_CENTRE], "in the middle"),
    PLAIN("header", "end", WORDS, header.words[POSITION_END], "at the other side"),
    PLAIN("header", "rule", SWITCH, header.rule, "a hairline below it"),
    PLAIN("footer", "start", WORDS, footer.words[POSITION_START], "at the language's start side"),
    PLAIN("footer", "centre", WORDS, footer.words[POSITION_CENTRE], "in the middle"),
    PLAIN("footer", "end", WORDS, footer.words[POSITION_END], "at the other side"),
    PLAIN("footer", "rule", SWITCH, footer.rule, "a hairline above it"),
    PLAIN("first_page", "header", SWITCH, first_header, "whether the first page of a report, or a part, has one"),
    PLAIN("first_page", "footer", SWITCH, first_footer, "the same of the footer"),
    NUMBER(NULL, "most_pages", COUNT, most_pages, 0, 10000, "more are an error, in parallel twice as many; 0: any"),
    NUMBER(NULL, "pages_multiple", COUNT, pages_multiple, 1, 64, "blank pages at the end make it one of so many"),
    CHOICE(NULL, "part_begins", part_starts, part_begins, "where the sequential edition's Arabic part begins"),
    CHOICE("digits", "ar", digits, digits_ar, "in Arabic: 0-9 or Arabic-Indic, unless report.yaml says"),
    CHOICE(NULL, "months", months, months, "names of months in Arabic, unless report.yaml says"),
};

const struct style_setting *style_settings(size_t *count)
{
    *count = sizeof settings / sizeof settings[0];
    return settings;
}
